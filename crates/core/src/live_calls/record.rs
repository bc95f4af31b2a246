//! Reads the calls that the list of active calls shows.
//!
//! The list is the call log's view of calls under way: late, without states, and with ended calls among them. It draws no
//! conclusions from that.

use crate::calls::{ChangeOrder, Endpoint, Heard, PartyChange, PartyStatus};
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::Timestamp;
use ringcentral::api;
use ringcentral::api::call_log::{CallLogRecord, CallParty, CallResult, CallType};
use ringcentral::id::PartyId;

/// A listed call; `None` when it says itself that it is over, is a fax, or cannot be told from others. `started_at` is on
/// our clock.
pub(super) fn of_record(
    record: &CallLogRecord,
    started_at: Timestamp,
    asked_at: Timestamp,
) -> Option<PartyChange> {
    let session = record.telephony_session_id.as_ref()?;
    let is_over = record.is_finished == Some(true)
        || record
            .result
            .as_ref()
            .is_some_and(|result| *result != CallResult::InProgress);
    if is_over || record.kind == CallType::Fax {
        return None;
    }
    let direction = match record.direction {
        api::Direction::Outbound => Direction::Outbound,
        _ => Direction::Inbound,
    };
    let own = match direction {
        Direction::Inbound => &record.to,
        Direction::Outbound => &record.from,
    };
    let extension_id = record
        .extension
        .as_ref()
        .map(|extension| extension.id.clone())
        .or_else(|| own.as_ref().and_then(|end| end.extension_id.clone()));
    let mut ends = (endpoint(record.from.as_ref()), endpoint(record.to.as_ref()));
    let ours = match direction {
        Direction::Inbound => &mut ends.1,
        Direction::Outbound => &mut ends.0,
    };
    ours.extension_id = ours.extension_id.take().or_else(|| extension_id.clone());
    Some(PartyChange {
        session_id: CallSessionId::from(session.as_str()),
        party_id: record
            .party_id
            .clone()
            .unwrap_or_else(|| PartyId::from(format!("record-{}", record.id.as_str()).as_str())),
        order: ChangeOrder {
            // Before everything else that is heard of it, and before an answer of the same moment.
            sequence: -1,
            heard: Heard::Asked { at: asked_at },
        },
        happened_at: started_at,
        extension_id,
        direction,
        from: ends.0,
        to: ends.1,
        // A call in progress is talked on, for all that the list says.
        status: PartyStatus::Answered,
        reason: None,
        is_missed: false,
        is_queue_call: false,
        queue_name: None,
    })
}

fn endpoint(party: Option<&CallParty>) -> Endpoint {
    let Some(party) = party else {
        return Endpoint::default();
    };
    let worth = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Endpoint {
        number: worth(&party.phone_number).or_else(|| worth(&party.extension_number)),
        name: worth(&party.name),
        extension_id: party.extension_id.clone(),
    }
}
