//! What waits to be sent and what could not be: a sign in the top bar while there is any, with the list behind it.

mod fax_line;
mod line;
mod tally;

use crate::components::{Button, Glyph, Icon, Popover};
use crate::format::counted;
use crate::hooks::{use_coalesced, use_command, use_core_event, use_now};
use crate::texting::{held_up, use_text_actions};
use domain::event::CoreEvent;
use domain::fax::OutgoingFax;
use domain::ipc::texting::GetOutbox;
use domain::outgoing::{HeldUp, OutgoingState};
use fax_line::FaxLine;
use line::Line;
use tally::{Tally, Tone};
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
    // What is on its way moves on with its message, too: RingCentral says there what became of it.
    let is_shown = answer
        .value
        .as_ref()
        .is_some_and(|state| state.waiting > 0 || !state.faxes.is_empty());
    use_core_event(move |event| {
        let concerns = match event {
            CoreEvent::OutboxChanged | CoreEvent::SessionChanged | CoreEvent::Overflowed => true,
            CoreEvent::CommunicationsChanged { .. } => is_shown,
            _ => false,
        };
        if concerns {
            refresh.emit(());
        }
    });
    let Some(state) = answer.value else {
        return Html::default();
    };
    let tally = tally::tally(&state, &now);
    let Some((short, tone)) = tally.short(state.held_up.is_some()) else {
        return Html::default();
    };
    let (class, icon) = match tone {
        Tone::Bad => ("is-bad", Icon::Warning),
        Tone::Warn => ("is-warning", Icon::Clock),
        Tone::Plain => ("is-plain", Icon::Fax),
    };
    let trigger = html! {
        <span class={classes!("outbox-words", class)}><Glyph {icon} /><span role="status">{ short.clone() }</span></span>
    };
    let try_now = {
        let actions = actions.clone();
        Callback::from(move |()| actions.try_now())
    };
    let waiting = tally.waiting();
    let faxes = |is_failed: bool| {
        let chosen = state.faxes.iter().filter(move |fax| is_failed == has_failed(fax));
        let held_up = state.held_up.clone();
        chosen
            .map(move |fax| html! { <FaxLine key={format!("fax-{}", fax.id)} fax={fax.clone()} held_up={held_up.clone()} /> })
            .collect::<Html>()
    };
    html! {
        <Popover {trigger} class="button button-quiet button-small" label={format!("Outbox: {short}")} at_end={true}>
            <div class="outbox">
                // What the sign is red for is in view first.
                if tally.failed() > 0 { <div class="menu-title">{ "Not sent" }</div> }
                { for state.failed.iter().rev().map(|text| html! { <Line key={text.id.0} text={text.clone()} /> }) }
                { faxes(true) }
                if tally.failed() > 0 && tally.is_more_than_failed(state.held_up.is_some()) { <div class="menu-title">{ "On the way" }</div> }
                if let Some(reason) = state.held_up.as_ref().filter(|_| waiting > 0) {
                    <section class="outbox-note">
                        <p>{ format!("{}: ", tally.waiting_words()) }{ held_up::sentence(reason, &now) }</p>
                        if can_be_hurried(reason) { <Button label="Try now" small={true} onpress={try_now} /> }
                    </section>
                    { for state.waiting_texts.iter().map(|text| html! { <Line key={text.id.0} text={text.clone()} /> }) }
                }
                if tally.unknown_texts > 0 {
                    <section class="outbox-note"><p>{ looked_for(&tally) }</p></section>
                }
                { faxes(false) }
            </div>
        </Popover>
    }
}

fn has_failed(fax: &OutgoingFax) -> bool {
    matches!(fax.state, OutgoingState::Failed { .. })
}

/// What happens to texts whose answer was lost; a fax says it of itself.
fn looked_for(tally: &Tally) -> String {
    format!(
        "{} of unknown outcome: the answer was lost. Switchboard looks for {} among the sent messages and sends nothing twice.",
        counted(tally.unknown_texts, "text", "texts"),
        if tally.unknown_texts == 1 { "it" } else { "them" }
    )
}

/// Whether trying earlier than by itself can do any good.
fn can_be_hurried(held_up: &HeldUp) -> bool {
    match held_up {
        HeldUp::Offline | HeldUp::Trouble { .. } => true,
        // Asking sooner would only prolong it; signing in has a button of its own.
        HeldUp::RateLimited { .. } | HeldUp::SignInRequired => false,
    }
}
