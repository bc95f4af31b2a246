//! Recording a call while it is on. What is kept of it afterwards stands in the call log.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::telephony::{of_call, own_party};
use crate::world::sessions::LiveRecording;

/// `POST …/parties/{partyId}/recordings`.
pub(crate) fn start(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let party = own_party(call)?;
    let recording = call
        .sim
        .world(|world| world.start_recording(party))
        .map_err(of_call)?;
    Ok(Reply::json_with_status(StatusCode::CREATED, &shown(recording)))
}

#[derive(Debug, Deserialize)]
struct Change {
    active: bool,
}

/// `PATCH …/parties/{partyId}/recordings/{recordingId}`: pauses and resumes.
pub(crate) fn pause_or_resume(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let party = own_party(call)?;
    let missing = || ApiError::not_found("recordingId");
    let id = call.path("recordingId").parse().map_err(|_| missing())?;
    let change: Change = call.request.json()?;
    let recording = call
        .sim
        .world(|world| world.switch_recording(party, id, change.active))
        .map_err(of_call)?;
    recording.map(|one| Reply::json(&shown(one))).ok_or_else(missing)
}

fn shown(recording: LiveRecording) -> Value {
    json!({
        "id": recording.id.to_string(),
        "active": recording.is_active,
        "mode": "OnDemand",
        "view": "Party",
    })
}
