//! A response before it meets a transport: the same value leaves over HTTP or inside a WebSocket frame.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use bytes::Bytes;
use serde_json::Value;

/// Status, headers and body of a response.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn json(value: &Value) -> Self {
        Self::json_with_status(StatusCode::OK, value)
    }

    pub(crate) fn json_with_status(status: StatusCode, value: &Value) -> Self {
        Self::content(
            status,
            "application/json;charset=utf-8",
            Bytes::from(value.to_string()),
        )
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn content(status: StatusCode, content_type: &str, body: Bytes) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
        .header(header::CONTENT_TYPE, content_type)
    }

    /// Adds a header; a value no header can carry is left out.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn json_body(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}
