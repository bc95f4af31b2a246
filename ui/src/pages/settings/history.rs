//! How much history is kept here, how numbers are read, and how news arrive.

use super::{Group, SectionProps, appearance::change, fact};
use crate::components::{Button, Choice, Icon, Switch, TextField, use_toasts};
use crate::format::{counted, dates::Now, sync_words};
use crate::hooks::use_now;
use crate::ipc;
use domain::ipc::contacts::RefreshDirectory;
use domain::ipc::session::{AppState, PauseBackfill, ResumeBackfill};
use domain::ipc::{Command, IpcError};
use domain::settings::Settings;
use domain::sync::BackfillProgress;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub state: Rc<AppState>,
    pub settings: Settings,
    pub onchange: Callback<Settings>,
}

/// The section.
#[component]
pub(crate) fn History(props: &Props) -> Html {
    let now = use_now();
    let toasts = use_toasts();
    let section = SectionProps {
        settings: props.settings.clone(),
        onchange: props.onchange.clone(),
    };
    let failed = Callback::from(move |error: IpcError| toasts.fail(error.message));
    let months = [3_u16, 6, 12, 24, 36]
        .map(|months| (months, counted(months.into(), "month", "months").into()))
        .to_vec();
    let country = props.settings.home_country.clone().unwrap_or_default();
    let is_country =
        country.is_empty() || country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase());
    let sync = &props.state.sync;
    html! {
        <Group title="History and data">
            { fact("Up to date", sync_words::sentence(sync, &now)) }
            if let Some(progress) = &sync.backfill { { backfill(progress, &failed, &now) } }
            if sync.set_aside > 0 {
                { fact("Set aside", format!("{} this version does not understand, kept for a later one", counted(sync.set_aside, "record", "records"))) }
            }
            <Choice<u16> label="Fetch history of the last" options={months} value={props.settings.backfill_months}
                onchange={change(&section, |settings, months| settings.backfill_months = months)} />
            <TextField label="Country for numbers without a country code" value={country} placeholder="As the account"
                error={(!is_country).then_some("Two letters, such as US or DE.")} hint="Two letters, such as US or DE. Empty takes the account's."
                oninput={change(&section, |settings, text: String| {
                    settings.home_country = Some(text.trim().to_uppercase()).filter(|text| !text.is_empty());
                })} />
            <Switch label="Never keep a live connection" is_on={props.settings.polling_only}
                hint="For networks that forbid it. What is new is then fetched every so often."
                onchange={change(&section, |settings, is_on| settings.polling_only = is_on)} />
            <div class="settings-actions">
                <Button label="Fetch the company directory again" icon={Icon::Sync} onpress={ask(RefreshDirectory {}, &failed)} />
            </div>
            { fact("Folder", html! { <code class="selectable">{ &props.state.data_folder }</code> }) }
        </Group>
    }
}

fn backfill(progress: &BackfillProgress, failed: &Callback<IpcError>, now: &Now) -> Html {
    let button = match (progress.is_finished, progress.is_paused) {
        (true, _) => Html::default(),
        (false, true) => {
            html! { <Button label="Resume" icon={Icon::Play} small={true} onpress={ask(ResumeBackfill {}, failed)} /> }
        }
        (false, false) => {
            html! { <Button label="Pause" icon={Icon::Pause} small={true} onpress={ask(PauseBackfill {}, failed)} /> }
        }
    };
    fact(
        "Older history",
        html! { <>{ sync_words::history(progress, now) }{ " " }{ button }</> },
    )
}

/// Asks for something that answers nothing but success.
fn ask<C: Command<Reply = ()> + Clone + 'static>(command: C, failed: &Callback<IpcError>) -> Callback<()> {
    let failed = failed.clone();
    Callback::from(move |()| {
        let (command, failed) = (command.clone(), failed.clone());
        spawn_local(async move {
            if let Err(error) = ipc::call(command).await {
                failed.emit(error);
            }
        });
    })
}
