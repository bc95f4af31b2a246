//! One socket: the handshake, the client's frames, pings, and the end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use bytes::Bytes;
use serde_json::Value;

use super::{Accepted, Outbound, frame};
use crate::api::answer;
use crate::api::error::ApiError;
use crate::api::request::{Query, Request, Via};
use crate::oauth::session::Session;
use crate::simulation::Simulation;

const PONG_PATIENCE: Duration = Duration::from_secs(10);
const BREATH: Duration = Duration::from_millis(50);

/// `GET /ws?access_token=…[&wsc=…]`.
pub(crate) async fn upgrade(
    State(sim): State<Arc<Simulation>>,
    RawQuery(query): RawQuery,
    socket: WebSocketUpgrade,
) -> Response {
    let query = Query::parse(query.as_deref().unwrap_or_default());
    socket.on_upgrade(move |socket| serve(sim, socket, query))
}

async fn serve(sim: Arc<Simulation>, mut socket: WebSocket, query: Query) {
    let session = match admit(&sim, &query) {
        Ok(session) => session,
        Err(refusal) => {
            let refused = frame::error(None, 401, refusal.0, refusal.1);
            // The client may already be gone; there is nobody left to tell.
            let _ = socket.send(Message::Text(refused.into())).await;
            let _ = socket.send(close(1008, refusal.1)).await;
            return;
        }
    };
    let accepted = sim.gateway.accept(&session, query.one("wsc"), sim.now());
    let number = accepted.number;
    let is_orderly = converse(&sim, &mut socket, accepted).await;
    drop(socket);
    sim.gateway.disconnected(number, sim.now(), is_orderly);
}

/// Redeems the single-use gateway token.
fn admit(sim: &Simulation, query: &Query) -> Result<Session, (&'static str, &'static str)> {
    let token = query
        .one("access_token")
        .ok_or(("OAU-149", "Access token is not specified"))?;
    let now = sim.now();
    let mut oauth = sim.oauth();
    let issued = oauth
        .gateway_tokens
        .remove(token)
        .ok_or(("OAU-213", "Token not found"))?;
    if now >= issued.expires_at {
        return Err(("OAU-128", "Access token expired"));
    }
    oauth
        .sessions
        .get(&issued.session_id)
        .cloned()
        .ok_or(("OAU-213", "Token not found"))
}

/// Runs the socket until one side ends it; `true` when the client said goodbye.
async fn converse(sim: &Simulation, socket: &mut WebSocket, accepted: Accepted) -> bool {
    let Accepted { number, mut outbound } = accepted;
    let interval = Duration::from_secs(sim.gateway.settings().ping_interval_seconds.max(1));
    let mut pinged_at: Option<Instant> = None;
    let mut next_ping = tokio::time::interval_at(tokio::time::Instant::now() + interval, interval);
    loop {
        tokio::select! {
            told = outbound.recv() => match told {
                Some(Outbound::Frame(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return false;
                    }
                }
                Some(Outbound::Breath) => tokio::time::sleep(BREATH).await,
                Some(Outbound::Close { code, reason }) => {
                    let _ = socket.send(close(code, reason)).await;
                    return false;
                }
                None => return false,
            },
            said = socket.recv() => match said {
                Some(Ok(Message::Text(text))) => {
                    sim.gateway.heard_from(number, sim.now());
                    if let Some(reply) = react(sim, number, text.as_str()).await {
                        // Through the same queue as notifications, so that nothing is overtaken.
                        sim.gateway.reply(number, reply);
                    }
                }
                Some(Ok(Message::Pong(_))) => pinged_at = None,
                Some(Ok(Message::Ping(_))) => {}
                Some(Ok(Message::Binary(_))) => {
                    let refused = frame::error(None, 415, "CMN-116", "Binary frames are not supported");
                    if socket.send(Message::Text(refused.into())).await.is_err() {
                        return false;
                    }
                }
                Some(Ok(Message::Close(_))) => return true,
                Some(Err(_)) | None => return false,
            },
            _ = next_ping.tick() => {
                if pinged_at.is_some_and(|at| at.elapsed() >= PONG_PATIENCE) {
                    return false;
                }
                pinged_at.get_or_insert_with(Instant::now);
                if socket.send(Message::Ping(Bytes::new())).await.is_err() {
                    return false;
                }
            }
        }
    }
}

/// What is answered to a client's frame.
async fn react(sim: &Simulation, number: u64, text: &str) -> Option<String> {
    let parts: Vec<Value> = match serde_json::from_str(text) {
        Ok(parts) => parts,
        Err(_) => return Some(frame::error(None, 400, "CMN-104", "Frame cannot be parsed")),
    };
    let meta = parts.first()?;
    let message_id = meta.get("messageId").cloned().unwrap_or(Value::Null);
    match meta.get("type").and_then(Value::as_str) {
        Some("Heartbeat") => {
            sim.gateway.settled().await;
            Some(frame::heartbeat(&message_id))
        }
        Some("ClientRequest") => {
            let Some(request) = read_request(number, meta, parts.get(1)) else {
                return Some(frame::error(
                    Some(&message_id),
                    400,
                    "CMN-104",
                    "Request cannot be read",
                ));
            };
            if request.path.starts_with("/restapi/oauth/") {
                // Tokens are not handed out over the gateway.
                return Some(frame::response(
                    &message_id,
                    &ApiError::invalid_uri().into_reply(),
                ));
            }
            let answer = answer(sim, request);
            if let Some(delay) = answer.fault.as_ref().and_then(|fault| fault.delay()) {
                tokio::time::sleep(delay).await;
            }
            if answer
                .fault
                .as_ref()
                .is_some_and(|fault| fault.cut_after().is_some())
            {
                return None;
            }
            let reply = match &answer.fault {
                Some(fault) => fault.after(answer.reply),
                None => answer.reply,
            };
            if !frame::fits(&reply) {
                let message = "Binary content is not available over WebSocket";
                return Some(frame::error(Some(&message_id), 415, "CMN-116", message));
            }
            Some(frame::response(&message_id, &reply))
        }
        _ => Some(frame::error(
            Some(&message_id),
            400,
            "CMN-101",
            "Message type is not supported",
        )),
    }
}

fn read_request(number: u64, meta: &Value, body: Option<&Value>) -> Option<Request> {
    let method = Method::from_bytes(meta.get("method")?.as_str()?.to_ascii_uppercase().as_bytes()).ok()?;
    let target = meta.get("path")?.as_str()?;
    let (path, inline) = target.split_once('?').unwrap_or((target, ""));
    let path = path
        .find("/restapi")
        .and_then(|start| path.get(start..))
        .unwrap_or(path);
    let mut pairs = Query::parse(inline).pairs().to_vec();
    if let Some(Value::Object(query)) = meta.get("query") {
        for (key, value) in query {
            match value {
                Value::Array(values) => pairs.extend(values.iter().map(|one| (key.clone(), plain(one)))),
                Value::Null => {}
                one => pairs.push((key.clone(), plain(one))),
            }
        }
    }
    let mut headers = HeaderMap::new();
    if let Some(Value::Object(given)) = meta.get("headers") {
        for (name, value) in given {
            if let (Ok(name), Ok(value)) = (
                name.parse::<HeaderName>(),
                HeaderValue::from_str(value.as_str().unwrap_or_default()),
            ) {
                headers.insert(name, value);
            }
        }
    }
    let body = match body {
        None | Some(Value::Null) => Bytes::new(),
        Some(body) => Bytes::from(body.to_string()),
    };
    Some(Request {
        method,
        path: path.to_owned(),
        query: Query::from_pairs(pairs),
        headers,
        body,
        via: Via::Gateway(number),
    })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn close(code: u16, reason: &'static str) -> Message {
    Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }))
}
