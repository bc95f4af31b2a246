//! Reads what the server says about calls into [`PartyChange`]s.
//!
//! Three shapes say the same: a notification, an answer about one session, and the calls of a presence. What cannot be
//! read is left out and counted. It draws no conclusions.

use super::change::{ChangeOrder, DisconnectReason, Endpoint, Heard, PartyChange, PartyStatus};
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::Timestamp;
use ringcentral::api::presence::{ActiveCall, TelephonyStatus};
use ringcentral::api::telephony::{
    CallSession, Origin, OriginKind, Party, PartyEnd, RingRole, TelephonySessionEvent, UiCallInfo,
};
use ringcentral::id::{ExtensionId, TelephonySessionId};

/// The changes that a notification tells of; `happened_at` and `sequence` stand in for what it lacks.
pub(crate) fn of_event(
    event: &TelephonySessionEvent,
    sequence: i64,
    happened_at: Timestamp,
) -> Vec<PartyChange> {
    let order = ChangeOrder {
        sequence,
        heard: Heard::Notified,
    };
    let session = session_id(&event.telephony_session_id);
    let origin = event.origin.as_ref();
    event
        .parties
        .iter()
        .filter_map(|party| of_party(party, &session, origin, order, happened_at))
        .collect()
}

/// The parties of a session as they stand. The answer has no instants: `now` is when it was given.
pub(crate) fn of_session(session: &CallSession, order: ChangeOrder, now: Timestamp) -> Vec<PartyChange> {
    let id = session_id(&session.id);
    session
        .parties
        .iter()
        .filter_map(|party| of_party(party, &id, session.origin.as_ref(), order, now))
        .collect()
}

/// A call as our own presence shows it; `None` when it is over or does not say which party it is.
/// `began_at` is when it began by our clock.
pub(super) fn of_active_call(
    call: &ActiveCall,
    own: &ExtensionId,
    order: ChangeOrder,
    began_at: Option<Timestamp>,
    now: Timestamp,
) -> Option<PartyChange> {
    let status = status_in_presence(call)?;
    let is_ours = |number: &Option<String>, name: &Option<String>, is_our_end: bool| Endpoint {
        number: worth(number),
        name: worth(name),
        extension_id: is_our_end.then(|| own.clone()),
    };
    let direction = direction(call.direction.as_ref());
    Some(PartyChange {
        session_id: session_id(call.telephony_session_id.as_ref()?),
        party_id: call.party_id.clone()?,
        order,
        happened_at: began_at
            .filter(|_| status == PartyStatus::Proceeding)
            .unwrap_or(now),
        extension_id: Some(own.clone()),
        direction,
        from: is_ours(&call.from, &call.from_name, direction == Direction::Outbound),
        to: is_ours(&call.to, &call.to_name, direction == Direction::Inbound),
        status,
        reason: None,
        is_missed: false,
        is_queue_call: call.is_queue_call,
        queue_name: None,
    })
}

/// Whether presence shows the call as going on. Ended ones linger in it for a while.
pub(super) fn is_live(call: &ActiveCall) -> bool {
    status_in_presence(call).is_some()
}

/// The session's id in our own words.
pub(crate) fn session_id(id: &TelephonySessionId) -> CallSessionId {
    CallSessionId::from(id.as_str())
}

fn status_in_presence(call: &ActiveCall) -> Option<PartyStatus> {
    match call.telephony_status.as_ref()? {
        TelephonyStatus::Ringing => Some(PartyStatus::Proceeding),
        TelephonyStatus::CallConnected => Some(PartyStatus::Answered),
        TelephonyStatus::OnHold => Some(PartyStatus::Hold),
        TelephonyStatus::ParkedCall => Some(PartyStatus::Parked),
        TelephonyStatus::NoCall | TelephonyStatus::Unknown(_) => None,
    }
}

fn of_party(
    party: &Party,
    session_id: &CallSessionId,
    origin: Option<&Origin>,
    order: ChangeOrder,
    happened_at: Timestamp,
) -> Option<PartyChange> {
    let code = party.status.code.as_str();
    let Some(status) = PartyStatus::from_code(code) else {
        tracing::debug!(code, "a party is in a state that this version does not know");
        return None;
    };
    let technical = direction(party.direction.as_ref());
    Some(PartyChange {
        session_id: session_id.clone(),
        party_id: party.id.clone(),
        order,
        happened_at,
        extension_id: extension_of(party, technical),
        // The service rings here because the person wants something: nobody calls.
        direction: if is_own_errand(party, origin) {
            Direction::Outbound
        } else {
            technical
        },
        from: endpoint(party.from.as_ref()),
        to: endpoint(party.to.as_ref()),
        status,
        reason: party
            .status
            .reason
            .as_ref()
            .map(|reason| DisconnectReason::from_word(reason.as_str())),
        is_missed: party.is_missed_call,
        is_queue_call: party.is_queue_call
            || party.attributes.as_ref().is_some_and(|more| more.is_queue_call),
        queue_name: party.ui_call_info.as_ref().and_then(queue_name),
    })
}

/// Whose party it is. Older answers name the extension only as the party's owner, or at its end of the line.
fn extension_of(party: &Party, direction: Direction) -> Option<ExtensionId> {
    let end = match direction {
        Direction::Inbound => &party.to,
        Direction::Outbound => &party.from,
    };
    party
        .extension_id
        .clone()
        .or_else(|| party.owner.as_ref().and_then(|owner| owner.extension_id.clone()))
        .or_else(|| end.as_ref().and_then(|end| end.extension_id.clone()))
}

/// RingOut and Ring Me ring the phone of whoever wants the call first; a greeting is recorded and a number verified by a
/// call of the service.
fn is_own_errand(party: &Party, origin: Option<&Origin>) -> bool {
    let is_initiator = |role: &Option<RingRole>| *role == Some(RingRole::Initiator);
    let is_of_service = origin.is_some_and(|origin| {
        matches!(
            origin.kind,
            OriginKind::GreetingsRecording | OriginKind::VerificationCall
        )
    });
    is_of_service || is_initiator(&party.ring_out_role) || is_initiator(&party.ring_me_role)
}

/// The queue's name, as phones show it.
fn queue_name(shown: &UiCallInfo) -> Option<String> {
    [&shown.primary, &shown.additional]
        .into_iter()
        .flatten()
        .find(|line| line.kind.as_deref() == Some("QueueName"))
        .and_then(|line| worth(&line.value))
}

/// A party without a direction is taken for the one that is called: then at least a card appears.
fn direction(direction: Option<&ringcentral::api::Direction>) -> Direction {
    match direction {
        Some(ringcentral::api::Direction::Outbound) => Direction::Outbound,
        _ => Direction::Inbound,
    }
}

fn endpoint(end: Option<&PartyEnd>) -> Endpoint {
    end.map(|end| Endpoint {
        number: worth(&end.phone_number),
        name: worth(&end.name),
        extension_id: end.extension_id.clone(),
    })
    .unwrap_or_default()
}

fn worth(text: &Option<String>) -> Option<String> {
    text.as_ref()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
