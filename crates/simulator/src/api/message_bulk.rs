//! Several messages in one request: which, and what is asked for each. The 207 itself is in `bulk`.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::bulk::{self, Outcome};
use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::message_store::MessageChange;
use super::multipart::{self, Part};
use super::reply::Reply;
use crate::world::ids::{ExtensionId, MessageId};

const MAX_IDS_IN_PATH: usize = 50;
const MAX_IDS_IN_BODY: usize = 1_000;

/// The identifiers in the path.
#[derive(Debug)]
pub(super) enum Ids {
    One(MessageId),
    /// Comma-separated, or none for `*`.
    Several(Vec<MessageId>),
}

pub(super) fn ids(call: &Call<'_>) -> Result<Ids, ApiError> {
    let text = call.path("messageId");
    let missing = || ApiError::not_found("messageId");
    if text == "*" {
        return Ok(Ids::Several(Vec::new()));
    }
    if !text.contains(',') {
        return text.parse().map(Ids::One).map_err(|_| missing());
    }
    let ids = bulk::identifiers(text, MAX_IDS_IN_PATH)?;
    ids.into_iter()
        .map(|id| id.parse().map_err(|_| missing()))
        .collect::<Result<_, _>>()
        .map(Ids::Several)
}

/// The identifiers of a body that is an array of them.
pub(super) fn ids_in_body(call: &Call<'_>) -> Result<Vec<MessageId>, ApiError> {
    let values: Vec<Value> = call.request.json()?;
    if values.len() > MAX_IDS_IN_BODY {
        return Err(bulk::too_many());
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values
        .iter()
        .map(|value| text(value).parse().map_err(|_| ApiError::unparsable_body()))
        .collect()
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ChangesBody {
    Each(Vec<Entry>),
    Same(MessageChange),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    resource_id: Option<String>,
    body: MessageChange,
}

/// What is asked for each message: one entry per identifier in the path in their order, entries that name their message,
/// or one change for all.
pub(super) fn changes(
    call: &Call<'_>,
    ids: Vec<MessageId>,
) -> Result<Vec<(MessageId, MessageChange)>, ApiError> {
    if let Some(parts) = multipart::parts(call.request) {
        return changes_of_parts(ids, parts?.parts);
    }
    let entries = match call.request.json()? {
        ChangesBody::Same(change) => return Ok(ids.into_iter().map(|id| (id, change)).collect()),
        ChangesBody::Each(entries) => entries,
    };
    if entries.len() > MAX_IDS_IN_BODY {
        return Err(bulk::too_many());
    }
    let mut unnamed = ids.into_iter();
    let pair = |entry: Entry| {
        let id = match entry.resource_id {
            Some(text) => text.parse().ok(),
            None => unnamed.next(),
        };
        id.map(|id| (id, entry.body))
            .ok_or_else(ApiError::unparsable_body)
    };
    entries.into_iter().map(pair).collect()
}

/// The older form: `multipart/mixed` with a part for each identifier in the path, in their order.
fn changes_of_parts(
    ids: Vec<MessageId>,
    parts: Vec<Part>,
) -> Result<Vec<(MessageId, MessageChange)>, ApiError> {
    if parts.len() != ids.len() {
        return Err(ApiError::unparsable_body());
    }
    let read = |part: Part| serde_json::from_slice(&part.bytes).map_err(|_| ApiError::unparsable_body());
    ids.into_iter()
        .zip(parts)
        .map(|(id, part)| read(part).map(|change| (id, change)))
        .collect()
}

/// The 207 with a part for each message.
pub(super) fn answer(
    call: &Call<'_>,
    owner: ExtensionId,
    ids: &[MessageId],
    act: impl Fn(MessageId) -> Result<Value, ApiError>,
) -> ApiResult {
    Ok(bulk::reply(call, outcomes(call, owner, ids, act)))
}

/// 204 when every deletion went well, else the 207.
pub(super) fn answer_deletion(
    call: &Call<'_>,
    owner: ExtensionId,
    ids: &[MessageId],
    act: impl Fn(MessageId) -> Result<Value, ApiError>,
) -> ApiResult {
    let outcomes = outcomes(call, owner, ids, act);
    if outcomes.iter().all(|one| one.result.is_ok()) {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    Ok(bulk::reply(call, outcomes))
}

fn outcomes(
    call: &Call<'_>,
    owner: ExtensionId,
    ids: &[MessageId],
    act: impl Fn(MessageId) -> Result<Value, ApiError>,
) -> Vec<Outcome> {
    let links = call.links();
    ids.iter()
        .map(|&id| Outcome {
            id: id.to_string(),
            href: links.extension(owner, &format!("/message-store/{id}")),
            result: act(id),
        })
        .collect()
}
