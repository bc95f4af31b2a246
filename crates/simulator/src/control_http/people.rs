//! People: their presence, their address books, and what they and their applications may do.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::calls::word;
use super::{Body, Done, Refused, done, ends};
use crate::simulator::Control;
use crate::wire::contact::merge;
use crate::world::address_book::ContactFields;
use crate::world::ids::ContactId;
use crate::world::presence::PresenceUpdate;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPresence {
    extension: String,
    user_status: Option<String>,
    dnd_status: Option<String>,
    meeting_status: Option<String>,
    /// An empty text clears it.
    message: Option<String>,
}

pub(super) async fn presence(State(control): State<Control>, body: Body<NewPresence>) -> Done {
    let Json(new) = body?;
    let update = PresenceUpdate {
        user_status: new.user_status.as_deref().map(word).transpose()?,
        dnd_status: new.dnd_status.as_deref().map(word).transpose()?,
        meeting_status: new.meeting_status.as_deref().map(word).transpose()?,
        message: new.message.map(|text| Some(text).filter(|text| !text.is_empty())),
        ..PresenceUpdate::default()
    };
    control.world(|world| {
        let id = ends::extension(world, &new.extension)?;
        world.update_presence(id, update).map_err(Refused::because)
    })?;
    done()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewQueuePresence {
    queue: String,
    extension: String,
    present: bool,
}

/// A member joins in or stays out of a queue.
pub(super) async fn queue_presence(State(control): State<Control>, body: Body<NewQueuePresence>) -> Done {
    let Json(new) = body?;
    control.world(|world| {
        let queue = ends::extension(world, &new.queue)?;
        let member = ends::extension(world, &new.extension)?;
        world
            .set_present_in_queue(queue, member, new.present)
            .map_err(Refused::because)
    })?;
    done()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallHandling {
    new: bool,
}

/// Do-not-disturb in one field, or in the two of accounts with new call handling.
pub(super) async fn set_call_handling(State(control): State<Control>, body: Body<CallHandling>) -> Done {
    let Json(asked) = body?;
    control.world(|world| world.set_new_call_handling(asked.new));
    done()
}

/// The fields are those of the API's personal contacts.
pub(super) async fn add_contact(
    State(control): State<Control>,
    Path(extension): Path<String>,
    body: Body<Map<String, Value>>,
) -> Done {
    let Json(fields) = body?;
    let fields = merge(ContactFields::default(), &fields);
    let id = control.world(|world| {
        let owner = ends::extension(world, &extension)?;
        Ok::<ContactId, Refused>(world.add_contact(owner, fields))
    })?;
    Ok(Json(json!({"contactId": id.to_string()})))
}

pub(super) async fn edit_contact(
    State(control): State<Control>,
    Path((extension, contact)): Path<(String, String)>,
    body: Body<Map<String, Value>>,
) -> Done {
    let Json(fields) = body?;
    let id = contact_id(&contact)?;
    control.world(|world| {
        let owner = ends::extension(world, &extension)?;
        let known = world
            .address_book(owner)
            .and_then(|book| book.get(id))
            .map(|one| one.fields.clone());
        let merged = merge(known.unwrap_or_default(), &fields);
        world.update_contact(owner, id, merged).map_err(Refused::because)
    })?;
    done()
}

pub(super) async fn delete_contact(
    State(control): State<Control>,
    Path((extension, contact)): Path<(String, String)>,
) -> Done {
    let id = contact_id(&contact)?;
    control.world(|world| {
        let owner = ends::extension(world, &extension)?;
        world.delete_contact(owner, id).map_err(Refused::because)
    })?;
    done()
}

/// Takes user permissions away from a person; an empty list gives everything back.
pub(super) async fn deny_permissions(
    State(control): State<Control>,
    Path(extension): Path<String>,
    body: Body<Vec<String>>,
) -> Done {
    let Json(names) = body?;
    let id = control.world(|world| ends::extension(world, &extension))?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    control.deny_user_permissions(id, &names);
    done()
}

/// Sets an application's permissions, of its living sessions too.
pub(super) async fn set_application_permissions(
    State(control): State<Control>,
    Path(client): Path<String>,
    body: Body<Vec<String>>,
) -> Done {
    let Json(names) = body?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if control.set_application_permissions(&client, &names) {
        done()
    } else {
        Err(Refused::because(format!("there is no application {client}")))
    }
}

fn contact_id(text: &str) -> Result<ContactId, Refused> {
    text.parse()
        .map_err(|_| Refused::because(format!("{text} is not a contact")))
}
