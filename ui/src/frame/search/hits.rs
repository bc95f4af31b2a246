//! What a search found.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Glyph, avatar};
use crate::format::{names, summary};
use crate::hooks::use_now;
use crate::routes::Route;
use domain::contact::ContactNumber;
use domain::ids::CommunicationId;
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

/// The words by which the item that a route leads to was found: as the snippet has them, else as they were typed.
pub(super) fn found_by(
    results: Option<&SearchResults>,
    route: Route,
    query: &str,
) -> Option<(CommunicationId, Vec<String>)> {
    let Route::Item { id } = route else { return None };
    let hit = results?.communications.iter().find(|hit| hit.item.id.0 == id)?;
    let parts = hit.snippet.parts.iter().filter(|part| part.is_hit);
    let mut words: Vec<String> = parts.map(|part| part.text.clone()).collect();
    words.extend(query.split_whitespace().map(str::to_owned));
    Some((hit.item.id, words))
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
            { avatar::of_contact(contact, AvatarSize::Small) }
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

/// So much stands before the first hit, so that it is not cut off where the line ends.
const BEFORE_HIT_LETTERS: usize = 24;

/// The end of what stands before a hit, from the beginning of a word.
fn end_of(text: &str) -> String {
    let count = text.chars().count();
    if count <= BEFORE_HIT_LETTERS {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - BEFORE_HIT_LETTERS).collect();
    let from_word = tail.split_once(' ').map_or(tail.as_str(), |(_, rest)| rest);
    format!("…{from_word}")
}

fn marked(snippet: &Snippet) -> Html {
    let mut parts = snippet.parts.clone();
    if let [first, second, ..] = parts.as_mut_slice()
        && !first.is_hit
        && second.is_hit
    {
        first.text = end_of(&first.text);
    }
    html! {
        { for parts.iter().map(|part| {
            if part.is_hit { html! { <mark>{ &part.text }</mark> } } else { html! { { &part.text } } }
        }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::call;
    use domain::search::SnippetPart;

    fn part(text: &str, is_hit: bool) -> SnippetPart {
        SnippetPart {
            text: text.to_owned(),
            is_hit,
        }
    }

    #[test]
    fn a_hit_far_into_a_text_is_brought_near_the_beginning() {
        assert_eq!(end_of("We need it "), "We need it ");
        assert_eq!(
            end_of("Hi, it is Maria from Ironline. We need forty bundles by "),
            "…need forty bundles by "
        );
    }

    #[test]
    fn an_item_knows_by_which_words_it_was_found_and_a_contact_by_none() {
        let results = SearchResults {
            communications: vec![CommunicationHit {
                item: call(7, "2026-11-17T10:00:00Z"),
                snippet: Snippet {
                    parts: vec![part("forty ", false), part("bundles", true)],
                },
            }],
            ..SearchResults::default()
        };
        let found = |route| found_by(Some(&results), route, "bund").map(|(_, words)| words);
        assert_eq!(
            found(Route::Item { id: 7 }),
            Some(vec!["bundles".to_owned(), "bund".to_owned()])
        );
        assert_eq!(found(Route::Item { id: 8 }), None);
        assert_eq!(found(Route::Contact { id: 7 }), None);
    }
}
