//! Letters: each form is drawn once for every place within a dot that it may have, and stamped from then on.

use hayro::hayro_interpret::font::OutlineGlyph;
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::color::{AlphaColor, Srgb, palette::css::BLACK};
use hayro::vello_cpu::peniko::{Extend, Fill, ImageQuality, ImageSampler};
use hayro::vello_cpu::{Image, ImageSource, Pixmap, RenderContext, Resources, Tint, TintMode};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Letters lie on a quarter of a dot, and on whole rows.
const PLACES_PER_DOT: f64 = 4.0;
/// Larger ones are rarely repeated.
const LARGEST_STAMP: f64 = 96.0;
/// Of some kilobytes each; beyond this a document is not made of letters.
const MOST_STAMPS: usize = 8_000;

/// What was drawn before.
#[derive(Default)]
pub(super) struct Letters {
    outlines: HashMap<u128, Rc<BezPath>>,
    stamps: HashMap<Form, Option<Stamp>>,
}

/// A letter, its size and slant, and which quarter of a dot it begins at.
#[derive(PartialEq, Eq, Hash)]
struct Form {
    letter: u128,
    linear: [u64; 4],
    quarter: u8,
}

#[derive(Clone)]
struct Stamp {
    dots: Arc<Pixmap>,
    left: f64,
    top: f64,
}

impl Letters {
    pub(super) fn outline(&mut self, glyph: &OutlineGlyph) -> Rc<BezPath> {
        let known = self.outlines.entry(glyph.identifier().cache_key());
        Rc::clone(known.or_insert_with(|| Rc::new(glyph.outline())))
    }

    /// Fills a letter, on its row.
    pub(super) fn draw(
        &mut self,
        dots: &mut RenderContext,
        glyph: &OutlineGlyph,
        transform: Affine,
        colour: AlphaColor<Srgb>,
    ) {
        let outline = self.outline(glyph);
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let x = (x * PLACES_PER_DOT).floor() / PLACES_PER_DOT;
        let (left, top) = (x.floor(), y.floor());
        let within = x - left;
        let form = Form {
            letter: glyph.identifier().cache_key(),
            linear: [a, b, c, d].map(f64::to_bits),
            quarter: quarter(within),
        };
        if self.stamps.len() >= MOST_STAMPS {
            self.stamps.clear();
        }
        let stamp = self
            .stamps
            .entry(form)
            .or_insert_with(|| Stamp::of(&outline, Affine::new([a, b, c, d, within, 0.0])));
        match stamp {
            Some(stamp) => stamp.press(dots, (left, top), colour),
            None => {
                dots.set_paint(colour);
                dots.set_fill_rule(Fill::NonZero);
                dots.set_transform(Affine::new([a, b, c, d, x, top]));
                dots.fill_path(&outline);
            }
        }
    }
}

impl Stamp {
    fn of(outline: &BezPath, transform: Affine) -> Option<Self> {
        let path = transform * outline.clone();
        let around = path.bounding_box().inflate(1.0, 1.0).expand();
        // Neither may be no number.
        if !(around.width() <= LARGEST_STAMP && around.height() <= LARGEST_STAMP) {
            return None;
        }
        let (width, height) = (narrow(around.width())?, narrow(around.height())?);
        let mut dots = RenderContext::new(width, height);
        dots.set_paint(BLACK);
        dots.set_transform(Affine::translate((-around.x0, -around.y0)));
        dots.fill_path(&path);
        dots.flush();
        let mut pixmap = Pixmap::new(width, height);
        dots.render(&mut pixmap, &mut Resources::default());
        Some(Self {
            dots: Arc::new(pixmap),
            left: around.x0,
            top: around.y0,
        })
    }

    fn press(&self, dots: &mut RenderContext, (left, top): (f64, f64), colour: AlphaColor<Srgb>) {
        let (width, height) = (f64::from(self.dots.width()), f64::from(self.dots.height()));
        dots.set_transform(Affine::translate((left + self.left, top + self.top)));
        dots.set_paint(Image {
            image: ImageSource::Pixmap(Arc::clone(&self.dots)),
            sampler: ImageSampler {
                x_extend: Extend::Pad,
                y_extend: Extend::Pad,
                quality: ImageQuality::Low,
                alpha: 1.0,
            },
        });
        dots.set_tint(Some(Tint {
            color: colour,
            mode: TintMode::AlphaMask,
        }));
        dots.fill_rect(&Rect::new(0.0, 0.0, width, height));
        dots.set_tint(None);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there are four quarters"
)]
fn quarter(within: f64) -> u8 {
    (within * PLACES_PER_DOT) as u8
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no stamp is larger than the largest"
)]
fn narrow(dots: f64) -> Option<u16> {
    (dots >= 1.0).then_some(dots as u16)
}
