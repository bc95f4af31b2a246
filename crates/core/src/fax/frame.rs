//! Which part of a page is drawn, and how large.

use super::FaxError;
use serde::{Deserialize, Serialize};

/// Wider than any window; 300 dots per inch of a letter page.
pub(super) const WIDEST: u32 = 2_560;
/// A page of ten times its width, or a picture of this many dots, is no page of a fax.
const TALLEST: u32 = 20_000;
const MOST_DOTS: u64 = 60_000_000;
/// Dots in a line of every fax machine (ITU-T T.4).
const USUAL_WIDTH: u32 = 1_728;
/// A plan of 44 inches at the eight hundred dots per inch to which 400 % on a sharp screen comes.
const WIDEST_WHOLE: u32 = 36_000;
/// A part is no larger than a large screen.
const LARGEST_PART: u32 = 4_096;
/// Printed from edge to edge of the largest plotters, and then some.
const LONGEST_SIDE_POINTS: f64 = 100_000.0;

/// The page is drawn `page_width` by `page_height` dots large, and of that the part at `left`, `top` is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) page_width: u32,
    pub(super) page_height: u32,
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// How large a page is wanted, before it is known how tall it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Wanted {
    /// The whole page, so wide.
    Whole { width: u32 },
    /// A part of the page that is so wide.
    Part {
        page_width: u32,
        left: u32,
        top: u32,
        width: u32,
        height: u32,
    },
    /// The whole page with the dots it has.
    Own,
    /// The whole page with exactly so many dots, whatever its shape: fax machines have oblong dots.
    Exact { width: u32, height: u32 },
}

impl Wanted {
    /// Settles what can be drawn of a page that is so wide and tall. `own` is how many dots it has itself, if it is made of dots: more
    /// would only be larger.
    pub(super) fn frame(self, page: (f64, f64), own: Option<(u32, u32)>) -> Result<Frame, FaxError> {
        let (across, down) = page;
        // Neither of them may be no number.
        if !(across > 0.0 && down > 0.0 && across.max(down) <= LONGEST_SIDE_POINTS) {
            return Err(FaxError::TooLarge);
        }
        match self {
            Self::Whole { width } => {
                let width = width
                    .clamp(1, WIDEST)
                    .min(own.map_or(WIDEST, |(width, _)| width.max(1)));
                Frame::whole(width, height_for(page, width)?)
            }
            Self::Own => {
                let (width, height) = match own {
                    Some(own) => own,
                    None => (USUAL_WIDTH, height_for(page, USUAL_WIDTH)?),
                };
                Frame::whole(width.max(1), height.max(1))
            }
            Self::Exact { width, height } => Frame::whole(width.max(1), height.max(1)),
            Self::Part {
                page_width,
                left,
                top,
                width,
                height,
            } => {
                let page_width = page_width.clamp(1, WIDEST_WHOLE);
                let page_height = height_for(page, page_width)?;
                let (left, top) = (left.min(page_width - 1), top.min(page_height - 1));
                Ok(Frame {
                    page_width,
                    page_height,
                    left,
                    top,
                    width: width.clamp(1, LARGEST_PART).min(page_width - left),
                    height: height.clamp(1, LARGEST_PART).min(page_height - top),
                })
            }
        }
    }
}

impl Frame {
    fn whole(width: u32, height: u32) -> Result<Self, FaxError> {
        if height > TALLEST || width > TALLEST || u64::from(width) * u64::from(height) > MOST_DOTS {
            return Err(FaxError::TooLarge);
        }
        Ok(Self {
            page_width: width,
            page_height: height,
            left: 0,
            top: 0,
            width,
            height,
        })
    }
}

/// How tall a page becomes when it is so wide.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range, and the end is refused"
)]
fn height_for((across, down): (f64, f64), width: u32) -> Result<u32, FaxError> {
    let height = ((f64::from(width) * down / across).round() as u32).max(1);
    if height == u32::MAX {
        return Err(FaxError::TooLarge);
    }
    Ok(height)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: (f64, f64) = (612.0, 792.0);

    #[test]
    fn a_part_never_reaches_beyond_its_page() {
        let part = Wanted::Part {
            page_width: 1_224,
            left: 1_000,
            top: 9_999,
            width: 500,
            height: 500,
        };
        let frame = part.frame(LETTER, None).unwrap();
        assert_eq!((frame.page_width, frame.page_height), (1_224, 1_584));
        assert_eq!((frame.left, frame.width), (1_000, 224));
        assert_eq!((frame.top, frame.height), (1_583, 1));
    }

    #[test]
    fn dots_are_not_made_up_and_ribbons_are_refused() {
        let own = |own| Wanted::Whole { width: 5_000 }.frame(LETTER, own).unwrap().width;
        assert_eq!((own(Some((1_728, 2_200))), own(None)), (1_728, WIDEST));
        let refused = Wanted::Whole { width: 1_000 }.frame((10.0, 90_000.0), None);
        assert!(matches!(refused, Err(FaxError::TooLarge)));
        for impossible in [(1e9, 10.0), (f64::NAN, 10.0), (10.0, 0.0)] {
            assert!(Wanted::Whole { width: 100 }.frame(impossible, None).is_err());
        }
    }
}
