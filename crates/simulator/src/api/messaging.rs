//! Sending pager messages and faxes; texts are in [`super::texting`].

use axum::http::StatusCode;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::multipart::{self, Part};
use super::reply::Reply;
use super::request::parse_instant;
use crate::wire::message as wire;
use crate::world::ids::ExtensionId;
use crate::world::messages::FaxResolution;
use crate::world::number::{E164, Endpoint};
use crate::world::{OutgoingFax, OutgoingFile};

const MAX_FAX_BYTES: usize = 50 * 1024 * 1024;
const MAX_COVER_TEXT_CHARS: usize = 1_024;

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
    extension_id: Option<String>,
    name: Option<String>,
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

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Fax {
    to: Vec<End>,
    fax_resolution: Option<String>,
    cover_index: Option<u32>,
    cover_page_text: Option<String>,
    send_time: Option<String>,
}

/// `POST …/fax`: a JSON part and files, or flat form fields and files.
pub(crate) fn fax(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("OutboundFaxes", false)?;
    let parts = multipart::parts(call.request);
    let unsupported = || {
        refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "MSG-348",
            "Unsupported media type",
        )
    };
    let parts = parts.ok_or_else(unsupported)??;
    let (fax, files) = read_fax(parts)?;
    if files.iter().any(|file| file.bytes.is_empty()) {
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-347", "Attachment is empty"));
    }
    if files.iter().map(|file| file.bytes.len()).sum::<usize>() > MAX_FAX_BYTES {
        return Err(refuse(
            StatusCode::BAD_REQUEST,
            "MSG-337",
            "Attachment size limit exceeded",
        ));
    }
    let to = recipients(&fax.to)?;
    if files.is_empty() && fax.cover_page_text.is_none() {
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-347", "Attachment is empty"));
    }
    if fax
        .cover_page_text
        .as_deref()
        .is_some_and(|text| text.chars().count() > MAX_COVER_TEXT_CHARS)
    {
        return Err(ApiError::parameter("coverPageText"));
    }
    let resolution = match fax.fax_resolution.as_deref() {
        None => FaxResolution::High,
        Some(text) => text.parse().map_err(|_| ApiError::parameter("faxResolution"))?,
    };
    let send_at = match fax.send_time.as_deref().filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(parse_instant(text).ok_or_else(|| ApiError::parameter("sendTime"))?),
    };
    let names = fax.to.iter().map(|end| end.name.as_deref());
    let to: Vec<Endpoint> = to
        .into_iter()
        .zip(names)
        .map(|(number, name)| Endpoint::outside(number, name))
        .collect();
    let outgoing = OutgoingFax {
        owner,
        to,
        files,
        resolution,
        cover_index: fax.cover_index.unwrap_or_default(),
        cover_page_text: fax.cover_page_text.filter(|text| !text.is_empty()),
        send_at,
    };
    let message = call.sim.world(|world| world.send_fax(outgoing));
    let links = call.links();
    let body = call.sim.world(|world| wire::message(world, &links, &message));
    Ok(Reply::json(&body))
}

fn read_fax(parts: Vec<Part>) -> Result<(Fax, Vec<OutgoingFile>), ApiError> {
    let is_flat = parts
        .iter()
        .any(|part| matches!(part.name.as_deref(), Some("to" | "faxResolution" | "coverIndex")));
    if !is_flat {
        let (json, files) = multipart::json_and_files(parts);
        return Ok((
            serde_json::from_slice(&json).map_err(|_| ApiError::unparsable_body())?,
            files,
        ));
    }
    let mut fax = Fax::default();
    let mut files = Vec::new();
    for part in parts {
        let text = String::from_utf8_lossy(&part.bytes).trim().to_owned();
        match part.name.as_deref() {
            Some("to") => fax.to.push(End {
                phone_number: Some(text),
                ..End::default()
            }),
            Some("faxResolution") => fax.fax_resolution = Some(text),
            Some("coverIndex") => {
                fax.cover_index = Some(text.parse().map_err(|_| ApiError::parameter("coverIndex"))?);
            }
            Some("coverPageText") => fax.cover_page_text = Some(text).filter(|text| !text.is_empty()),
            Some("sendTime") => fax.send_time = Some(text),
            Some("isoCode" | "country") => {}
            _ => files.push(part.into_file()),
        }
    }
    Ok((fax, files))
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
