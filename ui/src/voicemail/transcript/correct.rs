//! Correcting the words in their place. Ctrl+Enter keeps them, Esc leaves them as they were.

use crate::components::{Button, ButtonKind, use_toasts};
use crate::ipc;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::CorrectTranscript;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::{
    Callback, Html, InputEvent, KeyboardEvent, Properties, TargetCast as _, component, html, use_effect_with,
    use_node_ref, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub text: String,
    pub onclose: Callback<()>,
    pub reload: Callback<()>,
}

/// The field in place of the text.
#[component]
pub(super) fn Correct(props: &Props) -> Html {
    let toasts = use_toasts();
    let typed = use_state(|| props.text.clone());
    let is_saving = use_state(|| false);
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(field) = node.cast::<HtmlTextAreaElement>() {
                let _ = field.focus();
            }
        }
    });
    // As high as what is in it.
    use_effect_with((node.clone(), (*typed).clone()), |(node, _)| {
        if let Some(field) = node.cast::<HtmlTextAreaElement>() {
            crate::browser::set_style(node, "height", "auto");
            crate::browser::set_style(node, "height", &format!("{}px", field.scroll_height() + 2));
        }
    });
    let wanted = typed.trim().to_owned();
    let is_possible = !wanted.is_empty() && !*is_saving;
    let save = {
        let (item, onclose, reload) = (props.item, props.onclose.clone(), props.reload.clone());
        let is_same = wanted == props.text.trim();
        let is_saving = is_saving.setter();
        Callback::from(move |()| {
            if !is_possible {
                return;
            }
            if is_same {
                onclose.emit(());
                return;
            }
            is_saving.set(true);
            let (text, toasts, onclose, reload) =
                (wanted.clone(), toasts.clone(), onclose.clone(), reload.clone());
            let is_saving = is_saving.clone();
            spawn_local(async move {
                match ipc::call(CorrectTranscript {
                    item,
                    text: Some(text),
                })
                .await
                {
                    Ok(()) => {
                        reload.emit(());
                        onclose.emit(());
                    }
                    // What was typed stays.
                    Err(error) => {
                        toasts.fail(error.message);
                        is_saving.set(false);
                    }
                }
            });
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let onkeydown = {
        let (save, onclose) = (save.clone(), props.onclose.clone());
        Callback::from(move |event: KeyboardEvent| {
            // Every other key is for the text, and none of them for the player.
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => save.emit(()),
                "Escape" => onclose.emit(()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <div class="transcript-correct">
            <textarea ref={node} aria-label="Transcript" value={(*typed).clone()} rows="3" {oninput} {onkeydown} />
            <div>
                <Button label="Save" kind={ButtonKind::Primary} small={true} disabled={!is_possible} hint="Ctrl+Enter" onpress={save} />
                <Button label="Cancel" small={true} hint="Esc" onpress={props.onclose.clone()} />
                <span class="hint">{ "The machine's text is kept and can be brought back." }</span>
            </div>
        </div>
    }
}
