//! A call made over the API. The vendor first rings the caller's own phone; here it is taken for picked up.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use super::telephony::of_call;
use crate::wire::telephony as wire;
use crate::world::number::Endpoint;

#[derive(Debug, Deserialize)]
struct CallOut {
    from: From,
    to: To,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct From {
    device_id: Option<String>,
    extension_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct To {
    phone_number: Option<String>,
    extension_number: Option<String>,
}

/// `POST …/telephony/call-out`.
pub(crate) fn create(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked: CallOut = call.request.json()?;
    let me = call.caller.extension_id;
    let is_mine = match (&asked.from.device_id, &asked.from.extension_id) {
        (Some(device), None) => call.sim.world(|world| {
            let mut own = world.devices_of(me);
            own.any(|one| one.id.to_string() == *device)
        }),
        (None, Some(extension)) => *extension == me.to_string(),
        _ => false,
    };
    if !is_mine {
        return Err(ApiError::parameter("from"));
    }
    let session = match (asked.to.phone_number, asked.to.extension_number) {
        (Some(number), None) => call
            .sim
            .world(|world| world.dial_out(me, Endpoint::verbatim(&number))),
        (None, Some(number)) => {
            let to = number.parse().ok().and_then(|number| {
                call.sim
                    .world(|world| world.extension_by_number(number).map(|one| one.id))
            });
            let to = to.ok_or_else(|| ApiError::parameter("to.extensionNumber"))?;
            call.sim.world(|world| world.dial_extension(me, to))
        }
        _ => return Err(ApiError::parameter("to")),
    };
    let id = session.map_err(of_call)?;
    let links = call.links();
    let body = call
        .sim
        .world(|world| world.session(id).map(|session| wire::session(&links, session)));
    Ok(Reply::json_with_status(
        StatusCode::CREATED,
        &json!({"session": body}),
    ))
}
