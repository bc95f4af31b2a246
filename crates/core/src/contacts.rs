//! The people and companies we talk to: adding, changing, merging, removing, and finding them.
//!
//! What a contact becomes is decided here, purely, from what was read; the store writes it with the history linked anew
//! and remembers the way back. A contact that was changed between reading and writing is read again.

pub mod import;
pub mod sources;

mod form;
mod same_person;

pub use form::ContactError;

use crate::search::Query;
use crate::store::{
    ContactFacts, ContactWrite, ContactWriteOptions, ContactsWritten, HeldContact, NumberFacts, Store,
    StoreError,
};
use domain::contact::{Contact, ContactDraft, ContactKind, ContactSource, NumberLabel};
use domain::ids::ContactId;
use domain::ipc::Undoable;
use domain::ipc::contacts::{ContactPage, SavedContact};

/// What every function here answers.
pub type Result<T, E = ContactError> = std::result::Result<T, E>;

/// Contacts on a page at most.
const PAGE_AT_MOST: u32 = 200;

/// How often a change is tried when the contact keeps changing under it.
const TRIES: u32 = 3;

/// Contacts by name; `query` filters by name, company, number or tag.
///
/// # Errors
/// Any [`StoreError`].
pub async fn list(store: &Store, query: &str, offset: u64, limit: u32) -> Result<ContactPage> {
    let asked = Query::read(query);
    if asked.is_empty() && !query.trim().is_empty() {
        return Ok(ContactPage {
            contacts: Vec::new(),
            total: 0,
        });
    }
    let (contacts, total) = store
        .list_contacts(&asked, offset, limit.clamp(1, PAGE_AT_MOST))
        .await?;
    let plan = store.numbering();
    Ok(ContactPage {
        contacts: contacts.into_iter().map(|held| held.into_contact(plan)).collect(),
        total,
    })
}

/// One contact.
///
/// # Errors
/// [`StoreError::NotFound`] when it was removed meanwhile.
pub async fn get(store: &Store, id: ContactId) -> Result<Contact> {
    Ok(store.contact(id).await?.into_contact(store.numbering()))
}

/// Adds what was typed into a form.
///
/// # Errors
/// [`ContactError::Invalid`] when nothing was typed, or a number that is none.
pub async fn add(store: &Store, draft: &ContactDraft) -> Result<SavedContact> {
    let mut facts = form::read(draft, ContactFacts::new(ContactKind::External), store.numbering())?;
    facts.add_source(ContactSource::Manual);
    let words = format!("{} added", facts.name());
    let written = store
        .write_contacts(vec![ContactWrite::Add(facts)], ContactWriteOptions::default())
        .await?;
    saved(store, written, words).await
}

/// Replaces what the form holds; what it does not hold stays.
///
/// # Errors
/// As [`add`], and [`StoreError::NotFound`].
pub async fn update(store: &Store, id: ContactId, draft: &ContactDraft) -> Result<SavedContact> {
    let plan = store.numbering();
    change(store, id, &ContactWriteOptions::default(), |held| {
        let mut facts = form::read(draft, held.facts.clone(), plan)?;
        facts.add_source(ContactSource::Manual);
        let words = format!("{} changed", facts.name());
        Ok((facts, words))
    })
    .await
}

/// Adds a number to a contact that exists, and remembers that it is this contact's should others have it as well.
///
/// # Errors
/// [`ContactError::Invalid`] when it is no number that can be matched; [`StoreError::NotFound`].
pub async fn attach_number(
    store: &Store,
    id: ContactId,
    number: &str,
    label: NumberLabel,
) -> Result<SavedContact> {
    let number = NumberFacts::read(label, number, store.numbering());
    let Some(e164) = number.e164.clone() else {
        return Err(ContactError::Invalid(
            "This is not a complete phone number, so it cannot be attached.".to_owned(),
        ));
    };
    let options = ContactWriteOptions {
        chooses: Some((e164, id)),
        ..ContactWriteOptions::default()
    };
    change(store, id, &options, |held| {
        let mut facts = held.facts.clone();
        facts.add_number(number.clone());
        facts.add_source(ContactSource::Manual);
        Ok((facts, format!("Number attached to {}", held.facts.name())))
    })
    .await
}

/// Makes one contact of two; `keep` wins where they differ, and nothing that only `absorb` has is lost.
///
/// # Errors
/// [`ContactError::Invalid`] for one and the same contact; [`StoreError::NotFound`].
pub async fn merge(store: &Store, keep: ContactId, absorb: ContactId) -> Result<SavedContact> {
    if keep == absorb {
        return Err(ContactError::Invalid(
            "A contact cannot be merged with itself.".to_owned(),
        ));
    }
    let mut tries = TRIES;
    loop {
        let (kept, absorbed) = (store.contact(keep).await?, store.contact(absorb).await?);
        let words = format!("{} merged into {}", absorbed.facts.name(), kept.facts.name());
        let writes = vec![
            ContactWrite::Replace {
                id: keep,
                based_on: kept.revision,
                facts: form::merged(kept.facts, absorbed.facts),
            },
            ContactWrite::Remove {
                id: absorb,
                based_on: absorbed.revision,
            },
        ];
        let options = ContactWriteOptions {
            moves_choices: Some((absorb, keep)),
            ..ContactWriteOptions::default()
        };
        tries -= 1;
        match store.write_contacts(writes, options).await {
            Err(StoreError::ChangedMeanwhile) if tries > 0 => {}
            written => return saved(store, written?, words).await,
        }
    }
}

/// Removes contacts. Their history stays, under their numbers.
///
/// # Errors
/// [`StoreError::NotFound`] when none of them is there any more.
pub async fn delete(store: &Store, ids: &[ContactId]) -> Result<Undoable> {
    let mut tries = TRIES;
    loop {
        let held = store.contacts(ids).await?;
        let words = match held.as_slice() {
            [] => return Err(StoreError::NotFound { what: "This contact" }.into()),
            [one] => format!("{} removed", one.facts.name()),
            many => format!("{} contacts removed", many.len()),
        };
        let writes = held
            .iter()
            .map(|held| ContactWrite::Remove {
                id: held.id,
                based_on: held.revision,
            })
            .collect();
        let options = ContactWriteOptions {
            dismisses_sources: true,
            ..ContactWriteOptions::default()
        };
        tries -= 1;
        match store.write_contacts(writes, options).await {
            Err(StoreError::ChangedMeanwhile) if tries > 0 => {}
            written => {
                return Ok(Undoable {
                    token: written?.undo,
                    words,
                });
            }
        }
    }
}

async fn change(
    store: &Store,
    id: ContactId,
    options: &ContactWriteOptions,
    decide: impl Fn(&HeldContact) -> Result<(ContactFacts, String)>,
) -> Result<SavedContact> {
    let mut tries = TRIES;
    loop {
        let held = store.contact(id).await?;
        let (facts, words) = decide(&held)?;
        let write = ContactWrite::Replace {
            id,
            based_on: held.revision,
            facts,
        };
        tries -= 1;
        match store.write_contacts(vec![write], options.clone()).await {
            Err(StoreError::ChangedMeanwhile) if tries > 0 => {}
            written => return saved(store, written?, words).await,
        }
    }
}

async fn saved(store: &Store, written: ContactsWritten, words: String) -> Result<SavedContact> {
    let id = *written
        .ids
        .first()
        .ok_or(StoreError::NotFound { what: "This contact" })?;
    Ok(SavedContact {
        contact: get(store, id).await?,
        linked: written.linked,
        undo: Undoable {
            token: written.undo,
            words,
        },
    })
}

#[cfg(test)]
mod tests;
