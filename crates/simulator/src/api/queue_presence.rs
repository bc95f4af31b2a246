//! Whether people take their queues' calls: all of them, which follows from do-not-disturb, and those of each queue.

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::call_queue::group;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use crate::world::World;
use crate::world::ids::ExtensionId;

/// `GET …/call-queues/{groupId}/presence`.
pub(crate) fn of_queue(call: &Call<'_>) -> ApiResult {
    let queue = group(call)?;
    Ok(Reply::json(&call.sim.world(|world| members(world, queue))))
}

/// `GET …/extension/{extensionId}/call-queue-presence`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let member = call.extension()?;
    call.request.query.flag("editableMemberStatus")?;
    Ok(Reply::json(&call.sim.world(|world| queues(world, member))))
}

#[derive(Debug, Deserialize)]
struct Records<T> {
    records: Vec<T>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MemberChange {
    member: Named,
    accept_current_queue_calls: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueueChange {
    call_queue: Named,
    accept_calls: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: String,
}

/// `PUT …/call-queues/{groupId}/presence`: who takes the calls of this queue.
pub(crate) fn update_of_queue(call: &Call<'_>) -> ApiResult {
    let queue = group(call)?;
    let change: Records<MemberChange> = call.request.json()?;
    let asked = change.records.into_iter().filter_map(|one| {
        let is_present = one.accept_current_queue_calls?;
        Some((one.member.id.parse(), is_present))
    });
    for (member, is_present) in asked {
        let refused = || ApiError::parameter("member.id");
        let member = member.map_err(|_| refused())?;
        if member != call.caller.extension_id && !call.is_administrator() {
            return Err(ApiError::extended_scope("EditPresenceStatus"));
        }
        call.sim
            .world(|world| world.set_present_in_queue(queue, member, is_present))
            .map_err(|_| refused())?;
    }
    Ok(Reply::json(&call.sim.world(|world| members(world, queue))))
}

/// `PUT …/extension/{extensionId}/call-queue-presence`: which queues' calls this person takes.
pub(crate) fn update_of_extension(call: &Call<'_>) -> ApiResult {
    let member = call.private_extension("EditPresenceStatus", true)?;
    let change: Records<QueueChange> = call.request.json()?;
    let asked = change
        .records
        .into_iter()
        .filter_map(|one| Some((one.call_queue.id.parse(), one.accept_calls?)));
    for (queue, is_present) in asked {
        let refused = || ApiError::parameter("callQueue.id");
        let queue = queue.map_err(|_| refused())?;
        call.sim
            .world(|world| world.set_present_in_queue(queue, member, is_present))
            .map_err(|_| refused())?;
    }
    Ok(Reply::json(&call.sim.world(|world| queues(world, member))))
}

fn members(world: &World, queue: ExtensionId) -> Value {
    let members = world
        .extension(queue)
        .map(|queue| queue.queue_members.clone())
        .unwrap_or_default();
    let present = members.into_iter().filter_map(|member| world.extension(member));
    let records: Vec<Value> = present
        .map(|member| {
            json!({
                "member": {
                    "id": member.id.to_string(),
                    "name": member.name,
                    "extensionNumber": member.number.to_string(),
                },
                "acceptQueueCalls": world.takes_queue_calls(member.id),
                "acceptCurrentQueueCalls": world.is_present_in_queue(queue, member.id),
            })
        })
        .collect();
    json!({"records": records})
}

fn queues(world: &World, member: ExtensionId) -> Value {
    let records: Vec<Value> = world
        .queues_of(member)
        .map(|queue| {
            json!({
                "callQueue": {
                    "id": queue.id.to_string(),
                    "name": queue.name,
                    "extensionNumber": queue.number.to_string(),
                    "editableMemberStatus": true,
                },
                "acceptCalls": world.is_present_in_queue(queue.id, member),
            })
        })
        .collect();
    json!({"records": records})
}
