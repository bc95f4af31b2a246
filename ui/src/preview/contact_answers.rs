//! Which request about contacts gets which answer.

use super::answers::{not_found, reply};
use super::world::{self, World};
use super::{history, session_answers};
use domain::communication::Communication;
use domain::contact::{Contact, NumberLabel};
use domain::ipc::contacts::{ContactPage, ExplainMatch, GetContact, ListContacts};
use domain::ipc::{Command, IpcError};
use domain::matching::{MatchCandidate, MatchExplanation, MatchReason, NoMatchReason};
use serde_json::Value;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ListContacts::NAME => reply(request, |asked: ListContacts| {
            Ok(world::with(|world| list(world, &asked)))
        }),
        GetContact::NAME => reply(request, |asked: GetContact| {
            world::with(|world| {
                world
                    .contacts
                    .iter()
                    .find(|contact| contact.id == asked.id)
                    .cloned()
                    .ok_or_else(not_found)
            })
        }),
        ExplainMatch::NAME => reply(request, |asked: ExplainMatch| {
            world::with(|world| {
                let item = world
                    .items
                    .iter()
                    .find(|item| item.id == asked.id)
                    .ok_or_else(not_found)?;
                Ok(explain(world, item))
            })
        }),
        _ => session_answers::answer(name, request),
    }
}

/// Whether a search would find this contact.
pub(super) fn matches(contact: &Contact, wanted: &str) -> bool {
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    let numbers = contact
        .numbers
        .iter()
        .filter_map(|number| number.number.e164.as_ref());
    contact.name.to_lowercase().contains(wanted)
        || contact
            .company
            .as_ref()
            .is_some_and(|company| company.to_lowercase().contains(wanted))
        || (digits.len() > 2
            && numbers
                .into_iter()
                .any(|number| number.as_str().contains(&digits)))
}

/// Why an item belongs to whom it does.
pub(super) fn explain(world: &World, item: &Communication) -> MatchExplanation {
    let number = item.party.number.clone();
    let Some(known) = &item.party.contact else {
        let (reason, sentence) = match &number {
            Some(number) if number.e164.is_some() => {
                (NoMatchReason::UnknownNumber, "No contact has this number")
            }
            Some(_) => (NoMatchReason::ShortNumber, "Short numbers belong to no contact"),
            None => (NoMatchReason::Withheld, "The caller hides the number"),
        };
        return MatchExplanation {
            number,
            candidates: Vec::new(),
            no_match: Some(reason),
            sentence: sentence.to_owned(),
        };
    };
    let candidate = |contact: &Contact, label| MatchCandidate {
        contact: history::reference(contact),
        label,
        reason: if contact.extension.is_some() {
            MatchReason::Extension
        } else {
            MatchReason::SameNumber
        },
    };
    let mut candidates: Vec<_> = world
        .contacts
        .iter()
        .filter(|contact| contact.id == known.id)
        .map(|contact| candidate(contact, contact.numbers.first().map(|number| number.label)))
        .collect();
    // One person shares the number, so that the choice can be looked at.
    if known.name == "Ed Bauer" {
        let others = [4, 6].into_iter().filter_map(|index| world.contacts.get(index));
        candidates.extend(others.map(|contact| candidate(contact, Some(NumberLabel::Work))));
    }
    let sentence = match candidates.len() {
        3 => format!("Mobile of {}; also matches 2 others", known.name),
        _ if known.extension.is_some() => format!("Extension of {}", known.name),
        _ => format!("Mobile of {}", known.name),
    };
    MatchExplanation {
        number,
        candidates,
        no_match: None,
        sentence,
    }
}

fn list(world: &World, asked: &ListContacts) -> ContactPage {
    let wanted = asked.query.to_lowercase();
    let mut found: Vec<Contact> = world
        .contacts
        .iter()
        .filter(|contact| matches(contact, &wanted))
        .cloned()
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    let total = found.len() as u64;
    let from = usize::try_from(asked.offset).unwrap_or(usize::MAX);
    ContactPage {
        contacts: found.into_iter().skip(from).take(asked.limit as usize).collect(),
        total,
    }
}
