//! Faxes, in and out.

use std::sync::Arc;

use jiff::SignedDuration;

use super::super::World;
use super::super::calls::CallResult;
use super::super::ids::{ExtensionId, MessageId};
use super::super::messages::{
    Attachment, Direction, FaxDetail, FaxResolution, Message, MessageStatus, MessageType, Recipient,
};
use super::super::number::Endpoint;
use super::super::outbound::{LedgerEntry, LedgerKind, LedgerRecipient};
use super::super::timeline::Step;
use super::OutgoingFax;
use super::attachments::fax_attachment;
use crate::media;

impl World {
    /// A fax comes in for an extension.
    pub fn receive_fax(
        &mut self,
        owner: ExtensionId,
        from: Endpoint,
        document: media::Document,
    ) -> MessageId {
        let holder = self
            .extension(owner)
            .and_then(|queue| queue.message_recipient)
            .unwrap_or(owner);
        let to = match self.primary_number(owner) {
            Some(number) => self.line_endpoint(owner, number),
            None => self.extension_endpoint(owner),
        };
        let mut message = self.blank_message(holder, MessageType::Fax, Direction::Inbound, from.clone());
        message.subject = from.telephony_number().map(Arc::from);
        message.to = vec![Recipient::plain(to.clone())];
        message.fax = Some(FaxDetail {
            page_count: document.pages,
            resolution: FaxResolution::High,
            cover_index: None,
            cover_page_text: None,
        });
        message.attachments = vec![fax_attachment(message.id, document)];
        let id = self.arrive(message);
        self.log_fax_call(
            holder,
            Direction::Inbound,
            (from, to),
            document.pages,
            CallResult::Received,
            id,
        );
        id
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
        self.note_waiting(LedgerEntry {
            number: 0,
            kind: LedgerKind::Fax,
            at: message.created_at,
            message: Some(message.id),
            owner: fax.owner,
            from: message.from.e164(),
            recipients: fax
                .to
                .iter()
                .filter_map(Endpoint::e164)
                .map(|number| LedgerRecipient {
                    number,
                    held_back: None,
                })
                .collect(),
            text: String::new(),
            files: fax.files.iter().map(Into::into).collect(),
        });
        let error = fax
            .to
            .iter()
            .find_map(|end| {
                end.e164()
                    .and_then(|number| self.undeliverable.get(&number).copied())
            })
            .map(|_| "LineBusy");
        let status = if error.is_some() {
            MessageStatus::SendingFailed
        } else {
            MessageStatus::Sent
        };
        let wait = fax.send_at.map_or(SignedDuration::ZERO, |at| {
            at.duration_since(self.now()).max(SignedDuration::ZERO)
        });
        let delay = wait.saturating_add(SignedDuration::from_secs(6));
        self.schedule_in(
            delay,
            Step::Deliver {
                message: message.id,
                status,
                error,
                pages: Some(pages),
            },
        );
        message
    }
}
