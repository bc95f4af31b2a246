//! Messages as the world offers them: questions, arrivals, sending, reading, deleting.
//!
//! Multipart bodies and size limits of requests are the HTTP side's business; here a message is already understood.

use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::World;
use super::call_log::Page;
use super::events::{Change, MessageStoreChange, MessageTally};
use super::ids::{AttachmentId, CallRecordId, ContactId, ConversationId, ExtensionId, MessageId};
use super::message_store::MessageQuery;
use super::messages::{
    Attachment, AttachmentType, Availability, Content, Direction, FaxDetail, FaxResolution, Message, MessageStatus,
    MessageType, Priority, ReadStatus, Recipient, SmsDetail, TranscriptionStatus,
};
use super::number::{E164, Endpoint, PartyNumber};
use super::timeline::Step;
use crate::media;

/// What was asked for does not exist or is in no state for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No such extension.
    #[error("there is no extension {0}")]
    NoSuchExtension(ExtensionId),
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
#[derive(Debug, Clone)]
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
    pub files: Vec<OutgoingFile>,
    /// Resolution.
    pub resolution: FaxResolution,
    /// Cover page, 0 for none.
    pub cover_index: u32,
    /// Text on it.
    pub cover_page_text: Option<String>,
    /// When to send, if later.
    pub send_at: Option<Timestamp>,
}

impl World {
    /// A page of a message store, newest first.
    pub fn messages(&self, query: &MessageQuery) -> Page<'_, Message> {
        self.message_store.query(query)
    }

    /// One message of an extension, whatever its availability.
    pub fn message(&self, owner: ExtensionId, id: MessageId) -> Option<&Message> {
        self.message_store.get(id).filter(|message| message.owner == owner)
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
    pub(crate) fn conversation(&mut self, owner: ExtensionId, ends: impl IntoIterator<Item = u64>) -> ConversationId {
        let mut ends: Vec<u64> = ends.into_iter().collect();
        ends.sort_unstable();
        ends.dedup();
        let rng = &mut self.rng;
        *self.conversations.entry((owner, ends)).or_insert_with(|| super::ids::conversation_id(rng))
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
    pub(crate) fn transcribe_later(&mut self, message: MessageId, delay: SignedDuration, status: TranscriptionStatus) {
        self.schedule_in(delay, Step::Transcribe { message, status });
    }

    /// A text comes in for one of the account's numbers.
    ///
    /// # Errors
    /// When the number is nobody's.
    pub fn receive_text(&mut self, text: IncomingText) -> Result<MessageId, StoreError> {
        let owner = self
            .phone_number_by_e164(text.to)
            .map(|number| number.owner.unwrap_or(self.account.operator))
            .ok_or(StoreError::NobodyThere(text.to))?;
        let target = Recipient { is_target: !text.others.is_empty(), ..Recipient::plain(self.line_endpoint(owner, text.to)) };
        let mut to = vec![target];
        to.extend(text.others.iter().map(|other| Recipient::plain(Endpoint::outside(*other, None))));
        let ends = to.iter().map(|recipient| end_key(&recipient.endpoint)).chain([end_key(&text.from)]);
        let conversation = self.conversation(owner, ends.collect::<Vec<_>>());
        let mut message = self.blank_message(owner, MessageType::Sms, Direction::Inbound, text.from);
        message.to = to;
        message.conversation_id = Some(conversation);
        message.subject = Some(Arc::from(text.text.as_str()));
        message.attachments = vec![text_attachment(message.id)];
        for picture in text.pictures {
            message.attachments.push(picture_attachment(AttachmentId(self.mint.other()), picture));
        }
        Ok(self.arrive(message))
    }

    /// An extension sends a text. It is queued at once and settles a little later; texts to the account's own numbers
    /// arrive there.
    ///
    /// # Errors
    /// When the number it is to come from is not the extension's.
    pub fn send_text(&mut self, text: OutgoingText) -> Result<Message, StoreError> {
        let is_own = self.phone_number_by_e164(text.from).is_some_and(|number| number.owner == Some(text.owner));
        if !is_own {
            return Err(StoreError::NotOwnNumber(text.from));
        }
        let from = self.line_endpoint(text.owner, text.from);
        let ends = text.to.iter().map(|number| number.0).chain([text.from.0]);
        let conversation = self.conversation(text.owner, ends.collect::<Vec<_>>());
        let mut message = self.blank_message(text.owner, MessageType::Sms, Direction::Outbound, from.clone());
        message.to = text.to.iter().map(|number| Recipient::plain(Endpoint::outside(*number, None))).collect();
        message.conversation_id = Some(conversation);
        message.subject = Some(Arc::from(text.text.as_str()));
        message.status = MessageStatus::Queued;
        message.read_status = ReadStatus::Read;
        message.sms = Some(SmsDetail {
            sending_attempts: 1,
            segment_count: Some(segments(&text.text)),
            ..SmsDetail::default()
        });
        message.attachments = vec![text_attachment(message.id)];
        for file in &text.files {
            let id = AttachmentId(self.mint.other());
            message.attachments.push(file_attachment(id, file, AttachmentType::MmsAttachment));
        }
        self.put_and_announce(message.clone(), true);
        let error = text.to.iter().find_map(|number| self.undeliverable.get(number).copied());
        let status = if error.is_some() { MessageStatus::DeliveryFailed } else { MessageStatus::Delivered };
        self.schedule_in(
            SignedDuration::from_secs(2),
            Step::Deliver { message: message.id, status, error, pages: None },
        );
        self.deliver_inside(&from, &text);
        Ok(message)
    }

    fn deliver_inside(&mut self, from: &Endpoint, text: &OutgoingText) {
        for number in &text.to {
            let is_inside = self.phone_number_by_e164(*number).is_some_and(|known| known.owner.is_some());
            if is_inside {
                let others = text.to.iter().copied().filter(|other| other != number).collect();
                let copy = IncomingText {
                    from: from.clone(),
                    to: *number,
                    others,
                    text: text.text.clone(),
                    pictures: Vec::new(),
                };
                // The number was looked up a line ago, so this arrives.
                drop(self.receive_text(copy));
            }
        }
    }

    /// From now on texts to `number` fail with this delivery error code; `None` lets them through again.
    pub fn set_undeliverable(&mut self, number: E164, error: Option<&'static str>) {
        match error {
            Some(error) => drop(self.undeliverable.insert(number, error)),
            None => drop(self.undeliverable.remove(&number)),
        }
    }

    /// One extension sends a pager message to others; each gets a copy.
    ///
    /// # Errors
    /// When the sender is missing.
    pub fn send_pager(&mut self, owner: ExtensionId, to: &[ExtensionId], text: &str) -> Result<Message, StoreError> {
        self.extension(owner).ok_or(StoreError::NoSuchExtension(owner))?;
        let from = self.extension_endpoint(owner);
        let recipients: Vec<Recipient> =
            to.iter().map(|member| Recipient::plain(self.extension_endpoint(*member))).collect();
        let is_to_department =
            to.iter().any(|member| self.extension(*member).is_some_and(super::account::Extension::is_queue));
        let ends: Vec<u64> = to.iter().map(|member| member.0).chain([owner.0]).collect();
        let mut sent = None;
        for (holder, direction) in std::iter::once((owner, Direction::Outbound))
            .chain(to.iter().map(|member| (*member, Direction::Inbound)))
        {
            let conversation = self.conversation(holder, ends.clone());
            let mut message = self.blank_message(holder, MessageType::Pager, direction, from.clone());
            message.to = recipients.clone();
            message.conversation_id = Some(conversation);
            message.subject = Some(Arc::from(text));
            message.attachments = vec![text_attachment(message.id)];
            message.is_to_department = is_to_department;
            message.status = MessageStatus::Sent;
            if direction == Direction::Outbound {
                message.read_status = ReadStatus::Read;
                sent = Some(message.clone());
                self.put_and_announce(message, true);
            } else {
                self.arrive(message);
            }
        }
        sent.ok_or(StoreError::NoSuchExtension(owner))
    }

    /// A voicemail is left for an extension (or, for a queue, for the person who gets its messages).
    pub fn take_voicemail(
        &mut self,
        mailbox: ExtensionId,
        from: Endpoint,
        clip: usize,
        transcription: TranscriptionStatus,
        transcription_delay_s: u32,
    ) -> MessageId {
        let holder = self.extension(mailbox).and_then(|queue| queue.message_recipient).unwrap_or(mailbox);
        let to = self.extension_endpoint(mailbox);
        let mut message = self.blank_message(holder, MessageType::VoiceMail, Direction::Inbound, from);
        message.to = vec![Recipient::plain(to)];
        message.attachments = vec![voicemail_attachment(message.id, clip)];
        message.transcription = Some(TranscriptionStatus::InProgress);
        let id = message.id;
        if transcription_delay_s == 0 {
            complete_transcript(&mut message, transcription, AttachmentId(self.mint.other()));
        } else {
            let delay = SignedDuration::from_secs(i64::from(transcription_delay_s));
            self.schedule_in(delay, Step::Transcribe { message: id, status: transcription });
        }
        self.arrive(message)
    }

    /// A fax comes in for an extension.
    pub fn receive_fax(&mut self, owner: ExtensionId, from: Endpoint, document: media::Document) -> MessageId {
        let holder = self.extension(owner).and_then(|queue| queue.message_recipient).unwrap_or(owner);
        let to = match self.primary_number(owner) {
            Some(number) => self.line_endpoint(owner, number),
            None => self.extension_endpoint(owner),
        };
        let mut message = self.blank_message(holder, MessageType::Fax, Direction::Inbound, from.clone());
        message.subject = from.telephony_number().map(Arc::from);
        message.to = vec![Recipient::plain(to)];
        message.fax = Some(FaxDetail {
            page_count: document.pages,
            resolution: FaxResolution::High,
            cover_index: None,
            cover_page_text: None,
        });
        message.attachments = vec![fax_attachment(message.id, document)];
        self.arrive(message)
    }

    /// An extension sends a fax: queued with no pages at first, sent (or failed) a little later.
    pub fn send_fax(&mut self, fax: OutgoingFax) -> Message {
        let from = match self.primary_number(fax.owner) {
            Some(number) => self.line_endpoint(fax.owner, number),
            None => self.extension_endpoint(fax.owner),
        };
        let mut message = self.blank_message(fax.owner, MessageType::Fax, Direction::Outbound, from);
        message.to = fax
            .to
            .iter()
            .map(|endpoint| Recipient {
                status: Some(MessageStatus::Queued),
                recipient_id: Some(self.mint.other()),
                ..Recipient::plain(endpoint.clone())
            })
            .collect();
        message.status = MessageStatus::Queued;
        message.fax = Some(FaxDetail {
            page_count: 0,
            resolution: fax.resolution,
            cover_index: Some(fax.cover_index),
            cover_page_text: fax.cover_page_text.clone(),
        });
        let pages = media::page_count_of(&fax.files) + u32::from(fax.cover_index > 0);
        message.attachments = vec![Attachment {
            content: media::outgoing_fax_content(&fax.files, pages, message.id.0),
            ..fax_attachment(message.id, media::Document::cover_letter(message.id.0, pages))
        }];
        self.put_and_announce(message.clone(), true);
        let error = fax
            .to
            .iter()
            .find_map(|end| end.e164().and_then(|number| self.undeliverable.get(&number).copied()))
            .map(|_| "LineBusy");
        let status = if error.is_some() { MessageStatus::SendingFailed } else { MessageStatus::Sent };
        let wait = fax.send_at.map_or(SignedDuration::ZERO, |at| at.duration_since(self.now()).max(SignedDuration::ZERO));
        let delay = wait.saturating_add(SignedDuration::from_secs(6));
        self.schedule_in(delay, Step::Deliver { message: message.id, status, error, pages: Some(pages) });
        message
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
    pub fn delete_message(&mut self, owner: ExtensionId, id: MessageId, purge: bool) -> Result<Message, StoreError> {
        self.edit_message(owner, id, |message| {
            let is_second_time = message.availability != Availability::Alive;
            message.availability =
                if purge || is_second_time { Availability::Purged } else { Availability::Deleted };
            if message.availability == Availability::Purged {
                message.attachments.clear();
            }
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
        let ids: Vec<MessageId> = self.messages(query).records.iter().map(|message| message.id).collect();
        ids.iter().filter(|id| self.delete_message(query.owner, **id, purge).is_ok()).count()
    }

    /// Forgets a purged message altogether, as happens some days after the purge; incremental sync never tells.
    pub fn forget_message(&mut self, id: MessageId) {
        self.message_store.forget(id);
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
        let mut message = self.message(owner, id).cloned().ok_or(StoreError::NoSuchMessage(id))?;
        edit(&mut message);
        message.id = id;
        message.owner = owner;
        message.last_modified_at = self.now();
        self.put_and_announce(message.clone(), false);
        Ok(message)
    }

    pub(super) fn finish_transcription(&mut self, id: MessageId, status: TranscriptionStatus) {
        let Some(owner) = self.message_store.get(id).map(|message| message.owner) else { return };
        let attachment = AttachmentId(self.mint.other());
        // A message purged in the meantime gets no transcript, and nobody is told.
        drop(self.edit_message(owner, id, |message| {
            if message.availability != Availability::Purged {
                complete_transcript(message, status, attachment);
            }
        }));
    }

    pub(super) fn settle_delivery(
        &mut self,
        id: MessageId,
        status: MessageStatus,
        error: Option<&'static str>,
        pages: Option<u32>,
    ) {
        let Some(message) = self.message_store.get(id) else { return };
        if message.availability != Availability::Alive || message.status != MessageStatus::Queued {
            return;
        }
        let owner = message.owner;
        let now = self.now();
        // The message was found a moment ago under this very owner.
        drop(self.edit_message(owner, id, |message| {
            message.status = status;
            for recipient in message.to.iter_mut().filter(|recipient| recipient.status.is_some()) {
                recipient.status = Some(status);
                recipient.fax_error_code = error;
            }
            if let Some(sms) = &mut message.sms {
                sms.delivery_error_code = error;
                sms.delivered_at = (status == MessageStatus::Delivered).then_some(now);
            }
            if let (Some(fax), Some(pages)) = (&mut message.fax, pages) {
                fax.page_count = pages;
            }
        }));
    }

    fn blank_message(&mut self, owner: ExtensionId, kind: MessageType, direction: Direction, from: Endpoint) -> Message {
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
            priority: Priority::Normal,
            status: MessageStatus::Received,
            subject: None,
            attachments: Vec::new(),
            conversation_id: None,
            fax: None,
            sms: None,
            transcription: None,
            is_to_department: false,
        }
    }

    fn arrive(&mut self, message: Message) -> MessageId {
        let id = message.id;
        self.put_and_announce(message.clone(), true);
        self.announce(Change::MessageArrived(Arc::new(message)));
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
        PartyNumber::Verbatim(text) => text.bytes().fold(7, |key, byte| key * 31 % 1_000_003 + u64::from(byte)),
        PartyNumber::Absent => 0,
    }
}

/// The vendor gives the first attachment the message's own number.
pub(crate) fn text_attachment(message: MessageId) -> Attachment {
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::Text,
        content_type: "text/plain",
        file_name: None,
        vm_duration_s: None,
        dimensions: None,
        content: Content::Subject,
    }
}

pub(crate) fn picture_attachment(id: AttachmentId, picture: media::Picture) -> Attachment {
    Attachment {
        id,
        kind: AttachmentType::MmsAttachment,
        content_type: picture.content_type(),
        file_name: Some(Arc::from(picture.file_name())),
        vm_duration_s: None,
        dimensions: Some(picture.dimensions()),
        content: Content::Picture(picture),
    }
}

pub(crate) fn voicemail_attachment(message: MessageId, clip: usize) -> Attachment {
    let clip = media::clip(clip);
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::AudioRecording,
        content_type: clip.content_type,
        file_name: None,
        vm_duration_s: Some(clip.duration_s),
        dimensions: None,
        content: Content::Clip(clip.index),
    }
}

pub(crate) fn fax_attachment(message: MessageId, document: media::Document) -> Attachment {
    Attachment {
        id: AttachmentId(message.0),
        kind: AttachmentType::RenderedDocument,
        content_type: document.content_type(),
        file_name: None,
        vm_duration_s: None,
        dimensions: None,
        content: Content::Document(document),
    }
}

fn file_attachment(id: AttachmentId, file: &OutgoingFile, kind: AttachmentType) -> Attachment {
    Attachment {
        id,
        kind,
        content_type: media::known_content_type(&file.content_type),
        file_name: file.file_name.as_deref().map(Arc::from),
        vm_duration_s: None,
        dimensions: None,
        content: Content::Bytes(file.bytes.clone()),
    }
}

/// Writes the transcript a voicemail ends up with: none when it failed, the first half when it is partial.
pub(crate) fn complete_transcript(message: &mut Message, status: TranscriptionStatus, id: AttachmentId) {
    message.transcription = Some(status);
    let clip = message.attachments.iter().find_map(|attachment| match attachment.content {
        Content::Clip(clip) => Some(clip),
        _ => None,
    });
    let is_partial = status == TranscriptionStatus::CompletedPartially;
    if let (Some(clip), true) = (clip, is_partial || status == TranscriptionStatus::Completed) {
        message.attachments.push(Attachment {
            id,
            kind: AttachmentType::AudioTranscription,
            content_type: "text/plain",
            file_name: Some(Arc::from("transcription.txt")),
            vm_duration_s: None,
            dimensions: None,
            content: Content::Transcript { clip, is_partial },
        });
    }
}

/// Segments of a text: 160 (153 when several) septets, or 70 (67) UTF-16 units outside the basic alphabet.
fn segments(text: &str) -> u32 {
    let is_basic = text.is_ascii();
    let length = if is_basic { text.len() } else { text.encode_utf16().count() };
    let (single, several) = if is_basic { (160, 153) } else { (70, 67) };
    let count = if length <= single { 1 } else { length.div_ceil(several) };
    u32::try_from(count).unwrap_or(u32::MAX)
}
