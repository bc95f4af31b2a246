//! Pages of a PDF: read by hayro, drawn on a canvas of ours ([`canvas`]), and by hayro's own renderer where that cannot.

mod canvas;
mod letters;
mod patterns;
mod pictures;
mod strokes;

use super::FaxError;
use super::bitmap::Bitmap;
use super::document::MOST_PAGES;
use super::frame::Wanted;
use canvas::Canvas;
use domain::attachment::FaxPage;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RectExt, interpret_page};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use letters::Letters;
use std::sync::Arc;

/// What hayro learns of a document it never forgets by itself.
const PAGES_REMEMBERED: u32 = 48;

/// An opened PDF.
pub(super) struct PdfDocument {
    pdf: Pdf,
    pages: Vec<FaxPage>,
}

/// Draws its pages.
pub(super) struct PdfArtist<'a> {
    document: &'a PdfDocument,
    /// What hayro's renderer knows, once it is needed.
    cache: RenderCache<'a>,
    read: InterpreterCache<'a>,
    letters: Letters,
    settings: InterpreterSettings,
    drawn: u32,
}

impl PdfDocument {
    pub(super) fn open(content: Arc<Vec<u8>>) -> Result<Self, FaxError> {
        let pdf = Pdf::new(PdfData::from(content)).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => FaxError::Locked,
            LoadPdfError::Decryption(_) => FaxError::Unsupported,
            LoadPdfError::Invalid => FaxError::Damaged,
        })?;
        match pdf.pages().len() {
            0 => Err(FaxError::Damaged),
            1..=MOST_PAGES => {
                let pages = pdf.pages().iter().map(size).collect();
                Ok(Self { pdf, pages })
            }
            _ => Err(FaxError::TooManyPages),
        }
    }

    pub(super) fn pages(&self) -> &[FaxPage] {
        &self.pages
    }

    pub(super) fn artist(&self) -> PdfArtist<'_> {
        PdfArtist {
            document: self,
            cache: RenderCache::new(),
            read: InterpreterCache::new(),
            letters: Letters::default(),
            settings: InterpreterSettings::default(),
            drawn: 0,
        }
    }
}

impl<'a> PdfArtist<'a> {
    pub(super) fn draw(&mut self, index: usize, wanted: Wanted) -> Result<Bitmap, FaxError> {
        let page = self.document.pdf.pages().get(index).ok_or(FaxError::NoSuchPage)?;
        let (own_width, own_height) = page.render_dimensions();
        let frame = wanted.frame((f64::from(own_width), f64::from(own_height)), None)?;
        if self.drawn == PAGES_REMEMBERED {
            self.cache = RenderCache::new();
            self.read = InterpreterCache::new();
            self.letters = Letters::default();
            self.drawn = 0;
        }
        self.drawn += 1;
        let narrow = |dots| u16::try_from(dots).map_err(|_| FaxError::TooLarge);
        let mut canvas = RenderContext::new(narrow(frame.width)?, narrow(frame.height)?);
        let across = f64::from(frame.page_width) / f64::from(own_width);
        let down = f64::from(frame.page_height) / f64::from(own_height);
        // That dots are whole is not to distort a page: what is less than one of them is cut off.
        let is_rounded = (across * f64::from(own_height) - f64::from(frame.page_height)).abs() < 1.0;
        let transform = Affine::translate((-f64::from(frame.left), -f64::from(frame.top)))
            * Affine::scale_non_uniform(across, if is_rounded { across } else { down })
            * Affine::new(page.initial_transform(true).as_coeffs());
        if !self.draw_here(page, &mut canvas, transform) {
            canvas = RenderContext::new(canvas.width(), canvas.height());
            render_into(
                page,
                &self.cache,
                &self.settings,
                &RenderSettings::default(),
                &mut canvas,
                transform,
            );
        }
        canvas.flush();
        let mut pixmap = Pixmap::new(canvas.width(), canvas.height());
        canvas.render_with(
            &mut pixmap,
            &mut Resources::default(),
            RasterizerSettings {
                target_init: TargetInit::Clear(WHITE),
                ..Default::default()
            },
        );
        // On white nothing is transparent, so the fourth of each says nothing.
        let dots = pixmap.data_as_u8_slice().as_chunks::<4>().0;
        let mut samples = Vec::with_capacity(dots.len() * 3);
        for [red, green, blue, _] in dots {
            samples.extend_from_slice(&[*red, *green, *blue]);
        }
        Ok(Bitmap {
            width: frame.width,
            height: frame.height,
            samples_per_dot: 3,
            samples,
        })
    }

    /// Draws a page on our canvas; not if something of it is beyond that.
    fn draw_here(&mut self, page: &'a Page<'a>, dots: &mut RenderContext, transform: Affine) -> bool {
        let mut canvas = Canvas::new(dots, &mut self.letters);
        let mut context = Context::new(
            transform,
            canvas.visible(),
            &self.read,
            page.xref(),
            self.settings.clone(),
        );
        canvas.clip(transform.transform_rect_bbox(page.intersected_crop_box().to_kurbo()));
        interpret_page(page, &mut context, &mut canvas);
        canvas.dots.pop_clip();
        !canvas.is_beyond()
    }
}

/// A PDF measures in points, or in a unit that it names.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range, and the result is at least one"
)]
fn size(page: &Page<'_>) -> FaxPage {
    let (width, height) = page.render_dimensions();
    let unit = page
        .raw()
        .get::<f32>("UserUnit")
        .filter(|unit| unit.is_finite() && *unit > 0.0)
        .unwrap_or(1.0);
    FaxPage {
        width: ((width * unit).round() as u32).max(1),
        height: ((height * unit).round() as u32).max(1),
    }
}
