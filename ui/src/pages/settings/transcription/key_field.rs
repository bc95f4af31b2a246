//! The key of a service. It goes to the keychain and never comes back: only whether there is one is known.

use crate::components::{Button, ButtonKind, TextField, use_toasts};
use crate::ipc;
use domain::ipc::voicemail::SetTranscriberKey;
use domain::transcription::TranscriberKind;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub kind: TranscriberKind,
    pub has_key: bool,
    pub reload: Callback<()>,
}

/// The field, or that a key is kept.
#[component]
pub(super) fn KeyField(props: &Props) -> Html {
    let toasts = use_toasts();
    let typed = use_state(String::new);
    let replaces = use_state(|| false);
    let send = {
        let (kind, reload) = (props.kind, props.reload.clone());
        let (typed, replaces) = (typed.setter(), replaces.setter());
        Callback::from(move |key: Option<String>| {
            let (toasts, reload, typed, replaces) =
                (toasts.clone(), reload.clone(), typed.clone(), replaces.clone());
            spawn_local(async move {
                let is_kept = key.is_some();
                match ipc::call(SetTranscriberKey { kind, key }).await {
                    Ok(()) => {
                        toasts.say(if is_kept {
                            "The key is in the keychain"
                        } else {
                            "The key is forgotten"
                        });
                        typed.set(String::new());
                        replaces.set(false);
                    }
                    Err(error) => toasts.fail(error.message),
                }
                reload.emit(());
            });
        })
    };
    let set_replaces = |is: bool| {
        let replaces = replaces.setter();
        Callback::from(move |()| replaces.set(is))
    };
    if props.has_key && !*replaces {
        return html! {
            <div class="key-kept">
                <span>{ "Key: kept in the keychain" }</span>
                <Button label="Replace" small={true} onpress={set_replaces(true)} />
                <Button label="Forget" kind={ButtonKind::Quiet} small={true} onpress={send.reform(|()| None)} />
            </div>
        };
    }
    let key = typed.trim().to_owned();
    let onsubmit = {
        let key = key.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !key.is_empty() {
                send.emit(Some(key.clone()));
            }
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |text: String| typed.set(text))
    };
    html! {
        <form class="key-form" {onsubmit}>
            <TextField label="Key" kind="password" value={(*typed).clone()} {oninput}
                hint="It is kept in the keychain of this computer and shown to nobody." />
            <Button label="Keep" small={true} submits={true} disabled={key.is_empty()} />
            if props.has_key { <Button label="Cancel" kind={ButtonKind::Quiet} small={true} onpress={set_replaces(false)} /> }
        </form>
    }
}
