//! Moving, turning and taking out pages. Pure; a place that does not exist changes nothing.

use domain::fax::{DraftPage, FaxHint};

/// The page at `from` put before the one that stands at `before` now; the length puts it last.
pub(super) fn moved(pages: &[DraftPage], from: usize, before: usize) -> Vec<DraftPage> {
    let mut pages = pages.to_vec();
    if from < pages.len() && before <= pages.len() {
        let page = pages.remove(from);
        let to = if before > from { before - 1 } else { before };
        pages.insert(to, page);
    }
    pages
}

/// Turned once more by 90° clockwise.
pub(super) fn turned(pages: &[DraftPage], at: usize) -> Vec<DraftPage> {
    let mut pages = pages.to_vec();
    if let Some(page) = pages.get_mut(at) {
        page.quarter_turns = (page.quarter_turns + 1) % 4;
    }
    pages
}

/// Without the page.
pub(super) fn without(pages: &[DraftPage], at: usize) -> Vec<DraftPage> {
    let stays = |(index, page): (usize, &DraftPage)| (index != at).then_some(*page);
    pages.iter().enumerate().filter_map(stays).collect()
}

/// What was found about this page.
pub(super) fn hints_of(hints: &[FaxHint], at: usize) -> Vec<&str> {
    let is_about = |hint: &&FaxHint| hint.page.is_some_and(|page| page as usize == at);
    hints
        .iter()
        .filter(is_about)
        .map(|hint| hint.words.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::change::tests::page;
    use super::*;

    fn pages() -> Vec<DraftPage> {
        (0..4).map(|index| page(1, index)).collect()
    }

    fn order(pages: &[DraftPage]) -> Vec<u32> {
        pages.iter().map(|page| page.index).collect()
    }

    #[test]
    fn a_page_is_put_before_the_one_it_was_dropped_on() {
        assert_eq!(order(&moved(&pages(), 0, 2)), [1, 0, 2, 3]);
        assert_eq!(order(&moved(&pages(), 3, 0)), [3, 0, 1, 2]);
        assert_eq!(order(&moved(&pages(), 1, 4)), [0, 2, 3, 1]);
        assert_eq!(order(&moved(&pages(), 2, 2)), [0, 1, 2, 3]);
        assert_eq!(order(&moved(&pages(), 9, 0)), [0, 1, 2, 3]);
    }

    #[test]
    fn four_turns_are_none() {
        let mut turned = pages();
        for _ in 0..4 {
            turned = super::turned(&turned, 1);
        }
        assert_eq!(turned, pages());
        assert_eq!(super::turned(&pages(), 1)[1].quarter_turns, 1);
    }

    #[test]
    fn a_page_that_is_taken_out_leaves_the_others_as_they_are() {
        assert_eq!(order(&without(&pages(), 2)), [0, 1, 3]);
        assert_eq!(order(&without(&pages(), 7)), [0, 1, 2, 3]);
    }
}
