//! Several resources in one request: comma-separated identifiers in the path and a 207 with one part each
//! (developers.ringcentral.com/guide/basics/batch-requests).
//!
//! Which resources can be asked for like that, and what is done to them, is said where they are.

use axum::http::{StatusCode, header};
use bytes::Bytes;
use serde_json::{Value, json};

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use crate::oauth::token_text;

const MULTIPART_JSON: &str = "application/vnd.ringcentral.multipart+json";

/// What became of one of the resources. A `null` stands for success with nothing to show.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) result: Result<Value, ApiError>,
}

/// The identifiers in a path segment, at most `most` of them.
pub(super) fn identifiers(segment: &str, most: usize) -> Result<Vec<&str>, ApiError> {
    let ids: Vec<&str> = segment
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if ids.len() > most {
        Err(too_many())
    } else {
        Ok(ids)
    }
}

/// CMN-106: more resources than one request may name.
pub(super) fn too_many() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "CMN-106",
        "CMN-106",
        "Number of objects in a bulk request exceeds the limit",
    )
}

/// The 207 in the form the client accepts: a JSON list when it asks for that, else `multipart/mixed`.
pub(super) fn reply(call: &Call<'_>, outcomes: Vec<Outcome>) -> Reply {
    let wants_json = call
        .request
        .header("accept")
        .is_some_and(|accept| accept.contains(MULTIPART_JSON));
    if wants_json {
        let text = Bytes::from(json!(entries(outcomes)).to_string());
        Reply::content(StatusCode::MULTI_STATUS, MULTIPART_JSON, text)
    } else {
        as_multipart(outcomes)
    }
}

/// One entry for each resource: `resourceId`, `status` and `body`.
pub(super) fn entries(outcomes: Vec<Outcome>) -> Vec<Value> {
    outcomes
        .into_iter()
        .map(|one| {
            let (status, body) = match one.result {
                Ok(body) => (StatusCode::OK, body),
                Err(error) => (error.status, error.body()),
            };
            json!({"resourceId": one.id, "status": status.as_u16(), "body": body})
        })
        .collect()
}

fn as_multipart(outcomes: Vec<Outcome>) -> Reply {
    let summary: Vec<Value> = outcomes
        .iter()
        .map(|one| {
            let (status, description) = match &one.result {
                Ok(_) => (StatusCode::OK, "OK"),
                Err(error) => (error.status, error.message.as_str()),
            };
            json!({"href": one.href, "status": status.as_u16(), "responseDescription": description})
        })
        .collect();
    let boundary = format!("Boundary_{}", token_text::random_text(12));
    let mut text = part(&boundary, &json!({"response": summary}));
    for one in outcomes {
        match one.result {
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

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn identifiers_are_counted_and_empty_ones_left_out() {
        assert_eq!(identifiers("1, 2,,~", 3).unwrap(), ["1", "2", "~"]);
        assert_eq!(identifiers("1,2,3", 2).unwrap_err().code, "CMN-106");
    }
}
