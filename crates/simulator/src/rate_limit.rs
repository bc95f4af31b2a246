//! Request budgets per user, application and usage plan group, as RingCentral enforces them: a sliding window, and a
//! penalty that every further request restarts (developers.ringcentral.com/guide/basics/rate-limits).
//!
//! What texts are allowed beyond that is counted in [`texts`]. It only counts. Which group an operation belongs to is said in the operation table; account-wide and per-address
//! limits of the vendor are not simulated.

mod texts;

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use texts::TextLimits;
use texts::TextUsage;
pub(crate) use texts::{SendingNumber, TextAsked, TextVerdict};

/// Usage plan group of an operation (`x-throttling-group` in the API reference).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    Light,
    Medium,
    Heavy,
    Auth,
    NoThrottling,
}

/// Requests allowed per user, application and group within one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateLimits {
    pub light: u32,
    pub medium: u32,
    pub heavy: u32,
    pub auth: u32,
    pub window_seconds: u32,
    pub penalty_seconds: u32,
    pub texts: TextLimits,
}

/// What the ledger says to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// No budget applies to this operation.
    Unlimited,
    Allowed(Standing),
    Exceeded {
        standing: Standing,
        retry_after_seconds: u32,
    },
}

/// The numbers the `X-Rate-Limit-*` headers carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) group: Group,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) window_seconds: u32,
}

/// Who spent what. One per simulator.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    limits: RateLimits,
    usage: HashMap<(String, String, Group), Usage>,
    texts: TextUsage,
}

#[derive(Debug, Default)]
struct Usage {
    requested_at_millis: VecDeque<i64>,
    penalty_until_millis: Option<i64>,
}

impl Group {
    /// The group's name as it is seen in the `X-Rate-Limit-Group` header.
    pub(crate) fn header_name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Heavy => "heavy",
            Self::Auth => "auth",
            Self::NoThrottling => "",
        }
    }
}

impl Default for RateLimits {
    /// RingCentral's documented defaults.
    fn default() -> Self {
        Self {
            light: 50,
            medium: 40,
            heavy: 10,
            auth: 5,
            window_seconds: 60,
            penalty_seconds: 60,
            texts: TextLimits::default(),
        }
    }
}

impl RateLimits {
    /// Limits so high that a demo account is never slowed, with the machinery still on.
    pub fn raised() -> Self {
        Self {
            light: 5_000,
            medium: 4_000,
            heavy: 2_000,
            auth: 500,
            texts: TextLimits::raised(),
            ..Self::default()
        }
    }

    fn limit(&self, group: Group) -> Option<u32> {
        match group {
            Group::Light => Some(self.light),
            Group::Medium => Some(self.medium),
            Group::Heavy => Some(self.heavy),
            Group::Auth => Some(self.auth),
            Group::NoThrottling => None,
        }
    }
}

impl Ledger {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    pub(crate) fn limits(&self) -> RateLimits {
        self.limits
    }

    /// Changes the limits from now on; what was spent stays spent.
    pub(crate) fn set_limits(&mut self, limits: RateLimits) {
        self.limits = limits;
    }

    /// Counts one request of `user` through `client` and says whether it may pass.
    pub(crate) fn spend(&mut self, user: &str, client: &str, group: Group, now: Timestamp) -> Verdict {
        let Some(limit) = self.limits.limit(group) else {
            return Verdict::Unlimited;
        };
        let limits = self.limits;
        let usage = self
            .usage
            .entry((user.to_owned(), client.to_owned(), group))
            .or_default();
        let standing = |remaining| Standing {
            group,
            limit,
            remaining,
            window_seconds: limits.window_seconds,
        };
        if !usage.has_room(limit, 1, &limits, now) {
            return Verdict::Exceeded {
                standing: standing(0),
                retry_after_seconds: limits.penalty_seconds,
            };
        }
        usage.note(1, now);
        Verdict::Allowed(standing(limit.saturating_sub(usage.used())))
    }

    /// Counts a text that is about to leave, and says whether it may.
    pub(crate) fn spend_text(&mut self, asked: &TextAsked<'_>, now: Timestamp) -> TextVerdict {
        self.texts.spend(&self.limits, asked, now)
    }
}

impl Usage {
    /// Whether `more` fit into the window. If not, the penalty begins, and every request during the penalty restarts it,
    /// which is why a client must fall silent.
    fn has_room(&mut self, limit: u32, more: u32, limits: &RateLimits, now: Timestamp) -> bool {
        let now = now.as_millisecond();
        let window_millis = i64::from(limits.window_seconds) * 1_000;
        while self
            .requested_at_millis
            .front()
            .is_some_and(|at| now - at >= window_millis)
        {
            self.requested_at_millis.pop_front();
        }
        let in_penalty = self.penalty_until_millis.is_some_and(|until| now < until);
        if in_penalty || self.used().saturating_add(more) > limit {
            self.penalty_until_millis = Some(now + i64::from(limits.penalty_seconds) * 1_000);
            return false;
        }
        true
    }

    fn note(&mut self, count: u32, now: Timestamp) {
        self.penalty_until_millis = None;
        let now = now.as_millisecond();
        self.requested_at_millis.extend(std::iter::repeat_n(
            now,
            usize::try_from(count).unwrap_or_default(),
        ));
    }

    fn used(&self) -> u32 {
        u32::try_from(self.requested_at_millis.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn ledger(heavy: u32) -> Ledger {
        Ledger::new(RateLimits {
            heavy,
            ..RateLimits::default()
        })
    }

    #[test]
    fn a_budget_is_spent_and_comes_back_as_the_window_slides() {
        let mut ledger = ledger(2);
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(0)),
            Verdict::Allowed(Standing { remaining: 1, .. })
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(30)),
            Verdict::Allowed(Standing { remaining: 0, .. })
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(60)),
            Verdict::Allowed(_)
        ));
    }

    #[test]
    fn every_request_during_the_penalty_restarts_it() {
        let mut ledger = ledger(1);
        ledger.spend("1", "app", Group::Heavy, at(0));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(1)),
            Verdict::Exceeded { .. }
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(60)),
            Verdict::Exceeded { .. }
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(119)),
            Verdict::Exceeded { .. }
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Heavy, at(179)),
            Verdict::Allowed(_)
        ));
    }

    #[test]
    fn groups_users_and_applications_have_budgets_of_their_own() {
        let mut ledger = ledger(1);
        ledger.spend("1", "app", Group::Heavy, at(0));
        assert!(matches!(
            ledger.spend("2", "app", Group::Heavy, at(0)),
            Verdict::Allowed(_)
        ));
        assert!(matches!(
            ledger.spend("1", "other", Group::Heavy, at(0)),
            Verdict::Allowed(_)
        ));
        assert!(matches!(
            ledger.spend("1", "app", Group::Light, at(0)),
            Verdict::Allowed(_)
        ));
        assert_eq!(
            ledger.spend("1", "app", Group::NoThrottling, at(0)),
            Verdict::Unlimited
        );
    }
}
