//! A voicemail wherever it is shown: who can listen listens, who cannot reads.

use super::actions::Actions;
use super::card_keys::use_card_keys;
use super::forwarded;
use super::heard_tools::HeardTools;
use super::player::{Source, VoicemailPlayer, use_playback};
use super::transcript::{TranscriptPane, use_transcript};
use super::use_sound::{SoundState, use_sound};
use crate::components::{Glyph, Icon, KeptLine};
use crate::format::dates::Now;
use crate::format::durations::talk_time;
use crate::hooks::{use_seen, use_stable};
use crate::pages::contacts::editor::{Editor, Subject};
use domain::communication::{Body, Communication};
use domain::contact::{Contact, ContactDraft, NumberDraft, NumberLabel};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_node_ref, use_state, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
    /// Chosen in the list: its sound is fetched right away, and the keys are for it.
    pub is_open: bool,
    /// Somebody has listened.
    pub onheard: Callback<()>,
}

/// The card.
#[component]
pub(crate) fn VoicemailCard(props: &Props) -> Html {
    let item = &props.item;
    let node = use_node_ref();
    let is_seen = use_seen(&node, ".feed") || props.is_open;
    let is_asked_for = use_state_eq(|| false);
    let to_add = use_state(|| None::<String>);
    let sounding = use_sound(item, is_seen, props.is_open || *is_asked_for);
    let transcript = use_transcript(item.id, is_seen);
    let seconds = match &item.body {
        Body::Voicemail { duration_seconds, .. } => *duration_seconds,
        _ => 0,
    };
    let sound = sounding
        .voicemail
        .as_ref()
        .and_then(|voicemail| voicemail.sound.as_ref());
    let playback = use_playback(Source {
        item: item.id,
        url: match &sounding.state {
            SoundState::Here(url) => Some(url.clone()),
            _ => None,
        },
        duration_ms: sound.map_or(seconds.saturating_mul(1_000), |sound| sound.duration_ms),
        start_ms: sounding
            .voicemail
            .as_ref()
            .map_or(0, |voicemail| voicemail.position_ms),
        onwanted: {
            let is_asked_for = is_asked_for.setter();
            let (again, has_failed) = (
                sounding.again.clone(),
                matches!(sounding.state, SoundState::Failed(_)),
            );
            Callback::from(move |()| {
                is_asked_for.set(true);
                if has_failed {
                    again.emit(());
                }
            })
        },
        onheard: props.onheard.clone(),
    });
    // Before anybody listened, nothing is being heard.
    let heard = (playback.is_playing || playback.has_begun && playback.position_ms > 0)
        .then(|| transcript.heard_at(playback.position_ms))
        .flatten();
    let onkeydown = use_card_keys(&playback, props.is_open);
    let onadd = use_stable({
        let to_add = to_add.setter();
        move |number: String| to_add.set(Some(number))
    });
    let onadded = use_stable({
        let to_add = to_add.setter();
        move |_: Option<Contact>| to_add.set(None)
    });
    let address = match &sounding.state {
        SoundState::Here(url) => Some(url.address()),
        _ => None,
    };
    let end = html! { <HeardTools item={item.clone()} /> };
    let forwarded = forwarded::words(item, seconds, transcript.text(), &props.now);
    let kept = sounding.voicemail.as_ref().map(|voicemail| voicemail.kept);
    html! {
        <>
        <div ref={node} class="file-card voicemail" role="group" aria-label={format!("Voicemail, {}", talk_time(seconds))} {onkeydown}>
            <header>
                <Glyph icon={Icon::Voicemail} /><b>{ format!("Voicemail, {}", talk_time(seconds)) }</b>
                if !item.is_read { <span class="tag tag-accent">{ "Not heard" }</span> }
                <time title={props.now.full_time(item.occurred_at)}>{ props.now.list_time(item.occurred_at) }</time>
            </header>
            <audio ref={playback.node.clone()} src={address} preload="auto" />
            <VoicemailPlayer sounding={sounding.clone()} playback={playback.clone()} {end} />
            <TranscriptPane item={item.clone()} handle={transcript} {heard} onplay={playback.play_from.clone()} onadd={onadd.clone()} />
            <Actions item={item.clone()} is_open={props.is_open} has_sound={sound.is_some()} {forwarded} {onadd} />
            if let Some(kept) = kept { <KeptLine {kept} now={props.now.clone()} /> }
        </div>
            // Outside of the card, whose style is not meant for a dialog.
            if let Some(number) = &*to_add {
                <Editor subject={Subject::New(draft(number))} onclose={onadded} />
            }
        </>
    }
}

fn draft(number: &str) -> ContactDraft {
    ContactDraft {
        numbers: vec![NumberDraft {
            label: NumberLabel::Mobile,
            number: number.to_owned(),
        }],
        ..ContactDraft::default()
    }
}
