//! The shape of a message: text, voicemail, fax or pager message, and its attachments.
//!
//! The same shape arrives from the message store, from its sync and inside events.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Direction, ExtensionType};
use crate::{
    id::{AttachmentId, ConversationId, ExtensionId, MessageId},
    page::{Record, RecordError, plain_records, read_json},
    wire_time,
};

mod vocabulary;

pub use vocabulary::{
    AttachmentType, Availability, FaxErrorCode, FaxResolution, MessagePriority, MessageStatus, MessageType,
    ReadStatus, TranscriptionStatus,
};

/// A message of the message store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// When it was made.
    #[serde(rename = "creationTime", with = "wire_time::required")]
    pub created_at: Timestamp,
    /// When it changed last.
    #[serde(rename = "lastModifiedTime", default, with = "wire_time::optional")]
    pub last_modified_at: Option<Timestamp>,
    /// To us or from us.
    pub direction: Direction,
    /// Who sent it.
    pub from: Option<MessageParty>,
    /// Who it was sent to. Absent for an inbound fax.
    #[serde(default)]
    pub to: Vec<MessageParty>,
    /// Read or unread.
    pub read_status: Option<ReadStatus>,
    /// Alive, deleted or purged.
    #[serde(default)]
    pub availability: Availability,
    /// How far its delivery has come.
    pub message_status: Option<MessageStatus>,
    /// Why a text was not delivered, for example `SMS-CAR-450`.
    pub delivery_error_code: Option<String>,
    /// Normal or high.
    pub priority: Option<MessagePriority>,
    /// A text's words; for an inbound fax the caller's name or number.
    pub subject: Option<String>,
    /// The conversation, exact. Prefer [`Message::conversation_id`].
    pub conversation: Option<ConversationLink>,
    /// The conversation as a number, which the vendor rounds: use it only when nothing else is there.
    #[serde(rename = "conversationId")]
    pub rounded_conversation_id: Option<ConversationId>,
    /// Sound, transcript, pages, pictures.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Pages of a fax; 0 while an outbound one is queued.
    pub fax_page_count: Option<u32>,
    /// Resolution of a fax.
    pub fax_resolution: Option<FaxResolution>,
    /// Cover page of a fax.
    pub cover_index: Option<i32>,
    /// Words on the cover page.
    pub cover_page_text: Option<String>,
    /// State of a voicemail's transcript.
    pub vm_transcription_status: Option<TranscriptionStatus>,
    /// When a text was delivered.
    #[serde(rename = "smsDeliveryTime", default, with = "wire_time::optional")]
    pub sms_delivered_at: Option<Timestamp>,
    /// How often the vendor tried to send a text.
    #[serde(rename = "smsSendingAttemptsCount")]
    pub sms_sending_attempts: Option<u32>,
    /// Parts a text was cut into.
    pub segment_count: Option<u32>,
    /// Whose mailbox it is, when it is a shared one.
    pub owner: Option<MessageOwner>,
    /// The extension whose mailbox it is.
    pub extension_id: Option<ExtensionId>,
    /// A voicemail marked private by its caller.
    #[serde(rename = "private", default)]
    pub is_private: bool,
    /// A pager message to a whole department.
    #[serde(rename = "pgToDepartment", default)]
    pub is_to_department: bool,
    /// In events: `Create`, for example.
    pub event_type: Option<String>,
}
plain_records!(Message);

impl Message {
    /// The conversation this message belongs to.
    pub fn conversation_id(&self) -> Option<&ConversationId> {
        self.conversation
            .as_ref()
            .map(|link| &link.id)
            .or(self.rounded_conversation_id.as_ref())
    }

    /// The first attachment of a kind.
    pub fn attachment(&self, kind: &AttachmentType) -> Option<&Attachment> {
        self.attachments
            .iter()
            .find(|attachment| attachment.kind.as_ref() == Some(kind))
    }
}

/// A link to a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ConversationLink {
    /// The conversation.
    pub id: ConversationId,
}

/// Sender or recipient of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageParty {
    /// The number, with or without `+`; absent when withheld.
    pub phone_number: Option<String>,
    /// The short number, for an extension.
    pub extension_number: Option<String>,
    /// The extension.
    pub extension_id: Option<ExtensionId>,
    /// The name that the network or the directory gave.
    pub name: Option<String>,
    /// Where the number is from.
    pub location: Option<String>,
    /// Among several recipients: whether it is the one whose mailbox this is.
    #[serde(rename = "target")]
    pub is_target: Option<bool>,
    /// How far the delivery to this recipient has come.
    pub message_status: Option<MessageStatus>,
    /// Why the fax to this recipient failed.
    pub fax_error_code: Option<FaxErrorCode>,
}

/// A file that belongs to a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The attachment.
    pub id: AttachmentId,
    /// Where its content is; follow it, do not build it. Absent in some events.
    pub uri: Option<String>,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Option<AttachmentType>,
    /// Its MIME type.
    pub content_type: Option<String>,
    /// Length of a voicemail in seconds.
    #[serde(rename = "vmDuration")]
    pub vm_duration_secs: Option<u32>,
    /// Its file name.
    #[serde(alias = "filename")]
    pub file_name: Option<String>,
    /// Its size in bytes.
    #[serde(rename = "size")]
    pub size_bytes: Option<u64>,
    /// Width of a picture.
    #[serde(rename = "width")]
    pub width_px: Option<u32>,
    /// Height of a picture.
    #[serde(rename = "height")]
    pub height_px: Option<u32>,
}

/// The extension whose mailbox holds a shared message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageOwner {
    /// The extension.
    pub extension_id: Option<ExtensionId>,
    /// Its kind.
    pub extension_type: Option<ExtensionType>,
    /// Its name.
    pub name: Option<String>,
}

/// What a sync says about one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageChange {
    /// New or changed.
    Message(Box<Message>),
    /// Deleted (restorable) or purged; the server sends nothing but the id.
    Removed {
        /// The message.
        id: MessageId,
        /// `Deleted` or `Purged`.
        availability: Availability,
    },
}

impl Record for MessageChange {
    fn from_raw(raw: &RawValue) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Fate {
            id: MessageId,
            #[serde(default)]
            availability: Availability,
        }
        let fate: Fate = read_json(raw.get())?;
        if matches!(fate.availability, Availability::Deleted | Availability::Purged) {
            return Ok(Self::Removed {
                id: fate.id,
                availability: fate.availability,
            });
        }
        read_json(raw.get()).map(|message| Self::Message(Box::new(message)))
    }
}
