//! Listening in to calls of others, for those whom RingCentral lets.

use crate::contact::ContactRef;
use crate::ids::CallSessionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a supervisor takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SupervisionMode {
    /// Hears both and is heard by nobody.
    Listen,
    /// Is heard by the colleague only.
    Whisper,
    /// Is heard by both.
    Barge,
    /// Talks in the colleague's place.
    TakeOver,
}

/// How a mode is begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupervisionWay {
    /// RingCentral rings one of [`Supervision::devices`].
    RingsDevice,
    /// The supervisor dials these keys on their own phone: `*81`, then `102#`. RingCentral has no request for it.
    Dial { code: String, then: String },
    /// Not now: why, and what to do about it.
    Unavailable { reason: String, remedy: Option<String> },
}

/// One mode for one colleague in one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeOffer {
    pub mode: SupervisionMode,
    pub way: SupervisionWay,
}

/// A phone of the supervisor that can be rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisorDevice {
    /// The vendor's device id.
    pub id: String,
    pub name: String,
}

/// What is possible for one colleague in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentOffer {
    /// The vendor's extension id.
    pub extension_id: String,
    pub name: String,
    /// In the order of [`SupervisionMode`].
    pub modes: Vec<ModeOffer>,
}

/// What a supervisor can do about a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    pub session_id: CallSessionId,
    pub agents: Vec<AgentOffer>,
    pub devices: Vec<SupervisorDevice>,
    /// The signed-in person is listening in to this call, in this mode, since then.
    pub running: Option<(SupervisionMode, Timestamp)>,
}

/// What became of a supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupervisionResult {
    /// It was asked for, and no more is known: the program ended, or the keys were shown.
    Asked,
    Refused {
        reason: String,
    },
    Running,
    Ended {
        seconds: u32,
    },
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionEntry {
    pub number: i64,
    pub at: Timestamp,
    /// Who supervised.
    pub supervisor: String,
    pub agent: String,
    pub agent_contact: Option<ContactRef>,
    /// The other end of the call.
    pub party: String,
    pub session_id: CallSessionId,
    pub mode: SupervisionMode,
    pub result: SupervisionResult,
}

/// The log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionLog {
    pub entries: Vec<SupervisionEntry>,
    pub has_more: bool,
    /// The number of the first line that does not fit to the one before it: lines were removed or changed.
    pub broken_at: Option<i64>,
}
