//! Brings a page of the server into the store: every record, what follows from it, and the sync token, in one
//! transaction. A page that fails leaves no trace, so it can simply be fetched again.

mod arrivals;
mod held;
mod lost;
mod threads;
mod write;

#[cfg(test)]
pub(super) use lost::MISSING;
pub(super) use lost::NO_DOUBT;

use super::facts::{Facts, PartyFacts};
use super::links::Owners;
use super::plan::{Decision, Held, Incoming, decide};
use super::sync_state::write_set_aside;
use super::touched::Touched;
use super::words::Word;
use super::{
    Applied, AttachmentRecord, Change, MessageBody, MessageRecord, Page, Result, Source, Store, SyncScope,
};
use crate::numbers::NumberingPlan;
use arrivals::{Arrival, Arrivals};
use domain::communication::Kind;
use domain::ids::{CommunicationId, ContactId};
use held::HeldRows;
use serde_json::json;
use sqlx::SqliteConnection;
use threads::Threads;

/// What the page is applied with and what comes of it.
struct Run {
    /// Missed calls from before that arrive as read.
    news_since: i64,
    /// Missed calls from before that are not owed.
    owed_since: i64,
    requested_at: i64,
    owners: Owners,
    held: HeldRows,
    threads: Threads,
    arrivals: Arrivals,
    touched: Touched,
    applied: Applied,
    /// Messages whose content the server no longer has.
    purged: Vec<String>,
}

/// One change of the page, understood before anything is locked.
enum Reading<'a> {
    Record(Box<Record<'a>>),
    Delete(Source, &'a str),
    Purge(&'a str),
    SetAside {
        remote_id: &'a str,
        reason: &'a str,
        raw: &'a str,
    },
}

/// A record in comparable form, with what hangs on it.
struct Record<'a> {
    incoming: Incoming,
    attachments: &'a [AttachmentRecord],
    participants: Vec<PartyFacts>,
}

impl Store {
    /// Applies what one answer of the server changes, and stores its token with it.
    ///
    /// Records are told apart by source and remote id, so a page may come twice, late, or overlap with another. Rows
    /// that do not change are not announced.
    ///
    /// # Errors
    /// Any [`super::StoreError`]; nothing of the page is stored then, the token neither.
    pub async fn apply(&self, page: Page) -> Result<Applied> {
        let readings = readings(&page, self.numbering());
        let mut transaction = self.write().await?;
        let mut run = Run {
            news_since: self.news_since(),
            owed_since: self.owed_since(),
            requested_at: page.requested_at.as_millisecond(),
            owners: Owners::find(&mut transaction, readings.iter().flat_map(Reading::parties)).await?,
            held: HeldRows::load(&mut transaction, &page.changes).await?,
            threads: Threads::load(&mut transaction, readings.iter().filter_map(Reading::facts)).await?,
            arrivals: Arrivals::begin(&mut transaction, page.requested_at.as_millisecond()).await?,
            touched: Touched::default(),
            applied: Applied::default(),
            purged: Vec::new(),
        };
        let now = self.clock().now().as_millisecond();
        for reading in readings {
            run.take(&mut transaction, reading, &page.scope, now).await?;
        }
        run.arrivals.write(&mut transaction).await?;
        let purged = std::mem::take(&mut run.purged);
        run.lose(&mut transaction, &purged, Source::MessageStore, now, false)
            .await?;
        if let Some(coverage) = &page.covers {
            run.delete_uncovered(&mut transaction, coverage, &page.changes, now)
                .await?;
        }
        run.touched.derive(&mut transaction, run.owed_since).await?;
        self.write_progress(&mut transaction, &page).await?;
        transaction.commit().await?;

        self.announce_communications(&run.touched);
        Ok(run.applied)
    }
}

impl Reading<'_> {
    fn facts(&self) -> Option<&Facts> {
        match self {
            Self::Record(record) => Some(&record.incoming.facts),
            Self::Delete(..) | Self::Purge(_) | Self::SetAside { .. } => None,
        }
    }

    /// Every other side that it names.
    fn parties(&self) -> impl Iterator<Item = &PartyFacts> {
        let record = match self {
            Self::Record(record) => Some(record),
            Self::Delete(..) | Self::Purge(_) | Self::SetAside { .. } => None,
        };
        record.into_iter().flat_map(|record| {
            let party = std::iter::once(&record.incoming.facts.party);
            party.chain(&record.participants)
        })
    }
}

impl Run {
    async fn take(
        &mut self,
        connection: &mut SqliteConnection,
        reading: Reading<'_>,
        scope: &SyncScope,
        now: i64,
    ) -> Result<()> {
        match reading {
            Reading::Record(record) => self.upsert(connection, scope, *record).await,
            Reading::Delete(source, remote_id) => self.delete(connection, source, remote_id).await,
            Reading::Purge(remote_id) => {
                // Judged when everything else of the page is in.
                self.purged.push(remote_id.to_owned());
                Ok(())
            }
            Reading::SetAside {
                remote_id,
                reason,
                raw,
            } => {
                write_set_aside(connection, scope, remote_id, reason, raw, now).await?;
                self.applied.set_aside += 1;
                Ok(())
            }
        }
    }

    async fn upsert(
        &mut self,
        connection: &mut SqliteConnection,
        scope: &SyncScope,
        record: Record<'_>,
    ) -> Result<()> {
        let Record {
            incoming,
            attachments,
            participants,
        } = record;
        let name = (incoming.facts.source, incoming.facts.remote_id.clone());
        let held = self.held.row(&name);
        let deleted_at = self.held.deleted_at(&name);
        let was_set_aside = self.held.was_set_aside(scope, &name.1);
        let decision = decide(
            held.map(|(_, held)| held),
            deleted_at,
            incoming.clone(),
            self.news_since,
        );
        // Named again after its purge in the same page, it is there.
        self.purged.retain(|purged| *purged != name.1);
        if was_set_aside {
            write::forget_set_aside(connection, scope, &name.1).await?;
        }
        match (held.map(|(id, _)| id), decision) {
            (_, Decision::Skip) => self.applied.unchanged += 1,
            (None, Decision::Insert { facts, is_read }) => {
                if deleted_at.is_some() {
                    write::forget_deletion(connection, facts.source, &facts.remote_id).await?;
                }
                let id = self.insert(&facts, is_read, attachments, &participants);
                self.hold(name, id, facts, is_read);
                self.held.hold_extras(id, attachments, participants);
                return Ok(());
            }
            (Some(id), Decision::Restamp) => {
                // The row may have come with this very page.
                self.arrivals.write(connection).await?;
                write::restamp(connection, id, incoming.facts.modified_at, self.requested_at).await?;
                self.applied.unchanged += 1;
            }
            (Some(id), Decision::Update { facts, is_read }) => {
                self.update(connection, id, &facts, is_read).await?;
                self.applied.updated += 1;
                self.hold(name.clone(), id, facts, is_read);
            }
            // A decision always fits what was held when it was made.
            (_, Decision::Insert { .. } | Decision::Update { .. } | Decision::Restamp) => {}
        }
        self.note_there(connection, &name).await?;
        self.refresh_extras(connection, &incoming, attachments, participants)
            .await
    }

    fn insert(
        &mut self,
        facts: &Facts,
        is_read: bool,
        attachments: &[AttachmentRecord],
        participants: &[PartyFacts],
    ) -> i64 {
        let is_done = self.threads.begins_done(facts);
        let arrival = Arrival {
            facts,
            contact: self.contact_of(facts),
            is_read,
            is_done,
            attachments,
            participants,
        };
        let id = self.arrivals.add(&arrival, &self.owners);
        self.threads.note(facts, id, is_done);
        self.touched.ids.insert(id);
        self.touched.changed.insert(id);
        if facts.source == Source::MessageStore {
            self.touched.messages.insert(facts.remote_id.clone());
        }
        self.applied.inserted += 1;
        self.applied.arrived.push(CommunicationId(id));
        id
    }

    /// Nobody is the contact of a group.
    fn contact_of(&self, facts: &Facts) -> Option<ContactId> {
        (!facts.is_group).then(|| self.owners.of(&facts.party)).flatten()
    }

    async fn update(
        &mut self,
        connection: &mut SqliteConnection,
        id: i64,
        facts: &Facts,
        is_read: bool,
    ) -> Result<()> {
        let name = (facts.source, facts.remote_id.clone());
        self.leave(connection, id, &name).await?;
        let contact = self.contact_of(facts);
        write::update(connection, id, facts, contact, is_read, self.requested_at).await?;
        let left = self
            .held
            .row(&name)
            .and_then(|(_, held)| held.facts.conversation_id.clone());
        let conversations = facts.conversation_id.iter().cloned().chain(left).collect();
        self.threads.reload(connection, &conversations).await?;
        self.touched.ids.insert(id);
        self.touched.changed.insert(id);
        Ok(())
    }

    /// Remembers where something stands before it changes or goes. It may have come with this very page.
    async fn leave(
        &mut self,
        connection: &mut SqliteConnection,
        id: i64,
        name: &(Source, String),
    ) -> Result<()> {
        self.arrivals.write(connection).await?;
        let party = write::party_key(connection, id).await?;
        if let Some((_, held)) = self.held.row(name) {
            if let Some(party) = party {
                self.touched.party_at(party, held.facts.occurred_at);
            }
            self.touched
                .conversations
                .extend(held.facts.conversation_id.clone());
        }
        Ok(())
    }

    async fn delete(
        &mut self,
        connection: &mut SqliteConnection,
        source: Source,
        remote_id: &str,
    ) -> Result<()> {
        let name = (source, remote_id.to_owned());
        if let Some((id, held)) = self.held.row(&name) {
            if held.requested_at > self.requested_at {
                return Ok(());
            }
            let conversations = held.facts.conversation_id.iter().cloned().collect();
            self.leave(connection, id, &name).await?;
            if source == Source::MessageStore {
                self.touched.messages.insert(remote_id.to_owned());
            }
            write::delete(connection, id).await?;
            self.threads.reload(connection, &conversations).await?;
            self.touched.ids.remove(&id);
            self.touched.changed.insert(id);
            self.applied.deleted += 1;
            self.held.forget(&name);
        }
        write::remember_deletion(connection, source, remote_id, self.requested_at).await?;
        self.held.hold_deletion(name, self.requested_at);
        Ok(())
    }

    /// Attachments and participants change with their message or without it.
    async fn refresh_extras(
        &mut self,
        connection: &mut SqliteConnection,
        incoming: &Incoming,
        attachments: &[AttachmentRecord],
        participants: Vec<PartyFacts>,
    ) -> Result<()> {
        let name = (incoming.facts.source, incoming.facts.remote_id.clone());
        let Some((id, held)) = self.held.row(&name) else {
            return Ok(());
        };
        let is_outdated =
            held.facts.modified_at > incoming.facts.modified_at || held.requested_at > self.requested_at;
        if incoming.facts.kind == Kind::Call
            || is_outdated
            || self.held.has_extras(id, attachments, &participants)
        {
            return Ok(());
        }
        self.arrivals.write(connection).await?;
        write::attachments(connection, id, attachments).await?;
        let occurred_at = incoming.facts.occurred_at;
        write::participants(connection, id, occurred_at, &participants, &self.owners).await?;
        self.held.hold_extras(id, attachments, participants);
        self.touched.changed.insert(id);
        Ok(())
    }

    fn hold(&mut self, name: (Source, String), id: i64, facts: Facts, is_read: bool) {
        let before = self.held.row(&name).map(|(_, held)| held.clone());
        self.held.hold(
            name,
            id,
            Held {
                facts,
                is_read,
                requested_at: self.requested_at,
                read_confirmed_at: before.as_ref().and_then(|held| held.read_confirmed_at),
                has_pending_change: before.is_some_and(|held| held.has_pending_change),
            },
        );
    }
}

fn readings(page: &Page, plan: NumberingPlan) -> Vec<Reading<'_>> {
    let requested_at = page.requested_at.as_millisecond();
    let changes = page.changes.iter();
    changes
        .map(|change| match change {
            Change::UpsertCall(call) => Reading::Record(Box::new(Record {
                incoming: Incoming {
                    facts: Facts::of_call(call, plan),
                    is_read: None,
                    requested_at,
                },
                attachments: &[],
                participants: Vec::new(),
            })),
            Change::UpsertMessage(message) => Reading::Record(Box::new(Record {
                incoming: Incoming {
                    facts: Facts::of_message(message, plan),
                    is_read: Some(message.is_read),
                    requested_at,
                },
                attachments: &message.attachments,
                participants: group_participants(message, plan),
            })),
            Change::Delete { source, remote_id } => Reading::Delete(*source, remote_id),
            Change::Purge { remote_id } => Reading::Purge(remote_id),
            Change::SetAside {
                remote_id,
                reason,
                raw,
            } => Reading::SetAside {
                remote_id,
                reason,
                raw,
            },
        })
        .collect()
}

/// A text between two has no participants of its own: the other one is its party.
fn group_participants(message: &MessageRecord, plan: NumberingPlan) -> Vec<PartyFacts> {
    match &message.body {
        MessageBody::Text { participants, .. } if participants.len() > 1 => participants
            .iter()
            .map(|participant| PartyFacts::of(participant, plan))
            .collect(),
        _ => Vec::new(),
    }
}

/// Pairs of source and remote id as the statements take them.
fn names_json<'a>(names: impl Iterator<Item = (Source, &'a str)>) -> String {
    json!(
        names
            .map(|(source, remote_id)| [source.word(), remote_id])
            .collect::<Vec<_>>()
    )
    .to_string()
}
