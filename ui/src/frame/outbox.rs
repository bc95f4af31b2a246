//! What waits to be sent and what could not be: a sign in the top bar while there is any, with the list behind it.

mod line;

use crate::components::{Button, Glyph, Icon, Popover};
use crate::format::counted;
use crate::hooks::{use_coalesced, use_command, use_core_event, use_now};
use crate::texting::{held_up, use_text_actions};
use domain::event::CoreEvent;
use domain::ipc::texting::{GetOutbox, OutboxState};
use domain::outgoing::HeldUp;
use line::Line;
use yew::{Callback, Html, classes, component, html};

const PACE_MS: u32 = 250;

/// The sign and the list.
#[component]
pub(crate) fn Outbox() -> Html {
    let now = use_now();
    let actions = use_text_actions();
    let answer = use_command(Some(GetOutbox {}));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::OutboxChanged | CoreEvent::SessionChanged | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
    let Some(state) = answer.value else {
        return Html::default();
    };
    let Some(short) = short(&state) else {
        return Html::default();
    };
    let is_bad = !state.failed.is_empty();
    let trigger = html! {
        <span class={classes!("outbox-words", if is_bad { "is-bad" } else { "is-warning" })}>
            <Glyph icon={if is_bad { Icon::Warning } else { Icon::Clock }} /><span role="status">{ short.clone() }</span>
        </span>
    };
    let try_now = {
        let actions = actions.clone();
        Callback::from(move |()| actions.try_now())
    };
    let waiting = u64::from(state.waiting);
    html! {
        <Popover {trigger} class="button button-quiet button-small" label={format!("Outbox: {short}")} at_end={true}>
            <div class="outbox">
                if let Some(reason) = state.held_up.as_ref().filter(|_| waiting > 0) {
                    <section class="outbox-note">
                        <p>{ format!("{}: ", counted(waiting, "text waits", "texts wait")) }{ held_up::sentence(reason, &now) }</p>
                        if can_be_hurried(reason) { <Button label="Try now" small={true} onpress={try_now} /> }
                    </section>
                    { for state.waiting_texts.iter().map(|text| html! { <Line key={text.id.0} text={text.clone()} /> }) }
                }
                if state.unknown > 0 {
                    <section class="outbox-note">
                        <p>{ format!("{} of unknown outcome: the answer was lost. Switchboard looks for {} among the sent messages and sends nothing twice.",
                            counted(u64::from(state.unknown), "text", "texts"), if state.unknown == 1 { "it" } else { "them" }) }</p>
                    </section>
                }
                if is_bad { <div class="menu-title">{ "Not sent" }</div> }
                { for state.failed.iter().rev().map(|text| html! { <Line key={text.id.0} text={text.clone()} /> }) }
            </div>
        </Popover>
    }
}

/// The worst thing in two or three words. A text that is simply on its way is nothing to point at.
fn short(state: &OutboxState) -> Option<String> {
    let failed = state.failed.len() as u64;
    if failed > 0 {
        return Some(format!("{} not sent", counted(failed, "text", "texts")));
    }
    if state.unknown > 0 {
        return Some(format!(
            "Checking {}",
            counted(u64::from(state.unknown), "text", "texts")
        ));
    }
    let is_waiting = state.waiting > 0 && state.held_up.is_some();
    is_waiting.then(|| format!("{} waiting", counted(u64::from(state.waiting), "text", "texts")))
}

/// Whether trying earlier than by itself can do any good.
fn can_be_hurried(held_up: &HeldUp) -> bool {
    match held_up {
        HeldUp::Offline | HeldUp::Trouble { .. } => true,
        // Asking sooner would only prolong it; signing in has a button of its own.
        HeldUp::RateLimited { .. } | HeldUp::SignInRequired => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(waiting: u32, unknown: u32, held_up: Option<HeldUp>) -> OutboxState {
        OutboxState {
            waiting,
            unknown,
            waiting_texts: Vec::new(),
            failed: Vec::new(),
            held_up,
        }
    }

    #[test]
    fn what_is_simply_on_its_way_shows_no_sign() {
        assert_eq!(short(&state(2, 0, None)), None);
        assert_eq!(
            short(&state(2, 0, Some(HeldUp::Offline))).as_deref(),
            Some("2 texts waiting")
        );
        assert_eq!(short(&state(0, 0, Some(HeldUp::Offline))), None);
        assert_eq!(short(&state(2, 1, None)).as_deref(), Some("Checking 1 text"));
    }
}
