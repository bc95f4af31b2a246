//! Recipients one by one, out of the contacts.

use super::super::use_plan::Edits;
use crate::components::{AvatarSize, EmptyState, Glyph, Icon, SearchField, Skeleton, SkeletonKind, avatar};
use crate::pages::contacts::use_contacts::use_contacts;
use domain::contact::{Contact, ContactKind};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, Properties, TargetCast as _, classes, component, html,
    use_state,
};

/// So many are offered; typing finds the others.
const OFFERED: usize = 60;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub people: Vec<Contact>,
    pub edits: Edits,
}

/// The search, and who was chosen as chips.
#[component]
pub(super) fn People(props: &Props) -> Html {
    let query = use_state(String::new);
    let found = use_contacts((*query).clone());
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    let toggle = {
        let edits = props.edits.clone();
        Callback::from(move |contact: Contact| {
            edits.edit(move |plan| {
                let before = plan.people.len();
                plan.people.retain(|chosen| chosen.id != contact.id);
                if plan.people.len() == before {
                    plan.people.push(contact);
                }
            });
        })
    };
    let offered: Vec<&Contact> = found
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::External)
        .take(OFFERED)
        .collect();
    let is_chosen = |contact: &Contact| props.people.iter().any(|chosen| chosen.id == contact.id);
    html! {
        <div class="people">
            <SearchField value={(*query).clone()} placeholder="Find contacts by name, company, number or tag" {oninput} />
            <div class="picked" role="group" aria-label="Chosen contacts">
                if props.people.is_empty() { <span class="hint">{ "Nobody chosen from here." }</span> }
                { for props.people.iter().map(|contact| chip(contact, &toggle)) }
            </div>
            if let Some(error) = &found.error {
                <EmptyState icon={Icon::Warning} title="The contacts could not be read" text={error.message.clone()} />
            } else if offered.is_empty() && found.is_loading {
                <Skeleton kind={SkeletonKind::Rows} />
            } else if offered.is_empty() {
                <p class="hint" role="status">{ "No contact goes with that. Try another name, company, number or tag." }</p>
            } else {
                <div class="people-list" role="listbox" aria-multiselectable="true" aria-label="Contacts" onkeydown={Callback::from(step)}>
                    { for offered.into_iter().map(|contact| row(contact, is_chosen(contact), &toggle)) }
                </div>
            }
        </div>
    }
}

/// Up and down move between the rows.
fn step(event: KeyboardEvent) {
    let Some(row) = event.target_dyn_into::<Element>() else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
}

fn chip(contact: &Contact, toggle: &Callback<Contact>) -> Html {
    let onclick = {
        let contact = contact.clone();
        toggle.reform(move |_: MouseEvent| contact.clone())
    };
    html! {
        <button key={contact.id.0} type="button" class="picked-chip" aria-label={format!("Remove {}", contact.name)} title="Remove" {onclick}>
            { &contact.name }<Glyph icon={Icon::Close} small={true} />
        </button>
    }
}

fn row(contact: &Contact, is_chosen: bool, toggle: &Callback<Contact>) -> Html {
    let number = contact
        .numbers
        .first()
        .map(|entry| entry.number.formatted.as_str());
    let company = contact
        .company
        .as_deref()
        .filter(|company| *company != contact.name);
    let detail = [company, number.or(Some("no number"))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let onclick = {
        let contact = contact.clone();
        toggle.reform(move |_: MouseEvent| contact.clone())
    };
    html! {
        <button key={contact.id.0} type="button" role="option" aria-selected={is_chosen.to_string()}
            class={classes!("picker-row", is_chosen.then_some("is-selected"))} disabled={number.is_none() && !is_chosen} {onclick}>
            { avatar::of_contact(contact, AvatarSize::Small) }
            <span class="picker-words"><strong>{ &contact.name }</strong><span>{ detail }</span></span>
            <span class="picker-check" aria-hidden="true">if is_chosen { <Glyph icon={Icon::Check} /> }</span>
        </button>
    }
}
