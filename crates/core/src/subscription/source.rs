//! The boundary behind which news of the server comes from.
//!
//! A live WebSocket and the polling that stands in for it are two sources; a webhook relay that is polled is to be a
//! third. A source only tells; what follows from the news is not its business.

use super::fallback::LiveFailure;
use super::gap::Gap;
use crate::store::SyncScope;
use async_trait::async_trait;
use jiff::Timestamp;
use ringcentral::api::presence::{ActiveCall, Presence};
use ringcentral::api::telephony::TelephonySessionEvent;

/// Something a source tells.
#[derive(Debug)]
pub enum News {
    /// News will flow from here on. What a source could not be given is polled for besides.
    Up(Coverage),
    /// No news will come until the source is up again, which it sees to itself.
    Down(LiveFailure),
    /// A party of a call has changed.
    Call(Box<TelephonySessionEvent>),
    /// Whether the calls of the whole company are among [`Self::Call`].
    CompanyCalls { are_served: bool },
    /// The calls of the signed-in person, all of them, as they are now.
    LiveCalls(Vec<ActiveCall>),
    /// A presence has changed; it says sooner or later than [`Self::Call`] which calls there are.
    Presence(Box<Presence>),
    /// The presence of anybody has changed, our own included. `sent_at` is by the server's clock.
    TeamPresence {
        presence: Box<Presence>,
        sent_at: Option<Timestamp>,
    },
    /// Whether the presence of everybody is told from here on.
    TeamPresenceFlows(bool),
    /// There is, or may be, something new to synchronise.
    Changed(SyncScope),
    /// News may have been lost.
    Gap(Gap),
}

/// What a source tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    pub calls: bool,
    pub messages: bool,
}

/// Where news comes from.
#[async_trait]
pub trait EventSource: Send + std::fmt::Debug {
    /// Waits until something has arrived; never returns for a source that only goes by time. Safe to cancel.
    async fn stirred(&mut self);

    /// Takes what has arrived and what is due at `now`, asking the server where it has to.
    async fn take(&mut self, now: Timestamp) -> Vec<News>;

    /// When [`Self::take`] has something to do by time alone.
    fn due_at(&self) -> Option<Timestamp>;

    /// What holds the source up may be dead though it looks alive: make it anew.
    fn renew(&mut self);
}

impl Coverage {
    /// Everything.
    pub const ALL: Self = Self {
        calls: true,
        messages: true,
    };
    /// Nothing.
    pub const NONE: Self = Self {
        calls: false,
        messages: false,
    };

    /// What this one lacks.
    pub fn missing(self) -> Self {
        Self {
            calls: !self.calls,
            messages: !self.messages,
        }
    }
}
