//! Faxes that come in, and faxes that are accepted to be sent. What then becomes of those is in [`super::fax_delivery`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::super::World;
use super::super::account::UsageType;
use super::super::calls::CallResult;
use super::super::ids::{AttachmentId, ExtensionId, MessageId};
use super::super::messages::{
    Attachment, AttachmentType, Availability, Direction, FaxDetail, FaxResolution, Message, MessageStatus,
    MessageType, Recipient,
};
use super::super::number::Endpoint;
use super::super::outbound::{LedgerEntry, LedgerFax, LedgerKind, LedgerRecipient};
use super::super::records::FaxCall;
use super::super::timeline::Step;
use super::attachments::fax_attachment;
use super::{OutgoingFax, OutgoingFile, StoreError};
use crate::media::{self, Content, Document, FaxCover, FaxPaper, GivenDocument, SentFax};

/// How long a page that comes in takes on the line.
const FAX_PAGE: SignedDuration = SignedDuration::from_secs(38);

/// A fax that comes in.
#[derive(Debug, Clone)]
pub struct IncomingFax {
    documents: Vec<IncomingDocument>,
    resolution: FaxResolution,
}

#[derive(Debug, Clone)]
struct IncomingDocument {
    content: Content,
    content_type: &'static str,
    pages: u32,
}

impl From<Document> for IncomingFax {
    fn from(document: Document) -> Self {
        let resolution = if document.is_coarse() {
            FaxResolution::Low
        } else {
            FaxResolution::High
        };
        IncomingFax {
            documents: vec![IncomingDocument {
                content: Content::Document(document),
                content_type: document.content_type(),
                pages: document.pages,
            }],
            resolution,
        }
    }
}

impl From<Vec<GivenDocument>> for IncomingFax {
    fn from(documents: Vec<GivenDocument>) -> Self {
        let documents = documents.into_iter().map(|given| IncomingDocument {
            content: Content::GivenFax(given.bytes),
            content_type: given.content_type,
            pages: given.pages,
        });
        IncomingFax {
            documents: documents.collect(),
            resolution: FaxResolution::High,
        }
    }
}

impl World {
    /// A fax comes in for an extension.
    pub fn receive_fax(
        &mut self,
        owner: ExtensionId,
        from: Endpoint,
        fax: impl Into<IncomingFax>,
    ) -> MessageId {
        let IncomingFax {
            documents,
            resolution,
        } = fax.into();
        let holder = self
            .extension(owner)
            .and_then(|queue| queue.message_recipient)
            .unwrap_or(owner);
        let to = self.fax_line(owner);
        let pages = documents
            .iter()
            .fold(0u32, |pages, document| pages.saturating_add(document.pages));
        let mut message = self.blank_fax(holder, Direction::Inbound, from.clone());
        message.subject = from.telephony_number().map(Arc::from);
        message.to = vec![Recipient::plain(to.clone())];
        message.fax = Some(FaxDetail {
            page_count: pages,
            resolution,
            cover_index: None,
            cover_page_text: None,
            paper: None,
        });
        for (place, document) in documents.into_iter().enumerate() {
            let id = match place {
                0 => AttachmentId(message.id.0),
                _ => AttachmentId(self.mint.other()),
            };
            message.attachments.push(Attachment {
                id,
                kind: AttachmentType::RenderedDocument,
                content_type: document.content_type,
                file_name: None,
                vm_duration_s: None,
                dimensions: None,
                content: document.content,
            });
        }
        let id = self.arrive(message);
        // It is here when its last page is.
        let began_at = self
            .now()
            .saturating_sub(on_the_line(pages))
            .unwrap_or(self.now());
        self.log_fax_call(FaxCall {
            owner: holder,
            direction: Direction::Inbound,
            from,
            to,
            started_at: began_at,
            ended_at: self.now(),
            result: CallResult::Received,
            reason: None,
            message: id,
        });
        id
    }

    /// An extension sends a fax: accepted and queued with no pages, whatever becomes of it.
    pub fn send_fax(&mut self, fax: OutgoingFax) -> Message {
        let from = self.fax_line(fax.owner);
        let mut message = self.blank_fax(fax.owner, Direction::Outbound, from.clone());
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
        let cover = (fax.cover_index > 0).then(|| FaxCover {
            index: fax.cover_index,
            to: fax.to.iter().map(words_for).collect(),
            from: words_for(&from),
            at: message.created_at,
            note: fax.cover_page_text.clone(),
        });
        let sent = Arc::new(SentFax::new(Arc::clone(&fax.paper), cover));
        message.fax = Some(FaxDetail {
            page_count: 0,
            resolution: fax.resolution,
            cover_index: Some(fax.cover_index),
            cover_page_text: fax.cover_page_text.clone(),
            paper: Some(Arc::clone(&fax.paper)),
        });
        let letter = Document::cover_letter(message.id.0, 1);
        message.attachments = vec![Attachment {
            content: Content::SentFax(sent),
            ..fax_attachment(message.id, letter)
        }];
        self.put_and_announce(message.clone(), true);
        let now = self.now();
        let recipients = fax.to.iter().filter_map(Endpoint::e164);
        self.note_waiting(LedgerEntry {
            number: 0,
            kind: LedgerKind::Fax,
            at: now,
            message: Some(message.id),
            owner: fax.owner,
            from: message.from.e164(),
            recipients: recipients
                .map(|number| LedgerRecipient {
                    number,
                    held_back: None,
                })
                .collect(),
            text: String::new(),
            files: fax.paper.files().iter().map(Into::into).collect(),
            fax: Some(LedgerFax {
                cover_index: fax.cover_index,
                note: fax.cover_page_text,
                resolution: fax.resolution,
                send_at: fax.send_at,
                original: fax.original,
                accepted_at: now,
            }),
        });
        let wait = until(fax.send_at, self.now());
        let delay = wait.saturating_add(self.fax_pace().converting);
        self.schedule_in(delay, Step::FaxLeaves { message: message.id });
        message
    }

    /// A fax is sent again to whom it could not be sent, or forwarded to others: a new message with the pages of the old.
    /// Without `to` it goes to all its recipients again.
    ///
    /// # Errors
    /// When there is no such fax, or its state does not allow it.
    pub fn resend_fax(
        &mut self,
        owner: ExtensionId,
        original: MessageId,
        to: Vec<Endpoint>,
        send_at: Option<Timestamp>,
    ) -> Result<Message, StoreError> {
        let found = self
            .message(owner, original)
            .filter(|found| found.kind == MessageType::Fax && found.availability != Availability::Purged)
            .cloned()
            .ok_or(StoreError::NoSuchMessage(original))?;
        let is_outbound = found.direction == Direction::Outbound;
        let is_allowed = found.availability == Availability::Alive
            && match to.is_empty() {
                true => is_outbound && found.status == MessageStatus::SendingFailed,
                false => found.status != MessageStatus::Queued,
            };
        let Some(detail) = found.fax.as_ref().filter(|_| is_allowed) else {
            return Err(StoreError::WrongState);
        };
        let to = match to.is_empty() {
            true => found.to.iter().map(|one| one.endpoint.clone()).collect(),
            false => to,
        };
        // What was not sent from here in this life has no files any more: its rendered document goes out.
        let (paper, cover_index) = match &detail.paper {
            Some(paper) => (Arc::clone(paper), detail.cover_index.unwrap_or_default()),
            None => (Arc::new(FaxPaper::new(rendered(&found))), 0),
        };
        Ok(self.send_fax(OutgoingFax {
            owner,
            to,
            paper,
            resolution: detail.resolution,
            cover_index,
            cover_page_text: detail.cover_page_text.clone(),
            send_at,
            original: Some(original),
        }))
    }

    /// A fax without anything in it. RingCentral tells the second in which it came into being and no more: in every sample
    /// `creationTime` is a whole second, a little before `lastModifiedTime`.
    fn blank_fax(&mut self, owner: ExtensionId, direction: Direction, from: Endpoint) -> Message {
        let message = self.blank_message(owner, MessageType::Fax, direction, from);
        let second = Timestamp::from_second(message.created_at.as_second());
        Message {
            created_at: second.unwrap_or(message.created_at),
            ..message
        }
    }

    /// The line faxes of an extension come from and go to: the operator has the company's fax number if there is one, anybody
    /// else the own number.
    pub(super) fn fax_line(&self, owner: ExtensionId) -> Endpoint {
        let of_company = self
            .phone_numbers
            .values()
            .find(|number| number.usage == UsageType::CompanyFaxNumber && owner == self.account.operator)
            .map(|number| number.number);
        match of_company.or_else(|| self.primary_number(owner)) {
            Some(number) => self.line_endpoint(owner, number),
            None => self.extension_endpoint(owner),
        }
    }
}

fn on_the_line(pages: u32) -> SignedDuration {
    FAX_PAGE
        .checked_mul(i32::try_from(pages).unwrap_or(i32::MAX))
        .unwrap_or(SignedDuration::ZERO)
}

/// How long it is until then.
fn until(then: Option<Timestamp>, now: Timestamp) -> SignedDuration {
    then.map_or(SignedDuration::ZERO, |then| {
        then.duration_since(now).max(SignedDuration::ZERO)
    })
}

fn words_for(end: &Endpoint) -> String {
    let words = [end.name.as_deref().map(str::to_owned), end.telephony_number()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn rendered(message: &Message) -> Vec<OutgoingFile> {
    let file = |attachment: &Attachment| {
        let rendered = media::render(message, attachment);
        OutgoingFile {
            content_type: rendered.content_type.to_owned(),
            file_name: None,
            bytes: rendered.bytes,
        }
    };
    message.attachments.iter().map(file).collect()
}
