//! Which part of a long list is drawn, and where it stays when the list changes. Pure arithmetic; nothing here touches the page.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Where each entry of a list begins, in pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offsets {
    /// One more than there are entries; the last one is the whole height.
    starts: Vec<u32>,
}

impl Offsets {
    /// From the heights of the entries.
    pub(crate) fn new(heights: impl IntoIterator<Item = u32>) -> Self {
        let mut end = 0;
        let mut starts = vec![0];
        starts.extend(heights.into_iter().map(|height| {
            end += height;
            end
        }));
        Self { starts }
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where an entry begins; the whole height for an index past the end.
    pub(crate) fn start(&self, index: usize) -> u32 {
        self.starts.get(index).copied().unwrap_or_else(|| self.total())
    }

    /// The whole height.
    pub(crate) fn total(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The entry at a height.
    pub(crate) fn at(&self, y: u32) -> usize {
        self.starts
            .partition_point(|start| *start <= y)
            .saturating_sub(1)
            .min(self.len().saturating_sub(1))
    }

    /// What to draw: everything visible and `margin` pixels beyond, above and below.
    pub(crate) fn visible(&self, scroll_top: u32, viewport: u32, margin: u32) -> Range<usize> {
        if self.len() == 0 {
            return 0..0;
        }
        let first = self.at(scroll_top.saturating_sub(margin));
        let last = self.at(scroll_top.saturating_add(viewport).saturating_add(margin));
        first..last + 1
    }

    /// Where to scroll so that an entry is wholly visible, as little as possible; `None` when it is already.
    pub(crate) fn reveal(&self, index: usize, scroll_top: u32, viewport: u32) -> Option<u32> {
        let (start, end) = (self.start(index), self.start(index + 1));
        if start < scroll_top {
            Some(start)
        } else if end > scroll_top.saturating_add(viewport) {
            Some(end.saturating_sub(viewport))
        } else {
            None
        }
    }
}

/// Where to scroll after a list changed, so that what the person looks at stays where it is.
///
/// The first visible entry that still exists, and that did not itself move within the list, holds the place. At the very top nothing is
/// held: there the newest belongs in view.
pub(crate) fn anchored<K: Eq + Hash>(
    (old_keys, old): (&[K], &Offsets),
    (new_keys, new): (&[K], &Offsets),
    scroll_top: u32,
    viewport: u32,
) -> u32 {
    if scroll_top == 0 {
        return 0;
    }
    let new_index: HashMap<&K, usize> = new_keys
        .iter()
        .enumerate()
        .map(|(index, key)| (key, index))
        .collect();
    let first = old.at(scroll_top);
    let visible = old.visible(scroll_top, viewport, 0);
    // Entries that went to the top of the list, as a conversation with a new text does, are no place to hold on to.
    let moved_up = |index: usize, key: &K| {
        new_index.get(key).is_none_or(|at| {
            old_keys
                .get(index + 1)
                .and_then(|next| new_index.get(next))
                .is_some_and(|next| at + 1 < *next)
        })
    };
    let anchor = old_keys
        .iter()
        .enumerate()
        .take(visible.end)
        .skip(first)
        .find(|(index, key)| !moved_up(*index, key))
        .and_then(|(index, key)| Some((index, *new_index.get(key)?)));
    match anchor {
        Some((before, after)) => {
            let into_view = i64::from(scroll_top) - i64::from(old.start(before));
            u32::try_from(i64::from(new.start(after)) + into_view).unwrap_or(0)
        }
        None => scroll_top.min(new.total().saturating_sub(viewport)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u32) -> Offsets {
        Offsets::new((0..count).map(|_| 60))
    }

    #[test]
    fn only_what_is_visible_and_a_margin_is_drawn() {
        let list = rows(1_000);
        assert_eq!(list.visible(0, 600, 0), 0..11);
        assert_eq!(list.visible(6_000, 600, 120), 98..113);
        assert_eq!(list.visible(59_400, 600, 120), 988..1_000);
    }

    #[test]
    fn an_empty_list_draws_nothing() {
        assert_eq!(rows(0).visible(0, 600, 120), 0..0);
        assert_eq!(rows(0).total(), 0);
    }

    #[test]
    fn headings_and_rows_may_differ_in_height() {
        let list = Offsets::new([30, 60, 60, 30, 60]);
        assert_eq!(list.total(), 240);
        assert_eq!(list.at(29), 0);
        assert_eq!(list.at(30), 1);
        assert_eq!(list.at(179), 3);
        assert_eq!(list.at(9_999), 4);
    }

    #[test]
    fn revealing_scrolls_as_little_as_possible() {
        let list = rows(100);
        assert_eq!(list.reveal(3, 0, 600), None);
        assert_eq!(list.reveal(10, 0, 600), Some(60));
        assert_eq!(list.reveal(2, 300, 600), Some(120));
    }

    #[test]
    fn new_rows_above_do_not_move_what_is_read() {
        let old: Vec<_> = (0..100).collect();
        let new: Vec<_> = [900, 901].into_iter().chain(0..100).collect();
        assert_eq!(anchored((&old, &rows(100)), (&new, &rows(102)), 605, 600), 725);
    }

    #[test]
    fn at_the_top_the_newest_comes_into_view() {
        let (old, new) = (vec![1, 2], vec![0, 1, 2]);
        assert_eq!(anchored((&old, &rows(2)), (&new, &rows(3)), 0, 600), 0);
    }

    #[test]
    fn a_visible_row_that_jumps_to_the_top_does_not_take_the_view_along() {
        let old: Vec<_> = (0..100).collect();
        // Row 10, the first one visible, got a new text.
        let new: Vec<_> = std::iter::once(10)
            .chain((0..100).filter(|row| *row != 10))
            .collect();
        assert_eq!(anchored((&old, &rows(100)), (&new, &rows(100)), 600, 600), 600);
    }

    #[test]
    fn a_removed_row_is_replaced_as_the_place_to_hold() {
        let old: Vec<_> = (0..100).collect();
        let new: Vec<_> = (0..100).filter(|row| *row != 10 && *row != 2).collect();
        // Row 11 was at 60 in the view and stays there... less the removed row 10 itself, which leaves a gap above it.
        assert_eq!(anchored((&old, &rows(100)), (&new, &rows(98)), 600, 600), 480);
    }

    #[test]
    fn a_list_that_became_short_is_not_scrolled_past_its_end() {
        let old: Vec<_> = (0..100).collect();
        assert_eq!(anchored((&old, &rows(100)), (&[500], &rows(1)), 3_000, 600), 0);
    }
}
