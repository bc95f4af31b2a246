//! The state of a medium as HTTP tells it: `ETag` and `Last-Modified`, and the conditions a client may set on them
//! (RFC 9110, sections 8.8 and 13).
//!
//! RingCentral documents ranges of media and says nothing of their state; that it tells one is a guess.

use axum::http::header;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::reply::Reply;
use super::request::Request;

/// Identity and age of a medium. The bytes under one identifier never change here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaState {
    etag: String,
    modified: String,
}

impl MediaState {
    pub(super) fn new(id: u64, length: usize, modified_at: Timestamp) -> Self {
        let modified = DateTimePrinter::new().timestamp_to_rfc9110_string(&modified_at);
        Self {
            etag: format!("\"{id:x}-{length:x}\""),
            modified: modified.unwrap_or_default(),
        }
    }

    /// Whether the client has it already: by `If-None-Match`, and only without that by `If-Modified-Since`.
    pub(super) fn is_known_to(&self, request: &Request) -> bool {
        match request.header("if-none-match") {
            Some(tags) => tags
                .split(',')
                .map(str::trim)
                .any(|tag| tag == "*" || tag.trim_start_matches("W/") == self.etag),
            None => request
                .header("if-modified-since")
                .is_some_and(|since| self.is_from(since)),
        }
    }

    /// Whether a range may be answered: `If-Range` names this very state, or is not there. A weak tag never matches.
    pub(super) fn allows_range(&self, request: &Request) -> bool {
        request
            .header("if-range")
            .is_none_or(|state| state.trim() == self.etag || self.is_from(state))
    }

    /// Dates are compared as text, as they were handed out.
    fn is_from(&self, date: &str) -> bool {
        date.trim() == self.modified
    }

    pub(super) fn told_in(&self, reply: Reply) -> Reply {
        reply
            .header(header::ETAG, &self.etag)
            .header(header::LAST_MODIFIED, &self.modified)
    }
}
