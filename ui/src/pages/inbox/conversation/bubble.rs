//! A text with its pictures, and how far it got.

use super::pictures::Pictures;
use crate::components::{Button, Glyph, Icon};
use crate::format::dates::Now;
use crate::format::summary::group_with;
use crate::routes::Route;
use crate::texting::use_text_actions;
use domain::communication::{Body, Communication, DeliveryState, Direction};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
    pub is_continued: bool,
    /// In the history of one person: a text to a group says who else got it, and leads there.
    pub names_group: bool,
}

/// Theirs at the left, ours at the right.
#[component]
pub(crate) fn Bubble(props: &Props) -> Html {
    let navigator = use_navigator();
    let actions = use_text_actions();
    let item = &props.item;
    let Body::Text {
        text,
        state,
        participants,
        ..
    } = &item.body
    else {
        return Html::default();
    };
    let is_ours = item.direction == Direction::Outbound;
    // Who sent it stands first.
    let sender = participants
        .first()
        .filter(|_| !is_ours && participants.len() > 1)
        .map(|party| party.label.clone());
    let group = props.names_group.then(|| group_with(item)).flatten();
    let open_group = {
        let id = item.id.0;
        Callback::from(move |_: MouseEvent| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Item { id });
            }
        })
    };
    let has_failed = matches!(state, DeliveryState::Failed { .. });
    let resend = {
        let (id, to) = (item.id, participants.clone());
        Callback::from(move |()| actions.resend(id, to.clone()))
    };
    html! {
        <div class={classes!("message", is_ours.then_some("is-ours"), props.is_continued.then_some("is-continued"),
            has_failed.then_some("is-failed"))}>
            if let Some(group) = group {
                <button type="button" class="message-group" title="Open this group" onclick={open_group}>{ group }</button>
            }
            if let Some(sender) = sender { <span class="message-sender">{ sender }</span> }
            if !text.is_empty() { <div class="bubble selectable">{ text }</div> }
            <Pictures files={item.attachments.clone()} />
            if !props.is_continued || has_failed {
                <div class={classes!("message-meta", has_failed.then_some("is-bad"))} title={props.now.full_time(item.occurred_at)}>
                    <time>{ props.now.list_time(item.occurred_at) }</time>
                    if is_ours { { delivery(state) } }
                </div>
            }
            if has_failed && is_ours {
                <div class="message-actions"><Button label="Resend" icon={Icon::Sync} small={true} onpress={resend} /></div>
            }
        </div>
    }
}

/// Never "read": RingCentral cannot know.
fn delivery(state: &DeliveryState) -> Html {
    let (icon, words) = match state {
        DeliveryState::Queued => (Icon::Clock, "Queued".to_owned()),
        DeliveryState::Sent => (Icon::Check, "Sent".to_owned()),
        DeliveryState::Delivered => (Icon::CheckTwice, "Delivered".to_owned()),
        DeliveryState::Failed { reason } => (Icon::Warning, format!("Not delivered: {reason}")),
        DeliveryState::Received | DeliveryState::Unknown => return Html::default(),
    };
    html! { <><Glyph {icon} small={true} /><span>{ words }</span></> }
}
