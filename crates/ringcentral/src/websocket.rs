//! The event session: one WebSocket to RingCentral's gateway that stays open, comes back, and says when it cannot
//! vouch for completeness.
//!
//! It connects with a fresh single-use token, subscribes, keeps the line alive, and after a break recovers the session
//! within the vendor's time, so that missed events are replayed
//! (developers.ringcentral.com/guide/notifications/websockets/session-recovery). Where that fails it subscribes anew
//! and reports a [`SessionEvent::Gap`]: then the caller syncs.
//!
//! It deliberately neither orders nor de-duplicates notifications, and it never polls.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::Stream;
use tokio::sync::mpsc;

use crate::{
    Client,
    api::subscriptions::{EventFilter, Subscription},
    error::Error,
    notification::Notification,
    page::Raw,
};

#[expect(
    unreachable_pub,
    reason = "the macro for open enumerations makes public types"
)]
mod frame;
mod protocol;
mod runner;
mod socket;

/// How an event session is run.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// What to be told about.
    pub filters: Vec<EventFilter>,
    /// The clockwork.
    pub timing: Timing,
    /// How many events may wait for the reader before some are dropped and a gap is reported.
    pub buffered_events: usize,
}

impl SessionOptions {
    /// The usual options for these filters.
    pub fn new(filters: Vec<EventFilter>) -> Self {
        Self {
            filters,
            timing: Timing::default(),
            buffered_events: 1024,
        }
    }
}

/// The clockwork of an event session.
#[derive(Debug, Clone)]
pub struct Timing {
    /// After this silence a heartbeat is sent; the vendor wants none before 30 s.
    pub heartbeat_after: Duration,
    /// How long an answer of the server may take: details, heartbeat, subscription.
    pub answer_timeout: Duration,
    /// How often silence, deadlines and the clock are looked at.
    pub tick: Duration,
    /// When the clock advances this much more than a tick, the machine has slept.
    pub sleep_threshold: Duration,
    /// Delay before the first reconnection; doubles from there, with jitter.
    pub first_delay: Duration,
    /// Longest delay before a reconnection.
    pub max_delay: Duration,
    /// Delay after the server refused the subscription, which will hardly change soon.
    pub refused_delay: Duration,
    /// A connection that lasted this long starts the delays over.
    pub stable_after: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            heartbeat_after: Duration::from_secs(30),
            answer_timeout: Duration::from_secs(15),
            tick: Duration::from_secs(5),
            sleep_threshold: Duration::from_secs(20),
            first_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(60),
            refused_delay: Duration::from_secs(300),
            stable_after: Duration::from_secs(30),
        }
    }
}

/// What the session tells.
#[derive(Debug)]
pub enum SessionEvent {
    /// Events are flowing.
    Connected {
        /// The earlier session goes on; what was missed is replayed. Otherwise a [`Self::Gap`] follows.
        is_recovered: bool,
        /// What is delivered and what was refused.
        subscription: Subscription,
    },
    /// Events may have been missed: sync.
    Gap(GapReason),
    /// Something happened.
    Notification(Box<Notification>),
    /// Something arrived that could not be read. The session goes on.
    Malformed {
        /// The path of the field at fault.
        field: String,
        /// What is wrong with it, without the offending value.
        reason: String,
        /// What arrived.
        raw: Raw,
    },
    /// Events have stopped; the session comes back by itself.
    Disconnected {
        /// Why.
        reason: DisconnectReason,
        /// When the next try is made; `None` while a sign-in is awaited.
        retry_in: Option<Duration>,
    },
}

/// Why events may have been missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapReason {
    /// A new session has begun, the first one included: it knows nothing of the time before.
    NewSession,
    /// The replay was as long as the server's buffer, so older events have fallen out of it.
    ReplayBufferFull,
    /// The reader did not keep up and events were dropped.
    ReaderTooSlow,
}

/// Why events have stopped.
#[derive(Debug, thiserror::Error)]
pub enum DisconnectReason {
    /// The gateway could not be reached or gave no usable answer.
    #[error("the event gateway could not be reached")]
    Unreachable(#[source] Error),
    /// Nobody is signed in.
    #[error("sign-in is required")]
    SignInRequired(#[source] Error),
    /// The server refused the subscription.
    #[error("the subscription was refused")]
    SubscriptionRefused(#[source] Error),
    /// The server closed the connection.
    #[error("the server closed the connection{}", code.as_deref().map(|c| format!(" ({c})")).unwrap_or_default())]
    Closed {
        /// Its code, for example `WSG-902`.
        code: Option<String>,
    },
    /// `WSG-902`: nothing was sent for half an hour.
    #[error("the connection was idle for too long")]
    IdleTimeout,
    /// `WSG-903`: a connection lives for a day at most.
    #[error("the connection reached its longest lifetime")]
    AbsoluteTimeout,
    /// The server did not answer in time.
    #[error("the server fell silent")]
    Silent,
    /// The machine has slept, so the connection cannot be trusted.
    #[error("the machine has slept")]
    WokeFromSleep,
    /// The caller asked for it.
    #[error("a new connection was asked for")]
    Asked,
}

/// An open event session: a stream of [`SessionEvent`]s that ends only when it is dropped. Dropping closes it.
#[derive(Debug)]
pub struct EventSession {
    events: mpsc::Receiver<SessionEvent>,
    handle: SessionHandle,
    task: tokio::task::JoinHandle<()>,
}

/// Steers an event session from elsewhere.
#[derive(Debug, Clone)]
pub struct SessionHandle {
    commands: mpsc::UnboundedSender<Command>,
}

#[derive(Debug)]
enum Command {
    SetFilters(Vec<EventFilter>),
    Reconnect,
}

impl EventSession {
    /// Opens a session in a task of its own. Returns at once; the stream tells how it goes.
    ///
    /// Needs a running tokio runtime.
    pub fn open(client: Client, options: SessionOptions) -> Self {
        let (event_sender, events) = mpsc::channel(options.buffered_events.max(16));
        let (commands, command_receiver) = mpsc::unbounded_channel();
        let task = tokio::spawn(runner::run(client, options, event_sender, command_receiver));
        Self {
            events,
            handle: SessionHandle { commands },
            task,
        }
    }

    /// The next event.
    pub async fn next(&mut self) -> Option<SessionEvent> {
        self.events.recv().await
    }

    /// A handle for steering.
    pub fn handle(&self) -> SessionHandle {
        self.handle.clone()
    }
}

impl Stream for EventSession {
    type Item = SessionEvent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<SessionEvent>> {
        self.events.poll_recv(context)
    }
}

impl Drop for EventSession {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SessionHandle {
    /// Replaces the filters, on the open connection if there is one.
    pub fn set_filters(&self, filters: Vec<EventFilter>) {
        // A closed session needs no filters.
        let _ = self.commands.send(Command::SetFilters(filters));
    }

    /// Connects anew at once, for example because the network has changed.
    pub fn reconnect(&self) {
        let _ = self.commands.send(Command::Reconnect);
    }
}
