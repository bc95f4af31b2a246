//! Whether people take their queues' calls. It follows from do-not-disturb; single queues cannot be left here.

use serde_json::{Value, json};

use super::call::Call;
use super::call_queue::group;
use super::error::ApiResult;
use super::reply::Reply;
use crate::world::World;
use crate::world::ids::ExtensionId;
use crate::world::presence::DndStatus;

/// `GET …/call-queues/{groupId}/presence`.
pub(crate) fn of_queue(call: &Call<'_>) -> ApiResult {
    let id = group(call)?;
    let records: Vec<Value> = call.sim.world(|world| {
        let members = world
            .extension(id)
            .map(|queue| queue.queue_members.clone())
            .unwrap_or_default();
        let present = members.into_iter().filter_map(|member| world.extension(member));
        present
            .map(|member| {
                let takes_calls = takes_queue_calls(world, member.id);
                json!({
                    "member": {
                        "id": member.id.to_string(),
                        "name": member.name,
                        "extensionNumber": member.number.to_string(),
                    },
                    "acceptQueueCalls": takes_calls,
                    "acceptCurrentQueueCalls": takes_calls,
                })
            })
            .collect()
    });
    Ok(Reply::json(&json!({"records": records})))
}

/// `GET …/extension/{extensionId}/call-queue-presence`.
pub(crate) fn of_extension(call: &Call<'_>) -> ApiResult {
    let id = call.extension()?;
    call.request.query.flag("editableMemberStatus")?;
    let records: Vec<Value> = call.sim.world(|world| {
        let takes_calls = takes_queue_calls(world, id);
        world
            .queues_of(id)
            .map(|queue| {
                json!({
                    "callQueue": {
                        "id": queue.id.to_string(),
                        "name": queue.name,
                        "extensionNumber": queue.number.to_string(),
                        "editableMemberStatus": true,
                    },
                    "acceptCalls": takes_calls,
                })
            })
            .collect()
    });
    Ok(Reply::json(&json!({"records": records})))
}

fn takes_queue_calls(world: &World, id: ExtensionId) -> bool {
    world.presence(id).is_some_and(|snapshot| {
        matches!(
            snapshot.settings.dnd_status,
            DndStatus::TakeAllCalls | DndStatus::TakeDepartmentCallsOnly
        )
    })
}
