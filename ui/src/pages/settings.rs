//! Settings. Every change takes effect at once; there is nothing to save.

mod about;
mod account;
mod appearance;
mod calls;
mod history;
mod notifications;
mod quiet_hours;
mod shortcut;
mod shortcut_keys;
mod transcription;

use crate::app_state::use_app_state;
use crate::components::{Skeleton, SkeletonKind, use_toasts};
use crate::ipc;
use about::About;
use account::Account;
use appearance::Appearance;
use calls::Calls;
use domain::ipc::settings::SaveSettings;
use domain::settings::Settings;
use history::History;
use notifications::Notifications;
use transcription::Transcription;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Children, Html, Properties, component, html};

/// What a section needs to change settings.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SectionProps {
    pub settings: Settings,
    pub onchange: Callback<Settings>,
}

/// The page.
#[component]
pub(crate) fn SettingsPage() -> Html {
    let toasts = use_toasts();
    let Some(state) = use_app_state() else {
        return html! { <section class="page settings"><Skeleton kind={SkeletonKind::Panel} /></section> };
    };
    let onchange = Callback::from(move |settings: Settings| {
        let toasts = toasts.clone();
        spawn_local(async move {
            if let Err(error) = ipc::call(SaveSettings { settings }).await {
                toasts.fail(error.message);
            }
        });
    });
    let settings = state.settings.clone();
    html! {
        <section class="page settings" aria-label="Settings">
            <div class="settings-column">
                <h1>{ "Settings" }</h1>
                <Account state={state.clone()} />
                <Notifications settings={settings.clone()} onchange={onchange.clone()} />
                <Calls settings={settings.clone()} onchange={onchange.clone()} />
                <Transcription settings={settings.clone()} onchange={onchange.clone()} />
                <Appearance settings={settings.clone()} onchange={onchange.clone()} />
                <History state={state.clone()} {settings} {onchange} />
                <About state={state.clone()} />
            </div>
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct GroupProps {
    pub title: &'static str,
    #[prop_or_default]
    pub children: Children,
}

/// A titled card of settings.
#[component]
pub(crate) fn Group(props: &GroupProps) -> Html {
    html! {
        <section class="settings-group" aria-label={props.title}>
            <h2>{ props.title }</h2>
            <div class="settings-card">{ props.children.clone() }</div>
        </section>
    }
}

/// A fact in a card: what it is, and what it is at the moment.
pub(crate) fn fact(label: &'static str, value: impl Into<Html>) -> Html {
    html! { <div class="fact"><span class="fact-label">{ label }</span><span class="fact-value">{ value.into() }</span></div> }
}
