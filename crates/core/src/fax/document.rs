//! A document that was opened, and whoever draws its pages.
//!
//! It is opened once and drawn many times: what was learned about its fonts and pictures is kept while it is looked at.

use super::FaxError;
use super::frame::Wanted;
use super::pdf::{PdfArtist, PdfDocument};
use super::tiff_file::TiffDocument;
use domain::attachment::FaxPage;
use std::sync::Arc;

/// RingCentral sends no more than 200 pages at once; beyond this something is wrong with the file.
pub(super) const MOST_PAGES: usize = 5_000;

/// An opened document.
pub(super) enum Document {
    Pdf(PdfDocument),
    Tiff(TiffDocument),
}

/// Draws the pages of one document.
pub(super) enum Artist<'a> {
    Pdf(Box<PdfArtist<'a>>),
    Tiff(&'a TiffDocument),
}

impl Document {
    /// Opens a document and looks at all its pages.
    pub(super) fn open(content: Arc<Vec<u8>>) -> Result<Self, FaxError> {
        match Format::of(&content)? {
            Format::Pdf => PdfDocument::open(content).map(Self::Pdf),
            Format::Tiff => TiffDocument::open(content).map(Self::Tiff),
        }
    }

    /// The pages, in order.
    pub(super) fn pages(&self) -> &[FaxPage] {
        match self {
            Self::Pdf(document) => document.pages(),
            Self::Tiff(document) => document.pages(),
        }
    }

    pub(super) fn artist(&self) -> Artist<'_> {
        match self {
            Self::Pdf(document) => Artist::Pdf(Box::new(document.artist())),
            Self::Tiff(document) => Artist::Tiff(document),
        }
    }
}

impl Artist<'_> {
    /// What is wanted of a page, as PNG. The first page has the index 0.
    pub(super) fn draw(&mut self, index: u32, wanted: Wanted) -> Result<Vec<u8>, FaxError> {
        let index = usize::try_from(index).map_err(|_| FaxError::NoSuchPage)?;
        match self {
            Self::Pdf(artist) => artist.draw(index, wanted),
            Self::Tiff(document) => document.draw(index, wanted),
        }?
        .png()
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Tiff,
}

impl Format {
    /// By content: the vendor's type is sometimes wrong, and a PDF may have a little something in front.
    pub(super) fn of(document: &[u8]) -> Result<Self, FaxError> {
        let start = document.get(..document.len().min(1_024)).unwrap_or_default();
        let is_tiff = [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]
            .iter()
            .any(|mark| start.starts_with(*mark));
        if is_tiff {
            Ok(Self::Tiff)
        } else if start.windows(5).any(|five| five == b"%PDF-") {
            Ok(Self::Pdf)
        } else {
            Err(FaxError::Unknown)
        }
    }
}
