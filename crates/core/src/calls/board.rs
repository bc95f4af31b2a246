//! All calls that go on now, kept from notifications and answers, and purged after their end.
//!
//! Pure: it is told the time, does no I/O and resolves no names. It hands back what changed and what to ask.

use super::change::{ChangeOrder, Heard, PartyChange};
use super::session::CallView;
use super::tracked::{ARRIVAL_QUESTION, MISSED_LINGER, Question, Tracked};
use domain::call::LiveCallState;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::id::ExtensionId;
use std::collections::HashMap;

/// An ended session is remembered so long, so that a late or doubled notification cannot ring it up again. Recovery
/// replays what is up to 180 s old (developers.ringcentral.com/guide/notifications/websockets/session-recovery).
const REMEMBERED_AFTER_END: SignedDuration = SignedDuration::from_mins(15);

/// What presence shows and notifications have not told is asked after, unless they still do.
const GLANCE_QUESTION: SignedDuration = SignedDuration::from_secs(3);
/// After waking up, a notification older than this about a call that was not announced lay in the socket all the while, and the
/// call may be over. At any other time its age says only how the clocks differ.
const OLD_NEWS: SignedDuration = SignedDuration::from_mins(3);
/// What lay in the socket has been read so long after waking up.
const WAKING: SignedDuration = SignedDuration::from_mins(1);
/// More sessions than this are not kept; the ones longest over go first.
const MOST_SESSIONS: usize = 500;

/// The live calls of one extension.
#[derive(Debug)]
pub(super) struct Board {
    own: ExtensionId,
    sessions: HashMap<CallSessionId, Tracked>,
    /// Until then old notifications are not taken at their word.
    wakes_until: Option<Timestamp>,
}

/// A call has come, or has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct CallTransition {
    pub before: Option<LiveCallState>,
    pub call: CallView,
    pub is_ignored: bool,
}

/// What time alone has brought about.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tick {
    /// To be asked after at the server.
    pub(super) to_ask: Vec<CallSessionId>,
    /// Nobody could vouch for them for too long.
    pub(super) expired: Vec<CallSessionId>,
}

impl Board {
    pub(super) fn new(own: ExtensionId) -> Self {
        Self {
            own,
            sessions: HashMap::new(),
            wakes_until: None,
        }
    }

    /// The computer has slept: what arrives first may have happened long ago.
    pub(super) fn wake(&mut self, now: Timestamp) {
        self.wakes_until = Some(now + WAKING);
    }

    /// Takes in what was heard of one session.
    pub(super) fn apply(&mut self, changes: &[PartyChange], now: Timestamp) -> Vec<CallTransition> {
        let mut touched: Vec<CallSessionId> = Vec::new();
        let is_waking = self.wakes_until.is_some_and(|until| now < until);
        for change in changes {
            let is_old = is_waking && now.duration_since(change.happened_at) > OLD_NEWS;
            let tracked = self
                .sessions
                .entry(change.session_id.clone())
                .or_insert_with(|| Tracked::new(&change.session_id, &self.own, now));
            tracked.session.take_in(change);
            tracked.heard_at = now;
            if change.order.heard != Heard::Notified || !is_old {
                tracked.needs_confirmation = false;
            } else if tracked.announced.is_none() {
                tracked.needs_confirmation = true;
            }
            if !touched.contains(&change.session_id) {
                touched.push(change.session_id.clone());
            }
        }
        let transitions = touched.iter().filter_map(|id| self.settle(id, now)).collect();
        self.make_room();
        transitions
    }

    /// The server does not know the session any more. A call that was never announced stays unannounced.
    pub(super) fn close(&mut self, id: &CallSessionId, now: Timestamp) -> Option<CallTransition> {
        let tracked = self.sessions.get_mut(id)?;
        tracked.session.close(now);
        tracked.heard_at = now;
        let transition = self.settle(id, now);
        if let Some(tracked) = self.sessions.get_mut(id) {
            // Whatever is still open, the server has just said that it cannot tell.
            tracked.question = Question::None;
        }
        transition
    }

    /// The order that an answer about this session takes if it is asked for now.
    pub(super) fn order_of_answer(&self, id: &CallSessionId, now: Timestamp) -> ChangeOrder {
        self.sessions.get(id).map_or(
            ChangeOrder {
                sequence: 0,
                heard: Heard::Asked { at: now },
            },
            |tracked| tracked.session.order_of_answer(now),
        )
    }

    /// The place of a notification about this session that came without one.
    pub(super) fn sequence_at(&self, id: &CallSessionId, happened_at: Timestamp) -> i64 {
        self.sessions
            .get(id)
            .map_or(0, |tracked| tracked.session.sequence_at(happened_at))
    }

    /// Our presence has changed and shows exactly these calls. It comes on a way of its own, sooner or later than the
    /// notifications, so that it says nothing but what to ask after when these do not come.
    pub(super) fn glance(&mut self, live: &[CallSessionId], now: Timestamp) {
        let at = now + GLANCE_QUESTION;
        for id in live {
            let tracked = self
                .sessions
                .entry(id.clone())
                .or_insert_with(|| Tracked::new(id, &self.own, now));
            if !tracked.is_live() {
                tracked.ask_at(at);
            }
        }
        for (id, tracked) in &mut self.sessions {
            if tracked.is_live() && !live.contains(id) {
                tracked.ask_at(at);
            }
        }
        self.make_room();
    }

    /// The question could not be put; it will be put again, later each time.
    pub(super) fn question_failed(&mut self, id: &CallSessionId, now: Timestamp) {
        if let Some(tracked) = self.sessions.get_mut(id)
            && let Question::Asked { failures } = tracked.question
        {
            let failures = failures.saturating_add(1);
            let wait = SignedDuration::from_secs(5_i64.saturating_mul(1 << failures.min(6)));
            tracked.question = Question::At {
                at: now + wait,
                failures,
            };
        }
    }

    /// Sessions that are not over, to be asked after when notifications may have been lost.
    pub(super) fn ask_after_all(&mut self, now: Timestamp) {
        for tracked in self.sessions.values_mut() {
            if tracked.is_live() {
                tracked.question = Question::At { at: now, failures: 0 };
            }
        }
    }

    /// Our presence shows exactly these calls: live ones that it does not show may be over.
    pub(super) fn ask_after_others(&mut self, seen: &[PartyChange], now: Timestamp) {
        for (id, tracked) in &mut self.sessions {
            let is_asked = matches!(tracked.question, Question::Asked { .. });
            // A call that has just rung reaches the presence a moment later.
            let is_settled = now.duration_since(tracked.heard_at) >= ARRIVAL_QUESTION;
            if tracked.is_live()
                && !is_asked
                && is_settled
                && !seen.iter().any(|change| change.session_id == *id)
            {
                tracked.question = Question::At { at: now, failures: 0 };
            }
        }
    }

    #[cfg(test)]
    pub(super) fn knows(&self, id: &CallSessionId) -> bool {
        self.sessions.contains_key(id)
    }

    /// Lets cards leave whose time has come, and names their calls.
    pub(super) fn let_cards_leave(&mut self, now: Timestamp) -> Vec<CallSessionId> {
        let mut left = Vec::new();
        for (id, tracked) in &mut self.sessions {
            if !tracked.has_card_left && tracked.announced.is_some() && !tracked.shows_card(now) {
                tracked.has_card_left = true;
                left.push(id.clone());
            }
        }
        left
    }

    /// When [`Self::let_cards_leave`] has something to do next.
    pub(super) fn card_leaves_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.sessions
            .values()
            .filter(|tracked| !tracked.has_card_left && tracked.shows_card(now))
            .filter_map(|tracked| tracked.over_at.map(|at| at + MISSED_LINGER))
            .min()
    }

    /// Lets time pass: questions fall due, ended sessions are forgotten.
    pub(super) fn tick(&mut self, now: Timestamp) -> Tick {
        let mut tick = Tick::default();
        for (id, tracked) in &mut self.sessions {
            if tracked.expires_at().is_some_and(|at| at <= now) {
                tick.expired.push(id.clone());
                tracked.question = Question::None;
            } else if let Question::At { at, failures } = tracked.question
                && at <= now
            {
                tracked.question = Question::Asked { failures };
                tick.to_ask.push(id.clone());
            }
        }
        self.sessions.retain(|_, tracked| {
            let since = tracked.over_at.unwrap_or(tracked.heard_at);
            let is_over_or_not_ours = tracked.over_at.is_some() || !tracked.session.concerns_us();
            !(is_over_or_not_ours && now.duration_since(since) > REMEMBERED_AFTER_END)
        });
        tick
    }

    /// When [`Self::tick`] has something to do next.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.sessions
            .values()
            .filter_map(|tracked| {
                let question = match tracked.question {
                    Question::At { at, .. } => Some(at),
                    Question::None | Question::Asked { .. } => None,
                };
                question.into_iter().chain(tracked.expires_at()).min()
            })
            .min()
    }

    /// The inbound calls that have a card now, the oldest first.
    pub(super) fn cards(&self, now: Timestamp) -> Vec<CallView> {
        let mut calls: Vec<CallView> = self
            .sessions
            .values()
            .filter(|tracked| tracked.shows_card(now))
            .filter_map(|tracked| tracked.announced.clone())
            .collect();
        calls.sort_by(|a, b| (a.started_at, &a.session_id).cmp(&(b.started_at, &b.session_id)));
        calls
    }

    pub(super) fn view(&self, id: &CallSessionId) -> Option<&CallView> {
        self.sessions.get(id)?.announced.as_ref()
    }

    pub(super) fn is_ignored(&self, id: &CallSessionId) -> bool {
        self.sessions.get(id).is_some_and(|tracked| tracked.is_ignored)
    }

    /// Puts the card away; the call itself goes on. `None` when there is no such call.
    pub(super) fn ignore(&mut self, id: &CallSessionId) -> Option<CallTransition> {
        let tracked = self.sessions.get_mut(id)?;
        let call = tracked.announced.clone()?;
        tracked.is_ignored = true;
        Some(CallTransition {
            before: Some(call.state),
            call,
            is_ignored: true,
        })
    }

    fn settle(&mut self, id: &CallSessionId, now: Timestamp) -> Option<CallTransition> {
        let tracked = self.sessions.get_mut(id)?;
        let view = tracked.view();
        tracked.plan_question(view.as_ref(), now);
        let view = view?;
        if view.state.is_over() {
            tracked.over_at.get_or_insert(now);
        } else {
            tracked.over_at = None;
        }
        if tracked.needs_confirmation || tracked.announced.as_ref() == Some(&view) {
            return None;
        }
        tracked.has_lived |= !view.state.is_over();
        let before = tracked.announced.replace(view.clone()).map(|view| view.state);
        tracked.has_card_left = !tracked.shows_card(now);
        Some(CallTransition {
            before,
            call: view,
            is_ignored: tracked.is_ignored,
        })
    }

    fn make_room(&mut self) {
        while self.sessions.len() > MOST_SESSIONS {
            let oldest = self
                .sessions
                .iter()
                .min_by_key(|(_, tracked)| (tracked.is_live(), tracked.heard_at))
                .map(|(id, _)| id.clone());
            if let Some(id) = oldest {
                self.sessions.remove(&id);
            }
        }
    }
}
