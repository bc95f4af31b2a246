//! From what was written to a row of the outbox, and back while there is time.

use super::compose::{NO_SENDER, chosen_sender};
use super::threads;
use super::{Texting, media_limits};
use crate::error::CoreError;
use crate::store::{Job, JobFile, NewJob, TextJob};
use domain::communication::Body;
use domain::ids::{CommunicationId, OutgoingId};
use domain::ipc::texting::{OutboxState, Written};
use domain::outgoing::{Draft, HeldUp, OutgoingState, Sender, TAKE_BACK_SECONDS, Thread};
use domain::phone_number::E164;
use domain::segments;
use jiff::{SignedDuration, Timestamp};

/// Rows that a list of the outbox shows.
const MOST_SHOWN: u32 = 50;

impl Texting {
    /// Writes a text down, with the files of the thread's draft, and clears the draft. It leaves after a moment in which it
    /// can be taken back.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent as it is; the draft stays then. [`CoreError::Store`].
    pub async fn send(&self, thread: &Thread, text: &str, from: Option<&E164>) -> Result<Written, CoreError> {
        let resolved = threads::resolve(&self.store, thread).await?;
        if let Some(reason) = resolved.blocked {
            return Err(CoreError::Invalid(reason));
        }
        let key = threads::key(&resolved.thread);
        let files = self.store.draft_files(&key).await?;
        let senders = self.store.senders().await?;
        let sender = chosen_sender(&senders, from, resolved.line.as_ref())
            .and_then(|number| {
                senders
                    .iter()
                    .find(|sender| sender.number.e164.as_ref() == Some(number))
            })
            .ok_or_else(|| CoreError::Invalid(NO_SENDER.to_owned()))?;
        let from = sender.number.e164.as_ref();
        if let (Some(reason), _) = self.consent(&resolved.numbers, from).await? {
            return Err(CoreError::Invalid(reason));
        }
        let text = text.trim_end();
        check(text, &files, resolved.numbers.len(), sender)?;
        let Some(from) = sender.number.e164.clone() else {
            return Err(CoreError::Invalid(NO_SENDER.to_owned()));
        };
        let job = Job::Text(TextJob {
            from,
            to: resolved.numbers,
            text: text.to_owned(),
            conversation: match resolved.thread {
                Thread::Conversation(id) => Some(id),
                Thread::Numbers(_) => None,
            },
            files,
        });
        let leaves_at = self.leaves_at();
        let id = self
            .store
            .send_draft(&key, &NewJob::for_person(job, leaves_at))
            .await?;
        Ok(Written { id, leaves_at })
    }

    /// Takes a text back that has not left.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it has begun to leave.
    pub async fn take_back(&self, id: OutgoingId) -> Result<Draft, CoreError> {
        let job = self.store.cancel_job(id).await?.ok_or(CoreError::TooLate)?;
        self.write_on(job).await
    }

    /// Makes a failed text the thread's draft again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more.
    pub async fn edit(&self, id: OutgoingId) -> Result<Draft, CoreError> {
        let row = self.store.job(id).await?;
        if !matches!(row.state, OutgoingState::Failed { .. }) {
            return Err(CoreError::TooLate);
        }
        let job = self.store.dismiss_job(id).await?.ok_or(CoreError::TooLate)?;
        self.write_on(job).await
    }

    /// Sends a failed text again as it is.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more.
    pub async fn retry(&self, id: OutgoingId) -> Result<Written, CoreError> {
        let id = self.store.retry_job(id).await?;
        Ok(Written {
            id,
            leaves_at: self.store.clock().now(),
        })
    }

    /// Sends a text again that RingCentral could not deliver.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::Invalid`] when it is no text of ours or its pictures are not here any more.
    pub async fn resend(&self, item: CommunicationId) -> Result<Written, CoreError> {
        if let Some(row) = self.store.job_of_message(item).await?
            && let Ok(id) = self.store.retry_job(row).await
        {
            return Ok(Written {
                id,
                leaves_at: self.store.clock().now(),
            });
        }
        let item = self.store.communication(item).await?;
        let Body::Text {
            text,
            conversation_id,
            ..
        } = &item.body
        else {
            return Err(CoreError::Invalid("Only texts can be sent again.".to_owned()));
        };
        if !item.attachments.is_empty() {
            return Err(CoreError::Invalid(
                "This text had pictures. Write it anew and add them again.".to_owned(),
            ));
        }
        let thread = Thread::Conversation(conversation_id.clone());
        self.send(&thread, text, None).await
    }

    /// Puts a failed or unknown text away.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is neither any more.
    pub async fn discard(&self, id: OutgoingId) -> Result<(), CoreError> {
        let discarded = self.store.dismiss_job(id).await?;
        discarded.map(|_| ()).ok_or(CoreError::TooLate)
    }

    /// Takes [`Self::discard`] back.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it was found out meanwhile what became of it.
    pub async fn restore(&self, id: OutgoingId) -> Result<(), CoreError> {
        Ok(self.store.restore_job(id).await?)
    }

    /// What is on its way, and what needs a person.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn outbox(&self, held_up: Option<HeldUp>) -> Result<OutboxState, CoreError> {
        let counts = self.store.outbox_counts().await?;
        let waiting = self.store.waiting_jobs(MOST_SHOWN).await?;
        let failed = self.store.failed_jobs(MOST_SHOWN).await?;
        let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(OutboxState {
            waiting: number(counts.waiting),
            unknown: number(counts.unknown),
            waiting_texts: self.shown(waiting).await?,
            failed: self.shown(failed).await?,
            faxes: Vec::new(),
            held_up,
        })
    }

    async fn write_on(&self, job: Job) -> Result<Draft, CoreError> {
        let Job::Text(text) = job else {
            return Err(CoreError::TooLate);
        };
        let thread = match &text.conversation {
            Some(id) => Thread::Conversation(id.clone()),
            None => {
                let mut to = text.to.clone();
                to.sort();
                threads::resolve(&self.store, &Thread::Numbers(to)).await?.thread
            }
        };
        let key = threads::key(&thread);
        self.store
            .draft_again(&key, &text.text, &text.from, &text.files)
            .await?;
        Ok(self.store.draft(&key).await?)
    }

    fn leaves_at(&self) -> Timestamp {
        let now = self.store.clock().now();
        now.saturating_add(SignedDuration::from_secs(TAKE_BACK_SECONDS))
            .unwrap_or(now)
    }
}

/// Everything that RingCentral would refuse, before it is asked.
fn check(text: &str, files: &[JobFile], recipients: usize, sender: &Sender) -> Result<(), CoreError> {
    if text.trim().is_empty() && files.is_empty() {
        return Err(CoreError::Invalid("There is nothing to send yet.".to_owned()));
    }
    if segments::count(text).over_limit {
        return Err(CoreError::Invalid(format!(
            "The text is longer than the {} characters that RingCentral takes.",
            segments::LONGEST_TEXT_UTF16_UNITS
        )));
    }
    let needs_pictures = !files.is_empty() || recipients > 1;
    if needs_pictures && !sender.can_send_pictures {
        return Err(CoreError::Invalid(format!(
            "{} can send neither pictures nor group texts. Choose another number.",
            sender.name
        )));
    }
    let files: Vec<_> = files
        .iter()
        .map(|file| media_limits::OutgoingFile {
            name: file.file_name.clone(),
            content_type: file.content_type.clone(),
            size_bytes: file.size_bytes,
        })
        .collect();
    media_limits::check(&files).map_err(|problems| {
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        CoreError::Invalid(words.join(" "))
    })
}
