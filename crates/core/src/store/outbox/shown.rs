//! What of the outbox is shown: the rows of a conversation, and how many there are of each kind.

use super::super::rows::read_instant;
use super::super::words::{JobState, Word};
use super::super::{Result, Store, StoreError};
use super::CLOCK_TOLERANCE;
use super::attempts::AttemptRecord;
use super::job::{self, Job};
use domain::ids::{CommunicationId, OutgoingId};
use domain::outgoing::{Attempt, OutgoingState};
use domain::phone_number::E164;
use jiff::Timestamp;
use serde_json::json;

/// A row with all there is to say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownJob {
    pub id: OutgoingId,
    pub job: Job,
    pub state: OutgoingState,
    pub created_at: Timestamp,
    /// RingCentral's id, once it has one.
    pub remote_id: Option<String>,
    /// The vendor's code of a failure, or one of ours.
    pub failure_code: Option<String>,
    pub attempts: Vec<Attempt>,
}

/// How much is on its way, and how much of it needs a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct OutboxCounts {
    pub waiting: i64,
    pub unknown: i64,
    pub failed: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: i64,
    job: String,
    state: String,
    created_at: i64,
    not_before: i64,
    remote_id: Option<String>,
    failure_code: Option<String>,
    failure: Option<String>,
    can_retry: bool,
}

const COLUMNS: &str =
    "o.id, o.job, o.state, o.created_at, o.not_before, o.remote_id, o.failure_code, o.failure, o.can_retry";

/// Faxes that have not arrived and were not put away.
pub(in crate::store) const OPEN_FAXES: &str = "SELECT o.id FROM outbox o WHERE o.kind = 'fax' AND o.is_dismissed = 0 \
     AND o.state <> 'delivered' AND o.state <> 'cancelled' ORDER BY o.id LIMIT ?";

/// A fax that never left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentFaxRecord {
    pub id: OutgoingId,
    pub to: Vec<E164>,
    pub code: Option<String>,
    /// Plain language.
    pub reason: String,
}

/// Who has so many and looks at none does not need to hear of the oldest.
pub(in crate::store) const UNSENT_FAXES: &str = "SELECT id, job, failure_code, failure FROM outbox WHERE kind = 'fax' \
     AND is_dismissed = 0 AND state <> 'delivered' AND state = 'failed' AND remote_id IS NULL ORDER BY id DESC LIMIT 50";

impl Store {
    /// One row.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn job(&self, id: OutgoingId) -> Result<ShownJob> {
        let statement = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM outbox o WHERE o.id = ?"));
        let row: Option<Row> = sqlx::query_as(statement)
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        let row = row.ok_or(StoreError::NotFound { what: "This text" })?;
        self.shown(vec![row])
            .await?
            .pop()
            .ok_or(StoreError::NotFound { what: "This text" })
    }

    /// The rows of a lane that are not among RingCentral's messages here, the oldest first: what waits, what is being
    /// sent, what is looked for, what failed, and what has not come back with the synchronisation yet. A row that is looked
    /// for while the message that it will be found as stands here already is not shown beside it: one would think that it
    /// went out twice.
    pub async fn open_jobs(&self, lane: &str) -> Result<Vec<ShownJob>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM outbox o WHERE o.lane = ? AND o.is_dismissed = 0 \
             AND (o.state IN ('queued', 'sending') OR (o.state = 'failed' AND o.remote_id IS NULL) \
             OR (o.state = 'unknown' AND NOT EXISTS (SELECT 1 FROM communications c \
                WHERE c.source = 'message_store' AND c.direction = 'outbound' AND c.kind = 'text' \
                AND c.e164 = substr(o.lane, 6) AND trim(c.body) = trim(json_extract(o.job, '$.text.text')) \
                AND c.occurred_at >= o.began_at - ? \
                AND NOT EXISTS (SELECT 1 FROM outbox other WHERE other.remote_id = c.remote_id))) \
             OR (o.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM communications c \
                WHERE c.source = 'message_store' AND c.remote_id = o.remote_id))) ORDER BY o.id"
        ));
        let rows = sqlx::query_as(statement)
            .bind(lane)
            .bind(CLOCK_TOLERANCE.as_secs() * 1000)
            .fetch_all(self.readers())
            .await?;
        self.shown(rows).await
    }

    /// The given rows, in the order of their ids.
    pub async fn jobs(&self, ids: &[OutgoingId]) -> Result<Vec<ShownJob>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM outbox o WHERE o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id"
        ));
        let rows = sqlx::query_as(statement)
            .bind(json!(ids).to_string())
            .fetch_all(self.readers())
            .await?;
        self.shown(rows).await
    }

    /// What failed and was not put away by anybody, the oldest first.
    pub async fn failed_jobs(&self, limit: u32) -> Result<Vec<ShownJob>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM outbox o WHERE o.state = 'failed' AND o.is_dismissed = 0 AND o.urgency = 0 \
             AND o.kind = 'text' ORDER BY o.id LIMIT ?"
        ));
        let rows = sqlx::query_as(statement)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        self.shown(rows).await
    }

    /// What people have written and has not left, the oldest first.
    pub async fn waiting_jobs(&self, limit: u32) -> Result<Vec<ShownJob>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM outbox o WHERE o.state = 'queued' AND o.urgency = 0 AND o.kind = 'text' ORDER BY o.id LIMIT ?"
        ));
        let rows = sqlx::query_as(statement)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        self.shown(rows).await
    }

    /// Faxes that have not arrived and were not put away, the oldest first.
    pub async fn open_faxes(&self, limit: u32) -> Result<Vec<ShownJob>> {
        let ids: Vec<i64> = sqlx::query_scalar(OPEN_FAXES)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        self.jobs(&ids.into_iter().map(OutgoingId).collect::<Vec<_>>())
            .await
    }

    /// Faxes that RingCentral did not take, that are not tried again by themselves and were not put away; the newest first.
    pub async fn unsent_faxes(&self) -> Result<Vec<UnsentFaxRecord>> {
        let rows: Vec<(i64, String, Option<String>, Option<String>)> =
            sqlx::query_as(UNSENT_FAXES).fetch_all(self.readers()).await?;
        rows.into_iter()
            .map(|(id, job, code, reason)| {
                let to = match job::read(&job)? {
                    Job::Fax(fax) => fax.to.into_iter().map(|one| one.number).collect(),
                    _ => Vec::new(),
                };
                Ok(UnsentFaxRecord {
                    id: OutgoingId(id),
                    to,
                    code,
                    reason: reason.unwrap_or_default(),
                })
            })
            .collect()
    }

    /// The open row that has RingCentral send this message again to these people.
    pub async fn open_resend(&self, lane: &str, original: &str) -> Result<Option<OutgoingId>> {
        let row: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM outbox WHERE lane = ? AND state IN ('queued', 'sending', 'unknown') \
             AND json_extract(job, '$.fax.original') = ? ORDER BY id LIMIT 1",
        )
        .bind(lane)
        .bind(original)
        .fetch_optional(self.readers())
        .await?;
        Ok(row.map(OutgoingId))
    }

    /// The row that became a message, if it was sent from here.
    pub async fn job_of_message(&self, id: CommunicationId) -> Result<Option<OutgoingId>> {
        let row: Option<i64> = sqlx::query_scalar(
            "SELECT o.id FROM communications c JOIN outbox o ON o.remote_id = c.remote_id \
             WHERE c.id = ? AND c.source = 'message_store'",
        )
        .bind(id.0)
        .fetch_optional(self.readers())
        .await?;
        Ok(row.map(OutgoingId))
    }

    /// What is on its way for people, and what needs one of them.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts> {
        Ok(sqlx::query_as(
            "SELECT (SELECT count(*) FROM outbox WHERE state = 'queued' AND urgency = 0 AND kind IN ('text', 'fax')) AS waiting, \
             (SELECT count(*) FROM outbox WHERE state = 'unknown' AND kind <> 'transcription') AS unknown, \
             (SELECT count(*) FROM outbox WHERE state = 'failed' AND is_dismissed = 0 AND urgency = 0 \
                AND kind NOT IN ('ring_out', 'transcription')) AS failed",
        )
        .fetch_one(self.readers())
        .await?)
    }

    async fn shown(&self, rows: Vec<Row>) -> Result<Vec<ShownJob>> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let attempts: Vec<AttemptRecord> = sqlx::query_as(
            "SELECT outbox_id, number, began_at, outcome, words FROM outbox_attempts \
             WHERE outbox_id IN (SELECT value FROM json_each(?)) ORDER BY outbox_id, number",
        )
        .bind(json!(ids).to_string())
        .fetch_all(self.readers())
        .await?;
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let own = attempts
                .iter()
                .filter(|attempt| attempt.outbox_id == row.id)
                .cloned();
            let attempts = own.map(AttemptRecord::read).collect::<Result<Vec<_>>>()?;
            shown.push(ShownJob {
                id: OutgoingId(row.id),
                job: job::read(&row.job)?,
                state: state(&row, attempts.last())?,
                created_at: read_instant(row.created_at)?,
                remote_id: row.remote_id,
                failure_code: row.failure_code,
                attempts,
            });
        }
        Ok(shown)
    }
}

fn state(row: &Row, last: Option<&Attempt>) -> Result<OutgoingState> {
    Ok(match Word::of_word(&row.state)? {
        JobState::Queued => OutgoingState::Queued {
            not_before: read_instant(row.not_before)?,
        },
        JobState::Sending => OutgoingState::Sending,
        JobState::Accepted => OutgoingState::Accepted,
        JobState::Delivered => OutgoingState::Delivered,
        JobState::Failed => OutgoingState::Failed {
            reason: row.failure.clone().unwrap_or_default(),
            can_retry: row.can_retry || row.remote_id.is_some(),
        },
        JobState::Unknown => OutgoingState::Unknown {
            since: match last {
                Some(attempt) => attempt.began_at,
                None => read_instant(row.created_at)?,
            },
        },
        JobState::Cancelled => OutgoingState::Cancelled,
    })
}
