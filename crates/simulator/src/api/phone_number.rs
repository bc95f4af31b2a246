//! Phone numbers of an extension and of the account.

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::account::PhoneNumber;

/// `GET …/extension/{extensionId}/phone-number`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    let asked = PageAsked::read(call, 1_000)?;
    let usages = call.request.query.all("usageType");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&PhoneNumber> = world
            .phone_numbers_of(id)
            .filter(|number| is_wanted(number, &usages))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| person::own_phone_number(world, &links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/account/{accountId}/phone-number`.
pub(crate) fn of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let usages = call.request.query.all("usageType");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&PhoneNumber> = world
            .phone_numbers()
            .filter(|number| is_wanted(number, &usages))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (
            page.into_iter()
                .map(|one| person::phone_number(world, &links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/account/{accountId}/phone-number/{phoneNumberId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let id = call
        .path("phoneNumberId")
        .parse()
        .map_err(|_| ApiError::not_found("phoneNumberId"))?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .phone_number(id)
            .map(|one| person::phone_number(world, &links, one))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("phoneNumberId"))
}

fn is_wanted(number: &PhoneNumber, usages: &[&str]) -> bool {
    usages.is_empty() || usages.contains(&number.usage.as_str())
}
