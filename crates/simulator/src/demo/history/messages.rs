//! Texts, voicemails, faxes and notes of the past, written down as messages.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::super::staff::ROSA;
use super::{FAX_KEPT_DAYS, GROUPS, Historian, SENT_FAX_KEPT_DAYS, Who};
use crate::media::{Document, Picture, Speech};
use crate::world::calls::CallResult;
use crate::world::faxing::FaxErrorCode;
use crate::world::ids::{AttachmentId, MessageId};
use crate::world::messages::{
    Availability, Direction, FaxDetail, FaxResolution, Message, MessageStatus, MessageType, Priority,
    ReadStatus, Recipient, SmsDetail, TranscriptionStatus,
};
use crate::world::number::Endpoint;
use crate::world::{
    complete_transcript, end_key, fax_attachment, picture_attachment, text_attachment, voicemail_attachment,
};

/// One text in a hundred and fifty never arrives.
const LOST_TEXTS: u64 = 150;
/// How long a text takes.
const DELIVERY: SignedDuration = SignedDuration::from_millis(1_200);
/// Of what comes in after the founding, so much in a hundred has not been looked at.
const UNREAD_TEXTS: u64 = 12;
const UNREAD_OTHERS: u64 = 40;

impl Historian<'_> {
    fn past_message(
        &mut self,
        at: Timestamp,
        kind: MessageType,
        direction: Direction,
        from: Endpoint,
    ) -> Message {
        let is_inbound = direction == Direction::Inbound;
        Message {
            id: self.world.mint.message(),
            owner: ROSA,
            kind,
            direction,
            from,
            to: Vec::new(),
            created_at: at,
            last_modified_at: self.settled_at(at, at + DELIVERY),
            read_status: self.read_status(kind, is_inbound),
            availability: Availability::Alive,
            availability_since: at,
            priority: Priority::Normal,
            status: if is_inbound {
                MessageStatus::Received
            } else {
                MessageStatus::Delivered
            },
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

    /// Rosa has read whatever was there when the company was founded; of what came since she left something over.
    fn read_status(&mut self, kind: MessageType, is_inbound: bool) -> ReadStatus {
        let unread = match kind {
            MessageType::Sms | MessageType::Pager => UNREAD_TEXTS,
            MessageType::VoiceMail | MessageType::Fax => UNREAD_OTHERS,
        };
        if self.is_going_on && is_inbound && self.dice.chance(unread) {
            ReadStatus::Unread
        } else {
            ReadStatus::Read
        }
    }

    pub(super) fn write_text(
        &mut self,
        at: Timestamp,
        who: Who,
        is_inbound: bool,
        body: &str,
        picture: Option<u64>,
    ) {
        let outside = self.outside_end(who);
        let rosa = self.staff.rosa_line.clone();
        let conversation = self.world.conversation(ROSA, [end_key(&outside), end_key(&rosa)]);
        let direction = if is_inbound {
            Direction::Inbound
        } else {
            Direction::Outbound
        };
        let (from, to) = if is_inbound {
            (outside, rosa)
        } else {
            (rosa, outside)
        };
        // Texts carry no network name.
        let from = if is_inbound {
            Endpoint { name: None, ..from }
        } else {
            from
        };
        let to = if is_inbound {
            to
        } else {
            Endpoint { name: None, ..to }
        };
        let mut message = self.past_message(at, MessageType::Sms, direction, from);
        message.to = vec![Recipient::plain(to)];
        message.conversation_id = Some(conversation);
        self.finish_text(message, body, picture);
    }

    pub(super) fn write_group_text(&mut self, at: Timestamp, group: usize, turn: Option<usize>, body: &str) {
        let Some(members) = GROUPS.get(group) else { return };
        let mobiles: Vec<Endpoint> = members
            .iter()
            .filter_map(|member| self.people.get(*member))
            .map(|ends| Endpoint {
                name: None,
                ..ends.mobile.clone()
            })
            .collect();
        let rosa = self.staff.rosa_line.clone();
        let keys: Vec<u64> = mobiles.iter().chain([&rosa]).map(end_key).collect();
        let conversation = self.world.conversation(ROSA, keys);
        let speaker = turn.and_then(|turn| mobiles.get(turn).cloned());
        let direction = if speaker.is_some() {
            Direction::Inbound
        } else {
            Direction::Outbound
        };
        let from = speaker.clone().unwrap_or_else(|| rosa.clone());
        let mut message = self.past_message(at, MessageType::Sms, direction, from.clone());
        if speaker.is_some() {
            message.to.push(Recipient {
                is_target: true,
                ..Recipient::plain(rosa)
            });
        }
        message.to.extend(
            mobiles
                .into_iter()
                .filter(|mobile| *mobile != from)
                .map(Recipient::plain),
        );
        message.conversation_id = Some(conversation);
        self.finish_text(message, body, None);
    }

    fn finish_text(&mut self, mut message: Message, body: &str, picture: Option<u64>) {
        message.subject = Some(Arc::from(body));
        message.attachments.push(text_attachment(message.id));
        if let Some(number) = picture {
            let id = AttachmentId(self.world.mint.other());
            message
                .attachments
                .push(picture_attachment(id, Picture::new(number)));
        }
        if message.direction == Direction::Outbound {
            let is_lost = self.dice.below(LOST_TEXTS) == 0;
            message.status = if is_lost {
                MessageStatus::DeliveryFailed
            } else {
                MessageStatus::Delivered
            };
            message.sms = Some(SmsDetail {
                sending_attempts: 1,
                segment_count: Some(1),
                delivered_at: (!is_lost).then_some(message.created_at + DELIVERY),
                delivery_error_code: is_lost.then_some("SMS-CAR-411"),
            });
        }
        self.world.lay_down_message(message);
    }

    pub(super) fn write_voicemail_message(
        &mut self,
        at: Timestamp,
        from: Endpoint,
        speech: Speech,
    ) -> MessageId {
        let mut message = self.past_message(at, MessageType::VoiceMail, Direction::Inbound, from);
        message.to = vec![Recipient::plain(self.staff.rosa.clone())];
        message.attachments = vec![voicemail_attachment(message.id, speech)];
        let status = match self.dice.below(100) {
            0..=82 => TranscriptionStatus::Completed,
            83..=89 => TranscriptionStatus::CompletedPartially,
            90..=94 => TranscriptionStatus::Failed,
            95..=97 => TranscriptionStatus::TimedOut,
            _ => TranscriptionStatus::NotAvailable,
        };
        let transcript = AttachmentId(self.world.mint.other());
        complete_transcript(&mut message, status, transcript);
        let id = message.id;
        self.world.lay_down_message(message);
        id
    }

    pub(super) fn write_fax_in(&mut self, at: Timestamp, who: Who, document: Option<Document>) {
        let from = match who {
            Who::Mobile(person) => self.people.get(person).and_then(|ends| ends.fax.clone()),
            _ => None,
        }
        .unwrap_or_else(|| Endpoint {
            name: None,
            ..self.outside_end(who)
        });
        // The dice are thrown in any case, so that everything else stays the same.
        let any = Document::from_seed(self.dice.next());
        let document = document.unwrap_or(any);
        let to = self.staff.fax.clone();
        let mut message = self.past_message(at, MessageType::Fax, Direction::Inbound, from.clone());
        message.subject = from.telephony_number().map(Arc::from);
        message.to = vec![Recipient::plain(to.clone())];
        message.fax = Some(FaxDetail {
            page_count: document.pages,
            resolution: if document.is_coarse() {
                FaxResolution::Low
            } else {
                FaxResolution::High
            },
            cover_index: None,
            cover_page_text: None,
            paper: None,
        });
        message.attachments = vec![fax_attachment(message.id, document)];
        let id = message.id;
        let is_kept = self.founded_at.duration_since(at).as_hours() < FAX_KEPT_DAYS * 24;
        if is_kept {
            self.world.lay_down_message(message);
        }
        self.write_fax_call(
            at,
            Direction::Inbound,
            (from, to),
            document.pages,
            CallResult::Received,
            is_kept.then_some(id),
        );
    }

    pub(super) fn write_fax_out(&mut self, at: Timestamp, person: usize, failure: Option<FaxErrorCode>) {
        let Some(to) = self.people.get(person).and_then(|ends| ends.fax.clone()) else {
            return;
        };
        let by_chance = self.dice.chance(5).then_some(FaxErrorCode::NoAnswer);
        let failure = failure.or(by_chance);
        let is_sent = failure.is_none();
        let document = Document::from_seed(self.dice.next());
        let from = self.staff.fax.clone();
        let status = if is_sent {
            MessageStatus::Sent
        } else {
            MessageStatus::SendingFailed
        };
        let mut message = self.past_message(at, MessageType::Fax, Direction::Outbound, from.clone());
        message.status = status;
        message.to = vec![Recipient {
            status: Some(status),
            fax_error_code: failure.map(FaxErrorCode::as_str),
            recipient_id: Some(self.world.mint.other()),
            ..Recipient::plain(to.clone())
        }];
        message.fax = Some(FaxDetail {
            page_count: document.pages,
            resolution: FaxResolution::High,
            cover_index: Some(0),
            cover_page_text: None,
            paper: None,
        });
        message.attachments = vec![fax_attachment(message.id, document)];
        let id = message.id;
        // Whatever is kept at the founding goes when its own thirty days are over.
        let kept_until = at + SignedDuration::from_hours(SENT_FAX_KEPT_DAYS * 24);
        let is_kept = kept_until > self.founded_at;
        if is_kept {
            self.world.lay_down_message(message);
            let delay = kept_until.duration_since(self.world.now());
            self.world.retire_fax_later(id, delay);
        }
        let result = if is_sent {
            CallResult::Sent
        } else {
            CallResult::FaxNotSent
        };
        self.write_fax_call(
            at,
            Direction::Outbound,
            (from, to),
            document.pages,
            result,
            is_kept.then_some(id),
        );
    }

    fn write_fax_call(
        &mut self,
        at: Timestamp,
        direction: Direction,
        ends: (Endpoint, Endpoint),
        pages: u32,
        result: CallResult,
        message: Option<MessageId>,
    ) {
        let duration_ms = 20_000 + u64::from(pages) * 38_000;
        let draft = self.draft(ROSA, direction, at, duration_ms, ends);
        self.world
            .lay_down_call(draft, |record| record.make_fax(result, message));
    }

    pub(super) fn write_pager(&mut self, at: Timestamp, body: &str) {
        let place = self.dice.place(self.staff.colleagues.len());
        let Some((colleague, _)) = self.staff.colleagues.get(place).cloned() else {
            return;
        };
        let rosa = self.staff.rosa.clone();
        let conversation = self
            .world
            .conversation(ROSA, [end_key(&colleague), end_key(&rosa)]);
        let mut message = self.past_message(at, MessageType::Pager, Direction::Inbound, colleague);
        message.to = vec![Recipient::plain(rosa)];
        message.conversation_id = Some(conversation);
        message.subject = Some(Arc::from(body));
        message.status = MessageStatus::Sent;
        message.attachments = vec![text_attachment(message.id)];
        self.world.lay_down_message(message);
    }
}
