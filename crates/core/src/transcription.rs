//! Writing voicemail down: by RingCentral, on this computer, or by a service that a person has allowed.
//!
//! RingCentral's own words come with the synchronisation. Everyone else is a [`Transcriber`] and is asked by
//! [`Transcriptions`], one recording at a time, from rows of the outbox. Who is asked is decided by [`choice`]; whether a
//! recording may leave this computer, by [`Courier`](courier::Courier) at the moment of sending, and nowhere else. Nothing
//! here plays, searches or shows anything.

pub mod choice;
mod courier;
mod error;
mod gemini;
mod local;
pub mod models;
mod numbers_said;
mod open_ai;
mod own_keys;
mod queue;
mod sound;
mod staff;
#[cfg(test)]
mod tests;

pub use error::TranscribeError;
pub use local::ThisComputer;
pub use numbers_said::numbers_said;
pub use own_keys::OwnKeys;
pub use queue::{Recordings, Step, Transcriptions};
pub use sound::Sound;
pub use staff::{CurrentSettings, Means, Staff, Team, Tested};

use crate::store::TranscriptRecord;
use async_trait::async_trait;
use domain::transcription::{TranscriberKind, TranscriptionSettings};
use std::fmt;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Somebody who writes recordings down.
#[async_trait]
pub trait Transcriber: Send + Sync + fmt::Debug {
    /// Writes one recording down. Dropping the future stops it.
    ///
    /// # Errors
    /// [`TranscribeError`], in words, and whether trying again can help.
    async fn transcribe(&self, sound: &Sound, watch: &Watch) -> Result<TranscriptRecord, TranscribeError>;
}

/// Watches over a transcription that is under way: hears how far it is and can stop it.
#[derive(Clone)]
pub struct Watch {
    cancelled: CancellationToken,
    progress: Arc<dyn Fn(u8) + Send + Sync>,
}

impl Watch {
    /// Stops when `cancelled`; `progress` hears percents.
    pub fn new(cancelled: CancellationToken, progress: impl Fn(u8) + Send + Sync + 'static) -> Self {
        Self {
            cancelled,
            progress: Arc::new(progress),
        }
    }

    /// Never stops it and does not listen.
    pub fn idle() -> Self {
        Self::new(CancellationToken::new(), |_| {})
    }

    /// It is to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.is_cancelled()
    }

    /// Ends when it is to stop.
    pub async fn cancelled(&self) {
        self.cancelled.cancelled().await;
    }

    /// Says how far it is.
    pub fn progress(&self, percent: u8) {
        (self.progress)(percent);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("is_cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}

/// Whether settings can be kept.
///
/// # Errors
/// Plain language, when an address cannot be used or nobody of that kind can be asked.
pub fn check_settings(settings: &TranscriptionSettings) -> Result<(), String> {
    gemini::address(&settings.gemini)?;
    open_ai::address(&settings.open_ai)?;
    models::check_address(&settings.models_address)?;
    for (index, kind) in settings.order.iter().enumerate() {
        if *kind == TranscriberKind::RingCentral {
            return Err("RingCentral writes by itself and has no place in the order.".to_owned());
        }
        if settings.order.iter().take(index).any(|earlier| earlier == kind) {
            return Err("Nobody can stand twice in the order.".to_owned());
        }
    }
    Ok(())
}
