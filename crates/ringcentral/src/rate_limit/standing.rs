//! What is left of a group's budget, for callers that pace themselves instead of queueing.
//!
//! Looking costs nothing: nothing is counted, nobody's place in the queue changes.

use std::time::Duration;

use super::{Group, Priority, RateLimiter};

/// What is left of a group's budget for one priority, at one moment.
///
/// It is what this client knows; the server may have counted requests of other programs since its last answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Requests per window that the server allows to all priorities together, as last learnt.
    pub limit: u32,
    /// The window that the limit is for.
    pub window: Duration,
    /// How many requests of this priority the window still has room for, with those that wait before it counted as
    /// sent. None during a penalty.
    pub free: u32,
    /// When the next request of this priority could go, in whole milliseconds: zero is now. Penalty, window, those who wait before it and,
    /// for a campaign, its even steps are counted in.
    pub next_free_in: Duration,
}

/// A look at the rate budgets of a client. From [`crate::Client::rate_limit`].
#[derive(Debug, Clone, Copy)]
pub struct Forecasts<'a> {
    limiter: &'a RateLimiter,
}

impl<'a> Forecasts<'a> {
    pub(crate) fn new(limiter: &'a RateLimiter) -> Self {
        Self { limiter }
    }

    /// What a request of this group and priority would find now.
    pub fn forecast(&self, group: Group, priority: Priority) -> Standing {
        self.limiter.forecast(group, priority)
    }
}
