//! What became of a fax that was sent, at each of those it went to, and sending it again where that can help.

use super::words;
use crate::components::{Button, Glyph, Icon, use_toasts};
use crate::ipc;
use domain::communication::DeliveryState;
use domain::fax::FaxOutcome;
use domain::ids::CommunicationId;
use domain::ipc::fax::ResendFax;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, classes, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: CommunicationId,
    pub recipients: Vec<FaxOutcome>,
}

/// The list. A name is only needed where there are several.
#[component]
pub(crate) fn Outcomes(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_asking = use_state_eq(|| false);
    let item = props.item;
    let resend = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| {
            let (toasts, is_asking) = (toasts.clone(), is_asking.clone());
            is_asking.set(true);
            spawn_local(async move {
                match ipc::call(ResendFax { item }).await {
                    Ok(_) => toasts.say("RingCentral is asked to send it again"),
                    Err(error) => toasts.fail(error.message),
                }
                is_asking.set(false);
            });
        })
    };
    let is_single = props.recipients.len() == 1;
    let failed = props
        .recipients
        .iter()
        .filter(|to| matches!(to.state, DeliveryState::Failed { .. }));
    let again: Vec<&str> = failed
        .filter(|to| to.can_resend)
        .map(|to| to.party.label.as_str())
        .collect();
    let hint = if again.len() == props.recipients.len() {
        "The same pages, without uploading them again".to_owned()
    } else {
        format!("To {} only", crate::format::listed(&again))
    };
    html! {
        <>
            <ul class="fax-outcomes">
                { for props.recipients.iter().map(|to| line(to, is_single)) }
            </ul>
            if !again.is_empty() {
                <Button label={if *is_asking { "Asking" } else { "Resend" }} icon={Icon::Sync} small={true} disabled={*is_asking} {hint} onpress={resend} />
            }
        </>
    }
}

fn line(to: &FaxOutcome, is_single: bool) -> Html {
    let (icon, class) = match to.state {
        DeliveryState::Failed { .. } => (Icon::Warning, Some("is-bad")),
        DeliveryState::Delivered => (Icon::CheckTwice, None),
        DeliveryState::Sent | DeliveryState::Received => (Icon::Check, None),
        DeliveryState::Queued | DeliveryState::Unknown => (Icon::Clock, None),
    };
    html! {
        <li class={classes!(class)}>
            <Glyph {icon} small={true} />
            <div>
                <p>if !is_single { <b>{ &to.party.label }</b>{ " · " } }{ words::outcome(&to.state) }</p>
                if !to.advice.is_empty() { <p class="hint">{ &to.advice }</p> }
            </div>
        </li>
    }
}
