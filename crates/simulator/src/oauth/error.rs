//! Errors of the token endpoint: OAuth's `error` and `error_description` beside RingCentral's `errors[]`.

use axum::http::StatusCode;
use serde_json::json;

use crate::api::reply::Reply;

/// Why no token is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) status: StatusCode,
    pub(crate) error: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

impl OAuthError {
    const fn bad_request(error: &'static str, code: &'static str, message: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            code,
            message,
        }
    }

    pub(crate) const INVALID_CLIENT: Self = Self::bad_request("invalid_client", "OAU-153", "Invalid client");
    pub(crate) const UNSUPPORTED_GRANT: Self =
        Self::bad_request("unsupported_grant_type", "OAU-250", "Unsupported grant type");
    pub(crate) const UNAUTHORIZED_GRANT: Self = Self::bad_request(
        "unauthorized_client",
        "OAU-251",
        "Unauthorized for this grant type",
    );
    pub(crate) const REDIRECT_MISMATCH: Self =
        Self::bad_request("invalid_grant", "OAU-109", "Redirect URIs do not match");
    pub(crate) const CODE_UNKNOWN: Self =
        Self::bad_request("invalid_grant", "OAU-213", "Authorization code is not found");
    pub(crate) const CODE_EXPIRED: Self =
        Self::bad_request("invalid_grant", "OAU-210", "Authorization code is expired");
    pub(crate) const CODE_USED: Self =
        Self::bad_request("invalid_grant", "OAU-211", "Authorization code is already used");
    pub(crate) const VERIFIER_MISMATCH: Self = Self::bad_request(
        "invalid_grant",
        "OAU-147",
        "Code verifier does not match the code challenge",
    );
    pub(crate) const ASSERTION_UNKNOWN: Self =
        Self::bad_request("invalid_grant", "OAU-213", "Assertion is not found or is invalid");
    pub(crate) const TOKEN_EXPIRED: Self = Self::bad_request("invalid_grant", "OAU-210", "Token expired");
    pub(crate) const TOKEN_REVOKED: Self = Self::bad_request("invalid_grant", "OAU-211", "Token revoked");
    pub(crate) const TOKEN_UNKNOWN: Self = Self::bad_request("invalid_grant", "OAU-213", "Token not found");
    pub(crate) const MEDIA_TYPE: Self = Self {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        error: "invalid_request",
        code: "CMN-116",
        message: "Content-Type must be application/x-www-form-urlencoded",
    };

    pub(crate) fn missing(name: &'static str) -> MissingField {
        MissingField(name)
    }

    pub(crate) fn into_reply(self) -> Reply {
        let body = json!({
            "error": self.error,
            "error_description": self.message,
            "errors": [{"errorCode": self.code, "message": self.message}],
        });
        Reply::json_with_status(self.status, &body)
    }
}

/// A request without one of its required fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MissingField(&'static str);

impl MissingField {
    pub(crate) fn into_reply(self) -> Reply {
        let message = format!("Parameter [{}] is required", self.0);
        let body = json!({
            "error": "invalid_request",
            "error_description": message,
            "errors": [{"errorCode": "CMN-101", "message": message, "parameterName": self.0}],
        });
        Reply::json_with_status(StatusCode::BAD_REQUEST, &body)
    }
}
