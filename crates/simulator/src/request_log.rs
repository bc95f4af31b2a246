//! What was asked of the simulator: method, path, group and outcome, never bodies or query values.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

/// Older entries make room, so that a demo left running does not grow.
const KEPT_ENTRIES: usize = 20_000;

/// One request that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoggedRequest {
    pub at: Timestamp,
    pub method: String,
    pub path: String,
    /// The operation's name in the API reference; absent when nothing is at this address.
    pub operation: Option<&'static str>,
    /// Usage plan group, lower case; empty when the operation has no budget.
    pub group: &'static str,
    pub status: u16,
    /// `http`, `media` or `websocket`.
    pub via: &'static str,
}

/// A request that no operation stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmatchedRequest {
    pub method: String,
    pub path: String,
}

/// Requests in the order they were answered.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<LoggedRequest>,
    unmatched: Vec<UnmatchedRequest>,
}

impl RequestLog {
    pub(crate) fn record(&mut self, entry: LoggedRequest) {
        if self.entries.len() == KEPT_ENTRIES {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    pub(crate) fn record_unmatched(&mut self, method: &str, path: &str) {
        if self.unmatched.len() < KEPT_ENTRIES {
            self.unmatched.push(UnmatchedRequest {
                method: method.to_owned(),
                path: path.to_owned(),
            });
        }
    }

    pub(crate) fn entries(&self) -> Vec<LoggedRequest> {
        self.entries.iter().cloned().collect()
    }

    pub(crate) fn unmatched(&self) -> Vec<UnmatchedRequest> {
        self.unmatched.clone()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
