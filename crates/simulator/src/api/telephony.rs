//! Telephony sessions: their state, and the verbs the simulated calls know. Flip, bridging and conferences are not simulated.
//! New calls are in `call_out`, recordings in `live_recording`, listening in in `supervision`.

use axum::http::StatusCode;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use crate::wire::telephony as wire;
use crate::world::ids::{ExtensionId, PartyId, TelephonySessionId};
use crate::world::number::E164;
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
struct Ignored {
    device_id: Option<String>,
}

/// `POST …/parties/{partyId}/ignore`: an agent leaves a queue's call to the others.
pub(crate) fn ignore(call: &Call<'_>) -> ApiResult {
    let ignored: Ignored = call.request.json()?;
    if ignored.device_id.is_none() {
        return Err(ApiError::parameter("deviceId"));
    }
    steer(call, PartyVerb::Ignore)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    reply_with_text: Option<String>,
    reply_with_pattern: Option<serde_json::Value>,
}

/// `POST …/parties/{partyId}/reply`: the caller is told something and hung up on.
pub(crate) fn reply(call: &Call<'_>) -> ApiResult {
    let answered: Answered = call.request.json()?;
    if answered.reply_with_text.is_some() == answered.reply_with_pattern.is_some() {
        return Err(ApiError::parameter("replyWithText"));
    }
    steer(call, PartyVerb::Reject)
}

/// Where a call is to go on; exactly one of these.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    extension_id: Option<String>,
    extension_number: Option<String>,
    phone_number: Option<String>,
    voicemail: Option<String>,
    park_orbit: Option<String>,
}

impl Target {
    /// What the party is told, `hand_over` being the verb for another extension. Numbers outside of the account and park
    /// orbits are not simulated.
    fn verb(self, call: &Call<'_>, hand_over: fn(ExtensionId) -> PartyVerb) -> Result<PartyVerb, ApiError> {
        let choices = [
            ("extensionId", self.extension_id),
            ("extensionNumber", self.extension_number),
            ("phoneNumber", self.phone_number),
            ("voicemail", self.voicemail),
            ("parkOrbit", self.park_orbit),
        ];
        let mut given = choices
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name, value)));
        let (Some((name, value)), None) = (given.next(), given.next()) else {
            return Err(ApiError::parameter("extensionNumber"));
        };
        let found = call.sim.world(|world| match name {
            "extensionId" => world.extension(value.parse().ok()?).map(|one| one.id),
            "extensionNumber" => world.extension_by_number(value.parse().ok()?).map(|one| one.id),
            "phoneNumber" => world.phone_number_by_e164(E164::parse(&value)?)?.owner,
            _ => None,
        });
        match (name, found) {
            ("voicemail", _) => Ok(PartyVerb::ToVoicemail),
            (_, Some(id)) => Ok(hand_over(id)),
            (_, None) => Err(ApiError::parameter(name)),
        }
    }
}

/// `POST …/parties/{partyId}/transfer`: a call that was answered goes to an extension of the account or to voicemail.
pub(crate) fn transfer(call: &Call<'_>) -> ApiResult {
    let target: Target = call.request.json()?;
    steer(call, target.verb(call, PartyVerb::Transfer)?)
}

/// `POST …/parties/{partyId}/forward`: the same for a call that rings.
pub(crate) fn forward(call: &Call<'_>) -> ApiResult {
    let target: Target = call.request.json()?;
    steer(call, target.verb(call, PartyVerb::Forward)?)
}

/// `POST …/parties/{partyId}/park`: an own incoming call waits at a park location.
pub(crate) fn park(call: &Call<'_>) -> ApiResult {
    session_id(call)?;
    let party = own_party(call)?;
    let after = call
        .sim
        .world(|world| world.control_party(party, PartyVerb::Park))
        .map_err(of_call)?;
    let body = wire::party(&call.links(), &after);
    Ok(Reply::json_with_status(StatusCode::CREATED, &body))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Taker {
    device_id: Option<String>,
}

/// `POST …/parties/{partyId}/pickup`: a parked call is taken, by anybody, on an own phone.
pub(crate) fn pick_up(call: &Call<'_>) -> ApiResult {
    let id = session_id(call)?;
    let party = party_id(call)?;
    let taker: Taker = call.request.json()?;
    let own = call.caller.extension_id;
    let taken = call.sim.world(|world| {
        let parties = world.session(id).map(|session| &session.parties);
        if !parties.is_some_and(|all| all.iter().any(|one| one.id == party)) {
            return Err(ApiError::not_found("partyId"));
        }
        let is_own = |text: &str| world.devices_of(own).any(|device| device.id.to_string() == text);
        if !taker.device_id.as_deref().is_some_and(is_own) {
            return Err(ApiError::parameter("deviceId"));
        }
        world.take_parked(id, own).map_err(of_call)
    })?;
    let body = wire::party(&call.links(), &taken);
    Ok(Reply::json_with_status(StatusCode::CREATED, &body))
}

/// The reference nests the change under `party`; RingCentral's own SDK sends it bare.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PartyChange {
    muted: Option<bool>,
    party: Option<PartyState>,
}

#[derive(Debug, Deserialize)]
struct PartyState {
    muted: Option<bool>,
}

/// `PATCH …/parties/{partyId}`: mutes and unmutes.
pub(crate) fn update_party(call: &Call<'_>) -> ApiResult {
    let change: PartyChange = call.request.json()?;
    match change.muted.or(change.party.and_then(|party| party.muted)) {
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

pub(super) fn session_id(call: &Call<'_>) -> Result<TelephonySessionId, ApiError> {
    call.check_account()?;
    call.path("telephonySessionId")
        .parse()
        .map_err(|_| ApiError::not_found("telephonySessionId"))
}

pub(super) fn party_id(call: &Call<'_>) -> Result<PartyId, ApiError> {
    call.path("partyId")
        .parse()
        .map_err(|_| ApiError::not_found("partyId"))
}

/// The party in the path, which must be the caller's own.
pub(super) fn own_party(call: &Call<'_>) -> Result<PartyId, ApiError> {
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
pub(super) fn of_call(error: CallControlError) -> ApiError {
    match error {
        CallControlError::NoSuchSession(_) => ApiError::not_found("telephonySessionId"),
        CallControlError::NoSuchParty(_) => ApiError::not_found("partyId"),
        _ => ApiError::new(StatusCode::CONFLICT, "TAS-102", "TAS-102", "Incorrect State"),
    }
}
