//! The world's clock: real or driven by hand, settable either way.
//!
//! Nothing else in the simulator asks the operating system for the time.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

/// A shared clock. Clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    state: Arc<Mutex<ClockState>>,
}

#[derive(Debug)]
enum ClockState {
    /// Real time plus an offset, so that a running simulator can be moved.
    Running { offset: SignedDuration },
    /// Stands still until it is moved.
    Manual { now: Timestamp },
}

impl Clock {
    /// Follows the operating system's clock.
    pub fn running() -> Self {
        Clock::from_state(ClockState::Running {
            offset: SignedDuration::ZERO,
        })
    }

    /// Runs at real speed but reads `now` at this moment.
    pub fn running_from(now: Timestamp) -> Self {
        let clock = Clock::running();
        clock.set(now);
        clock
    }

    /// Stands at `now` until [`Clock::set`] or [`Clock::advance`].
    pub fn manual(now: Timestamp) -> Self {
        Clock::from_state(ClockState::Manual { now: whole_ms(now) })
    }

    fn from_state(state: ClockState) -> Self {
        Clock {
            state: Arc::new(Mutex::new(state)),
        }
    }

    fn with<R>(&self, read: impl FnOnce(&mut ClockState) -> R) -> R {
        // A panic while holding this lock cannot leave a half-written clock, so a poisoned one is still good.
        read(
            &mut self
                .state
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// The present, in whole milliseconds as the vendor writes it.
    pub fn now(&self) -> Timestamp {
        self.with(|state| match state {
            ClockState::Running { offset } => {
                whole_ms(Timestamp::now().saturating_add(*offset).unwrap_or(Timestamp::MAX))
            }
            ClockState::Manual { now } => *now,
        })
    }

    /// Moves the clock to `to`, forwards or backwards.
    pub fn set(&self, to: Timestamp) {
        self.with(|state| match state {
            ClockState::Running { offset } => *offset = to.duration_since(Timestamp::now()),
            ClockState::Manual { now } => *now = whole_ms(to),
        });
    }

    /// Moves the clock by `by`.
    pub fn advance(&self, by: SignedDuration) {
        let to = self.now().saturating_add(by).unwrap_or(Timestamp::MAX);
        self.set(to);
    }

    /// Whether the clock moves only by hand.
    pub fn is_manual(&self) -> bool {
        self.with(|state| matches!(state, ClockState::Manual { .. }))
    }
}

/// The vendor's instants carry milliseconds; finer digits would make two readings of one instant differ.
pub(crate) fn whole_ms(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand() {
        let start: Timestamp = "2026-03-02T16:00:00.123456Z".parse().unwrap();
        let clock = Clock::manual(start);
        let twin = clock.clone();
        assert_eq!(clock.now().to_string(), "2026-03-02T16:00:00.123Z");
        clock.advance(SignedDuration::from_secs(60));
        assert_eq!(twin.now().to_string(), "2026-03-02T16:01:00.123Z");
    }

    #[test]
    fn a_running_clock_can_be_placed_elsewhere() {
        let place: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
        let clock = Clock::running_from(place);
        assert!(clock.now().duration_since(place) < SignedDuration::from_secs(5));
        assert!(!clock.is_manual());
    }
}
