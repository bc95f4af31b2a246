//! Whether the words of a fax are known, and what can be done about it.

use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::format::counted;
use crate::ipc;
use domain::fax::FaxTextState;
use domain::ids::CommunicationId;
use domain::ipc::IpcError;
use domain::ipc::fax::{CancelFaxWords, ReadFaxWords};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub text: FaxTextState,
    pub reload: Callback<()>,
}

/// The note, in one line.
#[component]
pub(super) fn WordsNote(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_asking = use_state_eq(|| false);
    let then = {
        let (is_asking, reload) = (is_asking.setter(), props.reload.clone());
        move |reply: Result<(), IpcError>| {
            is_asking.set(false);
            match reply {
                Ok(()) => reload.emit(()),
                Err(error) => toasts.fail(error.message),
            }
        }
    };
    let item = props.item;
    let read = {
        let (is_asking, then) = (is_asking.setter(), then.clone());
        Callback::from(move |()| {
            is_asking.set(true);
            let then = then.clone();
            spawn_local(async move { then(ipc::call(ReadFaxWords { item }).await) });
        })
    };
    let cancel = Callback::from(move |()| {
        let then = then.clone();
        spawn_local(async move { then(ipc::call(CancelFaxWords { item }).await) });
    });
    let button = |label: &'static str, kind: ButtonKind| {
        html! { <Button {label} {kind} icon={Icon::Spark} small={true} disabled={*is_asking} onpress={read.clone()} /> }
    };
    match &props.text {
        FaxTextState::Read => Html::default(),
        FaxTextState::NotRead => html! {
            <>
                <p>{ "The words of this fax have not been read yet. Once they are, it can be searched here and in the inbox." }</p>
                { button("Read the words", ButtonKind::Primary) }
            </>
        },
        FaxTextState::Reading { done, of } => html! {
            <>
                <p role="status">{ format!("Reading the words: {} of {}", done, counted(u64::from(*of), "page", "pages")) }</p>
                <progress max={of.to_string()} value={done.to_string()} aria-label="Pages that have been read" />
                <Button label="Cancel" small={true} onpress={cancel} />
            </>
        },
        FaxTextState::Failed { reason } => html! {
            <>
                <p class="is-bad">{ format!("The words could not be read. {reason}") }</p>
                { button("Try again", ButtonKind::Plain) }
            </>
        },
        FaxTextState::NotPossible => html! {
            <p>{ "To search a fax, its words must be read, and the program for that is missing. Install “tesseract” (Debian and Ubuntu: the \
                  package tesseract-ocr; Windows and macOS: from the makers of Tesseract OCR), then open the fax again." }</p>
        },
    }
}
