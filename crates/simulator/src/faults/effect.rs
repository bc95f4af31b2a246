//! What a fault does to a request or its response.

use std::time::Duration;

use axum::http::{HeaderName, StatusCode, header};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::error::ApiError;
use crate::api::reply::Reply;
use crate::api::request::Request;
use crate::simulation::Simulation;

/// The mishap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// 429 CMN-301, with or without `Retry-After`; the budget itself is untouched.
    RateLimited { retry_after_seconds: Option<u32> },
    /// 401 with this code, though the token stays good.
    Unauthorized {
        #[serde(default = "expired_code")]
        error_code: String,
    },
    /// The caller's access token expires before the request is looked at.
    ExpireToken,
    /// The caller's whole session is revoked before the request is looked at.
    RevokeSession,
    /// This status with an error body of this code.
    ServerError {
        status: u16,
        #[serde(default = "unavailable_code")]
        error_code: String,
    },
    /// The right response, this much later.
    Slow { millis: u64 },
    /// The right response, cut off after so many bytes while `Content-Length` promises all of it.
    CutBody { after_bytes: usize },
    /// The right response, but after so many bytes nothing more comes for this long; then the rest.
    StallBody { after_bytes: usize, millis: u64 },
    /// The work is done, but the connection closes without a response: the reply is lost.
    LoseReply,
    /// The connection closes without a response before anything is done: the request is lost.
    LoseRequest,
    /// The connection closes when so many bytes of the request's body have come, or all of a shorter one: nothing is done.
    CutUpload { after_bytes: usize },
    /// Reading the request's body stops for this long after so many bytes; then it goes on.
    StallUpload { after_bytes: usize, millis: u64 },
    /// The request's body is taken no faster than that.
    SlowUpload { bytes_per_second: u64 },
    /// The work is done, and the response says that it failed.
    FailAfter {
        status: u16,
        #[serde(default = "unavailable_code")]
        error_code: String,
    },
    /// 200 and a body that is not JSON.
    GarbageBody,
    /// Every string under this key, anywhere in the response, becomes a word no client knows.
    UnknownEnum {
        field: String,
        #[serde(default = "unknown_word")]
        value: String,
    },
    /// The sync token is refused as expired, in the words of the operation's area.
    ExpiredSyncToken,
    /// A response of the test's own making.
    Reply {
        status: u16,
        #[serde(default)]
        headers: Vec<(String, String)>,
        #[serde(default)]
        body: String,
    },
}

/// What becomes of the request.
#[derive(Debug)]
pub(crate) enum Applied {
    /// The fault answers it.
    Instead(Reply),
    /// It goes on; the fault may still act on the response.
    Proceed,
}

fn expired_code() -> String {
    "OAU-128".to_owned()
}

fn unavailable_code() -> String {
    "CMN-201".to_owned()
}

fn unknown_word() -> String {
    "SomethingNobodyKnows".to_owned()
}

impl Effect {
    /// What happens before the request reaches its operation.
    pub(crate) fn before(&self, sim: &Simulation, request: &mut Request) -> Applied {
        match self {
            Self::RateLimited { retry_after_seconds } => {
                let refused = ApiError::rate_exceeded().into_reply();
                Applied::Instead(match retry_after_seconds {
                    Some(seconds) => refused.header(header::RETRY_AFTER, &seconds.to_string()),
                    None => refused,
                })
            }
            Self::Unauthorized { error_code } => Applied::Instead(
                ApiError::unauthorized(error_code, "TokenInvalid", "Access token refused by a fault")
                    .into_reply(),
            ),
            Self::ServerError { status, error_code } => Applied::Instead(failure(*status, error_code)),
            Self::LoseRequest => Applied::Instead(failure(503, &unavailable_code())),
            Self::ExpiredSyncToken => Applied::Instead(expired_sync_token(&request.path).into_reply()),
            Self::Reply {
                status,
                headers,
                body,
            } => {
                let reply = Reply {
                    status: status_code(*status),
                    headers: Vec::new(),
                    body: body.clone().into(),
                };
                Applied::Instead(headers.iter().fold(reply, |reply, (name, value)| {
                    match name.parse::<HeaderName>() {
                        Ok(name) => reply.header(name, value),
                        Err(_) => reply,
                    }
                }))
            }
            Self::ExpireToken => {
                if let Some((_, token)) = request.authorization() {
                    let now = sim.now();
                    let mut oauth = sim.oauth();
                    if let Ok(session) = oauth.sessions.use_access_token(&token, now) {
                        oauth
                            .sessions
                            .expire_access_tokens(Some(session.extension_id), now);
                    }
                }
                Applied::Proceed
            }
            Self::RevokeSession => {
                if let Some((_, token)) = request.authorization() {
                    sim.oauth().sessions.revoke(&token);
                }
                Applied::Proceed
            }
            Self::Slow { .. }
            | Self::CutBody { .. }
            | Self::StallBody { .. }
            | Self::LoseReply
            | Self::FailAfter { .. }
            | Self::GarbageBody
            | Self::CutUpload { .. }
            | Self::StallUpload { .. }
            | Self::SlowUpload { .. }
            | Self::UnknownEnum { .. } => Applied::Proceed,
        }
    }

    /// Whether it happens while the request's body comes in.
    pub(super) fn is_on_upload(&self) -> bool {
        matches!(
            self,
            Self::CutUpload { .. } | Self::StallUpload { .. } | Self::SlowUpload { .. }
        )
    }

    /// How long the response is held back.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Slow { millis } => Some(Duration::from_millis(*millis)),
            _ => None,
        }
    }

    /// What happens to the response's content.
    pub(crate) fn after(&self, mut reply: Reply) -> Reply {
        match self {
            Self::FailAfter { status, error_code } => {
                // What the true response would have said beside its body, such as the budget, stays.
                let failure = failure(*status, error_code);
                reply.status = failure.status;
                reply.body = failure.body;
                reply.headers.retain(|(name, _)| *name != header::CONTENT_TYPE);
                reply.headers.extend(failure.headers);
            }
            Self::GarbageBody => {
                reply.body =
                    Bytes::from_static(b"<html>\xff\xfe not what you asked for {\"records\":[{\"id\":");
            }
            Self::UnknownEnum { field, value } => {
                if let Some(mut body) = reply.json_body() {
                    replace(&mut body, field, value);
                    reply.body = Bytes::from(body.to_string());
                }
            }
            _ => {}
        }
        reply
    }

    /// After how many bytes the transport pauses, and for how long.
    pub(crate) fn stalls(&self) -> Option<(usize, Duration)> {
        match self {
            Self::StallBody { after_bytes, millis } => Some((*after_bytes, Duration::from_millis(*millis))),
            _ => None,
        }
    }

    /// After how many bytes the transport gives up, if it does.
    pub(crate) fn cut_after(&self) -> Option<usize> {
        match self {
            Self::CutBody { after_bytes } => Some(*after_bytes),
            Self::LoseReply | Self::LoseRequest => Some(0),
            _ => None,
        }
    }
}

fn failure(status: u16, code: &str) -> Reply {
    ApiError::new(status_code(status), code, code, "Service Temporary Unavailable").into_reply()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The refusal as each area words it: MSG-333 for messages, CLG-104 for the call log, CMN-101 elsewhere.
pub(crate) fn expired_sync_token(path: &str) -> ApiError {
    if path.contains("message-sync") {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "MSG-333",
            "MSG-333",
            "Invalid message synchronisation request: full synchronization is required",
        )
    } else if path.contains("call-log") {
        ApiError::parameter_because("CLG-104", "syncToken", "Sync token expired, call log was reset")
    } else {
        ApiError::parameter("syncToken")
    }
}

fn replace(value: &mut Value, field: &str, word: &str) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                if key == field && inner.is_string() {
                    *inner = json!(word);
                } else {
                    replace(inner, field, word);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, field, word)),
        _ => {}
    }
}
