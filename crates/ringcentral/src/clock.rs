//! Where this crate learns the time of day.
//!
//! Only wall-clock time: token expiry has to survive a restart and a night of sleep. Waiting and rate windows use
//! the runtime's monotonic clock instead, which tests can drive on their own.

use jiff::Timestamp;

/// The time of day, given by the caller so that expiry can be tested without waiting.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock, for programs that have no clock of their own to hand in.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
