//! Whether polling has to stand in for the live source.
//!
//! Pure: it hears how the live source is doing and says what that means. The live source comes back by itself, and then
//! polling ends by itself; a connection that is back within seconds is not worth replacing.

use jiff::{SignedDuration, Timestamp};

/// A live source that is not up so long after it began, or broke, is replaced by polling.
pub(super) const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// Why the live source cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveFailure {
    /// The account or the application may not. `reason` is plain language, as in the others.
    Refused { reason: String },
    /// It could not be reached, or it broke, or something on the way blocks it.
    Unreachable { reason: String },
    /// Nothing helps but signing in again.
    SignInRequired { reason: String },
}

/// How the live source is doing.
#[derive(Debug)]
pub(super) struct Fallback {
    live: Live,
    since: Timestamp,
}

#[derive(Debug)]
enum Live {
    /// The person wants none.
    Unwanted,
    Starting,
    Up,
    Down(LiveFailure),
}

impl Fallback {
    pub(super) fn new(polling_only: bool, now: Timestamp) -> Self {
        Self {
            live: if polling_only {
                Live::Unwanted
            } else {
                Live::Starting
            },
            since: now,
        }
    }

    pub(super) fn up(&mut self, now: Timestamp) {
        self.live = Live::Up;
        self.since = now;
    }

    pub(super) fn down(&mut self, failure: LiveFailure, now: Timestamp) {
        // Failing again and again is one outage: the first failure began it.
        if !matches!(self.live, Live::Down(_) | Live::Starting) {
            self.since = now;
        }
        self.live = Live::Down(failure);
    }

    /// The clock was put back: what lies in the future began now.
    pub(super) fn clock_jumped(&mut self, now: Timestamp) {
        self.since = self.since.min(now);
    }

    pub(super) fn is_up(&self) -> bool {
        matches!(self.live, Live::Up)
    }

    /// Polling is to stand in now.
    pub(super) fn needs_polling(&self, now: Timestamp) -> bool {
        match &self.live {
            Live::Unwanted | Live::Down(LiveFailure::Refused { .. }) => true,
            Live::Up | Live::Down(LiveFailure::SignInRequired { .. }) => false,
            Live::Starting | Live::Down(LiveFailure::Unreachable { .. }) => now >= self.since + GRACE,
        }
    }

    /// When the answer of [`Self::needs_polling`] changes by itself.
    pub(super) fn due_at(&self, now: Timestamp) -> Option<Timestamp> {
        let may_change = matches!(
            self.live,
            Live::Starting | Live::Down(LiveFailure::Unreachable { .. })
        );
        (may_change && !self.needs_polling(now)).then(|| self.since + GRACE)
    }

    pub(super) fn needs_sign_in(&self) -> bool {
        matches!(self.live, Live::Down(LiveFailure::SignInRequired { .. }))
    }

    /// Why events are not live, in plain words.
    pub(super) fn reason(&self) -> &str {
        match &self.live {
            Live::Unwanted => "Live connections are switched off in the settings.",
            Live::Starting => "The live connection takes long to open.",
            Live::Up => "",
            Live::Down(
                LiveFailure::Refused { reason }
                | LiveFailure::Unreachable { reason }
                | LiveFailure::SignInRequired { reason },
            ) => reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn unreachable() -> LiveFailure {
        LiveFailure::Unreachable {
            reason: "no answer".to_owned(),
        }
    }

    #[test]
    fn a_connection_that_is_back_within_seconds_is_not_replaced() {
        let mut fallback = Fallback::new(false, at(0));
        fallback.up(at(1));
        fallback.down(unreachable(), at(100));
        assert!(!fallback.needs_polling(at(105)));
        assert_eq!(fallback.due_at(at(105)), Some(at(110)));
        fallback.up(at(106));
        assert!(!fallback.needs_polling(at(500)));
    }

    #[test]
    fn an_outage_of_many_failures_is_replaced_ten_seconds_after_the_first() {
        let mut fallback = Fallback::new(false, at(0));
        fallback.up(at(1));
        for second in [100, 103, 108] {
            fallback.down(unreachable(), at(second));
        }
        assert!(fallback.needs_polling(at(110)));
        assert_eq!(fallback.due_at(at(110)), None);
    }

    #[test]
    fn a_refusal_brings_polling_at_once() {
        let mut fallback = Fallback::new(false, at(0));
        fallback.down(
            LiveFailure::Refused {
                reason: "no".to_owned(),
            },
            at(0),
        );
        assert!(fallback.needs_polling(at(0)));
        fallback.up(at(300));
        assert!(!fallback.needs_polling(at(300)));
    }

    #[test]
    fn a_connection_that_never_opens_is_replaced() {
        let fallback = Fallback::new(false, at(0));
        assert!(!fallback.needs_polling(at(9)));
        assert!(fallback.needs_polling(at(10)));
    }

    #[test]
    fn nobody_is_polled_for_without_a_sign_in() {
        let mut fallback = Fallback::new(false, at(0));
        fallback.down(
            LiveFailure::SignInRequired {
                reason: "gone".to_owned(),
            },
            at(0),
        );
        assert!(!fallback.needs_polling(at(9999)));
        assert!(fallback.needs_sign_in());
    }

    #[test]
    fn who_wants_polling_only_gets_it_at_once() {
        assert!(Fallback::new(true, at(0)).needs_polling(at(0)));
    }
}
