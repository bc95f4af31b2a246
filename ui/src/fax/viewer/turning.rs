//! What turning a page by quarters does to sizes and places. Pure.

use super::layout::{Area, Size};
use domain::fax::ViewedPage;

/// A page in points as it is shown.
pub(super) fn size(page: &ViewedPage) -> Size {
    let size = paper(page);
    turned(size, page.quarter_turns)
}

/// A page in points as it came.
pub(super) fn paper(page: &ViewedPage) -> Size {
    Size {
        width: f64::from(page.size.width.max(1)),
        height: f64::from(page.size.height.max(1)),
    }
}

/// Width and height change places with each quarter.
pub(super) fn turned(size: Size, quarters: u8) -> Size {
    if quarters.is_multiple_of(2) {
        size
    } else {
        Size {
            width: size.height,
            height: size.width,
        }
    }
}

/// The same part on the page as it came. `shown` is the size of the page as it is shown.
pub(super) fn on_paper(part: Area, shown: Size, quarters: u8) -> Area {
    let right = shown.width - part.left - part.width;
    let bottom = shown.height - part.top - part.height;
    let (left, top, width, height) = match quarters % 4 {
        0 => (part.left, part.top, part.width, part.height),
        1 => (part.top, right, part.height, part.width),
        2 => (right, bottom, part.width, part.height),
        _ => (bottom, part.left, part.height, part.width),
    };
    Area {
        left,
        top,
        width,
        height,
    }
}

/// The other way: a part of the page as it came, on the page as it is shown.
pub(super) fn as_shown(part: Area, paper: Size, quarters: u8) -> Area {
    on_paper(part, paper, (4 - quarters % 4) % 4)
}

/// For the style sheet, which turns the paper so that it fills the page again.
pub(crate) fn class(quarters: u8) -> Option<&'static str> {
    match quarters % 4 {
        0 => None,
        1 => Some("turned-1"),
        2 => Some("turned-2"),
        _ => Some("turned-3"),
    }
}

/// One or more quarters on, to the right or, below zero, to the left.
pub(super) fn after(quarters: u8, by: i8) -> u8 {
    u8::try_from((i16::from(quarters) + i16::from(by)).rem_euclid(4)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Size = Size {
        width: 600.0,
        height: 800.0,
    };
    /// Near the upper left corner of the paper.
    const MARK: Area = Area {
        left: 10.0,
        top: 20.0,
        width: 100.0,
        height: 30.0,
    };

    #[test]
    fn a_mark_is_found_again_however_the_page_is_turned() {
        for quarters in 0..4 {
            let shown = as_shown(MARK, PAPER, quarters);
            assert_eq!(on_paper(shown, turned(PAPER, quarters), quarters), MARK);
        }
    }

    #[test]
    fn a_quarter_to_the_right_puts_the_upper_left_corner_to_the_upper_right() {
        let shown = as_shown(MARK, PAPER, 1);
        assert_eq!(
            shown,
            Area {
                left: 750.0,
                top: 10.0,
                width: 30.0,
                height: 100.0
            }
        );
    }

    #[test]
    fn four_quarters_are_none() {
        assert_eq!(after(3, 1), 0);
        assert_eq!(after(0, -1), 3);
        assert_eq!(after(1, 2), 3);
        assert_eq!(class(4), None);
    }
}
