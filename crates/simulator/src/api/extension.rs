//! Extensions: one, and the list of all.

use super::call::Call;
use super::choice::Choice;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::account::{Extension, ExtensionType};

const STATUSES: &[&str] = &["Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned"];
/// The vendor's types of extensions; the simulated account has a few of them.
pub(super) const TYPES: &[&str] = &[
    "User",
    "Department",
    "Announcement",
    "Voicemail",
    "DigitalUser",
    "VirtualUser",
    "FaxUser",
    "PagingOnly",
    "SharedLinesGroup",
    "DelegatedLinesGroup",
    "GroupCallPickup",
    "IvrMenu",
    "ApplicationExtension",
    "ProxyAdmin",
    "RoomConnector",
    "ParkLocation",
    "Limited",
    "Bot",
    "Site",
    "Room",
    "FlexibleUser",
    "TieLine",
    "External",
    "Unknown",
];

/// `GET …/extension/{extensionId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .extension(id)
            .map(|found| person::extension(world, &links, found))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("extensionId"))
}

/// `GET …/extension`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let query = &call.request.query;
    let statuses = Choice::words(query, "status", STATUSES)?;
    let kinds = Choice::words(query, "type", TYPES)?;
    let emails = query.all("email");
    let number = query.one("extensionNumber");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let wanted = |extension: &&Extension| {
            statuses.allows(extension.status.as_str())
                && kinds.allows(extension.kind.as_str())
                && (emails.is_empty() || emails.contains(&extension.email.as_str()))
                && number.is_none_or(|number| number == extension.number.to_string())
        };
        let mut found: Vec<&Extension> = world.extensions().filter(wanted).collect();
        found.sort_by_key(|extension| (extension.kind != ExtensionType::User, extension.number));
        let total = found.len();
        let page = asked.of(found);
        let records = page
            .into_iter()
            .map(|one| person::extension_in_list(world, &links, one))
            .collect();
        (records, total)
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}
