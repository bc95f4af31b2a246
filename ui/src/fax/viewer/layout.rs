//! Where the pages of a fax stand at a zoom, and which of them are near. Pure arithmetic; nothing here touches the page.

mod holding;
mod shapes;
#[cfg(test)]
mod tests;

pub(super) use holding::Anchor;
pub(super) use shapes::{Area, Size};

use std::ops::Range;

/// Between two pages, and around all of them, in pixels of the style sheet.
pub(super) const GAP: f64 = 16.0;
/// Pixels of the style sheet to a point of paper at 100 %.
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;
/// A scrap of paper is not blown up without limit to fit.
const MOST_FITTED: f64 = 400.0;
/// A window that has hardly any room still shows something.
const LEAST_ROOM: f64 = 40.0;

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

    /// Of a page, in per cent of the paper. Without a view there is nothing yet to fit it to.
    pub(super) fn percent(&self, page: usize) -> f64 {
        let place = self.places.get(page).filter(|_| !self.is_blind());
        place.map_or(100.0, |place| place.percent)
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
