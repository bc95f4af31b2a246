//! The new rows of a page, collected and written together: a statement per row through an async connection takes several
//! times as long, and everybody else who wants to write waits for it.

use super::super::AttachmentRecord;
use super::super::Result;
use super::super::facts::{Facts, PartyFacts};
use super::super::links::Owners;
use super::super::words::Word;
use domain::ids::ContactId;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

/// A communication that was not held before.
pub(super) struct Arrival<'a> {
    pub(super) facts: &'a Facts,
    pub(super) contact: Option<ContactId>,
    pub(super) is_read: bool,
    pub(super) is_done: bool,
    pub(super) attachments: &'a [AttachmentRecord],
    pub(super) participants: &'a [PartyFacts],
}

/// Rows that have their ids and are not written yet.
#[derive(Debug)]
pub(super) struct Arrivals {
    requested_at: i64,
    next_id: i64,
    rows: Vec<Value>,
    attachments: Vec<Value>,
    participants: Vec<Value>,
}

const INSERT: &str = "INSERT INTO communications (id, source, remote_id, kind, direction, occurred_at, modified_at, \
    requested_at, number_kind, number, e164, extension, caller_id_name, contact_id, line_e164, line_extension, \
    line_name, session_id, outcome, message_remote_id, duration_seconds, conversation_id, is_group, body, \
    transcript_state, delivery_state, delivery_reason, page_count, metadata, is_read, is_done) \
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, \
    value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15, \
    value ->> 16, value ->> 17, value ->> 18, value ->> 19, value ->> 20, value ->> 21, value ->> 22, value ->> 23, \
    value ->> 24, value ->> 25, value ->> 26, value ->> 27, value ->> 28, value ->> 29, value ->> 30 FROM json_each(?)";

const INSERT_ATTACHMENTS: &str = "INSERT OR IGNORE INTO attachments (communication_id, remote_id, kind, content_type, \
    file_name, size_bytes, uri) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, \
    value ->> 6 FROM json_each(?)";

const INSERT_PARTICIPANTS: &str = "INSERT INTO participants (communication_id, position, number_kind, number, e164, \
    extension, caller_id_name, contact_id, occurred_at) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, \
    value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8 FROM json_each(?)";

impl Arrivals {
    /// Nothing yet. The only writer numbers its rows as SQLite would.
    pub(super) async fn begin(connection: &mut SqliteConnection, requested_at: i64) -> Result<Self> {
        let next_id = sqlx::query_scalar("SELECT coalesce(max(id), 0) + 1 FROM communications")
            .fetch_one(connection)
            .await?;
        Ok(Self {
            requested_at,
            next_id,
            rows: Vec::new(),
            attachments: Vec::new(),
            participants: Vec::new(),
        })
    }

    /// Takes a row in and says which id it will have.
    pub(super) fn add(&mut self, arrival: &Arrival<'_>, owners: &Owners) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.rows.push(self.row(id, arrival));
        self.attachments
            .extend(arrival.attachments.iter().map(|attachment| {
                json!([
                    id,
                    attachment.remote_id,
                    attachment.kind.word(),
                    attachment.content_type,
                    attachment.file_name,
                    attachment.size_bytes.and_then(|size| i64::try_from(size).ok()),
                    attachment.uri,
                ])
            }));
        let participants = arrival.participants.iter().enumerate();
        self.participants
            .extend(participants.map(|(position, participant)| {
                json!([
                    id,
                    position,
                    participant.kind.word(),
                    participant.number,
                    participant.e164,
                    participant.extension,
                    participant.name,
                    owners.of(participant),
                    arrival.facts.occurred_at,
                ])
            }));
        id
    }

    /// Writes what was taken in since the last time.
    pub(super) async fn write(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        for (statement, rows) in [
            (INSERT, std::mem::take(&mut self.rows)),
            (INSERT_ATTACHMENTS, std::mem::take(&mut self.attachments)),
            (INSERT_PARTICIPANTS, std::mem::take(&mut self.participants)),
        ] {
            if !rows.is_empty() {
                sqlx::query(statement)
                    .bind(Value::Array(rows).to_string())
                    .execute(&mut *connection)
                    .await?;
            }
        }
        Ok(())
    }

    fn row(&self, id: i64, arrival: &Arrival<'_>) -> Value {
        let facts = arrival.facts;
        json!([
            id,
            facts.source.word(),
            facts.remote_id,
            facts.kind.word(),
            facts.direction.word(),
            facts.occurred_at,
            facts.modified_at,
            self.requested_at,
            facts.party.kind.word(),
            facts.party.number,
            facts.party.e164,
            facts.party.extension,
            facts.party.name,
            arrival.contact,
            facts.line_e164,
            facts.line_extension,
            facts.line_name,
            facts.session_id,
            facts.outcome.map(Word::word),
            facts.message_remote_id,
            facts.duration_seconds,
            facts.conversation_id,
            facts.is_group,
            facts.body,
            facts.transcript.map(Word::word),
            facts.delivery.map(Word::word),
            facts.delivery_reason,
            facts.page_count,
            facts.metadata,
            arrival.is_read,
            arrival.is_done,
        ])
    }
}
