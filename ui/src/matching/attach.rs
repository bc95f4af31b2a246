//! Giving a number to a contact that exists.

use crate::components::{AvatarSize, Button, SearchField, avatar, use_toasts};
use crate::format::counted;
use crate::pages::contacts::use_contacts::use_contacts;
use crate::{ipc, undo};
use domain::contact::{Contact, ContactKind, NumberLabel};
use domain::ipc::Undoable;
use domain::ipc::contacts::AttachNumber;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

/// More would not fit into a card; typing finds the others.
const OFFERED: usize = 4;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub number: String,
    pub onclose: Callback<()>,
}

/// A search with a short list.
#[component]
pub(crate) fn Attach(props: &Props) -> Html {
    let query = use_state(String::new);
    let toasts = use_toasts();
    let found = use_contacts((*query).clone());
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    let attach = |contact: &Contact| {
        let (id, name, number) = (contact.id, contact.name.clone(), props.number.clone());
        let (toasts, onclose) = (toasts.clone(), props.onclose.clone());
        Callback::from(move |_| {
            let (name, number, toasts, onclose) =
                (name.clone(), number.clone(), toasts.clone(), onclose.clone());
            spawn_local(async move {
                match ipc::call(AttachNumber {
                    id,
                    number,
                    label: NumberLabel::Other,
                })
                .await
                {
                    Ok(saved) => {
                        let linked = counted(
                            saved.linked,
                            "earlier interaction linked",
                            "earlier interactions linked",
                        );
                        let words = format!("Attached to {name} · {linked}");
                        undo::offer(&toasts, Undoable { words, ..saved.undo });
                        onclose.emit(());
                    }
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    let offered = found
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::External)
        .take(OFFERED)
        .collect::<Vec<_>>();
    let is_nobody = offered.is_empty() && !found.is_loading;
    html! {
        <div class="card-form">
            <SearchField value={(*query).clone()} placeholder="Find the contact" {oninput} />
            <div class="picker" role="list" aria-label="Contacts">
                { for offered.into_iter().map(|contact| html! {
                    <button type="button" key={contact.id.0} class="picker-row" onclick={attach(contact)}>
                        { avatar::of_contact(contact, AvatarSize::Small) }
                        <span class="picker-words"><strong>{ &contact.name }</strong><span>{ contact.company.clone() }</span></span>
                    </button>
                }) }
            </div>
            if is_nobody { <p class="hint" role="status">{ "No contact goes with that. Try another name, company or number." }</p> }
            <footer><Button label="Cancel" onpress={props.onclose.clone()} /></footer>
        </div>
    }
}
