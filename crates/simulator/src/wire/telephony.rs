//! Telephony sessions and their parties, as notifications and as `…/telephony/sessions/{id}`.

use serde_json::{Map, Value, json};

use super::{Links, instant};
use crate::world::events::TelephonyChange;
use crate::world::ids::TelephonySessionId;
use crate::world::number::Endpoint;
use crate::world::sessions::{Party, PartyStatus, Session};

/// The body of a `telephony/sessions` notification: always one party, the one that changed.
pub(crate) fn notification(links: &Links, change: &TelephonyChange, with_sip_data: bool) -> Value {
    json!({
        "sequence": change.sequence,
        "sessionId": change.session_id.to_string(),
        "telephonySessionId": change.telephony_session_id.to_string(),
        "serverId": change.server_id,
        "eventTime": instant(change.event_at),
        "parties": [party_in_event(links, &change.party, with_sip_data)],
        "origin": {"type": change.origin.as_str()},
    })
}

/// A session as the call control API shows it.
pub(crate) fn session(links: &Links, session: &Session) -> Value {
    json!({
        "id": session.telephony_session_id.to_string(),
        "origin": {"type": session.origin.as_str()},
        "voiceCallToken": format!("voice_{:x}", session.telephony_session_id.0),
        "parties": session.parties.iter().map(|one| party(links, one)).collect::<Vec<_>>(),
        "creationTime": instant(session.began_at),
    })
}

/// A party as the call control API shows it.
pub(crate) fn party(links: &Links, party: &Party) -> Value {
    let mut body = common(links, party);
    body.insert("attributes".into(), json!({"queueCall": party.is_queue_call}));
    if let Some(location) = park_location(party) {
        body.insert("park".into(), json!({"id": location}));
    }
    let mut owner = Map::new();
    if let Some(id) = party.extension_id {
        owner.insert("accountId".into(), json!(links.account_id().to_string()));
        owner.insert("extensionId".into(), json!(id.to_string()));
    }
    if !owner.is_empty() {
        body.insert("owner".into(), Value::Object(owner));
    }
    Value::Object(body)
}

/// A supervisor's party as the answer to the request to listen in shows it, without what only the other parties have.
pub(crate) fn supervisor(links: &Links, shown: &Party) -> Value {
    let mut body = party(links, shown);
    if let Some(fields) = body.as_object_mut() {
        fields.remove("attributes");
    }
    body
}

fn party_in_event(links: &Links, party: &Party, with_sip_data: bool) -> Value {
    let mut body = common(links, party);
    let park = park_location(party).map_or_else(|| json!({}), |location| json!({"id": location}));
    body.insert("park".into(), park);
    body.insert("missedCall".into(), json!(party.is_missed_call));
    if party.is_queue_call {
        body.insert("queueCall".into(), json!(true));
    }
    if with_sip_data && party.extension_id.is_some() {
        body.insert("sipData".into(), sip_data(party.id.session));
    }
    Value::Object(body)
}

fn park_location(party: &Party) -> Option<String> {
    let is_parked = party.status == PartyStatus::Parked;
    party
        .park_location
        .filter(|_| is_parked)
        .map(|location| format!("*{location}"))
}

/// Tags as they are seen on the wire; they identify no dialogue, as there is no SIP server behind them.
pub(crate) fn sip_data(session: TelephonySessionId) -> Value {
    let digits = format!("{:032x}", session.0);
    json!({
        "toTag": digits.chars().take(10).collect::<String>(),
        "fromTag": format!("10.13.22.243-5070-{}", digits.chars().skip(10).take(14).collect::<String>()),
        "remoteUri": "sip:remote@sip.example.invalid",
        "localUri": "sip:local@sip.example.invalid",
    })
}

fn common(links: &Links, party: &Party) -> Map<String, Value> {
    let mut status = json!({"code": party.status.as_str(), "rcc": false});
    if let (Some(reason), Some(fields)) = (party.reason, status.as_object_mut()) {
        fields.insert("reason".into(), json!(reason.as_str()));
    }
    if let (Some(peer), Some(fields)) = (party.peer, status.as_object_mut()) {
        fields.insert(
            "peerId".into(),
            json!({
                "sessionId": peer.session_id.to_string(),
                "telephonySessionId": peer.party.session.to_string(),
                "partyId": peer.party.to_string(),
            }),
        );
    }
    let mut body = Map::new();
    body.insert("accountId".into(), json!(links.account_id().to_string()));
    if let Some(id) = party.extension_id {
        body.insert("extensionId".into(), json!(id.to_string()));
    }
    body.insert("id".into(), json!(party.id.to_string()));
    body.insert("direction".into(), json!(party.direction.as_str()));
    body.insert("to".into(), end(&party.to));
    body.insert("from".into(), end(&party.from));
    body.insert("status".into(), status);
    body.insert("standAlone".into(), json!(false));
    body.insert("muted".into(), json!(party.is_muted));
    if let Some(role) = party.ring_out_role {
        body.insert("ringOutRole".into(), json!(role.as_str()));
    }
    if let Some(recording) = party.recording {
        body.insert(
            "recordings".into(),
            json!([{"id": recording.id.to_string(), "active": recording.is_active}]),
        );
    }
    body
}

fn end(endpoint: &Endpoint) -> Value {
    let mut fields = Map::new();
    if let Some(number) = endpoint.telephony_number() {
        fields.insert("phoneNumber".into(), json!(number));
    }
    if let Some(name) = &endpoint.name {
        fields.insert("name".into(), json!(&**name));
    }
    if let Some(id) = endpoint.extension_id {
        fields.insert("extensionId".into(), json!(id.to_string()));
    }
    if let Some(id) = endpoint.device_id {
        fields.insert("deviceId".into(), json!(id.to_string()));
    }
    Value::Object(fields)
}
