//! Phones and softphones.

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::account::Device;

const TYPES: &[&str] = &[
    "HardPhone",
    "SoftPhone",
    "OtherPhone",
    "WebPhone",
    "WebRTC",
    "Room",
];
const LINE_TYPES: &[&str] = &[
    "Unknown",
    "Standalone",
    "StandaloneFree",
    "BlaPrimary",
    "BlaSecondary",
];
const FEATURES: &[&str] = &["BLA", "CommonPhone", "Intercom", "Paging", "HELD"];

/// `GET …/extension/{extensionId}/device`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let asked = PageAsked::read(call, 1_000)?;
    let query = &call.request.query;
    let kinds = Choice::words(query, "type", TYPES)?;
    let line_types = Choice::words(query, "lineType", LINE_TYPES)?;
    let poolings = query.word("linePooling", &["Host", "Guest", "None"])?;
    let features = Choice::words(query, "feature", FEATURES)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&Device> = world
            .devices_of(id)
            .filter(|device| {
                let line_type = device.phone_number.map_or("", |_| "Standalone");
                kinds.allows(device.kind.as_str())
                    && line_types.allows(line_type)
                    // Lines are nobody else's, and the phones have no special features.
                    && poolings.is_none_or(|pooling| pooling == "None")
                    && features == Choice::Any
            })
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
    call.request.query.flag("syncEmergencyAddress")?;
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
