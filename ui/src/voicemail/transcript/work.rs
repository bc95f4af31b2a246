//! What is being done to have it written down, with the way to stop it or to try again.

use super::words;
use crate::components::{Button, ButtonKind, Glyph, Icon, use_toasts};
use crate::ipc;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::{CancelTranscription, Transcribe};
use domain::transcription::TranscriptionWork;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub work: TranscriptionWork,
    pub reload: Callback<()>,
}

/// A line.
#[component]
pub(super) fn Work(props: &Props) -> Html {
    let toasts = use_toasts();
    let (item, reload) = (props.item, props.reload.clone());
    let act = move |is_again: bool| {
        let (toasts, reload) = (toasts.clone(), reload.clone());
        Callback::from(move |()| {
            let (toasts, reload) = (toasts.clone(), reload.clone());
            spawn_local(async move {
                let answer = if is_again {
                    ipc::call(Transcribe { item, by: None }).await
                } else {
                    ipc::call(CancelTranscription { item }).await
                };
                if let Err(error) = answer {
                    toasts.fail(error.message);
                }
                reload.emit(());
            });
        })
    };
    let words = words::work(&props.work);
    match &props.work {
        TranscriptionWork::Failed { can_retry, .. } => html! {
            <div class="transcript-work is-bad" role="alert">
                <Glyph icon={Icon::Warning} small={true} /><span>{ words }</span>
                if *can_retry { <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={act(true)} /> }
            </div>
        },
        TranscriptionWork::Waiting | TranscriptionWork::Running { .. } => html! {
            <div class="transcript-work">
                if let TranscriptionWork::Running { percent: Some(percent) } = &props.work {
                    <progress max="100" value={percent.to_string()} aria-label="Progress" />
                } else {
                    <Glyph icon={Icon::Clock} small={true} />
                }
                <span class="number">{ words }</span>
                <Button label="Cancel" kind={ButtonKind::Quiet} small={true} onpress={act(false)} />
            </div>
        },
    }
}
