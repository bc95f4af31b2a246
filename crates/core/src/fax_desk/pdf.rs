//! PDFs that are made here: of pictures, scans, texts and cover sheets. Pages of other PDFs are the business of a reader
//! ([`crate::fax`]).
//!
//! Nothing is drawn anew that need not be: pictures and the strips of a fax are put in as they were compressed. Everything here takes a while and belongs on a thread that may be busy.

mod book;
mod faces;
mod letters;
mod pictures;
mod scans;
mod texts;

pub(super) use book::{Book, Sheet};
pub(super) use faces::Font;
pub(super) use letters::{unwritable, width, wrap};
pub(super) use pictures::{fitted, picture, size_of};
pub(super) use scans::scan;
pub(super) use texts::{decoded, text, words_of};

use domain::attachment::FaxPage;

pub(super) use crate::fax::Turned;

/// What North American faxes are printed on, in points.
pub(super) const LETTER: FaxPage = FaxPage {
    width: 612,
    height: 792,
};

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error("the document cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
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
