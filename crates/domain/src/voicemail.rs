//! A voicemail beyond its line in the inbox: what the player shows, and how long RingCentral keeps it.

use crate::ids::{AttachmentId, CommunicationId};
use crate::kept::Kept;
use serde::{Deserialize, Serialize};

/// What the player shows. Everything but the peaks is known without the sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voicemail {
    pub item: CommunicationId,
    /// `None` when RingCentral has no sound for it.
    pub sound: Option<Sound>,
    /// Where somebody stopped listening; 0 when it was not begun or heard to the end.
    pub position_ms: u32,
    pub kept: Kept,
}

/// The recorded voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    pub attachment: AttachmentId,
    /// As measured when the sound is here, as RingCentral said (whole seconds) before.
    pub duration_ms: u32,
    /// The loudest moment of each of [`PEAKS`] equal parts, 0 to 255; empty until the sound was looked at.
    pub peaks: Vec<u8>,
    /// It was fetched and cannot be played: damaged, empty or not a sound at all. Plain language.
    pub fault: Option<String>,
}

/// How many peaks a sound has.
pub const PEAKS: usize = 240;

/// In which form a sound is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SoundFormat {
    /// As RingCentral recorded it, mostly MP3.
    AsReceived,
    /// Uncompressed, for programs that play nothing else.
    Wav,
}
