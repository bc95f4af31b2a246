//! Whether a failed request may have been carried out all the same.
//!
//! RingCentral knows no idempotency key: a text that is sent again because its answer was lost is two texts. Whoever
//! changes something has to know which failures leave that open. Nothing here decides what follows from it.

use super::Error;
use crate::api::operations::GET_TOKEN;

/// What is known of a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestOutcome {
    /// The server did not do it: it never got the request, or it refused it. Sending it again does it once.
    NotCarriedOut,
    /// The server may have done it. Only looking at its data tells; sending it again may do it twice.
    Unknown,
}

impl Error {
    /// Whether the request that failed with this error may have been carried out.
    ///
    /// | error | outcome | why |
    /// | --- | --- | --- |
    /// | [`Network`](Error::Network) before a connection stood | not carried out | nothing had been sent |
    /// | [`Network`](Error::Network) afterwards, cut answers included | unknown | the request may have arrived |
    /// | [`Timeout`](Error::Timeout) | unknown | the work may be done, or be under way |
    /// | [`RateLimited`](Error::RateLimited) | not carried out | held back here, or 429 |
    /// | [`SignInRequired`](Error::SignInRequired) and whatever a new token failed with | not carried out | there was no token to send it with, or a 401 |
    /// | 4xx other than 408 | not carried out | "the request should not be retried in unchanged form": a refusal |
    /// | 408 | unknown | the vendor treats it like a timeout |
    /// | 503 with `Retry-After` | not carried out | see below |
    /// | any other 5xx, 503 without `Retry-After` | unknown | "the server failed to fulfill" it, maybe halfway |
    /// | 3xx | unknown | the API has no redirections; whoever answered, it was not the API |
    /// | [`Decode`](Error::Decode), [`BodyTooLarge`](Error::BodyTooLarge) | unknown | most likely done: only the answer is unusable |
    ///
    /// Of a 503 the vendor says that the server "is currently unavailable" and that "the client may retry the original
    /// request" after `Retry-After`, while after any other 5xx it "should not repeat the request"
    /// (developers.ringcentral.com/guide/basics/formats/responses). A server that names the time of the next try has
    /// turned the request away; a 503 without one may come from a gateway that lost sight of the server behind it.
    ///
    /// For errors that reading operations failed with this says nothing of use.
    pub fn outcome(&self) -> RequestOutcome {
        let may_be_done = match self {
            // The token is fetched before the request leaves, or after the request was refused with 401.
            _ if self.operation() == Some(GET_TOKEN.id) => false,
            Error::Network { may_have_arrived, .. } => *may_have_arrived,
            Error::Api(api) | Error::Forbidden { api, .. } => match api.status {
                408 => true,
                400..=499 => false,
                503 => api.retry_after.is_none(),
                _ => true,
            },
            Error::Timeout { .. } | Error::Decode { .. } | Error::BodyTooLarge { .. } | Error::Write(_) => {
                true
            }
            Error::RateLimited { .. }
            | Error::SignInRequired { .. }
            | Error::SignInRefused { .. }
            | Error::TokenStore(_)
            | Error::UntrustedHost { .. }
            | Error::Loopback { .. }
            | Error::Configuration(_) => false,
        };
        if may_be_done {
            RequestOutcome::Unknown
        } else {
            RequestOutcome::NotCarriedOut
        }
    }

    /// The operation that failed, where the error belongs to one.
    fn operation(&self) -> Option<&'static str> {
        match self {
            Error::Network { operation, .. }
            | Error::Timeout { operation }
            | Error::Decode { operation, .. }
            | Error::BodyTooLarge { operation, .. } => Some(operation),
            Error::Api(api) | Error::Forbidden { api, .. } => Some(api.operation),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::error::ApiError;

    fn answered(operation: &'static str, status: u16, retry_after: Option<u64>) -> RequestOutcome {
        let api = ApiError {
            status,
            operation,
            retry_after: retry_after.map(Duration::from_secs),
            ..ApiError::default()
        };
        Error::Api(Box::new(api)).outcome()
    }

    #[test]
    fn a_refusal_is_known_and_a_failure_of_the_server_is_not() {
        use RequestOutcome::{NotCarriedOut, Unknown};
        for (status, retry_after, expected) in [
            (400, None, NotCarriedOut),
            (403, None, NotCarriedOut),
            (404, None, NotCarriedOut),
            (409, None, NotCarriedOut),
            (408, None, Unknown),
            (302, None, Unknown),
            (500, None, Unknown),
            (500, Some(5), Unknown),
            (502, None, Unknown),
            (503, None, Unknown),
            (503, Some(5), NotCarriedOut),
            (504, Some(5), Unknown),
        ] {
            let outcome = answered("createSMSMessage", status, retry_after);
            assert_eq!(outcome, expected, "{status} {retry_after:?}");
        }
    }

    #[test]
    fn without_a_token_nothing_was_sent_whatever_the_token_failed_with() {
        assert_eq!(answered("getToken", 500, None), RequestOutcome::NotCarriedOut);
        let late = Error::Timeout {
            operation: GET_TOKEN.id,
        };
        assert_eq!(late.outcome(), RequestOutcome::NotCarriedOut);
    }
}
