//! Click to call: RingCentral rings one of our phones first and then the other side.

use crate::communication::Party;
use crate::ids::OutgoingId;
use serde::{Deserialize, Serialize};

/// A phone of ours that can be rung first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPhone {
    /// What to name it by when a call is asked for.
    pub key: String,
    /// `Desk phone · (510) 555-0104`.
    pub name: String,
}

/// How far a call has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RingOutState {
    /// Not asked for yet: no network, or RingCentral asked to wait.
    Waiting,
    /// Our own phone rings: pick it up.
    RingingYou,
    /// We picked up; the other side rings.
    RingingThem,
    Connected,
    /// It is over, or went on as an ordinary call.
    Finished,
    /// `reason` is plain language.
    Failed {
        reason: String,
    },
    /// The answer was lost: your phone may ring. It is not asked for again.
    Unknown,
    Cancelled,
}

/// A call that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RingOut {
    pub id: OutgoingId,
    pub to: Party,
    /// The name of the phone that rings first.
    pub from: String,
    pub state: RingOutState,
}
