//! Call monitoring groups: who may listen in to whom. Listening in is in `supervision`.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::Links;
use crate::world::ids::{ExtensionId, MonitoringGroupId};
use crate::world::monitoring::{MonitoringGroup, MonitoringRole};

/// `GET …/call-monitoring-groups`, all or those an extension is a member of.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let query = &call.request.query;
    let member: Option<ExtensionId> = query
        .one("memberExtensionId")
        .map(|text| text.parse().map_err(|_| ApiError::parameter("memberExtensionId")))
        .transpose()?;
    // There is one site, and groups are of none.
    let is_of_other_site = query.all("siteId").iter().any(|site| *site != "main-site");
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&MonitoringGroup> = world
            .monitoring_groups()
            .filter(|one| !is_of_other_site && member.is_none_or(|id| one.members.contains_key(&id)))
            .collect();
        let total = found.len();
        let page = asked.of(found);
        (page.into_iter().map(|one| group(&links, one)).collect(), total)
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

#[derive(Debug, Deserialize)]
struct Named {
    name: Option<String>,
}

/// `POST …/call-monitoring-groups`.
pub(crate) fn create(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let name = name(call, None)?;
    let links = call.links();
    let body = call.sim.world(|world| {
        let id = world.add_monitoring_group(&name, []);
        world.monitoring_group(id).map(|one| group(&links, one))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("groupId"))
}

/// `PUT …/call-monitoring-groups/{groupId}`: another name.
pub(crate) fn update(call: &Call<'_>) -> ApiResult {
    let id = known(call)?;
    let name = name(call, Some(id))?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world.edit_monitoring_group(id, |group| group.name = name).ok()?;
        world.monitoring_group(id).map(|one| group(&links, one))
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("groupId"))
}

/// `DELETE …/call-monitoring-groups/{groupId}`.
pub(crate) fn delete(call: &Call<'_>) -> ApiResult {
    let id = known(call)?;
    call.sim
        .world(|world| world.delete_monitoring_group(id))
        .map_err(|_| ApiError::not_found("groupId"))?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `GET …/call-monitoring-groups/{groupId}/members`.
pub(crate) fn members(call: &Call<'_>) -> ApiResult {
    let id = known(call)?;
    let asked = PageAsked::read(call, 1_000)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let members = world.monitoring_group(id).map(|one| one.members.clone());
        let found: Vec<Value> = members
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(id, role)| Some(member(&links, world.extension(id)?, role)))
            .collect();
        let total = found.len();
        (asked.of(found), total)
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Assignment {
    added_extensions: Vec<Assigned>,
    updated_extensions: Vec<Assigned>,
    removed_extensions: Vec<Assigned>,
}

#[derive(Debug, Deserialize)]
struct Assigned {
    id: Option<String>,
    permissions: Option<Vec<String>>,
}

/// `POST …/call-monitoring-groups/{groupId}/bulk-assign`: all of it, or nothing when a part cannot be done.
pub(crate) fn assign(call: &Call<'_>) -> ApiResult {
    let id = known(call)?;
    let asked: Option<Assignment> = call.request.json()?;
    let asked = asked.unwrap_or_default();
    let read = |list: Vec<Assigned>, name: &str, needs_role: bool| {
        let read_one = |one: Assigned| {
            let who = person(call, one.id.as_deref()).ok_or_else(|| ApiError::parameter(name))?;
            let role =
                role(one.permissions.as_deref(), needs_role).ok_or_else(|| ApiError::parameter(name))?;
            Ok((who, role))
        };
        list.into_iter()
            .map(read_one)
            .collect::<Result<Vec<_>, ApiError>>()
    };
    let added = read(asked.added_extensions, "addedExtensions", true)?;
    let updated = read(asked.updated_extensions, "updatedExtensions", true)?;
    let removed = read(asked.removed_extensions, "removedExtensions", false)?;
    call.sim
        .world(|world| {
            world.edit_monitoring_group(id, |group| {
                group.members.extend(added);
                group.members.extend(updated);
                for (who, _) in removed {
                    group.members.remove(&who);
                }
            })
        })
        .map_err(|_| ApiError::not_found("groupId"))?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// People can be members; queues, menus and park locations cannot.
fn person(call: &Call<'_>, id: Option<&str>) -> Option<ExtensionId> {
    let id = id?.parse().ok()?;
    call.sim
        .world(|world| world.extension(id).is_some() && world.has_presence(id))
        .then_some(id)
}

fn role(permissions: Option<&[String]>, is_needed: bool) -> Option<MonitoringRole> {
    let words = permissions.unwrap_or_default();
    let mut role = MonitoringRole::default();
    for word in words {
        match word.as_str() {
            "Monitoring" => role.monitors = true,
            "Monitored" => role.is_monitored = true,
            _ => return None,
        }
    }
    (!words.is_empty() || !is_needed).then_some(role)
}

/// The group in the path.
fn known(call: &Call<'_>) -> Result<MonitoringGroupId, ApiError> {
    call.check_account()?;
    let missing = || ApiError::not_found("groupId");
    let id = call.path("groupId").parse().map_err(|_| missing())?;
    let is_known = call.sim.world(|world| world.monitoring_group(id).is_some());
    if is_known { Ok(id) } else { Err(missing()) }
}

/// A name that no other group has.
fn name(call: &Call<'_>, own: Option<MonitoringGroupId>) -> Result<String, ApiError> {
    const LONGEST: usize = 255;
    let asked: Option<Named> = call.request.json()?;
    let name = asked
        .and_then(|asked| asked.name)
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && name.chars().count() <= LONGEST)
        .ok_or_else(|| ApiError::parameter("name"))?;
    let is_taken = call.sim.world(|world| {
        let mut others = world.monitoring_groups().filter(|one| Some(one.id) != own);
        others.any(|one| one.name == name)
    });
    if is_taken {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "CMN-406",
            "InvalidParameter",
            "Value of parameter [name] is already used",
        )
        .with("parameterName", "name"));
    }
    Ok(name)
}

fn group(links: &Links, group: &MonitoringGroup) -> Value {
    json!({
        "uri": links.account(&format!("/call-monitoring-groups/{}", group.id)),
        "id": group.id.to_string(),
        "name": group.name,
    })
}

fn member(links: &Links, extension: &crate::world::account::Extension, role: MonitoringRole) -> Value {
    let words = [("Monitoring", role.monitors), ("Monitored", role.is_monitored)];
    let permissions: Vec<&str> = words
        .into_iter()
        .filter_map(|(word, is_held)| is_held.then_some(word))
        .collect();
    json!({
        "uri": links.extension(extension.id, ""),
        "id": extension.id.to_string(),
        "extensionNumber": extension.number.to_string(),
        "permissions": permissions,
    })
}
