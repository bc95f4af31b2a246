//! The bytes behind attachments: voicemail speech, fax documents, pictures.
//!
//! Records hold a small description; the bytes are made when somebody asks for them, always the same for the same
//! description. Nothing is written to disk.

mod bitmap;
mod ccitt;
mod clips;
mod document;
pub(crate) mod fax_file;
mod fax_paper;
mod given_document;
mod long_speech;
mod merge;
mod office;
mod page;
mod pdf;
mod picture;
mod scan;
mod sheets;
mod speech;
mod tiff_fax;
mod tiff_pages;

use std::sync::Arc;

use bytes::Bytes;

use crate::world::messages::{Attachment, Message};

pub use clips::{Clip, clip, clips};
pub use document::{Document, DocumentDesign, DocumentFormat};
pub use fax_paper::{FaxCover, FaxPaper, SentFax};
pub use given_document::GivenDocument;
pub use picture::Picture;
pub use speech::{GivenSpeech, Speech};

/// What an attachment's bytes are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The message's own text.
    Subject,
    /// A voicemail.
    Speech(Speech),
    /// The words of a voicemail, or only those of its beginning.
    Transcript {
        /// Of what.
        speech: Speech,
        /// Only the beginning.
        is_partial: bool,
    },
    /// A fax.
    Document(Document),
    /// A fax that somebody sent.
    SentFax(Arc<SentFax>),
    /// A picture.
    Picture(Picture),
    /// Bytes that came in from outside.
    Bytes(Bytes),
    /// A fax whose bytes came in from outside.
    GivenFax(Bytes),
}

/// Bytes and what they are.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// MIME type.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Bytes,
}

/// Makes an attachment's bytes. Long documents take some milliseconds; the world need not be locked for it.
pub fn render(message: &Message, attachment: &Attachment) -> Rendered {
    let bytes = match &attachment.content {
        Content::Subject => Bytes::copy_from_slice(message.subject.as_deref().unwrap_or_default().as_bytes()),
        Content::Speech(speech) => speech.bytes(),
        Content::Transcript { speech, is_partial } => Bytes::from(match is_partial {
            true => speech.beginning(),
            false => speech.words(),
        }),
        Content::Document(document) => Bytes::from(document.render()),
        Content::SentFax(fax) => fax.bytes(),
        Content::Picture(picture) => picture.bytes(),
        Content::Bytes(bytes) | Content::GivenFax(bytes) => bytes.clone(),
    };
    Rendered {
        content_type: attachment.content_type,
        bytes,
    }
}

/// The size of an attachment, where the vendor tells one: pictures and uploaded files.
pub fn told_size(attachment: &Attachment) -> Option<usize> {
    match &attachment.content {
        Content::Picture(picture) => Some(picture.bytes().len()),
        Content::Bytes(bytes) => Some(bytes.len()),
        _ => None,
    }
}

/// The spelling of a MIME type that the simulator serves; anything unknown is plain bytes.
pub(crate) fn known_content_type(content_type: &str) -> &'static str {
    const KNOWN: [&str; 19] = [
        "image/jpeg",
        "image/png",
        "image/bmp",
        "image/gif",
        "image/tiff",
        "image/svg+xml",
        "application/pdf",
        "application/gzip",
        "application/rtf",
        "application/zip",
        "text/plain",
        "text/vcard",
        "video/mp4",
        "video/mpeg",
        "video/msvideo",
        "video/3gpp",
        "audio/mpeg",
        "audio/x-wav",
        "application/octet-stream",
    ];
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    KNOWN
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(essence))
        .unwrap_or("application/octet-stream")
}

/// A cheap, well-mixed number from a seed and a position; documents and pictures draw from it instead of a generator.
pub(crate) fn mix(seed: u64, position: u64) -> u64 {
    let mut bits = seed ^ position.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// One of several, chosen by seed and position.
pub(crate) fn pick<'a, T: ?Sized>(seed: u64, position: u64, from: &[&'a T]) -> Option<&'a T> {
    let length = u64::try_from(from.len()).ok().filter(|length| *length > 0)?;
    let place = usize::try_from(mix(seed, position) % length).ok()?;
    from.get(place).copied()
}
