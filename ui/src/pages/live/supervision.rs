//! What can be done about a call: listen in, whisper, barge in, take over; each with its reason where it cannot be done.
//!
//! What is offered is decided by the core from RingCentral's own roles and groups.

mod agent;

use super::supervision_words;
use super::words;
use crate::components::{
    Button, ButtonKind, Choice, Elapsed, Glyph, Icon, Skeleton, SkeletonKind, Strip, StripKind, use_toasts,
};
use crate::hooks::use_command;
use crate::ipc;
use agent::Agent;
use domain::ids::CallSessionId;
use domain::ipc::live_calls::{GetSupervision, Supervise};
use domain::live_calls::CompanyCall;
use domain::supervision::{Supervision, SupervisionMode, SupervisionWay};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_mut_ref, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub id: CallSessionId,
    /// `None` once it is over.
    pub call: Option<Rc<CompanyCall>>,
    pub onclose: Callback<()>,
}

/// The panel beside the list.
#[component]
pub(super) fn SupervisionPanel(props: &Props) -> Html {
    let toasts = use_toasts();
    let device = use_state(|| None::<String>);
    let is_asking = use_state(|| false);
    // What the reply to a request of one's own said counts until the core is asked again.
    let replied = use_state(|| None::<Rc<Supervision>>);
    let answer = use_command(Some(GetSupervision {
        session_id: props.id.clone(),
    }));
    let what = props.call.as_ref().map(|call| {
        let members: Vec<String> = call
            .members
            .iter()
            .map(|member| member.extension_id.clone())
            .collect();
        (call.state, call.is_supervised, members)
    });
    // Who is in the call decides what is possible.
    let is_first = use_mut_ref(|| true);
    use_effect_with(what, {
        let reload = answer.reload.clone();
        move |_| {
            if !is_first.replace(false) {
                reload.emit(());
            }
        }
    });
    use_effect_with(answer.value.clone(), {
        let replied = replied.setter();
        move |_| replied.set(None)
    });
    let shown = (*replied).clone().or_else(|| answer.value.clone());
    let ask = {
        let (session_id, device) = (props.id.clone(), (*device).clone());
        let (is_asking, replied) = (is_asking.setter(), replied.setter());
        Callback::from(move |(extension_id, mode): (String, SupervisionMode)| {
            let request = Supervise {
                session_id: session_id.clone(),
                extension_id,
                mode,
                device: device.clone(),
            };
            let (is_asking, replied, toasts) = (is_asking.clone(), replied.clone(), toasts.clone());
            is_asking.set(true);
            spawn_local(async move {
                match ipc::call(request).await {
                    Ok(supervision) => replied.set(Some(Rc::new(supervision))),
                    Err(error) => toasts.fail(error.message),
                }
                is_asking.set(false);
            });
        })
    };
    let is_over = props.call.is_none();
    html! {
        <aside class="supervision" aria-label="Supervise the call">
            <header>
                <div>
                    <h2>{ props.call.as_ref().map_or("The call", |call| call.party.label.as_str()) }</h2>
                    <p>{ props.call.as_ref().map_or_else(|| "This call is over.".to_owned(), |call| format!("{} · {}", words::state(call.state), words::our_end(call))) }</p>
                </div>
                <Button label="Close" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={props.onclose.clone()} />
            </header>
            if let Some(error) = &answer.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                </Strip>
            }
            if let Some(supervision) = shown.filter(|_| !is_over) {
                { body(&supervision, &device, *is_asking, &ask) }
            } else if !is_over && answer.error.is_none() {
                <Skeleton kind={SkeletonKind::Panel} />
            }
            <p class="supervision-note">{ "Every supervision is written to a log that the administrators see." }</p>
        </aside>
    }
}

fn body(
    supervision: &Supervision,
    device: &yew::UseStateHandle<Option<String>>,
    is_asking: bool,
    ask: &Callback<(String, SupervisionMode)>,
) -> Html {
    let options: Vec<(Option<String>, AttrValue)> = supervision
        .devices
        .iter()
        .map(|device| (Some(device.id.clone()), device.name.clone().into()))
        .collect();
    let value = (**device)
        .clone()
        .or_else(|| supervision.devices.first().map(|device| device.id.clone()));
    let mut modes = supervision.agents.iter().flat_map(|agent| &agent.modes);
    let rings = modes.any(|offer| offer.way == SupervisionWay::RingsDevice);
    let onchange = {
        let device = device.setter();
        Callback::from(move |id| device.set(id))
    };
    html! {
        <>
            if let Some((mode, since)) = supervision.running {
                <p class="supervision-running" role="status">
                    <Glyph icon={Icon::Listen} />
                    <span><b>{ supervision_words::running(mode) }</b><span>{ "Hang up on your phone to end it." }</span></span>
                    <Elapsed {since} />
                </p>
            }
            if supervision.agents.is_empty() {
                <p class="hint">{ "No colleague is in this call yet." }</p>
            }
            { for supervision.agents.iter().map(|agent| html! {
                <Agent key={agent.extension_id.clone()} agent={agent.clone()} {is_asking} is_running={supervision.running.is_some()} onask={ask.clone()} />
            }) }
            if rings && supervision.devices.len() > 1 {
                <Choice<Option<String>> label="Your phone that rings" {options} {value} {onchange} />
            }
        </>
    }
}
