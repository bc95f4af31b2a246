//! A fax document of somebody else's making: whatever a test or a demonstration wants to arrive, sound or not.

use bytes::Bytes;

use super::{merge, tiff_pages};

/// A file that arrives as a fax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDocument {
    /// MIME type, as the message tells it.
    pub content_type: &'static str,
    /// How many pages the message claims.
    pub pages: u32,
    /// The file.
    pub bytes: Bytes,
}

impl GivenDocument {
    /// A file with as many pages as it has, or one if that cannot be told. A TIFF is told by its first bytes, anything else
    /// counts as a PDF.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let unread = Self::claiming(bytes, 1);
        let pages = match unread.content_type {
            "image/tiff" => tiff_pages::count(&unread.bytes),
            _ => merge::page_count(&unread.bytes),
        };
        GivenDocument {
            pages: pages.unwrap_or(1),
            ..unread
        }
    }

    /// A file that claims so many pages. Nobody looks into it, so it may be as hostile as it likes.
    pub fn claiming(bytes: impl Into<Bytes>, pages: u32) -> Self {
        let bytes = bytes.into();
        let is_tiff = bytes.starts_with(b"II") || bytes.starts_with(b"MM");
        GivenDocument {
            content_type: if is_tiff { "image/tiff" } else { "application/pdf" },
            pages,
            bytes,
        }
    }

    /// Claims another MIME type.
    pub fn named(mut self, content_type: &str) -> Self {
        self.content_type = super::known_content_type(content_type);
        self
    }
}
