//! What becomes of an accepted fax: it leaves, and each recipient is called in turn and gets it or not.
//!
//! Vendor sources: API reference `MessageStatusEnum` and `FaxErrorCodeEnum`; thirty days for sent faxes from
//! developers.ringcentral.com/guide/messaging/message-store/message-exports-report.

use jiff::{SignedDuration, Timestamp};

use super::super::World;
use super::super::calls::{CallReason, CallResult};
use super::super::faxing::FaxErrorCode;
use super::super::ids::MessageId;
use super::super::messages::{Availability, Content, Direction, Message, MessageStatus};
use super::super::records::FaxCall;
use super::super::timeline::Step;
use super::delivery::aggregate;
use crate::media::GivenDocument;

/// RingCentral sends no more pages at once, the cover page included.
const MOST_PAGES: u32 = 200;
/// How long a sent fax is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

impl World {
    /// A queued fax leaves, unless somebody called it back: it is put into the ledger and the recipients are called, those
    /// first whom RingCentral itself keeps it from.
    pub(in crate::world) fn fax_leaves(&mut self, id: MessageId) {
        let departure = self.take_waiting(id);
        let Some(message) = self.message_store.get(id).cloned() else {
            return;
        };
        if message.availability != Availability::Alive || message.status != MessageStatus::Queued {
            return;
        }
        self.retire_fax_later(id, KEPT_FOR);
        let pages = pages_of(&message);
        let fault = match pages {
            None => Some(FaxErrorCode::RenderingFailed),
            Some(pages) if pages > MOST_PAGES => Some(FaxErrorCode::TooManyPages),
            Some(_) => None,
        };
        let numbers: Vec<_> = message.to.iter().map(|one| one.endpoint.e164()).collect();
        let outcomes: Vec<Option<FaxErrorCode>> = numbers
            .iter()
            .map(|number| fault.or_else(|| number.and_then(|number| self.take_fax_failure(number))))
            .collect();
        let held_back = |outcome: &Option<FaxErrorCode>| outcome.filter(|code| !code.is_of_the_line());
        if let Some(mut entry) = departure
            && outcomes.iter().any(|outcome| held_back(outcome).is_none())
        {
            for (recipient, outcome) in entry.recipients.iter_mut().zip(&outcomes) {
                recipient.held_back = held_back(outcome).map(FaxErrorCode::as_str);
            }
            self.note_outbound(entry);
        }
        let pace = self.fax_pace();
        let pages = pages.unwrap_or_default();
        let mut dialled_after = SignedDuration::ZERO;
        for (place, outcome) in outcomes.iter().enumerate() {
            let now = self.now();
            if let Some(code) = held_back(outcome) {
                self.settle_fax(id, place, Some(code), now);
                continue;
            }
            dialled_after = dialled_after.saturating_add(pace.dialling);
            let pages_through = match outcome {
                None => pages,
                Some(code) if code.is_halfway() => pages / 2,
                Some(_) => 0,
            };
            let on_the_line = pace
                .page
                .checked_mul(i32::try_from(pages_through).unwrap_or(i32::MAX))
                .unwrap_or(SignedDuration::MAX);
            let began_at = now.saturating_add(dialled_after).unwrap_or(now);
            let step = Step::FaxSettles {
                message: id,
                place,
                outcome: *outcome,
                began_at,
            };
            self.schedule_in(dialled_after.saturating_add(on_the_line), step);
        }
    }

    /// One recipient has it or will not get it. The message has pages from here on.
    pub(in crate::world) fn settle_fax(
        &mut self,
        id: MessageId,
        place: usize,
        outcome: Option<FaxErrorCode>,
        began_at: Timestamp,
    ) {
        let Some(message) = self.message_store.get(id) else {
            return;
        };
        let owner = message.owner;
        let pages = pages_of(message).unwrap_or_default();
        let from = message.from.clone();
        let Some(to) = message.to.get(place).map(|one| one.endpoint.clone()) else {
            return;
        };
        let paper = message.attachments.first().map(|one| one.content.clone());
        let status = match outcome {
            None => MessageStatus::Sent,
            Some(_) => MessageStatus::SendingFailed,
        };
        // The message was found a moment ago under this very owner.
        drop(self.edit_message(owner, id, |message| {
            if let Some(recipient) = message.to.get_mut(place) {
                recipient.status = Some(status);
                recipient.fax_error_code = outcome.map(FaxErrorCode::as_str);
            }
            message.status = aggregate(message.to.iter().filter_map(|one| one.status));
            if let Some(fax) = &mut message.fax {
                fax.page_count = pages;
            }
            if outcome == Some(FaxErrorCode::RenderingFailed) {
                // There is no document to show; what was uploaded stays, so that it can be sent again in vain.
                message.attachments.clear();
            }
        }));
        let (result, reason) = result_of(outcome);
        self.log_fax_call(FaxCall {
            owner,
            direction: Direction::Outbound,
            from: from.clone(),
            to: to.clone(),
            started_at: began_at,
            ended_at: self.now(),
            result,
            reason,
            message: id,
        });
        if let (None, Some(Content::SentFax(fax))) = (outcome, paper) {
            let colleague = to.e164().and_then(|number| {
                let known = self.phone_number_by_e164(number)?;
                Some(known.owner.unwrap_or(self.account.operator))
            });
            if let Some(colleague) = colleague {
                self.receive_fax(colleague, from, vec![GivenDocument::new(fax.bytes())]);
            }
        }
    }

    /// Plans the end of a fax that was sent.
    pub(crate) fn retire_fax_later(&mut self, message: MessageId, delay: SignedDuration) {
        self.schedule_in(delay, Step::FaxRetires { message });
    }

    /// The days of a sent fax are over.
    pub(in crate::world) fn retire_fax(&mut self, id: MessageId) {
        let found = self
            .message_store
            .get(id)
            .filter(|message| message.availability == Availability::Alive);
        if let Some(owner) = found.map(|message| message.owner) {
            // The message was found a moment ago under this very owner.
            drop(self.delete_message(owner, id, true));
        }
    }
}

fn pages_of(message: &Message) -> Option<u32> {
    message
        .attachments
        .iter()
        .find_map(|attachment| match &attachment.content {
            Content::SentFax(fax) => Some(fax.pages()),
            _ => None,
        })
        .flatten()
}

/// How the call log words it (API reference, `CallResultEnum` and `CallReasonEnum`).
fn result_of(outcome: Option<FaxErrorCode>) -> (CallResult, Option<CallReason>) {
    use FaxErrorCode as Code;
    let Some(code) = outcome else {
        return (CallResult::Sent, None);
    };
    let result = match code {
        Code::SentPartially => CallResult::FaxPartiallySent,
        Code::CallerHungUp | Code::NotAccepted => CallResult::FaxPoorLine,
        _ => CallResult::FaxNotSent,
    };
    let reason = match code {
        Code::SentPartially => CallReason::FaxPartiallySent,
        Code::CallerHungUp | Code::NotAccepted => CallReason::FaxPoorLine,
        Code::LineBusy | Code::AllLinesInUse | Code::TooManyCallsPerLine => CallReason::LineBusy,
        Code::NoAnswer | Code::NoFaxMachine => CallReason::NoAnswer,
        Code::WrongNumber | Code::InvalidNumber | Code::UnknownCountryCode => CallReason::WrongNumber,
        Code::RenderingFailed | Code::ConvertError | Code::TooManyPages => CallReason::FaxPrepareError,
        Code::InternalError | Code::DBGeneralError | Code::ReturnToDBQueue => CallReason::InternalError,
        Code::ThePhoneIsBlacklisted => CallReason::NumberBlocked,
        Code::CallFailed | Code::Undefined => CallReason::FaxSendError,
        _ => CallReason::FaxNotSent,
    };
    (result, Some(reason))
}
