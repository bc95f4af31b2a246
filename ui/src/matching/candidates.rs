//! Several contacts have the number: which of them it is.

use crate::components::{Button, ButtonKind, Icon};
use crate::format::names;
use crate::ipc;
use domain::ipc::contacts::ChooseMatch;
use domain::matching::MatchExplanation;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub explanation: MatchExplanation,
    pub number: String,
    pub failed: Callback<String>,
}

/// The sentence, and on demand the others to choose from. A choice is remembered for this number.
#[component]
pub(crate) fn Candidates(props: &Props) -> Html {
    let is_open = use_state(|| false);
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |()| is_open.set(!*is_open))
    };
    html! {
        <div class="card-candidates">
            <p class="card-why">
                { &props.explanation.sentence }
                <Button label={if *is_open { "Close" } else { "Somebody else?" }} kind={ButtonKind::Quiet} small={true} onpress={toggle} />
            </p>
            if *is_open {
                <ul>
                    { for props.explanation.candidates.iter().skip(1).map(|candidate| {
                        let (contact, number) = (candidate.contact.id, props.number.clone());
                        let (failed, is_open) = (props.failed.clone(), is_open.setter());
                        let onpress = Callback::from(move |()| {
                            let (number, failed, is_open) = (number.clone(), failed.clone(), is_open.clone());
                            spawn_local(async move {
                                match ipc::call(ChooseMatch { number, contact }).await {
                                    Ok(()) => is_open.set(false),
                                    Err(error) => failed.emit(error.message),
                                }
                            });
                        });
                        let detail = names::belongs_to(&candidate.contact).map(|detail| format!(" · {detail}")).unwrap_or_default();
                        html! {
                            <li key={contact.0}>
                                <span>{ format!("{}{detail}", candidate.contact.name) }</span>
                                <Button label="This one" icon={Icon::Check} small={true} {onpress} />
                            </li>
                        }
                    }) }
                </ul>
            }
        </div>
    }
}
