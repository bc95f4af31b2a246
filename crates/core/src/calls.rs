//! Calls that go on now, and who is calling.
//!
//! Telephony notifications are put in order, freed of doubles and made into one state per call ([`change`], `leg`,
//! `session`, `board`: pure). [`Calls`] holds that state, announces its changes and answers what is going on;
//! [`CallFollower`] asks the server where notifications leave something open. Nothing here writes communications: an
//! ended call becomes an item when the call log has it.

mod board;
mod cards;
mod change;
mod follower;
pub(crate) mod heard;
pub(crate) mod leg;
mod log_wait;
mod session;
#[cfg(test)]
mod tests;
mod tracked;

pub use board::CallTransition;
pub use cards::CallerCards;
pub use change::{ChangeOrder, DisconnectReason, Endpoint, Heard, PartyChange, PartyStatus};
pub use follower::CallFollower;
pub use session::CallView;
pub use tracked::MISSED_LINGER;

use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use board::{Board, Tick};
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::Client;
use ringcentral::api::presence::{ActiveCall, Presence};
use ringcentral::api::telephony::{CallSession, TelephonySessionEvent};
use ringcentral::id::{ExtensionId, TelephonySessionId};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::{Notify, broadcast};

/// Transitions that a slow listener may fall behind.
const TRANSITIONS_KEPT: usize = 256;
/// From one answer of the server to the next, what is known of its clock wavers by as much.
const CLOCK_WAVERS: SignedDuration = SignedDuration::from_secs(1);

/// The live calls of the signed-in person. Clones share them.
#[derive(Debug, Clone)]
pub struct Calls(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    own: ExtensionId,
    clock: Clock,
    changes: ChangeFeed,
    /// Knows how the clocks differ. There is none before somebody is signed in.
    client: OnceLock<Client>,
    /// How far the server's clock is ahead of ours, as far as was ever known.
    server_is_ahead: Mutex<SignedDuration>,
    board: Mutex<Board>,
    transitions: broadcast::Sender<CallTransition>,
    /// Calls may have begun without our hearing of it.
    may_lack_calls: AtomicBool,
    /// There may be something to ask, or another moment to wait for.
    stirred: Notify,
    /// A card may have come, or may have to leave.
    changed: Notify,
}

impl Calls {
    /// No calls yet. `own` is the extension of the signed-in person.
    pub fn new(own: ExtensionId, clock: Clock, changes: ChangeFeed) -> Self {
        Self(Arc::new(Shared {
            board: Mutex::new(Board::new(own.clone())),
            own,
            clock,
            changes,
            client: OnceLock::new(),
            server_is_ahead: Mutex::default(),
            transitions: broadcast::Sender::new(TRANSITIONS_KEPT),
            may_lack_calls: AtomicBool::new(false),
            stirred: Notify::new(),
            changed: Notify::new(),
        }))
    }

    /// Goes by this client's knowledge of the server's clock from now on.
    pub fn go_online(&self, client: Client) {
        // The first client is the only one: an account that signs in anew is opened anew.
        let _ = self.0.client.set(client);
    }

    /// The extension through whose eyes calls are seen.
    pub fn own_extension(&self) -> &ExtensionId {
        &self.0.own
    }

    /// Whether a notification tells of a party of the signed-in person.
    pub fn concerns(&self, event: &TelephonySessionEvent) -> bool {
        heard::of_event(event, 0, self.0.clock.now())
            .iter()
            .any(|change| change.extension_id.as_ref() == Some(&self.0.own))
    }

    /// Takes in a notification; in whatever order and however often it comes.
    pub fn hear(&self, event: &TelephonySessionEvent) {
        let now = self.0.clock.now();
        let happened_at = event.occurred_at.map_or(now, |at| self.on_our_clock(at));
        let transitions = {
            let mut board = self.board();
            let session = heard::session_id(&event.telephony_session_id);
            let sequence = event
                .sequence
                .unwrap_or_else(|| board.sequence_at(&session, happened_at));
            board.apply(&heard::of_event(event, sequence, happened_at), now)
        };
        self.announce(transitions);
    }

    /// Takes in that a presence has changed: calls that it shows and that are not known here, or the other way round, are
    /// asked after, unless notifications tell of them first.
    pub fn glance(&self, presence: &Presence) {
        let is_own = presence.extension_id().is_none_or(|id| *id == self.0.own);
        let Some(active) = presence.active_calls.as_ref().filter(|_| is_own) else {
            return;
        };
        let live: Vec<CallSessionId> = active
            .iter()
            .filter(|call| heard::is_live(call))
            .filter_map(|call| call.telephony_session_id.as_ref().map(heard::session_id))
            .collect();
        self.board().glance(&live, self.0.clock.now());
        self.0.stirred.notify_one();
    }

    /// Takes in the calls that our own presence shows now. What is live here and not among them is asked after.
    pub fn see(&self, active: &[ActiveCall]) {
        let now = self.0.clock.now();
        let transitions = {
            let mut board = self.board();
            let seen: Vec<PartyChange> = active
                .iter()
                .filter_map(|call| {
                    let session = heard::session_id(call.telephony_session_id.as_ref()?);
                    let began_at = call.started_at.map(|at| self.on_our_clock(at));
                    let order = board.order_of_answer(&session, now);
                    heard::of_active_call(call, &self.0.own, order, began_at, now)
                })
                .collect();
            board.ask_after_others(&seen, now);
            board.apply(&seen, now)
        };
        self.announce(transitions);
    }

    /// The inbound calls that have a card now, the oldest first.
    pub fn with_cards(&self) -> Vec<CallView> {
        self.board().cards(self.0.clock.now())
    }

    /// Where a call stands; `None` when it is unknown, concerns somebody else or is long over.
    pub fn view(&self, session: &CallSessionId) -> Option<CallView> {
        self.board().view(session).cloned()
    }

    /// Puts the card of a call away; the call itself goes on. False when there is no such call.
    pub fn ignore(&self, session: &CallSessionId) -> bool {
        let transition = self.board().ignore(session);
        let is_known = transition.is_some();
        self.announce(transition.into_iter().collect());
        is_known
    }

    /// Whether the person has put the card of this call away.
    pub fn is_ignored(&self, session: &CallSessionId) -> bool {
        self.board().is_ignored(session)
    }

    /// The computer has slept: notifications that have lain about meanwhile are not news.
    pub fn wake(&self) {
        self.board().wake(self.0.clock.now());
    }

    /// Notifications may have been lost: every call that is live here is asked after, and others are looked for.
    pub fn doubt_all(&self) {
        self.board().ask_after_all(self.0.clock.now());
        self.0.may_lack_calls.store(true, Ordering::Relaxed);
        self.0.stirred.notify_one();
    }

    /// Hears of every call that comes or changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<CallTransition> {
        self.0.transitions.subscribe()
    }

    fn answered(&self, session: &CallSession, asked: ChangeOrder) {
        let now = self.0.clock.now();
        self.apply(&heard::of_session(session, asked, now), now);
        // Without our own party among them, the answer leaves the question where it was.
        let id = heard::session_id(&session.id);
        self.board().question_failed(&id, now);
        self.0.stirred.notify_one();
    }

    fn is_gone(&self, session: &CallSessionId) {
        let transition = self.board().close(session, self.0.clock.now());
        self.announce(transition.into_iter().collect());
    }

    fn could_not_ask(&self, session: &CallSessionId) {
        self.board().question_failed(session, self.0.clock.now());
    }

    fn order_of_answer(&self, session: &CallSessionId) -> ChangeOrder {
        self.board().order_of_answer(session, self.0.clock.now())
    }

    /// Lets cards leave whose time has come. Returns when the next one does.
    fn let_cards_leave(&self) -> Option<Timestamp> {
        let now = self.0.clock.now();
        let left = self.board().let_cards_leave(now);
        for session_id in left {
            self.0.changes.announce(CoreEvent::CallChanged { session_id });
        }
        self.board().card_leaves_at(now)
    }

    /// Lets time pass and hands out what is to be asked.
    fn tick(&self) -> Vec<TelephonySessionId> {
        let Tick { to_ask, expired } = self.board().tick(self.0.clock.now());
        for session_id in &expired {
            self.is_gone(session_id);
        }
        to_ask
            .iter()
            .map(|id| TelephonySessionId::from(id.as_str()))
            .collect()
    }

    /// Whether calls may be lacking; asked once for each doubt.
    fn take_doubt(&self) -> bool {
        self.0.may_lack_calls.swap(false, Ordering::Relaxed)
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.board().next_due()
    }

    async fn stirred(&self) {
        self.0.stirred.notified().await;
    }

    async fn changed(&self) {
        self.0.changed.notified().await;
    }

    /// An instant of the server's clock on ours. What was known last counts until more is known, and small differences do
    /// not: instants that are put in order by it must not change places.
    fn on_our_clock(&self, at: Timestamp) -> Timestamp {
        let mut ahead = self
            .0
            .server_is_ahead
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = self.0.client.get().and_then(Client::clock_offset)
            && told.saturating_sub(*ahead).abs() > CLOCK_WAVERS
        {
            *ahead = told;
        }
        at.checked_sub(*ahead).unwrap_or(at)
    }

    fn apply(&self, changes: &[PartyChange], now: Timestamp) {
        let transitions = self.board().apply(changes, now);
        self.announce(transitions);
    }

    fn announce(&self, transitions: Vec<CallTransition>) {
        for transition in transitions {
            let session_id = transition.call.session_id.clone();
            // An error only says that nobody listens.
            let _ = self.0.transitions.send(transition);
            self.0.changes.announce(CoreEvent::CallChanged { session_id });
        }
        self.0.stirred.notify_one();
        self.0.changed.notify_one();
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
