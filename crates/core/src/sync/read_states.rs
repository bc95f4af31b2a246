//! Telling the server which messages were read here. The wishes are rows of the store, so they outlive a crash and a
//! day without network; saying the same thing twice does no harm.

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use ringcentral::Priority;
use ringcentral::api::ExtensionRef;
use ringcentral::api::message::ReadStatus;
use ringcentral::id::MessageId;

const AT_ONCE: u32 = 20;

impl Sync {
    pub(super) async fn read_states_step(&self) -> Result<Next, SyncError> {
        let pending = self.store().pending_read_states(AT_ONCE).await?;
        if pending.is_empty() {
            return Ok(Lane::ReadStates.rest());
        }
        for state in pending {
            let id = MessageId::new(state.remote_id.clone());
            let status = if state.is_read {
                ReadStatus::Read
            } else {
                ReadStatus::Unread
            };
            let told = self
                .client()
                .message_store()
                .set_read_status(&ExtensionRef::Own, &id, status, Priority::Event)
                .await;
            match told {
                Ok(_) => {}
                // Gone there: nobody will ever want to know. Any other refusal of this one message would block the rest.
                Err(error) if error.is_not_found() || is_refused(&error) => {
                    tracing::info!(%error, "the server does not take a read state; it stays as it is here");
                }
                Err(error) => return Err(error.into()),
            }
            self.store().settle_read_states(&[state]).await?;
        }
        Ok(Next::Again)
    }
}

fn is_refused(error: &ringcentral::Error) -> bool {
    matches!(error, ringcentral::Error::Api(_)) && !error.is_transient()
}
