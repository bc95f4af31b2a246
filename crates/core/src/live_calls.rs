//! The calls of the whole company that go on now, for those whom RingCentral lets see them; for others their own.
//!
//! [`CompanyCalls`] is told what happens and holds it in memory ([`board`], `session`, `view`: pure); [`CompanyFollower`]
//! asks the server who may see what, which queues there are, and about calls that do not add up; [`LivePage`] makes the
//! page of it, with names. The calls that ring at one's own desk, and their cards, are [`crate::calls`]'s business;
//! nothing here touches them. Nothing is stored: a call that has ended comes with the call log.
//!
//! All instants are on this computer's clock. A notification's own instant is the server's; the offset of the two clocks,
//! by the `Date` of the latest answer, is taken from it. Where that is not known, it happened when it was heard.

mod board;
mod follower;
mod page;
mod party;
mod queues;
mod record;
mod session;
mod standing;
mod team;
#[cfg(test)]
mod tests;
mod view;

pub use follower::CompanyFollower;
pub use page::LivePage;
pub use standing::CompanyEvents;
#[cfg(test)]
pub(crate) use standing::Role;
pub use team::tell_team;
pub use view::{Colleague, SessionView};

use crate::calls::{ChangeOrder, heard};
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use board::Board;
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use domain::live_calls::CallsSeen;
use jiff::{SignedDuration, Timestamp};
use ringcentral::Client;
use ringcentral::api::call_log::CallLogRecord;
use ringcentral::api::telephony::{CallSession, TelephonySessionEvent};
use ringcentral::id::ExtensionId;
use standing::Standing;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;
use view::{QueueName, Queues};

/// However many events come, the window hears of them at most four times a second.
pub const ANNOUNCED_AT_MOST_EVERY: SignedDuration = SignedDuration::from_millis(250);

/// The live calls of the company. Clones share them.
#[derive(Debug, Clone)]
pub struct CompanyCalls(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    own: ExtensionId,
    clock: Clock,
    changes: ChangeFeed,
    /// Knows how the clocks differ. There is none before somebody is signed in.
    client: OnceLock<Client>,
    board: Mutex<Board>,
    standing: Mutex<Standing>,
    announcing: Mutex<Announcing>,
    /// Counts up whenever there may be something to do.
    moved: watch::Sender<u64>,
}

/// What is to be announced, and what was.
#[derive(Debug, Default)]
struct Announcing {
    is_due: bool,
    last_at: Option<Timestamp>,
}

impl CompanyCalls {
    /// No calls yet. `own` is the extension of the signed-in person.
    pub fn new(own: ExtensionId, clock: Clock, changes: ChangeFeed) -> Self {
        Self(Arc::new(Shared {
            own,
            clock,
            changes,
            client: OnceLock::new(),
            board: Mutex::default(),
            standing: Mutex::default(),
            announcing: Mutex::default(),
            moved: watch::Sender::new(0),
        }))
    }

    /// Goes by this client's knowledge of the server's clock from now on.
    pub fn go_online(&self, client: Client) {
        // The first client is the only one: an account that signs in anew is opened anew.
        let _ = self.0.client.set(client);
    }

    /// The extension of the signed-in person.
    pub fn own_extension(&self) -> &ExtensionId {
        &self.0.own
    }

    /// Takes in a notification; in whatever order and however often it comes.
    pub fn hear(&self, event: &TelephonySessionEvent) {
        let now = self.0.clock.now();
        let happened_at = event.occurred_at.map_or(now, |at| self.on_our_clock(at, now));
        let has_changed = {
            let mut board = self.board();
            let session = heard::session_id(&event.telephony_session_id);
            let sequence = event
                .sequence
                .unwrap_or_else(|| board.sequence_at(&session, happened_at));
            board.apply(&heard::of_event(event, sequence, happened_at), now)
        };
        self.note(has_changed);
    }

    /// Notifications may have been lost: the list is asked for, and every live call is asked after.
    pub fn doubt_all(&self) {
        let now = self.0.clock.now();
        self.board().doubt_all(now);
        self.standing().may_lack_calls(now);
        self.note(false);
    }

    /// How the company's calls are heard of.
    pub fn events_are(&self, events: CompanyEvents) {
        let has_changed = self.standing().events_are(events, self.0.clock.now());
        self.note(has_changed);
    }

    /// Whose calls are shown.
    pub fn seen(&self) -> CallsSeen {
        self.standing().seen()
    }

    /// The calls that go on and may be seen; without names of contacts.
    pub fn live(&self) -> Vec<SessionView> {
        let is_company = self.standing().sees_company();
        let board = self.board();
        board
            .live()
            .filter(|view| is_company || view.concerns(&self.0.own))
            .cloned()
            .collect()
    }

    /// A call that goes on and may be seen.
    pub fn view(&self, session: &CallSessionId) -> Option<SessionView> {
        let is_company = self.standing().sees_company();
        let board = self.board();
        let view = board.view(session)?;
        (is_company || view.concerns(&self.0.own)).then(|| view.clone())
    }

    /// Somebody is to look whether this call still is as it seems.
    pub fn ask_after(&self, session: &CallSessionId) {
        let now = self.0.clock.now();
        self.board().ask_at(session, now);
        self.note(false);
    }

    /// Takes in what the server just said about a call.
    pub fn answered(&self, answer: &CallSession, asked: ChangeOrder) {
        let now = self.0.clock.now();
        let id = heard::session_id(&answer.id);
        let made_at = answer.created_at.map(|at| self.on_our_clock(at, now));
        let parties = heard::of_session(answer, asked, now);
        let has_changed = self.board().answered(&id, &parties, made_at, asked, now);
        self.note(has_changed);
    }

    /// The order that an answer about a call takes that is asked for now.
    pub fn order_of_answer(&self, session: &CallSessionId) -> ChangeOrder {
        self.board().order_of_answer(session, self.0.clock.now())
    }

    /// Hears that something may have moved, any number of times at once.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.moved.subscribe()
    }

    /// Announces what has changed, unless that was just done. Gives when it is to be done next.
    pub fn announce_due(&self) -> Option<Timestamp> {
        let now = self.0.clock.now();
        let mut announcing = self.0.announcing.lock().unwrap_or_else(PoisonError::into_inner);
        if !announcing.is_due {
            return None;
        }
        let next = announcing
            .last_at
            // A clock that was set back must not silence anything.
            .filter(|last| *last <= now)
            .map(|last| last + ANNOUNCED_AT_MOST_EVERY);
        if let Some(next) = next.filter(|next| *next > now) {
            return Some(next);
        }
        announcing.is_due = false;
        announcing.last_at = Some(now);
        drop(announcing);
        self.0.changes.announce(CoreEvent::LiveCallsChanged);
        None
    }

    fn listed(&self, records: &[CallLogRecord], asked_at: Timestamp, can_ask: bool) {
        let now = self.0.clock.now();
        let listed: Vec<_> = records
            .iter()
            .filter_map(|one| record::of_record(one, self.on_our_clock(one.started_at, now), asked_at))
            .collect();
        let has_changed = self.board().seen(&listed, asked_at, can_ask, now);
        let was_first = self.standing().looked(now);
        self.note(has_changed || was_first);
    }

    fn is_gone(&self, session: &CallSessionId, asked: ChangeOrder) {
        let has_changed = self.board().close(session, asked, self.0.clock.now());
        self.note(has_changed);
    }

    fn set_queues(&self, queues: Vec<(ExtensionId, String)>) {
        let queues: Queues = queues
            .into_iter()
            .map(|(id, name)| (id, QueueName { name }))
            .collect();
        let has_changed = self.board().set_queues(queues, self.0.clock.now());
        self.note(has_changed);
    }

    /// An instant of the server's clock on ours. Nothing has happened in the future.
    fn on_our_clock(&self, at: Timestamp, now: Timestamp) -> Timestamp {
        let offset = self.0.client.get().and_then(Client::clock_offset);
        corrected(at, offset, now)
    }

    fn note(&self, has_changed: bool) {
        if has_changed {
            self.0
                .announcing
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_due = true;
        }
        self.0.moved.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn standing(&self) -> MutexGuard<'_, Standing> {
        self.0.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `offset` is how far the server's clock is ahead of ours; without one, something happened when it was heard.
fn corrected(at: Timestamp, offset: Option<SignedDuration>, now: Timestamp) -> Timestamp {
    offset
        .and_then(|offset| at.checked_sub(offset).ok())
        .map_or(now, |at| at.min(now))
}
