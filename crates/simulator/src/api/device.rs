//! Phones and softphones.

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::account::Device;

/// `GET …/extension/{extensionId}/device`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let asked = PageAsked::read(call, 1_000)?;
    let kinds = call.request.query.all("type");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&Device> = world
            .devices_of(id)
            .filter(|device| kinds.is_empty() || kinds.contains(&device.kind.as_str()))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| person::device(world, &links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/account/{accountId}/device/{deviceId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let wanted = call.path("deviceId");
    let links = call.links();
    let body = call.sim.world(|world| {
        let mut devices = world.devices();
        devices
            .find(|one| one.id.to_string() == wanted)
            .map(|one| person::device(world, &links, one))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("deviceId"))
}
