//! How current the local copy is, in a form that can be said in words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the synchronisation is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncPhase {
    /// Nobody is signed in.
    Off,
    UpToDate,
    Syncing,
    /// The server cannot be reached; what is here stays readable.
    Offline,
    /// The server asked us to slow down.
    RateLimited {
        retry_at: Timestamp,
    },
    SignInRequired,
    /// `message` is plain language.
    Failed {
        message: String,
    },
}

/// How far the older history has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillProgress {
    pub records: u64,
    /// Everything since then is here.
    pub complete_since: Option<Timestamp>,
    /// As far back as we want to go.
    pub target: Timestamp,
    /// Somebody cancelled it; it can be resumed.
    pub is_paused: bool,
    pub is_finished: bool,
}

/// State of the local copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncStatus {
    pub phase: SyncPhase,
    pub last_synced_at: Option<Timestamp>,
    pub backfill: Option<BackfillProgress>,
    /// Records that could not be understood and were set aside.
    pub set_aside: u64,
}

/// How news reaches this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventSourceState {
    Off,
    Connecting,
    /// Live over WebSocket.
    Live,
    /// The live connection could not be had; asked every so often instead.
    Polling {
        every_seconds: u32,
        reason: String,
    },
    /// Neither; the last attempt failed.
    Down {
        reason: String,
    },
}
