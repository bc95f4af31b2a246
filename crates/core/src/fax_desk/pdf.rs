//! PDFs that are made here: of chosen pages, pictures, texts and cover sheets.
//!
//! Nothing is drawn anew that need not be: pages of a PDF are taken over as they are, and pictures and the strips of a fax are
//! put in as they were compressed. Everything here takes a while and belongs on a thread that may be busy.

mod book;
mod cut;
mod letters;
mod pictures;
mod scans;
mod texts;

pub(super) use book::{Book, Font, Sheet};
pub(super) use cut::cut;
pub(super) use letters::{unwritable, width, wrap};
pub(super) use pictures::{fitted, picture, size_of};
pub(super) use scans::scan;
pub(super) use texts::{decoded, text};

use domain::attachment::FaxPage;

/// What North American faxes are printed on, in points.
pub(super) const LETTER: FaxPage = FaxPage {
    width: 612,
    height: 792,
};

/// A page of a document and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned {
    pub(super) index: u32,
    pub(super) quarter_turns: u8,
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error("the document cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the document is protected")]
    Protected,
    #[error("the document has no such page")]
    NoSuchPage,
    #[error("the document is too large")]
    TooLarge,
}

impl PdfError {
    pub(super) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreadable(error.into())
    }
}

#[cfg(test)]
mod tests;
