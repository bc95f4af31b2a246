//! The frames of the gateway: a JSON array of meta data and, mostly, a body.
//!
//! A binary body may follow as a third element that is no JSON (`,--Boundary…`); it is cut off. What a frame means for
//! the session is [`super::protocol`]'s.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    open_enum::open_enum,
    page::{Raw, RecordError, read_json},
    rate_limit::RateHeaders,
    wire_time,
};

open_enum! {
    /// The kind of a frame. An answer carries the type of its request.
    pub enum FrameType {
        ConnectionDetails = "ConnectionDetails",
        ClientRequest = "ClientRequest",
        ServerNotification = "ServerNotification",
        Heartbeat = "Heartbeat",
        Error = "Error",
    }
}

/// Where a session can be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct RecoveryPoint {
    pub(super) token: String,
    #[serde(default)]
    pub(super) sequence: u64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    #[serde(rename = "type")]
    pub(super) kind: FrameType,
    pub(super) message_id: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) wsc: Option<RecoveryPoint>,
    #[serde(default)]
    headers: HashMap<String, serde_json::Value>,
}

impl Meta {
    pub(super) fn rate_headers(&self) -> RateHeaders {
        RateHeaders::read(|name| {
            self.headers
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .and_then(|(_, value)| value.as_str())
        })
    }
}

#[derive(Debug)]
pub(super) struct Frame {
    pub(super) meta: Meta,
    pub(super) body: Option<Box<RawValue>>,
}

impl Frame {
    /// Reads a frame from the bytes of a text or binary message.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
        let no_array = || RecordError {
            field: ".".to_owned(),
            reason: "the frame is no JSON array".to_owned(),
        };
        let inside = bytes.trim_ascii_start().strip_prefix(b"[").ok_or_else(no_array)?;
        let (meta, rest) = first_value(inside)?;
        let meta: Meta = read_json(meta.get()).map_err(|error| RecordError {
            field: format!("[0].{}", error.field),
            reason: error.reason,
        })?;
        let rest = rest.trim_ascii_start();
        let body = match rest.strip_prefix(b",").map(<[u8]>::trim_ascii_start) {
            Some(rest) if !rest.starts_with(b"--") => Some(first_value(rest)?.0),
            // The end, or a binary part without a JSON body.
            _ => None,
        };
        Ok(Self { meta, body })
    }
}

/// Splits the first JSON value off.
fn first_value(bytes: &[u8]) -> Result<(Box<RawValue>, &[u8]), RecordError> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Box<RawValue>>();
    match values.next() {
        Some(Ok(value)) => {
            let end = values.byte_offset();
            Ok((value, bytes.get(end..).unwrap_or_default()))
        }
        Some(Err(error)) => Err(RecordError {
            field: ".".to_owned(),
            reason: crate::page::describe_without_content(&error),
        }),
        None => Err(RecordError {
            field: ".".to_owned(),
            reason: "the frame is cut short".to_owned(),
        }),
    }
}

/// The body of the first frame of every connection.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectionDetails {
    #[serde(rename = "creationTime", default, with = "wire_time::optional")]
    pub(super) _created_at: Option<Timestamp>,
    #[serde(default = "default_recovery_timeout")]
    pub(super) recovery_timeout: u64,
    #[serde(default = "default_recovery_buffer")]
    pub(super) recovery_buffer_size: usize,
    pub(super) recovery_state: Option<RecoveryState>,
}

/// The documented values (developers.ringcentral.com/guide/notifications/websockets/session-recovery).
fn default_recovery_timeout() -> u64 {
    180
}

fn default_recovery_buffer() -> usize {
    100
}

open_enum! {
    /// Whether the earlier session goes on.
    pub enum RecoveryState {
        Successful = "Successful",
        Failed = "Failed",
    }
}

/// The text of a request.
pub(super) fn request(message_id: &str, method: &str, path: &str, body: &serde_json::Value) -> String {
    let kind = FrameType::ClientRequest;
    let meta = serde_json::json!({ "type": kind, "messageId": message_id, "method": method, "path": path });
    serde_json::json!([meta, body]).to_string()
}

/// The text of a heartbeat.
pub(super) fn heartbeat(message_id: &str) -> String {
    serde_json::json!([{ "type": FrameType::Heartbeat, "messageId": message_id }]).to_string()
}

/// What arrived, for a report of a malformed frame.
pub(super) fn raw(bytes: &[u8]) -> Raw {
    Raw::new(String::from_utf8_lossy(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_part_after_the_body_is_cut_off() {
        let mut bytes =
            br#"[{"type":"ClientRequest","messageId":"1","status":200},{"a":1},--Boundary_1"#.to_vec();
        bytes.extend_from_slice(&[0xff, 0xfe, b']']);
        let frame = Frame::parse(&bytes).unwrap();
        assert_eq!(frame.body.unwrap().get(), r#"{"a":1}"#);
    }

    #[test]
    fn a_binary_part_without_a_body_leaves_the_meta_data() {
        let frame =
            Frame::parse(br#"[{"type":"ClientRequest","messageId":"1","status":200},--Boundary_1 xyz]"#)
                .unwrap();
        assert!(frame.body.is_none());
    }

    #[test]
    fn rate_headers_are_found_in_any_case() {
        let frame = Frame::parse(
            br#"[{"type":"ClientRequest","headers":{"X-Rate-Limit-Group":"medium","X-Rate-Limit-Limit":"40"}}]"#,
        )
        .unwrap();
        assert_eq!(frame.meta.rate_headers().limit, Some(40));
    }

    #[test]
    fn garbage_is_an_error_and_not_a_panic() {
        for bytes in [
            &b""[..],
            b"[",
            b"{}",
            b"[{\"type\":\"Hea",
            b"[{\"messageId\":1}]",
            b"hello",
            b"[[]]",
            b"[{},",
        ] {
            assert!(Frame::parse(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn unknown_frame_types_are_kept() {
        let frame = Frame::parse(br#"[{"type":"Weather","messageId":"1"},{}]"#).unwrap();
        assert_eq!(frame.meta.kind, FrameType::Unknown("Weather".into()));
    }
}
