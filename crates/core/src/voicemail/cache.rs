//! Which sounds are on this computer. Those that were heard and that RingCentral still has make room for others, the ones that
//! nobody listened to for longest first; what is only here, unheard, or about to be lost never does.

use super::Voicemails;
use crate::mailbox::{SAFE_PLACES, safe_until};
use crate::store::{StoreError, WantedSound};

const BYTES_PER_MB: u64 = 1024 * 1024;

impl Voicemails {
    /// Sounds to fetch before anybody asks, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn wanted(&self, limit: u32) -> Result<Vec<WantedSound>, StoreError> {
        let safe_until = safe_until(self.store.clock().now());
        self.store.wanted_sounds(SAFE_PLACES, safe_until, limit).await
    }

    /// Deletes files until there is room within the limit of the settings; false when there is none to be made.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn make_room(&self) -> Result<bool, StoreError> {
        let limit = u64::from(self.store.settings().await?.voicemail_cache_mb).saturating_mul(BYTES_PER_MB);
        let mut used = self.store.cached_sound_bytes().await?;
        if used < limit {
            return Ok(true);
        }
        let safe_until = safe_until(self.store.clock().now());
        for sound in self.store.sounds_to_spare(SAFE_PLACES, safe_until).await? {
            if used < limit {
                break;
            }
            self.store.orphan_file(sound.attachment).await?;
            used = used.saturating_sub(sound.size_bytes);
        }
        self.delete_orphans().await;
        Ok(used < limit)
    }
}
