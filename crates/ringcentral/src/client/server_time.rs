//! The time as the server tells it, by the `Date` header of its answers.
//!
//! Whoever looks for something by the instant at which the server made it needs the server's clock: this computer's may be
//! wrong, and may be set anew at any moment. An answer's date is trusted for a while and only as long as the wall clock and
//! the runtime's clock agree on how long ago it came: they part when the computer slept or its clock was set.

use std::{sync::Mutex, sync::PoisonError, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// A date that came longer ago is asked for anew: clocks drift.
const GOOD_FOR: Duration = Duration::from_secs(3600);

/// The two clocks may differ so far; `Date` is given in whole seconds.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(5);

/// What `Date` leaves off, on the average.
const HALF_A_SECOND: SignedDuration = SignedDuration::from_millis(500);

/// What `Date` leaves off and the way of an answer together: clocks that differ by less may as well agree.
const UNTOLD: SignedDuration = SignedDuration::from_secs(1);

#[derive(Debug, Default)]
pub(crate) struct ServerTime(Mutex<Option<Heard>>);

#[derive(Debug, Clone, Copy)]
struct Heard {
    date: Timestamp,
    /// By the wall clock of this computer.
    at: Timestamp,
    /// By the clock that nobody sets.
    instant: Instant,
}

impl ServerTime {
    /// Notes the `Date` of an answer that just came; anything unreadable is left alone.
    pub(crate) fn note(&self, date: &str, now: Timestamp) {
        let Ok(date) = jiff::fmt::rfc2822::parse(date) else {
            return;
        };
        let heard = Heard {
            date: date.timestamp(),
            at: now,
            instant: Instant::now(),
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(heard);
    }

    /// The server's time now; `None` when it has to be asked.
    pub(crate) fn now(&self, now: Timestamp) -> Option<Timestamp> {
        let heard = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let elapsed = heard.instant.elapsed();
        if elapsed > GOOD_FOR {
            return None;
        }
        let elapsed = SignedDuration::try_from(elapsed).ok()?;
        let by_wall_clock = now.duration_since(heard.at);
        if (by_wall_clock - elapsed).abs() > TOLERANCE {
            return None;
        }
        heard.date.checked_add(elapsed).ok()
    }

    /// How far the server's clock is ahead of this computer's.
    pub(crate) fn offset(&self, now: Timestamp) -> Option<SignedDuration> {
        let ahead = self.now(now)?.duration_since(now).checked_add(HALF_A_SECOND)?;
        Some(if ahead.abs() <= UNTOLD {
            SignedDuration::ZERO
        } else {
            ahead
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn it_goes_on_with_time_and_ends_when_the_clocks_part() {
        let time = ServerTime::default();
        assert_eq!(time.now(at(0)), None);
        time.note("Tue, 14 Nov 2023 22:23:20 GMT", at(0));
        assert_eq!(time.now(at(0)), Some(at(600)));
        tokio::time::advance(Duration::from_secs(30)).await;
        assert_eq!(time.now(at(30)), Some(at(630)));
        // The clock of this computer is set, or the computer slept.
        assert_eq!(time.now(at(90)), None);
        assert_eq!(time.now(at(-3_600)), None);
        tokio::time::advance(Duration::from_secs(3_600)).await;
        assert_eq!(time.now(at(3_630)), None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_offset_is_the_difference_of_the_clocks_and_unknown_once_they_part() {
        let time = ServerTime::default();
        assert_eq!(time.offset(at(0)), None);
        // The server is ten minutes ahead.
        time.note("Tue, 14 Nov 2023 22:23:20 GMT", at(0));
        let ten_minutes = SignedDuration::from_mins(10) + HALF_A_SECOND;
        assert_eq!(time.offset(at(0)), Some(ten_minutes));
        tokio::time::advance(Duration::from_secs(30)).await;
        assert_eq!(time.offset(at(30)), Some(ten_minutes));
        time.note("Tue, 14 Nov 2023 22:13:49 GMT", at(30));
        assert_eq!(
            time.offset(at(30)),
            Some(SignedDuration::ZERO),
            "within what `Date` leaves off"
        );
        time.note("Tue, 14 Nov 2023 22:23:50 GMT", at(30));
        assert_eq!(time.offset(at(90)), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_date_that_cannot_be_read_changes_nothing() {
        let time = ServerTime::default();
        time.note("Tue, 14 Nov 2023 22:23:20 GMT", at(0));
        time.note("yesterday", at(0));
        assert_eq!(time.now(at(0)), Some(at(600)));
    }
}
