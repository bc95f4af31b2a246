//! Texts and pager messages, in and out.

use std::sync::Arc;

use jiff::SignedDuration;

use super::super::World;
use super::super::account::Extension;
use super::super::ids::{AttachmentId, ExtensionId, MessageId};
use super::super::messages::{
    AttachmentType, Direction, Message, MessageStatus, MessageType, ReadStatus, Recipient, SmsDetail,
};
use super::super::number::{E164, Endpoint};
use super::super::timeline::Step;
use super::attachments::{file_attachment, picture_attachment, text_attachment};
use super::{IncomingText, OutgoingText, StoreError, end_key};

impl World {
    /// A text comes in for one of the account's numbers.
    ///
    /// # Errors
    /// When the number is nobody's.
    pub fn receive_text(&mut self, text: IncomingText) -> Result<MessageId, StoreError> {
        let addressee = self
            .phone_number_by_e164(text.to)
            .map(|number| number.owner.unwrap_or(self.account.operator))
            .ok_or(StoreError::NobodyThere(text.to))?;
        let owner = self
            .extension(addressee)
            .and_then(|queue| queue.message_recipient)
            .unwrap_or(addressee);
        let target = Recipient {
            is_target: !text.others.is_empty(),
            ..Recipient::plain(self.line_endpoint(owner, text.to))
        };
        let mut to = vec![target];
        to.extend(
            text.others
                .iter()
                .map(|other| Recipient::plain(Endpoint::outside(*other, None))),
        );
        let ends = to
            .iter()
            .map(|recipient| end_key(&recipient.endpoint))
            .chain([end_key(&text.from)]);
        let conversation = self.conversation(owner, ends.collect::<Vec<_>>());
        let mut message = self.blank_message(owner, MessageType::Sms, Direction::Inbound, text.from);
        message.to = to;
        message.conversation_id = Some(conversation);
        message.subject = Some(Arc::from(text.text.as_str()));
        message.attachments = vec![text_attachment(message.id)];
        for picture in text.pictures {
            message
                .attachments
                .push(picture_attachment(AttachmentId(self.mint.other()), picture));
        }
        Ok(self.arrive(message))
    }

    /// An extension sends a text. It is queued at once and settles a little later; texts to the account's own numbers
    /// arrive there.
    ///
    /// # Errors
    /// When the number it is to come from is not the extension's.
    pub fn send_text(&mut self, text: OutgoingText) -> Result<Message, StoreError> {
        let is_own = self
            .phone_number_by_e164(text.from)
            .is_some_and(|number| number.owner == Some(text.owner));
        if !is_own {
            return Err(StoreError::NotOwnNumber(text.from));
        }
        let from = self.line_endpoint(text.owner, text.from);
        let ends = text.to.iter().map(|number| number.0).chain([text.from.0]);
        let conversation = self.conversation(text.owner, ends.collect::<Vec<_>>());
        let mut message = self.blank_message(text.owner, MessageType::Sms, Direction::Outbound, from.clone());
        message.to = text
            .to
            .iter()
            .map(|number| Recipient::plain(Endpoint::outside(*number, None)))
            .collect();
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
            message
                .attachments
                .push(file_attachment(id, file, AttachmentType::MmsAttachment));
        }
        self.put_and_announce(message.clone(), true);
        let error = text
            .to
            .iter()
            .find_map(|number| self.undeliverable.get(number).copied());
        let status = if error.is_some() {
            MessageStatus::DeliveryFailed
        } else {
            MessageStatus::Delivered
        };
        self.schedule_in(
            SignedDuration::from_secs(2),
            Step::Deliver {
                message: message.id,
                status,
                error,
                pages: None,
            },
        );
        self.deliver_inside(&from, &text);
        Ok(message)
    }

    fn deliver_inside(&mut self, from: &Endpoint, text: &OutgoingText) {
        for number in &text.to {
            let is_inside = self
                .phone_number_by_e164(*number)
                .is_some_and(|known| known.owner.is_some());
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
    pub fn send_pager(
        &mut self,
        owner: ExtensionId,
        to: &[ExtensionId],
        text: &str,
    ) -> Result<Message, StoreError> {
        self.extension(owner).ok_or(StoreError::NoSuchExtension(owner))?;
        let from = self.extension_endpoint(owner);
        let recipients: Vec<Recipient> = to
            .iter()
            .map(|member| Recipient::plain(self.extension_endpoint(*member)))
            .collect();
        let is_to_department = to
            .iter()
            .any(|member| self.extension(*member).is_some_and(Extension::is_queue));
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
}

/// Segments of a text: 160 (153 when several) septets, or 70 (67) UTF-16 units outside the basic alphabet.
fn segments(text: &str) -> u32 {
    let is_basic = text.is_ascii();
    let length = if is_basic {
        text.len()
    } else {
        text.encode_utf16().count()
    };
    let (single, several) = if is_basic { (160, 153) } else { (70, 67) };
    let count = if length <= single {
        1
    } else {
        length.div_ceil(several)
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}
