//! Somebody we know: numbers and addresses to copy, and why it is this contact.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Button, CopyButton, Icon, avatar};
use crate::fax::FaxButton;
use crate::format::names;
use crate::matching::Candidates;
use crate::routes::Route;
use crate::texting::TextButton;
use domain::contact::{Contact, NumberLabel};
use domain::matching::MatchExplanation;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub contact: Contact,
    pub explanation: MatchExplanation,
}

/// The upper part of the panel.
#[component]
pub(super) fn Known(props: &Props) -> Html {
    let navigator = use_navigator();
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
        .map(|extension| ("extension", extension.clone(), None));
    let numbers = contact.numbers.iter().map(|number| {
        (
            names::number_label(number.label),
            number.number.formatted.clone(),
            Some(number.number.to_look_up()),
        )
    });
    html! {
        <>
            <header class="panel-head">
                { avatar::of_contact(contact, AvatarSize::Large) }
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
                    <Candidates explanation={props.explanation.clone()} />
                } else {
                    <p>{ &props.explanation.sentence }</p>
                }
                <div class="actions">
                    <Button label="Open contact" icon={Icon::Book} small={true} onpress={open} />
                    if let Some(number) = fax_number(contact) { <FaxButton {number} label="Send a fax" /> }
                </div>
            </section>
        </>
    }
}

/// The number they get faxes on, as far as somebody noted it.
fn fax_number(contact: &Contact) -> Option<String> {
    let noted = contact
        .numbers
        .iter()
        .find(|number| number.label == NumberLabel::Fax)?;
    Some(noted.number.to_look_up())
}

fn line((label, number, to_write): (&'static str, String, Option<String>)) -> Html {
    let is_fax = label == names::number_label(NumberLabel::Fax);
    html! {
        <div>
            <dt>{ label }</dt>
            <dd>
                <span class="number selectable">{ &number }</span>
                if !is_fax { <CallButton number={number.clone()} /> }
                if let Some(to_write) = to_write {
                    if is_fax {
                        <FaxButton number={to_write} shown={number.clone()} icon_only={true} />
                    } else {
                        <TextButton number={to_write} shown={number.clone()} icon_only={true} />
                    }
                }
                <CopyButton text={number.clone()} what="number" />
            </dd>
        </div>
    }
}
