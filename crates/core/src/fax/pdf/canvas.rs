//! Draws what hayro reads from a page where poppler would draw it: letters, lines and pictures lie on the same dots.
//!
//! hayro has a renderer of its own, which places them as exactly as it can. People compare with what other programs show, nearly all of
//! which place letters on whole rows and straight lines on whole dots, so thin lines stay crisp. What is rare (slanted pictures, masks with
//! functions) is not drawn: [`Canvas::is_beyond`] says so, and the page is left to hayro's own renderer.

use super::letters::Letters;
use super::{patterns, pictures, strokes};
use hayro::hayro_interpret::color::Color;
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, MaskType,
    Paint, SoftMask, StrokeProps,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro::vello_cpu::peniko::{self, Compose, Fill, Mix};
use hayro::vello_cpu::{Mask, Pixmap, RenderContext, Resources};
use std::collections::HashMap;

/// What was computed is this far from what was meant.
const INEXACT: f64 = 1e-4;

pub(super) struct Canvas<'c> {
    pub(super) dots: &'c mut RenderContext,
    letters: &'c mut Letters,
    masks: HashMap<u128, Mask>,
    is_beyond: bool,
}

impl<'c> Canvas<'c> {
    pub(super) fn new(dots: &'c mut RenderContext, letters: &'c mut Letters) -> Self {
        Self {
            dots,
            letters,
            masks: HashMap::new(),
            is_beyond: false,
        }
    }

    /// Something on the page cannot be drawn here.
    pub(super) fn is_beyond(&self) -> bool {
        self.is_beyond
    }

    /// Everything that follows stays within whole dots around it.
    pub(super) fn clip(&mut self, rect: Rect) {
        let whole = Rect::new(
            (rect.x0 + INEXACT).floor(),
            (rect.y0 + INEXACT).floor(),
            (rect.x1 - INEXACT).ceil(),
            (rect.y1 - INEXACT).ceil(),
        );
        self.dots.set_fill_rule(Fill::NonZero);
        self.dots.set_transform(Affine::IDENTITY);
        self.dots.push_clip_rect(&whole);
    }

    pub(super) fn visible(&self) -> Rect {
        Rect::new(
            0.0,
            0.0,
            f64::from(self.dots.width()),
            f64::from(self.dots.height()),
        )
    }

    pub(super) fn shade(&mut self, mask: Option<&SoftMask<'_>>, blend: BlendMode) {
        match mask.and_then(|mask| self.mask(mask)) {
            Some(mask) => self.dots.set_mask(mask),
            None => self.dots.reset_mask(),
        }
        self.dots.set_blend_mode(blending(blend));
        self.dots.set_paint_transform(Affine::IDENTITY);
    }

    /// A mask is a page of its own, whose brightness or paint is what shows.
    fn mask(&mut self, mask: &SoftMask<'_>) -> Option<Mask> {
        if mask.transfer_function().is_some() {
            self.is_beyond = true;
            return None;
        }
        if let Some(known) = self.masks.get(&mask.cache_key()) {
            return Some(known.clone());
        }
        let (width, height) = (self.dots.width(), self.dots.height());
        let mut dots = RenderContext::new(width, height);
        let is_bright = matches!(mask.mask_type(), MaskType::Luminosity);
        if is_bright {
            let [red, green, blue, _] = mask.background_color().to_rgba().to_rgba8();
            dots.set_paint(AlphaColor::<Srgb>::from_rgba8(red, green, blue, 255));
            dots.fill_rect(&self.visible());
        }
        let mut inner = Canvas::new(&mut dots, self.letters);
        mask.interpret(&mut inner);
        self.is_beyond |= inner.is_beyond;
        let mut pixmap = Pixmap::new(width, height);
        dots.flush();
        dots.render(&mut pixmap, &mut Resources::default());
        let drawn = if is_bright {
            Mask::new_luminance(&pixmap)
        } else {
            Mask::new_alpha(&pixmap)
        };
        self.masks.insert(mask.cache_key(), drawn.clone());
        Some(drawn)
    }

    fn fill(&mut self, path: &BezPath, transform: Affine, rule: FillRule) {
        self.dots.set_fill_rule(filling(rule));
        self.dots.set_transform(transform);
        self.dots.fill_path(path);
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine, stroke: &StrokeProps) {
        let straight = strokes::straight(path, transform, stroke);
        match straight {
            Some(lines) => self.fill(&lines, Affine::IDENTITY, FillRule::NonZero),
            None => {
                self.dots.set_stroke(strokes::line(stroke, transform));
                self.dots.set_transform(transform);
                self.dots.stroke_path(path);
            }
        }
    }

    /// Fills or strokes a path with whatever it is painted with; colour, mask and blending are set before.
    fn draw(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &DrawMode) {
        let (fill, stroke) = match mode {
            DrawMode::Fill(rule) => (Some(*rule), None),
            DrawMode::Stroke(stroke) => (None, Some(stroke)),
            DrawMode::FillAndStroke(rule, stroke) => (Some(*rule), Some(stroke)),
            DrawMode::Invisible => (None, None),
        };
        let pattern = match paint {
            Paint::Color(colour) => {
                self.dots.set_paint(colour_of(colour));
                None
            }
            Paint::Pattern(pattern) => Some(pattern),
        };
        if let Some(rule) = fill {
            match pattern {
                None => self.fill(path, transform, rule),
                Some(pattern) => {
                    let form = transform * path.clone();
                    self.is_beyond |= patterns::fill(self, &form, rule, pattern, false).is_none();
                }
            }
        }
        if let Some(stroke) = stroke {
            match pattern {
                None => self.stroke(path, transform, stroke),
                Some(pattern) => {
                    let form = transform * strokes::form(path, transform, stroke);
                    self.is_beyond |= patterns::fill(self, &form, FillRule::NonZero, pattern, true).is_none();
                }
            }
        }
    }

    /// Everything that follows stays within a form.
    pub(super) fn push_form(&mut self, form: &BezPath, rule: FillRule) {
        self.dots.set_fill_rule(filling(rule));
        self.dots.set_transform(Affine::IDENTITY);
        self.dots.push_clip_path(form);
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.shade(props.soft_mask.as_ref(), props.blend_mode);
        self.draw(path, props.transform, &props.paint, mode);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.shade(props.soft_mask.as_ref(), props.blend_mode);
        let whole = strokes::whole_dots(*rect, props.transform);
        let path = rect.to_path(0.1);
        match (mode, whole) {
            (DrawMode::Fill(rule), Some(whole)) => {
                let mode = DrawMode::Fill(*rule);
                self.draw(&whole.to_path(0.1), Affine::IDENTITY, &props.paint, &mode);
            }
            (DrawMode::FillAndStroke(rule, stroke), Some(whole)) => {
                let mode = DrawMode::Fill(*rule);
                self.draw(&whole.to_path(0.1), Affine::IDENTITY, &props.paint, &mode);
                let mode = DrawMode::Stroke(stroke.clone());
                self.draw(&path, props.transform, &props.paint, &mode);
            }
            _ => self.draw(&path, props.transform, &props.paint, mode),
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            match &**glyph {
                Glyph::Type3(drawn) => {
                    drawn.interpret(self, props.transform, glyph.transform(), &props.paint)
                }
                Glyph::Outline(outline) => {
                    self.shade(props.soft_mask.as_ref(), props.blend_mode);
                    if let (DrawMode::Fill(_), Paint::Color(colour)) = (mode, &props.paint) {
                        let place = props.transform * glyph.transform();
                        self.letters.draw(self.dots, outline, place, colour_of(colour));
                    } else {
                        let path = glyph.transform() * self.letters.outline(outline).as_ref().clone();
                        self.draw(&path, props.transform, &props.paint, mode);
                    }
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.shade(props.soft_mask.as_ref(), props.blend_mode);
        self.is_beyond |= pictures::draw(self.dots, &image, props.transform).is_none();
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_form(&clip.path, clip.fill);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clip(*rect);
    }

    fn pop_clip(&mut self) {
        self.dots.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        let mask = mask.and_then(|mask| self.mask(&mask));
        self.dots
            .push_layer(None, Some(blending(blend)), Some(opacity), mask, None);
    }

    fn pop_transparency_group(&mut self) {
        self.dots.pop_layer();
    }
}

fn colour_of(colour: &Color) -> AlphaColor<Srgb> {
    let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
    AlphaColor::from_rgba8(red, green, blue, alpha)
}

fn filling(rule: FillRule) -> Fill {
    match rule {
        FillRule::NonZero => Fill::NonZero,
        FillRule::EvenOdd => Fill::EvenOdd,
    }
}

fn blending(mode: BlendMode) -> peniko::BlendMode {
    let mix = match mode {
        BlendMode::Normal => Mix::Normal,
        BlendMode::Multiply => Mix::Multiply,
        BlendMode::Screen => Mix::Screen,
        BlendMode::Overlay => Mix::Overlay,
        BlendMode::Darken => Mix::Darken,
        BlendMode::Lighten => Mix::Lighten,
        BlendMode::ColorDodge => Mix::ColorDodge,
        BlendMode::ColorBurn => Mix::ColorBurn,
        BlendMode::HardLight => Mix::HardLight,
        BlendMode::SoftLight => Mix::SoftLight,
        BlendMode::Difference => Mix::Difference,
        BlendMode::Exclusion => Mix::Exclusion,
        BlendMode::Hue => Mix::Hue,
        BlendMode::Saturation => Mix::Saturation,
        BlendMode::Color => Mix::Color,
        BlendMode::Luminosity => Mix::Luminosity,
    };
    peniko::BlendMode::new(mix, Compose::SrcOver)
}
