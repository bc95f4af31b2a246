//! How large a picture of a page is asked for, and in which parts once the whole would be too large. Pure.

use super::layout::{Area, Size};

/// A whole page is drawn with no more dots: larger ones cost memory for what nobody sees.
const MOST_DOTS: f64 = 4_000_000.0;
/// Width and height of a part.
const TILE: u32 = 1_024;

/// Which pictures a page needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawing {
    /// One of the whole page.
    Whole { width_px: u32 },
    /// A coarse one of the whole page, and parts of one that is finer.
    Parts {
        coarse_px: u32,
        width_px: u32,
        height_px: u32,
    },
}

impl Drawing {
    /// The width of the picture of the whole page.
    pub(super) fn whole_px(self) -> u32 {
        match self {
            Self::Whole { width_px } => width_px,
            Self::Parts { coarse_px, .. } => coarse_px,
        }
    }
}

/// A part of a page, in dots of the page when it is drawn `page_width_px` wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub(super) page_width_px: u32,
    pub(super) page_height_px: u32,
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// For a page that is so large, not turned, on a screen with so many dots to a pixel of the style sheet.
pub(super) fn drawing(paper: Size, dots_per_pixel: f64) -> Drawing {
    let (width, height) = (paper.width * dots_per_pixel, paper.height * dots_per_pixel);
    let dots = width * height;
    if dots <= MOST_DOTS {
        return Drawing::Whole {
            width_px: whole(width.ceil()),
        };
    }
    Drawing::Parts {
        coarse_px: whole((width * (MOST_DOTS / dots).sqrt()).floor()),
        width_px: whole(width.ceil()),
        height_px: whole(height.ceil()),
    }
}

/// The parts that show what is seen of the page; `seen` in pixels of the page as it came, `paper` its size in them.
pub(super) fn tiles(drawing: Drawing, paper: Size, seen: Area) -> Vec<Tile> {
    let Drawing::Parts {
        width_px, height_px, ..
    } = drawing
    else {
        return Vec::new();
    };
    let scale = f64::from(width_px) / paper.width.max(1.0);
    let columns = spanned(seen.left * scale, (seen.left + seen.width) * scale, width_px);
    let rows = spanned(seen.top * scale, (seen.top + seen.height) * scale, height_px);
    rows.flat_map(|row| {
        columns.clone().map(move |column| {
            let (left, top) = (column * TILE, row * TILE);
            Tile {
                page_width_px: width_px,
                page_height_px: height_px,
                left,
                top,
                width: TILE.min(width_px.saturating_sub(left)),
                height: TILE.min(height_px.saturating_sub(top)),
            }
        })
    })
    .collect()
}

fn spanned(from: f64, to: f64, end: u32) -> std::ops::Range<u32> {
    let count = end.div_ceil(TILE);
    let first = whole_or_zero((from / f64::from(TILE)).floor());
    let last = whole_or_zero((to / f64::from(TILE)).ceil());
    first.min(count)..last.min(count)
}

fn whole(dots: f64) -> u32 {
    whole_or_zero(dots).max(1)
}

fn whole_or_zero(dots: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let whole = dots as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Size = Size {
        width: 816.0,
        height: 1_056.0,
    };

    #[test]
    fn an_ordinary_page_is_one_picture_as_sharp_as_the_screen() {
        assert_eq!(drawing(LETTER, 1.0), Drawing::Whole { width_px: 816 });
        assert_eq!(drawing(LETTER, 1.5), Drawing::Whole { width_px: 1_224 });
    }

    #[test]
    fn a_large_page_is_drawn_in_parts_over_a_coarse_picture_that_stays_the_same() {
        let four_times = Size {
            width: 3_264.0,
            height: 4_224.0,
        };
        let Drawing::Parts {
            coarse_px, width_px, ..
        } = drawing(four_times, 1.0)
        else {
            panic!("13 million dots in one picture");
        };
        assert_eq!(width_px, 3_264);
        assert!(f64::from(coarse_px) * f64::from(coarse_px) * 1_056.0 / 816.0 <= MOST_DOTS);
        assert_eq!(drawing(four_times, 2.0).whole_px(), coarse_px);
    }

    #[test]
    fn only_the_parts_in_view_are_asked_for() {
        let paper = Size {
            width: 3_264.0,
            height: 4_224.0,
        };
        let seen = Area {
            left: 1_000.0,
            top: 2_100.0,
            width: 900.0,
            height: 600.0,
        };
        let tiles = tiles(drawing(paper, 1.0), paper, seen);
        let corners: Vec<_> = tiles.iter().map(|tile| (tile.left, tile.top)).collect();
        assert_eq!(corners, [(0, 2_048), (1_024, 2_048)]);
    }

    #[test]
    fn parts_cover_the_page_to_its_edges_and_no_further() {
        let paper = Size {
            width: 3_264.0,
            height: 4_224.0,
        };
        let seen = Area {
            left: 0.0,
            top: 0.0,
            width: paper.width,
            height: paper.height + 500.0,
        };
        let tiles = tiles(drawing(paper, 1.0), paper, seen);
        let dots: u64 = tiles
            .iter()
            .map(|tile| u64::from(tile.width) * u64::from(tile.height))
            .sum();
        assert_eq!(dots, 3_264 * 4_224);
    }

    #[test]
    fn a_page_in_one_picture_has_no_parts() {
        let seen = Area {
            left: 0.0,
            top: 0.0,
            width: 10.0,
            height: 10.0,
        };
        assert!(tiles(drawing(LETTER, 1.0), LETTER, seen).is_empty());
    }
}
