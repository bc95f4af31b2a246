//! Which request that changes contacts gets which answer. Numbers are taken as typed; reading them is the core's.

use super::answers::{not_found, reply};
use super::people;
use super::world::{self, World};
use super::{history, template_answers};
use domain::contact::{Contact, ContactDraft, ContactKind, ContactNumber, NumberDraft, NumberLabel};
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::contacts::{
    AddContact, AttachNumber, ChooseMatch, DeleteContacts, MergeContacts, SavedContact, UpdateContact,
};
use domain::ipc::{Command, IpcError};
use domain::phone_number::PhoneNumber;
use serde_json::Value;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        AddContact::NAME => reply(request, |asked: AddContact| {
            world::with(|world| {
                let mut contact = people::blank("", ContactKind::External);
                contact.id = ContactId(world.next_id());
                fill(&mut contact, &asked.draft);
                let id = contact.id;
                change(world, "Contact added", id, |world| world.contacts.push(contact))
            })
        }),
        UpdateContact::NAME => reply(request, |asked: UpdateContact| {
            world::with(|world| {
                change(world, "Contact changed", asked.id, |world| {
                    if let Some(contact) = find(world, asked.id) {
                        fill(contact, &asked.draft);
                    }
                })
            })
        }),
        MergeContacts::NAME => reply(request, |asked: MergeContacts| {
            world::with(|world| {
                change(world, "2 contacts merged", asked.keep, |world| {
                    world.contacts.retain(|contact| contact.id != asked.absorb);
                })
            })
        }),
        AttachNumber::NAME => reply(request, |asked: AttachNumber| {
            world::with(|world| {
                change(world, "Number attached", asked.id, |world| {
                    if let Some(contact) = find(world, asked.id) {
                        contact.numbers.push(number(asked.label, &asked.number));
                    }
                })
            })
        }),
        DeleteContacts::NAME => reply(request, |asked: DeleteContacts| {
            Ok(world::with(|world| {
                let undoable = world.undoable(match asked.ids.len() {
                    1 => "Contact deleted".to_owned(),
                    count => format!("{count} contacts deleted"),
                });
                world.contacts.retain(|contact| !asked.ids.contains(&contact.id));
                world::announce(CoreEvent::ContactsChanged { ids: asked.ids });
                undoable
            }))
        }),
        ChooseMatch::NAME => reply(request, |_: ChooseMatch| Ok(())),
        _ => template_answers::answer(name, request),
    }
}

fn change(
    world: &mut World,
    words: &str,
    id: ContactId,
    act: impl FnOnce(&mut World),
) -> Result<SavedContact, IpcError> {
    let undo = world.undoable(words.to_owned());
    act(world);
    // Whoever has one of the numbers now is known by it.
    let parties: Vec<_> = world
        .contacts
        .iter()
        .filter(|contact| contact.id == id)
        .map(history::party)
        .collect();
    let mut linked = 0;
    for item in &mut world.items {
        let known = parties
            .iter()
            .find(|party| item.party.contact.is_none() && party.number == item.party.number);
        if let Some(known) = known {
            item.party = known.clone();
            linked += 1;
        }
    }
    world::announce(CoreEvent::ContactsChanged { ids: vec![id] });
    world::announce(CoreEvent::CommunicationsChanged { ids: Vec::new() });
    let contact = find(world, id).ok_or_else(not_found)?.clone();
    Ok(SavedContact {
        contact,
        linked,
        undo,
    })
}

fn find(world: &mut World, id: ContactId) -> Option<&mut Contact> {
    world.contacts.iter_mut().find(|contact| contact.id == id)
}

fn fill(contact: &mut Contact, draft: &ContactDraft) {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let name = format!("{} {}", draft.first_name, draft.last_name);
    contact.name = some(&name.trim().to_owned()).unwrap_or_else(|| draft.company.clone());
    contact.first_name.clone_from(&draft.first_name);
    contact.last_name.clone_from(&draft.last_name);
    contact.company = some(&draft.company);
    contact.job_title = some(&draft.job_title);
    contact.emails.clone_from(&draft.emails);
    contact.tags.clone_from(&draft.tags);
    contact.notes.clone_from(&draft.notes);
    let lines = draft.numbers.iter();
    contact.numbers = lines
        .map(|NumberDraft { label, number: text }| number(*label, text))
        .collect();
}

fn number(label: NumberLabel, text: &str) -> ContactNumber {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let last_ten = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let parts = (last_ten.get(..3), last_ten.get(6..));
    let number = match parts {
        (Some(area), Some(last)) if last_ten.len() == 10 => people::number(area, last),
        _ => PhoneNumber {
            e164: None,
            formatted: text.to_owned(),
            extension: None,
            region: None,
        },
    };
    ContactNumber { label, number }
}
