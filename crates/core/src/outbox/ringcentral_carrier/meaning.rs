//! What became of a request, as it counts for its row.

use super::super::STOPPED;
use super::super::carrier::Carried;
use super::sending::{Failure, Sent};
use crate::fax_desk::error_words;
use crate::store::Refusal;
use crate::sync::pacing::Trouble;
use crate::sync::trouble_of;
use crate::texting::delivery_words::{self, Retry};
use jiff::SignedDuration;
use ringcentral::Error;
use ringcentral::error::RequestOutcome;

/// What a row's try came to.
pub(super) fn of(sent: Result<Sent, Failure>, is_fax: bool) -> Carried {
    match sent {
        Ok(Sent::Taken(trace)) => Carried::Accepted(trace),
        Ok(Sent::Stopped { had_left: true, .. }) => Carried::Unknown {
            words: "It was stopped when everything had been handed over already.".to_owned(),
        },
        Ok(Sent::Stopped { by_person: true, .. }) => Carried::Refused(Refusal {
            code: Some(STOPPED.to_owned()),
            words: "You stopped it before it had left. Nothing was sent.".to_owned(),
            can_retry: true,
        }),
        Ok(Sent::Stopped { .. }) => Carried::Stopped,
        Err(Failure::Vendor(error)) => of_error(&error, is_fax),
        Err(Failure::CutOff { percent }) => Carried::CutOff { percent },
        Err(Failure::FileMissing(name)) => Carried::Refused(Refusal {
            code: None,
            words: format!("“{name}” is no longer on this computer. Add the file again and send it anew."),
            can_retry: false,
        }),
    }
}

/// What a failed request means for its row.
fn of_error(error: &Error, is_fax: bool) -> Carried {
    let code = error.code().map(str::to_owned);
    if error.outcome() == RequestOutcome::Unknown {
        return Carried::Unknown {
            words: match trouble_of(error) {
                Trouble::Offline => "The connection broke before the answer came.".to_owned(),
                other => other.to_string(),
            },
        };
    }
    match trouble_of(error) {
        trouble @ (Trouble::Offline | Trouble::RateLimited { .. } | Trouble::SignInRequired) => {
            Carried::NotSent { trouble, code }
        }
        // 503 with `Retry-After`: turned away for so long.
        trouble if error.is_transient() => Carried::NotSent {
            trouble: match error
                .retry_after()
                .and_then(|wait| SignedDuration::try_from(wait).ok())
            {
                Some(retry_after) => Trouble::RateLimited { retry_after },
                None => trouble,
            },
            code,
        },
        trouble => Carried::Refused(match &code {
            Some(code) if is_fax && error_words::of_refusal(code).is_some() => Refusal {
                can_retry: false,
                words: error_words::of_refusal(code).unwrap_or_default().to_owned(),
                code: Some(code.clone()),
            },
            Some(code) if !is_fax => {
                let explanation = delivery_words::of_refusal(code, parameter(error));
                Refusal {
                    can_retry: explanation.retry != Retry::Never,
                    words: explanation.to_string(),
                    code: Some(code.clone()),
                }
            }
            _ => Refusal {
                words: trouble.to_string(),
                can_retry: true,
                code,
            },
        }),
    }
}

fn parameter(error: &Error) -> Option<&str> {
    match error {
        Error::Api(api) | Error::Forbidden { api, .. } => api.parameter.as_deref(),
        _ => None,
    }
}

/// Transcriptions are stepped by themselves and never come here.
pub(super) fn not_of_ringcentral() -> Carried {
    Carried::Refused(Refusal {
        code: None,
        words: "This is not done at RingCentral.".to_owned(),
        can_retry: false,
    })
}
