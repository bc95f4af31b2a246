//! The rate limit headers of an answer.
//!
//! Nothing here is required: unauthenticated answers and some 429s carry none of them.

use std::time::Duration;

use super::Group;

/// What an answer's headers say about the rate limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateHeaders {
    /// `X-Rate-Limit-Group`.
    pub group: Option<Group>,
    /// `X-Rate-Limit-Limit`: requests per window.
    pub limit: Option<u32>,
    /// `X-Rate-Limit-Remaining`: requests left in the present window.
    pub remaining: Option<u32>,
    /// `X-Rate-Limit-Window`.
    pub window: Option<Duration>,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
}

impl RateHeaders {
    /// Reads the headers through `get`, which looks a header up regardless of case.
    pub fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let number = |name: &str| get(name).and_then(|text| text.trim().parse::<u32>().ok());
        let seconds = |name: &str| number(name).map(|n| Duration::from_secs(n.into()));
        Self {
            group: get("x-rate-limit-group").and_then(Group::from_header),
            limit: number("x-rate-limit-limit"),
            remaining: number("x-rate-limit-remaining"),
            window: seconds("x-rate-limit-window"),
            retry_after: seconds("retry-after"),
        }
    }
}
