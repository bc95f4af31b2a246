//! Whom a fax goes to: numbers however they are written, the people behind them, and who may be meant.

use super::FaxDesk;
use crate::error::CoreError;
use crate::numbers::ParsedNumber;
use crate::search::Query;
use crate::store::Store;
use domain::contact::{ContactRef, NumberLabel};
use domain::fax::FaxRecipient;
use domain::phone_number::E164;

/// Nobody reads a longer list.
const MOST_SUGGESTED: usize = 8;
/// Contacts that are looked through for them.
const MOST_CONTACTS: u32 = 40;
/// A list of addresses for advertising is no fax.
const MOST_RECIPIENTS: usize = 50;

impl FaxDesk {
    /// People with numbers for whom the words fit; fax numbers first. A number that was typed in full comes before all.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn suggest(&self, words: &str) -> Result<Vec<FaxRecipient>, CoreError> {
        let query = Query::read(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut suggested: Vec<FaxRecipient> = Vec::new();
        let typed = match self.store.numbering().parse(words) {
            ParsedNumber::Number { e164, .. } => Some(e164),
            _ => None,
        };
        if let Some(number) = typed {
            suggested.push(recipient(&self.store, &number).await?);
        }
        let (contacts, _) = self.store.list_contacts(&query, 0, MOST_CONTACTS).await?;
        let plan = self.store.numbering();
        let mut people: Vec<FaxRecipient> = Vec::new();
        for held in contacts {
            let contact = held.into_contact(plan);
            let named = ContactRef {
                id: contact.id,
                name: contact.name.clone(),
                company: contact.company.clone(),
                kind: contact.kind,
                extension: contact.extension.clone(),
            };
            people.extend(contact.numbers.into_iter().filter_map(|one| {
                one.number.e164.as_ref()?;
                Some(FaxRecipient {
                    is_fax_number: one.label == NumberLabel::Fax,
                    number: one.number,
                    label: named.name.clone(),
                    contact: Some(named.clone()),
                })
            }));
        }
        people.sort_by_key(|one| !one.is_fax_number);
        for one in people {
            let is_there = suggested.iter().any(|other| other.number.e164 == one.number.e164);
            if !is_there {
                suggested.push(one);
            }
        }
        suggested.truncate(MOST_SUGGESTED);
        Ok(suggested)
    }
}

/// Understands numbers however they are written; each once, in the order in which they were named.
pub(super) fn read(store: &Store, written: &[String]) -> Result<Vec<E164>, CoreError> {
    let plan = store.numbering();
    let mut numbers: Vec<E164> = Vec::with_capacity(written.len());
    for text in written {
        let number = match plan.parse(text) {
            ParsedNumber::Number { e164, .. } => e164,
            ParsedNumber::Short(short) => {
                return Err(CoreError::Invalid(format!(
                    "“{short}” is too short for a fax number. Write it in full, with the area code."
                )));
            }
            ParsedNumber::Withheld | ParsedNumber::Malformed(_) => {
                let text = text.trim();
                let shown: String = text.chars().take(40).collect();
                return Err(CoreError::Invalid(format!(
                    "“{shown}” is not a phone number that a fax can be sent to."
                )));
            }
        };
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.len() > MOST_RECIPIENTS {
        return Err(CoreError::Invalid(format!(
            "A fax goes to {MOST_RECIPIENTS} numbers at most at once."
        )));
    }
    Ok(numbers)
}

/// The person behind a number, and whether they name it as a fax number.
pub(super) async fn recipient(store: &Store, number: &E164) -> Result<FaxRecipient, CoreError> {
    let shown = store.numbering().show(number, None);
    let candidate = store
        .match_candidates(Some(number.as_str()), None)
        .await?
        .into_iter()
        .next();
    Ok(match candidate {
        Some(candidate) => FaxRecipient {
            number: shown,
            label: candidate.contact.name.clone(),
            is_fax_number: candidate.label == Some(NumberLabel::Fax),
            contact: Some(candidate.contact),
        },
        None => FaxRecipient {
            label: shown.formatted.clone(),
            number: shown,
            contact: None,
            is_fax_number: false,
        },
    })
}
