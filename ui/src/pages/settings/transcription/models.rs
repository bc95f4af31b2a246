//! The models of this computer: what there is, what is here, which one is used.

use super::model_file::ModelFile;
use super::settled_field::SettledField;
use super::words;
use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::ipc;
use domain::ipc::Command;
use domain::ipc::voicemail::{CancelModelDownload, DeleteModel, DownloadModel};
use domain::settings::Settings;
use domain::transcription::{ModelState, SpeechModel, TranscriptionOverview};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub overview: TranscriptionOverview,
    pub settings: Settings,
    pub onchange: Callback<Settings>,
    pub reload: Callback<()>,
}

/// Folded away once one is in use.
#[component]
pub(super) fn Models(props: &Props) -> Html {
    let used = &props.settings.transcription.model;
    let choose = {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |model: String| {
            let mut settings = settings.clone();
            settings.transcription.model = model;
            onchange.emit(settings);
        })
    };
    let address = {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |address: String| {
            let mut settings = settings.clone();
            settings.transcription.models_address = address;
            onchange.emit(settings);
        })
    };
    let summary = match words::chosen_file(&props.settings) {
        Some(file) => file.to_owned(),
        None if used.is_empty() => "none yet".to_owned(),
        None => used.clone(),
    };
    html! {
        <details class="settings-fold">
            <summary><span>{ "Speech model on this computer" }</span><span class="fact-value">{ summary }</span></summary>
            <p class="settings-note">{ "A model lets this computer write down whole messages by itself. Bigger ones make fewer mistakes and take longer." }</p>
            <ul class="models">
                { for props.overview.models.iter().map(|model| html! {
                    <Model key={model.name.clone()} model={model.clone()} is_used={*used == model.name} onuse={choose.clone()} reload={props.reload.clone()} />
                }) }
            </ul>
            <ModelFile settings={props.settings.clone()} reload={props.reload.clone()} />
            <details class="settings-inner">
                <summary>{ "Advanced" }</summary>
                <SettledField label="Where models are downloaded from" kind="url" value={props.settings.transcription.models_address.clone()}
                    placeholder="The default address" hint="For a copy inside of the company. Empty takes the default." onchange={address} />
            </details>
        </details>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct ModelProps {
    model: SpeechModel,
    is_used: bool,
    onuse: Callback<String>,
    reload: Callback<()>,
}

#[component]
fn Model(props: &ModelProps) -> Html {
    let toasts = use_toasts();
    let model = &props.model;
    let name = model.name.clone();
    let press = |label: &'static str, icon: Option<Icon>, kind: ButtonKind, onpress: Callback<()>| {
        html! { <Button {label} {icon} {kind} small={true} {onpress} /> }
    };
    let download = ask(DownloadModel { name: name.clone() }, &toasts, &props.reload);
    let delete = ask(DeleteModel { name: name.clone() }, &toasts, &props.reload);
    let buttons = match &model.state {
        ModelState::NotHere => press("Download", Some(Icon::Download), ButtonKind::Plain, download),
        ModelState::Downloading { .. } => {
            let cancel = ask(CancelModelDownload { name: name.clone() }, &toasts, &props.reload);
            press("Cancel", None, ButtonKind::Plain, cancel)
        }
        ModelState::Interrupted { .. } => html! {
            <>{ press("Go on", Some(Icon::Download), ButtonKind::Plain, download) }{ press("Delete", None, ButtonKind::Quiet, delete) }</>
        },
        ModelState::Here => html! {
            <>
                if props.is_used {
                    <span class="tag tag-good">{ "In use" }</span>
                } else {
                    { press("Use", None, ButtonKind::Plain, props.onuse.reform(move |()| name.clone())) }
                }
                { press("Delete", None, ButtonKind::Quiet, delete) }
            </>
        },
    };
    let is_stopped = matches!(&model.state, ModelState::Interrupted { reason: Some(_), .. });
    html! {
        <li class="model">
            <div class="model-words">
                <b>{ &model.name }</b><span>{ &model.words }</span>
                if let ModelState::Downloading { received_bytes } = model.state {
                    <progress max={model.size_bytes.to_string()} value={received_bytes.to_string()} aria-label={format!("Download of {}", model.name)} />
                }
                <span class={if is_stopped { "hint number is-bad" } else { "hint number" }}>{ words::model_state(model) }</span>
            </div>
            <div class="model-buttons">{ buttons }</div>
        </li>
    }
}

/// Asks for something about a model, says what went wrong, and looks again.
fn ask<C: Command<Reply = ()> + Clone + 'static>(
    command: C,
    toasts: &crate::components::Toasts,
    reload: &Callback<()>,
) -> Callback<()> {
    let (toasts, reload) = (toasts.clone(), reload.clone());
    Callback::from(move |()| {
        let (command, toasts, reload) = (command.clone(), toasts.clone(), reload.clone());
        spawn_local(async move {
            if let Err(error) = ipc::call(command).await {
                toasts.fail(error.message);
            }
            reload.emit(());
        });
    })
}
