//! Making one contact of two.

use super::use_contacts::use_contacts;
use crate::components::{AvatarSize, Button, ButtonKind, Dialog, SearchField, avatar, use_toasts};
use crate::{ipc, undo};
use domain::contact::{Contact, ContactKind};
use domain::ids::ContactId;
use domain::ipc::contacts::MergeContacts;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, classes, component, html, use_state};

/// So many are offered; typing finds the others.
const OFFERED: usize = 50;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The one that stays, and wins where the two differ.
    pub keep: Rc<Contact>,
    /// With the contact that is left, or nothing when it was called off.
    pub onclose: Callback<Option<ContactId>>,
}

/// Asks which other contact it is.
#[component]
pub(crate) fn MergeDialog(props: &Props) -> Html {
    let query = use_state(|| props.keep.last_name.clone());
    let chosen = use_state(|| None::<Contact>);
    let toasts = use_toasts();
    let found = use_contacts((*query).clone());
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    let cancel = props.onclose.reform(|()| None);
    let confirm = {
        let (keep, absorb, onclose) = (
            props.keep.id,
            chosen.as_ref().map(|contact| contact.id),
            props.onclose.clone(),
        );
        Callback::from(move |()| {
            let Some(absorb) = absorb else { return };
            let (toasts, onclose) = (toasts.clone(), onclose.clone());
            spawn_local(async move {
                match ipc::call(MergeContacts { keep, absorb }).await {
                    Ok(saved) => {
                        undo::offer(&toasts, saved.undo);
                        onclose.emit(Some(saved.contact.id));
                    }
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    let footer = html! {
        <>
            <Button label="Cancel" onpress={cancel.clone()} />
            <Button label="Merge" kind={ButtonKind::Primary} disabled={chosen.is_none()} onpress={confirm} />
        </>
    };
    let others = found
        .contacts
        .iter()
        .filter(|other| other.id != props.keep.id && other.kind == ContactKind::External)
        .take(OFFERED)
        .collect::<Vec<_>>();
    let is_nobody = others.is_empty() && !found.is_loading;
    html! {
        <Dialog title={format!("Merge with {}", props.keep.name)} onclose={cancel} {footer}>
            <p>{ format!("{} stays and takes over all numbers and history of the other. Where they differ, {} wins.", props.keep.name, props.keep.name) }</p>
            <SearchField value={(*query).clone()} placeholder="Find the other contact" {oninput} />
            <div class="picker" role="listbox" aria-label="The other contact">
                { for others.into_iter().map(|other| row(other, chosen.as_ref().is_some_and(|chosen| chosen.id == other.id), {
                    let (chosen, other) = (chosen.setter(), other.clone());
                    Callback::from(move |_| chosen.set(Some(other.clone())))
                })) }
            </div>
            if is_nobody { <p class="hint" role="status">{ "No other contact goes with that. Try another name, company or number." }</p> }
        </Dialog>
    }
}

fn row(contact: &Contact, is_selected: bool, onclick: Callback<yew::MouseEvent>) -> Html {
    let numbers = contact
        .numbers
        .iter()
        .map(|number| number.number.formatted.as_str())
        .take(2)
        .collect::<Vec<_>>()
        .join(", ");
    let detail = [contact.company.as_deref().unwrap_or_default(), &numbers]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    html! {
        <button type="button" key={contact.id.0} role="option" aria-selected={is_selected.to_string()}
            class={classes!("picker-row", is_selected.then_some("is-selected"))} {onclick}>
            { avatar::of_contact(contact, AvatarSize::Small) }
            <span class="picker-words"><strong>{ &contact.name }</strong><span>{ detail }</span></span>
        </button>
    }
}
