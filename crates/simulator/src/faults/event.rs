//! What can go wrong with a notification on its way to a WebSocket.

use serde::{Deserialize, Serialize};

/// The mishap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EventEffect {
    /// It never arrives, nor is it replayed when the connection is recovered.
    Lose,
    /// It arrives twice, with the same `uuid`.
    Duplicate,
    /// It arrives after `by_events` further notifications on the same connection, or when released.
    Late { by_events: u32 },
    /// The socket is closed instead; the notification waits in the recovery buffer.
    CloseSocket {
        #[serde(default = "going_away")]
        code: u16,
    },
}

fn going_away() -> u16 {
    1001
}
