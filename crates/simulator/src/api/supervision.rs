//! Listening in to calls (developers.ringcentral.com/guide/voice/supervision).
//!
//! The documents name no error codes for what is refused; status and codes here follow the general rules.

use axum::http::StatusCode;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::telephony;
use crate::wire::telephony as wire;
use crate::world::ids::{DeviceId, ExtensionId, PartyId};
use crate::world::{NewSupervision, SupervisionRefusal};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    mode: Option<String>,
    supervisor_device_id: Option<String>,
    agent_extension_id: Option<String>,
    agent_extension_number: Option<String>,
    auto_answer: Option<bool>,
    #[serde(rename = "mediaSDP")]
    media: Option<String>,
}

/// `POST …/telephony/sessions/{telephonySessionId}/supervise`: both ends in one channel.
pub(crate) fn of_session(call: &Call<'_>) -> ApiResult {
    begin(call, None)
}

/// `POST …/parties/{partyId}/supervise`: this end alone, in a channel of its own.
pub(crate) fn of_party(call: &Call<'_>) -> ApiResult {
    let party = telephony::party_id(call)?;
    begin(call, Some(party))
}

fn begin(call: &Call<'_>, channel: Option<PartyId>) -> ApiResult {
    let session = telephony::session_id(call)?;
    let asked: Asked = call.request.json()?;
    if asked.mode.as_deref() != Some("Listen") {
        return Err(ApiError::parameter("mode"));
    }
    if !matches!(asked.media.as_deref(), None | Some("sendOnly" | "sendRecv")) {
        return Err(ApiError::parameter("mediaSDP"));
    }
    let device: DeviceId = asked
        .supervisor_device_id
        .as_deref()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::parameter("supervisorDeviceId"))?;
    let agent = agent(call, &asked, channel.is_some())?;
    let new = NewSupervision {
        session,
        supervisor: call.caller.extension_id,
        device,
        agent,
        channel,
        is_answered_at_once: asked.auto_answer.unwrap_or(true),
    };
    let party = call.sim.world(|world| world.supervise(new)).map_err(refused)?;
    Ok(Reply::json_with_status(
        StatusCode::CREATED,
        &wire::supervisor(&call.links(), &party),
    ))
}

/// Exactly one of the two ways to name the agent; for one party only the identifier.
fn agent(call: &Call<'_>, asked: &Asked, only_by_id: bool) -> Result<ExtensionId, ApiError> {
    match (&asked.agent_extension_id, &asked.agent_extension_number) {
        (Some(id), None) => id.parse().map_err(|_| ApiError::not_found("agentExtensionId")),
        (None, Some(number)) if !only_by_id => {
            let number = number.parse().ok();
            let found = call
                .sim
                .world(|world| Some(world.extension_by_number(number?)?.id));
            found.ok_or_else(|| ApiError::not_found("agentExtensionNumber"))
        }
        _ => Err(ApiError::parameter("agentExtensionId")),
    }
}

fn refused(refusal: SupervisionRefusal) -> ApiError {
    use SupervisionRefusal as Refusal;
    let conflict = |message: String| ApiError::new(StatusCode::CONFLICT, "TAS-101", "TAS-101", message);
    match refusal {
        Refusal::NoSuchCall => ApiError::not_found("telephonySessionId"),
        Refusal::NoSuchParty => ApiError::not_found("partyId"),
        Refusal::NoSuchAgent | Refusal::AgentNotThere => ApiError::not_found("agentExtensionId"),
        Refusal::NotAllowed => ApiError::user_permission("CallMonitoring"),
        Refusal::NotOwnDevice | Refusal::UnfitDevice => ApiError::parameter("supervisorDeviceId"),
        Refusal::WrongState | Refusal::TooManyParties => {
            ApiError::new(StatusCode::CONFLICT, "TAS-102", "TAS-102", "Incorrect State")
        }
        Refusal::DeviceOffline | Refusal::Taken | Refusal::DeviceBusy => conflict(refusal.to_string()),
    }
}
