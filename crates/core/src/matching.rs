//! Whom a number belongs to, and why: the rank of a match, the words that explain it, and a person's choice.
//!
//! Linking the history itself is one statement of the store, which uses the rank given here. Names that the telephone
//! network sends along are never a match: anybody can send any name.

use crate::store::{NumberFacts, PartyRecord, Result, Store, StoreError};
use domain::communication::{Body, Communication, Party};
use domain::contact::{ContactKind, ContactRef, NumberLabel};
use domain::ids::{CommunicationId, ContactId};
use domain::inbox::Subject;
use domain::matching::{MatchCandidate, MatchExplanation, MatchReason, NoMatchReason};
use domain::phone_number::{E164, PhoneNumber};

/// Names of a group before the rest is only counted.
const NAMED_IN_GROUP: usize = 3;

/// A party with everything the card of a call says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    pub party: Party,
    pub explanation: MatchExplanation,
    /// Whose history to show; `None` when there is nothing to group by.
    pub subject: Option<Subject>,
}

/// The place of a contact among several that have the same number, the lowest first: our own team before others, a
/// number of one person before one that a household or a company shares, a bare number before one with an extension.
pub fn rank(kind: ContactKind, number: &NumberFacts) -> i64 {
    let kind = match kind {
        ContactKind::TeamMember => 0,
        ContactKind::External => 1,
        ContactKind::Queue => 2,
    };
    let label = match number.label {
        NumberLabel::Mobile => 0,
        NumberLabel::Work => 1,
        NumberLabel::Home => 2,
        NumberLabel::Other => 3,
        NumberLabel::Main => 4,
        NumberLabel::Fax => 5,
    };
    kind * 100 + label * 10 + i64::from(number.extension.is_some())
}

/// Finds out who it is that calls or writes.
///
/// # Errors
/// Any [`StoreError`].
pub async fn identify(store: &Store, record: &PartyRecord) -> Result<Identified> {
    let known = store.known_party(record);
    let candidates = store
        .match_candidates(known.e164.as_ref().map(E164::as_str), known.extension.as_deref())
        .await?;
    let contact = candidates.first().map(|candidate| candidate.contact.clone());
    let subject = match (&contact, &known.e164) {
        (Some(contact), _) => Some(Subject::Contact(contact.id)),
        (None, Some(e164)) if known.extension.is_none() => Some(Subject::Number(e164.clone())),
        _ => None,
    };
    Ok(Identified {
        party: Party {
            label: party_label(contact.as_ref(), known.number.as_ref()),
            number: known.number.clone(),
            caller_id_name: record.name.clone(),
            contact,
        },
        explanation: explanation(known.number, candidates, known.no_match),
        subject,
    })
}

/// Why an item is linked to whom it is.
///
/// # Errors
/// [`StoreError::NotFound`] when the item was deleted meanwhile.
pub async fn explain(store: &Store, id: CommunicationId) -> Result<MatchExplanation> {
    let record = store.party_record(id).await?;
    Ok(identify(store, &record).await?.explanation)
}

/// Remembers that of several candidates this one it is.
///
/// # Errors
/// [`StoreError::NotFound`] when the contact does not have the number, or the text is no number.
pub async fn choose(store: &Store, number: &str, contact: ContactId) -> Result<()> {
    let record = PartyRecord {
        number: Some(number.to_owned()),
        ..PartyRecord::default()
    };
    let known = store.known_party(&record);
    let e164 = known.e164.ok_or(StoreError::NotFound { what: "This number" })?;
    let candidates = store.match_candidates(Some(e164.as_str()), None).await?;
    if !candidates.iter().any(|candidate| candidate.contact.id == contact) {
        return Err(StoreError::NotFound {
            what: "This contact's number",
        });
    }
    store.choose_match(e164.as_str(), contact).await
}

/// Whose history an item belongs to.
pub fn subject_of(item: &Communication) -> Subject {
    let number = item.party.number.as_ref();
    let conversation = match &item.body {
        Body::Text {
            conversation_id,
            participants,
            ..
        } => Some((conversation_id, participants.len() > 1)),
        _ => None,
    };
    match (
        &item.party.contact,
        conversation,
        number.and_then(|number| number.e164.clone()),
    ) {
        (_, Some((conversation, true)), _) => Subject::Conversation(conversation.clone()),
        (Some(contact), _, _) => Subject::Contact(contact.id),
        (None, _, Some(e164)) if number.is_some_and(|number| number.extension.is_none()) => {
            Subject::Number(e164)
        }
        (None, Some((conversation, false)), _) => Subject::Conversation(conversation.clone()),
        _ => Subject::Item(item.id),
    }
}

/// What to call the other side: the contact, else the number, else that it is withheld.
pub fn party_label(contact: Option<&ContactRef>, number: Option<&PhoneNumber>) -> String {
    match (contact, number) {
        (Some(contact), _) => contact.name.clone(),
        (None, Some(number)) => number.formatted.clone(),
        (None, None) => "Withheld number".to_owned(),
    }
}

/// What to call a group: its first members by name, the rest by count.
pub fn group_label(participants: &[Party]) -> String {
    let mut label = participants
        .iter()
        .take(NAMED_IN_GROUP)
        .map(|party| party.label.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let rest = participants.len().saturating_sub(NAMED_IN_GROUP);
    if rest > 0 {
        label.push_str(&format!(" and {rest} more"));
    }
    label
}

/// Puts the candidates, best first, into words.
pub fn explanation(
    number: Option<PhoneNumber>,
    candidates: Vec<MatchCandidate>,
    no_match: NoMatchReason,
) -> MatchExplanation {
    let Some(best) = candidates.first() else {
        return MatchExplanation {
            number,
            candidates,
            no_match: Some(no_match),
            sentence: unmatched_sentence(no_match).to_owned(),
        };
    };
    let mut sentence = match (best.reason, best.label) {
        (MatchReason::Extension, _) => {
            let extension = best.contact.extension.as_deref().unwrap_or_default();
            format!("Extension {extension} of {}", best.contact.name)
        }
        (MatchReason::RememberedChoice, _) => format!("You chose {} for this number", best.contact.name),
        (MatchReason::SameNumber, Some(label)) => format!("{} of {}", label_word(label), best.contact.name),
        (MatchReason::SameNumber, None) => format!("Number of {}", best.contact.name),
    };
    match candidates.len() {
        0 | 1 => {}
        2 => sentence.push_str("; also matches 1 other"),
        more => sentence.push_str(&format!("; also matches {} others", more - 1)),
    }
    MatchExplanation {
        number,
        candidates,
        no_match: None,
        sentence,
    }
}

fn unmatched_sentence(reason: NoMatchReason) -> &'static str {
    match reason {
        NoMatchReason::UnknownNumber => "No contact has this number",
        NoMatchReason::Withheld => "The caller hides the number, so it matches nobody",
        NoMatchReason::ShortNumber => "Short numbers belong to services, not to people",
        NoMatchReason::Malformed => "This is not a complete phone number, so it matches nobody",
    }
}

fn label_word(label: NumberLabel) -> &'static str {
    match label {
        NumberLabel::Mobile => "Mobile",
        NumberLabel::Work => "Work number",
        NumberLabel::Home => "Home number",
        NumberLabel::Main => "Main number",
        NumberLabel::Fax => "Fax number",
        NumberLabel::Other => "Number",
    }
}

#[cfg(test)]
mod tests;
