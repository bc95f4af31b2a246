//! The REST API, transport aside: finds the operation of a request, checks who asks and whether they may, and answers.
//!
//! The same path serves HTTP and requests inside WebSocket frames. Faults that delay or mangle a response are applied by
//! the caller of [`answer`], which knows the transport.

mod account;
mod address_book;
mod authz;
mod bulk;
pub(crate) mod call;
mod call_log;
mod call_log_sync;
mod call_out;
mod call_queue;
mod choice;
mod consents;
mod device;
mod dictionary;
mod directory;
pub(crate) mod error;
mod extension;
mod fax;
mod gateway_token;
mod live_recording;
mod media_state;
mod message_bulk;
mod message_content;
mod message_store;
mod message_sync;
mod messaging;
mod monitoring_group;
mod multipart;
pub(crate) mod operations;
pub(crate) mod paging;
mod phone_number;
mod presence;
mod queue_presence;
pub(crate) mod reply;
pub(crate) mod request;
mod ring_out;
mod sign_in;
mod subscription;
mod supervision;
mod sync_token;
mod telephony;
mod text_templates;
mod texting;
pub(crate) mod throttle;
mod token_page;
mod versions;

use axum::http::{HeaderName, Method, header};
use uuid::Uuid;

pub(crate) use call::Call;
use error::ApiError;
use operations::{Found, Handler, Operation};
use reply::Reply;
use request::{Request, Via};

use crate::faults::{Applied, Effect};
use crate::rate_limit::Group;
use crate::request_log::LoggedRequest;
use crate::simulation::Simulation;

/// A response and the fault that is still to be done to it on its way out.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) fault: Option<Effect>,
}

/// Answers one request.
pub(crate) fn answer(sim: &Simulation, mut request: Request) -> Answer {
    if let Err(conflict) = apply_method_override(&mut request) {
        return Answer {
            reply: finish(sim, &request, None, conflict.into_reply()),
            fault: None,
        };
    }
    let found = operations::find(&request.method, &request.path);
    let operation = match &found {
        Found::Operation(operation, _) => Some(*operation),
        Found::OtherMethod | Found::Nothing => None,
    };
    let scripted = sim
        .faults()
        .take(operation.map(|o| o.id), request.method.as_str(), &request.path);
    let (reply, fault) = match scripted {
        Some(effect) => match effect.before(sim, &mut request) {
            // A lost request has no response at all, which is the transport's business.
            Applied::Instead(reply) => (reply, Some(effect)),
            Applied::Proceed => (run(sim, &request, found), Some(effect)),
        },
        None => (run(sim, &request, found), None),
    };
    Answer {
        reply: finish(sim, &request, operation, reply),
        fault,
    }
}

fn run(sim: &Simulation, request: &Request, found: Found) -> Reply {
    let (operation, path) = match found {
        Found::Operation(operation, path) => (operation, path),
        Found::OtherMethod => {
            sim.requests()
                .record_unmatched(request.method.as_str(), &request.path);
            return ApiError::method_not_allowed().into_reply();
        }
        Found::Nothing => {
            sim.requests()
                .record_unmatched(request.method.as_str(), &request.path);
            return ApiError::invalid_uri().into_reply();
        }
    };
    let handler = match operation.handler {
        Handler::Public(handler) => return handler(sim, request),
        Handler::Signed(handler) => handler,
    };
    let now = sim.now();
    let caller = match sign_in::caller(sim, request, now) {
        Ok(caller) => caller,
        Err(error) => return error.into_reply(),
    };
    let user = caller.extension_id.to_string();
    let standing = match throttle::spend(sim, &user, &caller.client_id, operation.group, now) {
        Ok(standing) => standing,
        Err(refused) => return *refused,
    };
    let call = Call {
        sim,
        request,
        operation,
        path,
        caller,
        now,
    };
    let reply = check_permissions(&call)
        .and_then(|()| handler(&call))
        .unwrap_or_else(ApiError::into_reply);
    throttle::with_headers(reply, standing)
}

fn check_permissions(call: &Call<'_>) -> Result<(), ApiError> {
    if let Some(name) = call.operation.application_permission
        && !call.caller.permissions.iter().any(|granted| granted == name)
    {
        return Err(ApiError::application_permission(name));
    }
    if let Some(name) = call.operation.user_permission
        && !call.has_user_permission(name)
    {
        return Err(ApiError::user_permission(name));
    }
    Ok(())
}

/// `X-HTTP-Method-Override` or `_method`, for clients behind proxies that know only GET and POST.
fn apply_method_override(request: &mut Request) -> Result<(), ApiError> {
    let header = request
        .header("x-http-method-override")
        .map(str::to_ascii_uppercase);
    let query = request.query.one("_method").map(str::to_ascii_uppercase);
    if let (Some(header), Some(query)) = (&header, &query)
        && header != query
    {
        return Err(ApiError::parameter("_method"));
    }
    if let Some(name) = header.or(query) {
        request.method = Method::from_bytes(name.as_bytes()).map_err(|_| ApiError::parameter("_method"))?;
    }
    Ok(())
}

fn finish(sim: &Simulation, request: &Request, operation: Option<&Operation>, reply: Reply) -> Reply {
    let group = operation.map_or(Group::NoThrottling, |operation| operation.group);
    sim.requests().record(LoggedRequest {
        at: sim.now(),
        method: request.method.to_string(),
        path: request.path.clone(),
        operation: operation.map(|operation| operation.id),
        group: group.header_name(),
        status: reply.status.as_u16(),
        via: match request.via {
            Via::Platform => "http",
            Via::Media => "media",
            Via::Gateway(_) => "websocket",
        },
    });
    let language = reply.body.first().is_some_and(|&byte| byte == b'{');
    let reply = reply.header(
        HeaderName::from_static("rcrequestid"),
        &Uuid::new_v4().to_string(),
    );
    if language {
        reply.header(header::CONTENT_LANGUAGE, "en-US")
    } else {
        reply
    }
}
