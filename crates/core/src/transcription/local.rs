//! Whisper on this computer: nothing leaves it.
//!
//! One piece of a recording at a time, on one thread of low priority: whisper.cpp's own threads wait for each other by spinning,
//! so that several of them are slower than one as soon as the computer has something else to do. The model is loaded for a
//! recording and dropped after it.

#[cfg(feature = "local-whisper")]
mod pieces;
#[cfg(feature = "local-whisper")]
mod places;
#[cfg(feature = "local-whisper")]
mod whisper;

use super::error::TranscribeError;
use super::{Sound, Transcriber, Watch};
use crate::store::TranscriptRecord;
use async_trait::async_trait;
use std::path::PathBuf;

/// Why nothing can be written down here, whatever models there are; `None` when it can.
pub(super) fn hindrance() -> Option<&'static str> {
    if !cfg!(feature = "local-whisper") {
        return Some("This program was built without transcription on this computer.");
    }
    if !has_instructions() {
        return Some("The processor of this computer is too old for transcription (it has no AVX2).");
    }
    None
}

/// whisper.cpp is built for processors with these, and would end the program on others.
#[cfg(target_arch = "x86_64")]
fn has_instructions() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("fma")
        && std::arch::is_x86_feature_detected!("f16c")
        && std::arch::is_x86_feature_detected!("bmi2")
}

#[cfg(not(target_arch = "x86_64"))]
fn has_instructions() -> bool {
    true
}

/// Whisper with a model.
#[derive(Debug, Clone)]
pub struct ThisComputer {
    file: PathBuf,
    model: String,
}

impl ThisComputer {
    /// The model in a file, and what it is called.
    pub fn new(file: impl Into<PathBuf>, model: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            model: model.into(),
        }
    }
}

#[async_trait]
impl Transcriber for ThisComputer {
    #[cfg(feature = "local-whisper")]
    async fn transcribe(&self, sound: &Sound, watch: &Watch) -> Result<TranscriptRecord, TranscribeError> {
        if let Some(why) = hindrance() {
            return Err(TranscribeError::refused(why, false));
        }
        whisper::transcribe(
            self.file.clone(),
            self.model.clone(),
            sound.clone(),
            watch.clone(),
        )
        .await
    }

    #[cfg(not(feature = "local-whisper"))]
    async fn transcribe(&self, _sound: &Sound, _watch: &Watch) -> Result<TranscriptRecord, TranscribeError> {
        Err(TranscribeError::refused(
            format!(
                "This program was built without transcription on this computer, so {} in {} is of no use to it.",
                self.model,
                self.file.display()
            ),
            false,
        ))
    }
}
