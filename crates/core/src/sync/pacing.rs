//! When a lane of the synchronisation runs next, decided from how its last step went.
//!
//! Pure: no timers, no requests. The client below already obeys the rate budget of each request; this decides only
//! whether and when another step is worth trying.

use jiff::{SignedDuration, Timestamp};
use std::fmt;

/// How a step went wrong, as far as it matters for what happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The server cannot be reached.
    Offline,
    /// The server asked us to wait.
    RateLimited { retry_after: SignedDuration },
    /// Only the person can go on, by signing in.
    SignInRequired,
    /// A permission is missing; it will not come by itself.
    Forbidden { message: String },
    /// The server failed; it may work later.
    Failed { message: String },
    /// What came could not be stored on this computer; a person may have to make room.
    NotStored { message: String },
}

impl fmt::Display for Trouble {
    /// What happened, in plain language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Offline => "RingCentral could not be reached.",
            Self::RateLimited { .. } => "RingCentral asked to slow down.",
            Self::SignInRequired => "Nobody was signed in.",
            Self::Forbidden { message } | Self::Failed { message } | Self::NotStored { message } => message,
        })
    }
}

/// When one lane is due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pacing {
    /// `None`: only when somebody asks.
    due_at: Option<Timestamp>,
    failures: u32,
    trouble: Option<Trouble>,
}

/// The first delay after a failure; it doubles up to [`LONGEST_DELAY`]
/// (developers.ringcentral.com/guide/basics/errors).
const FIRST_DELAY: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_DELAY: SignedDuration = SignedDuration::from_secs(60);
/// A missing permission is looked at again this much later.
const FORBIDDEN_DELAY: SignedDuration = SignedDuration::from_hours(12);

impl Pacing {
    /// Due at once.
    pub fn due(now: Timestamp) -> Self {
        Self {
            due_at: Some(now),
            ..Self::default()
        }
    }

    /// Somebody wants it now. What the server asked for still counts, and a missing sign-in or permission too.
    pub fn request(&mut self, now: Timestamp) {
        let is_held = matches!(
            self.trouble,
            Some(Trouble::RateLimited { .. } | Trouble::SignInRequired | Trouble::Forbidden { .. })
        );
        if !is_held {
            self.due_at = Some(self.due_at.map_or(now, |due_at| due_at.min(now)));
        }
    }

    /// A person signed in, or wants everything tried again: forgets all trouble but the server's own deadlines.
    pub fn retry(&mut self, now: Timestamp) {
        if !matches!(self.trouble, Some(Trouble::RateLimited { .. })) {
            *self = Self::due(now);
        }
    }

    /// The step worked. `again_after` is `None` when there is nothing to do until somebody asks.
    pub fn succeeded(&mut self, now: Timestamp, again_after: Option<SignedDuration>) {
        *self = Self {
            due_at: again_after.map(|delay| later(now, delay)),
            ..Self::default()
        };
    }

    /// The step failed.
    pub fn failed(&mut self, now: Timestamp, trouble: Trouble) {
        let delay = match &trouble {
            Trouble::Offline | Trouble::Failed { .. } | Trouble::NotStored { .. } => {
                let doubled = FIRST_DELAY.saturating_mul(1_i32 << self.failures.min(10));
                Some(doubled.min(LONGEST_DELAY))
            }
            Trouble::RateLimited { retry_after } => Some(*retry_after),
            Trouble::Forbidden { .. } => Some(FORBIDDEN_DELAY),
            Trouble::SignInRequired => None,
        };
        self.due_at = delay.map(|delay| later(now, delay));
        self.failures = self.failures.saturating_add(1);
        self.trouble = Some(trouble);
    }

    /// Whether a step should be tried now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due_at| due_at <= now)
    }

    /// When it is due; `None` when only somebody's asking brings it back.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.due_at
    }

    /// What went wrong last, until a step works again.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn delays_after_failures_double_up_to_a_minute_and_end_with_the_first_success() {
        let mut pacing = Pacing::due(at(0));
        let mut delays = Vec::new();
        for _ in 0..7 {
            pacing.failed(at(0), Trouble::Offline);
            delays.push(pacing.due_at().unwrap().as_second());
        }
        assert_eq!(delays, [2, 4, 8, 16, 32, 60, 60]);
        pacing.succeeded(at(0), None);
        pacing.failed(at(0), Trouble::Offline);
        assert_eq!(pacing.due_at(), Some(at(2)));
    }

    #[test]
    fn asking_ends_the_wait_for_the_network_but_not_the_one_the_server_asked_for() {
        let mut pacing = Pacing::due(at(0));
        pacing.failed(at(0), Trouble::Offline);
        pacing.request(at(1));
        assert!(pacing.is_due(at(1)));
        pacing.failed(
            at(1),
            Trouble::RateLimited {
                retry_after: SignedDuration::from_secs(60),
            },
        );
        pacing.request(at(2));
        assert!(!pacing.is_due(at(60)));
        assert!(pacing.is_due(at(61)));
    }

    #[test]
    fn without_a_sign_in_nothing_is_tried_until_somebody_signs_in() {
        let mut pacing = Pacing::due(at(0));
        pacing.failed(at(0), Trouble::SignInRequired);
        pacing.request(at(9));
        assert_eq!(pacing.due_at(), None);
        pacing.retry(at(10));
        assert!(pacing.is_due(at(10)));
        assert_eq!(pacing.trouble(), None);
    }
}
