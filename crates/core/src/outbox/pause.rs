//! Why the whole outbox waits, and for how long. No row is at fault then.

use crate::sync::pacing::Trouble;
use domain::outgoing::HeldUp;
use jiff::{SignedDuration, Timestamp};

/// The first wait without an answer; it doubles up to [`LONGEST_WAIT`]
/// (developers.ringcentral.com/guide/basics/errors).
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(60);

/// A wait of the outbox.
#[derive(Debug)]
pub(super) struct Pause {
    trouble: Trouble,
    failures: u32,
    since: Timestamp,
    /// `None`: until somebody signs in.
    until: Option<Timestamp>,
}

impl Pause {
    /// Begins after so many failures before this one.
    pub(super) fn new(trouble: Trouble, failures: u32, now: Timestamp) -> Self {
        let wait = match &trouble {
            Trouble::RateLimited { retry_after } => Some(*retry_after),
            Trouble::SignInRequired => None,
            Trouble::Offline
            | Trouble::Failed { .. }
            | Trouble::NotStored { .. }
            | Trouble::Forbidden { .. } => Some(
                FIRST_WAIT
                    .saturating_mul(1_i32 << failures.min(10))
                    .min(LONGEST_WAIT),
            ),
        };
        Self {
            trouble,
            failures: failures.saturating_add(1),
            since: now,
            until: wait.map(|wait| now.saturating_add(wait).unwrap_or(Timestamp::MAX)),
        }
    }

    /// When it ends: `None` when it is over, `Some(None)` when only a sign-in ends it. A clock that was set back ends it
    /// too: nobody can say how long is left.
    pub(super) fn lasts_until(&self, now: Timestamp) -> Option<Option<Timestamp>> {
        match self.until {
            None => Some(None),
            Some(until) => (self.since <= now && now < until).then_some(Some(until)),
        }
    }

    /// A person may try at once.
    pub(super) fn may_end_early(&self) -> bool {
        !matches!(self.trouble, Trouble::RateLimited { .. })
    }

    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn held_up(&self) -> HeldUp {
        let until = self.until.unwrap_or(Timestamp::MAX);
        match &self.trouble {
            Trouble::Offline => HeldUp::Offline,
            Trouble::RateLimited { .. } => HeldUp::RateLimited { until },
            Trouble::SignInRequired => HeldUp::SignInRequired,
            Trouble::Failed { message } | Trouble::NotStored { message } | Trouble::Forbidden { message } => {
                HeldUp::Trouble {
                    reason: message.clone(),
                    until,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    #[test]
    fn waits_for_the_network_double_up_to_a_minute() {
        let mut waits = Vec::new();
        let mut failures = 0;
        for _ in 0..7 {
            let pause = Pause::new(Trouble::Offline, failures, at(0));
            waits.push(pause.lasts_until(at(0)).unwrap().unwrap().as_second() - at(0).as_second());
            failures = pause.failures();
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn without_a_sign_in_it_lasts_until_somebody_signs_in() {
        let pause = Pause::new(Trouble::SignInRequired, 0, at(0));
        assert_eq!(pause.lasts_until(at(1_000_000)), Some(None));
        assert!(pause.may_end_early());
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_make_it_longer() {
        let pause = Pause::new(Trouble::Offline, 0, at(0));
        assert_eq!(pause.lasts_until(at(-3_600)), None);
    }
}
