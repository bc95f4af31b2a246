//! Sending faxes: `POST …/fax`, with a JSON part and files, as flat form fields and files, or again without any upload.
//!
//! What can be told from the request is refused here in the words of the guide's error list
//! (developers.ringcentral.com/guide/basics/errors). What only shows when pages are made of the files, such as a broken
//! one or too many pages, ends the fax later.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::messaging::{End, refuse};
use super::multipart::{self, Form, Part};
use super::reply::Reply;
use super::request::parse_instant;
use crate::media::FaxPaper;
use crate::media::fax_file::FaxFileKind;
use crate::wire::message as wire;
use crate::world::account::ExtensionType;
use crate::world::ids::{ExtensionId, MessageId};
use crate::world::messages::{FaxResolution, Message};
use crate::world::number::{E164, Endpoint};
use crate::world::{OutgoingFax, OutgoingFile, StoreError};

/// Of one file, and of all together.
const MOST_BYTES: usize = 50 * 1024 * 1024;
const MOST_NOTE_CHARS: usize = 1_024;
/// What a file's name may not have in it (developers.ringcentral.com/guide/messaging/fax/sending-faxes).
const FORBIDDEN_IN_NAMES: [char; 7] = ['&', '@', '#', '$', '%', '^', '*'];

/// The envelope: what is to be done with the files.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Envelope {
    to: Vec<End>,
    fax_resolution: Option<String>,
    cover_index: Option<u32>,
    cover_page_text: Option<String>,
    send_time: Option<String>,
    original_message_id: Option<Identifier>,
}

/// An identifier as text or as a number: clients send both.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Identifier {
    Number(u64),
    Text(String),
}

/// `POST …/fax`.
pub(crate) fn send(call: &Call<'_>) -> ApiResult {
    let owner = sending_extension(call)?;
    let message = match multipart::parts(call.request) {
        Some(form) => send_files(call, owner, form?)?,
        None if is_json(call) => send_again(call, owner)?,
        None => return Err(unsupported()),
    };
    let links = call.links();
    let body = call.sim.world(|world| wire::message(world, &links, &message));
    Ok(Reply::json(&body))
}

fn is_json(call: &Call<'_>) -> bool {
    call.request
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json"))
}

/// Nobody faxes for somebody else, and only people do.
fn sending_extension(call: &Call<'_>) -> Result<ExtensionId, ApiError> {
    let owner = call.private_extension("OutboundFaxes", false)?;
    let (kind, is_allowed) = call.sim.world(|world| {
        let kind = world.extension(owner).map(|one| one.kind);
        (kind, world.is_faxing_allowed())
    });
    match kind {
        Some(ExtensionType::User) | None if is_allowed => Ok(owner),
        Some(ExtensionType::User) | None => {
            let message = format!("Outbound fax is not allowed for extension [{owner}]");
            Err(refuse(StatusCode::FORBIDDEN, "MSG-341", &message))
        }
        Some(other) => {
            let message = format!("Outbound fax is not available for extension type [{other}]");
            Err(refuse(StatusCode::FORBIDDEN, "MSG-340", &message))
        }
    }
}

fn send_files(call: &Call<'_>, owner: ExtensionId, form: Form) -> Result<Message, ApiError> {
    let (envelope, files) = read(form)?;
    let to = envelope.recipients()?;
    if to.is_empty() {
        let message = "Parameter [to] is invalid. No recipients specified.";
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-219", message).with("parameterName", "to"));
    }
    let note = envelope.note()?;
    check_files(&files, note.is_some())?;
    let resolution = match envelope.fax_resolution.as_deref().filter(|text| !text.is_empty()) {
        None => FaxResolution::High,
        Some(text) => text.parse().map_err(|_| ApiError::parameter("faxResolution"))?,
    };
    let cover_index = match envelope.cover_index {
        None => call.sim.world(|world| world.default_fax_cover()),
        Some(index @ (0..=13 | 15..=28)) => index,
        Some(_) => return Err(ApiError::parameter("coverIndex")),
    };
    let send_at = envelope.send_at()?;
    let outgoing = OutgoingFax {
        owner,
        to,
        // Looking into large files takes a while, so the world is not held meanwhile.
        paper: Arc::new(FaxPaper::new(files)),
        resolution,
        cover_index,
        cover_page_text: note,
        send_at,
        original: None,
    };
    Ok(call.sim.world(|world| world.send_fax(outgoing)))
}

fn send_again(call: &Call<'_>, owner: ExtensionId) -> Result<Message, ApiError> {
    let envelope: Envelope = call.request.json()?;
    let original = match &envelope.original_message_id {
        None => return Err(ApiError::parameter("originalMessageId")),
        Some(Identifier::Number(id)) => MessageId(*id),
        Some(Identifier::Text(text)) => text
            .parse()
            .map_err(|_| ApiError::parameter("originalMessageId"))?,
    };
    let to = envelope.recipients()?;
    let send_at = envelope.send_at()?;
    let sent = call
        .sim
        .world(|world| world.resend_fax(owner, original, to, send_at));
    sent.map_err(|error| match error {
        StoreError::WrongState => refuse(
            StatusCode::NOT_ACCEPTABLE,
            "MSG-343",
            "Fax resend is not allowed for message in current state",
        ),
        _ => ApiError::not_found("originalMessageId"),
    })
}

impl Envelope {
    /// The numbers to send to, each once.
    fn recipients(&self) -> Result<Vec<Endpoint>, ApiError> {
        let mut seen = BTreeSet::new();
        let read = |end: &End| {
            let text = end.phone_number.as_deref().unwrap_or_default();
            let number = E164::parse(text).ok_or_else(|| ApiError::parameter("to"))?;
            if !seen.insert(number) {
                let message = format!("Duplicate value for parameter [to]: [{number}] found in request");
                return Err(refuse(StatusCode::BAD_REQUEST, "CMN-406", &message).with("parameterName", "to"));
            }
            Ok(Endpoint::outside(number, end.name.as_deref()))
        };
        self.to.iter().map(read).collect()
    }

    fn note(&self) -> Result<Option<String>, ApiError> {
        let note = self.cover_page_text.clone().filter(|text| !text.is_empty());
        match note {
            Some(text) if text.chars().count() > MOST_NOTE_CHARS => Err(ApiError::parameter("coverPageText")),
            note => Ok(note),
        }
    }

    fn send_at(&self) -> Result<Option<Timestamp>, ApiError> {
        let text = self.send_time.as_deref().filter(|text| !text.is_empty());
        text.map(|text| parse_instant(text).ok_or_else(|| ApiError::parameter("sendTime")))
            .transpose()
    }
}

/// The envelope and the files, in the order they came.
fn read(form: Form) -> Result<(Envelope, Vec<OutgoingFile>), ApiError> {
    const FIELDS: [&str; 7] = [
        "to",
        "faxResolution",
        "coverIndex",
        "coverPageText",
        "sendTime",
        "isoCode",
        "country",
    ];
    let is_field = |part: &Part| {
        part.name
            .as_deref()
            .is_some_and(|name| FIELDS.contains(&name) && part.file_name.as_deref().is_none_or(str::is_empty))
    };
    let mut parts = form.parts;
    if let Some(place) = parts.iter().position(Part::is_json) {
        let json = parts.remove(place);
        let envelope = serde_json::from_slice(&json.bytes).map_err(|_| unreadable_envelope())?;
        return Ok((envelope, files(parts, form.is_mixed)?));
    }
    if form.is_mixed {
        return Err(unreadable_envelope());
    }
    let (fields, rest): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_field);
    let mut envelope = Envelope::default();
    for part in fields {
        let text = String::from_utf8_lossy(&part.bytes).trim().to_owned();
        match part.name.as_deref() {
            Some("to") => envelope.to.push(flat_recipient(text)?),
            Some("faxResolution") => envelope.fax_resolution = Some(text),
            Some("coverIndex") if !text.is_empty() => {
                let index = text.parse().map_err(|_| ApiError::parameter("coverIndex"))?;
                envelope.cover_index = Some(index);
            }
            Some("coverPageText") => envelope.cover_page_text = Some(text),
            Some("sendTime") => envelope.send_time = Some(text),
            _ => {}
        }
    }
    Ok((envelope, files(rest, form.is_mixed)?))
}

/// A bare number, or an object as the API reference describes one.
fn flat_recipient(text: String) -> Result<End, ApiError> {
    if text.starts_with('{') {
        return serde_json::from_str(&text).map_err(|_| ApiError::parameter("to"));
    }
    Ok(End {
        phone_number: Some(text),
        ..End::default()
    })
}

/// In `multipart/mixed` a file has to be named. In form data RingCentral's own samples send files without.
fn files(parts: Vec<Part>, is_mixed: bool) -> Result<Vec<OutgoingFile>, ApiError> {
    let file = |part: Part| {
        if !part.has_disposition {
            return Err(refuse(
                StatusCode::BAD_REQUEST,
                "MSG-350",
                "No content disposition",
            ));
        }
        let has_name = part.file_name.as_deref().is_some_and(|name| !name.is_empty());
        if is_mixed && !has_name {
            let message = "No file name in content disposition";
            return Err(refuse(StatusCode::BAD_REQUEST, "MSG-351", message));
        }
        let mut file = part.into_file();
        file.file_name = file.file_name.filter(|name| !name.is_empty());
        Ok(file)
    };
    parts.into_iter().map(file).collect()
}

fn check_files(files: &[OutgoingFile], has_note: bool) -> Result<(), ApiError> {
    let bad = |code, message| Err(refuse(StatusCode::BAD_REQUEST, code, message));
    // A note alone is sent on its cover page.
    let is_empty = files.is_empty() && !has_note;
    if is_empty || files.iter().any(|file| file.bytes.is_empty()) {
        return bad("MSG-347", "Attachment body is empty");
    }
    if files.iter().any(|file| file.bytes.len() > MOST_BYTES) {
        return bad("MSG-337", "Attachment size limit exceeded");
    }
    if files.iter().map(|file| file.bytes.len()).sum::<usize>() > MOST_BYTES {
        return bad("MSG-338", "Message size limit exceeded");
    }
    let is_odd = |file: &OutgoingFile| {
        let name = file.file_name.as_deref();
        name.is_some_and(|name| name.contains(FORBIDDEN_IN_NAMES))
    };
    if files.iter().any(is_odd) {
        return Err(ApiError::parameter("filename"));
    }
    if files.iter().any(|file| FaxFileKind::of(file).is_none()) {
        return Err(unsupported());
    }
    Ok(())
}

fn unsupported() -> ApiError {
    refuse(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "MSG-348",
        "Unsupported attachment media type",
    )
}

fn unreadable_envelope() -> ApiError {
    refuse(StatusCode::BAD_REQUEST, "MSG-349", "Unable to parse fax envelope")
}
