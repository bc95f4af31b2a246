//! The eight ways in which the rows of a TIFF may lie on its page (TIFF 6.0, tag Orientation).

use super::super::bitmap::Bitmap;
use super::super::frame::Frame;

/// How a picture is stored, against how it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned {
    /// Rows of the file are columns of the page.
    pub(super) swaps_sides: bool,
    mirrors_across: bool,
    mirrors_down: bool,
}

impl Turned {
    pub(super) fn of(orientation: Option<u32>) -> Self {
        let (swaps_sides, mirrors_across, mirrors_down) = match orientation {
            Some(2) => (false, true, false),
            Some(3) => (false, true, true),
            Some(4) => (false, false, true),
            Some(5) => (true, false, false),
            Some(6) => (true, false, true),
            Some(7) => (true, true, true),
            Some(8) => (true, true, false),
            _ => (false, false, false),
        };
        Self {
            swaps_sides,
            mirrors_across,
            mirrors_down,
        }
    }

    /// The part of the stored picture that becomes this part of the page.
    pub(super) fn stored(self, frame: Frame) -> Frame {
        if self == Self::of(None) {
            return frame;
        }
        let (page_width, page_height) = self.sides(frame.page_width, frame.page_height);
        let (width, height) = self.sides(frame.width, frame.height);
        let (near_left, near_top) = self.place(frame, frame.left, frame.top);
        let (far_left, far_top) =
            self.place(frame, frame.left + frame.width - 1, frame.top + frame.height - 1);
        Frame {
            page_width,
            page_height,
            left: near_left.min(far_left),
            top: near_top.min(far_top),
            width,
            height,
        }
    }

    /// Turns what was drawn of the stored picture as the page is looked at.
    pub(super) fn shown(self, frame: Frame, drawn: Bitmap) -> Bitmap {
        if self == Self::of(None) {
            return drawn;
        }
        let stored = self.stored(frame);
        drawn.rearranged(frame.width, frame.height, |x, y| {
            let (left, top) = self.place(frame, frame.left + x, frame.top + y);
            (left - stored.left, top - stored.top)
        })
    }

    fn sides(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps_sides {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Where a dot of the page is stored.
    fn place(self, frame: Frame, x: u32, y: u32) -> (u32, u32) {
        let (width, height) = self.sides(frame.page_width, frame.page_height);
        let (x, y) = self.sides(x, y);
        (
            if self.mirrors_across { width - 1 - x } else { x },
            if self.mirrors_down { height - 1 - y } else { y },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three by two dots, `abc` above `def`, as they are looked at.
    fn shown(orientation: u32) -> String {
        let turned = Turned::of(Some(orientation));
        let (width, height) = turned.sides(3, 2);
        let frame = Frame {
            page_width: width,
            page_height: height,
            left: 0,
            top: 0,
            width,
            height,
        };
        let stored = Bitmap {
            width: 3,
            height: 2,
            samples_per_dot: 1,
            samples: b"abcdef".to_vec(),
        };
        assert_eq!(turned.stored(frame).page_width, 3);
        let shown = turned.shown(frame, stored);
        String::from_utf8(shown.samples).unwrap()
    }

    #[test]
    fn a_page_is_shown_upright_however_it_is_stored() {
        let all: Vec<_> = (1..=8).map(shown).collect();
        assert_eq!(
            all,
            [
                "abcdef", "cbafed", "fedcba", "defabc", "adbecf", "daebfc", "fcebda", "cfbead"
            ]
        );
    }
}
