//! All calls of the company that go on now, kept from notifications, answers and lists, and forgotten after their end.
//!
//! Pure, as the board of one's own calls is: it is told the time, does no I/O and resolves no names. One notification
//! touches one call: nothing here walks over all of them because of it.

use super::session::CompanySession;
use super::view::{Queues, SessionView};
use crate::calls::{ChangeOrder, Heard, PartyChange};
use domain::ids::CallSessionId;
use domain::live_calls::CompanyCallState as State;
use jiff::{SignedDuration, Timestamp};
use ringcentral::id::ExtensionId;
use std::collections::HashMap;

/// An ended call is remembered so long, so that a late or doubled notification cannot ring it up again. Recovery replays
/// what is up to 180 s old (developers.ringcentral.com/guide/notifications/websockets/session-recovery), and ended calls
/// linger in the list for two minutes (…/guide/voice/finding-active-calls).
const REMEMBERED_AFTER_END: SignedDuration = SignedDuration::from_mins(15);
/// Notifications of one moment overtake each other by no more than this.
const DISORDER: SignedDuration = SignedDuration::from_secs(5);
/// The list is three to ten seconds late (developers.ringcentral.com/guide/voice/finding-active-calls).
const LIST_LATENCY: SignedDuration = SignedDuration::from_secs(15);
/// A call that does not add up is asked after so soon, unless notifications still explain it.
const ODD_QUESTION: SignedDuration = SignedDuration::from_secs(3);
/// Phones stop ringing before that; a call that still rings has perhaps lost its end.
const RINGING_QUESTION: SignedDuration = SignedDuration::from_secs(90);
/// A conversation may be long: it is asked after from time to time.
const TALKING_QUESTION: SignedDuration = SignedDuration::from_mins(10);
/// A call that nobody could vouch for in so long has lost its end.
const LIVE_AT_MOST: SignedDuration = SignedDuration::from_hours(12);
/// More calls than this are not kept; the ones longest over go first.
const MOST_SESSIONS: usize = 2_000;

#[derive(Debug, Default)]
pub(super) struct Board {
    sessions: HashMap<CallSessionId, Tracked>,
    queues: Queues,
    /// How often a call was looked at anew; tests count the work by it.
    #[cfg(test)]
    pub(super) derivations: usize,
}

#[derive(Debug)]
struct Tracked {
    session: CompanySession,
    view: Option<SessionView>,
    heard_at: Timestamp,
    over_at: Option<Timestamp>,
    ask_at: Option<Timestamp>,
    failures: u32,
    /// Not shown before the server has confirmed it.
    is_doubtful: bool,
}

impl Board {
    /// Takes in what was heard. True when something that is shown has changed.
    pub(super) fn apply(&mut self, changes: &[PartyChange], now: Timestamp) -> bool {
        let mut has_changed = false;
        let mut touched: Vec<&CallSessionId> = Vec::new();
        for change in changes {
            let tracked = self.tracked(&change.session_id, now);
            let was_over_for = tracked.over_at.map(|at| now.duration_since(at));
            let is_late = change.order.sequence <= tracked.session.last_sequence();
            let was_closed = tracked.session.is_closed();
            tracked.session.take_in(change);
            tracked.heard_at = now;
            if change.order.heard == Heard::Notified
                && was_over_for.is_some_and(|over| was_closed || (is_late && over > DISORDER))
            {
                // It may have been overtaken by its own end: only the server knows.
                tracked.is_doubtful = true;
            } else if change.order.heard == Heard::Notified && !is_late && !was_closed {
                tracked.is_doubtful = false;
            }
            if !touched.contains(&&change.session_id) {
                touched.push(&change.session_id);
            }
        }
        for id in touched {
            has_changed |= self.settle(id, now);
        }
        self.make_room();
        has_changed
    }

    /// Takes in the answer to a question.
    pub(super) fn answered(
        &mut self,
        id: &CallSessionId,
        parties: &[PartyChange],
        made_at: Option<Timestamp>,
        asked: ChangeOrder,
        now: Timestamp,
    ) -> bool {
        let tracked = self.tracked(id, now);
        tracked.session.take_answer(parties, asked, now);
        tracked.session.made_at = made_at.or(tracked.session.made_at);
        tracked.heard_at = now;
        tracked.failures = 0;
        tracked.is_doubtful = false;
        let has_changed = self.settle(id, now);
        self.make_room();
        has_changed
    }

    /// The server does not know the call any more.
    pub(super) fn close(&mut self, id: &CallSessionId, asked: ChangeOrder, now: Timestamp) -> bool {
        let Some(tracked) = self.sessions.get_mut(id) else {
            return false;
        };
        tracked.session.close(asked);
        tracked.failures = 0;
        self.settle(id, now)
    }

    /// The list of the calls that go on, as it was asked for at `asked_at`. It is late: a call that has ended for us is not
    /// revived by it, one that we do not know is looked into, and a live one that it lacks is doubted. Where single calls
    /// cannot be asked after, it is taken at its word.
    pub(super) fn seen(
        &mut self,
        listed: &[PartyChange],
        asked_at: Timestamp,
        can_ask: bool,
        now: Timestamp,
    ) -> bool {
        let mut has_changed = false;
        let unknown: Vec<PartyChange> = listed
            .iter()
            .filter(|change| !self.sessions.contains_key(&change.session_id))
            .cloned()
            .collect();
        for change in &unknown {
            let tracked = self.tracked(&change.session_id, now);
            tracked.session.take_in(change);
            tracked.is_doubtful = can_ask;
            has_changed |= self.settle(&change.session_id, now);
            if can_ask && let Some(tracked) = self.sessions.get_mut(&change.session_id) {
                tracked.ask_at = Some(now);
            }
        }
        let missing: Vec<CallSessionId> = self
            .sessions
            .iter()
            .filter(|(_, tracked)| tracked.view.is_some())
            .filter(|(_, tracked)| asked_at.duration_since(tracked.heard_at) >= LIST_LATENCY)
            .filter(|(id, _)| !listed.iter().any(|change| change.session_id == **id))
            .map(|(id, _)| id.clone())
            .collect();
        for id in missing {
            if can_ask {
                self.ask_at(&id, now);
            } else {
                let order = self.order_of_answer(&id, asked_at);
                has_changed |= self.close(&id, order, now);
            }
        }
        self.make_room();
        has_changed
    }

    /// Notifications may have been lost: every live call is asked after.
    pub(super) fn doubt_all(&mut self, now: Timestamp) {
        for tracked in self.sessions.values_mut() {
            if tracked.view.is_some() {
                tracked.ask_at = Some(now);
            }
        }
    }

    /// Has a call asked after no later than at `at`.
    pub(super) fn ask_at(&mut self, id: &CallSessionId, at: Timestamp) {
        if let Some(tracked) = self.sessions.get_mut(id) {
            tracked.ask_at = Some(tracked.ask_at.map_or(at, |planned| planned.min(at)));
        }
    }

    /// Lets time pass; hands out at most so many calls that are to be asked after, those first that may not be there at
    /// all, then those that move.
    pub(super) fn due(&mut self, at_most: usize, now: Timestamp) -> Vec<CallSessionId> {
        self.sessions.retain(|_, tracked| {
            let is_gone = tracked.view.is_none() || now.duration_since(tracked.heard_at) > LIVE_AT_MOST;
            let since = tracked.over_at.unwrap_or(tracked.heard_at);
            !(is_gone && now.duration_since(since) > REMEMBERED_AFTER_END)
        });
        let mut due: Vec<(bool, bool, Timestamp, CallSessionId)> = self
            .sessions
            .iter()
            .filter_map(|(id, tracked)| {
                let at = tracked.ask_at.filter(|at| *at <= now)?;
                let state = tracked.view.as_ref().map(|view| view.state);
                let is_settled = matches!(state, Some(State::Talking | State::OnHold));
                Some((!tracked.is_doubtful, is_settled, at, id.clone()))
            })
            .collect();
        due.sort();
        due.truncate(at_most);
        due.into_iter().map(|(.., id)| id).collect()
    }

    /// The question could not be put; it is put again, later each time.
    pub(super) fn question_failed(&mut self, id: &CallSessionId, now: Timestamp) {
        if let Some(tracked) = self.sessions.get_mut(id) {
            tracked.failures = tracked.failures.saturating_add(1);
            let wait = SignedDuration::from_secs(5_i64.saturating_mul(1 << tracked.failures.min(6)));
            tracked.ask_at = Some(now + wait);
        }
    }

    /// The server tells this person nothing of single calls: what was heard of it has to do.
    pub(super) fn may_not_ask(&mut self, id: &CallSessionId) -> bool {
        let Some(tracked) = self.sessions.get_mut(id) else {
            return false;
        };
        tracked.ask_at = None;
        std::mem::take(&mut tracked.is_doubtful) && tracked.view.is_some()
    }

    /// When [`Self::due`] has something to hand out next.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.sessions.values().filter_map(|tracked| tracked.ask_at).min()
    }

    /// The order that an answer about this call takes if it is asked for now.
    pub(super) fn order_of_answer(&self, id: &CallSessionId, now: Timestamp) -> ChangeOrder {
        self.sessions.get(id).map_or(
            ChangeOrder {
                sequence: 0,
                heard: Heard::Asked { at: now },
            },
            |tracked| tracked.session.order_of_answer(now),
        )
    }

    /// The place of a notification about this call that came without one.
    pub(super) fn sequence_at(&self, id: &CallSessionId, happened_at: Timestamp) -> i64 {
        self.sessions
            .get(id)
            .map_or(0, |tracked| tracked.session.sequence_at(happened_at))
    }

    /// The calls that go on.
    pub(super) fn live(&self) -> impl Iterator<Item = &SessionView> {
        self.sessions
            .values()
            .filter(|tracked| !tracked.is_doubtful)
            .filter_map(|tracked| tracked.view.as_ref())
    }

    /// A call that goes on.
    pub(super) fn view(&self, id: &CallSessionId) -> Option<&SessionView> {
        let tracked = self.sessions.get(id)?;
        tracked.view.as_ref().filter(|_| !tracked.is_doubtful)
    }

    /// Which extensions are queues. True when that is news.
    pub(super) fn set_queues(&mut self, queues: Queues, now: Timestamp) -> bool {
        if self.queues == queues {
            return false;
        }
        self.queues = queues;
        let ids: Vec<CallSessionId> = self.sessions.keys().cloned().collect();
        for id in ids {
            self.settle(&id, now);
        }
        true
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = (&ExtensionId, &str)> {
        self.queues.iter().map(|(id, queue)| (id, queue.name.as_str()))
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }

    fn tracked(&mut self, id: &CallSessionId, now: Timestamp) -> &mut Tracked {
        self.sessions.entry(id.clone()).or_insert_with(|| Tracked {
            session: CompanySession::new(id.clone()),
            view: None,
            heard_at: now,
            over_at: None,
            ask_at: None,
            failures: 0,
            is_doubtful: false,
        })
    }

    fn settle(&mut self, id: &CallSessionId, now: Timestamp) -> bool {
        #[cfg(test)]
        {
            self.derivations += 1;
        }
        let Some(tracked) = self.sessions.get_mut(id) else {
            return false;
        };
        let view = tracked.session.view(&self.queues);
        let wait = match &view {
            None => None,
            Some(_) if tracked.is_doubtful => Some(SignedDuration::ZERO),
            Some(view) if view.is_odd => Some(ODD_QUESTION),
            Some(view) => Some(match view.state {
                State::Talking | State::OnHold => TALKING_QUESTION,
                State::Waiting | State::Ringing | State::Parked | State::Voicemail => RINGING_QUESTION,
            }),
        };
        tracked.ask_at = wait.map(|wait| now + wait);
        tracked.over_at = match view {
            Some(_) => None,
            None => Some(tracked.over_at.unwrap_or(now)),
        };
        let has_changed = tracked.view != view;
        tracked.view = view;
        has_changed
    }

    fn make_room(&mut self) {
        while self.sessions.len() > MOST_SESSIONS {
            let oldest = self
                .sessions
                .iter()
                .min_by_key(|(_, tracked)| (tracked.view.is_some(), tracked.heard_at))
                .map(|(id, _)| id.clone());
            if let Some(id) = oldest {
                self.sessions.remove(&id);
            }
        }
    }
}
