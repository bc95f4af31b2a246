//! What a connection is waiting for.
//!
//! Plain data; the rules are [`super::Protocol`]'s.

use tokio::time::Instant;

use crate::api::operations::Operation;

/// How far a connection has come.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing may be sent before the connection's details have come.
    AwaitingDetails {
        since: Instant,
    },
    Subscribing,
    Live,
}

/// A request without an answer so far.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) operation: &'static Operation,
    pub(super) message_id: String,
    pub(super) deadline: Instant,
}

/// A heartbeat without an answer so far.
#[derive(Debug)]
pub(super) struct Heartbeat {
    pub(super) message_id: String,
    pub(super) deadline: Instant,
}

/// Counts the notifications between a recovery and the answer to a heartbeat sent right after it: the replay.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) count: usize,
    pub(super) buffer_size: usize,
}
