//! Has voicemail written down, one at a time, from rows of the outbox.
//!
//! [`Transcriptions::step`] does one thing and says what became of it. It is apart from the outbox of texts in everything
//! but the table: it goes on when RingCentral cannot be reached or nobody is signed in, and no text ever waits for it. A
//! try that was cut off is made again at once, because nothing outside was changed by it; trouble that passes makes a row
//! wait, each for itself, and a row that cannot work is left to a person with words.

mod runner;

use super::choice::{self, Choice};
use super::error::TranscribeError;
use super::numbers_said::numbers_said;
use super::{Sound, Staff, Watch};
use crate::error::CoreError;
use crate::store::{
    DueTranscription, Refusal, Store, StoreError, StoredTranscript, TranscriptionJob, TranscriptionProgress,
    Urgency,
};
use async_trait::async_trait;
use domain::event::CoreEvent;
use domain::ids::{CommunicationId, OutgoingId};
use domain::transcription::{
    TranscriberKind, TranscriptDetail, TranscriptState, TranscriptionSettings, TranscriptionWork,
};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Tries of one recording before it is left to a person.
const MOST_ATTEMPTS: u32 = 6;

/// The first wait after trouble that passes; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(20);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// What cannot be reached is tried again so often, without end.
const WAIT_FOR_NETWORK: SignedDuration = SignedDuration::from_mins(1);

/// What arrived before is history; nobody waits for it.
const NEWS: SignedDuration = SignedDuration::from_hours(24);

/// RingCentral mostly writes within a minute. After this it is not waited for.
const PATIENCE_WITH_RINGCENTRAL: SignedDuration = SignedDuration::from_mins(10);

/// Where recordings come from: RingCentral and the files of this computer in the product.
#[async_trait]
pub trait Recordings: Send + Sync + std::fmt::Debug {
    /// The sound of a voicemail.
    async fn sound(&self, item: CommunicationId) -> Result<Sound, CoreError>;
}

/// The transcriptions of one account. Clones share them.
#[derive(Debug, Clone)]
pub struct Transcriptions(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    store: Store,
    recordings: Arc<dyn Recordings>,
    staff: Arc<dyn Staff>,
    /// One recording at a time.
    turn: tokio::sync::Mutex<()>,
    running: Mutex<Option<Running>>,
    /// The program ends; what is under way goes back into the queue.
    stopping: CancellationToken,
    stirred: Notify,
}

#[derive(Debug)]
struct Running {
    item: CommunicationId,
    percent: Option<u8>,
    cancelled: CancellationToken,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Written(CommunicationId),
    /// It will not work by itself; a person is told why.
    Failed(CommunicationId),
    /// It is tried again later.
    Waits(CommunicationId),
    /// It was taken back, or is not wanted any more.
    Dropped(CommunicationId),
    /// Nothing is due; `until` is `None` when only a new row changes that.
    Idle {
        until: Option<Timestamp>,
    },
}

impl Transcriptions {
    pub fn new(store: Store, recordings: Arc<dyn Recordings>, staff: Arc<dyn Staff>) -> Self {
        Self(Arc::new(Shared {
            store,
            recordings,
            staff,
            turn: tokio::sync::Mutex::default(),
            running: Mutex::default(),
            stopping: CancellationToken::new(),
            stirred: Notify::new(),
        }))
    }

    /// Takes up what an earlier run of the program left unfinished. To be called before the first step.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recover(&self) -> Result<(), StoreError> {
        let unfinished = self.0.store.recover_transcriptions(MOST_ATTEMPTS).await?;
        if unfinished > 0 {
            tracing::info!(
                unfinished,
                "what was being written down when the program ended is taken up again"
            );
        }
        Ok(())
    }

    /// Does one thing, if something is due: has one recording written down.
    ///
    /// # Errors
    /// [`StoreError`]; a row that was under way is taken up again after the next start.
    pub async fn step(&self) -> Result<Step, StoreError> {
        let _turn = self.0.turn.lock().await;
        let store = &self.0.store;
        let settings = store.settings().await?.transcription;
        self.queue_news(&settings).await?;
        let now = store.clock().now();
        let Some(due) = store.next_transcription(now).await? else {
            return Ok(Step::Idle {
                until: self.next_at(&settings, now).await?,
            });
        };
        let item = due.job.item;
        let is_written = store.has_all_words_of_ringcentral(item).await?;
        let states = self.0.staff.states(&settings).await;
        match choice::choose(due.job.by, is_written, &settings.order, &states) {
            Choice::IsWritten => {
                store.cancel_transcriptions(Some(item)).await?;
                Ok(Step::Dropped(item))
            }
            Choice::Nobody { why } => self.fail(due.id, item, why, true).await,
            Choice::By(kind) => self.write_down(due, kind).await,
        }
    }

    /// Asks for a transcription on behalf of a person, by `by` or the first that can. What is asked for already is not
    /// asked for twice.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when nobody can, in words; [`CoreError::NotFound`] when there is no such voicemail.
    pub async fn want(&self, item: CommunicationId, by: Option<TranscriberKind>) -> Result<(), CoreError> {
        let store = &self.0.store;
        store.recording_of(item).await?;
        let settings = store.settings().await.map_err(CoreError::from)?.transcription;
        let is_written = store.has_all_words_of_ringcentral(item).await?;
        let states = self.0.staff.states(&settings).await;
        match choice::choose(by, is_written, &settings.order, &states) {
            Choice::IsWritten => return Ok(()),
            Choice::Nobody { why } => return Err(CoreError::Invalid(why)),
            Choice::By(_) => {}
        }
        store
            .want_transcription(&TranscriptionJob { item, by }, Urgency::Person)
            .await?;
        self.stir();
        Ok(())
    }

    /// Asks for everything that has no words; says how much that is. A person who waits for one goes first.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when nobody can, in words.
    pub async fn want_all(&self) -> Result<u32, CoreError> {
        let store = &self.0.store;
        let settings = store.settings().await.map_err(CoreError::from)?.transcription;
        let states = self.0.staff.states(&settings).await;
        if let Choice::Nobody { why } = choice::choose(None, false, &settings.order, &states) {
            return Err(CoreError::Invalid(why));
        }
        let mut asked: u32 = 0;
        for item in store.voicemail_without_words().await? {
            let job = TranscriptionJob { item, by: None };
            if store.want_transcription(&job, Urgency::Campaign).await? {
                asked = asked.saturating_add(1);
            }
        }
        self.stir();
        Ok(asked)
    }

    /// Stops what was asked for, of one voicemail or of all; says how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cancel(&self, item: Option<CommunicationId>) -> Result<u32, StoreError> {
        // The row first: whatever is answered from here on is not kept.
        let cancelled = self.0.store.cancel_transcriptions(item).await?;
        if let Some(running) = &*self.running()
            && item.is_none_or(|item| item == running.item)
        {
            running.cancelled.cancel();
        }
        Ok(u32::try_from(cancelled).unwrap_or(u32::MAX))
    }

    /// The words of a voicemail and what is being done about them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn state(&self, item: CommunicationId) -> Result<TranscriptState, StoreError> {
        let store = &self.0.store;
        let settings = store.settings().await?.transcription;
        let states = self.0.staff.states(&settings).await;
        let work = store
            .transcription_of(item)
            .await?
            .map(|progress| match progress {
                TranscriptionProgress::Waiting => TranscriptionWork::Waiting,
                TranscriptionProgress::Running => TranscriptionWork::Running {
                    percent: self
                        .running()
                        .as_ref()
                        .filter(|running| running.item == item)
                        .and_then(|running| running.percent),
                },
                TranscriptionProgress::Failed { reason, can_retry } => {
                    TranscriptionWork::Failed { reason, can_retry }
                }
            });
        Ok(TranscriptState {
            item,
            transcript: store
                .shown_transcript(item)
                .await?
                .map(|stored| self.detail(stored)),
            work,
            available: choice::able(&settings.order, &states).collect(),
        })
    }

    /// What waits may be tried now: somebody signed in, or changed what hindered it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn retry_now(&self) -> Result<(), StoreError> {
        self.0.store.hurry_transcriptions().await?;
        self.stir();
        Ok(())
    }

    /// There may be something to do.
    pub fn stir(&self) {
        self.0.stirred.notify_waiters();
    }

    /// Puts what is under way back into the queue; nothing more is begun.
    pub fn stop(&self) {
        self.0.stopping.cancel();
    }

    fn detail(&self, stored: StoredTranscript) -> TranscriptDetail {
        let StoredTranscript {
            record,
            corrected_text,
            written_at,
        } = stored;
        let (text, original) = match corrected_text {
            Some(corrected) => (corrected, Some(record.text)),
            None => (record.text, None),
        };
        TranscriptDetail {
            numbers: numbers_said(&text, self.0.store.numbering()),
            text,
            original,
            source: record.source,
            segments: record.segments,
            confidence: record.confidence,
            is_partial: record.is_partial,
            written_at,
        }
    }

    /// Voicemail that arrived and that RingCentral will not write down.
    async fn queue_news(&self, settings: &TranscriptionSettings) -> Result<(), StoreError> {
        if !settings.is_automatic {
            return Ok(());
        }
        let store = &self.0.store;
        let now = store.clock().now();
        let news = store
            .news_without_words(before(now, NEWS), before(now, PATIENCE_WITH_RINGCENTRAL))
            .await?;
        if news.is_empty() {
            return Ok(());
        }
        let states = self.0.staff.states(settings).await;
        if choice::able(&settings.order, &states).next().is_none() {
            return Ok(());
        }
        for item in news {
            let job = TranscriptionJob { item, by: None };
            store.want_transcription(&job, Urgency::Campaign).await?;
        }
        Ok(())
    }

    async fn write_down(&self, due: DueTranscription, kind: TranscriberKind) -> Result<Step, StoreError> {
        let DueTranscription { id, job, attempts } = due;
        let item = job.item;
        let cancelled = self.0.stopping.child_token();
        *self.running() = Some(Running {
            item,
            percent: None,
            cancelled: cancelled.clone(),
        });
        // Also when this future is dropped.
        let _over = Over(&self.0);
        if !self.0.store.begin_transcription(id).await? {
            return Ok(Step::Dropped(item));
        }
        let watch = self.watch(cancelled.clone());
        let written = tokio::select! {
            () = cancelled.cancelled() => Err(TranscribeError::Cancelled),
            written = self.fetch_and_write(item, kind, &watch) => written,
        };
        let store = &self.0.store;
        match written {
            Ok(record) => {
                let is_kept = store.finish_transcription(id, &job, &record).await?;
                Ok(if is_kept {
                    Step::Written(item)
                } else {
                    Step::Dropped(item)
                })
            }
            Err(TranscribeError::Cancelled) => {
                // Taken back by a person, it is settled already; otherwise the program ends, or the account is left.
                let now = store.clock().now();
                store
                    .transcription_waits(id, "The program ended before it was written down.", now, true)
                    .await?;
                Ok(Step::Dropped(item))
            }
            Err(TranscribeError::Refused { words, can_retry, .. }) => {
                self.fail(id, item, words, can_retry).await
            }
            Err(TranscribeError::Later {
                words, after, counts, ..
            }) => {
                let tries = attempts.saturating_add(1);
                if counts && tries >= MOST_ATTEMPTS {
                    return self.fail(id, item, words, true).await;
                }
                let own = if counts {
                    wait_after(tries)
                } else {
                    WAIT_FOR_NETWORK
                };
                let wait = after.unwrap_or(SignedDuration::ZERO).max(own);
                let not_before = store.clock().now().saturating_add(wait).unwrap_or(Timestamp::MAX);
                store.transcription_waits(id, &words, not_before, !counts).await?;
                Ok(Step::Waits(item))
            }
        }
    }

    async fn fetch_and_write(
        &self,
        item: CommunicationId,
        kind: TranscriberKind,
        watch: &Watch,
    ) -> Result<crate::store::TranscriptRecord, TranscribeError> {
        let sound = self.0.recordings.sound(item).await.map_err(unfetched)?;
        self.0.staff.transcribe(kind, &sound, watch).await
    }

    fn watch(&self, cancelled: CancellationToken) -> Watch {
        let shared = Arc::downgrade(&self.0);
        Watch::new(cancelled, move |percent| {
            let Some(shared) = shared.upgrade() else { return };
            let mut running = shared.running.lock().unwrap_or_else(PoisonError::into_inner);
            let is_news = running
                .as_mut()
                .is_some_and(|running| running.percent.replace(percent) != Some(percent));
            drop(running);
            if is_news {
                shared.store.changes().announce(CoreEvent::TranscriptionChanged);
            }
        })
    }

    async fn fail(
        &self,
        id: OutgoingId,
        item: CommunicationId,
        words: String,
        can_retry: bool,
    ) -> Result<Step, StoreError> {
        let refusal = Refusal {
            code: None,
            words,
            can_retry,
        };
        self.0.store.transcription_failed(id, &refusal).await?;
        Ok(Step::Failed(item))
    }

    /// When there may be something to do although nobody stirs.
    async fn next_at(
        &self,
        settings: &TranscriptionSettings,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let store = &self.0.store;
        let queued = store.next_transcription_at().await?;
        let awaited = match settings.is_automatic {
            true => {
                store
                    .oldest_awaited_words(before(now, PATIENCE_WITH_RINGCENTRAL))
                    .await?
            }
            false => None,
        };
        let silent_at = awaited
            .and_then(|at| at.checked_add(PATIENCE_WITH_RINGCENTRAL).ok())
            .filter(|at| *at > now);
        Ok(queued.into_iter().chain(silent_at).min())
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Over<'a>(&'a Shared);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *self.0.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What it means that the sound cannot be had.
fn unfetched(error: CoreError) -> TranscribeError {
    match &error {
        CoreError::SignInRequired => TranscribeError::unreached(
            "The recording is still at RingCentral, and nobody is signed in. It goes on after the sign-in.",
        ),
        CoreError::Offline { .. } => TranscribeError::unreached(
            "The recording is still at RingCentral, which cannot be reached. It goes on by itself.",
        ),
        CoreError::RateLimited { retry_after_seconds } => TranscribeError::Later {
            words: "RingCentral asked to slow down. It goes on by itself.".to_owned(),
            after: i64::try_from(*retry_after_seconds)
                .ok()
                .map(SignedDuration::from_secs),
            counts: false,
            source: None,
        },
        CoreError::NotFound { .. } => {
            TranscribeError::refused("There is no recording of this voicemail any more.", false)
        }
        CoreError::NotPermitted { .. } | CoreError::Invalid(_) => {
            TranscribeError::refused(error.to_string(), true)
        }
        CoreError::Vendor { .. }
        | CoreError::Store { .. }
        | CoreError::TooLate
        | CoreError::Cancelled
        | CoreError::Internal { .. } => TranscribeError::later(error.to_string()),
    }
    .because(error)
}

fn wait_after(tries: u32) -> SignedDuration {
    let doubled = FIRST_WAIT.saturating_mul(1_i32 << tries.saturating_sub(1).min(10));
    doubled.min(LONGEST_WAIT)
}

fn before(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
