//! Texts from the first letter to the row in the outbox: drafts, whom they go to, what is checked before, what failed
//! texts mean.
//!
//! Carrying them out is the outbox's. Segments, templates and consent are in `domain`, because the window needs them while
//! somebody types.

pub mod delivery_words;
pub mod media_limits;
pub mod quiet_hours;

mod compose;
mod consents;
mod pictures;
mod sending;
#[cfg(test)]
mod tests;
mod threads;

use crate::error::CoreError;
use crate::store::Store;
use pictures::Pictures;
use std::path::PathBuf;

/// Writing texts in one account. Clones share it.
#[derive(Debug, Clone)]
pub struct Texting {
    store: Store,
    pictures: Pictures,
}

impl Texting {
    /// Keeps files that wait to be sent in `folder`, which need not exist yet.
    pub fn new(store: Store, folder: PathBuf) -> Self {
        Self {
            pictures: Pictures::new(store.clone(), folder),
            store,
        }
    }

    /// Deletes files that were sent.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn sweep(&self) -> Result<(), CoreError> {
        self.pictures.sweep().await
    }
}
