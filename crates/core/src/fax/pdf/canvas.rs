//! Draws what hayro reads from a page where poppler would draw it: letters, lines and pictures lie on the same dots.
//!
//! hayro has a renderer of its own, which places them as exactly as it can. People compare with what other programs show, nearly all of
//! which place letters on whole rows and straight lines on whole dots, so thin lines stay crisp. What is rare here (patterns,
//! shadings) is not drawn: [`Canvas::is_beyond`] says so, and the page is left to hayro's own renderer.

use super::pictures;
use super::strokes;
use hayro::hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, MaskType,
    Paint, SoftMask, StrokeProps,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro::vello_cpu::peniko::{self, Compose, Fill, Mix};
use hayro::vello_cpu::{Mask, Pixmap, RenderContext, Resources};
use std::collections::HashMap;
use std::rc::Rc;

/// Letters lie on a quarter of a dot, and on whole rows.
const PLACES_PER_DOT: f64 = 4.0;
/// What was computed is this far from what was meant.
const INEXACT: f64 = 1e-4;

/// The forms of letters that were drawn before.
pub(super) type Outlines = HashMap<u128, Rc<BezPath>>;

pub(super) struct Canvas<'c> {
    pub(super) dots: &'c mut RenderContext,
    outlines: &'c mut Outlines,
    masks: HashMap<u128, Mask>,
    is_beyond: bool,
}

impl<'c> Canvas<'c> {
    pub(super) fn new(dots: &'c mut RenderContext, outlines: &'c mut Outlines) -> Self {
        Self {
            dots,
            outlines,
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

    /// Sets colour, mask and blending; `None` where the paint is a pattern.
    fn dip(&mut self, paint: &Paint<'_>, mask: Option<&SoftMask<'_>>, blend: BlendMode) -> Option<()> {
        let Paint::Color(colour) = paint else {
            self.is_beyond = true;
            return None;
        };
        let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
        self.dots
            .set_paint(AlphaColor::<Srgb>::from_rgba8(red, green, blue, alpha));
        self.shade(mask, blend);
        Some(())
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
        let mut inner = Canvas::new(&mut dots, self.outlines);
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

    fn draw(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(rule) => self.fill(path, transform, *rule),
            DrawMode::Stroke(stroke) => self.stroke(path, transform, stroke),
            DrawMode::FillAndStroke(rule, stroke) => {
                self.fill(path, transform, *rule);
                self.stroke(path, transform, stroke);
            }
            DrawMode::Invisible => {}
        }
    }

    fn outline(&mut self, glyph: &OutlineGlyph) -> Rc<BezPath> {
        let known = self.outlines.entry(glyph.identifier().cache_key());
        Rc::clone(known.or_insert_with(|| Rc::new(glyph.outline())))
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if self
            .dip(&props.paint, props.soft_mask.as_ref(), props.blend_mode)
            .is_some()
        {
            self.draw(path, props.transform, mode);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        if self
            .dip(&props.paint, props.soft_mask.as_ref(), props.blend_mode)
            .is_none()
        {
            return;
        }
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = mode {
            match strokes::whole_dots(*rect, props.transform) {
                Some(whole) => {
                    self.dots.set_transform(Affine::IDENTITY);
                    self.dots.fill_rect(&whole);
                }
                None => self.fill(&rect.to_path(0.1), props.transform, FillRule::NonZero),
            }
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            self.stroke(&rect.to_path(0.1), props.transform, stroke);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            match &**glyph {
                Glyph::Type3(glyph_of_drawings) => {
                    glyph_of_drawings.interpret(self, props.transform, glyph.transform(), &props.paint);
                }
                Glyph::Outline(outline) => {
                    if self
                        .dip(&props.paint, props.soft_mask.as_ref(), props.blend_mode)
                        .is_none()
                    {
                        return;
                    }
                    let path = self.outline(outline);
                    if let DrawMode::Fill(rule) = mode {
                        let placed = placed(props.transform * glyph.transform());
                        self.fill(&path, placed, *rule);
                    } else {
                        self.draw(
                            &(glyph.transform() * path.as_ref().clone()),
                            props.transform,
                            mode,
                        );
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
        self.dots.set_fill_rule(filling(clip.fill));
        self.dots.set_transform(Affine::IDENTITY);
        self.dots.push_clip_path(&clip.path);
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

/// A letter on its row.
fn placed(transform: Affine) -> Affine {
    let [a, b, c, d, x, y] = transform.as_coeffs();
    Affine::new([
        a,
        b,
        c,
        d,
        (x * PLACES_PER_DOT).floor() / PLACES_PER_DOT,
        y.floor(),
    ])
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
