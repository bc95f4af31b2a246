//! What [`super::Protocol`] wants done.

use super::super::{DisconnectReason, SessionEvent};
use crate::{api::operations::Operation, rate_limit::RateHeaders};

/// What is to be done.
#[derive(Debug)]
pub(in crate::websocket) enum Effect {
    /// Send this text.
    Send(String),
    /// Wait for the rate budget, then call [`Protocol::subscribe`].
    WantSubscription,
    /// Tell the reader.
    Emit(SessionEvent),
    /// Learn from the rate headers of an answer with this status.
    Observe(&'static Operation, RateHeaders, u16),
    /// This connection is over.
    End(DisconnectReason),
}
