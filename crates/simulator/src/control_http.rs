//! The control face over HTTP. Not part of RingCentral's API, and on an address of its own.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use crate::simulation::Simulation;
use crate::simulator::Ready;

pub(crate) fn router(sim: Arc<Simulation>) -> Router {
    Router::new().route("/", get(ready)).with_state(sim)
}

async fn ready(State(sim): State<Arc<Simulation>>) -> Json<Ready> {
    Json(crate::simulator::Control::new(sim).ready())
}
