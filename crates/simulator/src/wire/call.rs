//! Call log records, simple and detailed.

use std::fmt::Display;

use serde_json::{Map, Value, json};

use super::{Links, instant};
use crate::world::calls::{CallLeg, CallRecord, LinkedMessage, Recording};
use crate::world::ids::ExtensionId;
use crate::world::number::Endpoint;

/// How much of a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum View {
    #[default]
    Simple,
    /// With legs, billing and the time of the last change.
    Detailed,
}

impl View {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "Simple",
            Self::Detailed => "Detailed",
        }
    }
}

/// Whose call log a record is shown in, which decides its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    Account,
    Extension(ExtensionId),
}

/// A call log record.
pub(crate) fn record(links: &Links, record: &CallRecord, shelf: Shelf, view: View) -> Value {
    let mut body = Map::new();
    body.insert(
        "uri".into(),
        json!(format!(
            "{}?view={}",
            address(links, record.id, shelf),
            view.as_str()
        )),
    );
    body.insert("id".into(), json!(record.id.to_string()));
    body.insert("sessionId".into(), json!(record.session_id.to_string()));
    body.insert(
        "telephonySessionId".into(),
        json!(record.telephony_session_id.to_string()),
    );
    if let Some(party) = record.party_id {
        body.insert("partyId".into(), json!(party.to_string()));
    }
    body.insert("startTime".into(), json!(instant(record.started_at)));
    body.insert("duration".into(), json!(record.duration_s()));
    body.insert("durationMs".into(), json!(record.duration_ms));
    body.insert("type".into(), json!(record.kind.as_str()));
    body.insert("internalType".into(), json!(record.internal_type.as_str()));
    body.insert("direction".into(), json!(record.direction.as_str()));
    body.insert("action".into(), json!(record.action.as_str()));
    body.insert("result".into(), json!(record.result.as_str()));
    if let Some(reason) = record.reason {
        body.insert("reason".into(), json!(reason.as_str()));
        body.insert("reasonDescription".into(), json!(reason.description()));
    }
    body.insert("to".into(), end(links, &record.to));
    body.insert("from".into(), end(links, &record.from));
    body.insert("extension".into(), extension(links, record.owner));
    body.insert("transport".into(), json!(record.transport.as_str()));
    if let Some(recording) = record.recording {
        body.insert("recording".into(), recording_link(links, recording));
    }
    if record.is_short_recording {
        body.insert("shortRecording".into(), json!(true));
    }
    if let Some(message) = record.message {
        body.insert("message".into(), message_link(links, record.owner, message));
    }
    if record.is_deleted {
        body.insert("deleted".into(), json!(true));
    }
    if view == View::Detailed {
        let legs: Vec<Value> = record.legs().iter().map(|one| leg(links, record, one)).collect();
        body.insert("legs".into(), json!(legs));
        body.insert("lastModifiedTime".into(), json!(instant(record.last_modified_at)));
        body.insert(
            "billing".into(),
            json!({"costIncluded": 0.0, "costPurchased": 0.0}),
        );
    }
    Value::Object(body)
}

fn leg(links: &Links, record: &CallRecord, leg: &CallLeg) -> Value {
    let mut body = Map::new();
    body.insert("startTime".into(), json!(instant(leg.started_at)));
    body.insert("duration".into(), json!(leg.duration_ms / 1_000));
    body.insert("durationMs".into(), json!(leg.duration_ms));
    body.insert("type".into(), json!(record.kind.as_str()));
    body.insert("direction".into(), json!(leg.direction.as_str()));
    body.insert("action".into(), json!(leg.action.as_str()));
    body.insert("result".into(), json!(leg.result.as_str()));
    body.insert("legType".into(), json!(leg.leg_type.as_str()));
    body.insert("transport".into(), json!(leg.transport.as_str()));
    body.insert("to".into(), end(links, &leg.to));
    body.insert("from".into(), end(links, &leg.from));
    body.insert(
        "telephonySessionId".into(),
        json!(record.telephony_session_id.to_string()),
    );
    if let Some(reason) = leg.reason {
        body.insert("reason".into(), json!(reason.as_str()));
        body.insert("reasonDescription".into(), json!(reason.description()));
    }
    if let Some(id) = leg.extension {
        body.insert("extension".into(), extension(links, id));
    }
    if leg.is_master {
        body.insert("master".into(), json!(true));
    }
    if let Some(recording) = leg.recording {
        body.insert("recording".into(), recording_link(links, recording));
    }
    if let Some(message) = leg.message {
        body.insert(
            "message".into(),
            message_link(links, leg.extension.unwrap_or(record.owner), message),
        );
    }
    Value::Object(body)
}

/// Where a record stands, by its identifier.
pub(crate) fn address(links: &Links, id: impl Display, shelf: Shelf) -> String {
    let rest = format!("/call-log/{id}");
    match shelf {
        Shelf::Account => links.account(&rest),
        Shelf::Extension(id) => links.extension(id, &rest),
    }
}

fn extension(links: &Links, id: ExtensionId) -> Value {
    json!({"id": id.0, "uri": links.extension(id, "")})
}

fn recording_link(links: &Links, recording: Recording) -> Value {
    json!({
        "id": recording.id.to_string(),
        "uri": links.account(&format!("/recording/{}", recording.id)),
        "type": recording.kind.as_str(),
        "contentUri": links.recording_content(recording.id),
    })
}

fn message_link(links: &Links, owner: ExtensionId, message: LinkedMessage) -> Value {
    json!({
        "id": message.id.to_string(),
        "type": message.kind.as_str(),
        "uri": links.extension(message.holder.unwrap_or(owner), &format!("/message-store/{}", message.id)),
    })
}

fn end(links: &Links, endpoint: &Endpoint) -> Value {
    let mut fields = Map::new();
    if let Some(number) = endpoint.phone_number() {
        fields.insert("phoneNumber".into(), json!(number));
    }
    if let Some(number) = endpoint.extension_number() {
        fields.insert("extensionNumber".into(), json!(number));
    }
    if let Some(id) = endpoint.extension_id {
        fields.insert("extensionId".into(), json!(id.to_string()));
    }
    if let Some(name) = &endpoint.name {
        fields.insert("name".into(), json!(&**name));
    }
    if let Some(location) = endpoint.location() {
        fields.insert("location".into(), json!(location));
    }
    if let Some(id) = endpoint.device_id {
        let device = json!({"id": id.to_string(), "uri": links.account(&format!("/device/{id}"))});
        fields.insert("device".into(), device);
    }
    Value::Object(fields)
}
