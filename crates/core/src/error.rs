//! The one error that leaves the core, and its crossing to the window.
//!
//! Each module has its own error with its own source; on the way out it becomes a [`CoreError`], whose message says in
//! plain words what happened, what it means and what to do. No message quotes a phone number, a text or a token.

use crate::contacts::ContactError;
use crate::store::StoreError;
use domain::ipc::{ErrorCode, IpcError};
use std::error::Error as StdError;

/// A cause that is kept for the log while the words go to the person.
pub type Cause = Box<dyn StdError + Send + Sync>;

/// Anything that a command of the core can fail with.
#[derive(Debug, thiserror::Error)]
pub enum CoreError {
    /// The request makes no sense; the text says which part and why.
    #[error("{0}")]
    Invalid(String),
    /// `what` reads as the subject of a sentence: `This voicemail`.
    #[error("{what} is no longer here. It may have been deleted.")]
    NotFound { what: &'static str },
    #[error("Nobody is signed in. Connect RingCentral or start the demo company first.")]
    SignInRequired,
    /// RingCentral does not let this person or this application do it.
    #[error("{message}")]
    NotPermitted {
        message: String,
        #[source]
        source: Option<Cause>,
    },
    #[error("RingCentral cannot be reached. Check the network; what is on this computer stays readable.")]
    Offline {
        #[source]
        source: Option<Cause>,
    },
    #[error("RingCentral asked us to slow down. It goes on by itself in {retry_after_seconds} seconds.")]
    RateLimited { retry_after_seconds: u64 },
    /// RingCentral answered with an error.
    #[error("{message}")]
    Vendor {
        message: String,
        #[source]
        source: Option<Cause>,
    },
    /// The local store or a file beside it failed.
    #[error("{message}")]
    Store {
        message: String,
        #[source]
        source: Option<Cause>,
    },
    #[error("It is too late to take that back.")]
    TooLate,
    #[error("Cancelled.")]
    Cancelled,
    /// A fault of this program.
    #[error("Something went wrong inside Switchboard: {message}")]
    Internal {
        message: String,
        #[source]
        source: Option<Cause>,
    },
}

impl CoreError {
    /// What the window branches on.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid(_) => ErrorCode::Invalid,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::SignInRequired => ErrorCode::SignInRequired,
            Self::NotPermitted { .. } => ErrorCode::NotPermitted,
            Self::Offline { .. } => ErrorCode::Offline,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::Vendor { .. } => ErrorCode::Vendor,
            Self::Store { .. } => ErrorCode::Store,
            Self::TooLate => ErrorCode::TooLate,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::Internal { .. } => ErrorCode::Internal,
        }
    }

    /// A fault of this program that was met while doing `message`.
    pub fn internal(message: impl Into<String>, source: impl Into<Cause>) -> Self {
        Self::Internal {
            message: message.into(),
            source: Some(source.into()),
        }
    }

    /// A failure of the local files; `message` says what and what to do about it.
    pub fn store(message: impl Into<String>, source: impl Into<Cause>) -> Self {
        Self::Store {
            message: message.into(),
            source: Some(source.into()),
        }
    }
}

impl From<StoreError> for CoreError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what } => Self::NotFound { what },
            StoreError::TooLate => Self::TooLate,
            other => Self::Store {
                message: other.to_string(),
                source: Some(other.into()),
            },
        }
    }
}

impl From<ContactError> for CoreError {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Invalid(words) => Self::Invalid(words),
            ContactError::Store(error) => error.into(),
        }
    }
}

impl From<CoreError> for IpcError {
    fn from(error: CoreError) -> Self {
        Self::from(&error)
    }
}

impl From<&CoreError> for IpcError {
    fn from(error: &CoreError) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            retry_after_seconds: match error {
                CoreError::RateLimited { retry_after_seconds } => Some(*retry_after_seconds),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_crosses_to_the_window_as_a_number() {
        let crossed = IpcError::from(CoreError::RateLimited {
            retry_after_seconds: 42,
        });
        assert_eq!(crossed.code, ErrorCode::RateLimited);
        assert_eq!(crossed.retry_after_seconds, Some(42));
        assert!(crossed.message.contains("42 seconds"));
    }

    #[test]
    fn the_cause_is_kept_but_not_shown() {
        let error = CoreError::store("The store cannot be written.", "disk I/O error");
        assert!(error.source().is_some());
        assert!(!IpcError::from(&error).message.contains("I/O"));
    }
}
