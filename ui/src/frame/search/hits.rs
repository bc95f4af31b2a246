//! What a search found.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Glyph, avatar};
use crate::format::{names, summary};
use crate::hooks::use_now;
use crate::routes::Route;
use domain::contact::ContactNumber;
use domain::search::{CommunicationHit, ContactHit, SearchResults, Snippet};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

/// Where each result leads, in the order they are shown.
pub(super) fn targets(results: Option<&SearchResults>) -> Vec<Route> {
    let Some(results) = results else { return Vec::new() };
    let contacts = results
        .contacts
        .iter()
        .map(|hit| Route::Contact { id: hit.contact.id.0 });
    let items = results
        .communications
        .iter()
        .map(|hit| Route::Item { id: hit.item.id.0 });
    contacts.chain(items).collect()
}

/// `id` of the result with this index.
pub(super) fn element_id(index: usize) -> AttrValue {
    format!("search-hit-{index}").into()
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub results: Rc<SearchResults>,
    pub active: usize,
    pub query: String,
    pub onchoose: Callback<Route>,
}

/// The list.
#[component]
pub(super) fn Hits(props: &Props) -> Html {
    let now = use_now();
    let SearchResults {
        contacts,
        communications,
        is_cut,
    } = &*props.results;
    if contacts.is_empty() && communications.is_empty() {
        return html! { <p class="search-note" role="status">{ format!("Nothing found for “{}”. Parts of numbers and beginnings of words are enough.", props.query) }</p> };
    }
    let line = |index: usize, route: Route, body: Html, number: Option<String>| {
        let class = classes!("search-hit", (index == props.active).then_some("is-active"));
        html! {
            <div class="search-line" role="presentation">
                <button type="button" id={element_id(index)} {class} role="option" tabindex="-1" aria-selected={(index == props.active).to_string()}
                    onclick={props.onchoose.reform(move |_| route)}>{ body }</button>
                if let Some(number) = number { <CallButton {number} /> }
            </div>
        }
    };
    html! {
        <>
            if !contacts.is_empty() { <div class="menu-title" role="presentation">{ "Contacts" }</div> }
            { for contacts.iter().enumerate().map(|(index, hit)| {
                line(index, Route::Contact { id: hit.contact.id.0 }, person(hit), number_of(hit))
            }) }
            if !communications.is_empty() { <div class="menu-title" role="presentation">{ "Calls and messages" }</div> }
            { for communications.iter().enumerate().map(|(index, hit)| {
                let when = now.brief_time(hit.item.occurred_at);
                line(contacts.len() + index, Route::Item { id: hit.item.id.0 }, event(hit, &when, &now), caller_of(hit))
            }) }
            if *is_cut { <p class="search-note">{ "There is more. Another word narrows it down." }</p> }
        </>
    }
}

/// The number that was found, or the first.
fn found_number(hit: &ContactHit) -> Option<&ContactNumber> {
    let numbers = &hit.contact.numbers;
    hit.number_label
        .and_then(|label| numbers.iter().find(|number| number.label == label))
        .or(numbers.first())
}

/// What to call: a number, or the extension of a colleague.
fn number_of(hit: &ContactHit) -> Option<String> {
    found_number(hit)
        .map(|number| number.number.formatted.clone())
        .or_else(|| hit.contact.extension.clone())
}

fn caller_of(hit: &CommunicationHit) -> Option<String> {
    let number = hit.item.party.number.as_ref()?;
    Some(number.formatted.clone()).filter(|formatted| !formatted.is_empty())
}

fn person(hit: &ContactHit) -> Html {
    let contact = &hit.contact;
    let company = contact
        .company
        .as_ref()
        .filter(|company| **company != contact.name);
    let number = found_number(hit);
    let below = match (number, &contact.extension) {
        (Some(number), _) => format!(
            "{} {}",
            names::number_label(number.label),
            number.number.formatted
        ),
        (None, Some(extension)) => format!("Ext {extension}"),
        (None, None) => contact.emails.first().cloned().unwrap_or_default(),
    };
    html! {
        <>
            { avatar::of_name(&contact.name, AvatarSize::Small) }
            <span class="search-hit-name">
                { &contact.name }
                if let Some(company) = company { <span>{ format!(" · {company}") }</span> }
            </span>
            <span />
            <span class="search-hit-words"><span>{ below }</span></span>
        </>
    }
}

fn event(hit: &CommunicationHit, when: &str, now: &crate::format::dates::Now) -> Html {
    let line = summary::summary(&hit.item, now);
    let title = summary::row_title(&hit.item);
    html! {
        <>
            { avatar::of_party(&hit.item.party, AvatarSize::Small) }
            <span class="search-hit-name">
                { title.name }
                if let Some(detail) = title.detail { <span>{ format!(" · {detail}") }</span> }
            </span>
            <time>{ when.to_owned() }</time>
            <span class="search-hit-words">
                <Glyph icon={line.icon} small={true} />
                <span>{ if hit.snippet.parts.is_empty() { html! { { line.text } } } else { marked(&hit.snippet) } }</span>
            </span>
        </>
    }
}

fn marked(snippet: &Snippet) -> Html {
    html! {
        { for snippet.parts.iter().map(|part| {
            if part.is_hit { html! { <mark>{ &part.text }</mark> } } else { html! { { &part.text } } }
        }) }
    }
}
