//! The error bodies of RingCentral's REST API: `errors[]` with codes such as CMN-102, and the older top-level
//! `errorCode` word beside them (developers.ringcentral.com/guide/basics/errors).
//!
//! The token endpoint's errors carry OAuth fields as well and live in `oauth::error`.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::reply::Reply;

/// A request refused, with everything its body says.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    /// The code that counts, e.g. `CMN-102`.
    pub(crate) code: String,
    /// The deprecated word at the top, e.g. `InvalidParameter`.
    pub(crate) word: String,
    pub(crate) message: String,
    /// Further attributes (`parameterName`, `permissionName`), repeated at the top as the vendor does.
    pub(crate) attributes: Vec<(&'static str, String)>,
}

pub(crate) type ApiResult = Result<Reply, ApiError>;

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &str, word: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            word: word.to_owned(),
            message: message.into(),
            attributes: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// CMN-101: a parameter that cannot be accepted.
    pub(crate) fn parameter(name: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "CMN-101",
            "InvalidParameter",
            format!("Parameter [{name}] value is invalid."),
        )
        .with("parameterName", name)
    }

    /// A parameter refused for a reason of its own, under the code of its area.
    pub(crate) fn parameter_because(code: &str, name: &str, reason: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            code,
            "InvalidParameter",
            format!("Parameter [{name}] is invalid [{reason}]"),
        )
        .with("parameterName", name)
    }

    /// CMN-102: the thing a path parameter names does not exist.
    pub(crate) fn not_found(parameter: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "CMN-102",
            "CMN-102",
            format!("Resource for parameter [{parameter}] is not found"),
        )
        .with("parameterName", parameter)
    }

    /// CMN-120: no operation at this address.
    pub(crate) fn invalid_uri() -> Self {
        Self::new(StatusCode::NOT_FOUND, "CMN-120", "CMN-120", "Invalid URI")
    }

    /// The address exists, but not with this method.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "CMN-121",
            "CMN-121",
            "Method not allowed",
        )
    }

    /// CMN-401: the application lacks a permission (an OAuth scope).
    pub(crate) fn application_permission(name: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "CMN-401",
            "InsufficientPermissions",
            format!("In order to call this API endpoint, application needs to have [{name}] permission"),
        )
        .with("permissionName", name)
    }

    /// CMN-408: the user's role lacks a permission.
    pub(crate) fn user_permission(name: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "CMN-408",
            "InsufficientPermissions",
            format!("In order to call this API endpoint, user needs to have [{name}] permission."),
        )
        .with("permissionName", name)
    }

    /// CMN-419: the permission is there, but not for somebody else's extension.
    pub(crate) fn extended_scope(name: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "CMN-419",
            "InsufficientPermissions",
            format!(
                "In order to call this API endpoint for another extension, user needs to have [{name}] \
                 permission granted with extended scope"
            ),
        )
        .with("permissionName", name)
    }

    /// A token that does not open this door.
    pub(crate) fn unauthorized(code: &str, word: &str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, word, message)
    }

    /// CMN-301: the budget of the operation's group is spent.
    pub(crate) fn rate_exceeded() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "CMN-301",
            "CMN-301",
            "Request rate exceeded",
        )
    }

    /// A body that is not what the operation reads.
    pub(crate) fn unparsable_body() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "CMN-103",
            "InvalidContent",
            "Request body cannot be parsed",
        )
    }

    pub(crate) fn body(&self) -> Value {
        let mut inner = Map::new();
        inner.insert("errorCode".into(), json!(self.code));
        inner.insert("message".into(), json!(self.message));
        let mut outer = Map::new();
        outer.insert("errorCode".into(), json!(self.word));
        outer.insert("message".into(), json!(self.message));
        for (name, value) in &self.attributes {
            inner.insert((*name).to_owned(), json!(value));
            outer.insert((*name).to_owned(), json!(value));
        }
        outer.insert("errors".into(), json!([inner]));
        Value::Object(outer)
    }

    pub(crate) fn into_reply(self) -> Reply {
        Reply::json_with_status(self.status, &self.body())
    }
}
