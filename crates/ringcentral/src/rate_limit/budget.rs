//! The arithmetic of one group's budget: a sliding window, a penalty, and a queue.
//!
//! Pure: it is told the time and never waits, so every rule can be tested without a runtime.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::{Priority, RateHeaders};

/// A place in the queue: urgency first, then first come, first served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket {
    priority: Priority,
    number: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Counted; send now.
    Taken,
    /// Look again at `until`, or, when `None`, when something changes.
    Wait { until: Option<Instant> },
}

#[derive(Debug)]
pub(super) struct Budget {
    limit: u32,
    window: Duration,
    /// When the requests of the present window were sent, oldest first.
    sent_at: VecDeque<Instant>,
    penalty_until: Option<Instant>,
    queue: BTreeSet<Ticket>,
    next_number: u64,
}

impl Budget {
    pub(super) fn new(limit: u32) -> Self {
        Self {
            limit,
            window: Duration::from_secs(60),
            sent_at: VecDeque::new(),
            penalty_until: None,
            queue: BTreeSet::new(),
            next_number: 0,
        }
    }

    pub(super) fn enqueue(&mut self, priority: Priority) -> Ticket {
        let ticket = Ticket {
            priority,
            number: self.next_number,
        };
        self.next_number += 1;
        self.queue.insert(ticket);
        ticket
    }

    pub(super) fn leave(&mut self, ticket: Ticket) {
        self.queue.remove(&ticket);
    }

    pub(super) fn try_take(&mut self, ticket: Ticket, now: Instant) -> Verdict {
        self.forget_before(now);
        let free_at = self.free_at(ticket.priority, now);
        if self.queue.first().is_some_and(|first| *first < ticket) {
            // Someone goes first. Wake up only for a change, unless it is already known to take long.
            return Verdict::Wait {
                until: free_at.filter(|_| self.penalty_until.is_some()),
            };
        }
        match free_at {
            Some(until) => Verdict::Wait { until: Some(until) },
            None => {
                self.sent_at.push_back(now);
                Verdict::Taken
            }
        }
    }

    pub(super) fn observe(&mut self, headers: &RateHeaders, now: Instant) {
        if let Some(window) = headers.window.filter(|window| !window.is_zero()) {
            self.window = window;
        }
        if let Some(limit) = headers.limit.filter(|limit| *limit > 0) {
            self.limit = limit;
        }
        self.forget_before(now);
        // The server may have counted requests that we did not send: another window of the app, or the time before
        // a restart. Ours on their way are in our count already, so only a surplus on its side is added.
        if let Some(remaining) = headers.remaining {
            let counted = self.limit.saturating_sub(remaining) as usize;
            while self.sent_at.len() < counted {
                self.sent_at.push_back(now);
            }
        }
    }

    pub(super) fn penalise(&mut self, until: Instant) {
        self.penalty_until = Some(self.penalty_until.map_or(until, |known| known.max(until)));
    }

    fn forget_before(&mut self, now: Instant) {
        while self
            .sent_at
            .front()
            .is_some_and(|sent| *sent + self.window <= now)
        {
            self.sent_at.pop_front();
        }
        self.penalty_until = self.penalty_until.filter(|until| *until > now);
    }

    /// When the next request of this priority may go; `None` is now.
    fn free_at(&self, priority: Priority, now: Instant) -> Option<Instant> {
        if let Some(until) = self.penalty_until {
            return Some(until);
        }
        let allowed = self.limit.saturating_sub(self.reserve(priority)).max(1) as usize;
        // With `allowed` or more in the window, enough of the oldest have to leave it first.
        let surplus = self.sent_at.len().checked_sub(allowed)?;
        self.sent_at
            .get(surplus)
            .map(|sent| (*sent + self.window).max(now))
    }

    /// What a priority leaves free for those above it: a tenth for events, three tenths for history.
    fn reserve(&self, priority: Priority) -> u32 {
        match priority {
            Priority::Interactive => 0,
            Priority::Event => self.limit / 10,
            Priority::Backfill => self.limit * 3 / 10,
        }
    }
}
