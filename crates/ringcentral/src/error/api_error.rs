//! The server's refusal, read from any of the error bodies it uses.
//!
//! Two bodies occur: `{errorCode, message, errors: […]}` and `errors` alone; OAuth adds `error` and
//! `error_description`; telephony sometimes sends a bare `{errorCode, message}`. A body that is none of these
//! leaves the status and nothing else.

use std::{fmt, time::Duration};

use serde::Deserialize;

/// A refusal by the server, as far as it explained itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// The operation's name in the API reference.
    pub operation: &'static str,
    /// `errors[].errorCode` of the first error, for example `CMN-101`: the code to rely on.
    pub code: Option<String>,
    /// The codes of all errors in the answer.
    pub all_codes: Vec<String>,
    /// The deprecated word at the top, for example `InvalidParameter`.
    pub legacy_code: Option<String>,
    /// The server's sentence. May quote a parameter's value: do not log it.
    pub message: String,
    /// The parameter at fault.
    pub parameter: Option<String>,
    /// The permission that is missing.
    pub permission: Option<String>,
    /// `Retry-After` of the answer.
    pub retry_after: Option<Duration>,
    /// `RCRequestId` of the answer: what RingCentral's support asks for.
    pub request_id: Option<String>,
}

impl ApiError {
    /// Reads an error body. Never fails: what is unreadable is left out.
    pub fn parse(operation: &'static str, status: u16, body: &[u8]) -> Self {
        let body: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
        let first = body.errors.first().cloned().unwrap_or_default();
        let bare_code = body.error_code.clone().filter(|code| is_modern_code(code));
        let message = body
            .message
            .or(first.message)
            .or(body.error_description)
            .or(body.error.clone())
            .unwrap_or_else(|| format!("HTTP {status}"));
        Self {
            status,
            operation,
            code: first.error_code.or(bare_code),
            all_codes: body
                .errors
                .iter()
                .filter_map(|error| error.error_code.clone())
                .collect(),
            legacy_code: body
                .error_code
                .filter(|code| !is_modern_code(code))
                .or(body.error),
            message,
            parameter: first.parameter_name.or(body.parameter_name),
            permission: first.permission_name.or(body.permission_name),
            retry_after: None,
            request_id: None,
        }
    }

    /// True when any of the errors carries `code`.
    pub fn has_code(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code) || self.all_codes.iter().any(|other| other == code)
    }

    pub(crate) fn is_sync_token_expired(&self) -> bool {
        let is_about_token = || {
            self.parameter
                .as_deref()
                .is_some_and(|name| name.eq_ignore_ascii_case("syncToken"))
                || self.message.to_ascii_lowercase().contains("synctoken")
        };
        self.has_code("MSG-333")
            || self.code.as_deref().is_some_and(|code| code.starts_with("CLG-1"))
            || (self.has_code("CMN-101") && is_about_token())
    }

    pub(crate) fn is_transient(&self) -> bool {
        matches!(self.status, 408 | 429 | 500 | 502 | 503 | 504)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The server's sentence stays out: it may quote a phone number, and this text ends up in logs.
        write!(f, "HTTP {}", self.status)?;
        if let Some(code) = self.code.as_deref().or(self.legacy_code.as_deref()) {
            write!(f, " {code}")?;
        }
        if let Some(parameter) = &self.parameter {
            write!(f, " on {parameter}")?;
        }
        write!(f, " ({})", self.operation)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        Ok(())
    }
}

/// `CMN-101`, in contrast to legacy words such as `InvalidParameter`.
fn is_modern_code(code: &str) -> bool {
    code.split_once('-').is_some_and(|(area, number)| {
        !area.is_empty()
            && area.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ErrorBody {
    error_code: Option<String>,
    message: Option<String>,
    errors: Vec<ErrorEntry>,
    parameter_name: Option<String>,
    permission_name: Option<String>,
    error: Option<String>,
    #[serde(rename = "error_description")]
    error_description: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ErrorEntry {
    error_code: Option<String>,
    message: Option<String>,
    parameter_name: Option<String>,
    permission_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_error_bodies_yield_the_same_code() {
        let old = br#"{"errorCode":"InvalidParameter","message":"m","errors":[{"errorCode":"CMN-101","message":"m","parameterName":"to"}]}"#;
        let new = br#"{"errors":[{"errorCode":"CMN-101","message":"m","parameterName":"to"}]}"#;
        for body in [&old[..], &new[..]] {
            let error = ApiError::parse("listMessages", 400, body);
            assert_eq!(error.code.as_deref(), Some("CMN-101"));
            assert_eq!(error.parameter.as_deref(), Some("to"));
        }
        assert_eq!(
            ApiError::parse("x", 400, old).legacy_code.as_deref(),
            Some("InvalidParameter")
        );
    }

    #[test]
    fn a_bare_telephony_error_and_an_oauth_error_are_understood() {
        let bare = ApiError::parse(
            "x",
            409,
            br#"{"errorCode":"TAS-102","message":"Incorrect State"}"#,
        );
        assert_eq!(bare.code.as_deref(), Some("TAS-102"));
        let oauth = ApiError::parse(
            "getToken",
            400,
            br#"{"error":"invalid_grant","errors":[{"errorCode":"OAU-211"}],"error_description":"Token revoked"}"#,
        );
        assert_eq!(oauth.code.as_deref(), Some("OAU-211"));
        assert_eq!(oauth.legacy_code.as_deref(), Some("invalid_grant"));
        assert_eq!(oauth.message, "Token revoked");
    }

    #[test]
    fn a_body_that_is_not_json_leaves_the_status() {
        let error = ApiError::parse("x", 502, b"<html>Bad Gateway</html>");
        assert_eq!((error.status, error.code), (502, None));
    }

    #[test]
    fn what_is_shown_does_not_quote_the_servers_sentence() {
        let error = ApiError::parse(
            "x",
            400,
            br#"{"errors":[{"errorCode":"MSG-245","message":"+15551234567 is wrong"}]}"#,
        );
        assert!(!error.to_string().contains("555"));
    }
}
