//! Below the words: where they came from and how sure they are; copying, correcting, the machine's own text.

use super::offer::Offer;
use super::words;
use crate::browser;
use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::ipc;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::CorrectTranscript;
use domain::transcription::{TranscriberKind, TranscriptDetail};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub transcript: TranscriptDetail,
    pub available: Vec<TranscriberKind>,
    /// It is being written down again.
    pub is_busy: bool,
    pub shows_machine: bool,
    pub onmachine: Callback<bool>,
    pub oncorrect: Callback<()>,
    pub reload: Callback<()>,
}

/// Two lines: what it is, and what can be done with it.
#[component]
pub(super) fn Tools(props: &Props) -> Html {
    let toasts = use_toasts();
    let transcript = &props.transcript;
    let copy = {
        let (text, toasts) = (transcript.text.clone(), toasts.clone());
        Callback::from(move |()| {
            let (text, toasts) = (text.clone(), toasts.clone());
            spawn_local(async move {
                if browser::copy(&text).await {
                    toasts.say("Transcript copied");
                } else {
                    toasts.fail("It could not be copied: the desktop refused access to the clipboard.");
                }
            });
        })
    };
    let restore = {
        let (item, reload, onmachine) = (props.item, props.reload.clone(), props.onmachine.clone());
        Callback::from(move |()| {
            let (toasts, reload, onmachine) = (toasts.clone(), reload.clone(), onmachine.clone());
            spawn_local(async move {
                match ipc::call(CorrectTranscript { item, text: None }).await {
                    Ok(()) => {
                        toasts.say("The machine's text is back");
                        onmachine.emit(false);
                    }
                    Err(error) => toasts.fail(error.message),
                }
                reload.emit(());
            });
        })
    };
    let toggle = {
        let (onmachine, shows) = (props.onmachine.clone(), props.shows_machine);
        Callback::from(move |()| onmachine.emit(!shows))
    };
    let quiet = |label: &'static str, icon: Icon, hint: &'static str, onpress: Callback<()>| {
        html! { <Button {label} icon={icon} kind={ButtonKind::Quiet} small={true} {hint} {onpress} /> }
    };
    let is_corrected = transcript.original.is_some();
    html! {
        <div class="transcript-tools">
            <span class="hint">
                { words::provenance(transcript) }
                if let Some((words, exactly)) = transcript.confidence.map(words::confidence) {
                    { " · " }<span title={exactly}>{ words }</span>
                }
            </span>
            <div class="transcript-buttons">
                <Button label="Copy the transcript" icon={Icon::Copy} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={copy} />
                { quiet("Correct", Icon::Edit, "Change the text; the machine's is kept", props.oncorrect.clone()) }
                if is_corrected {
                    <Button label={if props.shows_machine { "Show the corrected text" } else { "Show the machine's text" }} kind={ButtonKind::Quiet} small={true}
                        onpress={toggle} />
                    if props.shows_machine { { quiet("Restore it", Icon::Undo, "Drop the correction", restore) } }
                }
                if !props.is_busy && !is_corrected {
                    <Offer item={props.item} available={props.available.clone()} reload={props.reload.clone()} is_first={false} />
                }
            </div>
        </div>
    }
}
