//! The list of contacts at the left.

use crate::components::{AvatarSize, Slot, VirtualList, avatar};
use domain::contact::{Contact, ContactKind};
use domain::ids::ContactId;
use std::rc::Rc;
use yew::{Callback, Html, KeyboardEvent, Properties, classes, component, html, use_memo, use_node_ref};

/// As `.contact-row` in the style sheet.
const ROW_HEIGHT: u32 = 52;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub contacts: Rc<[Contact]>,
    pub selected: Option<ContactId>,
    pub onopen: Callback<ContactId>,
    pub more: Callback<()>,
}

/// Up and down open the contact before and after.
#[component]
pub(crate) fn ContactList(props: &Props) -> Html {
    let node = use_node_ref();
    let slots = use_memo(props.contacts.clone(), |contacts| -> Rc<[Slot]> {
        contacts
            .iter()
            .map(|contact| Slot {
                key: contact.id.to_string().into(),
                height: ROW_HEIGHT,
            })
            .collect()
    });
    let selected = props
        .contacts
        .iter()
        .position(|contact| Some(contact.id) == props.selected);
    let render = {
        let (contacts, chosen, onopen) = (props.contacts.clone(), props.selected, props.onopen.clone());
        Callback::from(move |index: usize| {
            contacts.get(index).map_or_else(Html::default, |contact| {
                row(contact, Some(contact.id) == chosen, &onopen)
            })
        })
    };
    let onkeydown = {
        let (contacts, onopen) = (props.contacts.clone(), props.onopen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match (event.key().as_str(), selected) {
                ("ArrowDown" | "j", Some(at)) => at + 1,
                ("ArrowUp" | "k", Some(at)) => at.saturating_sub(1),
                ("ArrowDown" | "j", None) => 0,
                _ => return,
            };
            event.prevent_default();
            if let Some(contact) = contacts.get(next) {
                onopen.emit(contact.id);
            }
        })
    };
    html! {
        <div class="contacts-list" {onkeydown}>
            <VirtualList slots={(*slots).clone()} {render} {node} label="Contacts" reveal={selected}
                active={props.selected.map(row_id)} onnear_end={props.more.clone()} />
        </div>
    }
}

fn row_id(id: ContactId) -> String {
    format!("contact-{id}")
}

fn row(contact: &Contact, is_selected: bool, onopen: &Callback<ContactId>) -> Html {
    let id = contact.id;
    let onclick = onopen.reform(move |_| id);
    html! {
        <div key={id.0} id={row_id(id)} class={classes!("contact-row", is_selected.then_some("is-selected"))} role="option"
            aria-selected={is_selected.to_string()} {onclick}>
            { avatar::of_contact(contact, AvatarSize::Medium) }
            <span class="contact-row-words">
                <span class="contact-row-name">{ &contact.name }</span>
                <span class="contact-row-detail">{ detail(contact) }</span>
            </span>
        </div>
    }
}

/// What tells namesakes apart: company, else extension, else first number.
fn detail(contact: &Contact) -> String {
    let extension = contact
        .extension
        .as_ref()
        .map(|extension| format!("Ext {extension}"));
    let company = contact.company.clone().filter(|company| *company != contact.name);
    let number = || {
        contact
            .numbers
            .first()
            .map(|number| number.number.formatted.clone())
    };
    match contact.kind {
        ContactKind::TeamMember => match (&contact.job_title, extension) {
            (Some(title), Some(extension)) => format!("{title} · {extension}"),
            (_, extension) => extension.unwrap_or_else(|| "Team".to_owned()),
        },
        ContactKind::Queue => extension.map_or_else(
            || "Call queue".to_owned(),
            |extension| format!("Call queue · {extension}"),
        ),
        ContactKind::External => company.or_else(number).unwrap_or_default(),
    }
}
