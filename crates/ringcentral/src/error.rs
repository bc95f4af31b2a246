//! What can go wrong, as kinds a program can act on.
//!
//! Texts are in plain language and never hold tokens, phone numbers or message bodies: request addresses (which may
//! carry them in the query) are stripped from the causes. Nothing here decides what to do; see [`crate::retry`].

use std::time::Duration;

use crate::rate_limit::Group;

mod api_error;
mod outcome;

pub use api_error::ApiError;
pub use outcome::RequestOutcome;

/// The cause of an error, kept for the log.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Everything this crate's calls can fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection, or it broke before the whole answer had arrived.
    #[error("RingCentral could not be reached ({operation})")]
    Network {
        /// The operation's name in the API reference.
        operation: &'static str,
        /// False when not even a connection stood, so that nothing can have reached the server.
        may_have_arrived: bool,
        /// What the HTTP or WebSocket layer said.
        #[source]
        source: Cause,
    },

    /// No answer within the configured time.
    #[error("RingCentral did not answer in time ({operation})")]
    Timeout {
        /// The operation's name in the API reference.
        operation: &'static str,
    },

    /// The rate budget of the group is spent, or the server said 429; nothing was carried out.
    #[error("too many requests of the group {group}; free again in {} s", retry_after.as_secs())]
    RateLimited {
        /// The rate limit group.
        group: Group,
        /// When a new try makes sense.
        retry_after: Duration,
    },

    /// There is no usable token, and only the person can get a new one.
    #[error("sign-in is required: {reason}")]
    SignInRequired {
        /// Why, in the server's words or ours.
        reason: String,
        /// The server's code, for example `OAU-211`.
        code: Option<String>,
    },

    /// 403: the app or the user lacks a permission.
    #[error("permission is missing{}: {api}", permission.as_deref().map(|p| format!(" [{p}]")).unwrap_or_default())]
    Forbidden {
        /// The permission's name where the server gives it, for example `ReadCallLog`.
        permission: Option<String>,
        /// The whole answer.
        api: Box<ApiError>,
    },

    /// Any other refusal of the server.
    #[error("RingCentral refused the request: {0}")]
    Api(Box<ApiError>),

    /// The answer is not what the reference promises.
    #[error("the answer to {operation} could not be read at `{field}`: {reason}")]
    Decode {
        /// The operation's name in the API reference.
        operation: &'static str,
        /// The path of the field at fault, for example `paging.page`.
        field: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The body is larger than the configured limit; nothing of it was kept.
    #[error("the answer to {operation} is larger than {limit_bytes} bytes")]
    BodyTooLarge {
        /// The operation's name in the API reference.
        operation: &'static str,
        /// The limit that was exceeded.
        limit_bytes: u64,
    },

    /// A link in an answer points to a host that must not get our token.
    #[error("the link points to {host}, which is not a configured RingCentral host")]
    UntrustedHost {
        /// Scheme, host and port of the link.
        host: String,
    },

    /// The person or the server refused the sign-in.
    #[error("the sign-in was refused: {reason}")]
    SignInRefused {
        /// The server's words.
        reason: String,
    },

    /// The loopback listener of the sign-in could not be opened or failed.
    #[error("the sign-in's answer could not be received on this machine: {reason}")]
    Loopback {
        /// What failed.
        reason: String,
        /// The operating system's error.
        #[source]
        source: std::io::Error,
    },

    /// Where the caller keeps the tokens could not be read or written.
    #[error("the stored sign-in could not be used")]
    TokenStore(#[source] crate::auth::TokenStoreError),

    /// The receiving side of a download could not be written.
    #[error("the downloaded content could not be written")]
    Write(#[source] std::io::Error),

    /// The configuration cannot work.
    #[error("the configuration is not usable: {0}")]
    Configuration(String),
}

impl Error {
    /// True when a sync token is no longer good and a full sync has to follow.
    ///
    /// Message sync says `MSG-333` or `CMN-101` on `syncToken`; call log sync says `CLG-101` to `CLG-105`, `CLG-110`
    /// or `CMN-101` (developers.ringcentral.com/guide/messaging/message-store/message-sync, voice/call-log/sync).
    pub fn is_sync_token_expired(&self) -> bool {
        matches!(self, Error::Api(api) if api.is_sync_token_expired())
    }

    /// True when the same request may succeed later without anyone doing anything.
    pub fn is_transient(&self) -> bool {
        match self {
            Error::Network { .. } | Error::Timeout { .. } | Error::RateLimited { .. } => true,
            Error::Api(api) => api.is_transient(),
            _ => false,
        }
    }

    /// How long to wait before a new try, where the server or the rate budget says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Error::RateLimited { retry_after, .. } => Some(*retry_after),
            Error::Api(api) | Error::Forbidden { api, .. } => api.retry_after,
            _ => None,
        }
    }

    /// The HTTP status of the server's refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Error::Api(api) | Error::Forbidden { api, .. } => Some(api.status),
            _ => None,
        }
    }

    /// The server's error code, for example `CMN-102`.
    pub fn code(&self) -> Option<&str> {
        match self {
            Error::Api(api) | Error::Forbidden { api, .. } => api.code.as_deref(),
            Error::SignInRequired { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// True when the thing asked for does not exist (any more).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) || self.code() == Some("CMN-102")
    }

    pub(crate) fn transport(operation: &'static str, error: reqwest::Error) -> Self {
        // The address may carry phone numbers in its query.
        let error = error.without_url();
        let may_have_arrived = !(error.is_connect() || error.is_builder());
        // A connection that did not come about in time is no late answer: nobody was asked anything.
        if error.is_timeout() && may_have_arrived {
            Error::Timeout { operation }
        } else {
            Error::Network {
                operation,
                may_have_arrived,
                source: Box::new(error),
            }
        }
    }

    pub(crate) fn decode(
        operation: &'static str,
        error: serde_path_to_error::Error<serde_json::Error>,
    ) -> Self {
        Error::Decode {
            operation,
            field: error.path().to_string(),
            reason: crate::page::describe_without_content(error.inner()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(status: u16, code: &str, parameter: Option<&str>) -> Error {
        Error::Api(Box::new(ApiError {
            status,
            operation: "syncMessages",
            code: Some(code.into()),
            parameter: parameter.map(Into::into),
            ..ApiError::default()
        }))
    }

    #[test]
    fn the_vendors_words_for_an_expired_sync_token_are_all_understood() {
        assert!(api(400, "MSG-333", None).is_sync_token_expired());
        assert!(api(400, "CLG-104", None).is_sync_token_expired());
        assert!(api(400, "CMN-101", Some("syncToken")).is_sync_token_expired());
        assert!(!api(400, "CMN-101", Some("perPage")).is_sync_token_expired());
        assert!(!api(404, "CMN-102", None).is_sync_token_expired());
    }

    #[test]
    fn a_refusal_is_transient_only_when_the_server_is_at_fault() {
        assert!(api(503, "CMN-201", None).is_transient());
        assert!(!api(400, "CMN-101", None).is_transient());
    }
}
