//! The panel itself: first the question which phone, then how far the call has come.

use super::ask::Ask;
use super::progress::Progress;
use super::words;
use crate::components::{Button, ButtonKind, Icon};
use domain::ring_out::RingOut;
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, Properties, component, html, use_effect_with, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub number: AttrValue,
    /// Whether a call is under way, which another one must not push aside.
    pub onbusy: Callback<bool>,
    pub onclose: Callback<()>,
}

/// Floats at the top right, where it covers neither a list nor what somebody writes.
#[component]
pub(super) fn CallPanel(props: &Props) -> Html {
    let call = use_state(|| None::<RingOut>);
    let number = use_state(|| props.number.to_string());
    let is_busy = call.as_ref().is_some_and(|call| words::is_under_way(&call.state));
    use_effect_with((is_busy, props.onbusy.clone()), |(is_busy, onbusy)| {
        onbusy.emit(*is_busy);
        let onbusy = onbusy.clone();
        move || onbusy.emit(false)
    });
    let onkeydown = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !is_busy {
                event.prevent_default();
                event.stop_propagation();
                onclose.emit(());
            }
        })
    };
    let set = {
        let call = call.setter();
        Callback::from(move |now: Option<RingOut>| call.set(now))
    };
    let body = match &*call {
        None => {
            let oninput = {
                let number = number.setter();
                Callback::from(move |typed| number.set(typed))
            };
            html! { <Ask number={(*number).clone()} {oninput} onplaced={set.reform(Some)} /> }
        }
        Some(call) => html! {
            <Progress key={call.id.0} call={call.clone()} onchange={set.reform(Some)} onagain={set.reform(|()| None)} onclose={props.onclose.clone()} />
        },
    };
    html! {
        <section class="call-panel" role="dialog" aria-label="Call" {onkeydown}>
            <header>
                <h2>{ "Call" }</h2>
                // While a phone rings there is Cancel, and hiding it would take that away.
                if !is_busy {
                    <Button label="Close" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={props.onclose.clone()} />
                }
            </header>
            { body }
        </section>
    }
}
