//! Why a recording could not be written down, in words.

use crate::error::Cause;
use crate::voicemail::sound::SoundFault;
use jiff::SignedDuration;

/// Why a recording could not be written down.
#[derive(Debug, thiserror::Error)]
pub enum TranscribeError {
    /// It was stopped.
    #[error("It was stopped.")]
    Cancelled,
    /// It may work later without anybody doing anything.
    #[error("{words}")]
    Later {
        words: String,
        /// How long we were asked to wait.
        after: Option<SignedDuration>,
        /// It says something about the recording or the service. What lies at the network alone never uses up the tries of
        /// a recording.
        counts: bool,
        #[source]
        source: Option<Cause>,
    },
    /// It will not work until somebody changes something; `can_retry` when the same recording may work then.
    #[error("{words}")]
    Refused {
        words: String,
        can_retry: bool,
        #[source]
        source: Option<Cause>,
    },
}

impl TranscribeError {
    pub(super) fn later(words: impl Into<String>) -> Self {
        Self::Later {
            words: words.into(),
            after: None,
            counts: true,
            source: None,
        }
    }

    /// Something cannot be reached at the moment.
    pub(super) fn unreached(words: impl Into<String>) -> Self {
        Self::Later {
            words: words.into(),
            after: None,
            counts: false,
            source: None,
        }
    }

    pub(super) fn refused(words: impl Into<String>, can_retry: bool) -> Self {
        Self::Refused {
            words: words.into(),
            can_retry,
            source: None,
        }
    }

    pub(super) fn because(self, cause: impl Into<Cause>) -> Self {
        match self {
            Self::Cancelled => Self::Cancelled,
            Self::Later {
                words, after, counts, ..
            } => Self::Later {
                words,
                after,
                counts,
                source: Some(cause.into()),
            },
            Self::Refused { words, can_retry, .. } => Self::Refused {
                words,
                can_retry,
                source: Some(cause.into()),
            },
        }
    }
}

impl From<SoundFault> for TranscribeError {
    fn from(fault: SoundFault) -> Self {
        let can_retry = !fault.is_lasting();
        Self::refused(fault.to_string(), can_retry).because(fault)
    }
}
