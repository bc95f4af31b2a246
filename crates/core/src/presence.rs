//! Who can be reached: the presence of everybody in the company, and our own.
//!
//! Events tell of changes as they happen, answers about everybody (Heavy) close the gaps, and `plan` says which of two is newer.
//! [`Presences`] holds what is known and answers what is shown; [`PresenceFollower`] asks and keeps. What the person says of
//! themselves goes to RingCentral at once and is no row of the outbox: it is no longer wanted when it could not be said, and
//! saying it twice is saying it once. Calls are followed next door; here is only what presence tells of them.

mod board;
mod compose;
mod follower;
mod own;
mod plan;
mod talking;
mod team;
#[cfg(test)]
mod tests;

pub use follower::PresenceFollower;

use crate::clock::Clock;
use crate::error::CoreError;
use crate::store::{PresenceRecord, Result, Store};
use board::{Board, Now};
use domain::ids::ContactId;
use domain::presence::{CallsTaken, MemberPresence};
use jiff::Timestamp;
use own::OwnQueues;
use ringcentral::Client;
use ringcentral::api::presence::Presence;
use ringcentral::id::ExtensionId;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::Notify;

/// The presence of the company. Clones share it.
#[derive(Debug, Clone)]
pub struct Presences(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    own: ExtensionId,
    store: Store,
    client: OnceLock<Client>,
    board: Mutex<Board>,
    own_queues: Mutex<OwnQueues>,
    /// Why RingCentral tells no presence, in words.
    refusal: Mutex<Option<String>>,
    /// One change of our own at a time.
    changing: tokio::sync::Mutex<()>,
    /// One batch is written at a time.
    keeping: tokio::sync::Mutex<()>,
    /// There may be something to ask.
    wanted: Notify,
    /// There is something to keep and to announce.
    heard: Notify,
}

impl Presences {
    /// Nothing is known yet. `own` is the extension of the signed-in person.
    pub fn new(own: ExtensionId, store: Store) -> Self {
        let now = store.clock().now();
        Self(Arc::new(Shared {
            own,
            store,
            client: OnceLock::new(),
            board: Mutex::new(Board::new(Vec::new(), now)),
            own_queues: Mutex::default(),
            refusal: Mutex::default(),
            changing: tokio::sync::Mutex::default(),
            keeping: tokio::sync::Mutex::default(),
            wanted: Notify::new(),
            heard: Notify::new(),
        }))
    }

    /// Takes up what an earlier run has kept; all of it is stale until it is heard. To be called before anything is heard.
    pub async fn load(&self) -> Result<()> {
        let kept = self.0.store.presences().await?;
        *self.board() = Board::new(kept, self.clock().now());
        Ok(())
    }

    /// From now on RingCentral can be asked.
    pub fn go_online(&self, client: Client) {
        // The first client is the only one: an account that signs in anew is opened anew.
        let _ = self.0.client.set(client);
        self.0.wanted.notify_one();
    }

    /// Takes in an event; in whatever order and however often it comes. `sent_at` is by the server's clock.
    pub fn hear(&self, presence: &Presence, sent_at: Option<Timestamp>) {
        let now = self.now();
        let asks = {
            let mut board = self.board();
            board.hear(presence, sent_at, now);
            board.ask_due_at().is_some()
        };
        self.0.heard.notify_one();
        if asks {
            self.0.wanted.notify_one();
        }
    }

    /// Events about everybody come from here on, or no longer.
    pub fn flow(&self, is_flowing: bool) {
        self.board().flow(is_flowing, self.clock().now());
        self.0.wanted.notify_one();
        self.0.heard.notify_one();
    }

    /// Events may have been lost: everybody is asked after.
    pub fn doubt_all(&self) {
        self.board().doubt(self.clock().now());
        self.0.wanted.notify_one();
    }

    /// The presence of these colleagues; of all of them for an empty list.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn list(&self, contacts: &[ContactId]) -> Result<Vec<MemberPresence>, CoreError> {
        let some = (!contacts.is_empty()).then_some(contacts);
        let kept = self.0.store.presences_of(some).await?;
        Ok(kept
            .into_iter()
            .map(|(contact, record)| self.shown(contact, &record))
            .collect())
    }

    /// Whether the signed-in person takes no calls at all, as far as is known.
    pub fn does_not_disturb(&self) -> bool {
        let board = self.board();
        let own = board.record(self.own());
        own.is_some_and(|own| compose::calls_taken(&own.words) == CallsTaken::None)
    }

    /// Whether a colleague's extension could take a call of a queue now; `None` while that is not known for sure.
    pub fn is_free_for_queue_calls(&self, user: &str) -> Option<bool> {
        use domain::presence::Availability;
        let now = self.clock().now();
        let board = self.board();
        let record = board.record(user)?;
        let takes = matches!(
            compose::calls_taken(&record.words),
            CallsTaken::All | CallsTaken::OnlyFromQueues
        );
        let is_free = takes && record.availability == Availability::Available;
        (!board.is_stale(user, now)).then_some(is_free)
    }

    fn shown(&self, contact: ContactId, record: &PresenceRecord) -> MemberPresence {
        let now = self.clock().now();
        MemberPresence {
            contact,
            availability: record.availability,
            calls_taken: compose::calls_taken(&record.words),
            is_in_meeting: compose::is_in_meeting(&record.words),
            message: record.message.clone(),
            // A clock that was put back must not make it begin in the future.
            since: record.since.map(|since| since.min(now)),
            updated_at: record.updated_at.min(now),
            is_stale: self.board().is_stale(&record.user, now),
        }
    }

    /// Writes and announces what has changed.
    ///
    /// # Errors
    /// Any of the store; what could not be written is in the next batch.
    pub async fn keep(&self) -> Result<()> {
        let _turn = self.0.keeping.lock().await;
        let batch = self.board().take_batch();
        let kept = self
            .0
            .store
            .keep_presences(&batch.records, &batch.gone, &batch.changed)
            .await;
        if kept.is_err() {
            self.board().put_back(batch);
        }
        kept
    }

    fn own(&self) -> &str {
        self.0.own.as_str()
    }

    fn clock(&self) -> &Clock {
        self.0.store.clock()
    }

    fn now(&self) -> Now {
        Now {
            here: self.clock().now(),
            there: self.0.client.get().and_then(Client::known_server_now),
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own_queues(&self) -> MutexGuard<'_, OwnQueues> {
        self.0.own_queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refusal(&self) -> Option<String> {
        self.0
            .refusal
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set_refusal(&self, refusal: Option<String>) {
        *self.0.refusal.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
    }
}
