//! Transcriptions among the rows of the outbox: which is next, how it begins and how it ends.
//!
//! They are this computer's own work. Nothing at RingCentral is changed by them, so a try that was cut off is simply made
//! again; its words and its end are written in one transaction, and so it is never made twice without need.

use super::super::rows::read_instant;
use super::super::transcripts::{self, Occasion, TranscriptRecord};
use super::super::words::{JobState, Word};
use super::super::{Result, Store};
use super::attempts;
use super::job::{self, Job, TranscriptionJob, Urgency};
use super::settling::Refusal;
use domain::event::CoreEvent;
use domain::ids::{CommunicationId, OutgoingId};
use domain::outgoing::AttemptOutcome;
use jiff::Timestamp;
use sqlx::SqliteConnection;

/// A transcription whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTranscription {
    pub id: OutgoingId,
    pub job: TranscriptionJob,
    /// How often it was tried.
    pub attempts: u32,
}

/// How far the transcription of a voicemail is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranscriptionProgress {
    Waiting,
    Running,
    Failed { reason: String, can_retry: bool },
}

/// The two states are named first because the index holds just those.
pub(in crate::store) const NEXT_TRANSCRIPTION: &str = "SELECT id, job, attempts FROM outbox \
     WHERE kind = 'transcription' AND state IN ('queued', 'sending') AND state = 'queued' \
     AND (not_before <= ?1 OR waits_since > ?1) ORDER BY urgency, id LIMIT 1";

/// Voicemail that somebody left, of which nobody has written anything down and no words are on their way.
const WITHOUT_WORDS: &str = "c.kind = 'voicemail' AND c.is_hidden = 0 AND c.body IS NULL \
     AND EXISTS (SELECT 1 FROM attachments a WHERE a.communication_id = c.id AND a.kind = 'audio')";

impl Store {
    /// Asks for a transcription, unless one is asked for already; a queued one is hurried, and done by whom a person
    /// wants now. What failed before is put away. False when it was asked for already.
    pub async fn want_transcription(&self, job: &TranscriptionJob, urgency: Urgency) -> Result<bool> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let is_new = want(&mut transaction, job, urgency, now).await?;
        transaction.commit().await?;
        self.transcription_changed();
        Ok(is_new)
    }

    /// The transcription that is next: what a person asked for by name first, then in the order of asking.
    pub async fn next_transcription(&self, now: Timestamp) -> Result<Option<DueTranscription>> {
        let row: Option<(i64, String, i64)> = sqlx::query_as(NEXT_TRANSCRIPTION)
            .bind(now.as_millisecond())
            .fetch_optional(self.readers())
            .await?;
        let Some((id, text, attempts)) = row else {
            return Ok(None);
        };
        let Job::Transcription(job) = job::read(&text)? else {
            return Ok(None);
        };
        Ok(Some(DueTranscription {
            id: OutgoingId(id),
            job,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        }))
    }

    /// When the next queued transcription may begin.
    pub async fn next_transcription_at(&self) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT min(not_before) FROM outbox WHERE kind = 'transcription' AND state IN ('queued', 'sending') \
             AND state = 'queued'",
        )
        .fetch_one(self.readers())
        .await?;
        at.map(read_instant).transpose()
    }

    /// Takes a queued transcription up. False when it was taken back meanwhile.
    pub async fn begin_transcription(&self, id: OutgoingId) -> Result<bool> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let begun = attempts::begin(&mut transaction, id, now, now).await?;
        transaction.commit().await?;
        self.transcription_changed();
        Ok(begun)
    }

    /// Keeps what was written and settles the row with it. False when it was taken back meanwhile, or the voicemail is
    /// gone; nothing is kept then.
    pub async fn finish_transcription(
        &self,
        id: OutgoingId,
        job: &TranscriptionJob,
        record: &TranscriptRecord,
    ) -> Result<bool> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        if !accept(&mut transaction, id, now).await? {
            return Ok(false);
        }
        let exists: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM communications WHERE id = ? AND kind = 'voicemail')",
        )
        .bind(job.item.0)
        .fetch_one(&mut *transaction)
        .await?;
        if exists {
            let occasion = Occasion {
                outbox_id: Some(id.0),
                is_chosen: job.by.is_some(),
            };
            transcripts::keep(&mut transaction, job.item, record, occasion, now).await?;
        }
        transaction.commit().await?;
        self.announce_words(job.item);
        Ok(exists)
    }

    /// It did not work and is not tried again by itself.
    pub async fn transcription_failed(&self, id: OutgoingId, refusal: &Refusal) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let words = (refusal.code.as_deref(), Some(refusal.words.as_str()));
        attempts::end(&mut transaction, id, AttemptOutcome::Refused, words, now).await?;
        sqlx::query(
            "UPDATE outbox SET state = 'failed', failure_code = ?, failure = ?, can_retry = ?, settled_at = ? \
             WHERE id = ? AND state IN ('queued', 'sending')",
        )
        .bind(&refusal.code)
        .bind(&refusal.words)
        .bind(refusal.can_retry)
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.transcription_changed();
        Ok(())
    }

    /// It did not work and is tried again from `not_before` on. A try that the program itself broke off `is_free`: it does
    /// not count.
    pub async fn transcription_waits(
        &self,
        id: OutgoingId,
        words: &str,
        not_before: Timestamp,
        is_free: bool,
    ) -> Result<()> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        attempts::end(
            &mut transaction,
            id,
            AttemptOutcome::NotSent,
            (None, Some(words)),
            now,
        )
        .await?;
        if is_free {
            sqlx::query(
                "DELETE FROM outbox_attempts WHERE outbox_id = ?1 \
                 AND number = (SELECT attempts FROM outbox WHERE id = ?1)",
            )
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        }
        sqlx::query(
            "UPDATE outbox SET state = 'queued', waits_since = ?, not_before = ?, attempts = attempts - ? \
             WHERE id = ? AND state = 'sending'",
        )
        .bind(now.as_millisecond())
        .bind(not_before.as_millisecond())
        .bind(is_free)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.transcription_changed();
        Ok(())
    }

    /// Takes transcriptions back that have not ended, of one voicemail or of all; says how many.
    pub async fn cancel_transcriptions(&self, item: Option<CommunicationId>) -> Result<u64> {
        let mut transaction = self.write().await?;
        let changed = sqlx::query(
            "UPDATE outbox SET state = 'cancelled', is_dismissed = 1, settled_at = ?1 WHERE kind = 'transcription' \
             AND state IN ('queued', 'sending') AND (?2 IS NULL OR lane = ?2)",
        )
        .bind(self.clock().now().as_millisecond())
        .bind(item.map(job::transcription_lane))
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        transaction.commit().await?;
        self.transcription_changed();
        Ok(changed)
    }

    /// After a start: what was under way when the program ended is either written, or is begun again at once. Something
    /// that was begun `most` times and never ended is left to a person: it may be what ends the program.
    pub async fn recover_transcriptions(&self, most: u32) -> Result<u64> {
        let now = self.clock().now();
        let mut transaction = self.write().await?;
        let unfinished: Vec<(i64, i64, bool)> = sqlx::query_as(
            "SELECT o.id, o.attempts, EXISTS (SELECT 1 FROM transcripts t WHERE t.outbox_id = o.id) FROM outbox o \
             WHERE o.kind = 'transcription' AND o.state = 'sending'",
        )
        .fetch_all(&mut *transaction)
        .await?;
        for (id, attempts, is_written) in &unfinished {
            if *is_written {
                accept(&mut transaction, OutgoingId(*id), now).await?;
                continue;
            }
            let words = "The program ended while it was being written down.";
            let outcome = AttemptOutcome::NotSent;
            attempts::end(
                &mut transaction,
                OutgoingId(*id),
                outcome,
                (None, Some(words)),
                now,
            )
            .await?;
            let is_given_up = *attempts >= i64::from(most);
            sqlx::query(
                "UPDATE outbox SET state = iif(?1, 'failed', 'queued'), failure = iif(?1, ?2, NULL), can_retry = ?1, \
                 waits_since = ?3, not_before = ?3, settled_at = iif(?1, ?3, NULL) WHERE id = ?4",
            )
            .bind(is_given_up)
            .bind("The program ended each time while this was being written down, so it is not tried again by itself.")
            .bind(now.as_millisecond())
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        if !unfinished.is_empty() {
            self.transcription_changed();
        }
        Ok(u64::try_from(unfinished.len()).unwrap_or(u64::MAX))
    }

    /// What waits for its next try may be tried now.
    pub async fn hurry_transcriptions(&self) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE outbox SET not_before = ?1, waits_since = ?1 WHERE kind = 'transcription' \
             AND state IN ('queued', 'sending') AND state = 'queued' AND not_before > ?1",
        )
        .bind(self.clock().now().as_millisecond())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// How far the transcription of a voicemail is; `None` when none was asked for, or it is over.
    pub async fn transcription_of(&self, item: CommunicationId) -> Result<Option<TranscriptionProgress>> {
        let row: Option<(String, Option<String>, bool, bool)> = sqlx::query_as(
            "SELECT state, failure, can_retry, is_dismissed FROM outbox WHERE kind = 'transcription' AND lane = ? \
             ORDER BY id DESC LIMIT 1",
        )
        .bind(job::transcription_lane(item))
        .fetch_optional(self.readers())
        .await?;
        let Some((state, failure, can_retry, is_dismissed)) = row else {
            return Ok(None);
        };
        Ok(match JobState::of_word(&state)? {
            JobState::Queued => Some(TranscriptionProgress::Waiting),
            JobState::Sending => Some(TranscriptionProgress::Running),
            JobState::Failed if !is_dismissed => Some(TranscriptionProgress::Failed {
                reason: failure.unwrap_or_default(),
                can_retry,
            }),
            JobState::Failed
            | JobState::Accepted
            | JobState::Delivered
            | JobState::Unknown
            | JobState::Cancelled => None,
        })
    }

    /// How many transcriptions wait or are under way.
    pub async fn open_transcriptions(&self) -> Result<u32> {
        Ok(sqlx::query_scalar(
            "SELECT count(*) FROM outbox WHERE kind = 'transcription' AND state IN ('queued', 'sending')",
        )
        .fetch_one(self.readers())
        .await?)
    }

    /// Voicemail with sound and without words, the newest first, that is not being written down.
    pub async fn voicemail_without_words(&self) -> Result<Vec<CommunicationId>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT c.id FROM communications c WHERE {WITHOUT_WORDS} AND NOT EXISTS (SELECT 1 FROM outbox o \
             WHERE o.kind = 'transcription' AND o.lane = 'transcription:' || c.id AND o.state IN ('queued', 'sending')) \
             ORDER BY c.occurred_at DESC, c.id DESC"
        ));
        let ids: Vec<i64> = sqlx::query_scalar(statement).fetch_all(self.readers()).await?;
        Ok(ids.into_iter().map(CommunicationId).collect())
    }

    /// Voicemail since `since` that nobody will write down by itself: RingCentral has said so, or has been silent about
    /// it since `silent_since`. What was ever asked for is left alone. The oldest first.
    pub async fn news_without_words(
        &self,
        since: Timestamp,
        silent_since: Timestamp,
    ) -> Result<Vec<CommunicationId>> {
        let statement = sqlx::AssertSqlSafe(format!(
            "SELECT c.id FROM communications c WHERE {WITHOUT_WORDS} AND c.direction = 'inbound' \
             AND c.occurred_at >= ?1 AND (c.transcript_state IN ('not_available', 'failed') OR c.occurred_at <= ?2) \
             AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'transcription' \
                AND o.lane = 'transcription:' || c.id) ORDER BY c.occurred_at, c.id"
        ));
        let ids: Vec<i64> = sqlx::query_scalar(statement)
            .bind(since.as_millisecond())
            .bind(silent_since.as_millisecond())
            .fetch_all(self.readers())
            .await?;
        Ok(ids.into_iter().map(CommunicationId).collect())
    }

    /// When the oldest voicemail arrived since `since` of which RingCentral has not said yet whether it writes it down.
    pub async fn oldest_awaited_words(&self, since: Timestamp) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT min(c.occurred_at) FROM communications c WHERE c.kind = 'voicemail' AND c.is_hidden = 0 AND c.body IS NULL \
             AND c.direction = 'inbound' AND c.occurred_at >= ? AND c.transcript_state NOT IN ('not_available', 'failed')",
        )
        .bind(since.as_millisecond())
        .fetch_one(self.readers())
        .await?;
        at.map(read_instant).transpose()
    }

    pub(crate) fn transcription_changed(&self) {
        self.changes().announce(CoreEvent::TranscriptionChanged);
    }
}

async fn want(
    connection: &mut SqliteConnection,
    job: &TranscriptionJob,
    urgency: Urgency,
    now: Timestamp,
) -> Result<bool> {
    let wrapped = Job::Transcription(job.clone());
    let lane = wrapped.lane();
    let hurried = sqlx::query(
        "UPDATE outbox SET urgency = min(urgency, ?1), not_before = iif(?1 = 0, ?2, not_before), \
         job = iif(?1 = 0 AND state = 'queued', ?3, job) \
         WHERE kind = 'transcription' AND lane = ?4 AND state IN ('queued', 'sending')",
    )
    .bind(urgency.word())
    .bind(now.as_millisecond())
    .bind(job::write(&wrapped)?)
    .bind(&lane)
    .execute(&mut *connection)
    .await?;
    if hurried.rows_affected() > 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE outbox SET is_dismissed = 1 WHERE kind = 'transcription' AND lane = ? AND state = 'failed'",
    )
    .bind(&lane)
    .execute(&mut *connection)
    .await?;
    let new = job::NewJob {
        urgency,
        ..job::NewJob::for_person(wrapped, now)
    };
    super::enqueue(connection, &[new], now).await?;
    Ok(true)
}

/// A row that is done needs an id of its own; it has none of RingCentral's.
async fn accept(connection: &mut SqliteConnection, id: OutgoingId, now: Timestamp) -> Result<bool> {
    attempts::end(connection, id, AttemptOutcome::Accepted, (None, None), now).await?;
    let accepted = sqlx::query(
        "UPDATE outbox SET state = 'accepted', remote_id = 'transcription:' || id, settled_at = ? \
         WHERE id = ? AND state = 'sending'",
    )
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(accepted.rows_affected() > 0)
}
