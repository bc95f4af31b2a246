//! Fetching the words of voicemail that RingCentral has transcribed, so that they can be read offline and searched.
//!
//! The sound itself is fetched when somebody wants to hear it.

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use ringcentral::Priority;
use ringcentral::media::Download;

/// A transcript is a few hundred words; more than this is something else.
const LARGEST_BYTES: u64 = 256 * 1024;
const AT_ONCE: u32 = 100;

impl Sync {
    pub(super) async fn transcripts_step(&self) -> Result<Next, SyncError> {
        let awaited = self.store().awaited_transcripts(AT_ONCE).await?;
        let Some(next) = awaited.into_iter().find(|one| !self.is_given_up(one.attachment)) else {
            return Ok(Lane::Transcripts.rest());
        };
        let mut content = Vec::new();
        let options = Download::new(LARGEST_BYTES, Priority::Backfill);
        match self
            .client()
            .message_store()
            .content(&next.uri, &options, &mut content)
            .await
        {
            Ok(_) => {
                let text = String::from_utf8_lossy(&content);
                self.store()
                    .set_transcript(next.communication, text.trim())
                    .await?;
            }
            Err(error) if concerns_only_this(&error) => {
                tracing::info!(%error, "a transcript cannot be had");
                self.give_up(next.attachment);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Next::Again)
    }
}

/// Whether the next transcript is worth trying all the same.
pub(super) fn concerns_only_this(error: &ringcentral::Error) -> bool {
    use ringcentral::Error as Vendor;
    match error {
        Vendor::Api(_) => !error.is_transient(),
        Vendor::BodyTooLarge { .. } | Vendor::UntrustedHost { .. } | Vendor::Decode { .. } => true,
        _ => false,
    }
}
