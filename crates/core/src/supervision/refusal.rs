//! What it means when RingCentral refuses a supervision.
//!
//! No codes are documented for it; the statuses are those of the API reference (`superviseCallSession`: 400, 403, 404), and
//! 409, which call control answers in a state that does not allow something.

use crate::error::CoreError;
use ringcentral::Error;

/// In words; `name` is the colleague's.
pub(super) fn words(error: &Error, name: &str) -> String {
    let status = match error {
        Error::Api(api) | Error::Forbidden { api, .. } => api.status,
        Error::RateLimited { retry_after, .. } => {
            let seconds = retry_after.as_secs().max(1);
            return format!("RingCentral asked us to slow down. Try again in {seconds} seconds.");
        }
        Error::SignInRequired { .. } => return "The sign-in has ended. Sign in again.".to_owned(),
        Error::Network { .. } | Error::Timeout { .. } => {
            return "RingCentral cannot be reached. Nothing was begun.".to_owned();
        }
        _ => 0,
    };
    match status {
        400 => "RingCentral cannot ring this phone for it. Choose another one of your desk phones or soft phones.".to_owned(),
        403 => format!(
            "RingCentral does not let you listen in to calls of {name}. An administrator can look at the call monitoring groups \
             and at the permissions of this app."
        ),
        404 => format!("The call is over, or {name} is no longer in it."),
        409 => "RingCentral refuses it at this moment: somebody else is listening in already, your phone is busy with another \
                supervision, or the call is just being transferred."
            .to_owned(),
        _ => "RingCentral could not begin it. Try again.".to_owned(),
    }
}

/// As it leaves the core.
pub(super) fn error(error: Error, name: &str) -> CoreError {
    let message = words(&error, name);
    match &error {
        Error::Forbidden { .. } => CoreError::NotPermitted {
            message,
            source: Some(error.into()),
        },
        Error::Api(api) if api.status == 403 => CoreError::NotPermitted {
            message,
            source: Some(error.into()),
        },
        Error::Api(_) => CoreError::Vendor {
            message,
            source: Some(error.into()),
        },
        _ => error.into(),
    }
}
