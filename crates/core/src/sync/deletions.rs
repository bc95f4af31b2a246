//! Telling the server which voicemails were deleted here and which faxes for later were called back, and asking it about those
//! that are missing there.
//!
//! A second deletion of the same message purges what the first left restorable (developers.ringcentral.com/guide/messaging/
//! message-store/messaging), so a deletion whose answer was lost is looked at before it is repeated. Each request names exactly
//! one message: a deletion without ids deletes everything.

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use crate::store::{PendingCallBack, PendingDeletion};
use domain::ids::CommunicationId;
use ringcentral::Priority;
use ringcentral::api::ExtensionRef;
use ringcentral::api::message::{Availability, MessageStatus};
use ringcentral::id::MessageId;

impl Sync {
    pub(super) async fn deletions_step(&self) -> Result<Next, SyncError> {
        // Somebody waits for it, and it may soon be too late.
        if let Some(call_back) = self.store().next_call_back().await? {
            self.call_fax_back(call_back).await?;
            return Ok(Next::Again);
        }
        if let Some((id, remote_id)) = self.store().next_doubtful().await? {
            self.settle_doubt(id, &remote_id).await?;
            return Ok(Next::Again);
        }
        let Some(next) = self.store().next_deletion().await? else {
            return Ok(Lane::Deletions.rest());
        };
        let wait = next.not_before.duration_since(self.now());
        if wait.is_positive() {
            return Ok(Next::After(wait));
        }
        self.carry_out(next).await?;
        self.voicemails().delete_orphans().await;
        Ok(Next::Again)
    }

    async fn carry_out(&self, deletion: PendingDeletion) -> Result<(), SyncError> {
        let id = MessageId::new(deletion.remote_id.clone());
        if !self.store().begin_deletion(deletion.id).await? {
            // Taken back in the last moment.
            return Ok(());
        }
        let is_gone = deletion.is_gone || (deletion.is_begun && !self.is_alive(&id).await?);
        if !is_gone {
            let deleted = self
                .client()
                .message_store()
                .delete(&ExtensionRef::Own, &[id], false, Priority::Event)
                .await;
            match deleted {
                Ok(()) => {}
                Err(error) if error.is_not_found() => {}
                Err(error) if is_refused(&error) => {
                    tracing::warn!(%error, "RingCentral does not delete a voicemail; it is shown again");
                    return Ok(self.store().give_up_deletion(deletion.id).await?);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(self.store().finish_deletion(deletion.id).await?)
    }

    /// A fax that is still queued is not sent when its message is deleted
    /// (developers.ringcentral.com/guide/messaging/fax/sending-faxes). It is looked at first: to delete one that has been sent
    /// would only lose the record of it.
    async fn call_fax_back(&self, call_back: PendingCallBack) -> Result<(), SyncError> {
        let id = MessageId::new(call_back.remote_id.clone());
        let found = self
            .client()
            .message_store()
            .get(&ExtensionRef::Own, &id, Priority::Interactive)
            .await;
        let is_there = match found {
            Ok(message) if message.availability == Availability::Alive => {
                if message.message_status != Some(MessageStatus::Queued) {
                    tracing::info!("a fax was called back too late");
                    return Ok(self.store().give_up_call_back(call_back.id).await?);
                }
                true
            }
            Ok(_) => false,
            Err(error) if error.is_not_found() => false,
            Err(error) if is_refused(&error) => {
                return Ok(self.store().give_up_call_back(call_back.id).await?);
            }
            Err(error) => return Err(error.into()),
        };
        if is_there {
            self.store().begin_call_back(call_back.id).await?;
            let deleted = self
                .client()
                .message_store()
                .delete(&ExtensionRef::Own, &[id], false, Priority::Interactive)
                .await;
            match deleted {
                Ok(()) => {}
                Err(error) if error.is_not_found() => {}
                Err(error) if is_refused(&error) => {
                    tracing::warn!(%error, "RingCentral does not give a fax back");
                    return Ok(self.store().give_up_call_back(call_back.id).await?);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(self.store().finish_call_back(&call_back).await?)
    }

    /// A list of the server lacked it. `Deleted` is what a person does; everything else RingCentral does by itself.
    async fn settle_doubt(&self, id: CommunicationId, remote_id: &str) -> Result<(), SyncError> {
        let message = MessageId::new(remote_id.to_owned());
        let found = self
            .client()
            .message_store()
            .get(&ExtensionRef::Own, &message, Priority::Backfill)
            .await;
        let availability = match found {
            Ok(message) => message.availability,
            Err(error) if error.is_not_found() || is_refused(&error) => Availability::Purged,
            Err(ringcentral::Error::Decode { .. }) => Availability::Purged,
            Err(error) => return Err(error.into()),
        };
        match availability {
            Availability::Deleted => {
                self.store().forget_voicemail(id).await?;
                self.voicemails().delete_orphans().await;
            }
            availability => {
                let is_there = availability == Availability::Alive;
                self.store().settle_doubt(id, is_there).await?;
            }
        }
        Ok(())
    }

    async fn is_alive(&self, id: &MessageId) -> Result<bool, SyncError> {
        let found = self
            .client()
            .message_store()
            .get(&ExtensionRef::Own, id, Priority::Event)
            .await;
        match found {
            Ok(message) => Ok(message.availability == Availability::Alive),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn is_refused(error: &ringcentral::Error) -> bool {
    use ringcentral::Error as Vendor;
    match error {
        Vendor::Api(_) => !error.is_transient(),
        Vendor::Forbidden { .. } => true,
        _ => false,
    }
}
