//! What stops a step of the synchronisation, and what it means for the next one.
//!
//! Malformed records are no error: they are set aside and the step goes on.

use super::pacing::Trouble;
use crate::attachments::AttachmentError;
use crate::contacts::ContactError;
use crate::error::CoreError;
use crate::store::StoreError;
use jiff::SignedDuration;
use std::time::Duration;

/// A step that did not succeed. Nothing of its page was stored, its token neither.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Vendor(#[from] ringcentral::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The directory or the address book could not be taken over.
    #[error(transparent)]
    Contacts(#[from] ContactError),
    /// A file could not be kept.
    #[error(transparent)]
    Files(AttachmentError),
}

impl From<AttachmentError> for SyncError {
    fn from(error: AttachmentError) -> Self {
        match error {
            AttachmentError::Vendor(error) => Self::Vendor(error),
            AttachmentError::Store(error) => Self::Store(error),
            error => Self::Files(error),
        }
    }
}

impl SyncError {
    /// What happens next because of it.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Vendor(error) => trouble_of(error),
            Self::Store(error) => Trouble::NotStored {
                message: error.to_string(),
            },
            Self::Contacts(error) => Trouble::NotStored {
                message: error.to_string(),
            },
            Self::Files(error) => Trouble::NotStored {
                message: error.to_string(),
            },
        }
    }
}

impl From<SyncError> for CoreError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Vendor(error) => error.into(),
            SyncError::Store(error) => error.into(),
            SyncError::Contacts(error) => error.into(),
            SyncError::Files(error) => error.into(),
        }
    }
}

/// What an error of the vendor's means for whoever tries again later.
pub fn trouble_of(error: &ringcentral::Error) -> Trouble {
    use ringcentral::Error as Vendor;
    match error {
        Vendor::Network { .. } | Vendor::Timeout { .. } => Trouble::Offline,
        Vendor::RateLimited { retry_after, .. } => Trouble::RateLimited {
            retry_after: signed(*retry_after),
        },
        Vendor::SignInRequired { .. } | Vendor::SignInRefused { .. } => Trouble::SignInRequired,
        Vendor::Forbidden { permission, .. } => Trouble::Forbidden {
            message: forbidden(permission.as_deref()),
        },
        other => Trouble::Failed {
            message: failed(other),
        },
    }
}

fn forbidden(permission: Option<&str>) -> String {
    match permission {
        Some(name) => format!(
            "RingCentral does not allow it: the permission {name} is missing. An administrator can grant it."
        ),
        None => "RingCentral does not allow it to this person or this application.".to_owned(),
    }
}

fn failed(error: &ringcentral::Error) -> String {
    match error {
        ringcentral::Error::Api(api) if error.is_transient() => {
            format!(
                "RingCentral has a problem at the moment (error {}). It is tried again by itself.",
                api.status
            )
        }
        ringcentral::Error::Api(api) => {
            let code = api
                .code
                .as_deref()
                .map(|code| format!(", {code}"))
                .unwrap_or_default();
            format!("RingCentral refused the request (error {}{code}).", api.status)
        }
        ringcentral::Error::Decode { .. } | ringcentral::Error::BodyTooLarge { .. } => {
            "RingCentral sent something that cannot be read. It is tried again by itself.".to_owned()
        }
        ringcentral::Error::TokenStore(_) => "The keychain of this computer cannot be read.".to_owned(),
        other => other.to_string(),
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::from_hours(1))
}

impl From<ringcentral::Error> for CoreError {
    fn from(error: ringcentral::Error) -> Self {
        match trouble_of(&error) {
            Trouble::Offline => Self::Offline {
                source: Some(error.into()),
            },
            Trouble::RateLimited { retry_after } => Self::RateLimited {
                retry_after_seconds: retry_after.as_secs().unsigned_abs().max(1),
            },
            Trouble::SignInRequired => match error {
                // Refused at the door: the reason is about what was typed in, not about a session that ended.
                ringcentral::Error::SignInRefused { reason } => Self::NotPermitted {
                    message: format!("RingCentral refused the sign-in: {reason}"),
                    source: None,
                },
                _ => Self::SignInRequired,
            },
            Trouble::Forbidden { message } => Self::NotPermitted {
                message,
                source: Some(error.into()),
            },
            Trouble::Failed { message } | Trouble::NotStored { message } => match &error {
                ringcentral::Error::Configuration(reason) => Self::Invalid(sentence(reason)),
                _ if error.is_not_found() => Self::NotFound { what: "This item" },
                _ => Self::Vendor {
                    message,
                    source: Some(error.into()),
                },
            },
        }
    }
}

/// `the client id is empty` becomes `The client id is empty.`
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ipc::ErrorCode;

    #[test]
    fn a_refused_sign_in_says_why_and_a_broken_session_asks_to_sign_in() {
        let refused = CoreError::from(ringcentral::Error::SignInRefused {
            reason: "Invalid client".into(),
        });
        assert_eq!(refused.code(), ErrorCode::NotPermitted);
        assert!(refused.to_string().contains("Invalid client"));
        let ended = ringcentral::Error::SignInRequired {
            reason: "Token revoked".into(),
            code: None,
        };
        assert_eq!(CoreError::from(ended).code(), ErrorCode::SignInRequired);
    }

    #[test]
    fn a_wrong_setting_is_told_as_a_sentence() {
        let error = CoreError::from(ringcentral::Error::Configuration("the client id is empty".into()));
        assert_eq!(error.to_string(), "The client id is empty.");
    }
}
