//! From a draft to a row of the outbox, and back while there is time.

mod again;
mod covers;
mod job;

use super::FaxDesk;
use super::check::missing;
use crate::error::CoreError;
use crate::store::{Job, NewJob};
use domain::fax::FaxDraft;
use domain::ids::{FaxDraftId, OutgoingId};
use domain::ipc::texting::Written;
use domain::outgoing::{OutgoingState, TAKE_BACK_SECONDS};
use jiff::{SignedDuration, Timestamp};
use ringcentral::Client;

impl FaxDesk {
    /// Sends a fax: it is no draft any more, and leaves after a moment in which it can be taken back.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent as it is; the draft stays then. [`CoreError::Store`].
    pub async fn send(&self, client: Option<&Client>, id: FaxDraftId) -> Result<Written, CoreError> {
        let record = self.open_record(id).await?;
        let mut problems = missing(&record);
        problems.extend(self.problems(&record).await?);
        problems.extend(self.blocked(client).await);
        if !problems.is_empty() {
            return Err(CoreError::Invalid(problems.join(" ")));
        }
        let _held = self.documents.hold().await;
        let job = self.job(&record).await?;
        let leaves_at = self.leaves_at();
        let row = self
            .store
            .send_fax_draft(id, &NewJob::for_person(Job::Fax(job), leaves_at))
            .await?;
        Ok(Written { id: row, leaves_at })
    }

    /// Takes a fax back that has not begun to leave.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it has.
    pub async fn take_back(&self, id: OutgoingId) -> Result<FaxDraft, CoreError> {
        // What was made of it is asked for first: a row that no draft belongs to is not ours to cancel.
        self.store.fax_draft_of(id).await?.ok_or(CoreError::TooLate)?;
        self.store.cancel_job(id).await?.ok_or(CoreError::TooLate)?;
        self.draft_again(id).await
    }

    /// Stops an upload. What has left already is looked for.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when none is under way.
    pub fn cancel_upload(&self, id: OutgoingId) -> Result<(), CoreError> {
        if self.uploads.stop(id) {
            Ok(())
        } else {
            Err(CoreError::TooLate)
        }
    }

    /// Sends a failed fax again as it is. One that RingCentral has is not uploaded again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more, [`CoreError::Invalid`] when that cannot help.
    pub async fn retry(&self, id: OutgoingId) -> Result<Written, CoreError> {
        let row = self.store.job(id).await?;
        if let (Some(remote_id), OutgoingState::Failed { .. }) = (&row.remote_id, &row.state)
            && let Some(item) = self.store.message_of_job(remote_id).await?
        {
            return self.resend(item).await;
        }
        let again = self.store.retry_job(id).await?;
        if again != id {
            self.store.hand_fax_draft_on(id, again).await?;
        }
        Ok(Written {
            id: again,
            leaves_at: self.store.clock().now(),
        })
    }

    /// Makes a failed fax a draft again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more, [`CoreError::Invalid`] when nothing of it is here to be changed.
    pub async fn edit(&self, id: OutgoingId) -> Result<FaxDraft, CoreError> {
        let row = self.store.job(id).await?;
        if !matches!(row.state, OutgoingState::Failed { .. }) {
            return Err(CoreError::TooLate);
        }
        if self.store.fax_draft_of(id).await?.is_none() {
            return Err(CoreError::Invalid(
                "This fax was sent on from RingCentral, so there is nothing here to change. Begin a new one."
                    .to_owned(),
            ));
        }
        self.store.dismiss_job(id).await?.ok_or(CoreError::TooLate)?;
        self.draft_again(id).await
    }

    /// Puts a failed or unknown fax away. An unknown one is not sent again then.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is neither any more.
    pub async fn discard(&self, id: OutgoingId) -> Result<(), CoreError> {
        self.store
            .dismiss_job(id)
            .await?
            .map(|_| ())
            .ok_or(CoreError::TooLate)
    }

    /// Takes [`Self::discard`] back.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it was found out meanwhile what became of it.
    pub async fn restore(&self, id: OutgoingId) -> Result<(), CoreError> {
        Ok(self.store.restore_job(id).await?)
    }

    async fn draft_again(&self, row: OutgoingId) -> Result<FaxDraft, CoreError> {
        let id = self.store.fax_is_draft_again(row).await?;
        self.draft(id).await
    }

    fn leaves_at(&self) -> Timestamp {
        let now = self.store.clock().now();
        now.saturating_add(SignedDuration::from_secs(TAKE_BACK_SECONDS))
            .unwrap_or(now)
    }
}
