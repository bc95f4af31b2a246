//! Texts and pager messages, in and out.

use std::sync::Arc;

use super::super::World;
use super::super::account::Extension;
use super::super::ids::{AttachmentId, ExtensionId, MessageId};
use super::super::messages::{
    AttachmentType, Direction, Message, MessageStatus, MessageType, ReadStatus, Recipient, SmsDetail,
};
use super::super::number::{E164, Endpoint};
use super::super::segments::segment_count;
use super::attachments::{file_attachment, picture_attachment, text_attachment};
use super::delivery_errors::OVER_VOLUME;
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
        self.arrive(message.clone());
        self.heed_keyword(&message, text.to);
        Ok(message.id)
    }

    /// An extension sends a text. It is queued at once, handed to the carriers and reported on a little later; texts to the
    /// account's own numbers arrive there.
    ///
    /// # Errors
    /// When the number it is to come from is not the extension's.
    pub fn send_text(&mut self, text: OutgoingText) -> Result<Message, StoreError> {
        self.send_text_beyond(text, 0)
    }

    /// The same when the last `over_volume` recipients are more than the campaign may reach today: they are kept back.
    ///
    /// # Errors
    /// When the number it is to come from is not the extension's.
    pub(crate) fn send_text_beyond(
        &mut self,
        text: OutgoingText,
        over_volume: usize,
    ) -> Result<Message, StoreError> {
        let is_own = self
            .phone_number_by_e164(text.from)
            .is_some_and(|number| number.owner == Some(text.owner));
        if !is_own {
            return Err(StoreError::NotOwnNumber(text.from));
        }
        let from = self.line_endpoint(text.owner, text.from);
        let ends = text.to.iter().map(|number| number.0).chain([text.from.0]);
        let conversation = self.conversation(text.owner, ends.collect::<Vec<_>>());
        let mut message = self.blank_message(text.owner, MessageType::Sms, Direction::Outbound, from);
        // The vendor gives recipients a state of their own only where there are several.
        let own_status = (text.to.len() > 1).then_some(MessageStatus::Queued);
        message.to = text
            .to
            .iter()
            .map(|number| Recipient {
                status: own_status,
                ..Recipient::plain(Endpoint::outside(*number, None))
            })
            .collect();
        let within_volume = text.to.len().saturating_sub(over_volume);
        let held_back = (0..)
            .zip(&text.to)
            .map(|(place, number)| {
                let over = (place >= within_volume).then_some(OVER_VOLUME);
                self.reason_to_hold_back(text.from, *number).or(over)
            })
            .collect();
        message.conversation_id = Some(conversation);
        message.subject = Some(Arc::from(text.text.as_str()));
        message.status = MessageStatus::Queued;
        message.read_status = ReadStatus::Read;
        message.sms = Some(SmsDetail {
            sending_attempts: 1,
            segment_count: Some(segment_count(&text.text)),
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
        self.send_on_its_way(&message, &text, held_back);
        Ok(message)
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
