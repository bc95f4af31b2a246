//! Where the pages of a fax stand at a zoom, which of them are near, and which point stays where it is. Pure arithmetic; nothing here
//! touches the page.

use std::ops::Range;

/// Between two pages, and around all of them, in pixels of the style sheet.
pub(super) const GAP: f64 = 16.0;
/// Pixels of the style sheet to a point of paper at 100 %.
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;
/// A scrap of paper is not blown up without limit to fit.
const MOST_FITTED: f64 = 400.0;
/// A window that has hardly any room still shows something.
const LEAST_ROOM: f64 = 40.0;

/// Width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A part of something, in its pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn size(self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    pub(super) fn scaled(self, by: f64) -> Self {
        Self {
            left: self.left * by,
            top: self.top * by,
            width: self.width * by,
            height: self.height * by,
        }
    }

    /// What both have; `None` when they do not touch.
    pub(super) fn shared(self, other: Self) -> Option<Self> {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        let width = (self.left + self.width).min(other.left + other.width) - left;
        let height = (self.top + self.height).min(other.top + other.height) - top;
        (width > 0.0 && height > 0.0).then_some(Self {
            left,
            top,
            width,
            height,
        })
    }
}

/// How large pages are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Zoom {
    /// Each page as wide as the view, so that plans and letters are read alike.
    FitWidth,
    /// Each page wholly in view.
    FitPage,
    /// Of the paper's size.
    Percent(f64),
}

/// A page's place on the sheet that scrolls.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    top: f64,
    size: Size,
    percent: f64,
}

/// A point of a page that shall stay where it is while everything around it changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    page: usize,
    /// Parts of the page's width and height.
    across: f64,
    down: f64,
    /// Where it is seen, from the corner of the view.
    at: (f64, f64),
}

/// All places.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Layout {
    places: Vec<Place>,
    view: Size,
    /// Of the sheet that scrolls.
    size: Size,
}

impl Layout {
    /// From the sizes of the pages in points, turned as they are shown, and the size of the view.
    pub(super) fn new(pages: &[Size], zoom: Zoom, view: Size) -> Self {
        let room = Size {
            width: (view.width - 2.0 * GAP).max(LEAST_ROOM),
            height: (view.height - 2.0 * GAP).max(LEAST_ROOM),
        };
        let mut top = GAP;
        let mut widest = 0.0_f64;
        let places: Vec<Place> = pages
            .iter()
            .map(|page| {
                let page = Size {
                    width: page.width.max(1.0),
                    height: page.height.max(1.0),
                };
                let percent = percent_of(page, zoom, room);
                let scale = percent / 100.0 * PIXELS_PER_POINT;
                // Whole pixels, as a page that begins between two is drawn blurred.
                let size = Size {
                    width: (page.width * scale).round().max(1.0),
                    height: (page.height * scale).round().max(1.0),
                };
                let place = Place { top, size, percent };
                top += size.height + GAP;
                widest = widest.max(size.width);
                place
            })
            .collect();
        Self {
            places,
            view,
            size: Size {
                width: view.width.max(widest + 2.0 * GAP),
                height: view.height.max(top),
            },
        }
    }

    /// Reckoned without a view: nothing can be looked at in it.
    pub(super) fn is_blind(&self) -> bool {
        self.view.width <= 0.0
    }

    /// Number of pages.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Of the sheet that scrolls.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Of a page, in per cent of the paper.
    pub(super) fn percent(&self, page: usize) -> f64 {
        self.places.get(page).map_or(100.0, |place| place.percent)
    }

    /// Where a page is. One that is narrower than the view stays in its middle when a wider neighbour is scrolled sideways.
    pub(super) fn page(&self, page: usize, scrolled_left: f64) -> Area {
        let Some(place) = self.places.get(page) else {
            return Area::default();
        };
        let left = if place.size.width + 2.0 * GAP <= self.view.width {
            scrolled_left + ((self.view.width - place.size.width) / 2.0).floor()
        } else {
            ((self.size.width - place.size.width) / 2.0).floor()
        };
        Area {
            left,
            top: place.top,
            width: place.size.width,
            height: place.size.height,
        }
    }

    /// The page at a height; the gap below a page belongs to it.
    pub(super) fn at(&self, y: f64) -> usize {
        self.places
            .partition_point(|place| place.top <= y)
            .saturating_sub(1)
    }

    /// The pages in view, and those that are up to `margin` pixels away.
    pub(super) fn near(&self, view: Area, margin: f64) -> Range<usize> {
        if self.places.is_empty() {
            return 0..0;
        }
        self.at(view.top - margin)..self.at(view.top + view.height + margin) + 1
    }

    /// The page somebody looks at: the one of which most is seen, the first of several.
    pub(super) fn current(&self, view: Area) -> usize {
        let seen = |index: usize| {
            let place = self.places.get(index)?;
            let top = place.top.max(view.top);
            let bottom = (place.top + place.size.height).min(view.top + view.height);
            Some((bottom - top).max(0.0) / place.size.height.min(view.height.max(1.0)))
        };
        let mut best = (self.at(view.top), 0.0);
        for index in self.near(view, 0.0) {
            if let Some(share) = seen(index).filter(|share| *share > best.1 + 0.01) {
                best = (index, share);
            }
        }
        best.0
    }

    /// What is at a point of the view.
    pub(super) fn anchor(&self, view: Area, at: (f64, f64)) -> Anchor {
        let page = self.at(view.top + at.1);
        let place = self.page(page, view.left);
        Anchor {
            page,
            across: (view.left + at.0 - place.left) / place.width.max(1.0),
            down: (view.top + at.1 - place.top) / place.height.max(1.0),
            at,
        }
    }

    /// A page at the top of the view.
    pub(super) fn top_of(&self, page: usize) -> Anchor {
        Anchor {
            page,
            across: 0.5,
            down: 0.0,
            at: (self.view.width / 2.0, GAP),
        }
    }

    /// How far to scroll, from the left and the top, so that it is there again.
    pub(super) fn scroll_to(&self, anchor: Anchor) -> (f64, f64) {
        let place = self.page(anchor.page, 0.0);
        let is_narrow = place.width + 2.0 * GAP <= self.view.width;
        let left = if is_narrow {
            // It is in the middle anyhow; so is the sheet then.
            (self.size.width - self.view.width) / 2.0
        } else {
            place.left + anchor.across * place.width - anchor.at.0
        };
        self.within(left, place.top + anchor.down * place.height - anchor.at.1)
    }

    /// How far to scroll so that a page begins at the top of the view.
    pub(super) fn scroll_to_page(&self, page: usize, scrolled_left: f64) -> (f64, f64) {
        let place = self.page(page.min(self.len().saturating_sub(1)), scrolled_left);
        self.within(scrolled_left, place.top - GAP)
    }

    /// How far to scroll so that a part of a page is well in view; `None` when it is.
    pub(super) fn scroll_to_part(&self, page: usize, part: Area, view: Area) -> Option<(f64, f64)> {
        let place = self.page(page, view.left);
        let (left, top) = (place.left + part.left, place.top + part.top);
        let is_seen = top >= view.top + GAP
            && top + part.height <= view.top + view.height - GAP
            && left >= view.left
            && left + part.width <= view.left + view.width;
        (!is_seen).then(|| {
            let across = if left >= view.left && left + part.width <= view.left + view.width {
                view.left
            } else {
                left - (view.width - part.width) / 2.0
            };
            self.within(across, top - view.height / 3.0)
        })
    }

    /// Which part of a page is seen, in pixels of the page.
    pub(super) fn seen(&self, page: usize, view: Area) -> Option<Area> {
        let place = self.page(page, view.left);
        let shared = place.shared(view)?;
        Some(Area {
            left: shared.left - place.left,
            top: shared.top - place.top,
            ..shared
        })
    }

    fn within(&self, left: f64, top: f64) -> (f64, f64) {
        (
            left.min(self.size.width - self.view.width).max(0.0),
            top.min(self.size.height - self.view.height).max(0.0),
        )
    }
}

fn percent_of(page: Size, zoom: Zoom, room: Size) -> f64 {
    let across = room.width / page.width / PIXELS_PER_POINT * 100.0;
    let down = room.height / page.height / PIXELS_PER_POINT * 100.0;
    match zoom {
        Zoom::FitWidth => across.min(MOST_FITTED),
        Zoom::FitPage => across.min(down).min(MOST_FITTED),
        Zoom::Percent(percent) => percent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Size = Size {
        width: 612.0,
        height: 792.0,
    };
    /// An E-size plan, lying.
    const PLAN: Size = Size {
        width: 3_168.0,
        height: 2_448.0,
    };
    const VIEW: Size = Size {
        width: 1_000.0,
        height: 700.0,
    };

    fn seen_from(left: f64, top: f64) -> Area {
        Area {
            left,
            top,
            width: VIEW.width,
            height: VIEW.height,
        }
    }

    #[test]
    fn letters_and_plans_are_equally_wide_when_they_fit_the_width() {
        let layout = Layout::new(&[LETTER, PLAN], Zoom::FitWidth, VIEW);
        assert_eq!(layout.page(0, 0.0).width, 968.0);
        assert_eq!(layout.page(1, 0.0).width, 968.0);
        assert_eq!(layout.size().width, VIEW.width);
    }

    #[test]
    fn a_page_that_fits_is_wholly_in_view() {
        let layout = Layout::new(&[LETTER, PLAN], Zoom::FitPage, VIEW);
        assert_eq!(layout.page(0, 0.0).height, 668.0);
        let plan = layout.page(1, 0.0);
        assert!(plan.width <= 968.0 && plan.height <= 668.0);
    }

    #[test]
    fn a_hundred_per_cent_is_the_size_of_the_paper() {
        let layout = Layout::new(&[LETTER], Zoom::Percent(100.0), VIEW);
        assert_eq!(
            layout.page(0, 0.0).size(),
            Size {
                width: 816.0,
                height: 1_056.0
            }
        );
        assert_eq!(layout.page(0, 0.0).left, 92.0);
    }

    #[test]
    fn only_pages_near_the_view_are_near() {
        let pages = vec![LETTER; 400];
        let layout = Layout::new(&pages, Zoom::Percent(100.0), VIEW);
        assert_eq!(layout.near(seen_from(0.0, 0.0), 0.0), 0..1);
        // 1,072 pixels from one page to the next.
        assert_eq!(layout.near(seen_from(0.0, 107_200.0), 1_100.0), 98..102);
        assert_eq!(
            layout
                .near(seen_from(0.0, layout.size().height - 700.0), 700.0)
                .end,
            400
        );
        assert_eq!(
            Layout::new(&[], Zoom::FitWidth, VIEW).near(seen_from(0.0, 0.0), 500.0),
            0..0
        );
    }

    #[test]
    fn the_page_of_which_most_is_seen_is_the_current_one() {
        let layout = Layout::new(&[LETTER; 3], Zoom::Percent(100.0), VIEW);
        assert_eq!(layout.current(seen_from(0.0, 0.0)), 0);
        assert_eq!(layout.current(seen_from(0.0, 600.0)), 0);
        assert_eq!(layout.current(seen_from(0.0, 800.0)), 1);
        assert_eq!(layout.current(seen_from(0.0, layout.size().height - 700.0)), 2);
    }

    #[test]
    fn a_page_that_was_gone_to_is_the_current_one() {
        for zoom in [
            Zoom::FitWidth,
            Zoom::FitPage,
            Zoom::Percent(100.0),
            Zoom::Percent(400.0),
        ] {
            let pages = [LETTER, PLAN, LETTER, LETTER, PLAN, LETTER];
            let layout = Layout::new(&pages, zoom, VIEW);
            for page in 0..pages.len() {
                let (left, top) = layout.scroll_to_page(page, 0.0);
                assert_eq!(layout.current(seen_from(left, top)), page, "{zoom:?}");
            }
        }
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let pages = [LETTER, PLAN, LETTER];
        let before = Layout::new(&pages, Zoom::Percent(200.0), VIEW);
        let view = seen_from(700.0, 3_000.0);
        let at = (320.0, 410.0);
        let anchor = before.anchor(view, at);
        let after = Layout::new(&pages, Zoom::Percent(300.0), VIEW);
        let (left, top) = after.scroll_to(anchor);
        let again = after.anchor(seen_from(left, top), at);
        assert_eq!(again.page, anchor.page);
        assert!((again.across - anchor.across).abs() < 1e-9);
        assert!((again.down - anchor.down).abs() < 1e-9);
    }

    #[test]
    fn a_page_that_is_fitted_is_put_to_the_top() {
        let pages = [LETTER, PLAN, LETTER, LETTER];
        let before = Layout::new(&pages, Zoom::Percent(200.0), VIEW);
        let after = Layout::new(&pages, Zoom::FitPage, VIEW);
        let (_, top) = after.scroll_to(before.top_of(1));
        assert_eq!(top, after.page(1, 0.0).top - GAP);
    }

    #[test]
    fn zooming_never_scrolls_beyond_the_sheet() {
        let before = Layout::new(&[LETTER], Zoom::Percent(400.0), VIEW);
        let anchor = before.anchor(seen_from(0.0, 3_500.0), (10.0, 690.0));
        let after = Layout::new(&[LETTER], Zoom::Percent(25.0), VIEW);
        assert_eq!(after.scroll_to(anchor), (0.0, 0.0));
    }

    #[test]
    fn a_letter_beside_a_plan_stays_in_view_wherever_the_plan_is_scrolled() {
        let layout = Layout::new(&[PLAN, LETTER], Zoom::Percent(100.0), VIEW);
        assert!(layout.size().width > 4_000.0);
        for left in [0.0, 1_500.0, 3_000.0] {
            let letter = layout.page(1, left);
            assert_eq!(letter.left - left, 92.0);
        }
        assert_eq!(layout.page(0, 1_500.0).left, GAP);
    }

    #[test]
    fn what_is_in_view_already_is_not_scrolled_to() {
        let layout = Layout::new(&[LETTER; 3], Zoom::Percent(100.0), VIEW);
        let word = Area {
            left: 100.0,
            top: 300.0,
            width: 60.0,
            height: 14.0,
        };
        assert_eq!(layout.scroll_to_part(0, word, seen_from(0.0, 0.0)), None);
        let (_, top) = layout.scroll_to_part(2, word, seen_from(0.0, 0.0)).unwrap();
        assert!(layout.scroll_to_part(2, word, seen_from(0.0, top)).is_none());
    }

    #[test]
    fn a_fax_without_pages_has_a_layout() {
        let layout = Layout::new(&[], Zoom::FitPage, Size::default());
        assert!(layout.is_blind());
        assert_eq!(layout.current(Area::default()), 0);
        assert_eq!(layout.scroll_to_page(7, 0.0), (0.0, 0.0));
        assert_eq!(layout.page(0, 0.0), Area::default());
    }
}
