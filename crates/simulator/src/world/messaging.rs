//! Messages as the world offers them: questions, arrivals, sending, reading, deleting.
//!
//! Multipart bodies and size limits of requests are the HTTP side's business; here a message is already understood.

mod attachments;
mod delivery;
pub(crate) mod delivery_errors;
mod fax_delivery;
mod faxes;
mod mailbox;
mod texts;
mod voicemail;

use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::World;
use super::call_log::Page;
use super::events::{Change, MessageStoreChange, MessageTally};
use super::ids::{
    AttachmentId, CallRecordId, ContactId, ConversationId, DeviceId, ExtensionId, MessageId,
    MonitoringGroupId,
};
use super::message_store::MessageQuery;
use super::messages::{
    Availability, Direction, FaxResolution, Message, MessageStatus, MessageType, Priority, ReadStatus,
    TranscriptionStatus,
};
use super::number::{E164, Endpoint, PartyNumber};
use super::timeline::Step;
use crate::media;

pub use faxes::IncomingFax;
pub(super) use mailbox::INBOX_LIMIT;
pub use voicemail::SpokenMessage;

pub(crate) use attachments::{
    complete_transcript, fax_attachment, picture_attachment, text_attachment, voicemail_attachment,
};

/// What was asked for does not exist or is in no state for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No such extension.
    #[error("there is no extension {0}")]
    NoSuchExtension(ExtensionId),
    /// No such device.
    #[error("there is no device {0}")]
    NoSuchDevice(DeviceId),
    /// No monitoring group of that identifier.
    #[error("there is no monitoring group {0}")]
    NoSuchMonitoringGroup(MonitoringGroupId),
    /// Presence is only people's.
    #[error("extension {0} has no presence")]
    HasNoPresence(ExtensionId),
    /// No such message in that extension's store.
    #[error("there is no message {0}")]
    NoSuchMessage(MessageId),
    /// No such contact in that address book.
    #[error("there is no contact {0}")]
    NoSuchContact(ContactId),
    /// No such call log record.
    #[error("there is no call log record {0}")]
    NoSuchCallRecord(CallRecordId),
    /// The number is not one the extension may send from.
    #[error("phone number {0} does not belong to the extension")]
    NotOwnNumber(E164),
    /// The number is nobody's in this account.
    #[error("no extension of the account has {0}")]
    NobodyThere(E164),
    /// The message is in no state for this.
    #[error("the message's state does not allow this")]
    WrongState,
}

/// A file that goes out with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    /// MIME type.
    pub content_type: String,
    /// File name, where one was given.
    pub file_name: Option<String>,
    /// The bytes.
    pub bytes: Bytes,
}

/// A text to send.
#[derive(Debug, Clone)]
pub struct OutgoingText {
    /// Who sends.
    pub owner: ExtensionId,
    /// From which number.
    pub from: E164,
    /// To whom; several make a group.
    pub to: Vec<E164>,
    /// The text.
    pub text: String,
    /// Pictures and the like.
    pub files: Vec<OutgoingFile>,
}

/// A text that comes in.
#[derive(Debug, Clone)]
pub struct IncomingText {
    /// Who wrote; may be a short code.
    pub from: Endpoint,
    /// The account's number it came to.
    pub to: E164,
    /// Further recipients of a group text.
    pub others: Vec<E164>,
    /// The text.
    pub text: String,
    /// Pictures: kind and seed.
    pub pictures: Vec<media::Picture>,
}

/// A fax to send.
#[derive(Debug, Clone)]
pub struct OutgoingFax {
    /// Who sends.
    pub owner: ExtensionId,
    /// To whom.
    pub to: Vec<Endpoint>,
    /// The documents, in order.
    pub paper: Arc<media::FaxPaper>,
    /// Resolution.
    pub resolution: FaxResolution,
    /// Cover page, 0 for none.
    pub cover_index: u32,
    /// Text on it.
    pub cover_page_text: Option<String>,
    /// When to send, if later.
    pub send_at: Option<Timestamp>,
    /// The fax that is sent again or forwarded.
    pub original: Option<MessageId>,
}

impl World {
    /// A page of a message store, newest first.
    pub fn messages(&self, query: &MessageQuery) -> Page<'_, Message> {
        self.message_store.query(query)
    }

    /// One message of an extension, whatever its availability.
    pub fn message(&self, owner: ExtensionId, id: MessageId) -> Option<&Message> {
        self.message_store
            .get(id)
            .filter(|message| message.owner == owner)
    }

    /// Messages that changed at or after `since`, oldest change first, deleted and purged ones included.
    pub fn messages_changed_since(&self, owner: ExtensionId, since: Timestamp) -> Vec<&Message> {
        self.message_store.changed_since(owner, since)
    }

    /// How many messages all stores hold.
    pub fn message_count(&self) -> usize {
        self.message_store.len()
    }

    /// The conversation of an extension with these ends; the same ends in any order give the same one.
    pub(crate) fn conversation(
        &self,
        owner: ExtensionId,
        ends: impl IntoIterator<Item = u64>,
    ) -> ConversationId {
        let mut ends: Vec<u64> = ends.into_iter().collect();
        ends.sort_unstable();
        ends.dedup();
        super::ids::conversation_id(self.seed, owner, &ends)
    }

    /// Lays down a message of the past: no notification.
    pub(crate) fn lay_down_message(&mut self, message: Message) {
        self.message_store.put(message);
    }

    /// Changes a message of the past without a notification or a new modification time.
    pub(crate) fn amend_past_message(&mut self, id: MessageId, edit: impl FnOnce(&mut Message)) {
        if let Some(mut message) = self.message_store.get(id).cloned() {
            edit(&mut message);
            self.message_store.put(message);
        }
    }

    /// Plans the end of a transcription.
    pub(crate) fn transcribe_later(
        &mut self,
        message: MessageId,
        delay: SignedDuration,
        status: TranscriptionStatus,
    ) {
        let transcript = AttachmentId(self.mint.other());
        self.schedule_in(
            delay,
            Step::Transcribe {
                message,
                status,
                transcript,
            },
        );
    }

    /// Marks a message read or unread.
    ///
    /// # Errors
    /// When there is no such message.
    pub fn set_read_status(
        &mut self,
        owner: ExtensionId,
        id: MessageId,
        read_status: ReadStatus,
    ) -> Result<Message, StoreError> {
        self.edit_message(owner, id, |message| message.read_status = read_status)
    }

    /// Deletes a message: to `Deleted` first, to `Purged` the second time or when asked to purge. A queued fax that is
    /// deleted is never sent.
    ///
    /// # Errors
    /// When there is no such message.
    pub fn delete_message(
        &mut self,
        owner: ExtensionId,
        id: MessageId,
        purge: bool,
    ) -> Result<Message, StoreError> {
        self.edit_message(owner, id, |message| {
            let is_second_time = message.availability != Availability::Alive;
            message.availability = if purge || is_second_time {
                Availability::Purged
            } else {
                Availability::Deleted
            };
        })
    }

    /// Restores a deleted message.
    ///
    /// # Errors
    /// When there is none, or it is purged already.
    pub fn restore_message(&mut self, owner: ExtensionId, id: MessageId) -> Result<Message, StoreError> {
        let message = self.message(owner, id).ok_or(StoreError::NoSuchMessage(id))?;
        if message.availability == Availability::Purged {
            return Err(StoreError::WrongState);
        }
        self.edit_message(owner, id, |message| message.availability = Availability::Alive)
    }

    /// Deletes all messages that answer a question; with the default question that is everything, as the vendor does.
    pub fn delete_messages(&mut self, query: &MessageQuery, purge: bool) -> usize {
        let ids: Vec<MessageId> = self
            .messages(query)
            .records
            .iter()
            .map(|message| message.id)
            .collect();
        ids.iter()
            .filter(|id| self.delete_message(query.owner, **id, purge).is_ok())
            .count()
    }

    /// Changes a message on the server and announces it.
    ///
    /// # Errors
    /// When there is no such message.
    pub fn edit_message(
        &mut self,
        owner: ExtensionId,
        id: MessageId,
        edit: impl FnOnce(&mut Message),
    ) -> Result<Message, StoreError> {
        let mut message = self
            .message(owner, id)
            .cloned()
            .ok_or(StoreError::NoSuchMessage(id))?;
        let was = message.availability;
        edit(&mut message);
        message.id = id;
        message.owner = owner;
        message.last_modified_at = self.now();
        if message.availability != was {
            self.begin_availability(&mut message);
        }
        self.put_and_announce(message.clone(), false);
        Ok(message)
    }

    fn blank_message(
        &mut self,
        owner: ExtensionId,
        kind: MessageType,
        direction: Direction,
        from: Endpoint,
    ) -> Message {
        let now = self.now();
        Message {
            id: self.mint.message(),
            owner,
            kind,
            direction,
            from,
            to: Vec::new(),
            created_at: now,
            last_modified_at: now,
            read_status: ReadStatus::Unread,
            availability: Availability::Alive,
            availability_since: now,
            priority: Priority::Normal,
            status: MessageStatus::Received,
            subject: None,
            attachments: Vec::new(),
            conversation_id: None,
            fax: None,
            sms: None,
            transcription: None,
            shared_by: None,
            is_to_department: false,
        }
    }

    fn arrive(&mut self, message: Message) -> MessageId {
        let (id, owner) = (message.id, message.owner);
        self.put_and_announce(message.clone(), true);
        self.announce(Change::MessageArrived(Arc::new(message)));
        self.keep_within_limit(owner);
        id
    }

    fn put_and_announce(&mut self, message: Message, is_new: bool) {
        let change = MessageStoreChange {
            owner: message.owner,
            last_updated_at: message.last_modified_at,
            tallies: vec![MessageTally {
                kind: message.kind,
                direction: message.direction,
                new_ids: if is_new { vec![message.id] } else { Vec::new() },
                updated_count: u32::from(!is_new),
            }],
        };
        self.message_store.put(message);
        self.announce(Change::MessageStore(change));
    }
}

/// A number that stands for an end in a conversation's key.
pub(crate) fn end_key(endpoint: &Endpoint) -> u64 {
    match &endpoint.number {
        PartyNumber::E164(number) => number.0,
        PartyNumber::Extension(number) => u64::from(*number),
        PartyNumber::Verbatim(text) => text
            .bytes()
            .fold(7, |key, byte| key * 31 % 1_000_003 + u64::from(byte)),
        PartyNumber::Absent => 0,
    }
}
