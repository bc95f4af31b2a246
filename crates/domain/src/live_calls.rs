//! The calls of the whole company that go on now, and its queues.
//!
//! All instants are on the clock of this computer, however the server's clock goes, so that a duration is the time since then.

use crate::call::DialledLine;
use crate::communication::{Direction, Party};
use crate::contact::ContactRef;
use crate::ids::CallSessionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a call of the company stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CompanyCallState {
    /// In a queue: nobody talks to the caller yet, whether phones ring or not.
    Waiting,
    Ringing,
    Talking,
    OnHold,
    Parked,
    /// The caller is leaving a message.
    Voicemail,
}

/// A colleague in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallMember {
    /// The vendor's id of the extension.
    pub extension_id: String,
    pub name: String,
    pub contact: Option<ContactRef>,
    pub state: CompanyCallState,
}

/// A call of the company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompanyCall {
    pub session_id: CallSessionId,
    pub direction: Direction,
    /// Between colleagues; [`Self::party`] is then the one who was called.
    pub is_internal: bool,
    /// The outside end.
    pub party: Party,
    /// Our end: whoever talks first, then those whose phones ring.
    pub members: Vec<CallMember>,
    /// Through which queue it came.
    pub queue: Option<String>,
    pub line: Option<DialledLine>,
    pub state: CompanyCallState,
    pub started_at: Timestamp,
    /// Since when [`Self::state`] holds.
    pub state_since: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// Somebody listens in.
    pub is_supervised: bool,
}

/// What a queue did today, by the call log of this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueToday {
    pub offered: u32,
    pub answered: u32,
    /// Nobody took it and the caller gave up or left a message.
    pub missed: u32,
}

/// A queue now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueueNow {
    /// The vendor's extension id.
    pub id: String,
    pub name: String,
    pub waiting: u32,
    /// Since when the one waits who has waited longest.
    pub longest_since: Option<Timestamp>,
    pub talking: u32,
    /// Members who could take a call now; `None` when we may not know.
    pub free_members: Option<u32>,
    pub members: Option<u32>,
    pub today: QueueToday,
}

/// Whose calls one sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallsSeen {
    Company,
    /// Only one's own, and why.
    Own {
        reason: String,
    },
}

/// The page of the live calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveCalls {
    /// Those that wait longest first, then by their beginning.
    pub calls: Vec<CompanyCall>,
    pub queues: Vec<QueueNow>,
    pub seen: CallsSeen,
    /// Why it may be out of date, in words.
    pub stale: Option<String>,
}
