//! Who can be reached: the state of each colleague, and our own.
//!
//! RingCentral has no state "on a call" or "do not disturb"; [`Availability`] is composed of what it does have.

use crate::communication::{Direction, Party};
use crate::contact::ContactRef;
use crate::ids::ContactId;
use crate::phone_number::PhoneNumber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a colleague's dot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Availability {
    Available,
    Busy,
    /// The phone rings.
    Ringing,
    /// Talking, or has somebody on hold or parked.
    OnCall,
    /// Takes no calls at all.
    DoNotDisturb,
    Offline,
}

/// Which calls reach somebody (`dndStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallsTaken {
    All,
    /// Direct calls only.
    NotFromQueues,
    /// Calls of queues only.
    OnlyFromQueues,
    None,
}

/// The presence of a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPresence {
    pub contact: ContactId,
    pub availability: Availability,
    pub calls_taken: CallsTaken,
    pub is_in_meeting: bool,
    /// What the colleague wrote about it, at most 75 characters.
    pub message: Option<String>,
    /// Since when [`Self::availability`] holds, on the clock of this computer; `None` while it is not known.
    pub since: Option<Timestamp>,
    /// When RingCentral said so last, on the clock of this computer.
    pub updated_at: Timestamp,
    /// It may have changed since: nothing is heard from RingCentral at the moment.
    pub is_stale: bool,
}

/// What a person can say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StatusChoice {
    Available,
    Busy,
    /// No calls at all.
    DoNotDisturb,
    /// Direct calls, but none of queues.
    NoQueueCalls,
    /// Offline for others; calls still come.
    Invisible,
}

/// A queue the signed-in person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnQueue {
    /// The vendor's extension id of the queue.
    pub id: String,
    pub name: String,
    pub takes_calls: bool,
    /// Whether RingCentral lets the person change that.
    pub can_change: bool,
}

/// The presence of the signed-in person, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPresence {
    /// `None` until the directory knows the person, or when RingCentral has not told yet.
    pub presence: Option<MemberPresence>,
    /// What the person has chosen; `None` for a combination that is no choice here.
    pub choice: Option<StatusChoice>,
    pub queues: Vec<OwnQueue>,
    /// Why nothing can be changed now, in words.
    pub hindrance: Option<String>,
}

/// Whom a colleague is talking to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TalkingTo {
    pub party: Party,
    pub direction: Direction,
    /// On the clock of this computer.
    pub since: Timestamp,
    pub queue: Option<String>,
}

/// A colleague as the page of the team shows one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamMember {
    pub contact: ContactRef,
    pub department: Option<String>,
    pub job_title: Option<String>,
    /// The number to call or text, the direct one first.
    pub number: Option<PhoneNumber>,
    pub presence: Option<MemberPresence>,
    /// The calls of the colleague; empty as well when we may not know.
    pub talking_to: Vec<TalkingTo>,
    /// Names of the queues.
    pub queues: Vec<String>,
    pub is_favourite: bool,
    /// The signed-in person.
    pub is_own: bool,
}

/// The whole team: favourites first, then by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    pub members: Vec<TeamMember>,
    /// Why one does not see whom colleagues talk to, in words; `None` when one does.
    pub calls_hidden: Option<String>,
    /// Why presence may be out of date, in words.
    pub stale: Option<String>,
}
