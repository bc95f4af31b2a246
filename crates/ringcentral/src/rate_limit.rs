//! One rate budget per group, shared by all requests of a client.
//!
//! RingCentral counts requests per user, app and group in a sliding window, and a request sent during the penalty
//! after a 429 starts the penalty anew (developers.ringcentral.com/guide/basics/rate-limits). So the budget is kept
//! on our side: nothing is sent that would be refused, what a person waits for goes first, and work in the background
//! leaves a reserve. The limits are learnt from the `X-Rate-Limit-*` headers; until then the documented ones count.
//! Whoever paces a long job can look at what is free without spending it ([`Forecasts`]).
//!
//! It does not know requests or answers, only groups and headers, and it never sends anything.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::sync::Notify;

use crate::clock::Clock;

mod budget;
mod headers;
mod standing;
mod time;

pub use headers::RateHeaders;
pub use standing::{Forecasts, Standing};

use budget::{Budget, Ticket, Verdict};
use time::WindowTime;

/// The vendor's rate limit groups (`x-throttling-group` of the API reference).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// 50 requests a minute unless the server says otherwise.
    Light,
    /// 40 requests a minute unless the server says otherwise.
    Medium,
    /// 10 requests a minute unless the server says otherwise.
    Heavy,
    /// 5 requests a minute unless the server says otherwise.
    Auth,
}

impl Group {
    const ALL: [Group; 4] = [Group::Light, Group::Medium, Group::Heavy, Group::Auth];

    /// The group's name in the API reference.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Light => "Light",
            Group::Medium => "Medium",
            Group::Heavy => "Heavy",
            Group::Auth => "Auth",
        }
    }

    /// Reads the `X-Rate-Limit-Group` header, which comes in lower case.
    pub fn from_header(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|group| group.as_str().eq_ignore_ascii_case(text.trim()))
    }

    fn default_limit(self) -> u32 {
        match self {
            Group::Light => 50,
            Group::Medium => 40,
            Group::Heavy => 10,
            Group::Auth => 5,
        }
    }
}

impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How urgent a request is. Lower ones wait for higher ones and leave them a reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// A person is waiting.
    Interactive,
    /// Something happened and the screen should say so.
    Event,
    /// A long job that a person began and watches, such as two hundred texts. It may use the whole limit while nobody
    /// else asks, but only in even steps of little more than window / limit: so somebody who asks in the middle of it waits for one step
    /// at most. From then on, for one window, it leaves a reserve that grows with what is asked.
    Campaign,
    /// History that can wait.
    Backfill,
}

/// The wait would be longer than the caller allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WouldWait {
    /// When the group is free again.
    pub retry_after: Duration,
}

/// The rate budgets of one user and app.
#[derive(Debug)]
pub struct RateLimiter {
    light: Lane,
    medium: Lane,
    heavy: Lane,
    auth: Lane,
    time: WindowTime,
}

#[derive(Debug)]
struct Lane {
    budget: Mutex<Budget>,
    has_changed: Notify,
}

impl Default for RateLimiter {
    fn default() -> Self {
        let lane = |group: Group| Lane {
            budget: Mutex::new(Budget::new(group.default_limit())),
            has_changed: Notify::new(),
        };
        Self {
            light: lane(Group::Light),
            medium: lane(Group::Medium),
            heavy: lane(Group::Heavy),
            auth: lane(Group::Auth),
            time: WindowTime::default(),
        }
    }
}

impl RateLimiter {
    /// Windows that follow a clock driven by a test.
    pub(crate) fn driven_by(clock: Arc<dyn Clock>) -> Self {
        Self {
            time: WindowTime::driven_by(clock),
            ..Self::default()
        }
    }

    /// Waits until a request of this group and priority may be sent, and counts it.
    ///
    /// Dropping the future gives the place in the queue up.
    ///
    /// # Errors
    /// [`WouldWait`] at once, without waiting, when the wait is known to exceed `max_wait`.
    pub async fn acquire(
        &self,
        group: Group,
        priority: Priority,
        max_wait: Option<Duration>,
    ) -> Result<(), WouldWait> {
        let lane = self.lane(group);
        let place = Place {
            lane,
            ticket: lane.lock(|budget| budget.enqueue(priority, self.time.now())),
        };
        let deadline = max_wait.map(|wait| self.time.now() + wait);
        loop {
            // Registered before looking, so that a change in between is not missed.
            let mut changed = std::pin::pin!(lane.has_changed.notified());
            changed.as_mut().enable();
            let now = self.time.now();
            match lane.lock(|budget| budget.try_take(place.ticket, now)) {
                Verdict::Taken => return Ok(()),
                Verdict::Wait { until } => {
                    if let (Some(until), Some(deadline)) = (until, deadline)
                        && until > deadline
                    {
                        return Err(WouldWait {
                            retry_after: until.saturating_duration_since(now),
                        });
                    }
                    match until {
                        Some(until) => {
                            tokio::select! {
                                () = tokio::time::sleep(until.saturating_duration_since(now)) => {}
                                () = changed => {}
                            }
                        }
                        None => changed.await,
                    }
                }
            }
        }
    }

    /// What a request of this group and priority would find now. Spends nothing.
    pub fn forecast(&self, group: Group, priority: Priority) -> Standing {
        self.lane(group)
            .lock(|budget| budget.forecast(priority, self.time.now()))
    }

    /// Learns from an answer's headers. `group` is the group that was asked for; the header's word goes before it.
    pub fn observe(&self, group: Group, headers: &RateHeaders) {
        let lane = self.lane(headers.group.unwrap_or(group));
        lane.lock(|budget| budget.observe(headers, self.time.now()));
        lane.has_changed.notify_waiters();
    }

    /// Notes a 429: nothing of the group is sent until `retry_after` (at least 30 s when the server gave no time).
    pub fn penalise(&self, group: Group, headers: &RateHeaders) -> Duration {
        let group = headers.group.unwrap_or(group);
        let wait = headers.retry_after.unwrap_or(MIN_PENALTY);
        let lane = self.lane(group);
        lane.lock(|budget| budget.penalise(self.time.now() + wait));
        lane.has_changed.notify_waiters();
        wait
    }

    fn lane(&self, group: Group) -> &Lane {
        match group {
            Group::Light => &self.light,
            Group::Medium => &self.medium,
            Group::Heavy => &self.heavy,
            Group::Auth => &self.auth,
        }
    }
}

/// "If Retry-After is absent, wait at least 30 seconds" (developers.ringcentral.com/guide/basics/errors).
const MIN_PENALTY: Duration = Duration::from_secs(30);

impl Lane {
    fn lock<T>(&self, act: impl FnOnce(&mut Budget) -> T) -> T {
        // The budget is only numbers; one left by a panicking thread is still a usable one.
        act(&mut self
            .budget
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// A place in the queue; leaving it, by success or by being dropped, lets the next one look.
struct Place<'a> {
    lane: &'a Lane,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.lane.lock(|budget| budget.leave(self.ticket));
        self.lane.has_changed.notify_waiters();
    }
}

#[cfg(test)]
mod campaign_tests;
#[cfg(test)]
mod tests;
