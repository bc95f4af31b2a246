//! Files that hang on a communication.

use crate::ids::AttachmentId;
use serde::{Deserialize, Serialize};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttachmentKind {
    /// Recorded voice of a voicemail.
    Audio,
    /// RingCentral's transcript of a voicemail, plain text.
    Transcript,
    /// The pages of a fax as RingCentral rendered them (PDF or TIFF).
    FaxDocument,
    /// A picture or other file of a multimedia text.
    Media,
}

/// One page of a fax: its size as printed, in points (1/72 inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaxPage {
    pub width: u32,
    pub height: u32,
}

/// One file, fetched only when someone wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    /// MIME type as the vendor gave it, such as `audio/mpeg`.
    pub content_type: String,
    /// A name that is safe as a file name on every system.
    pub file_name: String,
    pub size_bytes: Option<u64>,
    /// The bytes are on this computer, so it opens offline.
    pub is_cached: bool,
}
