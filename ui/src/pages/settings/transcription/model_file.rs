//! A model that somebody has as a file.

use super::words;
use crate::components::{Button, Icon, use_toasts};
use crate::ipc;
use domain::ipc::voicemail::ChooseModelFile;
use domain::settings::Settings;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub settings: Settings,
    pub reload: Callback<()>,
}

/// The line below the models.
#[component]
pub(super) fn ModelFile(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_choosing = use_state_eq(|| false);
    let onpress = {
        let (reload, is_choosing) = (props.reload.clone(), is_choosing.setter());
        Callback::from(move |()| {
            let (toasts, reload, is_choosing) = (toasts.clone(), reload.clone(), is_choosing.clone());
            is_choosing.set(true);
            spawn_local(async move {
                match ipc::call(ChooseModelFile {}).await {
                    Ok(Some(file)) => toasts.say(format!("Uses {file} from now on")),
                    Ok(None) => {}
                    Err(error) => toasts.fail(error.message),
                }
                is_choosing.set(false);
                reload.emit(());
            });
        })
    };
    html! {
        <div class="model-file">
            <span class="hint">
                { match words::chosen_file(&props.settings) {
                    Some(file) => format!("In use: the file {file}"),
                    None => "A whisper.cpp model that you have already:".to_owned(),
                } }
            </span>
            <Button label="Choose a file…" icon={Icon::Open} small={true} disabled={*is_choosing} {onpress} />
        </div>
    }
}
