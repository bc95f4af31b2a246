//! Pages of a PDF, drawn by hayro.

use super::{FaxError, MOST_PAGES, height_for};
use domain::attachment::FaxPage;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

pub(super) fn pages(document: Vec<u8>) -> Result<Vec<FaxPage>, FaxError> {
    Ok(open(document)?.pages().iter().map(size).collect())
}

pub(super) fn draw(document: Vec<u8>, index: usize, width: u32) -> Result<Vec<u8>, FaxError> {
    let pdf = open(document)?;
    let page = pdf.pages().get(index).ok_or(FaxError::NoSuchPage)?;
    let height = height_for(size(page), width)?;
    let (own_width, own_height) = page.render_dimensions();
    #[expect(clippy::cast_precision_loss, reason = "both are small, see the limits")]
    let settings = PixmapSettings {
        x_scale: width as f32 / own_width,
        y_scale: height as f32 / own_height,
        bg_color: WHITE,
    };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    drawn
        .into_png()
        .map_err(|error| FaxError::Damaged(Some(error.into())))
}

fn open(document: Vec<u8>) -> Result<Pdf, FaxError> {
    let pdf = Pdf::new(document).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => FaxError::Locked,
        LoadPdfError::Decryption(_) => FaxError::Unsupported(None),
        LoadPdfError::Invalid => FaxError::Damaged(None),
    })?;
    match pdf.pages().len() {
        0 => Err(FaxError::Damaged(None)),
        1..=MOST_PAGES => Ok(pdf),
        _ => Err(FaxError::TooLarge),
    }
}

/// A PDF measures in points already.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range, and the result is at least one"
)]
fn size(page: &Page<'_>) -> FaxPage {
    let (width, height) = page.render_dimensions();
    FaxPage {
        width: (width.round() as u32).max(1),
        height: (height.round() as u32).max(1),
    }
}
