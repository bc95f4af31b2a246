//! Faults on order, and the mishaps that need no waiting: expired tokens, closed sockets.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Body, Done, Refused, done, ends};
use crate::faults::{EventFault, Fault};
use crate::simulator::Control;
use crate::world::ids::ExtensionId;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Whom {
    /// An extension's short number; absent means everybody.
    extension: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Closing {
    code: Option<u16>,
}

pub(super) async fn add(State(control): State<Control>, body: Body<Fault>) -> Done {
    let Json(fault) = body?;
    Ok(Json(json!({"number": control.add_fault(fault)})))
}

pub(super) async fn add_event(State(control): State<Control>, body: Body<EventFault>) -> Done {
    let Json(fault) = body?;
    Ok(Json(json!({"number": control.add_event_fault(fault)})))
}

pub(super) async fn unmet(State(control): State<Control>) -> Json<Value> {
    Json(json!({"unmet_faults": control.unmet_faults()}))
}

pub(super) async fn clear(State(control): State<Control>) -> Done {
    control.clear_faults();
    done()
}

pub(super) async fn release(State(control): State<Control>) -> Json<Value> {
    Json(json!({"released": control.release_late_events()}))
}

pub(super) async fn sockets(State(control): State<Control>) -> Json<Value> {
    Json(json!({"open": control.open_sockets()}))
}

pub(super) async fn close_sockets(State(control): State<Control>, body: Body<Closing>) -> Done {
    let Json(closing) = body?;
    Ok(Json(
        json!({"closed": control.close_sockets(closing.code.unwrap_or(1001))}),
    ))
}

pub(super) async fn expire_tokens(State(control): State<Control>, body: Body<Whom>) -> Done {
    let Json(whom) = body?;
    let person = person(&control, &whom)?;
    Ok(Json(json!({"expired": control.expire_access_tokens(person)})))
}

pub(super) async fn revoke_sessions(State(control): State<Control>, body: Body<Whom>) -> Done {
    let Json(whom) = body?;
    let person = person(&control, &whom)?;
    Ok(Json(json!({"revoked": control.revoke_sessions(person)})))
}

pub(super) async fn expire_sync_tokens(State(control): State<Control>) -> Done {
    control.expire_sync_tokens();
    done()
}

fn person(control: &Control, whom: &Whom) -> Result<Option<ExtensionId>, Refused> {
    let found = whom
        .extension
        .as_deref()
        .map(|text| control.world(|world| ends::extension(world, text)));
    found.transpose()
}
