//! Call queues and their members. Whether a member takes the queue's calls is in `call_queue_presence`.

use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::{Links, person};
use crate::world::account::Extension;
use crate::world::ids::ExtensionId;

/// `GET …/call-queues`.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let asked = PageAsked::read(call, 1_000)?;
    let query = &call.request.query;
    let member: Option<ExtensionId> = query
        .one("memberExtensionId")
        .map(|text| text.parse().map_err(|_| ApiError::parameter("memberExtensionId")))
        .transpose()?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let found: Vec<&Extension> = world
            .extensions()
            .filter(|one| one.is_queue() && member.is_none_or(|id| one.queue_members.contains(&id)))
            .collect();
        let total = found.len();
        (
            asked
                .of(found)
                .into_iter()
                .map(|one| queue(&links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/call-queues/{groupId}`.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let id = group(call)?;
    let links = call.links();
    let body = call.sim.world(|world| {
        world.extension(id).map(|one| {
            let mut body = queue(&links, one);
            if let Value::Object(fields) = &mut body {
                fields.insert("serviceLevelSettings".into(), person::service_level());
                fields.insert("editableMemberStatus".into(), json!(true));
                fields.insert("alertTimer".into(), json!(20));
            }
            body
        })
    });
    body.map(|body| Reply::json(&body))
        .ok_or_else(|| ApiError::not_found("groupId"))
}

/// `GET …/call-queues/{groupId}/members`.
pub(crate) fn members(call: &Call<'_>) -> ApiResult {
    let id = group(call)?;
    let asked = PageAsked::read(call, 1_000)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let ids = world
            .extension(id)
            .map(|queue| queue.queue_members.clone())
            .unwrap_or_default();
        let found: Vec<&Extension> = ids.iter().filter_map(|&id| world.extension(id)).collect();
        let total = found.len();
        (
            asked
                .of(found)
                .into_iter()
                .map(|one| person::extension_reference(&links, one))
                .collect(),
            total,
        )
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// The queue in the path, which must exist.
pub(super) fn group(call: &Call<'_>) -> Result<ExtensionId, ApiError> {
    call.check_account()?;
    let missing = || ApiError::not_found("groupId");
    let id = call.path("groupId").parse().map_err(|_| missing())?;
    let is_queue = call
        .sim
        .world(|world| world.extension(id).is_some_and(Extension::is_queue));
    if is_queue { Ok(id) } else { Err(missing()) }
}

fn queue(links: &Links, queue: &Extension) -> Value {
    json!({
        "id": queue.id.to_string(),
        "uri": links.account(&format!("/call-queues/{}", queue.id)),
        "extensionNumber": queue.number.to_string(),
        "name": queue.name,
        "status": queue.status.as_str(),
    })
}
