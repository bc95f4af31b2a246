//! RingOut: a call in two legs, started, looked at and cancelled (developers.ringcentral.com/guide/voice/ringout).

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::telephony::of_call;
use crate::wire::Links;
use crate::world::World;
use crate::world::account::NumberFeature;
use crate::world::ids::ExtensionId;
use crate::world::number::{E164, Endpoint, PartyNumber};
use crate::world::ring_out::{NewRingOut, RingOut, RingOutState};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Asked {
    from: Option<End>,
    to: Option<End>,
    caller_id: Option<End>,
    play_prompt: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct End {
    phone_number: Option<String>,
    forwarding_number_id: Option<String>,
}

/// `POST …/ring-out`.
pub(crate) fn create(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("RingOut", false)?;
    let asked: Asked = call.request.json()?;
    let to = asked.to.and_then(|end| end.phone_number).unwrap_or_default();
    let to = destination(&to).ok_or_else(|| ApiError::parameter("to"))?;
    let phone = call
        .sim
        .world(|world| own_phone(world, owner, asked.from.as_ref()))?;
    let caller_id = match asked.caller_id.and_then(|end| end.phone_number) {
        None => None,
        Some(text) => {
            let number = E164::parse(&text)
                .filter(|number| call.sim.world(|world| may_be_shown(world, owner, *number)));
            Some(number.ok_or_else(|| ApiError::parameter("callerId"))?)
        }
    };
    let new = NewRingOut {
        owner,
        phone,
        to,
        caller_id,
        has_prompt: asked.play_prompt,
    };
    let links = call.links();
    let body = call.sim.world(|world| {
        let ring_out = world.start_ring_out(new)?;
        Ok(world
            .ring_out_state(&ring_out)
            .map(|state| shown(&links, &ring_out, state)))
    });
    let body = body.map_err(of_call)?;
    Ok(Reply::json(&body.unwrap_or_default()))
}

/// `GET …/ring-out/{ringoutId}`: nothing once the call is over.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("RingOut", false)?;
    let links = call.links();
    let body = call.sim.world(|world| {
        let found = world.ring_out(owner, call.path("ringoutId"))?;
        Some(shown(&links, found, world.ring_out_state(found)?))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("ringoutId"))
}

/// `DELETE …/ring-out/{ringoutId}`: ends a call that is not connected yet. A connected one goes on: the guide says that it
/// cannot be ended this way, and gives no error for it.
pub(crate) fn cancel(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("RingOut", false)?;
    let is_known = call
        .sim
        .world(|world| world.cancel_ring_out(owner, call.path("ringoutId")));
    if is_known {
        Ok(Reply::empty(StatusCode::NO_CONTENT))
    } else {
        Err(ApiError::not_found("ringoutId"))
    }
}

/// A number or one of the account's short numbers.
fn destination(text: &str) -> Option<Endpoint> {
    let text = text.trim();
    if let Some(number) = E164::parse(text) {
        return Some(Endpoint::outside(number, None));
    }
    let is_short = (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_short)?;
    Some(Endpoint {
        number: PartyNumber::Extension(number),
        ..Endpoint::verbatim("")
    })
}

/// The phone that rings first: any number, a device of the caller's, or by default the caller's own line.
fn own_phone(world: &World, owner: ExtensionId, from: Option<&End>) -> Result<Endpoint, ApiError> {
    let (number, forwarding) = match from {
        None => (None, None),
        Some(end) => (end.phone_number.as_deref(), end.forwarding_number_id.as_deref()),
    };
    match (number, forwarding) {
        (Some(text), _) => E164::parse(text)
            .map(|number| Endpoint::outside(number, None))
            .ok_or_else(|| ApiError::parameter("from")),
        (None, Some(id)) => {
            let mut devices = world.devices_of(owner);
            let is_own = devices.any(|device| device.id.to_string() == id);
            let line = Endpoint {
                device_id: id.parse().ok(),
                ..world.extension_endpoint(owner)
            };
            is_own.then_some(line).ok_or_else(|| ApiError::parameter("from"))
        }
        (None, None) => Ok(world.extension_endpoint(owner)),
    }
}

/// The caller's own numbers and the company's can be shown.
fn may_be_shown(world: &World, owner: ExtensionId, number: E164) -> bool {
    world.phone_number_by_e164(number).is_some_and(|known| {
        known.features.contains(&NumberFeature::CallerId) && known.owner.is_none_or(|other| other == owner)
    })
}

fn shown(links: &Links, ring_out: &RingOut, state: RingOutState) -> Value {
    json!({
        "id": ring_out.id,
        "uri": links.extension(ring_out.owner, &format!("/ring-out/{}", ring_out.id)),
        "status": {
            "callStatus": state.call.as_str(),
            "callerStatus": state.caller.as_str(),
            "calleeStatus": state.callee.as_str(),
        },
    })
}
