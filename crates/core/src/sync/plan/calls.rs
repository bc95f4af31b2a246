//! Call log records.
//!
//! What a result means to a person is decided here: the vendor has some 45 words for how a call ended.

use super::present;
use crate::store::{CallRecord, Change, LineRecord, PartyRecord, Source};
use domain::communication::{CallOutcome, Direction};
use domain::ids::CallSessionId;
use ringcentral::api;
use ringcentral::api::call_log::{CallLogChange, CallLogRecord, CallParty, CallResult};
use ringcentral::api::message::MessageType;
use serde_json::json;

/// What a synchronisation said about a call.
pub fn call_change(change: CallLogChange) -> Change {
    match change {
        CallLogChange::Record(record) => call(*record),
        CallLogChange::Deleted { id } => Change::Delete {
            source: Source::CallLog,
            remote_id: id.as_str().to_owned(),
        },
    }
}

/// A record of the call log.
pub fn call(record: CallLogRecord) -> Change {
    let direction = match &record.direction {
        api::Direction::Inbound => Direction::Inbound,
        api::Direction::Outbound => Direction::Outbound,
        api::Direction::Unknown(_) => {
            return Change::SetAside {
                remote_id: record.id.as_str().to_owned(),
                reason: "direction: neither Inbound nor Outbound".to_owned(),
                raw: String::new(),
            };
        }
    };
    let arrival = record.legs.first();
    let (theirs, ours) = match direction {
        Direction::Inbound => (
            record.from.as_ref(),
            arrival.and_then(|leg| leg.to.as_ref()).or(record.to.as_ref()),
        ),
        Direction::Outbound => (record.to.as_ref(), record.from.as_ref()),
    };
    Change::UpsertCall(CallRecord {
        remote_id: record.id.as_str().to_owned(),
        session_id: record
            .telephony_session_id
            .as_ref()
            .map(|id| CallSessionId::from(id.as_str())),
        direction,
        occurred_at: record.started_at,
        modified_at: record.last_modified_at,
        party: party(theirs),
        line: line(ours),
        outcome: outcome(&record, direction),
        duration_seconds: duration_seconds(&record),
        message_remote_id: record
            .message
            .as_ref()
            .map(|message| message.id.as_str().to_owned()),
        metadata: metadata(&record),
    })
}

fn party(party: Option<&CallParty>) -> PartyRecord {
    let Some(party) = party else {
        return PartyRecord::default();
    };
    PartyRecord {
        number: present(party.phone_number.as_ref()),
        extension: present(party.extension_number.as_ref()),
        name: present(party.name.as_ref()),
    }
}

fn line(party: Option<&CallParty>) -> LineRecord {
    let Some(party) = party else {
        return LineRecord::default();
    };
    LineRecord {
        number: present(party.phone_number.as_ref()),
        extension: present(party.extension_number.as_ref()),
        name: present(party.name.as_ref()),
    }
}

/// RingCentral's own clients call a record missed when it ended as Missed, Hang up, Busy, Voicemail or Rejected; here
/// each of these keeps its own word.
fn outcome(record: &CallLogRecord, direction: Direction) -> CallOutcome {
    let result = record.result.as_ref();
    if record.is_finished == Some(false) || result == Some(&CallResult::InProgress) {
        return CallOutcome::InProgress;
    }
    let has_voicemail = record
        .message
        .as_ref()
        .is_some_and(|message| message.kind == Some(MessageType::VoiceMail));
    if has_voicemail {
        return CallOutcome::Voicemail;
    }
    let Some(result) = result else {
        return CallOutcome::Unknown;
    };
    match result {
        CallResult::Accepted
        | CallResult::CallConnected
        | CallResult::Received
        | CallResult::Sent
        | CallResult::Reply
        | CallResult::FaxOnDemand
        | CallResult::PhoneLogin => CallOutcome::Answered,
        CallResult::AnsweredElsewhere => CallOutcome::AnsweredElsewhere,
        CallResult::Voicemail | CallResult::SentToVoicemail => CallOutcome::Voicemail,
        CallResult::Busy => CallOutcome::Busy,
        CallResult::Rejected | CallResult::Declined | CallResult::Blocked => CallOutcome::Rejected,
        // "Stopped": another device took it or the caller hung up; without an answer it was missed.
        CallResult::Missed
        | CallResult::NoAnswer
        | CallResult::HangUp
        | CallResult::Abandoned
        | CallResult::Stopped
        | CallResult::AnsweredNotAccepted
        | CallResult::CallbackRequested => CallOutcome::Missed,
        // Their phones were not reachable: for the caller nobody answered. Of our own calls it is a failure.
        CallResult::IpPhoneOffline if direction == Direction::Inbound => CallOutcome::Missed,
        CallResult::Unknown(_) => CallOutcome::Unknown,
        _ => CallOutcome::Failed,
    }
}

fn duration_seconds(record: &CallLogRecord) -> u32 {
    let seconds = record
        .duration_secs
        .or(record.duration_ms.map(|ms| ms / 1000))
        .unwrap_or_default();
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// What later features ask for: recordings, transfers, who took it.
fn metadata(record: &CallLogRecord) -> serde_json::Value {
    let legs: Vec<_> = record
        .legs
        .iter()
        .map(|leg| {
            json!({
                "type": leg.leg_type.as_ref().map(|word| word.as_str()),
                "result": leg.result.as_ref().map(|word| word.as_str()),
                "extension_id": leg.extension.as_ref().map(|extension| extension.id.as_str()),
                "duration_seconds": leg.duration_secs,
            })
        })
        .collect();
    let mut metadata = json!({
        "type": record.kind.as_str(),
        "result": record.result.as_ref().map(|word| word.as_str()),
        "reason": record.reason.as_ref().map(|word| word.as_str()),
        "action": record.action.as_ref().map(|word| word.as_str()),
        "transport": record.transport.as_ref().map(|word| word.as_str()),
        "location": record.from.as_ref().and_then(|from| from.location.as_deref()),
        "extension_id": record.extension.as_ref().map(|extension| extension.id.as_str()),
        "recording": record.recording.as_ref().map(|recording| json!({
            "id": recording.id.as_str(),
            "content_uri": recording.content_uri,
        })),
        "legs": legs,
    });
    if let Some(fields) = metadata.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    metadata
}
