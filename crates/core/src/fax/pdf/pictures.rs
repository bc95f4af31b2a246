//! Pictures on a page: each of its dots becomes the mean of what it covers, and pictures that lie upright fill whole dots.

use super::super::bitmap::as_index;
use super::super::frame::Frame;
use super::super::reduction::Reduction;
use hayro::hayro_interpret::{Image, ImageData, LumaData, Paint};
use hayro::kurbo::{Affine, Rect};
use hayro::vello_cpu::peniko::{Extend, ImageQuality, ImageSampler};
use hayro::vello_cpu::{self, ImageSource, PixelMetadata, Pixmap, RenderContext};
use std::sync::Arc;

/// Pictures are placed by numbers with seven digits.
const INEXACT: f64 = 1e-3;

/// The samples of a picture, row by row.
struct Samples {
    data: Vec<u8>,
    width: u32,
    height: u32,
    per_dot: usize,
}

/// Where on the page a picture lies, in whole dots.
#[derive(Clone, Copy)]
struct Place {
    left: i64,
    top: i64,
    width: u32,
    height: u32,
    mirrors_across: bool,
    mirrors_down: bool,
    swaps_sides: bool,
}

/// Draws it; `None` when that is not possible here.
pub(super) fn draw(dots: &mut RenderContext, image: &Image<'_, '_>, transform: Affine) -> Option<()> {
    let page = Rect::new(0.0, 0.0, f64::from(dots.width()), f64::from(dots.height()));
    let own = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
    let there = transform.transform_rect_bbox(own);
    if !there.overlaps(page) || !there.is_finite() {
        return Some(());
    }
    let place = Place::of(there, transform)?;
    let mut drawn = None;
    let mut is_opaque = false;
    match image {
        Image::Stencil(stencil) => {
            let mut is_pattern = false;
            stencil.with_stencil(
                |mask, paint| match paint {
                    Paint::Color(colour) => {
                        let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
                        drawn = place.visible(dots, |frame| {
                            let mask = place.reduced(frame, luma(mask));
                            let mut samples = Vec::with_capacity(mask.len() * 4);
                            for shown in mask {
                                samples.extend(premultiplied([red, green, blue], product(shown, alpha)));
                            }
                            samples
                        });
                    }
                    Paint::Pattern(_) => is_pattern = true,
                },
                None,
            );
            if is_pattern {
                return None;
            }
        }
        Image::Raster(raster) => raster.with_rgba(
            |image, alpha| {
                is_opaque = alpha.is_none();
                drawn = place.visible(dots, |frame| {
                    let alpha = alpha.map(|alpha| place.reduced(frame, luma(alpha)));
                    let samples = match image {
                        ImageData::Rgb(rgb) => Samples {
                            data: rgb.data,
                            width: rgb.width,
                            height: rgb.height,
                            per_dot: 3,
                        },
                        ImageData::Luma(grey) => luma(grey),
                    };
                    let per_dot = samples.per_dot;
                    coloured(&place.reduced(frame, samples), per_dot, alpha.as_deref())
                });
            },
            None,
        ),
    }
    // What cannot be decompressed is left out.
    let Some((frame, samples)) = drawn else {
        return Some(());
    };
    let narrow = |dots| u16::try_from(dots).ok();
    let pixmap = Pixmap::from_parts(
        samples,
        narrow(frame.width)?,
        narrow(frame.height)?,
        PixelMetadata {
            may_have_transparency: !is_opaque,
            ..Default::default()
        },
    );
    let (width, height) = (f64::from(frame.width), f64::from(frame.height));
    let left = place.left as f64 + f64::from(frame.left);
    let top = place.top as f64 + f64::from(frame.top);
    dots.set_transform(Affine::translate((left, top)));
    dots.set_paint(vello_cpu::Image {
        image: ImageSource::Pixmap(Arc::new(pixmap)),
        sampler: ImageSampler {
            x_extend: Extend::Pad,
            y_extend: Extend::Pad,
            quality: ImageQuality::Low,
            alpha: 1.0,
        },
    });
    dots.fill_rect(&Rect::new(0.0, 0.0, width, height));
    Some(())
}

impl Place {
    /// Every dot that a picture touches is its own, and one more where it ends exactly between two.
    fn of(there: Rect, transform: Affine) -> Option<Self> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let scale = a.abs().max(b.abs()).max(c.abs()).max(d.abs());
        let is_nothing = |value: f64| value.abs() <= scale * 1e-6;
        let swaps_sides = is_nothing(a) && is_nothing(d);
        let is_upright = is_nothing(b) && is_nothing(c);
        if !swaps_sides && !is_upright {
            return None;
        }
        let whole = |place: f64| (place + INEXACT).floor();
        let (left, top) = (whole(there.x0), whole(there.y0));
        let (right, bottom) = (whole(there.x1) + 1.0, whole(there.y1) + 1.0);
        let (across, down) = if swaps_sides { (c, b) } else { (a, d) };
        Some(Self {
            left: left as i64,
            top: top as i64,
            width: dots_between(left, right)?,
            height: dots_between(top, bottom)?,
            mirrors_across: across < 0.0,
            mirrors_down: down < 0.0,
            swaps_sides,
        })
    }

    /// The part of it that is on the page, drawn by `draw`.
    fn visible(&self, dots: &RenderContext, draw: impl FnOnce(Frame) -> Vec<u8>) -> Option<(Frame, Vec<u8>)> {
        let inside = |at: i64, size: u32, most: u16| {
            let start = u32::try_from((-at).max(0)).ok()?;
            let end = u32::try_from((i64::from(most) - at).min(i64::from(size))).ok()?;
            (end > start).then_some((start, end - start))
        };
        let (left, width) = inside(self.left, self.width, dots.width())?;
        let (top, height) = inside(self.top, self.height, dots.height())?;
        let frame = Frame {
            page_width: self.width,
            page_height: self.height,
            left,
            top,
            width,
            height,
        };
        Some((frame, draw(frame)))
    }

    /// Made smaller as it is stored, and turned when there is less of it.
    fn reduced(&self, frame: Frame, samples: Samples) -> Vec<u8> {
        let stored = self.stored(frame);
        let row = as_index(samples.width) * samples.per_dot;
        let mut reduction = Reduction::new(stored, samples.width, samples.height, samples.per_dot);
        for row in samples.data.chunks_exact(row.max(1)) {
            if reduction.is_full() {
                break;
            }
            reduction.push(row);
        }
        let drawn = reduction.finish();
        if !(self.swaps_sides || self.mirrors_across || self.mirrors_down) {
            return drawn.samples;
        }
        let turned = drawn.rearranged(frame.width, frame.height, |x, y| {
            let x = if self.mirrors_across {
                frame.width - 1 - x
            } else {
                x
            };
            let y = if self.mirrors_down {
                frame.height - 1 - y
            } else {
                y
            };
            if self.swaps_sides { (y, x) } else { (x, y) }
        });
        turned.samples
    }

    /// The part of the stored picture that becomes this part of the one that is looked at.
    fn stored(&self, frame: Frame) -> Frame {
        let mirrored = |is_mirrored: bool, at: u32, size: u32, all: u32| {
            if is_mirrored { all - at - size } else { at }
        };
        let left = mirrored(self.mirrors_across, frame.left, frame.width, frame.page_width);
        let top = mirrored(self.mirrors_down, frame.top, frame.height, frame.page_height);
        if self.swaps_sides {
            Frame {
                page_width: frame.page_height,
                page_height: frame.page_width,
                left: top,
                top: left,
                width: frame.height,
                height: frame.width,
            }
        } else {
            Frame { left, top, ..frame }
        }
    }
}

/// Red, green, blue and alpha of dots that are grey or have three colours.
fn coloured(samples: &[u8], per_dot: usize, alpha: Option<&[u8]>) -> Vec<u8> {
    let mut dots = Vec::with_capacity(samples.len() / per_dot * 4);
    for (at, dot) in samples.chunks_exact(per_dot).enumerate() {
        let colour = match dot {
            [red, green, blue] => [*red, *green, *blue],
            [grey, ..] => [*grey; 3],
            [] => [255; 3],
        };
        match alpha.and_then(|alpha| alpha.get(at)) {
            Some(alpha) => dots.extend_from_slice(&premultiplied(colour, *alpha)),
            None => {
                let [red, green, blue] = colour;
                dots.extend_from_slice(&[red, green, blue, 255]);
            }
        }
    }
    dots
}

fn luma(luma: LumaData) -> Samples {
    Samples {
        data: luma.data,
        width: luma.width,
        height: luma.height,
        per_dot: 1,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is larger than any page is refused before"
)]
fn dots_between(from: f64, to: f64) -> Option<u32> {
    let dots = to - from;
    (1.0..1_000_000.0).contains(&dots).then_some(dots as u32)
}

fn premultiplied(colour: [u8; 3], alpha: u8) -> [u8; 4] {
    let [red, green, blue] = colour.map(|sample| product(sample, alpha));
    [red, green, blue, alpha]
}

/// Of two shares of 255.
pub(super) fn product(one: u8, other: u8) -> u8 {
    let product = u32::from(one) * u32::from(other) + 127;
    u8::try_from(product / 255).unwrap_or(u8::MAX)
}
