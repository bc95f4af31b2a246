//! Calls of the past, written down as call log records.

use jiff::{SignedDuration, Timestamp};

use super::super::staff::{FRONT_DESK_QUEUE, ROSA};
use super::{Historian, Who};
use crate::media::{Speech, clips};
use crate::world::calls::{
    CallAction, CallReason, CallRecord, CallResult, Direction, InternalType, LinkedMessage, Transport,
};
use crate::world::ids::{ExtensionId, MessageId};
use crate::world::messages::MessageType;
use crate::world::number::Endpoint;
use crate::world::records::CallDraft;

impl Historian<'_> {
    /// How long people talk: mostly a minute or two, now and then a quarter of an hour.
    fn talk_ms(&mut self) -> u64 {
        let longest = match self.dice.below(10) {
            0..=4 => 90_000,
            5..=7 => 240_000,
            8 => 480_000,
            _ => 1_500_000,
        };
        self.dice.between(8_000, longest)
    }

    fn ring_ms(&mut self) -> u64 {
        self.dice.between(2_500, 18_000)
    }

    pub(super) fn draft(
        &mut self,
        owner: ExtensionId,
        direction: Direction,
        started_at: Timestamp,
        duration_ms: u64,
        ends: (Endpoint, Endpoint),
    ) -> CallDraft {
        let (session_id, telephony_session_id) = self.world.past_session();
        let (from, to) = ends;
        let usual = CallDraft::settled_at(started_at, duration_ms);
        CallDraft {
            owner,
            direction,
            session_id,
            telephony_session_id,
            started_at,
            duration_ms,
            settled_at: self.settled_at(started_at, usual),
            from,
            to,
        }
    }

    pub(super) fn write_queue_call(&mut self, at: Timestamp, who: Who) {
        let duration = self.ring_ms() + self.talk_ms();
        let ends = (self.outside_end(who), self.staff.front_desk.clone());
        let draft = self.draft(FRONT_DESK_QUEUE, Direction::Inbound, at, duration, ends);
        let answered_later = CallDraft {
            owner: ROSA,
            ..draft.clone()
        };
        let through_queue = |record: &mut CallRecord| {
            record.queue = Some(FRONT_DESK_QUEUE);
            record.answered_by = Some(ROSA);
        };
        self.world.lay_down_call(draft, through_queue);
        self.world.lay_down_call(answered_later, |record| {
            through_queue(record);
            record.is_in_account_log = false;
        });
    }

    pub(super) fn write_direct_call(&mut self, at: Timestamp, who: Who) {
        let duration = self.ring_ms() + self.talk_ms();
        let ends = (self.outside_end(who), self.staff.rosa_line.clone());
        let draft = self.draft(ROSA, Direction::Inbound, at, duration, ends);
        let is_recorded = self.dice.chance(4);
        let id = self
            .world
            .lay_down_call(draft, |record| record.answered_by = Some(ROSA));
        if is_recorded && duration > 30_000 {
            self.world.lay_down_recording(id);
        }
    }

    pub(super) fn write_missed_call(&mut self, at: Timestamp, who: Who) {
        let duration = self.dice.between(4_000, 28_000);
        let ends = (self.outside_end(who), self.staff.rosa_line.clone());
        let draft = self.draft(ROSA, Direction::Inbound, at, duration, ends);
        let has_hung_up = self.dice.chance(70);
        self.world.lay_down_call(draft, |record| {
            record.result = CallResult::Missed;
            record.reason = Some(if has_hung_up {
                CallReason::HangUp
            } else {
                CallReason::NoAnswer
            });
        });
    }

    /// Who speaks on a voicemail, and which clip: the people of the clips mostly, sometimes a stranger, sometimes someone
    /// who says next to nothing.
    pub(super) fn speaker(&mut self) -> (Who, Option<usize>) {
        let place = self.dice.place(clips().len());
        let Some(clip) = clips().get(place) else {
            return (Who::Nobody, None);
        };
        match self.person_with(clip.caller) {
            Some(person) => (Who::Mobile(person), Some(place)),
            // Said by nobody in particular: let anybody have said it, strangers most likely.
            None if self.dice.chance(70) => {
                (Who::Stranger(self.dice.place(self.strangers.len())), Some(place))
            }
            None => (Who::Mobile(self.someone_known()), None),
        }
    }

    fn person_with(&self, number: u64) -> Option<usize> {
        self.people
            .iter()
            .position(|ends| ends.mobile.e164().is_some_and(|mobile| mobile.0 == number))
    }

    pub(super) fn write_voicemail(&mut self, at: Timestamp, who: Who, speech: Option<Speech>) {
        let spoken_s = speech.as_ref().map_or(9, Speech::duration_s);
        let ring_ms = 20_000 + self.dice.below(4_000);
        let duration = ring_ms + 6_000 + u64::from(spoken_s) * 1000;
        let from = self.outside_end(who);
        let ends = (from.clone(), self.staff.rosa_line.clone());
        let draft = self.draft(ROSA, Direction::Inbound, at, duration, ends);
        let id = self
            .world
            .lay_down_call(draft, |record| record.result = CallResult::Voicemail);
        if let Some(speech) = speech {
            let left_at = at + SignedDuration::from_millis(i64::try_from(duration).unwrap_or(0));
            let message = self.write_voicemail_message(left_at, from, speech);
            self.link(id, message);
        }
    }

    fn link(&mut self, record: crate::world::ids::CallRecordId, message: MessageId) {
        self.world.amend_past_call(record, |record| {
            record.message = Some(LinkedMessage {
                holder: None,
                id: message,
                kind: MessageType::VoiceMail,
            });
        });
    }

    pub(super) fn write_outgoing(&mut self, at: Timestamp, who: Who) {
        let fate = self.dice.below(100);
        let talk = self.talk_ms();
        let duration = if fate < 80 {
            self.ring_ms() + talk
        } else {
            self.dice.between(5_000, 40_000)
        };
        let to = Endpoint {
            name: None,
            ..self.outside_end(who)
        };
        let ends = (self.staff.rosa_line.clone(), to);
        let draft = self.draft(ROSA, Direction::Outbound, at, duration, ends);
        self.world.lay_down_call(draft, |record| {
            (record.result, record.reason) = match fate {
                0..=79 => (CallResult::CallConnected, Some(CallReason::Accepted)),
                80..=92 => (CallResult::NoAnswer, Some(CallReason::NotAnswered)),
                93..=96 => (CallResult::HangUp, Some(CallReason::HangUp)),
                97 | 98 => (CallResult::Busy, Some(CallReason::LineBusy)),
                _ => (CallResult::WrongNumber, Some(CallReason::WrongNumber)),
            };
        });
    }

    pub(super) fn write_internal(&mut self, at: Timestamp) {
        let place = self.dice.place(self.staff.colleagues.len());
        let Some((colleague, _)) = self.staff.colleagues.get(place).cloned() else {
            return;
        };
        let rosa = self.staff.rosa.clone();
        let rosa_calls = self.dice.chance(50);
        let is_answered = self.dice.chance(85);
        let duration = self.ring_ms() + if is_answered { self.talk_ms() / 2 } else { 9_000 };
        let (direction, ends) = if rosa_calls {
            (Direction::Outbound, (rosa, colleague))
        } else {
            (Direction::Inbound, (colleague, rosa))
        };
        let draft = self.draft(ROSA, direction, at, duration, ends);
        self.world.lay_down_call(draft, |record| {
            record.transport = Transport::Voip;
            record.internal_type = InternalType::Sip;
            record.action = CallAction::VoipCall;
            record.result = match (rosa_calls, is_answered) {
                (true, true) => CallResult::CallConnected,
                (true, false) => CallResult::NoAnswer,
                (false, true) => CallResult::Accepted,
                (false, false) => CallResult::Missed,
            };
        });
    }

    pub(super) fn write_others_call(&mut self, at: Timestamp, who: Who) {
        let place = self.dice.place(self.staff.colleagues.len());
        let Some((_, line)) = self.staff.colleagues.get(place).cloned() else {
            return;
        };
        let Some(owner) = line.extension_id else { return };
        let duration = self.ring_ms() + self.talk_ms();
        let outside = self.outside_end(who);
        if self.dice.chance(50) {
            let draft = self.draft(owner, Direction::Inbound, at, duration, (outside, line));
            self.world
                .lay_down_call(draft, |record| record.answered_by = Some(owner));
        } else {
            let draft = self.draft(owner, Direction::Outbound, at, duration, (line, outside));
            self.world
                .lay_down_call(draft, |record| record.reason = Some(CallReason::Accepted));
        }
    }
}
