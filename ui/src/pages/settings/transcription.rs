//! Voicemail and its words: whether they are written down by themselves, by whom, and what leaves this computer for it.
//!
//! Whoever changes nothing here gets RingCentral's own words. Everything beyond stands below, folded away.

mod all;
mod cloud;
mod key_field;
mod model_file;
mod models;
mod order;
mod settled_field;
mod test_button;
mod who;
mod words;

use super::{Group, SectionProps, appearance::change, fact};
use crate::components::{Button, Choice, Strip, StripKind, Switch};
use crate::hooks::{use_coalesced, use_command, use_core_event};
use all::All;
use domain::event::CoreEvent;
use domain::ipc::voicemail::GetTranscription;
use models::Models;
use who::Who;
use yew::{AttrValue, Html, component, html};

const PACE_MS: u32 = 300;
const SIZES_MB: [u32; 5] = [100, 250, 500, 1_000, 2_000];

/// The section.
#[component]
pub(crate) fn Transcription(props: &SectionProps) -> Html {
    let answer = use_command(Some(GetTranscription {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::TranscriptionChanged | CoreEvent::SettingsChanged | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    let settings = &props.settings;
    let overview = answer.value.clone();
    let size = settings.voicemail_cache_mb;
    let mut sizes: Vec<u32> = SIZES_MB.to_vec();
    if !sizes.contains(&size) {
        sizes.push(size);
    }
    let sizes: Vec<(u32, AttrValue)> = sizes
        .into_iter()
        .map(|size| (size, words::megabytes(size).into()))
        .collect();
    html! {
        <Group title="Voicemail and transcription">
            <Switch label="Write new voicemail down" is_on={settings.transcription.is_automatic}
                hint="So that it can be read before it is heard, and found by any word in it."
                onchange={change(props, |settings, is_on| settings.transcription.is_automatic = is_on)} />
            if let Some(error) = &answer.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </Strip>
            }
            if let Some(overview) = overview {
                { fact("Written down by", words::asked(&settings.transcription, &overview.transcribers)) }
                <All overview={(*overview).clone()} reload={answer.reload.clone()} />
                <Models overview={(*overview).clone()} settings={settings.clone()} onchange={props.onchange.clone()} reload={answer.reload.clone()} />
                <Who overview={(*overview).clone()} settings={settings.clone()} onchange={props.onchange.clone()} reload={answer.reload.clone()} />
            }
            <Choice<u32> label="Room for recordings on this computer" options={sizes} value={size}
                hint="Recordings that RingCentral still has. What only is here does not count and stays."
                onchange={change(props, |settings, size| settings.voicemail_cache_mb = size)} />
        </Group>
    }
}
