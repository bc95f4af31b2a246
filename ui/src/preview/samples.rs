//! Files to open: a tone for each voicemail, a picture for one text, pages for each fax.

use super::{failure, fax_answers, fax_pages, fax_reading};
use domain::attachment::{Attachment, AttachmentKind, FaxPage};
use domain::communication::{Body, Communication};
use domain::ids::AttachmentId;
use domain::ipc::fax::{ReadFaxCover, ReadFaxDraftPage, ReadFaxPart};
use domain::ipc::inbox::{ReadAttachment, ReadFaxPage};
use domain::ipc::{Command, IpcError};
use serde_json::Value;

const PICTURE: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420" viewBox="0 0 640 420"><rect width="640" height="420" fill="#b9c4cf"/><path d="M0 300h640v120H0z" fill="#8d7b68"/><g stroke="#5a4636" stroke-width="9"><path d="M40 120v230M120 110v240M200 100v250M280 95v255M360 92v258M440 92v258M520 96v254M600 102v248"/><path d="M0 180h640M0 250h640M0 320h640"/></g></svg>"##;
const SAMPLE_RATE: u32 = 8_000;

/// Hangs on an item what belongs to its kind.
pub(super) fn attach(item: &mut Communication) {
    let (kind, content_type, name) = match &item.body {
        Body::Voicemail { .. } => (AttachmentKind::Audio, "audio/wav", "voicemail.wav"),
        Body::Fax { .. } => (AttachmentKind::FaxDocument, "application/pdf", "fax.pdf"),
        Body::Text { text, .. } if text.starts_with("This is the corner") => {
            (AttachmentKind::Media, "image/svg+xml", "corner.svg")
        }
        Body::Text { .. } | Body::Call { .. } => return,
    };
    // The kind is told by the remainder, see `bytes`.
    let offset = match kind {
        AttachmentKind::Audio => 0,
        AttachmentKind::FaxDocument => 1,
        AttachmentKind::Media | AttachmentKind::Transcript => 2,
    };
    item.attachments = vec![Attachment {
        id: AttachmentId(item.id.0 * 3 + offset),
        kind,
        content_type: content_type.to_owned(),
        file_name: name.to_owned(),
        size_bytes: Some(48_200),
        is_cached: true,
    }];
}

/// The reply to a request for bytes.
pub(super) fn bytes(name: &str, request: Value) -> Result<Vec<u8>, IpcError> {
    let asked = |error: serde_json::Error| failure(&error.to_string());
    match name {
        ReadAttachment::NAME => {
            let file: ReadAttachment = serde_json::from_value(request).map_err(asked)?;
            match file.id.0 % 3 {
                0 => Ok(tone(seconds_of(file.id))),
                2 => Ok(PICTURE.to_vec()),
                _ => Err(failure("faxes are shown page by page")),
            }
        }
        ReadFaxPage::NAME | ReadFaxPart::NAME => fax_reading::bytes(name, request),
        ReadFaxCover::NAME => Ok(fax_answers::COVER.to_vec()),
        ReadFaxDraftPage::NAME => Ok(fax_answers::page(
            &serde_json::from_value(request).map_err(asked)?,
        )),
        _ => Err(failure(name)),
    }
}

/// How long the voicemail is that this sound belongs to.
fn seconds_of(id: AttachmentId) -> u32 {
    super::world::with(|world| {
        let item = world
            .items
            .iter()
            .find(|item| item.attachments.iter().any(|file| file.id == id));
        match item.map(|item| &item.body) {
            Some(Body::Voicemail { duration_seconds, .. }) => *duration_seconds,
            _ => 8,
        }
    })
}

/// As many pages as the list says.
pub(super) fn fax_pages(items: &[Communication], id: AttachmentId) -> Vec<FaxPage> {
    let page_count = items
        .iter()
        .find(|item| item.attachments.iter().any(|file| file.id == id))
        .map_or(0, |item| match item.body {
            Body::Fax { page_count, .. } => page_count,
            Body::Call { .. } | Body::Text { .. } | Body::Voicemail { .. } => 0,
        });
    (0..page_count).map(fax_pages::size).collect()
}

/// A quiet triangle wave as a WAV file.
fn tone(seconds: u32) -> Vec<u8> {
    let samples: Vec<u8> = (0..seconds * SAMPLE_RATE)
        .map(|at| {
            let phase = u8::try_from(at % 32).unwrap_or(0);
            112 + if phase < 16 { phase * 2 } else { (31 - phase) * 2 }
        })
        .collect();
    let length = seconds * SAMPLE_RATE;
    let mut file = Vec::with_capacity(samples.len() + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(length + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    file.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&8_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&samples);
    file
}
