//! The ordinary hops of a call, worked out from its record.
//!
//! Calls that were hunted through a queue or transferred carry their own hops and never come here.

use super::calls::{CallAction, CallLeg, CallRecord, CallResult, CallType, Direction, LegType, Transport};

/// The arrival (or departure) leg, and for inbound calls the leg to the extension's phone.
pub(super) fn usual_legs(record: &CallRecord) -> Vec<CallLeg> {
    let first = CallLeg {
        started_at: record.started_at,
        duration_ms: record.duration_ms,
        leg_type: first_leg_type(record),
        direction: record.direction,
        transport: record.transport,
        action: record.action,
        result: record.result,
        reason: record.reason,
        from: record.from.clone(),
        to: record.to.clone(),
        extension: Some(record.owner),
        is_master: true,
        recording: record.recording,
        message: record.message,
    };
    let rings_a_phone = record.direction == Direction::Inbound
        && record.kind == CallType::Voice
        && first.leg_type == LegType::Accept;
    let mut legs = vec![first];
    if rings_a_phone && let Some(arrival) = legs.first().cloned() {
        legs.push(CallLeg {
            leg_type: LegType::PstnToSip,
            direction: Direction::Outbound,
            transport: Transport::Voip,
            action: CallAction::VoipCall,
            result: phone_result(record.result),
            is_master: false,
            message: None,
            ..arrival
        });
    }
    legs
}

fn first_leg_type(record: &CallRecord) -> LegType {
    let is_internal = record.from.extension_id.is_some() && record.to.extension_id.is_some();
    match (record.kind, record.direction) {
        _ if is_internal => LegType::ExtensionToExtension,
        (CallType::Fax, Direction::Outbound) => LegType::FaxSent,
        (_, Direction::Inbound) => LegType::Accept,
        (_, Direction::Outbound) => LegType::SipToPstnUnmetered,
    }
}

/// What the phone's own leg says when the call as a whole ended in voicemail or unanswered.
fn phone_result(result: CallResult) -> CallResult {
    match result {
        CallResult::Voicemail | CallResult::Missed => CallResult::NoAnswer,
        CallResult::HangUp | CallResult::Abandoned | CallResult::AnsweredElsewhere => CallResult::Stopped,
        other => other,
    }
}
