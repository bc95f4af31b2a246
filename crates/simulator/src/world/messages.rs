//! Messages: texts, pager messages, voicemail, faxes, and their attachments.
//!
//! The bytes of an attachment are made on demand by [`crate::media`]; here stands only what to make.

use std::sync::Arc;

use jiff::Timestamp;

use super::ids::{AttachmentId, ConversationId, ExtensionId, MessageId};
use super::number::Endpoint;
use super::vendor_enum::vendor_enum;

pub use super::calls::Direction;
pub use crate::media::Content;
use crate::media::FaxPaper;

vendor_enum!(
    /// Kind of message.
    MessageType { Fax = "Fax", Sms = "SMS", VoiceMail = "VoiceMail", Pager = "Pager" }
);

vendor_enum!(
    /// Read or not.
    ReadStatus { Read = "Read", Unread = "Unread" }
);

vendor_enum!(
    /// Alive, restorable, or only its metadata left.
    Availability { Alive = "Alive", Deleted = "Deleted", Purged = "Purged" }
);

vendor_enum!(
    /// Delivery state.
    MessageStatus {
        Queued = "Queued",
        Sent = "Sent",
        Delivered = "Delivered",
        DeliveryFailed = "DeliveryFailed",
        SendingFailed = "SendingFailed",
        Received = "Received",
    }
);

vendor_enum!(
    /// Normal or high.
    Priority { Normal = "Normal", High = "High" }
);

vendor_enum!(
    /// State of a voicemail's transcript.
    TranscriptionStatus {
        NotAvailable = "NotAvailable",
        InProgress = "InProgress",
        TimedOut = "TimedOut",
        Completed = "Completed",
        CompletedPartially = "CompletedPartially",
        Failed = "Failed",
        Unknown = "Unknown",
    }
);

vendor_enum!(
    /// Fax resolution: 200 or 100 dots per inch.
    FaxResolution { High = "High", Low = "Low" }
);

vendor_enum!(
    /// What an attachment is.
    AttachmentType {
        AudioRecording = "AudioRecording",
        AudioTranscription = "AudioTranscription",
        Text = "Text",
        SourceDocument = "SourceDocument",
        RenderedDocument = "RenderedDocument",
        MmsAttachment = "MmsAttachment",
    }
);

/// An attachment of a message.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Identifier.
    pub id: AttachmentId,
    /// What it is.
    pub kind: AttachmentType,
    /// MIME type.
    pub content_type: &'static str,
    /// File name, where it has one.
    pub file_name: Option<Arc<str>>,
    /// Length of a voicemail.
    pub vm_duration_s: Option<u32>,
    /// Width and height of a picture in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// What the bytes are made from.
    pub content: Content,
}

/// A recipient.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Who.
    pub endpoint: Endpoint,
    /// Delivery to this one; `None` where the vendor omits it (inbound, single text).
    pub status: Option<MessageStatus>,
    /// Why a fax failed for this one, such as `LineBusy`.
    pub fax_error_code: Option<&'static str>,
    /// Why a text failed for this one of several, such as `SMS-RC-413`.
    pub sms_error_code: Option<&'static str>,
    /// `recipientId` of a fax recipient.
    pub recipient_id: Option<u64>,
    /// In a group text: this is the number the copy was sent to.
    pub is_target: bool,
}

impl Recipient {
    /// A recipient without per-recipient state.
    pub fn plain(endpoint: Endpoint) -> Self {
        Recipient {
            endpoint,
            status: None,
            fax_error_code: None,
            sms_error_code: None,
            recipient_id: None,
            is_target: false,
        }
    }
}

/// What only faxes have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxDetail {
    /// Pages; zero while an outgoing fax is queued.
    pub page_count: u32,
    /// Resolution.
    pub resolution: FaxResolution,
    /// Cover page, for outgoing ones (0 means none).
    pub cover_index: Option<u32>,
    /// Text on the cover page.
    pub cover_page_text: Option<String>,
    /// The files of an outgoing one, as they were uploaded.
    pub paper: Option<Arc<FaxPaper>>,
}

/// What only outgoing texts have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SmsDetail {
    /// Attempts to hand it to the gateway.
    pub sending_attempts: u32,
    /// Segments it was cut into.
    pub segment_count: Option<u32>,
    /// When the carrier confirmed delivery.
    pub delivered_at: Option<Timestamp>,
    /// Why it was not delivered, such as `SMS-CAR-413`.
    pub delivery_error_code: Option<&'static str>,
}

/// A message in an extension's message store.
#[derive(Debug, Clone)]
pub struct Message {
    /// Identifier.
    pub id: MessageId,
    /// Whose message store it is in.
    pub owner: ExtensionId,
    /// Kind.
    pub kind: MessageType,
    /// Direction.
    pub direction: Direction,
    /// From.
    pub from: Endpoint,
    /// To, one or several.
    pub to: Vec<Recipient>,
    /// When it came into being.
    pub created_at: Timestamp,
    /// When it last changed on the server.
    pub last_modified_at: Timestamp,
    /// Read or not.
    pub read_status: ReadStatus,
    /// Alive, Deleted or Purged.
    pub availability: Availability,
    /// Since when it is that. What was deleted is purged some days later.
    pub availability_since: Timestamp,
    /// Priority.
    pub priority: Priority,
    /// Delivery state, aggregated over recipients.
    pub status: MessageStatus,
    /// The text of a text; the caller id of an inbound fax.
    pub subject: Option<Arc<str>>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// Conversation of a text or pager message.
    pub conversation_id: Option<ConversationId>,
    /// Fax fields.
    pub fax: Option<FaxDetail>,
    /// Text fields.
    pub sms: Option<SmsDetail>,
    /// Transcript state of a voicemail.
    pub transcription: Option<TranscriptionStatus>,
    /// The call queue whose mailbox it was left in, when that is shared.
    pub shared_by: Option<ExtensionId>,
    /// A pager message to a whole department.
    pub is_to_department: bool,
}

impl Message {
    /// An attachment by identifier.
    pub fn attachment(&self, id: AttachmentId) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.id == id)
    }

    /// Whether any end carries this number (digits with or without plus).
    pub fn matches_number(&self, filter: &str) -> bool {
        self.from.matches_number(filter)
            || self
                .to
                .iter()
                .any(|recipient| recipient.endpoint.matches_number(filter))
    }
}
