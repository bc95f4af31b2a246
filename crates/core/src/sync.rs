//! Keeping the local copy current: call log, message store, read states, our own lines, consents to texts, directory and
//! address book.
//!
//! A synchronisation is stepped. [`Sync::step`] does one request's worth of one [`Lane`] and says what became of it;
//! [`Sync::run`] only calls it when something is due. Deciding is kept apart from doing: [`plan`] turns records into
//! changes, [`history`] knows what is missing, [`pacing`] knows when to try again, [`status`] puts it into words. The
//! store commits each page together with its token.
//!
//! It does not listen to events; whoever hears of news asks for a scope. It shows nothing and opens no sockets.

mod consents;
mod current;
mod deletions;
mod error;
pub mod history;
mod lane;
mod lines;
mod older;
pub mod pacing;
mod people;
pub mod plan;
mod progress;
mod read_states;
mod runner;
mod sounds;
pub mod status;
mod transcripts;

pub use error::{SyncError, trouble_of};
pub use lane::{Lane, Next};
pub use progress::stored_status;

use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use crate::faxes::Faxes;
use crate::store::{Store, SyncScope};
use crate::voicemail::Voicemails;
use domain::event::CoreEvent;
use domain::ids::AttachmentId;
use jiff::{SignedDuration, Timestamp};
use lane::Lanes;
use ringcentral::Client;
use ringcentral::id::ExtensionId;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The synchronisation of one account. Clones share it.
#[derive(Debug, Clone)]
pub struct Sync(Arc<Shared>);

/// What can be chosen about a synchronisation.
#[derive(Debug, Clone, Copy)]
pub struct SyncOptions {
    /// How many months of older history are wanted.
    pub history_months: u16,
    /// The pause between two pages of history, so that other work is never kept waiting.
    pub history_pause: SignedDuration,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// It was not due, or is under way elsewhere.
    NotDue,
    Worked,
    /// It will be tried again; the status says why it failed.
    Failed,
}

#[derive(Debug)]
struct Shared {
    client: Client,
    store: Store,
    voicemails: Voicemails,
    faxes: Faxes,
    own: ExtensionId,
    options: SyncOptions,
    history_months: AtomicU16,
    is_history_paused: AtomicBool,
    /// Held while what is missing of the history is read, changed and written.
    history_turn: tokio::sync::Mutex<()>,
    lanes: Mutex<Lanes>,
    /// Transcripts and sounds that cannot be had; they are tried again when the program starts anew.
    given_up: Mutex<HashSet<AttachmentId>>,
    /// Something may be due earlier than it was.
    stirred: Notify,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            history_months: 24,
            history_pause: SignedDuration::from_millis(200),
        }
    }
}

impl Sync {
    /// A synchronisation that is due as a whole and has done nothing yet. `own` is the extension that signed in.
    pub fn new(
        client: Client,
        store: Store,
        voicemails: Voicemails,
        faxes: Faxes,
        own: ExtensionId,
        options: SyncOptions,
    ) -> Self {
        let lanes = Lanes::due(store.clock().now());
        Self(Arc::new(Shared {
            client,
            store,
            voicemails,
            faxes,
            own,
            options,
            history_months: AtomicU16::new(options.history_months),
            is_history_paused: AtomicBool::new(false),
            history_turn: tokio::sync::Mutex::default(),
            lanes: Mutex::new(lanes),
            given_up: Mutex::default(),
            stirred: Notify::new(),
        }))
    }

    /// Asks for a lane soon.
    pub fn request(&self, lane: Lane) {
        let now = self.now();
        self.lanes().with(lane, |state| state.pacing.request(now));
        self.0.stirred.notify_waiters();
    }

    /// Asks for what is new in a scope.
    pub fn request_scope(&self, scope: &SyncScope) {
        if let Some(lane) = Lane::of_scope(scope) {
            self.request(lane);
        }
    }

    /// Tries everything again now, because a person asked or signed in. Only what the server asked to wait for waits.
    pub fn retry_all(&self) {
        let now = self.now();
        for state in self.lanes().iter_mut() {
            state.pacing.retry(now);
        }
        self.0.stirred.notify_waiters();
        self.announce();
    }

    /// Does one step of a lane, if it is due.
    pub async fn step(&self, lane: Lane) -> Stepped {
        let Some(_running) = self.begin(lane) else {
            return Stepped::NotDue;
        };
        let outcome = self.work(lane).await;
        let now = self.now();
        let stepped = match &outcome {
            Ok(_) => Stepped::Worked,
            Err(error) => {
                tracing::warn!(?lane, %error, "a step of the synchronisation failed");
                Stepped::Failed
            }
        };
        self.lanes().with(lane, |state| match &outcome {
            Ok(Next::Again) => state.pacing.succeeded(now, Some(SignedDuration::ZERO)),
            Ok(Next::After(delay)) => state.pacing.succeeded(now, Some(*delay)),
            Ok(Next::WhenAsked) => state.pacing.succeeded(now, None),
            Err(error) => state.pacing.failed(now, error.trouble()),
        });
        stepped
    }

    /// Steps every lane that is due once, in order. True when at least one was.
    pub async fn run_once(&self) -> bool {
        let mut was_due = false;
        for lane in Lane::ALL {
            was_due |= self.step(lane).await != Stepped::NotDue;
        }
        was_due
    }

    /// Steps until nothing is due any more: everything is here, or has to wait.
    pub async fn run_until_idle(&self) {
        while self.run_once().await {}
    }

    async fn work(&self, lane: Lane) -> Result<Next, SyncError> {
        match lane {
            Lane::Messages => self.messages_step().await,
            Lane::Calls => self.calls_step().await,
            Lane::ReadStates => self.read_states_step().await,
            Lane::Lines => self.lines_step().await,
            Lane::Consents => self.consents_step().await,
            Lane::Deletions => self.deletions_step().await,
            Lane::Transcripts => self.transcripts_step().await,
            Lane::Sounds => self.sounds_step().await,
            Lane::MessageHistory | Lane::CallHistory => self.history_step(lane).await,
            Lane::Directory => self.directory_step().await,
            Lane::AddressBook => self.address_book_step().await,
        }
    }

    /// Takes the lane if it is due; it is given back when the guard goes, however the step ends.
    fn begin(&self, lane: Lane) -> Option<Running<'_>> {
        let now = self.now();
        let is_begun = self.lanes().with(lane, |state| {
            let begins = !state.is_running && state.pacing.is_due(now);
            state.is_running |= begins;
            begins
        });
        is_begun.filter(|is_begun| *is_begun)?;
        self.announce();
        Some(Running { sync: self, lane })
    }

    fn announce(&self) {
        self.changes().announce(CoreEvent::SyncChanged);
    }

    fn client(&self) -> &Client {
        &self.0.client
    }

    fn store(&self) -> &Store {
        &self.0.store
    }

    fn faxes(&self) -> &Faxes {
        &self.0.faxes
    }

    fn voicemails(&self) -> &Voicemails {
        &self.0.voicemails
    }

    fn own_extension(&self) -> &ExtensionId {
        &self.0.own
    }

    fn is_given_up(&self, attachment: AttachmentId) -> bool {
        self.given_up().contains(&attachment)
    }

    fn give_up(&self, attachment: AttachmentId) {
        self.given_up().insert(attachment);
    }

    fn given_up(&self) -> MutexGuard<'_, HashSet<AttachmentId>> {
        self.0.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clock(&self) -> &Clock {
        self.0.store.clock()
    }

    fn changes(&self) -> &ChangeFeed {
        self.0.store.changes()
    }

    fn now(&self) -> Timestamp {
        self.clock().now()
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn history_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.history_turn.lock().await
    }

    fn is_history_paused(&self) -> bool {
        self.0.is_history_paused.load(Ordering::Relaxed)
    }

    fn history_pace(&self) -> Next {
        if self.0.options.history_pause.is_zero() {
            Next::Again
        } else {
            Next::After(self.0.options.history_pause)
        }
    }
}

/// A lane that is being stepped.
struct Running<'a> {
    sync: &'a Sync,
    lane: Lane,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.sync
            .lanes()
            .with(self.lane, |state| state.is_running = false);
        self.sync.announce();
    }
}
