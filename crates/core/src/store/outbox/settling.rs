//! How tries end: carried out, turned away, not sent, or nobody knows; and what becomes of the unknown ones.

use super::super::rows::read_instant;
use super::super::{Result, Store};
use super::attempts::{self, CUT_OFF, NotSent};
use super::fail_dependents;
use super::job::{self, Job};
use domain::ids::OutgoingId;
use domain::outgoing::AttemptOutcome;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteConnection;

/// Unknown rows whose time has come.
pub(in crate::store) const UNRESOLVED: &str = "SELECT id, job, began_at, looks, attempts FROM outbox WHERE state = 'unknown' \
             AND (not_before <= ?1 OR waits_since > ?1) ORDER BY not_before, id LIMIT ?2";

/// A refusal that stands until something changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Option<String>,
    /// Plain language.
    pub words: String,
    /// Trying it again as it is can help.
    pub can_retry: bool,
}

/// A row of which nobody knows whether it was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Unresolved {
    pub id: OutgoingId,
    pub job: Job,
    /// When the try began, by the clock of the server.
    pub began_at: Timestamp,
    /// How often it was looked for.
    pub looks: u32,
    /// How often it was tried.
    pub attempts: u32,
}

impl Store {
    /// After a start: what was being sent when the program ended is unknown now. An upload whose last piece had not left is
    /// known not to have been carried out, and waits to be sent again.
    pub async fn doubt_unfinished_jobs(&self) -> Result<u64> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let broken_off: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM outbox WHERE state = 'sending' AND kind = 'fax' AND handed_over_at IS NULL \
             AND json_extract(job, '$.fax.original') IS NULL",
        )
        .fetch_all(&mut *transaction)
        .await?;
        for id in &broken_off {
            let words = "The program ended before everything was handed over, so nothing was sent.";
            let id = OutgoingId(*id);
            attempts::end(
                &mut transaction,
                id,
                AttemptOutcome::NotSent,
                (None, Some(words)),
                now,
            )
            .await?;
            requeue(&mut transaction, id, now, now).await?;
        }
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM outbox WHERE state = 'sending' AND kind <> 'transcription'")
                .fetch_all(&mut *transaction)
                .await?;
        for id in &ids {
            let words = "The program ended before the answer came.";
            doubt(&mut transaction, OutgoingId(*id), words, now, now).await?;
        }
        transaction.commit().await?;
        if !(ids.is_empty() && broken_off.is_empty()) {
            self.outbox_changed();
        }
        Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
    }

    /// The last piece of an upload leaves now: from here on it may be carried out, and not before. `server_now` is the time
    /// as the server tells it. False when the row is not being sent any more; then nothing may leave.
    pub async fn job_handed_over(&self, id: OutgoingId, server_now: Timestamp) -> Result<bool> {
        let mut transaction = self.write().await?;
        let noted = sqlx::query(
            "UPDATE outbox SET began_at = ?1, handed_over_at = ?1 WHERE id = ?2 AND state = 'sending'",
        )
        .bind(server_now.as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(noted.rows_affected() > 0)
    }

    /// RingCentral has taken it over, under this id.
    pub async fn job_accepted(&self, id: OutgoingId, remote_id: &str) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        attempts::end(&mut transaction, id, AttemptOutcome::Accepted, (None, None), now).await?;
        accept(&mut transaction, id, remote_id, now).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// It was not carried out and will be tried again from `not_before` on.
    pub async fn job_not_sent(&self, id: OutgoingId, why: &NotSent, not_before: Timestamp) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let words = (why.code.as_deref(), Some(why.words.as_str()));
        attempts::end(&mut transaction, id, AttemptOutcome::NotSent, words, now).await?;
        requeue(&mut transaction, id, now, not_before).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Nothing got through to whoever carries it out, and nothing of it is at fault. It is due again as if it had not been
    /// begun: such tries may be many, and none counts.
    pub async fn job_put_back(&self, id: OutgoingId) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let put_back =
            sqlx::query("UPDATE outbox SET attempts = attempts - 1 WHERE id = ? AND state = 'sending'")
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        if put_back.rows_affected() > 0 {
            sqlx::query(
                "DELETE FROM outbox_attempts WHERE outbox_id = ?1 \
                 AND number > (SELECT attempts FROM outbox WHERE id = ?1)",
            )
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
            requeue(&mut transaction, id, now, now).await?;
        }
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Rows that wait because their upload broke off are due now.
    pub async fn hurry_cut_jobs(&self) -> Result<()> {
        let mut transaction = self.write().await?;
        let hurried = sqlx::query(
            "UPDATE outbox SET waits_since = ?1, not_before = ?1 WHERE state = 'queued' AND not_before > ?1 \
             AND EXISTS (SELECT 1 FROM outbox_attempts a WHERE a.outbox_id = outbox.id AND a.number = outbox.attempts \
                AND a.outcome = 'not_sent' AND a.code = ?2)",
        )
        .bind(self.clock().now().as_millisecond())
        .bind(CUT_OFF)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        if hurried.rows_affected() > 0 {
            self.outbox_changed();
        }
        Ok(())
    }

    /// It was refused, and will be again unless something changes.
    pub async fn job_refused(&self, id: OutgoingId, refusal: &Refusal) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let words = (refusal.code.as_deref(), Some(refusal.words.as_str()));
        attempts::end(&mut transaction, id, AttemptOutcome::Refused, words, now).await?;
        fail(&mut transaction, id, refusal, now).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// An unknown row did not go out, and is not tried again by itself.
    pub async fn job_given_up(&self, id: OutgoingId, refusal: &Refusal) -> Result<()> {
        let mut transaction = self.write().await?;
        fail(&mut transaction, id, refusal, self.clock().now()).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Nobody knows whether it was carried out. It is looked for from `look_at` on.
    pub async fn job_unknown(&self, id: OutgoingId, words: &str, look_at: Timestamp) -> Result<()> {
        let mut transaction = self.write().await?;
        doubt(&mut transaction, id, words, self.clock().now(), look_at).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// Unknown rows that are to be looked for now, the one that waits longest first.
    pub async fn unresolved_jobs(&self, now: Timestamp, limit: u32) -> Result<Vec<Unresolved>> {
        let rows: Vec<(i64, String, i64, i64, i64)> = sqlx::query_as(UNRESOLVED)
            .bind(now.as_millisecond())
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        rows.into_iter()
            .map(|(id, job, began_at, looks, attempts)| {
                Ok(Unresolved {
                    id: OutgoingId(id),
                    job: job::read(&job)?,
                    began_at: read_instant(began_at)?,
                    looks: u32::try_from(looks).unwrap_or(u32::MAX),
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                })
            })
            .collect()
    }

    /// When the next unknown row is to be looked for.
    pub async fn next_look_at(&self) -> Result<Option<Timestamp>> {
        let at: Option<i64> =
            sqlx::query_scalar("SELECT min(not_before) FROM outbox WHERE state = 'unknown'")
                .fetch_one(self.readers())
                .await?;
        at.map(read_instant).transpose()
    }

    /// Which of these ids belong to other rows already.
    pub async fn claimed_remote_ids(&self, remote_ids: &[&str]) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar(
            "SELECT remote_id FROM outbox WHERE remote_id IN (SELECT value FROM json_each(?))",
        )
        .bind(json!(remote_ids).to_string())
        .fetch_all(self.readers())
        .await?)
    }

    /// An unknown row was found at RingCentral under this id: it went out.
    pub async fn job_found(&self, id: OutgoingId, remote_id: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        accept(&mut transaction, id, remote_id, self.clock().now()).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }

    /// An unknown row was not found; it is looked for again at `look_at`.
    pub async fn job_not_found_yet(&self, id: OutgoingId, look_at: Timestamp) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE outbox SET looks = looks + 1, waits_since = ?, not_before = ? WHERE id = ? AND state = 'unknown'",
        )
        .bind(self.clock().now().as_millisecond())
        .bind(look_at.as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// An unknown row did not go out. It is sent again, unless a person has turned away from it.
    pub async fn job_never_went(&self, id: OutgoingId) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        requeue(&mut transaction, id, now, now).await?;
        fail_dependents(&mut transaction, now).await?;
        transaction.commit().await?;
        self.outbox_changed();
        Ok(())
    }
}

async fn doubt(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    words: &str,
    now: Timestamp,
    look_at: Timestamp,
) -> Result<()> {
    attempts::end(connection, id, AttemptOutcome::Unknown, (None, Some(words)), now).await?;
    sqlx::query(
        "UPDATE outbox SET state = 'unknown', looks = 0, waits_since = ?, not_before = ? \
         WHERE id = ? AND state = 'sending'",
    )
    .bind(now.as_millisecond())
    .bind(look_at.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The message may have come here before its answer did, and its delivery report too.
async fn accept(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    remote_id: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE outbox SET state = 'accepted', remote_id = ?1, settled_at = ?2 \
         WHERE id = ?3 AND state IN ('sending', 'unknown')",
    )
    .bind(remote_id)
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE outbox SET state = iif(c.delivery_state = 'sent', 'delivered', c.delivery_state), \
         failure = iif(c.delivery_state = 'failed', coalesce(c.delivery_reason, 'It was not delivered.'), NULL) \
         FROM communications c WHERE outbox.id = ? AND outbox.state = 'accepted' \
         AND c.source = 'message_store' AND c.remote_id = outbox.remote_id \
         AND (c.delivery_state IN ('delivered', 'failed') OR (c.delivery_state = 'sent' AND c.kind = 'fax'))",
    )
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Back into the queue, unless a person has turned away from it meanwhile.
async fn requeue(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    now: Timestamp,
    not_before: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE outbox SET state = iif(is_dismissed, 'cancelled', 'queued'), waits_since = ?1, not_before = ?2, \
         settled_at = iif(is_dismissed, ?1, settled_at) WHERE id = ?3 AND state IN ('sending', 'unknown')",
    )
    .bind(now.as_millisecond())
    .bind(not_before.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

async fn fail(
    connection: &mut SqliteConnection,
    id: OutgoingId,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE outbox SET state = 'failed', failure_code = ?, failure = ?, can_retry = ?, settled_at = ? \
         WHERE id = ? AND state IN ('sending', 'unknown')",
    )
    .bind(&refusal.code)
    .bind(&refusal.words)
    .bind(refusal.can_retry)
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(&mut *connection)
    .await?;
    fail_dependents(connection, now).await
}
