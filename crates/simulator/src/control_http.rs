//! The control face over HTTP. Not part of RingCentral's API, and on an address of its own; the README lists it.
//!
//! Every request and response is JSON; what cannot be done comes back as 400 with a sentence under `error`.

mod calls;
mod ends;
mod faults;
mod faxes;
mod messages;
mod monitoring;
mod onlooker;
mod people;
mod ring_outs;
mod scenes;
mod server;
mod texting;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::simulation::Simulation;
use crate::simulator::Control;

/// A sentence for whoever asked for something that cannot be done.
#[derive(Debug)]
pub(crate) struct Refused(String);

/// A fax of fifty megabytes in base64.
const LARGEST_BODY_BYTES: usize = 80 * 1024 * 1024;

type Done = Result<Json<Value>, Refused>;
/// A body, or why it cannot be read.
type Body<T> = Result<Json<T>, JsonRejection>;

pub(crate) fn router(sim: Arc<Simulation>) -> Router {
    Router::new()
        .route("/", get(server::ready))
        .route("/calls", post(calls::ring).get(calls::list))
        .route("/calls/second", post(calls::second_during_first))
        .route("/calls/{session}", post(calls::step))
        .route(
            "/call-records/{record}",
            patch(calls::edit_record).delete(calls::delete_record),
        )
        .route("/callers", get(calls::callers))
        .route("/live-calls", get(onlooker::live_calls))
        .route("/presences", get(onlooker::presences))
        .route("/scenes", post(scenes::begin).delete(scenes::end))
        .route(
            "/monitoring-groups",
            get(monitoring::groups).post(monitoring::add_group),
        )
        .route("/monitoring-groups/{group}", delete(monitoring::delete_group))
        .route("/devices", get(monitoring::devices).post(monitoring::add_device))
        .route("/devices/{device}", patch(monitoring::edit_device))
        .route("/queue-presence", post(people::queue_presence))
        .route("/call-handling", put(people::set_call_handling))
        .route("/texts", post(messages::text))
        .route("/voicemails", post(messages::voicemail))
        .route("/faxes", post(faxes::receive))
        .route("/fax-failures", post(faxes::set_failure))
        .route("/faxing", get(faxes::faxing).put(faxes::set_faxing))
        .route(
            "/messages/{extension}/{message}",
            patch(messages::edit).delete(messages::delete),
        )
        .route("/inbox", get(messages::inbox).put(messages::set_inbox))
        .route("/undeliverable", post(texting::undeliverable))
        .route("/ledger", get(texting::ledger).delete(texting::clear_ledger))
        .route("/consents", get(texting::consents).post(texting::add_consent))
        .route("/texting", put(texting::set_texting))
        .route("/blocked-numbers", post(texting::block))
        .route("/leg-behaviours", post(ring_outs::set_behaviour))
        .route("/ring-outs", get(ring_outs::list))
        .route("/ring-outs/{session}", post(ring_outs::settle))
        .route("/presence", post(people::presence))
        .route("/contacts/{extension}", post(people::add_contact))
        .route(
            "/contacts/{extension}/{contact}",
            patch(people::edit_contact).delete(people::delete_contact),
        )
        .route(
            "/extensions/{extension}/denied-permissions",
            put(people::deny_permissions),
        )
        .route(
            "/clients/{client}/permissions",
            put(people::set_application_permissions),
        )
        .route("/notifications", post(messages::replay))
        .route(
            "/faults",
            post(faults::add).get(faults::unmet).delete(faults::clear),
        )
        .route("/event-faults", post(faults::add_event))
        .route("/events/release", post(faults::release))
        .route("/sockets", get(faults::sockets))
        .route("/sockets/close", post(faults::close_sockets))
        .route("/tokens/expire", post(faults::expire_tokens))
        .route("/sessions/revoke", post(faults::revoke_sessions))
        .route("/sync-tokens/expire", post(faults::expire_sync_tokens))
        .route("/clock", get(server::clock).post(server::move_clock))
        .route(
            "/rate-limits",
            get(server::rate_limits).put(server::set_rate_limits),
        )
        .route("/requests", get(server::requests).delete(server::clear_requests))
        .route("/unmatched", get(server::unmatched))
        .route("/counts", get(server::counts))
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(Control::new(sim))
}

async fn unknown() -> Response {
    let message = json!({"error": "the control face has nothing at this address; see the README"});
    (StatusCode::NOT_FOUND, Json(message)).into_response()
}

impl Refused {
    fn because(reason: impl std::fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl From<JsonRejection> for Refused {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.body_text())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({"error": self.0}))).into_response()
    }
}

/// Nothing more to say than that it was done.
fn done() -> Done {
    Ok(Json(json!({"done": true})))
}
