//! HTTP on loopback: turns connections into requests and answers into responses, faults of transport included.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;

use crate::api::answer;
use crate::api::error::ApiError;
use crate::api::operations::{self, Found};
use crate::api::reply::Reply;
use crate::api::request::{Query, Request, Via};
use crate::faults::Effect;
use crate::gateway;
use crate::simulation::Simulation;

/// The vendor's largest body is that of a fax (API reference, `x-request-max-body-size`).
const LARGEST_BODY_BYTES: usize = 55 * 1024 * 1024;

/// How long a response that is to be cut off may take to get its beginning out.
const TIME_TO_LEAVE: Duration = Duration::from_millis(50);

/// The routes of the API's face: the gateway's socket, and everything else by the operation table.
pub(crate) fn router(sim: Arc<Simulation>) -> Router {
    Router::new()
        .route("/ws", get(gateway::upgrade))
        .fallback(any(serve))
        .with_state(sim)
}

/// Every answer tells the time by the world's clock, as the vendor's servers tell it by theirs.
async fn serve(State(sim): State<Arc<Simulation>>, incoming: HttpRequest) -> Response {
    let mut response = respond(&sim, incoming).await;
    let now = sim.world(|world| world.clock().now());
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Some(date) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn respond(sim: &Simulation, incoming: HttpRequest) -> Response {
    let (parts, body) = incoming.into_parts();
    let decoded = percent_decode(parts.uri.path());
    let (path, via) = match decoded.strip_prefix("/media/") {
        Some(rest) => (format!("/{rest}"), Via::Media),
        None => (decoded, Via::Platform),
    };
    let upload = upload_fault(sim, &parts.method, &path);
    let body = match receive(body, upload).await {
        Received::Whole(body) => body,
        Received::TooLarge => return into_response(too_large(), Way::Whole),
        // Whoever breaks off hears nothing, and nothing is done with what came.
        Received::BrokenOff => {
            return into_response(ApiError::unparsable_body().into_reply(), Way::CutAfter(0));
        }
    };
    let request = Request {
        method: parts.method,
        path,
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        headers: parts.headers,
        body,
        via,
    };
    let answer = answer(sim, request);
    let Some(fault) = answer.fault else {
        return into_response(answer.reply, Way::Whole);
    };
    if let Some(delay) = fault.delay() {
        tokio::time::sleep(delay).await;
    }
    let way = match (fault.cut_after(), fault.stalls()) {
        (Some(count), _) => Way::CutAfter(count),
        (None, Some((count, pause))) => Way::StalledAfter(count, pause),
        (None, None) => Way::Whole,
    };
    into_response(fault.after(answer.reply), way)
}

/// A fault that waits for the body of such a request on its way in.
fn upload_fault(sim: &Simulation, method: &Method, path: &str) -> Option<Effect> {
    let operation = match operations::find(method, path) {
        Found::Operation(operation, _) => Some(operation.id),
        Found::OtherMethod | Found::Nothing => None,
    };
    sim.faults().take_upload(operation, method.as_str(), path)
}

/// What came of a request's body.
enum Received {
    Whole(Bytes),
    TooLarge,
    BrokenOff,
}

/// Reads a body to its end. Half a body is no body, whoever gave up.
async fn receive(body: Body, fault: Option<Effect>) -> Received {
    let mut stream = body.into_data_stream();
    let mut bytes = BytesMut::new();
    let mut is_stalled = false;
    while let Some(piece) = stream.next().await {
        let Ok(piece) = piece else {
            return Received::BrokenOff;
        };
        bytes.extend_from_slice(&piece);
        if bytes.len() > LARGEST_BODY_BYTES {
            return Received::TooLarge;
        }
        match &fault {
            Some(Effect::CutUpload { after_bytes }) if bytes.len() >= *after_bytes => {
                return Received::BrokenOff;
            }
            Some(Effect::StallUpload { after_bytes, millis })
                if !is_stalled && bytes.len() >= *after_bytes =>
            {
                is_stalled = true;
                tokio::time::sleep(Duration::from_millis(*millis)).await;
            }
            Some(Effect::SlowUpload { bytes_per_second }) => {
                let seconds = piece.len() as f64 / (*bytes_per_second).max(1) as f64;
                tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
            }
            _ => {}
        }
    }
    match fault {
        // A body shorter than that is cut at its end.
        Some(Effect::CutUpload { .. }) => Received::BrokenOff,
        _ => Received::Whole(bytes.freeze()),
    }
}

fn too_large() -> Reply {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "MSG-338",
        "MSG-338",
        "Message size limit exceeded",
    )
    .into_reply()
}

/// How a body gets to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Whole,
    /// Breaks off after so many bytes.
    CutAfter(usize),
    /// Pauses after so many bytes.
    StalledAfter(usize, Duration),
}

fn into_response(reply: Reply, way: Way) -> Response {
    let length = reply.body.len();
    let body = match way {
        Way::Whole => Body::from(reply.body),
        Way::CutAfter(count) => broken_off(reply.body.slice(..count.min(length))),
        Way::StalledAfter(count, pause) => {
            let rest = reply.body.clone().split_off(count.min(length));
            paused(reply.body.slice(..count.min(length)), pause, rest)
        }
    };
    let mut response = (reply.status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in reply.headers {
        headers.append(name, value);
    }
    if way != Way::Whole && response.status() != StatusCode::NO_CONTENT {
        // The full length is promised, so the client can tell that the rest is missing.
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// A body that ends in a connection error. What comes before it gets time to leave; with nothing before it, the
/// connection closes without any response.
fn broken_off(beginning: Bytes) -> Body {
    let beginning = (!beginning.is_empty()).then_some(Ok(beginning));
    let has_beginning = beginning.is_some();
    let end = futures_util::stream::once(async move {
        if has_beginning {
            tokio::time::sleep(TIME_TO_LEAVE).await;
        }
        Err(io::Error::new(
            io::ErrorKind::ConnectionAborted,
            "cut off by a fault",
        ))
    });
    Body::from_stream(futures_util::stream::iter(beginning).chain(end))
}

/// A body that comes in two parts with a pause between them.
fn paused(beginning: Bytes, pause: Duration, rest: Bytes) -> Body {
    let first = futures_util::stream::iter((!beginning.is_empty()).then_some(Ok::<_, io::Error>(beginning)));
    let second = futures_util::stream::once(async move {
        tokio::time::sleep(pause).await;
        Ok(rest)
    });
    Body::from_stream(first.chain(second))
}

fn percent_decode(path: &str) -> String {
    // Form decoding is percent-decoding that also reads '+' as a space, which no path of this API contains.
    let escaped = path.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(escaped.as_bytes())
        .next()
        .map(|(key, _)| key.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::percent_decode;

    #[test]
    fn paths_are_decoded_without_losing_their_signs() {
        assert_eq!(
            percent_decode("/restapi/v1.0/account/%7E/x=1+2&3"),
            "/restapi/v1.0/account/~/x=1+2&3"
        );
    }
}
