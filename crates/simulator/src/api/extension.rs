//! Extensions: one, and the list of all.

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::account::{Extension, ExtensionStatus, ExtensionType};

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
    let statuses = words(query.all("status"), "status", |text| {
        text.parse::<ExtensionStatus>().is_ok()
    })?;
    // Legal values the simulated account has no extensions of simply match nothing.
    let kinds = words(query.all("type"), "type", |text| !text.is_empty())?;
    let emails = query.all("email");
    let number = query.one("extensionNumber");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let wanted = |extension: &&Extension| {
            (statuses.is_empty() || statuses.contains(&extension.status.as_str()))
                && (kinds.is_empty() || kinds.contains(&extension.kind.as_str()))
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

fn words<'a>(
    values: Vec<&'a str>,
    name: &str,
    is_legal: impl Fn(&str) -> bool,
) -> Result<Vec<&'a str>, ApiError> {
    if values.iter().all(|value| is_legal(value)) {
        Ok(values)
    } else {
        Err(ApiError::parameter(name))
    }
}
