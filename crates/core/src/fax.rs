//! The pages of a fax as pictures.
//!
//! RingCentral hands faxes over as PDF or as TIFF, and engines of windows show at most one of them. Here both become
//! PNG, page by page and as large as they are shown. It changes no document, keeps no picture, and knows neither where
//! a document came from nor how its pages are laid out on a screen.

mod bitmap;
mod ccitt;
mod pdf;
mod tiff_file;

use crate::error::{Cause, CoreError};
use domain::attachment::FaxPage;
use std::time::Duration;
use tokio::sync::Semaphore;

/// RingCentral sends no more than 200 pages at once; beyond this something is wrong with the file.
const MOST_PAGES: usize = 1_000;
/// Wider than any window; 300 dots per inch of a letter page.
const WIDEST: u32 = 2_560;
/// A page of ten times its width, or an image of this many dots, is no page of a fax.
const MOST_DOTS: u64 = 60_000_000;
const TALLEST: u32 = 20_000;
/// A page takes a tenth of a second; a file made to keep us busy shall not keep a person waiting for ever.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many pages are drawn at once; each wants a processor and some tens of megabytes.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Why a document cannot be shown.
#[derive(Debug, thiserror::Error)]
enum FaxError {
    #[error("This fax is neither a PDF nor a TIFF. Save it and open it with another program.")]
    Unknown,
    #[error("This fax is protected with a password. Save it and open it with another program.")]
    Locked,
    #[error("This fax is damaged and cannot be shown. Ask the sender to send it again.")]
    Damaged(#[source] Option<Cause>),
    #[error(
        "This fax is compressed in a way that cannot be shown here. Save it and open it with another program."
    )]
    Unsupported(#[source] Option<Cause>),
    #[error("This fax is too large to be shown. Save it and open it with another program.")]
    TooLarge,
    #[error("This fax has no such page.")]
    NoSuchPage,
}

/// The pages of a document, in order.
///
/// # Errors
/// [`CoreError::Store`] with plain words when it is damaged, protected, or no fax at all.
pub async fn pages(document: Vec<u8>) -> Result<Vec<FaxPage>, CoreError> {
    away(move || match Format::of(&document)? {
        Format::Pdf => pdf::pages(document),
        Format::Tiff => tiff_file::pages(&document),
    })
    .await
}

/// One page as PNG, `width_px` wide if that is within reason. The first page has the index 0.
///
/// # Errors
/// As [`pages`], also when there is no such page.
pub async fn draw(document: Vec<u8>, index: u32, width_px: u32) -> Result<Vec<u8>, CoreError> {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let width = width_px.clamp(1, WIDEST);
    away(move || match Format::of(&document)? {
        Format::Pdf => pdf::draw(document, index, width),
        Format::Tiff => tiff_file::draw(&document, index, width),
    })
    .await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Tiff,
}

impl Format {
    /// By content: the vendor's type is sometimes wrong, and a PDF may have a little something in front.
    fn of(document: &[u8]) -> Result<Self, FaxError> {
        let start = document.get(..document.len().min(1_024)).unwrap_or_default();
        if start.starts_with(b"II*\0") || start.starts_with(b"MM\0*") {
            Ok(Self::Tiff)
        } else if start.windows(5).any(|five| five == b"%PDF-") {
            Ok(Self::Pdf)
        } else {
            Err(FaxError::Unknown)
        }
    }
}

/// How tall a page becomes when it is so wide.
fn height_for(page: FaxPage, width: u32) -> Result<u32, FaxError> {
    let height = u64::from(width) * u64::from(page.height) / u64::from(page.width.max(1));
    let height = u32::try_from(height.max(1)).map_err(|_| FaxError::TooLarge)?;
    if height > TALLEST || u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(FaxError::TooLarge);
    }
    Ok(height)
}

/// Runs on a thread that may be busy. A reader that panics on a crooked file is a damaged file, no more.
async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FaxError> + Send + 'static,
) -> Result<T, CoreError> {
    let _turn = DRAWING
        .acquire()
        .await
        .map_err(|error| CoreError::internal("faxes are no longer drawn", error))?;
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done.map_err(CoreError::from),
        Ok(Err(panicked)) => Err(FaxError::Damaged(Some(panicked.into())).into()),
        Err(_) => Err(FaxError::TooLarge.into()),
    }
}

impl From<FaxError> for CoreError {
    fn from(error: FaxError) -> Self {
        Self::store(error.to_string(), error)
    }
}

#[cfg(test)]
mod tests;
