//! What the signed-in person says of themselves: a status, a message to colleagues, and which queues may ring.

mod message;

use crate::components::{Dot, Glyph, Icon, MenuItem, Switch};
use crate::format::presence_words::{self, CHOICES};
use crate::presence::{Change, OwnStatus, use_own_status};
use domain::presence::{OwnPresence, OwnQueue};
use message::Message;
use yew::{Callback, Html, component, html};

/// The part of the account menu.
#[component]
pub(super) fn OwnStatusPart() -> Html {
    let Some(OwnStatus {
        shown,
        error,
        change,
        is_changing,
    }) = use_own_status()
    else {
        return Html::default();
    };
    let Some(own) = shown else {
        let words = error.map_or_else(
            || "Your status is not known yet.".to_owned(),
            |error| error.message,
        );
        return html! { <p class="own-note" role="status">{ words }</p> };
    };
    let message = own
        .presence
        .as_ref()
        .and_then(|presence| presence.message.clone());
    let is_held = own.hindrance.is_some();
    html! {
        <>
            if let Some(hindrance) = &own.hindrance {
                <p class="own-note is-warning" role="status"><Glyph icon={Icon::Warning} small={true} /><span>{ hindrance }</span></p>
            }
            { choices(&own, is_changing, &change) }
            if own.presence.is_some() {
                <Message {message} {is_held} onsave={change.reform(Change::Message)} />
            }
            if !own.queues.is_empty() {
                <div class="own-queues" role="group" aria-label="Queue calls">
                    <div class="menu-title">{ "Calls of queues" }</div>
                    { for own.queues.iter().map(|queue| switch(queue, is_held, &change)) }
                </div>
            }
        </>
    }
}

fn choices(own: &OwnPresence, is_changing: bool, change: &Callback<Change>) -> Html {
    let is_stale = own.presence.as_ref().is_some_and(|presence| presence.is_stale);
    html! {
        <div class="own-choices" role="menu" aria-label="Your status" aria-busy={is_changing.to_string()}>
            { for CHOICES.into_iter().map(|choice| {
                let (label, detail) = presence_words::choice(choice);
                let mark = html! { <Dot availability={presence_words::seen_as(choice)} {is_stale} /> };
                html! {
                    <MenuItem {label} {detail} {mark} is_checked={own.choice == Some(choice)} disabled={own.hindrance.is_some()}
                        hint={own.hindrance.clone()} onpress={change.reform(move |()| Change::Status(choice))} />
                }
            }) }
        </div>
    }
}

fn switch(queue: &OwnQueue, is_held: bool, change: &Callback<Change>) -> Html {
    let id = queue.id.clone();
    let onchange = change.reform(move |takes_calls| Change::Queue {
        id: id.clone(),
        takes_calls,
    });
    let hint = (!queue.can_change).then_some("Only an administrator can change this.");
    html! {
        <Switch key={queue.id.clone()} label={queue.name.clone()} is_on={queue.takes_calls} disabled={is_held || !queue.can_change} {hint} {onchange} />
    }
}
