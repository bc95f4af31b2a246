//! The arithmetic of one group's budget: a sliding window, a penalty, and a queue.
//!
//! Pure: it is told the time and never waits, so every rule can be tested without a runtime.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::{Priority, RateHeaders, Standing};

/// The server counts a request when it arrives. One that was slow and one that was quick on their way come closer together
/// than they were sent, and at the full limit, which only a campaign uses for long, that would be one too many.
const ARRIVAL_SPREAD: Duration = Duration::from_millis(250);

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

/// Rounded up: timers and most clocks know nothing finer, and whoever came a little early would be turned away.
fn whole_millis(wait: Duration) -> Duration {
    let up = wait + Duration::from_nanos(999_999);
    up - Duration::from_nanos(u64::from(up.subsec_nanos() % 1_000_000))
}

#[derive(Debug)]
pub(super) struct Budget {
    limit: u32,
    window: Duration,
    /// When the requests of the present window were sent, oldest first.
    sent_at: VecDeque<Instant>,
    /// When somebody above a campaign asked within the present window, whether they were served or not: one who is told
    /// to come back must find room then.
    asked_at: VecDeque<Instant>,
    /// When a campaign's latest request was sent.
    campaign_sent_at: Option<Instant>,
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
            asked_at: VecDeque::new(),
            campaign_sent_at: None,
            penalty_until: None,
            queue: BTreeSet::new(),
            next_number: 0,
        }
    }

    pub(super) fn enqueue(&mut self, priority: Priority, now: Instant) -> Ticket {
        if priority < Priority::Campaign {
            self.asked_at.push_back(now);
        }
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
        let free_at = self.free_at(ticket.priority, 0, now);
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
                if ticket.priority == Priority::Campaign {
                    self.campaign_sent_at = Some(now);
                }
                Verdict::Taken
            }
        }
    }

    /// What a new request of this priority would find.
    pub(super) fn forecast(&mut self, priority: Priority, now: Instant) -> Standing {
        self.forget_before(now);
        let before = self
            .queue
            .iter()
            .filter(|ticket| ticket.priority <= priority)
            .count();
        let free_at = self.free_at(priority, before, now);
        let room = self.allowed(priority).saturating_sub(self.sent_at.len() + before);
        Standing {
            limit: self.limit,
            window: self.window,
            free: match self.penalty_until {
                Some(_) => 0,
                None => u32::try_from(room).unwrap_or(u32::MAX),
            },
            next_free_in: free_at.map_or(Duration::ZERO, |at| {
                whole_millis(at.saturating_duration_since(now))
            }),
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
        for past in [&mut self.sent_at, &mut self.asked_at] {
            while past.front().is_some_and(|at| *at + self.window <= now) {
                past.pop_front();
            }
        }
        self.penalty_until = self.penalty_until.filter(|until| *until > now);
    }

    /// When a request of this priority may go after `before` others that wait; `None` is now.
    fn free_at(&self, priority: Priority, before: usize, now: Instant) -> Option<Instant> {
        [
            self.penalty_until,
            self.has_room_at(priority, before),
            self.next_step_at(priority),
        ]
        .into_iter()
        .flatten()
        .filter(|at| *at > now)
        .max()
    }

    fn has_room_at(&self, priority: Priority, before: usize) -> Option<Instant> {
        // With `allowed` or more in the window, enough of the oldest have to leave it first.
        let surplus = (self.sent_at.len() + before).checked_sub(self.allowed(priority))?;
        // More wait than the window holds: it has to become empty first, and longer cannot be told.
        let last = self.sent_at.len().saturating_sub(1);
        self.sent_at
            .get(surplus.min(last))
            .map(|sent| *sent + self.window)
    }

    /// A campaign goes in even steps: a burst would fill the window, and whoever asked then would wait for its end.
    fn next_step_at(&self, priority: Priority) -> Option<Instant> {
        let sent = self.campaign_sent_at.filter(|_| priority == Priority::Campaign)?;
        Some(sent + (self.window + ARRIVAL_SPREAD) / self.limit)
    }

    /// How many of a window's requests a priority may use.
    fn allowed(&self, priority: Priority) -> usize {
        self.limit.saturating_sub(self.reserve(priority)).max(1) as usize
    }

    /// What a priority leaves free for those above it: a tenth for events, three tenths for history. A campaign leaves
    /// nothing while nobody asks; else what events leave, so that they fit in, and one for each who asked.
    fn reserve(&self, priority: Priority) -> u32 {
        let (tenth, three_tenths) = (self.limit / 10, self.limit * 3 / 10);
        match priority {
            Priority::Interactive => 0,
            Priority::Event => tenth,
            Priority::Campaign => match u32::try_from(self.asked_at.len()).unwrap_or(u32::MAX) {
                0 => 0,
                asked => tenth.saturating_add(asked).min(three_tenths),
            },
            Priority::Backfill => three_tenths,
        }
    }
}
