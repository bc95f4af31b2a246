//! How far a call has come, in words, with the way to stop it.

use super::words::{self, Tone};
use crate::components::{AvatarSize, Button, ButtonKind, Icon, avatar, use_toasts};
use crate::hooks::{use_coalesced, use_command, use_core_event};
use crate::ipc;
use domain::event::CoreEvent;
use domain::ipc::ring_out::{CancelRingOut, GetRingOut};
use domain::ring_out::{RingOut, RingOutState};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::{Callback, Html, Properties, classes, component, html, use_effect_with, use_node_ref, use_state};

const PACE_MS: u32 = 250;
/// Long enough to read what became of it.
const LINGERS_MS: u32 = 5_000;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub call: RingOut,
    /// With what is known now.
    pub onchange: Callback<RingOut>,
    /// Back to the question.
    pub onagain: Callback<()>,
    pub onclose: Callback<()>,
}

/// Follows the call. What is over without trouble goes away by itself.
#[component]
pub(super) fn Progress(props: &Props) -> Html {
    let call = &props.call;
    let answer = use_command(Some(GetRingOut { id: call.id }));
    let is_cancelling = use_state(|| false);
    let toasts = use_toasts();
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::OutboxChanged | CoreEvent::CallChanged { .. } | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    use_effect_with(answer.value.clone(), {
        let onchange = props.onchange.clone();
        move |value| {
            if let Some(call) = value {
                onchange.emit((**call).clone());
            }
        }
    });
    let root = use_node_ref();
    use_effect_with((), {
        let root = root.clone();
        // Not on Cancel: whoever keeps Enter down a moment too long would take the call back.
        move |()| {
            if let Some(root) = root.cast::<HtmlElement>() {
                let _ = root.focus();
            }
        }
    });
    let leaves = matches!(call.state, RingOutState::Finished | RingOutState::Cancelled);
    use_effect_with((leaves, props.onclose.clone()), |(leaves, onclose)| {
        let onclose = onclose.clone();
        let leaving = (*leaves).then(|| Timeout::new(LINGERS_MS, move || onclose.emit(())));
        move || drop(leaving)
    });
    let cancel = {
        let (id, is_cancelling, reload) = (call.id, is_cancelling.setter(), answer.reload.clone());
        Callback::from(move |()| {
            let (is_cancelling, reload, toasts) = (is_cancelling.clone(), reload.clone(), toasts.clone());
            is_cancelling.set(true);
            spawn_local(async move {
                if let Err(error) = ipc::call(CancelRingOut { id }).await {
                    toasts.fail(error.message);
                }
                is_cancelling.set(false);
                reload.emit(());
            });
        })
    };
    let said = words::of(&call.state);
    let tone = match said.tone {
        Tone::Calm => "",
        Tone::Ringing => "is-ringing",
        Tone::Good => "is-good",
        Tone::Bad => "is-bad",
    };
    let number = call.to.number.as_ref().map(|number| number.formatted.clone());
    html! {
        <div ref={root} class="call-progress" tabindex="-1">
            <div class="call-who">
                { avatar::of_party(&call.to, AvatarSize::Medium) }
                <div>
                    <b>{ &call.to.label }</b>
                    if let Some(number) = number.filter(|number| *number != call.to.label) { <span class="number">{ number }</span> }
                </div>
            </div>
            <div class={classes!("call-state", tone)} role="status" aria-live="polite">
                <span class="call-dot" aria-hidden="true" />
                <div><b>{ said.title }</b><p>{ said.detail }</p></div>
            </div>
            <p class="hint">{ format!("From {}", call.from) }</p>
            <footer>
                if words::is_under_way(&call.state) {
                    <Button label="Cancel the call" icon={Icon::Close} kind={ButtonKind::Danger} disabled={*is_cancelling} onpress={cancel} />
                } else if matches!(call.state, RingOutState::Failed { .. } | RingOutState::Unknown | RingOutState::Cancelled) {
                    <Button label="Close" onpress={props.onclose.clone()} />
                    <Button label="Call again…" icon={Icon::Phone} onpress={props.onagain.clone()} />
                } else {
                    <Button label="Close" onpress={props.onclose.clone()} />
                }
            </footer>
        </div>
    }
}
