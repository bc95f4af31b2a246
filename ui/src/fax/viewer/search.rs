//! Finding words on the pages, and putting marked words together again as text. Pure.

use domain::fax::FaxWord;
use std::ops::Range;

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) page: usize,
    /// Of the words of the page.
    pub(super) words: Range<usize>,
}

/// Every place on a page at which `sought` is found, whatever its capitals; several words may stand on several lines.
pub(super) fn hits(page: usize, words: &[FaxWord], sought: &str) -> Vec<Hit> {
    let sought = folded(sought);
    if sought.is_empty() {
        return Vec::new();
    }
    let mut text = String::new();
    let mut ends = Vec::with_capacity(words.len());
    for word in words {
        text.push_str(&folded(&word.text));
        ends.push(text.len());
        text.push(' ');
    }
    // Words in view of the place in the text: the first one that ends after it.
    let word_at = |place: usize| ends.partition_point(|end| *end <= place);
    text.match_indices(&sought)
        .map(|(from, found)| Hit {
            page,
            words: word_at(from)..word_at(from + found.len() - 1) + 1,
        })
        .filter(|hit| hit.words.end <= words.len())
        .collect()
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Which hit comes after `at`, around at the ends.
pub(super) fn step(at: usize, count: usize, forward: bool) -> usize {
    match (count, forward) {
        (0, _) => 0,
        (_, true) => (at + 1) % count,
        (_, false) => (at + count - 1) % count,
    }
}

/// The first hit on this page or a later one, else the very first; that one only when `all` pages have been looked at.
pub(super) fn first_from(hits: &[Hit], page: usize, all: bool) -> Option<usize> {
    let later = hits.iter().position(|hit| hit.page >= page);
    later.or_else(|| (all && !hits.is_empty()).then_some(0))
}

/// Words in the order of the page as lines of text.
pub(super) fn text_of(words: &[&FaxWord]) -> String {
    let mut text = String::new();
    let mut last: Option<&FaxWord> = None;
    for word in words {
        if let Some(last) = last {
            let is_below = word.top >= last.top + last.height * 3 / 4;
            text.push(if is_below || word.left < last.left {
                '\n'
            } else {
                ' '
            });
        }
        text.push_str(&word.text);
        last = Some(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: u32, top: u32) -> FaxWord {
        FaxWord {
            text: text.to_owned(),
            left,
            top,
            width: 40,
            height: 12,
        }
    }

    fn page() -> Vec<FaxWord> {
        vec![
            word("Forty", 10, 10),
            word("BUNDLES", 60, 11),
            word("of", 110, 10),
            word("#5", 10, 30),
            word("rebar,", 60, 30),
            word("bundles", 110, 30),
        ]
    }

    /// From which word up to which one.
    fn found(sought: &str) -> Vec<(usize, usize)> {
        hits(0, &page(), sought)
            .into_iter()
            .map(|hit| (hit.words.start, hit.words.end))
            .collect()
    }

    #[test]
    fn words_are_found_whatever_their_capitals() {
        assert_eq!(found("bundles"), [(1, 2), (5, 6)]);
        assert_eq!(found("REBAR"), [(4, 5)]);
        assert!(found("concrete").is_empty());
    }

    #[test]
    fn several_words_are_found_across_the_end_of_a_line() {
        assert_eq!(found("of #5  rebar"), [(2, 5)]);
        assert_eq!(found("ty bun"), [(0, 2)]);
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        assert!(found("  ").is_empty());
        assert!(hits(0, &[], "x").is_empty());
    }

    #[test]
    fn letters_that_grow_when_they_are_made_small_do_not_shift_the_words() {
        let words = [word("İSTANBUL", 0, 0), word("ofis", 50, 0), word("fax", 90, 0)];
        assert_eq!(hits(3, &words, "fax"), [Hit { page: 3, words: 2..3 }]);
    }

    #[test]
    fn hits_are_stepped_through_around_the_ends() {
        assert_eq!(step(2, 3, true), 0);
        assert_eq!(step(0, 3, false), 2);
        assert_eq!(step(0, 0, true), 0);
        let hits = [Hit { page: 1, words: 0..1 }, Hit { page: 4, words: 0..1 }];
        assert_eq!(first_from(&hits, 2, false), Some(1));
        assert_eq!(first_from(&hits, 5, true), Some(0));
        assert_eq!(first_from(&hits, 5, false), None);
        assert_eq!(first_from(&[], 0, true), None);
    }

    #[test]
    fn marked_words_become_lines() {
        let page = page();
        let words: Vec<&FaxWord> = page.iter().collect();
        assert_eq!(text_of(&words), "Forty BUNDLES of\n#5 rebar, bundles");
    }
}
