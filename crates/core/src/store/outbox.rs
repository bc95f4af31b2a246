//! What is to happen outside, as rows: the SQL of the outbox.
//!
//! Transcriptions are rows too and are stepped by themselves ([`transcriptions`]): nothing else here touches them.
//!
//! Every change of state is one transaction that checks the state it starts from, so that two who want the same row
//! cannot both have it. Why and when something is tried is decided elsewhere ([`crate::outbox`]).

mod attempts;
mod job;
mod settling;
mod shown;
mod transcriptions;

pub use attempts::{CUT_OFF, NotSent};
pub(super) use job::read as read_job;
pub use job::{
    FaxJob, FaxJobRecipient, Job, JobFile, NewJob, RingOutJob, TextJob, TranscriptionJob, Urgency, text_lane,
};
#[cfg(test)]
pub(super) use settling::UNRESOLVED;
pub use settling::{Refusal, Unresolved};
#[cfg(test)]
pub(super) use shown::{OPEN_FAXES, UNSENT_FAXES};
pub use shown::{OutboxCounts, ShownJob, UnsentFaxRecord};
#[cfg(test)]
pub(super) use transcriptions::NEXT_TRANSCRIPTION;
pub use transcriptions::{DueTranscription, TranscriptionProgress};

use super::rows::read_instant;
use super::{Result, Store, StoreError};
use domain::event::CoreEvent;
use domain::ids::OutgoingId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sqlx::SqliteConnection;

/// The server's clock is read to the second and some way off: a message may be dated so much before its try began.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(15);

/// A row whose turn it is.
#[derive(Debug, Clone, PartialEq)]
pub struct DueJob {
    pub id: OutgoingId,
    pub job: Job,
    /// Shares a limit a minute with other rows of this pace.
    pub pace: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
}

/// What a queued row waits for before it: an open row of its lane that is as urgent, and the row it depends on.
macro_rules! is_free {
    () => {
        "NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = q.lane AND e.id < q.id \
            AND e.urgency <= q.urgency AND e.state IN ('queued', 'sending', 'unknown')) \
        AND (q.depends_on IS NULL OR EXISTS (SELECT 1 FROM outbox d WHERE d.id = q.depends_on \
            AND d.state IN ('accepted', 'delivered')))"
    };
}

/// The next row of each pace. `waits_since`: a clock that was set back must not make a short wait a long one.
pub(super) const DUE: &str = concat!(
    "SELECT q.id, q.job, q.pace, q.attempts FROM (SELECT min(q.id) AS id FROM outbox q \
        WHERE q.state = 'queued' AND q.urgency = ?1 AND q.is_held = 0 AND q.kind <> 'transcription' \
        AND (q.kind = 'fax') = ?3 AND (q.not_before <= ?2 OR q.waits_since > ?2) AND ",
    is_free!(),
    " GROUP BY q.pace) first CROSS JOIN outbox q ON q.id = first.id ORDER BY q.id"
);

pub(super) const NEXT: &str = concat!(
    "SELECT min(q.not_before) FROM outbox q WHERE q.state = 'queued' AND q.urgency = ? AND q.is_held = 0 \
     AND q.kind <> 'transcription' AND (q.kind = 'fax') = ? AND ",
    is_free!()
);

impl Store {
    /// Puts jobs into the outbox, all or none.
    pub async fn enqueue(&self, jobs: &[NewJob]) -> Result<Vec<OutgoingId>> {
        let mut transaction = self.write().await?;
        let ids = enqueue(&mut transaction, jobs, self.clock().now()).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(ids)
    }

    /// The next row of each pace whose turn it is, the oldest first.
    pub async fn due_jobs(&self, urgency: Urgency, now: Timestamp) -> Result<Vec<DueJob>> {
        let rows: Vec<(i64, String, Option<String>, i64)> = sqlx::query_as(DUE)
            .bind(urgency.word())
            .bind(now.as_millisecond())
            .bind(urgency.is_upload())
            .fetch_all(self.readers())
            .await?;
        rows.into_iter()
            .map(|(id, job, pace, attempts)| {
                Ok(DueJob {
                    id: OutgoingId(id),
                    job: job::read(&job)?,
                    pace,
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                })
            })
            .collect()
    }

    /// When the next queued row of this urgency may begin; `None` when none waits for a moment.
    pub async fn next_job_at(&self, urgency: Urgency) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(NEXT)
            .bind(urgency.word())
            .bind(urgency.is_upload())
            .fetch_one(self.readers())
            .await?;
        at.map(read_instant).transpose()
    }

    /// A queued row begins at another moment.
    pub async fn defer_job(&self, id: OutgoingId, not_before: Timestamp) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE outbox SET waits_since = ?, not_before = ? WHERE id = ? AND state = 'queued'")
            .bind(self.clock().now().as_millisecond())
            .bind(not_before.as_millisecond())
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Takes a queued row that has not begun back. Answers what it was to do; `None` when it is too late.
    pub async fn cancel_job(&self, id: OutgoingId) -> Result<Option<Job>> {
        let mut transaction = self.write().await?;
        let job: Option<String> = sqlx::query_scalar(
            "UPDATE outbox SET state = 'cancelled', is_dismissed = 1, settled_at = ? \
             WHERE id = ? AND state = 'queued' RETURNING job",
        )
        .bind(self.clock().now().as_millisecond())
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        if job.is_some() {
            fail_dependents(&mut transaction, self.clock().now()).await?;
        }
        transaction.commit().await?;
        self.outbox_changed();
        job.map(|job| job::read(&job)).transpose()
    }

    /// Queues a failed row again, as it is, at a person's wish. One that RingCentral had taken over before it failed
    /// becomes a row of its own: the old one stays the proof of what happened.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] when it is not failed any more.
    pub async fn retry_job(&self, id: OutgoingId) -> Result<OutgoingId> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let again: Option<i64> = sqlx::query_scalar(
            "INSERT INTO outbox (kind, job, state, urgency, lane, pace, created_at, waits_since, not_before) \
             SELECT kind, job, 'queued', urgency, lane, pace, ?1, ?1, ?1 FROM outbox \
             WHERE id = ?2 AND state = 'failed' AND is_dismissed = 0 AND remote_id IS NOT NULL RETURNING id",
        )
        .bind(now)
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let id = match again {
            Some(again) => {
                dismiss(&mut transaction, id).await?;
                OutgoingId(again)
            }
            None => {
                if requeue(&mut transaction, &[id.0], false, now).await? == 0 {
                    return Err(StoreError::TooLate);
                }
                id
            }
        };
        transaction.commit().await?;
        self.outbox_changed();
        Ok(id)
    }

    /// A person does not want to see a failed or unknown row any more. An unknown one is still looked for, and not sent
    /// again. Answers what it was to do; `None` when it is neither.
    pub async fn dismiss_job(&self, id: OutgoingId) -> Result<Option<Job>> {
        let mut transaction = self.write().await?;
        let job = dismiss(&mut transaction, id).await?;
        transaction.commit().await?;
        self.outbox_changed();
        job.map(|job| job::read(&job)).transpose()
    }

    /// Takes [`Self::dismiss_job`] back.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] when it is neither failed nor unknown any more.
    pub async fn restore_job(&self, id: OutgoingId) -> Result<()> {
        let mut transaction = self.write().await?;
        let changed = sqlx::query(
            "UPDATE outbox SET is_dismissed = 0 WHERE id = ? AND state IN ('failed', 'unknown') AND is_dismissed = 1",
        )
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::TooLate);
        }
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Holds queued rows back, or lets them go on.
    pub async fn hold_jobs(&self, ids: &[OutgoingId], is_held: bool) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE outbox SET is_held = ? WHERE id IN (SELECT value FROM json_each(?)) AND state = 'queued'",
        )
        .bind(is_held)
        .bind(json!(ids).to_string())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    pub(super) fn outbox_changed(&self) {
        self.changes().announce(CoreEvent::OutboxChanged);
    }
}

/// Writes new rows within somebody's transaction.
pub(super) async fn enqueue(
    connection: &mut SqliteConnection,
    jobs: &[NewJob],
    now: Timestamp,
) -> Result<Vec<OutgoingId>> {
    let mut ids = Vec::with_capacity(jobs.len());
    for new in jobs {
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO outbox (kind, job, state, urgency, lane, pace, depends_on, is_held, created_at, waits_since, \
             not_before, expires_at) VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(new.job.kind())
        .bind(job::write(&new.job)?)
        .bind(new.urgency.word())
        .bind(new.job.lane())
        .bind(new.job.pace())
        .bind(new.depends_on.map(|id| id.0))
        .bind(new.is_held)
        .bind(now.as_millisecond())
        .bind(now.as_millisecond())
        .bind(new.not_before.as_millisecond())
        .bind(new.expires_at.map(Timestamp::as_millisecond))
        .fetch_one(&mut *connection)
        .await?;
        ids.push(OutgoingId(id));
    }
    Ok(ids)
}

/// Queues failed rows again that RingCentral never took over; says how many.
pub(super) async fn requeue(
    connection: &mut SqliteConnection,
    ids: &[i64],
    is_held: bool,
    now: i64,
) -> Result<u64> {
    let queued = sqlx::query(
        "UPDATE outbox SET state = 'queued', failure = NULL, failure_code = NULL, can_retry = 0, settled_at = NULL, \
         is_dismissed = 0, is_held = ?1, waits_since = ?2, not_before = ?2 \
         WHERE state = 'failed' AND remote_id IS NULL AND id IN (SELECT value FROM json_each(?3))",
    )
    .bind(is_held)
    .bind(now)
    .bind(json!(ids).to_string())
    .execute(connection)
    .await?;
    Ok(queued.rows_affected())
}

/// Rows whose dependency failed or was taken back can never go: they fail with it.
async fn fail_dependents(connection: &mut SqliteConnection, now: Timestamp) -> Result<()> {
    loop {
        let changed = sqlx::query(
            "UPDATE outbox SET state = 'failed', can_retry = 0, settled_at = ?, \
             failure = 'What had to be done before it could not be done.' \
             WHERE state = 'queued' AND depends_on IN (SELECT id FROM outbox WHERE state IN ('failed', 'cancelled'))",
        )
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(());
        }
    }
}

async fn dismiss(connection: &mut SqliteConnection, id: OutgoingId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "UPDATE outbox SET is_dismissed = 1 WHERE id = ? AND state IN ('failed', 'unknown') AND is_dismissed = 0 \
         RETURNING job",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?)
}
