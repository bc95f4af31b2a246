//! Calls that are going on, and the card that says who is calling.

use crate::communication::{Communication, Direction, Party};
use crate::ids::CallSessionId;
use crate::matching::MatchExplanation;
use crate::phone_number::PhoneNumber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a call stands, seen from the signed-in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LiveCallState {
    Ringing,
    /// The signed-in person is talking.
    Talking,
    OnHold,
    Parked,
    /// A colleague or another device took it.
    AnsweredElsewhere,
    /// The caller is leaving a message.
    Voicemail,
    /// It rang and nobody took it.
    Missed,
    Ended,
}

/// Which of our numbers or queues was dialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialledLine {
    /// `Sales queue`, `Main line`, `Your direct line`.
    pub name: String,
    pub number: Option<PhoneNumber>,
    pub is_queue: bool,
}

/// A call in progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveCall {
    pub session_id: CallSessionId,
    pub state: LiveCallState,
    pub direction: Direction,
    pub party: Party,
    pub line: DialledLine,
    pub started_at: Timestamp,
    pub answered_at: Option<Timestamp>,
}

/// The card for an inbound call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallerCard {
    pub call: LiveCall,
    pub explanation: MatchExplanation,
    pub job_title: Option<String>,
    pub notes: Option<String>,
    /// The last five interactions, newest first.
    pub recent: Vec<Communication>,
}

impl LiveCallState {
    /// The call is over for the signed-in person.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::AnsweredElsewhere | Self::Voicemail | Self::Missed | Self::Ended
        )
    }
}
