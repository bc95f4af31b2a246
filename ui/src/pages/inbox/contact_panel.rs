//! Who this is: numbers, what is owed, the last things between us, notes, and why we think so.

mod nobody;
mod recent;

use crate::components::{AvatarSize, Button, ButtonKind, CopyButton, Icon, avatar, use_toasts};
use crate::format::dates::Now;
use crate::format::names;
use crate::hooks::use_now;
use crate::pages::caller_card::candidates::Candidates;
use crate::routes::Route;
use domain::communication::{Body, Communication};
use domain::contact::Contact;
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;
use domain::matching::MatchExplanation;
use nobody::Nobody;
use recent::Recent;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html};
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

fn group(item: &Communication) -> Option<&[domain::communication::Party]> {
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
struct KnownProps {
    contact: Contact,
    explanation: MatchExplanation,
}

#[component]
fn Known(props: &KnownProps) -> Html {
    let navigator = use_navigator();
    let toasts = use_toasts();
    let contact = &props.contact;
    let open = {
        let id = contact.id.0;
        Callback::from(move |()| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Contact { id });
            }
        })
    };
    let company = contact.company.clone().filter(|company| *company != contact.name);
    let role: Vec<String> = [contact.job_title.clone(), company]
        .into_iter()
        .flatten()
        .collect();
    let extension = contact
        .extension
        .as_ref()
        .map(|extension| ("extension", extension.clone()));
    let numbers = contact
        .numbers
        .iter()
        .map(|number| (names::number_label(number.label), number.number.formatted.clone()));
    let number = props
        .explanation
        .number
        .as_ref()
        .map(|number| number.formatted.clone())
        .unwrap_or_default();
    html! {
        <>
            <header class="contact-head">
                { avatar::of_name(&contact.name, AvatarSize::Large) }
                <div><h2 class="selectable">{ &contact.name }</h2><p>{ role.join(", ") }</p></div>
            </header>
            <section>
                <h3>{ "Numbers" }</h3>
                <dl class="numbers">{ for extension.into_iter().chain(numbers).map(line) }</dl>
                if contact.numbers.is_empty() && contact.extension.is_none() { <p class="hint">{ "None" }</p> }
                { for contact.emails.iter().map(|email| html! {
                    <p class="email"><span class="selectable">{ email }</span><CopyButton text={email.clone()} what="address" /></p>
                }) }
            </section>
            <section class="why">
                <h3>{ "Why this contact" }</h3>
                if props.explanation.candidates.len() > 1 {
                    <Candidates explanation={props.explanation.clone()} {number} failed={Callback::from(move |message: String| toasts.fail(message))} />
                } else {
                    <p>{ &props.explanation.sentence }</p>
                }
                <Button label="Open contact" icon={Icon::Book} small={true} onpress={open} />
            </section>
        </>
    }
}

fn line((label, number): (&'static str, String)) -> Html {
    html! {
        <div>
            <dt>{ label }</dt>
            <dd><span class="number selectable">{ &number }</span><CopyButton text={number.clone()} what="number" /></dd>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct GroupProps {
    members: Vec<domain::communication::Party>,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    html! {
        <section>
            <h3>{ format!("Group of {}", props.members.len()) }</h3>
            { for props.members.iter().map(|party| {
                let number = party.number.as_ref().map(|number| AttrValue::from(number.formatted.clone()));
                html! {
                    <div class="member">
                        { avatar::of_party(party, AvatarSize::Small) }
                        <span class="member-name">{ &party.label }</span>
                        if let Some(number) = number { <span class="number">{ number }</span> }
                    </div>
                }
            }) }
        </section>
    }
}
