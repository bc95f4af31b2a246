//! Texts on their way out: what was written here and is not, or not yet, a message of RingCentral's.
//!
//! Once RingCentral has a text it is a [`crate::communication::Communication`] like any other.

use crate::communication::Party;
use crate::consent::ConsentChoice;
use crate::ids::{ConversationId, OutgoingId, PictureId};
use crate::phone_number::{E164, PhoneNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a text can be taken back before it leaves.
pub const TAKE_BACK_SECONDS: i64 = 5;

/// Where something is on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutgoingState {
    /// Written here, nothing has left. It begins at `not_before` at the earliest and can be taken back until it begins.
    Queued {
        not_before: Timestamp,
    },
    Sending,
    /// RingCentral has taken it over.
    Accepted,
    /// The other side's network has it.
    Delivered,
    /// `reason` is plain language and says what to do.
    Failed {
        reason: String,
        /// Sending it again as it is can help.
        can_retry: bool,
    },
    /// The answer was lost, so nobody knows whether it went out. It is looked for at RingCentral, and not sent again
    /// before that is known.
    Unknown {
        since: Timestamp,
    },
    /// Taken back before it left.
    Cancelled,
}

/// How one try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptOutcome {
    Accepted,
    /// It did not leave: no network, or RingCentral asked to wait.
    NotSent,
    Refused,
    Unknown,
}

/// One try to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    pub began_at: Timestamp,
    /// `None` while it lasts.
    pub outcome: Option<AttemptOutcome>,
    /// What happened, in plain language.
    pub words: Option<String>,
}

/// Why texts wait at the moment although nothing is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeldUp {
    Offline,
    /// RingCentral asked to slow down.
    RateLimited {
        until: Timestamp,
    },
    SignInRequired,
    /// RingCentral, or this computer, has a problem; `reason` is plain language. It is tried again at `until`.
    Trouble {
        reason: String,
        until: Timestamp,
    },
}

/// A text on its way out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutgoingText {
    pub id: OutgoingId,
    pub from: PhoneNumber,
    pub to: Vec<Party>,
    pub text: String,
    pub pictures: Vec<Picture>,
    pub state: OutgoingState,
    pub created_at: Timestamp,
    /// The newest last.
    pub attempts: Vec<Attempt>,
}

/// A picture or other file that goes along with a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: PictureId,
    pub file_name: String,
    pub content_type: String,
    pub size_bytes: u64,
}

/// Whom a text goes to: an existing conversation, or numbers that may or may not have one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Thread {
    Conversation(ConversationId),
    /// In ascending order, each once.
    Numbers(Vec<E164>),
}

/// A number that texts can be sent from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub number: PhoneNumber,
    /// `Your direct line`.
    pub name: String,
    /// Pictures and groups are possible.
    pub can_send_pictures: bool,
}

/// What somebody has begun to write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    /// The number it is to come from; `None` leaves it to the conversation.
    pub from: Option<E164>,
    pub pictures: Vec<Picture>,
}

/// Everything the composer needs for a thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Composer {
    pub thread: Thread,
    pub to: Vec<Party>,
    /// None when this person has no number that may text; [`Self::blocked`] says so then.
    pub senders: Vec<Sender>,
    /// The number that is used when none is chosen: the one that the conversation runs on.
    pub from: Option<E164>,
    pub draft: Draft,
    /// Written here and not yet, or not, among RingCentral's messages; the oldest first.
    pub outgoing: Vec<OutgoingText>,
    /// Why nothing can be sent in this thread, in plain language.
    pub blocked: Option<String>,
    /// What can be noted about whether they want texts from [`Self::from`]; nothing about groups, in which each speaks for
    /// themselves.
    pub consent: Option<ConsentChoice>,
    pub held_up: Option<HeldUp>,
}
