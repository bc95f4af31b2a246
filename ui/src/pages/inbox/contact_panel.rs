//! Who this is: numbers, what is owed, the last things between us, notes, and why we think so.

mod known;
mod nobody;
mod recent;

use crate::components::{AvatarSize, Button, ButtonKind, Icon, avatar};
use crate::format::dates::Now;
use crate::format::names;
use crate::hooks::use_now;
use crate::routes::Route;
use domain::communication::{Body, Communication, Party};
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;
use known::Known;
use nobody::Nobody;
use recent::Recent;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub detail: Rc<ItemDetail>,
    pub onopen: Callback<CommunicationId>,
    pub onclose: Callback<()>,
}

/// The panel.
#[component]
pub(crate) fn ContactPanel(props: &Props) -> Html {
    let now = use_now();
    let detail = &props.detail;
    html! {
        <aside class="contact-panel" aria-label="Contact">
            <Button label="Hide" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={props.onclose.clone()} />
            { match (&detail.contact, group(&detail.item)) {
                (_, Some(members)) => html! { <Group members={members.to_vec()} /> },
                (Some(contact), None) => html! { <Known contact={contact.clone()} explanation={detail.explanation.clone()} /> },
                (None, None) => html! { <Nobody item={detail.item.clone()} explanation={detail.explanation.clone()} /> },
            } }
            { owed(&detail.timeline.items, &now) }
            <Recent items={detail.timeline.items.clone()} onopen={props.onopen.clone()} />
            if let Some(contact) = detail.contact.as_ref().filter(|contact| !contact.notes.is_empty()) {
                <section class="note"><h3>{ "Note" }</h3><p class="selectable">{ &contact.notes }</p></section>
            }
        </aside>
    }
}

fn group(item: &Communication) -> Option<&[Party]> {
    match &item.body {
        Body::Text { participants, .. } if participants.len() > 1 => Some(participants),
        _ => None,
    }
}

fn owed(items: &[Communication], now: &Now) -> Html {
    let owed: Vec<_> = items.iter().rev().filter(|item| item.is_owed).collect();
    if owed.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h3>{ "Owed" }</h3>
            { for owed.into_iter().map(|item| html! {
                <p class="owed"><span class="tag tag-bad">{ "Call back" }</span>{ format!("missed {}", now.list_time(item.occurred_at)) }</p>
            }) }
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct GroupProps {
    members: Vec<Party>,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    let navigator = use_navigator();
    let member = |party: &Party| {
        let number = party.number.as_ref().map(|number| number.formatted.clone());
        let below = party
            .contact
            .as_ref()
            .and_then(names::belongs_to)
            .or_else(|| party.number.as_ref().and_then(|number| number.region.clone()));
        let words = html! {
            <>
                { avatar::of_party(party, AvatarSize::Small) }
                <span class="member-words">
                    <span>{ &party.label }</span>
                    { for below.into_iter().chain(number.filter(|number| *number != party.label)).map(|line| html! { <span class="hint">{ line }</span> }) }
                </span>
            </>
        };
        match &party.contact {
            Some(known) => {
                let (id, navigator) = (known.id.0, navigator.clone());
                let open = Callback::from(move |_: MouseEvent| {
                    if let Some(navigator) = &navigator {
                        navigator.push(&Route::Contact { id });
                    }
                });
                html! { <button type="button" class="member" title="Open contact" onclick={open}>{ words }</button> }
            }
            None => html! { <div class="member">{ words }</div> },
        }
    };
    html! {
        <section>
            <h3>{ format!("{} people and you", props.members.len()) }</h3>
            { for props.members.iter().map(member) }
        </section>
    }
}
