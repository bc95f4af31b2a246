//! How often to poll: often when there is news, seldom when it is quiet or when the server asks for it.
//!
//! Pure arithmetic on instants. RingCentral allows 50 Light and 10 Heavy requests a minute by default
//! (developers.ringcentral.com/guide/basics/rate-limits), shared with everything a person does and with the backfill,
//! so polling alone stays well below that.

use jiff::{SignedDuration, Timestamp};

/// The bounds of one thing that is polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) shortest: SignedDuration,
    pub(super) longest: SignedDuration,
}

/// When something is to be polled next.
#[derive(Debug)]
pub(super) struct Pace {
    bounds: Bounds,
    interval: SignedDuration,
    due_at: Timestamp,
}

impl Pace {
    /// Due at once.
    pub(super) fn new(bounds: Bounds, now: Timestamp) -> Self {
        Self {
            bounds,
            interval: bounds.shortest,
            due_at: now,
        }
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.due_at <= now
    }

    pub(super) fn due_at(&self) -> Timestamp {
        self.due_at
    }

    pub(super) fn interval(&self) -> SignedDuration {
        self.interval
    }

    /// It was polled, and the answer held nothing new: it may take a little longer next time.
    pub(super) fn found_nothing(&mut self, now: Timestamp) {
        self.interval = (self.interval + self.interval / 4).min(self.bounds.longest);
        self.due_at = now + self.interval;
    }

    /// There is news: more is likely.
    pub(super) fn found_news(&mut self, now: Timestamp) {
        self.interval = self.bounds.shortest;
        self.due_at = now + self.interval;
    }

    /// It could not be polled; the server may have said for how long.
    pub(super) fn failed(&mut self, retry_after: Option<SignedDuration>, now: Timestamp) {
        self.interval = self.interval.saturating_mul(2).min(self.bounds.longest);
        self.due_at = now + self.interval.max(retry_after.unwrap_or_default());
    }

    /// Wanted now, whatever the interval.
    pub(super) fn make_due(&mut self, now: Timestamp) {
        self.due_at = self.due_at.min(now);
    }

    /// The clock was put back: nothing may be due only in hours.
    pub(super) fn start_over(&mut self, now: Timestamp) {
        self.interval = self.bounds.shortest;
        self.due_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        shortest: SignedDuration::from_secs(8),
        longest: SignedDuration::from_secs(60),
    };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn quiet_slows_it_down_and_news_speeds_it_up() {
        let mut pace = Pace::new(BOUNDS, at(0));
        assert!(pace.is_due(at(0)));
        for _ in 0..20 {
            pace.found_nothing(at(0));
        }
        assert_eq!(pace.interval(), BOUNDS.longest);
        pace.found_news(at(0));
        assert_eq!(pace.due_at(), at(8));
    }

    #[test]
    fn the_server_s_wish_is_obeyed_even_beyond_the_longest_interval() {
        let mut pace = Pace::new(BOUNDS, at(0));
        pace.failed(Some(SignedDuration::from_secs(120)), at(0));
        assert!(!pace.is_due(at(119)));
        assert!(pace.is_due(at(120)));
    }
}
