//! Saving a file, with word of where it went.

use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::ipc;
use domain::attachment::Attachment;
use domain::ipc::inbox::SaveAttachment;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub file: Attachment,
}

/// The button.
#[component]
pub(crate) fn SaveButton(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_saving = use_state(|| false);
    let onpress = {
        let (id, is_saving) = (props.file.id, is_saving.clone());
        Callback::from(move |()| {
            let (toasts, is_saving) = (toasts.clone(), is_saving.clone());
            is_saving.set(true);
            spawn_local(async move {
                match ipc::call(SaveAttachment { id }).await {
                    Ok(saved) => toasts.say(format!("Saved as {}", saved.path)),
                    Err(error) => toasts.fail(error.message),
                }
                is_saving.set(false);
            });
        })
    };
    html! {
        <Button label={if *is_saving { "Saving" } else { "Save" }} icon={Icon::Download} kind={ButtonKind::Quiet} small={true}
            disabled={*is_saving} hint="Into the download folder" {onpress} />
    }
}
