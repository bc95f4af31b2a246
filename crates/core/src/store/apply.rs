//! Brings a page of the server into the store: every record, what follows from it, and the sync token, in one
//! transaction. A page that fails leaves no trace, so it can simply be fetched again.

mod held;
mod write;

use super::facts::{Facts, PartyFacts};
use super::links::Owners;
use super::plan::{Decision, Held, Incoming, decide};
use super::touched::Touched;
use super::words::Word;
use super::{
    Applied, AttachmentRecord, Change, Coverage, MessageBody, MessageRecord, Page, Result, Source, Store,
    SyncScope,
};
use crate::numbers::NumberingPlan;
use domain::communication::Kind;
use domain::ids::CommunicationId;
use held::HeldRows;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What the page is applied with and what comes of it.
struct Run {
    plan: NumberingPlan,
    news_since: i64,
    requested_at: i64,
    owners: Owners,
    held: HeldRows,
    touched: Touched,
    applied: Applied,
}

/// A record in comparable form, with what hangs on it.
struct Reading<'a> {
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
        let plan = self.numbering();
        let mut transaction = self.write().await?;
        let mut run = Run {
            plan,
            news_since: self.news_since(),
            requested_at: page.requested_at.as_millisecond(),
            owners: Owners::find(&mut transaction, parties(&page.changes, plan).iter()).await?,
            held: HeldRows::load(&mut transaction, &page.changes).await?,
            touched: Touched::default(),
            applied: Applied::default(),
        };
        for change in &page.changes {
            run.change(
                &mut transaction,
                change,
                &page.scope,
                self.clock().now().as_millisecond(),
            )
            .await?;
        }
        if let Some(coverage) = &page.covers {
            run.delete_uncovered(&mut transaction, coverage, &page.changes)
                .await?;
        }
        run.touched.derive(&mut transaction, run.news_since).await?;
        self.write_progress(&mut transaction, &page).await?;
        transaction.commit().await?;

        self.announce_communications(&run.touched);
        Ok(run.applied)
    }
}

impl Run {
    async fn change(
        &mut self,
        connection: &mut SqliteConnection,
        change: &Change,
        scope: &SyncScope,
        now: i64,
    ) -> Result<()> {
        match change {
            Change::UpsertCall(call) => {
                let facts = Facts::of_call(call, self.plan);
                let incoming = Incoming {
                    facts,
                    is_read: None,
                    requested_at: self.requested_at,
                };
                self.upsert(
                    connection,
                    scope,
                    Reading {
                        incoming,
                        attachments: &[],
                        participants: Vec::new(),
                    },
                )
                .await
            }
            Change::UpsertMessage(message) => {
                let reading = Reading {
                    incoming: Incoming {
                        facts: Facts::of_message(message, self.plan),
                        is_read: Some(message.is_read),
                        requested_at: self.requested_at,
                    },
                    attachments: &message.attachments,
                    participants: group_participants(message, self.plan),
                };
                self.upsert(connection, scope, reading).await
            }
            Change::Delete { source, remote_id } => self.delete(connection, *source, remote_id).await,
            Change::SetAside {
                remote_id,
                reason,
                raw,
            } => {
                write::set_aside(connection, scope, remote_id, reason, raw, now).await?;
                self.applied.set_aside += 1;
                Ok(())
            }
        }
    }

    async fn upsert(
        &mut self,
        connection: &mut SqliteConnection,
        scope: &SyncScope,
        reading: Reading<'_>,
    ) -> Result<()> {
        let Reading {
            incoming,
            attachments,
            participants,
        } = reading;
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
        if was_set_aside {
            write::forget_set_aside(connection, scope, &name.1).await?;
        }
        match (held.map(|(id, _)| id), decision) {
            (_, Decision::Skip) => self.applied.unchanged += 1,
            (None, Decision::Insert { facts, is_read }) => {
                let id = self.insert(connection, &facts, is_read).await?;
                if !attachments.is_empty() {
                    write::attachments(connection, id, attachments).await?;
                }
                if !participants.is_empty() {
                    write::participants(connection, id, &participants, &self.owners).await?;
                }
                if deleted_at.is_some() {
                    write::forget_deletion(connection, facts.source, &facts.remote_id).await?;
                }
                self.applied.inserted += 1;
                self.applied.arrived.push(CommunicationId(id));
                self.hold(name, id, facts, is_read);
                self.held.hold_extras(id, attachments, participants);
                return Ok(());
            }
            (Some(id), Decision::Restamp) => {
                write::restamp(connection, id, incoming.facts.modified_at, self.requested_at).await?;
                self.applied.unchanged += 1;
            }
            (Some(id), Decision::Update { facts, is_read }) => {
                self.update(connection, id, &facts, is_read).await?;
                self.applied.updated += 1;
                self.hold(name, id, facts, is_read);
            }
            // A decision always fits what was held when it was made.
            (_, Decision::Insert { .. } | Decision::Update { .. } | Decision::Restamp) => {}
        }
        self.refresh_extras(connection, &incoming, attachments, participants)
            .await
    }

    async fn insert(
        &mut self,
        connection: &mut SqliteConnection,
        facts: &Facts,
        is_read: bool,
    ) -> Result<i64> {
        let contact = if facts.is_group {
            None
        } else {
            self.owners.of(&facts.party)
        };
        let is_done = match &facts.conversation_id {
            // What we answer from another device does not bring a finished conversation back; what they write does.
            Some(conversation) if facts.direction == domain::communication::Direction::Outbound => {
                write::is_conversation_done(connection, conversation).await?
            }
            _ => false,
        };
        let id = write::insert(connection, facts, contact, is_read, is_done, self.requested_at).await?;
        self.touched.ids.insert(id);
        self.touched.changed.insert(id);
        if facts.source == Source::MessageStore {
            self.touched.messages.insert(facts.remote_id.clone());
        }
        Ok(id)
    }

    async fn update(
        &mut self,
        connection: &mut SqliteConnection,
        id: i64,
        facts: &Facts,
        is_read: bool,
    ) -> Result<()> {
        let contact = if facts.is_group {
            None
        } else {
            self.owners.of(&facts.party)
        };
        self.leave(connection, id, &(facts.source, facts.remote_id.clone()))
            .await?;
        write::update(connection, id, facts, contact, is_read, self.requested_at).await?;
        self.touched.ids.insert(id);
        self.touched.changed.insert(id);
        Ok(())
    }

    /// Remembers where something stands before it changes or goes.
    async fn leave(
        &mut self,
        connection: &mut SqliteConnection,
        id: i64,
        name: &(Source, String),
    ) -> Result<()> {
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
            self.leave(connection, id, &name).await?;
            if source == Source::MessageStore {
                self.touched.messages.insert(remote_id.to_owned());
            }
            write::delete(connection, id).await?;
            self.touched.ids.remove(&id);
            self.touched.changed.insert(id);
            self.applied.deleted += 1;
            self.held.forget(&name);
        }
        write::remember_deletion(connection, source, remote_id, self.requested_at).await?;
        self.held.hold_deletion(name, self.requested_at);
        Ok(())
    }

    /// What stands in a span that the server answered completely, and was not in its answer, is gone there.
    async fn delete_uncovered(
        &mut self,
        connection: &mut SqliteConnection,
        coverage: &Coverage,
        changes: &[Change],
    ) -> Result<()> {
        let answered: BTreeSet<&str> = changes
            .iter()
            .filter_map(|change| match change {
                // A record that could not be understood is there all the same.
                Change::SetAside { remote_id, .. } => Some(remote_id.as_str()),
                change => change
                    .names()
                    .filter(|(source, _)| *source == coverage.source)
                    .map(|(_, id)| id),
            })
            .collect();
        let gone = write::uncovered(connection, coverage, &answered, self.requested_at).await?;
        self.held.load_more(connection, coverage.source, &gone).await?;
        for remote_id in gone {
            self.delete(connection, coverage.source, &remote_id).await?;
        }
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
        write::attachments(connection, id, attachments).await?;
        write::participants(connection, id, &participants, &self.owners).await?;
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

/// Every other side that a page names.
fn parties(changes: &[Change], plan: NumberingPlan) -> Vec<PartyFacts> {
    changes
        .iter()
        .flat_map(|change| match change {
            Change::UpsertCall(call) => vec![PartyFacts::of(&call.party, plan)],
            Change::UpsertMessage(message) => {
                let mut parties = group_participants(message, plan);
                parties.push(PartyFacts::of(&message.party, plan));
                parties
            }
            Change::Delete { .. } | Change::SetAside { .. } => Vec::new(),
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
