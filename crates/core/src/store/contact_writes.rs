//! Writing contacts: many at once, with the history linked anew and the way back remembered, in one transaction.
//!
//! What a contact should become is decided elsewhere, from what was read before; here only the revision is checked, so
//! that nothing that was changed meanwhile is overwritten.

mod statements;

use super::contact_facts::{ContactFacts, HeldContact};
use super::contact_rows::held;
use super::links::{Reassigned, relink};
use super::touched::Touched;
use super::undo::{self, UndoChange};
use super::{Page, Result, Store, StoreError};
use domain::contact::ContactSource;
use domain::ids::{ContactId, UndoToken};
use domain::phone_number::E164;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};

/// One change of a contact.
#[derive(Debug, Clone)]
pub enum ContactWrite {
    Add(ContactFacts),
    /// Replaces everything, provided that it still has the revision it was read with.
    Replace {
        id: ContactId,
        based_on: i64,
        facts: ContactFacts,
    },
    Remove {
        id: ContactId,
        based_on: i64,
    },
}

/// What goes with changes of contacts.
#[derive(Debug, Clone, Default)]
pub struct ContactWriteOptions {
    /// Numbers that were said to be the first are said to be the second from now on.
    pub moves_choices: Option<(ContactId, ContactId)>,
    /// Should others have this number as well, it is this contact's from now on.
    pub chooses: Option<(E164, ContactId)>,
    /// A person removed them: their sources must not bring them back.
    pub dismisses_sources: bool,
    /// The answer of the source that the changes come from.
    pub answer: Option<SourceAnswer>,
}

/// What a source said besides its contacts.
#[derive(Debug, Clone)]
pub struct SourceAnswer {
    /// Its token, and the entries that could not be read, set aside.
    pub page: Page,
    /// Ids of the entries that could be.
    pub read: Vec<String>,
}

/// What changes of contacts did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactsWritten {
    /// The contact of each change, in order.
    pub ids: Vec<ContactId>,
    /// Communications that have a contact now and had none.
    pub linked: u64,
    pub undo: UndoToken,
}

/// How to take changes of contacts back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ContactsUndo {
    /// What was added, with the revision it must still have.
    added: Vec<(ContactId, i64)>,
    /// What was replaced or removed, as it was, with the revision that it must have now; none when removed.
    changed: Vec<(HeldContact, Option<i64>)>,
    choices: Vec<(String, i64, i64)>,
    /// Numbers that a contact was chosen for.
    #[serde(default)]
    chosen: Vec<String>,
    dismissed: Vec<(ContactSource, String)>,
}

/// What has to be announced after the transaction.
#[derive(Debug)]
pub(super) struct Outcome {
    touched: Touched,
    contacts: Vec<ContactId>,
    linked: u64,
}

impl Store {
    /// Makes changes to contacts and links all their history anew. All of them or none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and [`StoreError::ChangedMeanwhile`] when a contact is not as it was read.
    pub async fn write_contacts(
        &self,
        writes: Vec<ContactWrite>,
        options: ContactWriteOptions,
    ) -> Result<ContactsWritten> {
        let mut transaction = self.write().await?;
        let now = self.clock().now();
        let before = held_before(&mut transaction, &writes).await?;
        let mut undo = ContactsUndo::default();
        let mut placed = Placed::default();
        let mut next_id = statements::next_id(&mut transaction).await?;
        let mut ids = Vec::with_capacity(writes.len());
        for write in writes {
            match write {
                ContactWrite::Add(facts) => {
                    let id = ContactId(next_id);
                    next_id += 1;
                    undo.added.push((id, 1));
                    placed.write.push(HeldContact {
                        id,
                        revision: 1,
                        updated_at: now,
                        facts,
                    });
                    ids.push(id);
                }
                ContactWrite::Replace { id, based_on, facts } => {
                    let read = as_read(&before, id, based_on)?;
                    undo.changed.push((read.clone(), Some(based_on + 1)));
                    placed.before.push(read.clone());
                    placed.write.push(HeldContact {
                        id,
                        revision: based_on + 1,
                        updated_at: now,
                        facts,
                    });
                    ids.push(id);
                }
                ContactWrite::Remove { id, based_on } => {
                    let read = as_read(&before, id, based_on)?;
                    undo.changed.push((read.clone(), None));
                    placed.before.push(read.clone());
                    placed.remove.push(id);
                    ids.push(id);
                }
            }
        }
        undo.choices = statements::choices_of(&mut transaction, &placed.remove).await?;
        if let Some((from, to)) = options.moves_choices {
            statements::move_choices(&mut transaction, from, to).await?;
        }
        if let Some((e164, contact)) = &options.chooses
            && statements::has_others(&mut transaction, e164.as_str(), *contact).await?
        {
            undo.choices
                .extend(statements::choice_of(&mut transaction, e164.as_str()).await?);
            undo.chosen.push(e164.to_string());
            placed
                .choices
                .push((e164.to_string(), contact.0, now.as_millisecond()));
        }
        if options.dismisses_sources {
            undo.dismissed = remote_sources(
                placed
                    .before
                    .iter()
                    .filter(|held| placed.remove.contains(&held.id)),
            );
            statements::dismiss(&mut transaction, &undo.dismissed).await?;
        }
        if let Some(SourceAnswer { page, read }) = &options.answer {
            self.write_source_answer(&mut transaction, page, read).await?;
        }
        let outcome = place(self, &mut transaction, placed).await?;
        let undo = undo::remember(&mut transaction, &UndoChange::Contacts(undo), now).await?;
        transaction.commit().await?;
        outcome.announce(self);
        Ok(ContactsWritten {
            ids,
            linked: outcome.linked,
            undo,
        })
    }

    /// Stores what a source said when it changes no contact.
    pub async fn note_source_answer(&self, answer: &SourceAnswer) -> Result<()> {
        let mut transaction = self.write().await?;
        self.write_source_answer(&mut transaction, &answer.page, &answer.read)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// A person says whose number it is, now and from now on. The history is linked anew.
    pub async fn choose_match(&self, e164: &str, contact: ContactId) -> Result<()> {
        let mut transaction = self.write().await?;
        statements::choose(&mut transaction, e164, contact, self.clock().now()).await?;
        let mut touched = Touched::default();
        let mut reassigned = Reassigned::default();
        reassigned.e164.insert(e164.to_owned());
        relink(&mut transaction, &reassigned, &mut touched).await?;
        touched.derive(&mut transaction, self.owed_since()).await?;
        transaction.commit().await?;
        self.announce_communications(&touched);
        Ok(())
    }

    /// Entries of sources that a person removed here.
    pub async fn dismissed_sources(&self, source: ContactSource) -> Result<BTreeSet<String>> {
        statements::dismissed(&mut *self.readers().acquire().await?, source).await
    }
}

impl Outcome {
    pub(super) fn announce(&self, store: &Store) {
        store.changes().contacts_changed(&self.contacts);
        store.announce_communications(&self.touched);
    }
}

/// Contacts to write and to remove, and what stood there before.
#[derive(Debug, Default)]
struct Placed {
    write: Vec<HeldContact>,
    remove: Vec<ContactId>,
    before: Vec<HeldContact>,
    /// What a person said about contacts that come back.
    choices: Vec<(String, i64, i64)>,
}

/// Takes changes of contacts back, provided that nothing of it was changed since.
pub(super) async fn take_back(
    store: &Store,
    connection: &mut SqliteConnection,
    undo: ContactsUndo,
) -> Result<Outcome> {
    let now = store.clock().now();
    let expected: HashMap<ContactId, Option<i64>> = undo
        .added
        .iter()
        .map(|(id, revision)| (*id, Some(*revision)))
        .chain(undo.changed.iter().map(|(held, revision)| (held.id, *revision)))
        .collect();
    let ids: Vec<ContactId> = expected.keys().copied().collect();
    let revisions = statements::revisions(connection, &ids).await?;
    if expected
        .iter()
        .any(|(id, revision)| revisions.get(id) != revision.as_ref())
    {
        return Err(StoreError::TooLate);
    }
    let placed = Placed {
        write: undo
            .changed
            .into_iter()
            .map(|(held, revision)| HeldContact {
                revision: revision.unwrap_or(held.revision) + 1,
                updated_at: now,
                ..held
            })
            .collect(),
        remove: undo.added.into_iter().map(|(id, _)| id).collect(),
        before: held(connection, &ids).await?,
        choices: undo.choices,
    };
    statements::undismiss(connection, &undo.dismissed).await?;
    statements::forget_choices(connection, &undo.chosen).await?;
    place(store, connection, placed).await
}

/// Writes contacts and links everything anew that has one of their numbers, before or after.
async fn place(store: &Store, connection: &mut SqliteConnection, placed: Placed) -> Result<Outcome> {
    let mut reassigned = Reassigned::default();
    for held in placed.before.iter().chain(&placed.write) {
        reassigned.extensions.extend(held.facts.extension.clone());
        let numbers = held.facts.numbers.iter().filter_map(|number| number.e164.clone());
        reassigned.e164.extend(numbers.map(String::from));
    }
    // First without their numbers, so that their history finds whom it belongs to now; then altogether.
    statements::disown(connection, &placed.remove).await?;
    statements::write(connection, &placed.write).await?;
    statements::restore_choices(connection, &placed.choices).await?;
    let mut touched = Touched::default();
    let linked = relink(connection, &reassigned, &mut touched).await?;
    statements::remove(connection, &placed.remove).await?;
    touched.derive(connection, store.owed_since()).await?;
    let contacts = placed
        .write
        .iter()
        .map(|held| held.id)
        .chain(placed.remove)
        .collect();
    Ok(Outcome {
        touched,
        contacts,
        linked,
    })
}

async fn held_before(
    connection: &mut SqliteConnection,
    writes: &[ContactWrite],
) -> Result<HashMap<ContactId, HeldContact>> {
    let ids: Vec<ContactId> = writes
        .iter()
        .filter_map(|write| match write {
            ContactWrite::Add(_) => None,
            ContactWrite::Replace { id, .. } | ContactWrite::Remove { id, .. } => Some(*id),
        })
        .collect();
    Ok(held(connection, &ids)
        .await?
        .into_iter()
        .map(|held| (held.id, held))
        .collect())
}

fn as_read(before: &HashMap<ContactId, HeldContact>, id: ContactId, based_on: i64) -> Result<&HeldContact> {
    let held = before
        .get(&id)
        .ok_or(StoreError::NotFound { what: "This contact" })?;
    if held.revision == based_on {
        Ok(held)
    } else {
        Err(StoreError::ChangedMeanwhile)
    }
}

fn remote_sources<'a>(contacts: impl Iterator<Item = &'a HeldContact>) -> Vec<(ContactSource, String)> {
    contacts
        .flat_map(|held| &held.facts.sources)
        .filter_map(|link| Some((link.source, link.remote_id.clone()?)))
        .collect()
}
