//! The bytes of attachments and recordings, whole or in ranges (developers.ringcentral.com/guide/basics/media).

use axum::http::{StatusCode, header};
use bytes::Bytes;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::media_state::MediaState;
use super::reply::Reply;
use crate::media::{self, Clip};
use crate::world::call_log::CallLogScope;
use crate::world::ids::RecordingId;
use crate::world::messages::{Availability, Content};

/// `GET …/message-store/{messageId}/content/{attachmentId}`.
pub(crate) fn attachment(call: &Call<'_>) -> ApiResult {
    let owner = call.private_extension("ReadMessages", false)?;
    let missing = || ApiError::not_found("attachmentId");
    let message_id = call
        .path("messageId")
        .parse()
        .map_err(|_| ApiError::not_found("messageId"))?;
    let attachment_id = call.path("attachmentId").parse().map_err(|_| missing())?;
    let message = call.sim.world(|world| world.message(owner, message_id).cloned());
    let message = message.ok_or_else(|| ApiError::not_found("messageId"))?;
    let attachment = message
        .attachment(attachment_id)
        .filter(|_| message.availability != Availability::Purged)
        .ok_or_else(missing)?;
    let rendered = media::render(&message, attachment);
    // A fax of which no document can be made has none to show.
    if matches!(attachment.content, Content::SentFax(_)) && rendered.bytes.is_empty() {
        return Err(missing());
    }
    let state = MediaState::new(attachment_id.0, rendered.bytes.len(), message.created_at);
    let medium = Medium {
        content_type: rendered.content_type,
        bytes: rendered.bytes,
        file_name: attachment.file_name.as_deref(),
        id: attachment_id.0,
        state,
    };
    serve(call, medium)
}

/// What is served.
struct Medium<'a> {
    content_type: &'a str,
    bytes: Bytes,
    file_name: Option<&'a str>,
    id: u64,
    state: MediaState,
}

/// `GET …/recording/{recordingId}/content`. Every recording plays one of the voicemail clips.
pub(crate) fn recording(call: &Call<'_>) -> ApiResult {
    call.check_account()?;
    let missing = || ApiError::not_found("recordingId");
    let id: RecordingId = call.path("recordingId").parse().map_err(|_| missing())?;
    let scope = if call.is_administrator() {
        CallLogScope::Account
    } else {
        CallLogScope::Extension(call.caller.extension_id)
    };
    let recorded_at = call.sim.world(|world| {
        world
            .call_record_of_recording(scope, id)
            .map(|record| record.started_at)
    });
    let recorded_at = recorded_at.ok_or_else(missing)?;
    let clip = clip_of(id).ok_or_else(missing)?;
    let medium = Medium {
        content_type: clip.content_type,
        bytes: Bytes::from_static(clip.bytes),
        file_name: None,
        id: id.0,
        state: MediaState::new(id.0, clip.bytes.len(), recorded_at),
    };
    serve(call, medium)
}

/// The clip a recording plays.
pub(super) fn clip_of(id: RecordingId) -> Option<&'static Clip> {
    let clips = media::clips();
    let index = usize::try_from(id.0 / 1_000).unwrap_or_default() % clips.len().max(1);
    clips.get(index)
}

fn serve(call: &Call<'_>, medium: Medium<'_>) -> ApiResult {
    let Medium {
        content_type,
        bytes,
        state,
        ..
    } = medium;
    let query = &call.request.query;
    let disposition = query.word("contentDisposition", &["Inline", "Attachment"])?;
    // Samples name what has no name by its number: `attachment;filename=403201507008.wav`.
    let by_number = (disposition.is_some() && medium.file_name.is_none())
        .then(|| format!("{}{}", medium.id, ending_of(content_type)));
    let file_name = query
        .one("contentDispositionFilename")
        .or(medium.file_name)
        .or(by_number.as_deref());
    if state.is_known_to(call.request) {
        return Ok(state.told_in(Reply::empty(StatusCode::NOT_MODIFIED)));
    }
    let total = bytes.len();
    let asked = call
        .request
        .header("range")
        .filter(|_| state.allows_range(call.request));
    let reply = match asked.map(|text| range(text, total)) {
        None | Some(Asked::Whole) => Reply::content(StatusCode::OK, content_type, bytes),
        Some(Asked::Part(start, end)) => Reply::content(
            StatusCode::PARTIAL_CONTENT,
            content_type,
            bytes.slice(start..=end),
        )
        .header(header::CONTENT_RANGE, &format!("bytes {start}-{end}/{total}")),
        Some(Asked::Impossible) => {
            let refused = ApiError::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "CMN-107",
                "CMN-107",
                "Requested range not satisfiable",
            );
            return Ok(refused
                .into_reply()
                .header(header::CONTENT_RANGE, &format!("bytes */{total}")));
        }
    };
    let reply = state.told_in(reply.header(header::ACCEPT_RANGES, "bytes"));
    Ok(match (disposition, file_name) {
        (None, None) => reply,
        (kind, name) => {
            let kind = kind.unwrap_or("Inline").to_ascii_lowercase();
            let name = name.map(|name| format!("; filename=\"{}\"", name.replace(['"', '\\'], "_")));
            reply.header(
                header::CONTENT_DISPOSITION,
                &format!("{kind}{}", name.unwrap_or_default()),
            )
        }
    })
}

fn ending_of(content_type: &str) -> &'static str {
    match content_type {
        "audio/mpeg" => ".mp3",
        "audio/x-wav" => ".wav",
        "application/pdf" => ".pdf",
        "image/tiff" => ".tif",
        "text/plain" => ".txt",
        _ => "",
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// No range this server understands: RFC 9110 says to answer with everything.
    Whole,
    Part(usize, usize),
    Impossible,
}

fn range(text: &str, total: usize) -> Asked {
    let Some(spec) = text.trim().strip_prefix("bytes=") else {
        return Asked::Whole;
    };
    if spec.contains(',') {
        return Asked::Whole;
    }
    let Some((start, end)) = spec.split_once('-') else {
        return Asked::Impossible;
    };
    let (start, end) = (start.trim(), end.trim());
    let last = total.saturating_sub(1);
    match (start.parse::<usize>(), end.parse::<usize>()) {
        (Ok(start), Ok(end)) if start <= end && start < total => Asked::Part(start, end.min(last)),
        (Ok(start), Err(_)) if end.is_empty() && start < total => Asked::Part(start, last),
        (Err(_), Ok(count)) if start.is_empty() && count > 0 && total > 0 => {
            Asked::Part(total.saturating_sub(count), last)
        }
        _ => Asked::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, range};

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        assert_eq!(range("bytes=0-9", 100), Asked::Part(0, 9));
        assert_eq!(range("bytes=90-200", 100), Asked::Part(90, 99));
        assert_eq!(range("bytes=90-", 100), Asked::Part(90, 99));
        assert_eq!(range("bytes=-10", 100), Asked::Part(90, 99));
        assert_eq!(range("bytes=100-", 100), Asked::Impossible);
        assert_eq!(range("bytes=9-3", 100), Asked::Impossible);
        assert_eq!(range("lines=1-2", 100), Asked::Whole);
        assert_eq!(range("bytes=0-1,4-5", 100), Asked::Whole);
    }
}
