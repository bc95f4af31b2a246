//! Which point of a page stays where it is while the zoom or the window changes, and how far to scroll for that, or to somewhere else.

use super::{Area, GAP, Layout};

/// A point of a page that shall stay where it is while everything around it changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::fax::viewer) struct Anchor {
    pub(super) page: usize,
    /// Parts of the page's width and height.
    pub(super) across: f64,
    pub(super) down: f64,
    /// Where it is seen, from the corner of the view.
    at: (f64, f64),
}

impl Layout {
    /// What is at a point of the view.
    pub(in crate::fax::viewer) fn anchor(&self, view: Area, at: (f64, f64)) -> Anchor {
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
    pub(in crate::fax::viewer) fn top_of(&self, page: usize) -> Anchor {
        Anchor {
            page,
            across: 0.5,
            down: 0.0,
            at: (self.view.width / 2.0, GAP),
        }
    }

    /// How far to scroll, from the left and the top, so that it is there again.
    pub(in crate::fax::viewer) fn scroll_to(&self, anchor: Anchor) -> (f64, f64) {
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
    pub(in crate::fax::viewer) fn scroll_to_page(&self, page: usize, scrolled_left: f64) -> (f64, f64) {
        let place = self.page(page.min(self.len().saturating_sub(1)), scrolled_left);
        self.within(scrolled_left, place.top - GAP)
    }

    /// How far to scroll so that a part of a page is well in view; `None` when it is.
    pub(in crate::fax::viewer) fn scroll_to_part(
        &self,
        page: usize,
        part: Area,
        view: Area,
    ) -> Option<(f64, f64)> {
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

    fn within(&self, left: f64, top: f64) -> (f64, f64) {
        (
            left.min(self.size.width - self.view.width).max(0.0),
            top.min(self.size.height - self.view.height).max(0.0),
        )
    }
}
