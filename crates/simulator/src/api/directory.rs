//! The company directory.

use serde::Deserialize;
use serde_json::json;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::extension::TYPES;
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::person;
use crate::world::World;
use crate::world::account::{Extension, ExtensionType};

/// The spec allows 2000 in the request but 1000 in the response's `paging`; the lower bound is kept.
const LARGEST_PAGE: usize = 1_000;

/// `GET …/directory/entries`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    check(call)?;
    let query = &call.request.query;
    let asked = match query.one("perPage") {
        Some("all") => PageAsked {
            page: 1,
            per_page: LARGEST_PAGE,
        },
        Some(_) => PageAsked::read(call, LARGEST_PAGE)?,
        None => PageAsked {
            per_page: LARGEST_PAGE,
            ..PageAsked::read(call, LARGEST_PAGE)?
        },
    };
    let kind = query.word("type", TYPES)?;
    let group = query.word("typeGroup", &["User", "NonUser"])?;
    respond(call, asked, |_, extension| {
        kind.is_none_or(|kind| kind == extension.kind.as_str())
            && group.is_none_or(|group| (group == "User") == (extension.kind == ExtensionType::User))
    })
}

/// `GET …/directory/entries/{entryId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    check(call)?;
    let missing = || ApiError::not_found("entryId");
    let id = call.path("entryId").parse().map_err(|_| missing())?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .extension(id)
            .filter(|extension| !extension.is_hidden)
            .map(|extension| person::directory_entry(world, &links, extension))
    });
    body.map(|body| Reply::json(&body)).ok_or_else(missing)
}

/// There is one site and no federation, so these change nothing.
fn check(call: &Call<'_>) -> Result<(), ApiError> {
    call.check_account()?;
    let query = &call.request.query;
    query.flag("accessibleSitesOnly")?;
    query.flag("showFederated")?;
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Search {
    search_string: String,
    search_fields: Vec<String>,
    extension_type: Option<String>,
    extension_types: Vec<String>,
    extension_statuses: Vec<String>,
    extension_ids: Vec<String>,
    department: Option<String>,
    page: Option<usize>,
    per_page: Option<usize>,
}

/// `POST …/directory/entries/search`.
pub(crate) fn search(call: &Call<'_>) -> ApiResult {
    check(call)?;
    let search = call.request.json::<Option<Search>>()?.unwrap_or_default();
    let asked = PageAsked {
        page: search.page.unwrap_or(1).max(1),
        per_page: search.per_page.unwrap_or(100).clamp(1, LARGEST_PAGE),
    };
    respond(call, asked, |world, extension| search.matches(world, extension))
}

impl Search {
    fn matches(&self, world: &World, extension: &Extension) -> bool {
        let kind = extension.kind.as_str();
        let id = extension.id.to_string();
        let text = self.search_string.trim().to_lowercase();
        let looks_in = |field: &str| {
            self.search_fields.is_empty() || self.search_fields.iter().any(|wanted| wanted == field)
        };
        let number = world
            .primary_number(extension.id)
            .map(|n| n.to_string())
            .unwrap_or_default();
        let own_number = extension.number.to_string();
        let fields = [
            ("firstName", extension.first_name.as_str()),
            ("lastName", extension.last_name.as_str()),
            ("lastName", extension.name.as_str()),
            ("extensionNumber", own_number.as_str()),
            ("phoneNumber", number.as_str()),
            ("email", extension.email.as_str()),
            ("jobTitle", extension.job_title.as_str()),
            ("department", extension.department.as_str()),
        ];
        self.extension_type.as_deref().is_none_or(|wanted| wanted == kind)
            && (self.extension_types.is_empty() || self.extension_types.iter().any(|wanted| wanted == kind))
            && (self.extension_statuses.is_empty()
                || self
                    .extension_statuses
                    .iter()
                    .any(|wanted| wanted == extension.status.as_str()))
            && (self.extension_ids.is_empty() || self.extension_ids.contains(&id))
            && self
                .department
                .as_deref()
                .is_none_or(|wanted| wanted == extension.department)
            && (text.is_empty()
                || fields
                    .iter()
                    .any(|(name, value)| looks_in(name) && value.to_lowercase().contains(&text)))
    }
}

fn respond(call: &Call<'_>, asked: PageAsked, is_wanted: impl Fn(&World, &Extension) -> bool) -> ApiResult {
    let links = call.links();
    let body = call.sim.world(|world| {
        let mut found: Vec<&Extension> = world
            .extensions()
            .filter(|extension| !extension.is_hidden && is_wanted(world, extension))
            .collect();
        found.sort_by_key(|extension| extension.number);
        let total = found.len();
        let page = asked.of(found);
        let records: Vec<_> = page
            .into_iter()
            .map(|one| person::directory_entry(world, &links, one))
            .collect();
        let paging = asked.paging(records.len(), total);
        json!({"records": records, "paging": paging})
    });
    Ok(Reply::json(&body))
}
