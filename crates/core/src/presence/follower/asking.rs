//! When to ask about everybody, and how often after one. Pure.
//!
//! The list is Heavy (ten a minute by default, shared with the call log): at the start, after a gap, once an hour while events
//! come, every ten minutes while they do not. Single extensions are Light.

use super::super::board::{Board, GRACE};
use jiff::{SignedDuration, Timestamp};
use ringcentral::Error;
use std::collections::VecDeque;

/// Between two lists, whatever happens.
const PAUSE: SignedDuration = SignedDuration::from_secs(15);
const WITH_EVENTS: SignedDuration = SignedDuration::from_hours(1);
const WITHOUT_EVENTS: SignedDuration = SignedDuration::from_mins(10);
/// Our own presence is Light, and nobody likes to look at an old one.
const OWN_WITHOUT_EVENTS: SignedDuration = SignedDuration::from_mins(1);

/// A permission that is missing does not come back within the hour.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(10);

/// Single extensions asked after in a minute; the Light budget is 50, shared with everything a person does.
const LOOKS_PER_MINUTE: usize = 20;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Default)]
pub(super) struct Asking {
    asked_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
    failure: Option<Failure>,
    looks: VecDeque<Timestamp>,
    own_looked_at: Option<Timestamp>,
    /// A look failed: none before.
    looks_not_before: Option<Timestamp>,
}

#[derive(Debug)]
struct Failure {
    count: u32,
    not_before: Timestamp,
    /// It was the network: when that is back, the waiting is over.
    loss: Option<u64>,
    is_network: bool,
}

impl Asking {
    /// When the list is due; in the past when it is overdue.
    pub(super) fn list_due_at(&self, board: &Board) -> Timestamp {
        let after = |at: Timestamp, wait: SignedDuration| at.checked_add(wait).unwrap_or(Timestamp::MAX);
        let wanted_at = match self.answered_at {
            None => Timestamp::MIN,
            Some(_) if board.sureness().is_flowing() && board.sureness().loss().is_some() => Timestamp::MIN,
            Some(answered_at) if board.sureness().is_flowing() => after(answered_at, WITH_EVENTS),
            Some(answered_at) => {
                let regular = after(answered_at, WITHOUT_EVENTS);
                match board.sureness().down_since() {
                    // The answer is from before: one more as soon as it is clear that events will not be back at once.
                    Some(down) if answered_at <= down => after(down, GRACE).min(regular),
                    _ => regular,
                }
            }
        };
        let pause = self.asked_at.map_or(Timestamp::MIN, |at| after(at, PAUSE));
        let failure = self.failure.as_ref().map_or(Timestamp::MIN, |failure| {
            let is_over = failure.is_network
                && board.sureness().is_flowing()
                && failure.loss != board.sureness().loss();
            if is_over {
                Timestamp::MIN
            } else {
                failure.not_before
            }
        });
        wanted_at.max(pause).max(failure)
    }

    pub(super) fn asked(&mut self, now: Timestamp) {
        self.asked_at = Some(now);
    }

    pub(super) fn answered(&mut self, now: Timestamp) {
        self.answered_at = Some(now);
        self.failure = None;
    }

    pub(super) fn failed(&mut self, error: &Error, loss: Option<u64>, now: Timestamp) {
        let count = self.failure.as_ref().map_or(0, |failure| failure.count) + 1;
        let backoff = PAUSE.saturating_mul(1 << count.min(6)).min(LONGEST_WAIT);
        let asked_for = error
            .retry_after()
            .and_then(|wait| SignedDuration::try_from(wait).ok())
            .unwrap_or_default();
        let wait = match error {
            Error::Forbidden { .. } => AFTER_REFUSAL,
            _ => backoff.max(asked_for),
        };
        self.failure = Some(Failure {
            count,
            not_before: now.checked_add(wait).unwrap_or(now),
            loss,
            is_network: matches!(error, Error::Network { .. } | Error::Timeout { .. }),
        });
    }

    /// How many extensions may be asked after now.
    pub(super) fn looks_left(&mut self, now: Timestamp) -> usize {
        while self
            .looks
            .front()
            .is_some_and(|at| now.duration_since(*at) >= MINUTE || *at > now)
        {
            self.looks.pop_front();
        }
        if self.looks_not_before.is_some_and(|at| at > now) {
            return 0;
        }
        LOOKS_PER_MINUTE.saturating_sub(self.looks.len())
    }

    /// When the next may be.
    pub(super) fn may_look_at(&self, now: Timestamp) -> Timestamp {
        let budget = self
            .looks
            .front()
            .filter(|_| self.looks.len() >= LOOKS_PER_MINUTE)
            .and_then(|at| at.checked_add(MINUTE).ok())
            .unwrap_or(now);
        budget.max(self.looks_not_before.unwrap_or(now))
    }

    pub(super) fn looked(&mut self, now: Timestamp) {
        self.looks.push_back(now);
    }

    pub(super) fn look_failed(&mut self, now: Timestamp) {
        self.looks_not_before = now.checked_add(PAUSE).ok();
    }

    pub(super) fn looked_at_own(&mut self, now: Timestamp) {
        self.own_looked_at = Some(now);
    }

    /// When our own presence is to be looked at without an event.
    pub(super) fn own_due_at(&self, board: &Board) -> Option<Timestamp> {
        if board.sureness().is_flowing() {
            return None;
        }
        let last = self.own_looked_at.max(self.answered_at)?;
        last.checked_add(OWN_WITHOUT_EVENTS).ok()
    }

    pub(super) fn is_own_due(&self, board: &Board, now: Timestamp) -> bool {
        self.own_due_at(board).is_some_and(|at| at <= now)
    }

    /// The clock was put back: nothing lies in the future, and nobody waits longer than ever.
    pub(super) fn clock_may_have_jumped(&mut self, now: Timestamp) {
        for at in [&mut self.asked_at, &mut self.answered_at, &mut self.own_looked_at] {
            *at = at.map(|at| at.min(now));
        }
        if let Some(failure) = &mut self.failure {
            let latest = now.checked_add(AFTER_REFUSAL).unwrap_or(now);
            failure.not_before = failure.not_before.min(latest);
        }
        let latest = now.checked_add(PAUSE).ok();
        self.looks_not_before = self.looks_not_before.min(latest);
    }
}
