//! What a finished call leaves behind: call log records for each extension that saw it, and missed calls.
//!
//! It reads the session and writes records; it moves no party.

use jiff::{SignedDuration, Timestamp};

use super::World;
use super::calls::{
    CallAction, CallLeg, CallReason, CallRecord, CallResult, CallType, Direction, InternalType, LegType,
    Legs, Recording, RecordingType, Transport,
};
use super::events::{Change, MissedCall};
use super::ids::TelephonySessionId;
use super::live_calls::is_internal;
use super::number::Endpoint;
use super::sessions::{Party, PartyReason, PartyStatus, RingOutRole, Session};
use super::timeline::Step;

impl World {
    /// Writes the records of an ended session, at once or after the session's delay, and announces who missed it.
    pub(super) fn leave_records(&mut self, id: TelephonySessionId) {
        let Some(session) = self.sessions.get(&id).cloned() else {
            return;
        };
        let now = self.now();
        for record in records_of(&session, now) {
            if session.record_delay.is_zero() {
                self.publish_record(record);
            } else {
                self.schedule_in(session.record_delay, Step::PublishRecord(Box::new(record)));
            }
        }
        for party in &session.parties {
            let Some(extension) = party.extension_id else {
                continue;
            };
            if party.is_missed_call && self.has_presence(extension) {
                self.announce(Change::MissedCall(MissedCall {
                    extension,
                    session_id: session.id,
                    telephony_session_id: id,
                    started_at: party.began_at,
                    party: party.clone(),
                }));
            }
        }
    }

    /// The record a live (or lingering) party will leave, as active calls show it.
    pub(super) fn record_in_progress(session: &Session, party: &Party, now: Timestamp) -> Option<CallRecord> {
        let mut record = record_of(session, party, now)?;
        record.result = CallResult::InProgress;
        record.reason = None;
        record.legs = Legs::Usual;
        Some(record)
    }
}

fn records_of(session: &Session, now: Timestamp) -> Vec<CallRecord> {
    session
        .parties
        .iter()
        .filter_map(|party| record_of(session, party, now))
        .collect()
}

fn record_of(session: &Session, party: &Party, now: Timestamp) -> Option<CallRecord> {
    let (owner, id) = (party.extension_id?, party.record_id?);
    let is_queue_itself = session.queue == Some(owner);
    let is_first = session
        .parties
        .iter()
        .find(|other| other.extension_id.is_some())?
        .id
        == party.id;
    let ended_at = party.ended_at.unwrap_or(now);
    let until = if is_queue_itself {
        session.ended_at.unwrap_or(now)
    } else {
        ended_at
    };
    let (result, reason) = outcome(session, party);
    let takes_the_voicemail = party.went_to_voicemail;
    let is_call_internal = is_internal(&session.caller) && is_internal(&session.dialled);
    let is_ring_out = party.ring_out_role == Some(RingOutRole::Initiator);
    let is_supervision = party.supervises.is_some();
    Some(CallRecord {
        id,
        owner,
        is_in_account_log: is_first,
        session_id: session.id,
        telephony_session_id: session.telephony_session_id,
        party_id: Some(party.id),
        kind: CallType::Voice,
        direction: party.direction,
        transport: if is_call_internal || party.direction == Direction::Outbound {
            Transport::Voip
        } else {
            Transport::Pstn
        },
        internal_type: if is_ring_out {
            InternalType::RingOut
        } else if is_call_internal {
            InternalType::Sip
        } else {
            InternalType::LocalNumber
        },
        action: if is_supervision {
            CallAction::Monitoring
        } else if is_ring_out {
            CallAction::RingOutWeb
        } else if is_call_internal || party.direction == Direction::Outbound {
            CallAction::VoipCall
        } else {
            CallAction::PhoneCall
        },
        result,
        reason,
        started_at: party.began_at,
        duration_ms: milliseconds(until.duration_since(party.began_at)),
        from: if party.direction == Direction::Outbound && !is_supervision {
            session.caller.clone()
        } else {
            party.from.clone()
        },
        to: shown_to(session, party),
        queue: session.queue,
        answered_by: answerer(session).and_then(|taker| taker.extension_id),
        message: session.voicemail.filter(|_| takes_the_voicemail),
        recording: kept_recording(party, ended_at),
        is_short_recording: party.recording.is_some() && kept_recording(party, ended_at).is_none(),
        legs: if is_ring_out {
            Legs::AsHappened(ring_out_legs(session, now))
        } else if is_first && has_hops(session) && session.direction == Direction::Inbound {
            Legs::AsHappened(legs_of(session, now))
        } else {
            Legs::Usual
        },
        last_modified_at: now,
        is_deleted: false,
    })
}

/// Whether the call went through more than one party; those who only listened in are none of it.
fn has_hops(session: &Session) -> bool {
    let hops = session.parties.iter().filter(|party| party.supervises.is_none());
    hops.count() > 1
}

/// The recording the call leaves. The vendor keeps none of less than half a minute.
fn kept_recording(party: &Party, ended_at: Timestamp) -> Option<Recording> {
    const SHORTEST: SignedDuration = SignedDuration::from_secs(30);
    let talked = ended_at.duration_since(party.answered_at?);
    party
        .recording
        .filter(|_| talked >= SHORTEST)
        .map(|recording| Recording {
            id: recording.id,
            kind: RecordingType::OnDemand,
        })
}

/// The call log names the line or queue that was dialled; agents' own records too.
fn shown_to(session: &Session, party: &Party) -> Endpoint {
    if party.is_queue_call && party.supervises.is_none() {
        session.dialled.clone()
    } else {
        Endpoint {
            device_id: None,
            ..party.to.clone()
        }
    }
}

fn answerer(session: &Session) -> Option<&Party> {
    session.parties.iter().find(|party| {
        party.answered_at.is_some() && party.direction == Direction::Inbound && party.extension_id.is_some()
    })
}

fn outcome(session: &Session, party: &Party) -> (CallResult, Option<CallReason>) {
    if party.direction == Direction::Outbound {
        return outbound_outcome(session, party);
    }
    let is_queue_itself = party.extension_id.is_some() && party.extension_id == session.queue;
    if party.answered_at.is_some() || (is_queue_itself && answerer(session).is_some()) {
        return (CallResult::Accepted, None);
    }
    if party.went_to_voicemail {
        return (CallResult::Voicemail, None);
    }
    match party.reason {
        Some(PartyReason::Rejected) => (CallResult::Rejected, None),
        Some(PartyReason::AgentAnswered | PartyReason::Pickup) => {
            (CallResult::AnsweredElsewhere, Some(CallReason::Stopped))
        }
        Some(PartyReason::CallRedirected) if answerer(session).is_some() => {
            (CallResult::AnsweredElsewhere, Some(CallReason::Stopped))
        }
        _ if session.is_ended_by_caller => (CallResult::Missed, Some(CallReason::HangUp)),
        _ => (CallResult::Missed, Some(CallReason::NoAnswer)),
    }
}

fn outbound_outcome(session: &Session, party: &Party) -> (CallResult, Option<CallReason>) {
    let far_end_answered = session
        .parties
        .iter()
        .any(|other| other.direction == Direction::Inbound && other.answered_at.is_some());
    if far_end_answered {
        return (CallResult::CallConnected, Some(CallReason::Accepted));
    }
    match party.reason {
        Some(PartyReason::TargetBusy) => (CallResult::Busy, Some(CallReason::LineBusy)),
        Some(PartyReason::Rejected) => (CallResult::Rejected, None),
        Some(PartyReason::CallDropped) => (CallResult::CallFailed, Some(CallReason::InternalError)),
        _ if session.is_ended_by_caller => (CallResult::HangUp, Some(CallReason::HangUp)),
        _ => (CallResult::NoAnswer, Some(CallReason::NotAnswered)),
    }
}

/// The two legs of a RingOut call: the caller's own phone, and the number called once that was picked up. The leg that
/// stands for the call is the second one, if it came to that.
fn ring_out_legs(session: &Session, now: Timestamp) -> Vec<CallLeg> {
    let is_dialled = session.parties.len() > 1;
    let owner = session.parties.first().and_then(|party| party.extension_id);
    let leg = |party: &Party| {
        let is_first = party.ring_out_role == Some(RingOutRole::Initiator);
        let (result, reason) = if is_first && party.answered_at.is_some() {
            (CallResult::CallConnected, Some(CallReason::Accepted))
        } else {
            let near = session.parties.first().unwrap_or(party);
            outbound_outcome(session, near)
        };
        let phone = session.ring_out_phone.clone().filter(|_| is_first);
        let ended = party.ended_at.unwrap_or(now);
        CallLeg {
            started_at: party.began_at,
            duration_ms: milliseconds(ended.duration_since(party.began_at)),
            leg_type: if is_first {
                LegType::RingOutWebToCaller
            } else {
                LegType::RingOutWebToSubscriber
            },
            direction: Direction::Outbound,
            transport: Transport::Pstn,
            action: CallAction::RingOutWeb,
            result,
            reason,
            from: session.caller.clone(),
            to: phone.unwrap_or_else(|| party.to.clone()),
            extension: owner,
            is_master: is_first != is_dialled,
            recording: kept_recording(party, ended),
            message: None,
        }
    };
    session.parties.iter().map(leg).collect()
}

/// Queue hunting and transfers, hop by hop: the arrival first, then each phone that rang.
fn legs_of(session: &Session, now: Timestamp) -> Vec<CallLeg> {
    let hops = session.parties.iter().filter(|party| party.is_own_end());
    hops.enumerate()
        .map(|(place, party)| {
            let is_arrival = place == 0;
            let (result, reason) = outcome(session, party);
            let ended = party.ended_at.unwrap_or(now);
            CallLeg {
                started_at: party.began_at,
                duration_ms: milliseconds(ended.duration_since(party.began_at)),
                leg_type: leg_type(session, party, is_arrival),
                direction: if is_arrival {
                    Direction::Inbound
                } else {
                    Direction::Outbound
                },
                transport: if is_arrival {
                    Transport::Pstn
                } else {
                    Transport::Voip
                },
                action: if is_arrival {
                    CallAction::PhoneCall
                } else {
                    CallAction::VoipCall
                },
                result: if result == CallResult::AnsweredElsewhere {
                    CallResult::Stopped
                } else {
                    result
                },
                reason,
                from: party.from.clone(),
                to: party.to.clone(),
                extension: party.extension_id,
                is_master: is_arrival,
                recording: kept_recording(party, ended),
                message: session.voicemail.filter(|_| party.went_to_voicemail),
            }
        })
        .collect()
}

fn leg_type(session: &Session, party: &Party, is_arrival: bool) -> LegType {
    let follows_a_transfer = session.parties.iter().any(|other| {
        other.id.number < party.id.number
            && other.status == PartyStatus::Disconnected
            && matches!(
                other.reason,
                Some(PartyReason::BlindTransfer | PartyReason::AttendedTransfer)
            )
    });
    match (is_arrival, follows_a_transfer) {
        (true, _) => LegType::Accept,
        (false, true) => LegType::TransferCall,
        (false, false) => LegType::PstnToSip,
    }
}

fn milliseconds(duration: SignedDuration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(0)
}
