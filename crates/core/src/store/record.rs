//! What a synchronisation hands to the store: plain records, free of the vendor's wire types.
//!
//! Numbers are given as the vendor wrote them; the store brings them into a comparable form. Nothing here is checked
//! beyond its type: a record that makes no sense is set aside by whoever reads the wire.

use domain::attachment::AttachmentKind;
use domain::communication::{CallOutcome, DeliveryState, Direction};
use domain::ids::{CallSessionId, CommunicationId, ConversationId};
use domain::sync::BackfillProgress;
use jiff::Timestamp;
use std::borrow::Cow;

/// Names a synchronisation that keeps a token or progress of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SyncScope(pub Cow<'static, str>);

/// The vendor's opaque `syncToken`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncToken(pub String);

/// Which of the vendor's stores a communication comes from. With the remote id it names a communication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    CallLog,
    MessageStore,
}

/// What one answer of the server changes, applied in one transaction with its token.
#[derive(Debug, Clone)]
pub struct Page {
    pub scope: SyncScope,
    /// When the request was sent, so that an answer that arrives late cannot undo a newer one.
    pub requested_at: Timestamp,
    pub changes: Vec<Change>,
    /// `None` leaves the stored token as it is.
    pub token: Option<SyncToken>,
    /// Set when the page holds everything the server has in a span: what else stands there was deleted.
    pub covers: Option<Coverage>,
    /// How far the backfill of this scope is after this page.
    pub backfill: Option<Backfill>,
}

/// A span of time for which a page is complete; both ends belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    pub source: Source,
    pub from: Timestamp,
    pub until: Timestamp,
    /// The page names all that is there since this instant, which may lie before `from`: what is older than `from` and not
    /// named is gone there and stays here.
    pub names_all_since: Timestamp,
}

/// One thing the server said.
#[derive(Debug, Clone)]
pub enum Change {
    UpsertCall(CallRecord),
    UpsertMessage(MessageRecord),
    Delete {
        source: Source,
        remote_id: String,
    },
    /// The content of a message is gone at the server, whoever's doing that was.
    Purge {
        remote_id: String,
    },
    /// A record that could not be understood. It is kept as it came and never stops the rest.
    SetAside {
        remote_id: String,
        reason: String,
        raw: String,
    },
}

/// The other side of a communication, as the vendor wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyRecord {
    /// `phoneNumber`; `None` or a word such as `anonymous` when withheld.
    pub number: Option<String>,
    /// `extensionNumber`: set when the other side is one of our own.
    pub extension: Option<String>,
    /// `name`: what the telephone network or the vendor calls them.
    pub name: Option<String>,
}

/// Our side: which of our numbers or extensions it concerned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineRecord {
    pub number: Option<String>,
    pub extension: Option<String>,
    pub name: Option<String>,
}

/// A call of the call log.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRecord {
    pub remote_id: String,
    /// `telephonySessionId`, by which it joins the telephony events.
    pub session_id: Option<CallSessionId>,
    pub direction: Direction,
    /// `startTime`.
    pub occurred_at: Timestamp,
    /// `lastModifiedTime`; the simple view has none.
    pub modified_at: Option<Timestamp>,
    pub party: PartyRecord,
    pub line: LineRecord,
    pub outcome: CallOutcome,
    pub duration_seconds: u32,
    /// `message.id`: the voicemail or fax that came of the call.
    pub message_remote_id: Option<String>,
    /// Whatever else is worth keeping, as a JSON object.
    pub metadata: serde_json::Value,
}

/// A message of the message store.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRecord {
    pub remote_id: String,
    pub direction: Direction,
    /// `creationTime`.
    pub occurred_at: Timestamp,
    /// `lastModifiedTime`.
    pub modified_at: Option<Timestamp>,
    /// The other side; of a group text the sender, or the first recipient of what we sent.
    pub party: PartyRecord,
    pub line: LineRecord,
    pub is_read: bool,
    pub body: MessageBody,
    pub attachments: Vec<AttachmentRecord>,
    /// Whatever else is worth keeping, as a JSON object.
    pub metadata: serde_json::Value,
}

/// What is particular to each kind of message.
#[derive(Debug, Clone, PartialEq)]
pub enum MessageBody {
    Text {
        /// `None` for old messages without one; they are threaded by party.
        conversation_id: Option<ConversationId>,
        text: String,
        state: DeliveryState,
        /// Everyone but us when there are several; empty otherwise.
        participants: Vec<PartyRecord>,
    },
    Voicemail {
        duration_seconds: u32,
        transcript: TranscriptState,
    },
    Fax {
        page_count: u32,
        state: DeliveryState,
    },
}

/// What the vendor says about a transcript; its words are an attachment and arrive later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscriptState {
    NotAvailable,
    InProgress,
    Failed,
    /// It can be fetched.
    Ready {
        is_partial: bool,
    },
}

/// A file that hangs on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRecord {
    pub remote_id: String,
    pub kind: AttachmentKind,
    pub content_type: String,
    /// Already safe as a file name on every system.
    pub file_name: String,
    pub size_bytes: Option<u64>,
    pub uri: String,
}

/// What a page did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    pub inserted: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub deleted: u64,
    pub set_aside: u64,
    /// Communications that were not here before, in the order of the page.
    pub arrived: Vec<CommunicationId>,
}

/// How far a synchronisation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncState {
    pub token: Option<SyncToken>,
    pub synced_at: Option<Timestamp>,
}

/// How far an older history has arrived, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backfill {
    pub progress: BackfillProgress,
    /// Where to go on, in the synchronisation's own form.
    pub cursor: Option<String>,
}

impl SyncScope {
    /// The call log.
    pub const CALL_LOG: Self = Self(Cow::Borrowed("call_log"));
    /// The message store.
    pub const MESSAGE_STORE: Self = Self(Cow::Borrowed("message_store"));
    /// The signed-in person's address book.
    pub const ADDRESS_BOOK: Self = Self(Cow::Borrowed("address_book"));
    /// The company directory.
    pub const DIRECTORY: Self = Self(Cow::Borrowed("directory"));
    /// Who wants texts and who does not. It has no token: the list is read as a whole.
    pub const CONSENTS: Self = Self(Cow::Borrowed("consents"));
}

impl Change {
    /// Which communication it is about; `None` for records that were set aside.
    pub fn names(&self) -> Option<(Source, &str)> {
        match self {
            Self::UpsertCall(call) => Some((Source::CallLog, &call.remote_id)),
            Self::UpsertMessage(message) => Some((Source::MessageStore, &message.remote_id)),
            Self::Delete { source, remote_id } => Some((*source, remote_id)),
            Self::Purge { remote_id } => Some((Source::MessageStore, remote_id)),
            Self::SetAside { .. } => None,
        }
    }
}

impl Page {
    /// A page without changes.
    pub fn empty(scope: SyncScope, requested_at: Timestamp) -> Self {
        Self {
            scope,
            requested_at,
            changes: Vec::new(),
            token: None,
            covers: None,
            backfill: None,
        }
    }
}
