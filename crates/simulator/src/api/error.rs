//! The error bodies of RingCentral's REST API: `errors[]` with codes such as CMN-102, and the older top-level
//! `errorCode` word beside them (developers.ringcentral.com/guide/basics/errors).
//!
//! The token endpoint's errors carry OAuth fields as well and live in `oauth::error`.

use axum::http::{HeaderName, StatusCode};
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
    /// What few refusals have; apart, so that results stay small.
    beside: Option<Box<Beside>>,
}

#[derive(Debug, Clone, Default)]
struct Beside {
    /// What else is wrong with the request; only `errors` tells.
    further: Vec<ApiError>,
    headers: Vec<(HeaderName, String)>,
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
            beside: None,
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.beside().headers.push((name, value.to_owned()));
        self
    }

    /// Adds what else is wrong.
    pub(crate) fn and_also(mut self, others: impl IntoIterator<Item = ApiError>) -> Self {
        self.beside().further.extend(others);
        self
    }

    fn beside(&mut self) -> &mut Beside {
        self.beside.get_or_insert_default()
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
        let errors: Vec<Value> = std::iter::once(self)
            .chain(self.beside.iter().flat_map(|beside| &beside.further))
            .map(|error| Value::Object(error.fields(&error.code)))
            .collect();
        let mut outer = self.fields(&self.word);
        outer.insert("errors".into(), json!(errors));
        Value::Object(outer)
    }

    fn fields(&self, code: &str) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("errorCode".into(), json!(code));
        fields.insert("message".into(), json!(self.message));
        for (name, value) in &self.attributes {
            fields.insert((*name).to_owned(), json!(value));
        }
        fields
    }

    pub(crate) fn into_reply(self) -> Reply {
        let reply = Reply::json_with_status(self.status, &self.body());
        let headers = self.beside.map(|beside| beside.headers).unwrap_or_default();
        headers
            .into_iter()
            .fold(reply, |reply, (name, value)| reply.header(name, &value))
    }
}
