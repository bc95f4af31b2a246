//! What becomes of an outgoing text after it was accepted: handed to the carriers, then reported on, each recipient apart.

use jiff::SignedDuration;

use super::super::World;
use super::super::account::ExtensionStatus;
use super::super::consents::{Consent, ConsentCoverage, ConsentSource, OptStatus, keyword};
use super::super::ids::{ExtensionId, MessageId};
use super::super::messages::{Message, MessageStatus};
use super::super::number::E164;
use super::super::outbound::{LedgerEntry, LedgerKind, LedgerRecipient};
use super::super::texting::{CampaignStatus, has_campaign};
use super::super::timeline::Step;
use super::delivery_errors::{self, final_status};
use super::{IncomingText, OutgoingText};
use crate::media::mix;

/// Half a second to a second until the carrier has a text, half a second to two until it reports.
const TO_CARRIER_MILLIS: (u64, u64) = (400, 400);
const TO_REPORT_MILLIS: (u64, u64) = (500, 1_500);

impl World {
    /// Why RingCentral itself would keep a text back, in the order it looks.
    pub(super) fn reason_to_hold_back(&self, from: E164, to: E164) -> Option<&'static str> {
        if self.is_opted_out(from, to) {
            return Some(delivery_errors::OPTED_OUT);
        }
        let known = self.undeliverable.get(&to).copied();
        known.filter(|code| delivery_errors::is_held_back(code))
    }

    /// Why the gateway or a carrier refuses a text.
    fn reason_of_carrier(&self, from: E164, to: E164) -> Option<&'static str> {
        let sender = self.phone_number_by_e164(from);
        let is_unconfirmed =
            sender.is_some_and(has_campaign) && self.texting.campaign_status != CampaignStatus::Confirmed;
        if is_unconfirmed {
            return Some(delivery_errors::NOT_SET_UP);
        }
        let known = self.undeliverable.get(&to).copied();
        known.filter(|code| !delivery_errors::is_held_back(code))
    }

    /// Enters a text into the ledger and plans its way.
    pub(super) fn send_on_its_way(
        &mut self,
        message: &Message,
        text: &OutgoingText,
        held_back: Vec<Option<&'static str>>,
    ) {
        let recipients = text.to.iter().zip(&held_back);
        let entry = LedgerEntry {
            number: 0,
            kind: LedgerKind::Text,
            at: message.created_at,
            message: Some(message.id),
            owner: text.owner,
            from: Some(text.from),
            recipients: recipients
                .map(|(number, held_back)| LedgerRecipient {
                    number: *number,
                    held_back: *held_back,
                })
                .collect(),
            text: text.text.clone(),
            files: text.files.iter().map(Into::into).collect(),
            fax: None,
        };
        self.note_outbound(entry);
        let delay = self.delay(message.id, 0, TO_CARRIER_MILLIS);
        let message = message.id;
        self.schedule_in(delay, Step::ToCarriers { message, held_back });
    }

    /// Whoever is not kept back is sent to; the carriers report later.
    pub(in crate::world) fn give_to_carriers(&mut self, id: MessageId, held_back: &[Option<&'static str>]) {
        let Some(message) = self.message_store.get(id) else {
            return;
        };
        let owner = message.owner;
        let count = message.to.len();
        self.settle_recipients(owner, id, |place| {
            let error = held_back.get(place).copied().flatten();
            let status = if error.is_some() {
                MessageStatus::SendingFailed
            } else {
                MessageStatus::Sent
            };
            Some((status, error))
        });
        for place in (0..count).filter(|place| held_back.get(*place).is_none_or(Option::is_none)) {
            let salt = u64::try_from(place).unwrap_or_default() + 1;
            let delay = self.delay(id, salt, TO_REPORT_MILLIS);
            self.schedule_in(delay, Step::Report { message: id, place });
            self.deliver_inside(id, place);
        }
    }

    /// A carrier reports on one recipient.
    pub(in crate::world) fn report(&mut self, id: MessageId, place: usize) {
        let Some(message) = self.message_store.get(id) else {
            return;
        };
        let owner = message.owner;
        let to = message.to.get(place).and_then(|one| one.endpoint.e164());
        let error = match (message.from.e164(), to) {
            (Some(from), Some(to)) => self.reason_of_carrier(from, to),
            _ => None,
        };
        self.settle_recipients(owner, id, |asked| {
            (asked == place).then(|| (final_status(error), error))
        });
    }

    fn settle_recipients(
        &mut self,
        owner: ExtensionId,
        id: MessageId,
        outcome: impl Fn(usize) -> Option<(MessageStatus, Option<&'static str>)>,
    ) {
        let now = self.now();
        // The message was found a moment ago under this very owner.
        drop(self.edit_message(owner, id, |message| {
            let is_alone = message.to.len() == 1;
            let mut failure = None;
            for (place, recipient) in message.to.iter_mut().enumerate() {
                let Some((status, error)) = outcome(place) else {
                    continue;
                };
                failure = failure.or(error);
                if is_alone {
                    message.status = status;
                } else {
                    recipient.status = Some(status);
                    recipient.sms_error_code = error;
                }
                if let (Some(sms), MessageStatus::Delivered) = (&mut message.sms, status) {
                    sms.delivered_at = Some(now);
                }
            }
            if !is_alone {
                message.status = aggregate(message.to.iter().filter_map(|one| one.status));
            }
            if let Some(sms) = &mut message.sms {
                sms.delivery_error_code = sms.delivery_error_code.or(failure);
            }
        }));
    }

    /// A text to one of the account's own numbers arrives there, unless its extension is not in use: then it is dropped
    /// (developers.ringcentral.com/guide/messaging/sms/sending-sms).
    fn deliver_inside(&mut self, id: MessageId, place: usize) {
        let Some(message) = self.message_store.get(id) else {
            return;
        };
        let numbers: Vec<E164> = message.to.iter().filter_map(|one| one.endpoint.e164()).collect();
        let (Some(to), text) = (numbers.get(place).copied(), message.subject.clone()) else {
            return;
        };
        let from = message.from.clone();
        let owner = self
            .phone_number_by_e164(to)
            .and_then(|known| self.extension(known.owner?));
        if owner.is_some_and(|owner| owner.status == ExtensionStatus::Enabled) {
            let copy = IncomingText {
                from,
                to,
                others: numbers.into_iter().filter(|other| *other != to).collect(),
                text: text.as_deref().unwrap_or_default().to_owned(),
                pictures: Vec::new(),
            };
            // The number was looked up a line ago, so this arrives.
            drop(self.receive_text(copy));
        }
    }

    /// A text that is nothing but one of the words opts its sender out or in, and is answered. Groups are left alone.
    pub(super) fn heed_keyword(&mut self, arrived: &Message, to: E164) {
        let is_alone = arrived.to.len() == 1;
        let said = arrived.subject.as_deref().and_then(keyword);
        let (Some(status), Some(outside), true) = (said, arrived.from.e164(), is_alone) else {
            return;
        };
        self.note_consent(Consent {
            from: to,
            to: outside,
            status,
            source: ConsentSource::Recipient,
            coverage: ConsentCoverage::PhoneNumber,
            message: Some(arrived.id),
            last_modified_at: self.now(),
        });
        let company = &self.account.company;
        let text = match status {
            OptStatus::OptOut => {
                format!("{company}: no more texts will come from this number. Reply START to get them again.")
            }
            OptStatus::OptIn => {
                format!("{company}: texts from this number will reach you again. Reply STOP to end them.")
            }
        };
        self.note_outbound(LedgerEntry {
            number: 0,
            kind: LedgerKind::AutomaticReply,
            at: arrived.created_at,
            message: None,
            owner: arrived.owner,
            from: Some(to),
            recipients: vec![LedgerRecipient {
                number: outside,
                held_back: None,
            }],
            text,
            files: Vec::new(),
            fax: None,
        });
    }

    /// Between `least` and `least + more`, the same for the same message in the same world.
    fn delay(&self, id: MessageId, salt: u64, (least, more): (u64, u64)) -> SignedDuration {
        let millis = least + mix(self.seed, id.0 ^ salt) % more;
        SignedDuration::from_millis(i64::try_from(millis).unwrap_or_default())
    }
}

/// The state of a message to several, as the API reference words it (`MessageStatusEnum`): as long as one is queued, so is
/// the whole; one that could not be sent outweighs the rest; anything else is `Sent`, also when all were delivered.
pub(super) fn aggregate(of_recipients: impl Iterator<Item = MessageStatus>) -> MessageStatus {
    let all: Vec<MessageStatus> = of_recipients.collect();
    [MessageStatus::Queued, MessageStatus::SendingFailed]
        .into_iter()
        .find(|status| all.contains(status))
        .unwrap_or(MessageStatus::Sent)
}
