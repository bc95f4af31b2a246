//! Sending pager messages, and what all sending has in common. Texts are in [`super::texting`], faxes in [`super::fax`].

use axum::http::StatusCode;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::reply::Reply;
use crate::wire::message as wire;
use crate::world::ids::ExtensionId;
use crate::world::number::E164;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Note {
    to: Vec<End>,
    text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct End {
    pub(super) phone_number: Option<String>,
    pub(super) extension_number: Option<String>,
    pub(super) extension_id: Option<String>,
    pub(super) name: Option<String>,
}

/// `POST …/company-pager`.
pub(crate) fn pager(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("InternalSMS", false)?;
    let text: Note = call.request.json()?;
    if text.text.is_empty() {
        return Err(ApiError::parameter("text"));
    }
    let find = |end: &End| -> Option<ExtensionId> {
        let number = end.extension_number.as_deref().and_then(|text| text.parse().ok());
        let id = end.extension_id.as_deref().and_then(|text| text.parse().ok());
        call.sim.world(|world| match (id, number) {
            (Some(id), _) => world.extension(id).map(|one| one.id),
            (None, Some(number)) => world.extension_by_number(number).map(|one| one.id),
            (None, None) => None,
        })
    };
    let to: Option<Vec<ExtensionId>> = text.to.iter().map(find).collect();
    let to = to
        .filter(|to| !to.is_empty())
        .ok_or_else(|| ApiError::parameter("to"))?;
    let sent = call.sim.world(|world| world.send_pager(owner, &to, &text.text));
    let message = sent.map_err(|_| ApiError::not_found("extensionId"))?;
    let links = call.links();
    let body = call.sim.world(|world| wire::message(world, &links, &message));
    Ok(Reply::json(&body))
}

/// The numbers to send to.
pub(super) fn recipients(to: &[End]) -> Result<Vec<E164>, ApiError> {
    if to.is_empty() {
        let message = "Parameter [to] is invalid. No recipients specified.";
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-219", message).with("parameterName", "to"));
    }
    let read = |end: &End| {
        let text = end.phone_number.as_deref().unwrap_or_default();
        let digits = text.trim_start_matches('+');
        if end.phone_number.is_none() && end.extension_number.is_some() {
            let message = "Sending SMS from/to extension numbers is not available";
            return Err(refuse(StatusCode::BAD_REQUEST, "MSG-246", message));
        }
        if !digits.is_empty() && digits.len() < 7 {
            let message = "Sending SMS to short numbers is not available";
            return Err(refuse(StatusCode::BAD_REQUEST, "MSG-247", message));
        }
        E164::parse(text).ok_or_else(|| ApiError::parameter("to"))
    };
    to.iter().map(read).collect()
}

pub(super) fn refuse(status: StatusCode, code: &str, message: &str) -> ApiError {
    let word = if status == StatusCode::FORBIDDEN {
        "FeatureNotAvailable"
    } else {
        "InvalidParameter"
    };
    ApiError::new(status, code, word, message)
}
