//! Frames: every one a JSON array of a meta object and, usually, a body.

use axum::http::{HeaderName, HeaderValue, header};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::reply::Reply;

pub(super) fn connection_details(wsc: &str, sequence: u64, body: &Value) -> String {
    let id = Uuid::new_v4().to_string();
    json!([
        {
            "type": "ConnectionDetails",
            "messageId": id,
            "status": 200,
            "wsc": {"token": wsc, "sequence": sequence},
            "headers": {"RCRequestId": id},
        },
        body,
    ])
    .to_string()
}

pub(super) fn notification(wsc: &str, sequence: u64, notification: &Value) -> String {
    let id = notification
        .get("uuid")
        .and_then(Value::as_str)
        .unwrap_or_default();
    json!([
        {
            "type": "ServerNotification",
            "messageId": id,
            "status": 200,
            "wsc": {"token": wsc, "sequence": sequence},
            "headers": {"RCRequestId": Uuid::new_v4().to_string()},
        },
        notification,
    ])
    .to_string()
}

pub(super) fn heartbeat(message_id: &Value) -> String {
    json!([{"type": "Heartbeat", "messageId": message_id}]).to_string()
}

/// An answer to a request: the same type and `messageId` as the request, with the response's status and headers.
pub(super) fn response(message_id: &Value, reply: &Reply) -> String {
    let mut headers = Map::new();
    for (name, value) in &reply.headers {
        headers.insert(spelled(name), json!(value.to_str().unwrap_or_default()));
    }
    if let Some(id) = reply.json_body().as_ref().and_then(subscription_id) {
        headers.insert("WSG-SubscriptionId".to_owned(), json!(id));
    }
    let meta = json!({
        "type": "ClientRequest",
        "messageId": message_id,
        "status": reply.status.as_u16(),
        "headers": headers,
    });
    let text = String::from_utf8_lossy(&reply.body);
    if text.is_empty() {
        format!("[{meta}]")
    } else {
        format!("[{meta},{text}]")
    }
}

pub(super) fn error(message_id: Option<&Value>, status: u16, code: &str, message: &str) -> String {
    let id = Uuid::new_v4().to_string();
    json!([
        {
            "type": "Error",
            "messageId": message_id.cloned().unwrap_or_else(|| json!(id)),
            "status": status,
            "headers": {"RCRequestId": id},
        },
        {"errorCode": code, "message": message, "errors": [{"errorCode": code, "message": message}]},
    ])
    .to_string()
}

fn subscription_id(body: &Value) -> Option<String> {
    body.get("eventFilters")?;
    body.get("id")?.as_str().map(str::to_owned)
}

/// Header names as they are seen in recorded frames.
fn spelled(name: &HeaderName) -> String {
    if name == "rcrequestid" {
        return "RCRequestId".to_owned();
    }
    let words = name.as_str().split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect::<String>()
    });
    words.collect::<Vec<_>>().join("-")
}

/// Whether a response can stand inside a frame; audio, pictures and documents cannot.
pub(super) fn fits(reply: &Reply) -> bool {
    let kind = reply
        .headers
        .iter()
        .find(|(name, _)| name == header::CONTENT_TYPE)
        .map(|(_, value)| value);
    kind.is_none_or(|kind: &HeaderValue| {
        let kind = kind.to_str().unwrap_or_default();
        [
            "application/json",
            "application/vnd.ringcentral",
            "multipart/",
            "text/",
        ]
        .iter()
        .any(|textual| kind.starts_with(textual))
    })
}
