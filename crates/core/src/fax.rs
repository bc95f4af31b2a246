//! The pages of a fax as pictures.
//!
//! RingCentral hands faxes over as PDF or as TIFF, and engines of windows show at most one of them. Here both become
//! PNG, page by page and as large as they are shown, by readers that a file made to do harm cannot harm. It changes no
//! document, and knows neither where one came from nor how its pages are laid out on a screen.

mod bitmap;
mod ccitt;
mod document;
mod drawing_work;
mod frame;
mod making;
mod pdf;
mod pictures;
mod reader_process;
mod reader_thread;
mod readers;
mod reduction;
mod tiff_file;
mod turning;

pub(crate) use making::{Part as PdfPart, Turned};
pub use reader_process::{READ_PAGES, read_pages};
pub use readers::Document;
pub(crate) use turning::{TwoColours, black_and_white, turned};

use crate::error::CoreError;
use domain::attachment::FaxPage;
use frame::Wanted;
use readers::Readers;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// All there are in this process, whoever is signed in.
static READERS: LazyLock<Readers> = LazyLock::new(Readers::default);

/// Why a document cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum FaxError {
    #[error("This fax is neither a PDF nor a TIFF. Save it and open it with another program.")]
    Unknown,
    #[error("This fax is protected with a password. Save it and open it with another program.")]
    Locked,
    #[error("This fax is damaged and cannot be shown. Ask the sender to send it again.")]
    Damaged,
    #[error(
        "This fax is compressed in a way that cannot be shown here. Save it and open it with another program."
    )]
    Unsupported,
    #[error("This fax is too large to be shown. Save it and open it with another program.")]
    TooLarge,
    #[error("This fax has too many pages to be shown. Save it and open it with another program.")]
    TooManyPages,
    /// It took too long, too much memory, or the reader's life.
    #[error("This fax takes too much to be shown. It may be damaged, or made to do harm.")]
    TooHard,
    #[error("This fax has no such page.")]
    NoSuchPage,
    #[error("The file of this fax cannot be read from the disk.")]
    NotReadable,
    #[error("Other faxes are still being drawn. Try again in a moment.")]
    Busy,
}

/// A part of a page: the page is `page_width` dots wide, and of that `width` by `height` at `left`, `top` are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub page_width: u32,
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// Whether this process was started to read pages; it has done so when this returns. If not, further processes of the same
/// program will read them for it. To be called before anything else is begun.
pub fn was_reader() -> bool {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == READ_PAGES)
    {
        read_pages();
        return true;
    }
    match std::env::current_exe() {
        Ok(program) => read_pages_with(program),
        Err(error) => tracing::warn!(%error, "this program does not know itself; it reads pages alone"),
    }
    false
}

/// From now on pages are read by processes of `program`, which has to call [`read_pages`] when its first argument is
/// [`READ_PAGES`]. Without it they are read within this process.
pub fn read_pages_with(program: PathBuf) {
    READERS.use_program(program);
}

/// The pages of a document, in order.
///
/// # Errors
/// [`CoreError::Store`] with plain words when it is damaged, protected, or no fax at all.
pub async fn pages_of(document: &Document) -> Result<Arc<Vec<FaxPage>>, CoreError> {
    Ok(READERS.pages(document).await?)
}

/// One page as PNG, `width_px` wide if that is within reason. The first page has the index 0.
///
/// # Errors
/// As [`pages_of`], also when there is no such page.
pub async fn draw_page(document: &Document, index: u32, width_px: u32) -> Result<Vec<u8>, CoreError> {
    let wanted = Wanted::Whole { width: width_px };
    Ok(READERS.draw(document, index, wanted).await?)
}

/// A part of a page as PNG; what reaches beyond the page is left out.
///
/// # Errors
/// As [`draw_page`].
pub async fn draw_part(document: &Document, index: u32, part: Part) -> Result<Vec<u8>, CoreError> {
    let wanted = Wanted::Part {
        page_width: part.page_width,
        left: part.left,
        top: part.top,
        width: part.width,
        height: part.height,
    };
    Ok(READERS.draw(document, index, wanted).await?)
}

/// A page as PNG of exactly so many dots, whatever its shape, such as those of fax machines.
///
/// # Errors
/// As [`draw_page`].
pub async fn draw_dots(
    document: &Document,
    index: u32,
    width: u32,
    height: u32,
) -> Result<Vec<u8>, CoreError> {
    let wanted = Wanted::Exact { width, height };
    Ok(READERS.draw(document, index, wanted).await?)
}

/// A page as PNG with its own dots, none added and none left out; one that is not made of dots is drawn as fine as a fax.
///
/// # Errors
/// As [`draw_page`].
pub async fn draw_own(document: &Document, index: u32) -> Result<Vec<u8>, CoreError> {
    Ok(READERS.draw(document, index, Wanted::Own).await?)
}

/// A PDF of these parts, whose pages are taken over as they are.
///
/// # Errors
/// As [`pages_of`], also when there is no such page.
pub(crate) async fn make_pdf(parts: Vec<PdfPart>) -> Result<Vec<u8>, CoreError> {
    Ok(READERS.make(parts).await?)
}

/// The pages of a document that is in memory, in order.
///
/// # Errors
/// As [`pages_of`].
pub async fn pages(document: Vec<u8>) -> Result<Vec<FaxPage>, CoreError> {
    let pages = pages_of(&Document::of_bytes(document)).await?;
    Ok(pages.as_ref().clone())
}

/// One page of a document that is in memory.
///
/// # Errors
/// As [`draw_page`].
pub async fn draw(document: Vec<u8>, index: u32, width_px: u32) -> Result<Vec<u8>, CoreError> {
    draw_page(&Document::of_bytes(document), index, width_px).await
}

impl FaxError {
    /// It will not go better the next time.
    fn is_final(self) -> bool {
        !matches!(self, Self::Busy | Self::NotReadable)
    }
}

impl From<FaxError> for CoreError {
    fn from(error: FaxError) -> Self {
        Self::store(error.to_string(), error)
    }
}

#[cfg(test)]
mod tests;
