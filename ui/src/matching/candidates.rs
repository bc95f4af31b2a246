//! Several contacts have the number: which of them it is.

use crate::components::{Button, ButtonKind, Icon, use_toasts};
use crate::format::names;
use crate::ipc;
use domain::ipc::contacts::ChooseMatch;
use domain::matching::MatchExplanation;
use domain::phone_number::PhoneNumber;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub explanation: MatchExplanation,
}

/// The sentence, and on demand the others to choose from.
#[component]
pub(crate) fn Candidates(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |()| is_open.set(!*is_open))
    };
    html! {
        <div class="candidates">
            <p class="card-why">
                { &props.explanation.sentence }
                <Button label={if *is_open { "Close" } else { "Somebody else?" }} kind={ButtonKind::Quiet} small={true} onpress={toggle} />
            </p>
            if *is_open { <Others explanation={props.explanation.clone()} /> }
        </div>
    }
}

/// Everybody but the one it is taken for. A choice is remembered for this number.
#[component]
pub(crate) fn Others(props: &Props) -> Html {
    let toasts = use_toasts();
    let number = props
        .explanation
        .number
        .as_ref()
        .map(PhoneNumber::to_look_up)
        .unwrap_or_default();
    html! {
        <ul class="others">
            { for props.explanation.candidates.iter().skip(1).map(|candidate| {
                let (contact, name) = (candidate.contact.id, candidate.contact.name.clone());
                let (toasts, number) = (toasts.clone(), number.clone());
                let onpress = Callback::from(move |()| {
                    let (toasts, number, name) = (toasts.clone(), number.clone(), name.clone());
                    spawn_local(async move {
                        match ipc::call(ChooseMatch { number, contact }).await {
                            Ok(()) => toasts.say(format!("From now on this number is {name}")),
                            Err(error) => toasts.fail(error.message),
                        }
                    });
                });
                html! {
                    <li key={contact.0}>
                        <span class="others-words">
                            <span>{ &candidate.contact.name }</span>
                            if let Some(detail) = names::belongs_to(&candidate.contact) { <span class="hint">{ detail }</span> }
                        </span>
                        <Button label="This one" icon={Icon::Check} small={true} {onpress} />
                    </li>
                }
            }) }
        </ul>
    }
}
