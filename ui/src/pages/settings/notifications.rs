//! What is announced, and how much it says.

use super::quiet_hours::QuietHoursPart;
use super::{Group, SectionProps};
use crate::components::{Button, Icon, Switch, use_toasts};
use crate::ipc;
use domain::ipc::settings::SendTestNotification;
use domain::settings::{NotificationSettings, Settings};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html};

type Field = fn(&mut NotificationSettings) -> &mut bool;

const SWITCHES: [(&str, &str, Field); 7] = [
    (
        "Incoming calls",
        "A notification that says who is calling.",
        |all| &mut all.calls,
    ),
    (
        "Caller card",
        "A small window with who is calling and what you last had with each other.",
        |all| &mut all.show_card,
    ),
    ("Texts", "", |all| &mut all.texts),
    ("Voicemail", "", |all| &mut all.voicemail),
    ("Faxes", "", |all| &mut all.faxes),
    (
        "Privacy mode",
        "Notifications name no people, numbers or words. For screens that others can see.",
        |all| &mut all.hides_names,
    ),
    (
        "Quiet while I am on Do not disturb",
        "No notifications while your own status says that nobody may disturb you.",
        |all| &mut all.respects_do_not_disturb,
    ),
];

/// The section.
#[component]
pub(crate) fn Notifications(props: &SectionProps) -> Html {
    let toasts = use_toasts();
    let test = Callback::from(move |()| {
        let toasts = toasts.clone();
        spawn_local(async move {
            match ipc::call(SendTestNotification {}).await {
                Ok(()) => toasts.say("A notification is on its way"),
                Err(error) => toasts.fail(error.message),
            }
        });
    });
    html! {
        <Group title="Notifications">
            { for SWITCHES.into_iter().map(|(label, hint, field)| switch(props, label, hint, field)) }
            <QuietHoursPart settings={props.settings.clone()} onchange={props.onchange.clone()} />
            <div class="settings-actions"><Button label="Show a test notification" icon={Icon::Bell} onpress={test} /></div>
        </Group>
    }
}

fn switch(props: &SectionProps, label: &'static str, hint: &'static str, field: Field) -> Html {
    let mut current = props.settings.notifications.clone();
    let is_on = *field(&mut current);
    let onchange = {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |is_on| {
            let mut changed: Settings = settings.clone();
            *field(&mut changed.notifications) = is_on;
            onchange.emit(changed);
        })
    };
    html! { <Switch {label} {is_on} {onchange} hint={(!hint.is_empty()).then_some(hint)} /> }
}
