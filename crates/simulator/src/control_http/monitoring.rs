//! Who may listen in to whom, and on which phones.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::calls::word;
use super::{Body, Done, Refused, done, ends};
use crate::simulator::Control;
use crate::world::account::DeviceType;
use crate::world::ids::{DeviceId, MonitoringGroupId};
use crate::world::monitoring::MonitoringRole;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewGroup {
    name: String,
    /// Short numbers of those who listen.
    #[serde(default)]
    monitoring: Vec<String>,
    /// And of those who are listened to.
    #[serde(default)]
    monitored: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDevice {
    extension: String,
    /// `HardPhone`, `SoftPhone`, `OtherPhone` or `WebPhone`.
    kind: String,
    online: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceEdit {
    online: bool,
}

pub(super) async fn groups(State(control): State<Control>) -> Json<Value> {
    let all: Vec<Value> = control.world(|world| {
        let shown = world.monitoring_groups().map(|group| {
            let members: Vec<Value> = group
                .members
                .iter()
                .map(|(id, role)| {
                    json!({
                        "extension": world.extension(*id).map(|one| one.number.to_string()),
                        "monitors": role.monitors,
                        "is_monitored": role.is_monitored,
                    })
                })
                .collect();
            json!({"id": group.id.to_string(), "name": group.name, "members": members})
        });
        shown.collect()
    });
    Json(json!({"groups": all}))
}

pub(super) async fn add_group(State(control): State<Control>, body: Body<NewGroup>) -> Done {
    let Json(new) = body?;
    let id = control.world(|world| {
        let mut members = std::collections::BTreeMap::new();
        for number in &new.monitoring {
            let role: &mut MonitoringRole = members.entry(ends::extension(world, number)?).or_default();
            role.monitors = true;
        }
        for number in &new.monitored {
            let role: &mut MonitoringRole = members.entry(ends::extension(world, number)?).or_default();
            role.is_monitored = true;
        }
        Ok::<MonitoringGroupId, Refused>(world.add_monitoring_group(&new.name, members))
    })?;
    Ok(Json(json!({"id": id.to_string()})))
}

pub(super) async fn delete_group(State(control): State<Control>, Path(group): Path<String>) -> Done {
    let id: MonitoringGroupId = group
        .parse()
        .map_err(|_| Refused::because(format!("{group} is not a monitoring group")))?;
    control
        .world(|world| world.delete_monitoring_group(id))
        .map_err(Refused::because)?;
    done()
}

pub(super) async fn devices(State(control): State<Control>) -> Json<Value> {
    let all: Vec<Value> = control.world(|world| {
        let shown = world.devices().map(|device| {
            json!({
                "id": device.id.to_string(),
                "extension": world.extension(device.owner).map(|one| one.number.to_string()),
                "kind": device.kind.as_str(),
                "online": device.is_online,
            })
        });
        shown.collect()
    });
    Json(json!({"devices": all}))
}

pub(super) async fn add_device(State(control): State<Control>, body: Body<NewDevice>) -> Done {
    let Json(new) = body?;
    let kind: DeviceType = word(&new.kind)?;
    let id = control.world(|world| {
        let owner = ends::extension(world, &new.extension)?;
        let id = world.add_device(owner, kind, "Another phone");
        world
            .set_device_online(id, new.online.unwrap_or(true))
            .map_err(Refused::because)?;
        Ok::<DeviceId, Refused>(id)
    })?;
    Ok(Json(json!({"id": id.to_string()})))
}

pub(super) async fn edit_device(
    State(control): State<Control>,
    Path(device): Path<String>,
    body: Body<DeviceEdit>,
) -> Done {
    let Json(edit) = body?;
    let id: DeviceId = device
        .parse()
        .map_err(|_| Refused::because(format!("{device} is not a device")))?;
    control
        .world(|world| world.set_device_online(id, edit.online))
        .map_err(Refused::because)?;
    done()
}
