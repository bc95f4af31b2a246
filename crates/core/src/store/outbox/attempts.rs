//! Beginning a try and noting how it ended, and what was tried lately.

use super::super::rows::read_instant;
use super::super::words::Word;
use super::super::{Result, Store};
use domain::ids::OutgoingId;
use domain::outgoing::{Attempt, AttemptOutcome};
use jiff::Timestamp;
use sqlx::SqliteConnection;

/// Why a try did not leave this computer, or was turned away before anything was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    pub words: String,
    pub code: Option<String>,
}

/// The code of a try whose upload broke off although RingCentral could be reached.
pub const CUT_OFF: &str = "cut_off";

/// One try as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct AttemptRecord {
    pub(super) outbox_id: i64,
    pub(super) number: i64,
    pub(super) began_at: i64,
    pub(super) outcome: Option<String>,
    pub(super) words: Option<String>,
}

impl Store {
    /// Marks a queued row as being sent: from here on it may have left, whatever happens. `server_now` is the time as the
    /// server tells it. False when somebody else has it, it was taken back, or it expired meanwhile and has failed.
    pub async fn begin_job(&self, id: OutgoingId, now: Timestamp, server_now: Timestamp) -> Result<bool> {
        let mut transaction = self.write().await?;
        let expired = sqlx::query(
            "UPDATE outbox SET state = 'failed', failure = 'It could not be done in time, so it was not begun.', \
             can_retry = 1, settled_at = ?1 WHERE id = ?2 AND state = 'queued' AND expires_at < ?1",
        )
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        let begun = begin(&mut transaction, id, now, server_now).await?;
        transaction.commit().await?;
        if begun || expired.rows_affected() > 0 {
            self.outbox_changed();
        }
        Ok(begun)
    }

    /// How many uploads of a row broke off since it was last left to a person. What came between them does not count.
    pub async fn cuts_of_job(&self, id: OutgoingId) -> Result<u32> {
        let cuts: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM outbox_attempts a WHERE a.outbox_id = ?1 AND a.outcome = 'not_sent' AND a.code = ?2 \
             AND a.number > (SELECT coalesce(max(r.number), 0) FROM outbox_attempts r \
                WHERE r.outbox_id = ?1 AND r.outcome = 'refused')",
        )
        .bind(id.0)
        .bind(CUT_OFF)
        .fetch_one(self.readers())
        .await?;
        Ok(u32::try_from(cuts).unwrap_or(u32::MAX))
    }

    /// When tries of this pace began since then, the oldest first. Those that did not leave do not count.
    pub async fn tries_of_pace(&self, pace: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
        let at: Vec<i64> = sqlx::query_scalar(
            "SELECT began_at FROM outbox_attempts WHERE pace = ? AND began_at > ? \
             AND outcome IS NOT 'not_sent' ORDER BY began_at",
        )
        .bind(pace)
        .bind(since.as_millisecond())
        .fetch_all(self.readers())
        .await?;
        at.into_iter().map(read_instant).collect()
    }
}

/// Begins a try of a queued row that is not held back; false when it is neither. `now` is by the clock of this computer, `server_now`
/// by that of whoever dates what comes of it.
pub(super) async fn begin(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    now: Timestamp,
    server_now: Timestamp,
) -> Result<bool> {
    let begun = sqlx::query(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, began_at = ?, looks = 0, \
         handed_over_at = NULL \
         WHERE id = ? AND state = 'queued' AND is_held = 0",
    )
    .bind(server_now.as_millisecond())
    .bind(id.0)
    .execute(&mut *connection)
    .await?
    .rows_affected()
        > 0;
    if begun {
        sqlx::query(
            "INSERT INTO outbox_attempts (outbox_id, number, pace, began_at) \
             SELECT id, attempts, pace, ? FROM outbox WHERE id = ?",
        )
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(connection)
        .await?;
    }
    Ok(begun)
}

/// Notes how the last try of a row ended.
pub(super) async fn end(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    outcome: AttemptOutcome,
    (code, words): (Option<&str>, Option<&str>),
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE outbox_attempts SET ended_at = ?, outcome = ?, code = ?, words = ? \
         WHERE outbox_id = ?5 AND number = (SELECT attempts FROM outbox WHERE id = ?5)",
    )
    .bind(now.as_millisecond())
    .bind(outcome.word())
    .bind(code)
    .bind(words)
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

impl AttemptRecord {
    pub(super) fn read(self) -> Result<Attempt> {
        Ok(Attempt {
            number: u32::try_from(self.number).unwrap_or(u32::MAX),
            began_at: read_instant(self.began_at)?,
            outcome: self.outcome.as_deref().map(AttemptOutcome::of_word).transpose()?,
            words: self.words,
        })
    }
}
