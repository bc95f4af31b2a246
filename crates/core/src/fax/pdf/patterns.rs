//! Surfaces that are not of one colour: shadings, and hatching made of tiles.

use super::canvas::Canvas;
use hayro::hayro_interpret::FillRule;
use hayro::hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::peniko::{Extend, ImageQuality, ImageSampler};
use hayro::vello_cpu::{Image, ImageSource, PixelMetadata, Pixmap};
use std::sync::Arc;

/// More tiles on one surface than a person could tell apart.
const MOST_TILES: f64 = 10_000.0;

/// Fills a form, which is given in dots. `None` when it cannot be done here.
pub(super) fn fill(
    canvas: &mut Canvas<'_>,
    form: &BezPath,
    rule: FillRule,
    pattern: &Pattern<'_>,
    is_stroke: bool,
) -> Option<()> {
    let area = form.bounding_box().intersect(canvas.visible()).expand();
    if !(area.width() > 0.0 && area.height() > 0.0) {
        return Some(());
    }
    canvas.push_form(form, rule);
    let filled = match pattern {
        Pattern::Shading(shading) => shade(canvas, area, shading),
        Pattern::Tiling(tiling) => tile(canvas, area, tiling, is_stroke),
    };
    canvas.dots.pop_clip();
    filled
}

fn shade(canvas: &mut Canvas<'_>, area: Rect, shading: &ShadingPattern) -> Option<()> {
    let clip = shading.shading.clip_path.as_ref();
    if clip.is_some() {
        // Rare, and in a space of its own.
        return None;
    }
    let texture = shading.encode().render_texture(area, 1.0);
    let samples = texture
        .data
        .as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[red, green, blue, alpha]| {
            let [red, green, blue] =
                [red, green, blue].map(|sample| super::pictures::product(*sample, *alpha));
            [red, green, blue, *alpha]
        });
    let narrow = |dots| u16::try_from(dots).ok();
    let pixmap = Pixmap::from_parts(
        samples.collect(),
        narrow(texture.width)?,
        narrow(texture.height)?,
        PixelMetadata {
            may_have_transparency: true,
            ..Default::default()
        },
    );
    canvas.dots.set_transform(Affine::translate((area.x0, area.y0)));
    canvas.dots.set_paint(Image {
        image: ImageSource::Pixmap(Arc::new(pixmap)),
        sampler: ImageSampler {
            x_extend: Extend::Pad,
            y_extend: Extend::Pad,
            quality: ImageQuality::Low,
            alpha: 1.0,
        },
    });
    canvas
        .dots
        .fill_rect(&Rect::new(0.0, 0.0, area.width(), area.height()));
    Some(())
}

/// Draws tile after tile, where a program that draws one and copies it would have to round its size.
fn tile(canvas: &mut Canvas<'_>, area: Rect, tiling: &TilingPattern<'_>, is_stroke: bool) -> Option<()> {
    let area = tiling.matrix.inverse().transform_rect_bbox(area);
    let (across, down) = (f64::from(tiling.x_step).abs(), f64::from(tiling.y_step).abs());
    let own = tiling.bbox;
    let first = (
        ((area.x0 - own.x1) / across).floor(),
        ((area.y0 - own.y1) / down).floor(),
    );
    let last = (
        ((area.x1 - own.x0) / across).ceil(),
        ((area.y1 - own.y0) / down).ceil(),
    );
    let count = (last.0 - first.0 + 1.0) * (last.1 - first.1 + 1.0);
    // Neither may be no number.
    if !(count <= MOST_TILES && tiling.opacity >= 1.0) {
        return None;
    }
    let mut row = first.1;
    while row <= last.1 {
        let mut column = first.0;
        while column <= last.0 {
            let place = Affine::translate((column * across, row * down));
            tiling.interpret(canvas, tiling.matrix * place, is_stroke);
            column += 1.0;
        }
        row += 1.0;
    }
    Some(())
}
