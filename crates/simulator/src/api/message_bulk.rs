//! Several messages in one request: comma-separated identifiers in the path and a 207 with one part each
//! (developers.ringcentral.com/guide/basics/batch-requests).

use axum::http::{StatusCode, header};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::message_store::MessageChange;
use super::reply::Reply;
use crate::oauth::token_text;
use crate::world::ids::{ExtensionId, MessageId};

const MAX_IDS_IN_PATH: usize = 50;
const MAX_IDS_IN_BODY: usize = 1_000;
const MULTIPART_JSON: &str = "application/vnd.ringcentral.multipart+json";

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
    let ids: Vec<MessageId> = text
        .split(',')
        .filter(|part| !part.is_empty())
        .map(|part| part.trim().parse().map_err(|_| missing()))
        .collect::<Result<_, _>>()?;
    if ids.len() > MAX_IDS_IN_PATH {
        Err(too_many())
    } else {
        Ok(Ids::Several(ids))
    }
}

/// The identifiers of a body that is an array of them.
pub(super) fn ids_in_body(call: &Call<'_>) -> Result<Vec<MessageId>, ApiError> {
    let values: Vec<Value> = call.request.json()?;
    if values.len() > MAX_IDS_IN_BODY {
        return Err(too_many());
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
    let entries = match call.request.json()? {
        ChangesBody::Same(change) => return Ok(ids.into_iter().map(|id| (id, change)).collect()),
        ChangesBody::Each(entries) => entries,
    };
    if entries.len() > MAX_IDS_IN_BODY {
        return Err(too_many());
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

/// The 207 with a part for each message, in the form the client accepts.
pub(super) fn answer(
    call: &Call<'_>,
    owner: ExtensionId,
    ids: &[MessageId],
    act: impl Fn(MessageId) -> Result<Value, ApiError>,
) -> ApiResult {
    let results: Vec<(MessageId, Result<Value, ApiError>)> = ids.iter().map(|&id| (id, act(id))).collect();
    let wants_json = call
        .request
        .header("accept")
        .is_some_and(|accept| accept.contains(MULTIPART_JSON));
    Ok(if wants_json {
        as_json(results)
    } else {
        as_multipart(call, owner, results)
    })
}

/// 204 when every deletion went well, else the 207.
pub(super) fn answer_deletion(
    call: &Call<'_>,
    owner: ExtensionId,
    ids: &[MessageId],
    act: impl Fn(MessageId) -> Result<Value, ApiError>,
) -> ApiResult {
    let results: Vec<(MessageId, Result<Value, ApiError>)> = ids.iter().map(|&id| (id, act(id))).collect();
    if results.iter().all(|(_, result)| result.is_ok()) {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    Ok(as_multipart(call, owner, results))
}

fn as_json(results: Vec<(MessageId, Result<Value, ApiError>)>) -> Reply {
    let entries: Vec<Value> = results
        .into_iter()
        .map(|(id, result)| {
            let (status, body) = match result {
                Ok(body) => (StatusCode::OK, body),
                Err(error) => (error.status, error.body()),
            };
            json!({"resourceId": id.to_string(), "status": status.as_u16(), "body": body})
        })
        .collect();
    let text = Bytes::from(json!(entries).to_string());
    Reply::content(StatusCode::MULTI_STATUS, MULTIPART_JSON, text)
}

fn as_multipart(
    call: &Call<'_>,
    owner: ExtensionId,
    results: Vec<(MessageId, Result<Value, ApiError>)>,
) -> Reply {
    let links = call.links();
    let summary: Vec<Value> = results
        .iter()
        .map(|(id, result)| {
            let (status, description) = match result {
                Ok(_) => (StatusCode::OK, "OK".to_owned()),
                Err(error) => (error.status, error.message.clone()),
            };
            json!({
                "href": links.extension(owner, &format!("/message-store/{id}")),
                "status": status.as_u16(),
                "responseDescription": description,
            })
        })
        .collect();
    let boundary = format!("Boundary_{}", token_text::random_text(12));
    let mut text = part(&boundary, &json!({"response": summary}));
    for (_, result) in results {
        match result {
            Ok(Value::Null) => {}
            Ok(body) => text.push_str(&part(&boundary, &body)),
            Err(error) => text.push_str(&part(&boundary, &error.body())),
        }
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    Reply::empty(StatusCode::MULTI_STATUS)
        .header(
            header::CONTENT_TYPE,
            &format!("multipart/mixed; boundary={boundary}"),
        )
        .with_body(Bytes::from(text))
}

fn part(boundary: &str, body: &Value) -> String {
    format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n{body}\r\n")
}

fn too_many() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "CMN-106",
        "CMN-106",
        "Number of objects in a bulk request exceeds the limit",
    )
}
