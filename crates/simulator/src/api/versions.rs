//! The public version endpoints, which answer without a token.

use serde_json::{Value, json};

use super::error::ApiError;
use super::reply::Reply;
use super::request::Request;
use crate::simulation::Simulation;

const VERSION: &str = "1.0.60";
const RELEASED_AT: &str = "2026-08-01T00:00:00.000Z";

/// `GET /restapi`.
pub(crate) fn list(sim: &Simulation, _request: &Request) -> Reply {
    Reply::json(&json!({
        "uri": format!("{}/restapi/", sim.base_url()),
        "apiVersions": [version(sim)],
        "serverVersion": "26.3.1.0",
        "serverRevision": "simulator",
    }))
}

/// `GET /restapi/{apiVersion}`.
pub(crate) fn one(sim: &Simulation, request: &Request) -> Reply {
    match request.path.trim_end_matches('/').rsplit('/').next() {
        Some("v1.0") => Reply::json(&version(sim)),
        _ => ApiError::not_found("apiVersion").into_reply(),
    }
}

fn version(sim: &Simulation) -> Value {
    json!({
        "uri": format!("{}/restapi/v1.0", sim.base_url()),
        "versionString": VERSION,
        "releaseDate": RELEASED_AT,
        "uriString": "v1.0",
    })
}
