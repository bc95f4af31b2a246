//! A recording on its way to somebody who writes it down.
//!
//! It is looked at here before anything leaves: what cannot be played is not sent anywhere either.

use super::error::TranscribeError;
use crate::voicemail::sound::{self as recording, Extent, SoundFault, WavFault};
use bytes::Bytes;
use std::io::Cursor;

/// A recording.
#[derive(Clone)]
pub struct Sound {
    /// The file as it came; what it is shows in its content.
    pub content: Bytes,
}

/// Never shows what was said.
impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sound")
            .field("bytes", &self.content.len())
            .finish()
    }
}

/// A recording in a form that every service takes.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) content: Bytes,
    pub(super) content_type: &'static str,
    pub(super) file_name: &'static str,
    pub(super) duration_ms: u32,
}

impl Sound {
    /// How much is in it.
    ///
    /// # Errors
    /// [`SoundFault`] when nothing of it can be played.
    pub(super) fn extent(&self) -> Result<Extent, SoundFault> {
        recording::each_part(self.content.to_vec(), |_, _| Ok(()))
    }

    /// Wraps it for a service. MP3 goes as it is; WAV becomes plain samples, as not everyone reads mu-law.
    ///
    /// # Errors
    /// [`TranscribeError::Refused`] when nothing of it can be played.
    pub(super) async fn parcel(&self) -> Result<Parcel, TranscribeError> {
        let sound = self.clone();
        let wrapped = tokio::task::spawn_blocking(move || sound.wrap()).await;
        wrapped
            .map_err(|error| TranscribeError::later("The recording could not be prepared.").because(error))?
            .map_err(TranscribeError::from)
    }

    fn wrap(&self) -> Result<Parcel, SoundFault> {
        if !self.content.starts_with(b"RIFF") {
            let extent = self.extent()?;
            return Ok(Parcel {
                content: self.content.clone(),
                content_type: "audio/mpeg",
                file_name: "voicemail.mp3",
                duration_ms: extent.duration_ms(),
            });
        }
        let mut file = Cursor::new(Vec::new());
        let extent = match recording::write_wav(self.content.to_vec(), &mut file) {
            Ok(extent) => extent,
            Err(WavFault::Sound(fault)) => return Err(fault),
            Err(WavFault::Disk(error)) => return Err(SoundFault::Unreadable(error)),
        };
        Ok(Parcel {
            content: Bytes::from(file.into_inner()),
            content_type: "audio/wav",
            file_name: "voicemail.wav",
            duration_ms: extent.duration_ms(),
        })
    }
}
