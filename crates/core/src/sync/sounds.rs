//! Fetching the sound of voicemail and the documents of faxes before anybody asks: what nobody has heard or read yet, and what
//! RingCentral is about to lose.
//!
//! The newest come first, faxes before sounds: they are small. Room for sounds is made before they are fetched; faxes stay. What
//! is found in a sound is for [`crate::voicemail`] to find.

use super::lane::{Lane, Next};
use super::transcripts::concerns_only_this;
use super::{Sync, SyncError};
use crate::attachments::AttachmentError;
use ringcentral::Priority;

/// More are looked at only if these cannot be had.
const AT_ONCE: u32 = 250;

impl Sync {
    pub(super) async fn sounds_step(&self) -> Result<Next, SyncError> {
        if self.fetch_fax().await? {
            return Ok(Next::Again);
        }
        let voicemails = self.voicemails();
        let mut wanted = voicemails.wanted(AT_ONCE).await?;
        wanted.retain(|one| !self.is_given_up(one.attachment));
        if wanted.is_empty() {
            return Ok(Lane::Sounds.rest());
        }
        let has_room = voicemails.make_room().await?;
        // What is about to be lost is kept whatever it takes.
        let next = wanted.into_iter().find(|one| has_room || one.is_near_loss);
        let Some(next) = next else {
            return Ok(Lane::Sounds.rest());
        };
        match voicemails
            .bring(
                self.client(),
                next.communication,
                next.attachment,
                Priority::Backfill,
            )
            .await
        {
            Ok(()) => {}
            Err(AttachmentError::Vendor(error)) if concerns_only_this(&error) => {
                tracing::info!(%error, "the sound of a voicemail cannot be had");
                self.give_up(next.attachment);
            }
            // Deleted while it was fetched.
            Err(AttachmentError::Store(crate::store::StoreError::NotFound { .. })) => {
                self.give_up(next.attachment);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Next::Again)
    }

    /// True when there was one to fetch.
    async fn fetch_fax(&self) -> Result<bool, SyncError> {
        let mut wanted = self.faxes().wanted(AT_ONCE).await?;
        wanted.retain(|one| !self.is_given_up(one.attachment));
        let Some(next) = wanted.first() else {
            return Ok(false);
        };
        let brought = self
            .faxes()
            .bring(self.client(), next.attachment, Priority::Backfill);
        match brought.await {
            Ok(()) => {}
            Err(AttachmentError::Vendor(error)) if concerns_only_this(&error) => {
                tracing::info!(%error, "the document of a fax cannot be had");
                self.give_up(next.attachment);
            }
            // Deleted while it was fetched.
            Err(AttachmentError::Store(crate::store::StoreError::NotFound { .. })) => {
                self.give_up(next.attachment);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }
}
