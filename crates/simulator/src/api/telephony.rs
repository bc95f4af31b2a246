//! Telephony sessions: their state, and the verbs the simulated calls know. Park, flip, forward, conferences and
//! monitoring are not simulated.

use axum::http::StatusCode;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use crate::wire::telephony as wire;
use crate::world::ids::{PartyId, TelephonySessionId};
use crate::world::{CallControlError, CallVerb, PartyVerb};

/// `GET …/telephony/sessions/{telephonySessionId}`.
pub(crate) fn session(call: &Call<'_>) -> ApiResult {
    let id = session_id(call)?;
    let links = call.links();
    let body = call.sim.world(|world| {
        let found = world.session(id).filter(|session| session.ended_at.is_none());
        found.map(|session| wire::session(&links, session))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("telephonySessionId"))
}

/// `GET …/parties/{partyId}`.
pub(crate) fn party(call: &Call<'_>) -> ApiResult {
    session_id(call)?;
    let id = party_id(call)?;
    let links = call.links();
    let body = call.sim.world(|world| {
        let found = world.session(id.session).and_then(|session| session.party(id));
        found.map(|party| wire::party(&links, party))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("partyId"))
}

/// `DELETE …/telephony/sessions/{telephonySessionId}`: everybody hangs up.
pub(crate) fn hang_up(call: &Call<'_>) -> ApiResult {
    let id = session_id(call)?;
    call.sim
        .world(|world| world.call(id, CallVerb::HangUp))
        .map_err(of_call)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE …/parties/{partyId}`: this party hangs up.
pub(crate) fn hang_up_party(call: &Call<'_>) -> ApiResult {
    steer(call, PartyVerb::HangUp)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `POST …/parties/{partyId}/answer`.
pub(crate) fn answer(call: &Call<'_>) -> ApiResult {
    steer(call, PartyVerb::Answer)
}

/// `POST …/parties/{partyId}/hold`.
pub(crate) fn hold(call: &Call<'_>) -> ApiResult {
    steer(call, PartyVerb::Hold)
}

/// `POST …/parties/{partyId}/unhold`.
pub(crate) fn unhold(call: &Call<'_>) -> ApiResult {
    steer(call, PartyVerb::Unhold)
}

/// `POST …/parties/{partyId}/reject`.
pub(crate) fn reject(call: &Call<'_>) -> ApiResult {
    steer(call, PartyVerb::Reject)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transfer {
    extension_number: Option<String>,
    voicemail: Option<String>,
}

/// `POST …/parties/{partyId}/transfer`, to an extension of the account or to voicemail.
pub(crate) fn transfer(call: &Call<'_>) -> ApiResult {
    let target: Transfer = call.request.json()?;
    let verb = match (target.extension_number, target.voicemail) {
        (Some(number), _) => {
            let to = number.parse().ok().and_then(|number: u32| {
                call.sim
                    .world(|world| world.extension_by_number(number).map(|one| one.id))
            });
            PartyVerb::Transfer(to.ok_or_else(|| ApiError::parameter("extensionNumber"))?)
        }
        (None, Some(_)) => PartyVerb::ToVoicemail,
        (None, None) => return Err(ApiError::parameter("extensionNumber")),
    };
    steer(call, verb)
}

#[derive(Debug, Deserialize)]
struct PartyChange {
    muted: Option<bool>,
}

/// `PATCH …/parties/{partyId}`: mutes and unmutes.
pub(crate) fn update_party(call: &Call<'_>) -> ApiResult {
    let change: PartyChange = call.request.json()?;
    match change.muted {
        Some(is_muted) => steer(call, PartyVerb::Mute(is_muted)),
        None => Err(ApiError::parameter("muted")),
    }
}

/// Tells the party in the path what to do and shows it afterwards.
fn steer(call: &Call<'_>, verb: PartyVerb) -> ApiResult {
    session_id(call)?;
    let party = own_party(call)?;
    let after = call
        .sim
        .world(|world| world.control_party(party, verb))
        .map_err(of_call)?;
    Ok(Reply::json(&wire::party(&call.links(), &after)))
}

fn session_id(call: &Call<'_>) -> Result<TelephonySessionId, ApiError> {
    call.check_account()?;
    call.path("telephonySessionId")
        .parse()
        .map_err(|_| ApiError::not_found("telephonySessionId"))
}

fn party_id(call: &Call<'_>) -> Result<PartyId, ApiError> {
    call.path("partyId")
        .parse()
        .map_err(|_| ApiError::not_found("partyId"))
}

/// The party in the path, which must be the caller's own.
fn own_party(call: &Call<'_>) -> Result<PartyId, ApiError> {
    let id = party_id(call)?;
    let owner = call.sim.world(|world| {
        world
            .session(id.session)
            .and_then(|session| session.party(id))
            .map(|party| party.extension_id)
    });
    match owner {
        None => Err(ApiError::not_found("partyId")),
        Some(Some(owner)) if owner == call.caller.extension_id => Ok(id),
        Some(_) => Err(ApiError::extended_scope("CallControl")),
    }
}

/// Wrong state is answered with a bare code and message, as recorded.
fn of_call(error: CallControlError) -> ApiError {
    match error {
        CallControlError::NoSuchSession(_) => ApiError::not_found("telephonySessionId"),
        CallControlError::NoSuchParty(_) => ApiError::not_found("partyId"),
        _ => ApiError::new(StatusCode::CONFLICT, "TAS-102", "TAS-102", "Incorrect State"),
    }
}
