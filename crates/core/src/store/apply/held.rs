//! What the store holds of the communications that a page names, read in a few statements for the whole page.

use super::super::facts::{Facts, FactsRow, PartyFacts};
use super::super::plan::Held;
use super::super::words::{NumberKind, Word};
use super::super::{AttachmentRecord, Change, Result, Source, SyncScope};
use super::names_json;
use domain::attachment::AttachmentKind;
use sqlx::SqliteConnection;
use std::collections::{HashMap, HashSet};

type Name = (Source, String);

/// The rows of a page's communications, kept in step while the page is applied.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    rows: HashMap<Name, (i64, Held)>,
    deletions: HashMap<Name, i64>,
    /// What the server was thought to have lost, and when that was noted.
    gone: HashMap<i64, i64>,
    set_aside: HashSet<(String, String)>,
    attachments: HashMap<i64, Vec<AttachmentRecord>>,
    participants: HashMap<i64, Vec<PartyFacts>>,
}

#[derive(Debug, sqlx::FromRow)]
struct HeldRow {
    id: i64,
    #[sqlx(flatten)]
    facts: FactsRow,
    requested_at: i64,
    is_read: bool,
    read_confirmed_at: Option<i64>,
    has_pending_change: bool,
    gone_at: Option<i64>,
}

#[derive(Debug, sqlx::FromRow)]
struct AttachmentRow {
    communication_id: i64,
    remote_id: String,
    kind: String,
    content_type: String,
    file_name: String,
    size_bytes: Option<i64>,
    uri: String,
}

#[derive(Debug, sqlx::FromRow)]
struct ParticipantRow {
    communication_id: i64,
    number_kind: String,
    number: Option<String>,
    e164: Option<String>,
    extension: Option<String>,
    caller_id_name: Option<String>,
}

impl HeldRows {
    pub(super) async fn load(connection: &mut SqliteConnection, changes: &[Change]) -> Result<Self> {
        let names = names_json(changes.iter().filter_map(Change::names));
        let mut held = Self::default();
        held.load_named(connection, &names).await?;
        let deletions: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT d.source, d.remote_id, d.requested_at FROM json_each(?) w JOIN deleted_communications d \
             ON d.source = w.value ->> 0 AND d.remote_id = w.value ->> 1",
        )
        .bind(&names)
        .fetch_all(&mut *connection)
        .await?;
        for (source, remote_id, requested_at) in deletions {
            held.deletions
                .insert((Source::of_word(&source)?, remote_id), requested_at);
        }
        held.set_aside = sqlx::query_as("SELECT scope, remote_id FROM set_aside")
            .fetch_all(connection)
            .await?
            .into_iter()
            .collect();
        Ok(held)
    }

    /// Reads further rows, found while the page was applied.
    pub(super) async fn load_more(
        &mut self,
        connection: &mut SqliteConnection,
        source: Source,
        remote_ids: &[String],
    ) -> Result<()> {
        let names = names_json(remote_ids.iter().map(|id| (source, id.as_str())));
        self.load_named(connection, &names).await
    }

    async fn load_named(&mut self, connection: &mut SqliteConnection, names: &str) -> Result<()> {
        let rows: Vec<HeldRow> = sqlx::query_as(
            "SELECT c.*, EXISTS (SELECT 1 FROM pending_changes p WHERE p.communication_id = c.id) \
             AS has_pending_change FROM json_each(?) w JOIN communications c \
             ON c.source = w.value ->> 0 AND c.remote_id = w.value ->> 1",
        )
        .bind(names)
        .fetch_all(&mut *connection)
        .await?;
        for row in rows {
            self.gone.extend(row.gone_at.map(|gone_at| (row.id, gone_at)));
            let held = Held {
                facts: Facts::try_from(row.facts)?,
                requested_at: row.requested_at,
                is_read: row.is_read,
                read_confirmed_at: row.read_confirmed_at,
                has_pending_change: row.has_pending_change,
            };
            self.rows
                .insert((held.facts.source, held.facts.remote_id.clone()), (row.id, held));
        }
        self.load_extras(connection, names).await
    }

    async fn load_extras(&mut self, connection: &mut SqliteConnection, names: &str) -> Result<()> {
        let attachments: Vec<AttachmentRow> = sqlx::query_as(
            "SELECT a.* FROM json_each(?) w JOIN communications c ON c.source = w.value ->> 0 \
             AND c.remote_id = w.value ->> 1 JOIN attachments a ON a.communication_id = c.id ORDER BY a.id",
        )
        .bind(names)
        .fetch_all(&mut *connection)
        .await?;
        for row in attachments {
            let record = AttachmentRecord {
                remote_id: row.remote_id,
                kind: AttachmentKind::of_word(&row.kind)?,
                content_type: row.content_type,
                file_name: row.file_name,
                size_bytes: row.size_bytes.and_then(|size| u64::try_from(size).ok()),
                uri: row.uri,
            };
            self.attachments
                .entry(row.communication_id)
                .or_default()
                .push(record);
        }
        let participants: Vec<ParticipantRow> = sqlx::query_as(
            "SELECT p.* FROM json_each(?) w JOIN communications c ON c.source = w.value ->> 0 \
             AND c.remote_id = w.value ->> 1 JOIN participants p ON p.communication_id = c.id ORDER BY p.position",
        )
        .bind(names)
        .fetch_all(connection)
        .await?;
        for row in participants {
            let facts = PartyFacts {
                kind: NumberKind::of_word(&row.number_kind)?,
                number: row.number,
                e164: row.e164,
                extension: row.extension,
                name: row.caller_id_name,
            };
            self.participants
                .entry(row.communication_id)
                .or_default()
                .push(facts);
        }
        Ok(())
    }

    pub(super) fn row(&self, name: &Name) -> Option<(i64, &Held)> {
        self.rows.get(name).map(|(id, held)| (*id, held))
    }

    /// When it was noted that the server had lost it, if that was so.
    pub(super) fn gone_at(&self, id: i64) -> Option<i64> {
        self.gone.get(&id).copied()
    }

    pub(super) fn hold_there(&mut self, id: i64) {
        self.gone.remove(&id);
    }

    pub(super) fn deleted_at(&self, name: &Name) -> Option<i64> {
        self.deletions.get(name).copied()
    }

    pub(super) fn was_set_aside(&self, scope: &SyncScope, remote_id: &str) -> bool {
        !self.set_aside.is_empty()
            && self
                .set_aside
                .contains(&(scope.0.to_string(), remote_id.to_owned()))
    }

    /// Whether just these attachments and participants are held already.
    pub(super) fn has_extras(
        &self,
        id: i64,
        attachments: &[AttachmentRecord],
        participants: &[PartyFacts],
    ) -> bool {
        let held = self.attachments.get(&id).map_or(&[][..], Vec::as_slice);
        held.len() == attachments.len()
            && held
                .iter()
                .zip(attachments)
                .all(|(held, record)| is_same(held, record))
            && self.participants.get(&id).map_or(&[][..], Vec::as_slice) == participants
    }

    pub(super) fn hold(&mut self, name: Name, id: i64, held: Held) {
        self.deletions.remove(&name);
        self.rows.insert(name, (id, held));
    }

    pub(super) fn hold_extras(
        &mut self,
        id: i64,
        attachments: &[AttachmentRecord],
        participants: Vec<PartyFacts>,
    ) {
        self.attachments.insert(id, attachments.to_vec());
        self.participants.insert(id, participants);
    }

    pub(super) fn hold_deletion(&mut self, name: Name, requested_at: i64) {
        self.deletions.insert(name, requested_at);
    }

    pub(super) fn forget(&mut self, name: &Name) {
        self.rows.remove(name);
    }
}

/// A size that the record leaves open may be known from the file.
fn is_same(held: &AttachmentRecord, record: &AttachmentRecord) -> bool {
    let size_bytes = record.size_bytes.or(held.size_bytes);
    *held
        == AttachmentRecord {
            size_bytes,
            ..record.clone()
        }
}
