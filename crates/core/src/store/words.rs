//! The words that stand for enum values in the database.
//!
//! Every word is written and read here and nowhere else; the schema's CHECK constraints hold the same lists.

use super::{Result, Source, StoreError};
use domain::attachment::AttachmentKind;
use domain::communication::{CallOutcome, Direction, Kind};
use domain::consent::ConsentState;
use domain::contact::{ContactKind, ContactSource, NumberLabel};
use domain::fax::{FaxFileKind, FaxResolution};
use domain::outgoing::AttemptOutcome;
use domain::presence::Availability;
use domain::supervision::SupervisionMode;
use domain::transcription::TranscriberKind;

/// A value that the database holds as a word.
pub(crate) trait Word: Sized {
    /// The word for this value.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn of_word(word: &str) -> Result<Self>;
}

macro_rules! words {
    ($ty:ident in $field:literal { $($variant:ident = $word:literal),* $(,)? }) => {
        impl Word for $ty {
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn of_word(word: &str) -> Result<Self> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(StoreError::Unreadable { field: $field, source: None }),
                }
            }
        }
    };
}

/// What kind of thing stands where a number should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberKind {
    Number,
    Extension,
    Short,
    Malformed,
    Withheld,
}

/// `DeliveryState` without its reason, which has a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Received,
    Queued,
    Sent,
    Delivered,
    Failed,
    Unknown,
}

/// `TranscriptState` flattened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TranscriptWord {
    NotAvailable,
    InProgress,
    Failed,
    Ready,
    Partial,
}

/// `OutgoingState` without what belongs to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobState {
    Queued,
    Sending,
    Accepted,
    Delivered,
    Failed,
    Unknown,
    Cancelled,
}

/// `ConsentSource` as far as it stands in a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoredSource {
    RingCentral,
    EnteredHere,
}

words!(Source in "communications.source" { CallLog = "call_log", MessageStore = "message_store" });
words!(Kind in "communications.kind" { Call = "call", Text = "text", Voicemail = "voicemail", Fax = "fax" });
words!(Direction in "communications.direction" { Inbound = "inbound", Outbound = "outbound" });
words!(NumberKind in "communications.number_kind" {
    Number = "number", Extension = "extension", Short = "short", Malformed = "malformed", Withheld = "withheld",
});
words!(CallOutcome in "communications.outcome" {
    Answered = "answered", AnsweredElsewhere = "answered_elsewhere", Missed = "missed", Voicemail = "voicemail",
    Busy = "busy", Rejected = "rejected", Failed = "failed", InProgress = "in_progress", Unknown = "unknown",
});
words!(Delivery in "communications.delivery_state" {
    Received = "received", Queued = "queued", Sent = "sent", Delivered = "delivered", Failed = "failed",
    Unknown = "unknown",
});
words!(TranscriptWord in "communications.transcript_state" {
    NotAvailable = "not_available", InProgress = "in_progress", Failed = "failed", Ready = "ready",
    Partial = "partial",
});
words!(Availability in "rc_presence.status" {
    Available = "available", Busy = "busy", Ringing = "ringing", OnCall = "on_call", DoNotDisturb = "do_not_disturb",
    Offline = "offline",
});
words!(AttachmentKind in "attachments.kind" {
    Audio = "audio", Transcript = "transcript", FaxDocument = "fax_document", Media = "media",
});
words!(ContactKind in "contacts.kind" { External = "external", TeamMember = "team_member", Queue = "queue" });
words!(NumberLabel in "contact_numbers.label" {
    Mobile = "mobile", Work = "work", Home = "home", Main = "main", Fax = "fax", Other = "other",
});
words!(ContactSource in "contact_sources.source" {
    Manual = "manual", Csv = "csv", VCard = "vcard", AddressBook = "address_book", Directory = "directory",
});
words!(JobState in "outbox.state" {
    Queued = "queued", Sending = "sending", Accepted = "accepted", Delivered = "delivered", Failed = "failed",
    Unknown = "unknown", Cancelled = "cancelled",
});
words!(AttemptOutcome in "outbox_attempts.outcome" {
    Accepted = "accepted", NotSent = "not_sent", Refused = "refused", Unknown = "unknown",
});
words!(TranscriberKind in "transcripts.source" {
    RingCentral = "ringcentral", ThisComputer = "this_computer", Gemini = "gemini", OpenAi = "open_ai",
});
words!(SupervisionMode in "supervisions.mode" {
    Listen = "listen", Whisper = "whisper", Barge = "barge", TakeOver = "take_over",
});
words!(StoredSource in "consents.source" { RingCentral = "ringcentral", EnteredHere = "entered_here" });
words!(ConsentState in "consents.state" { OptedOut = "opted_out", OptedIn = "opted_in" });
words!(FaxResolution in "fax_drafts.resolution" { High = "high", Low = "low" });
words!(FaxFileKind in "fax_files.kind" {
    Pdf = "pdf", Tiff = "tiff", Picture = "picture", Text = "text", ConvertedByRingCentral = "converted",
});
