//! Why a recording cannot be played, in words.

use std::io;

/// Nothing of a recording can be played.
#[derive(Debug, thiserror::Error)]
pub enum SoundFault {
    #[error("The recording is empty.")]
    Empty,
    #[error("RingCentral sent something that is not a recording.")]
    NotASound,
    #[error("The recording is damaged: nothing of it can be played.")]
    Damaged,
    #[error("The recording is longer than three hours. It can be saved and played with another program.")]
    TooLong,
    /// The disk, and not the recording.
    #[error("The recording could not be read from the disk.")]
    Unreadable(#[source] io::Error),
}

impl SoundFault {
    /// It lies in the recording itself: looking again finds the same.
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Self::Unreadable(_))
    }

    /// Something on the way may have answered in RingCentral's place: the file is worth fetching again.
    pub fn may_be_another_file(&self) -> bool {
        matches!(self, Self::Empty | Self::NotASound)
    }
}
