//! Presence of one extension, of several, and of the account.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::bulk::{self, Outcome};
use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::paging::PageAsked;
use super::reply::Reply;
use crate::wire::presence::{self as wire, Detail};
use crate::world::World;
use crate::world::account::ExtensionStatus;
use crate::world::ids::ExtensionId;
use crate::world::presence::{DndStatus, PresenceUpdate, UserStatus};

const MAX_EXTENSIONS: usize = 30;
const MAX_MESSAGE_CHARS: usize = 75;

/// `GET …/extension/{extensionId}/presence`, also of up to 30 extensions at once.
pub(crate) fn read(call: &Call<'_>) -> ApiResult {
    let detail = detail(call)?;
    let links = call.links();
    if is_of_several(call) {
        let show = |id| call.sim.world(|world| body(world, &links, id, detail));
        return Ok(bulk::reply(call, several(call, "/presence", show)?));
    }
    let id = call.extension()?;
    Ok(Reply::json(
        &call.sim.world(|world| body(world, &links, id, detail)),
    ))
}

/// What `show` says of each of the extensions in the path.
fn several(
    call: &Call<'_>,
    path: &str,
    show: impl Fn(ExtensionId) -> Value,
) -> Result<Vec<Outcome>, ApiError> {
    call.check_account()?;
    let links = call.links();
    let ids = bulk::identifiers(call.path("extensionId"), MAX_EXTENSIONS)?;
    let outcomes = ids.into_iter().map(|text| {
        let id = if text == "~" {
            Some(call.caller.extension_id)
        } else {
            text.parse().ok()
        };
        let id = id.filter(|&id| call.sim.world(|world| world.extension(id).is_some()));
        let name = id.map_or_else(|| text.to_owned(), |id| id.to_string());
        Outcome {
            href: links.account(&format!("/extension/{name}{path}")),
            result: id.map(&show).ok_or_else(|| ApiError::not_found("extensionId")),
            id: name,
        }
    });
    Ok(outcomes.collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    user_status: Option<String>,
    dnd_status: Option<String>,
    dnd_status_personal: Option<String>,
    accept_call_queue_calls: Option<bool>,
    message: Option<String>,
    allow_see_my_presence: Option<bool>,
    ring_on_monitored_call: Option<bool>,
    pick_up_calls_on_hold: Option<bool>,
}

/// `PUT …/extension/{extensionId}/presence`.
pub(crate) fn update(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("EditPresenceStatus", true)?;
    if !call.sim.world(|world| world.has_presence(id)) {
        // Supported for people only.
        return Err(ApiError::parameter("extensionId"));
    }
    // The body is optional; without one everything stays.
    let change: Change = call.request.json::<Option<Change>>()?.unwrap_or_default();
    if change
        .message
        .as_deref()
        .is_some_and(|text| text.chars().count() > MAX_MESSAGE_CHARS)
    {
        return Err(ApiError::parameter("message"));
    }
    let word = |text: Option<String>, name: &str| -> Result<Option<UserStatus>, ApiError> {
        text.map(|text| text.parse().map_err(|_| ApiError::parameter(name)))
            .transpose()
    };
    let dnd_status = dnd_status(call, id, &change)?;
    let update = PresenceUpdate {
        user_status: word(change.user_status, "userStatus")?,
        dnd_status,
        message: change
            .message
            .map(|text| Some(text).filter(|text| !text.is_empty())),
        allows_see_my_presence: change.allow_see_my_presence,
        rings_on_monitored_call: change.ring_on_monitored_call,
        picks_up_calls_on_hold: change.pick_up_calls_on_hold,
        meeting_status: None,
    };
    let links = call.links();
    let body = call.sim.world(|world| {
        world
            .update_presence(id, update)
            .map(|()| body(world, &links, id, Detail::default()))
    });
    body.map(|body| Reply::json(&body))
        .map_err(|_| ApiError::not_found("extensionId"))
}

/// In the one field, or in the two of accounts with new call handling, where the one is not known.
fn dnd_status(call: &Call<'_>, id: ExtensionId, change: &Change) -> Result<Option<DndStatus>, ApiError> {
    let is_new = call.sim.world(|world| world.has_new_call_handling());
    let refused = |name: &str| ApiError::parameter(name);
    let old = match change.dnd_status.as_deref() {
        // What new call handling shows is taken back, and means nothing.
        None | Some("Unknown") => None,
        Some(text) => Some(text.parse::<DndStatus>().map_err(|_| refused("dndStatus"))?),
    };
    let personal = match change.dnd_status_personal.as_deref() {
        None | Some("Unknown") => None,
        Some("TakeAllCalls") => Some(true),
        Some("DoNotAcceptAnyCalls") => Some(false),
        Some(_) => return Err(refused("dndStatusPersonal")),
    };
    if !is_new || (personal.is_none() && change.accept_call_queue_calls.is_none()) {
        return Ok(old);
    }
    let known = call
        .sim
        .world(|world| world.presence(id))
        .map_or(DndStatus::TakeAllCalls, |snapshot| snapshot.settings.dnd_status);
    Ok(Some(DndStatus::taking(
        personal.unwrap_or_else(|| known.takes_own_calls()),
        change
            .accept_call_queue_calls
            .unwrap_or_else(|| known.takes_queue_calls()),
    )))
}

/// `GET …/account/{accountId}/presence`: everybody, and those extensions that are nobody's, which are always offline.
pub(crate) fn of_account(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let detail = detail(call)?;
    let asked = PageAsked::read(call, 1_000)?;
    let links = call.links();
    let (records, total) = call.sim.world(|world| {
        let ids: Vec<ExtensionId> = world
            .extensions()
            .filter(|one| one.status == ExtensionStatus::Enabled)
            .map(|one| one.id)
            .collect();
        let total = ids.len();
        let records: Vec<Value> = asked
            .of(ids)
            .into_iter()
            .map(|id| body(world, &links, id, detail))
            .collect();
        (records, total)
    });
    Ok(Reply::json(&asked.envelope(call, records, total)))
}

/// `GET …/unified-presence`, also of up to 30 extensions at once, which it answers with plain JSON.
pub(crate) fn unified(call: &Call<'_>) -> ApiResult {
    if is_of_several(call) {
        let entries = bulk::entries(several(call, "/unified-presence", |id| unified_of(call, id))?);
        return Ok(Reply::json_with_status(StatusCode::MULTI_STATUS, &json!(entries)));
    }
    let id = call.extension()?;
    Ok(Reply::json(&unified_of(call, id)))
}

#[derive(Debug, Default, Deserialize)]
struct UnifiedChange {
    glip: Option<UnifiedPart>,
    telephony: Option<UnifiedPart>,
}

#[derive(Debug, Deserialize)]
struct UnifiedPart {
    visibility: Option<String>,
    availability: Option<String>,
}

/// `PATCH …/unified-presence`.
pub(crate) fn update_unified(call: &Call<'_>) -> ApiResult {
    let id = call.private_extension("EditPresenceStatus", false)?;
    let change: UnifiedChange = call.request.json()?;
    let telephony = change.telephony.and_then(|part| part.availability);
    let glip = change.glip.as_ref().and_then(|part| part.availability.as_deref());
    let dnd_status = match (telephony.as_deref(), glip) {
        (Some("DoNotAcceptAnyCalls"), _) | (None, Some("DND")) => Some(DndStatus::DoNotAcceptAnyCalls),
        (Some("DoNotAcceptQueueCalls"), _) => Some(DndStatus::DoNotAcceptDepartmentCalls),
        (Some("TakeAllCalls"), _) | (None, Some("Available")) => Some(DndStatus::TakeAllCalls),
        (None, None) => None,
        _ => return Err(ApiError::parameter("availability")),
    };
    let allows_see_my_presence = match change.glip.and_then(|part| part.visibility).as_deref() {
        None => None,
        Some("Visible") => Some(true),
        Some("Invisible") => Some(false),
        Some(_) => return Err(ApiError::parameter("visibility")),
    };
    let update = PresenceUpdate {
        dnd_status,
        allows_see_my_presence,
        ..PresenceUpdate::default()
    };
    call.sim
        .world(|world| world.update_presence(id, update))
        .map_err(|_| ApiError::not_found("extensionId"))?;
    Ok(Reply::json(&unified_of(call, id)))
}

fn unified_of(call: &Call<'_>, id: ExtensionId) -> Value {
    let body = call
        .sim
        .world(|world| world.presence(id).map(|snapshot| wire::unified(&snapshot)));
    body.unwrap_or_else(|| json!({"status": "Offline"}))
}

fn is_of_several(call: &Call<'_>) -> bool {
    call.path("extensionId").contains(',')
}

fn detail(call: &Call<'_>) -> Result<Detail, ApiError> {
    let query = &call.request.query;
    Ok(Detail {
        with_calls: query.flag("detailedTelephonyState")?,
        with_sip_data: query.flag("sipData")?,
    })
}

fn body(world: &World, links: &crate::wire::Links, id: ExtensionId, detail: Detail) -> Value {
    match world.presence(id).filter(|_| world.has_presence(id)) {
        Some(snapshot) => wire::status(world, links, &snapshot, detail),
        None => wire::absent(world, links, id),
    }
}
