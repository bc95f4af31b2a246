//! A call, a text, a voicemail or a fax: the things the inbox lists.

use crate::attachment::Attachment;
use crate::contact::ContactRef;
use crate::ids::{CallSessionId, CommunicationId, ConversationId};
use crate::phone_number::PhoneNumber;
use crate::transcription::TranscriberKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The four kinds of communication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    Call,
    Text,
    Voicemail,
    Fax,
}

/// Seen from this company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    Inbound,
    Outbound,
}

/// The other side of a communication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// What to show as the name: the contact, else the formatted number, else `Withheld number`.
    pub label: String,
    /// `None` when the caller withheld it.
    pub number: Option<PhoneNumber>,
    /// The name the telephone network sent along. A hint only; never treated as a match.
    pub caller_id_name: Option<String>,
    pub contact: Option<ContactRef>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallOutcome {
    /// Someone talked; for outbound calls: it was connected.
    Answered,
    /// Inbound, taken by a colleague or another device.
    AnsweredElsewhere,
    Missed,
    /// The caller was sent to voicemail.
    Voicemail,
    Busy,
    Rejected,
    Failed,
    /// Not over yet.
    InProgress,
    /// The vendor sent a result this version does not know.
    Unknown,
}

/// Where a text or fax is on its way. There is no `read`: the vendor cannot know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryState {
    Received,
    Queued,
    Sent,
    Delivered,
    /// `reason` is plain language.
    Failed {
        reason: String,
    },
    Unknown,
}

/// Whether a voicemail can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Transcript {
    /// There is none and none is coming.
    NotAvailable,
    /// RingCentral is still working on it.
    InProgress,
    Failed,
    /// `is_partial`: RingCentral transcribes only the beginning of long messages.
    Ready {
        text: String,
        is_partial: bool,
        /// Who wrote it down.
        by: TranscriberKind,
    },
}

/// What is particular to each kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body {
    Call {
        outcome: CallOutcome,
        duration_seconds: u32,
        session_id: Option<CallSessionId>,
        /// How often this party tried in vain since we last spoke; 1 for a single missed call, 0 when answered.
        missed_attempts: u32,
    },
    Text {
        conversation_id: ConversationId,
        text: String,
        state: DeliveryState,
        /// Everyone but us; more than one in a group text.
        participants: Vec<Party>,
    },
    Voicemail {
        duration_seconds: u32,
        transcript: Transcript,
    },
    Fax {
        page_count: u32,
        state: DeliveryState,
    },
}

/// One communication, ready to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Communication {
    pub id: CommunicationId,
    pub direction: Direction,
    pub occurred_at: Timestamp,
    pub party: Party,
    /// Which of our lines or queues it concerned: `Sales queue`, `Your direct line`.
    pub line: Option<String>,
    pub is_read: bool,
    pub is_done: bool,
    /// Somebody is waiting for an answer: a missed call that nobody has returned.
    pub is_owed: bool,
    pub body: Body,
    pub attachments: Vec<Attachment>,
}

impl Body {
    /// The kind this body belongs to.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Call { .. } => Kind::Call,
            Self::Text { .. } => Kind::Text,
            Self::Voicemail { .. } => Kind::Voicemail,
            Self::Fax { .. } => Kind::Fax,
        }
    }
}

impl Communication {
    /// Shorthand for `body.kind()`.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// A text of a conversation with several people.
    pub fn is_in_group(&self) -> bool {
        matches!(&self.body, Body::Text { participants, .. } if participants.len() > 1)
    }
}
