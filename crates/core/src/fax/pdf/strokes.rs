//! Lines and rectangles that run along the dots begin and end on whole ones; all others stay where they are.

use hayro::hayro_interpret::StrokeProps;
use hayro::kurbo::{self, Affine, BezPath, Cap, Join, PathEl, Point, Rect, Shape, Stroke, StrokeOpts, dash};

/// Along the dots, as far as computing is exact.
const STRAIGHT: f64 = 1e-3;
/// Rounding the ends of a line shows where it is wider than this.
const SHOWS_ROUND_ENDS: f64 = 2.0;
/// Thinner than this in dots, a line would be no more than a shadow.
const THINNEST: f64 = 0.35;
/// A dash and its gap, in dots. Shorter ones make a line that is even, and only keep a computer busy.
const FINEST_DASHES: f64 = 0.25;
/// More lines in one path are drawn as they are.
const MOST_SEGMENTS: usize = 20_000;

/// A rectangle on whole dots, at least one of them wide and tall. `None` when it does not lie along them.
pub(super) fn whole_dots(rect: Rect, transform: Affine) -> Option<Rect> {
    is_upright(transform).then(|| {
        let rect = transform.transform_rect_bbox(rect);
        let ((x0, x1), (y0, y1)) = (edges(rect.x0, rect.x1), edges(rect.y0, rect.y1));
        Rect::new(x0, y0, x1, y1)
    })
}

/// The lines of a path as rectangles on whole dots. `None` when not all of them run along the dots.
pub(super) fn straight(path: &BezPath, transform: Affine, stroke: &StrokeProps) -> Option<BezPath> {
    if !is_upright(transform) || path.elements().len() > MOST_SEGMENTS {
        return None;
    }
    let [a, b, c, d, ..] = transform.as_coeffs();
    let width = f64::from(stroke.line_width).abs();
    // How wide a line is that runs across, and one that runs down.
    let widths = (width * b.hypot(d), width * a.hypot(c));
    let is_wide = widths.0.max(widths.1) > SHOWS_ROUND_ENDS;
    if is_wide && (stroke.line_cap == Cap::Round || stroke.line_join != Join::Miter) {
        return None;
    }
    let reach = |ends: bool| if ends { 0.0 } else { 0.5 };
    let mut lines = BezPath::new();
    let lengths = dashes(stroke, a.hypot(b).max(c.hypot(d)));
    for part in parts(path, &lengths, f64::from(stroke.dash_offset))? {
        let count = part.points.len().saturating_sub(1);
        for (at, pair) in part.points.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            if from == to && stroke.line_cap == Cap::Butt {
                continue;
            }
            let (from, to) = (transform * *from, transform * *to);
            let is_end = |is_outermost: bool| is_outermost && !part.is_closed && stroke.line_cap == Cap::Butt;
            let (before, after) = (reach(is_end(at == 0)), reach(is_end(at + 1 == count)));
            let (is_across, is_down) = ((from.y - to.y).abs() < STRAIGHT, (from.x - to.x).abs() < STRAIGHT);
            let rect = if is_across {
                let sign = if to.x < from.x { -1.0 } else { 1.0 };
                let (left, right) = (from.x - sign * before * widths.1, to.x + sign * after * widths.1);
                let half = widths.0 / 2.0;
                ((left.min(right), left.max(right)), (from.y - half, from.y + half))
            } else if is_down {
                let sign = if to.y < from.y { -1.0 } else { 1.0 };
                let (top, bottom) = (from.y - sign * before * widths.0, to.y + sign * after * widths.0);
                let half = widths.1 / 2.0;
                ((from.x - half, from.x + half), (top.min(bottom), top.max(bottom)))
            } else {
                return None;
            };
            let ((x0, x1), (y0, y1)) = (edges(rect.0.0, rect.0.1), edges(rect.1.0, rect.1.1));
            lines.extend(Rect::new(x0, y0, x1, y1).path_elements(0.1));
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// How a line is drawn that does not run along the dots.
pub(super) fn line(stroke: &StrokeProps, transform: Affine) -> Stroke {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let scale = a.hypot(b).max(c.hypot(d)).max(f64::MIN_POSITIVE);
    let width = f64::from(stroke.line_width).max(THINNEST / scale);
    let is_thin = width * scale <= 1.0;
    Stroke {
        width,
        // Thinner than a dot, nobody sees how a line ends.
        join: if is_thin { Join::Bevel } else { stroke.line_join },
        miter_limit: f64::from(stroke.miter_limit),
        start_cap: if is_thin && stroke.line_cap == Cap::Round {
            Cap::Square
        } else {
            stroke.line_cap
        },
        end_cap: if is_thin && stroke.line_cap == Cap::Round {
            Cap::Square
        } else {
            stroke.line_cap
        },
        dash_pattern: dashes(stroke, scale).into_iter().collect(),
        dash_offset: f64::from(stroke.dash_offset),
    }
}

/// The surface that a line covers.
pub(super) fn form(path: &BezPath, transform: Affine, stroke: &StrokeProps) -> BezPath {
    kurbo::stroke(path.iter(), &line(stroke, transform), &StrokeOpts::default(), 0.1)
}

/// How long dashes and gaps are; none where nobody could tell one from the next.
fn dashes(stroke: &StrokeProps, scale: f64) -> Vec<f64> {
    let lengths: Vec<f64> = stroke
        .dash_array
        .iter()
        .map(|length| f64::from(*length))
        .collect();
    let is_visible =
        lengths.iter().sum::<f64>() * scale >= FINEST_DASHES && lengths.iter().all(|length| *length >= 0.0);
    if is_visible { lengths } else { Vec::new() }
}

/// Lines that hang together.
struct Part {
    points: Vec<Point>,
    is_closed: bool,
}

/// `None` when some are curved.
fn parts(path: &BezPath, lengths: &[f64], offset: f64) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |element: PathEl| {
        match element {
            PathEl::MoveTo(point) => parts.push(Part {
                points: vec![point],
                is_closed: false,
            }),
            PathEl::LineTo(point) => parts.last_mut()?.points.push(point),
            PathEl::ClosePath => {
                let part = parts.last_mut()?;
                let first = *part.points.first()?;
                if part.points.last() != Some(&first) {
                    part.points.push(first);
                }
                part.is_closed = true;
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => return None,
        }
        Some(())
    };
    if lengths.is_empty() {
        for element in path.iter() {
            add(element)?;
        }
    } else {
        for (count, element) in dash(path.iter(), offset, lengths).enumerate() {
            if count > MOST_SEGMENTS {
                return None;
            }
            add(element)?;
        }
    }
    Some(parts)
}

fn is_upright(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let scale = a.abs().max(b.abs()).max(c.abs()).max(d.abs());
    let is_nothing = |value: f64| value.abs() <= scale * 1e-6;
    (is_nothing(b) && is_nothing(c)) || (is_nothing(a) && is_nothing(d))
}

/// Both to the nearest border of a dot, and at least one dot between them.
fn edges(from: f64, to: f64) -> (f64, f64) {
    let (from, to) = ((from + 0.5).floor(), (to + 0.5).floor());
    (from, if to > from { to } else { from + 1.0 })
}
