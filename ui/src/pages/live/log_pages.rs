//! Putting the pages of the log together. Pure.
//!
//! Lines are only ever added, and their numbers only grow, so a page that was read stays right.

use domain::supervision::{SupervisionEntry, SupervisionLog};

/// What is known of the log, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pages {
    pub entries: Vec<SupervisionEntry>,
    pub has_more: bool,
}

/// What lies before the newest page was read earlier and stays. When so much has been added that a gap lies between them, it goes.
pub(super) fn with_newest(known: &Pages, newest: &SupervisionLog) -> Pages {
    let mut pages = Pages {
        entries: newest.entries.clone(),
        has_more: newest.has_more,
    };
    let Some(last) = newest.entries.last().map(|entry| entry.number) else {
        return pages;
    };
    let touches = known.entries.first().is_some_and(|entry| entry.number >= last);
    if touches && newest.has_more {
        let before = pages.entries.len();
        pages
            .entries
            .extend(known.entries.iter().filter(|entry| entry.number < last).cloned());
        if pages.entries.len() > before {
            pages.has_more = known.has_more;
        }
    }
    pages
}

/// Adds the page before.
pub(super) fn with_earlier(mut known: Pages, part: SupervisionLog) -> Pages {
    let last = known.entries.last().map(|entry| entry.number);
    known.entries.extend(
        part.entries
            .into_iter()
            .filter(|entry| last.is_none_or(|last| entry.number < last)),
    );
    known.has_more = part.has_more;
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CallSessionId;
    use domain::supervision::{SupervisionMode, SupervisionResult};
    use jiff::Timestamp;

    fn page(numbers: impl IntoIterator<Item = i64>, has_more: bool) -> SupervisionLog {
        let entry = |number| SupervisionEntry {
            number,
            at: Timestamp::UNIX_EPOCH,
            supervisor: "Dana Kim".to_owned(),
            agent: "Sam Ortiz".to_owned(),
            agent_contact: None,
            party: "Maria Lopez".to_owned(),
            session_id: CallSessionId::from("s-1"),
            mode: SupervisionMode::Listen,
            result: SupervisionResult::Asked,
        };
        SupervisionLog {
            entries: numbers.into_iter().map(entry).collect(),
            has_more,
            broken_at: None,
        }
    }

    fn numbers(pages: &Pages) -> Vec<i64> {
        pages.entries.iter().map(|entry| entry.number).collect()
    }

    fn two_pages() -> Pages {
        with_earlier(
            with_newest(&Pages::default(), &page([9, 8, 7], true)),
            page([6, 5], false),
        )
    }

    #[test]
    fn earlier_lines_stand_below_and_the_beginning_is_told() {
        assert_eq!(numbers(&two_pages()), [9, 8, 7, 6, 5]);
        assert!(!two_pages().has_more);
    }

    #[test]
    fn a_new_line_pushes_none_out_of_what_was_read() {
        let pages = with_newest(&two_pages(), &page([10, 9, 8], true));
        assert_eq!(numbers(&pages), [10, 9, 8, 7, 6, 5]);
        assert!(!pages.has_more);
    }

    #[test]
    fn the_same_page_twice_is_there_once() {
        let pages = with_earlier(two_pages(), page([6, 5], false));
        assert_eq!(numbers(&pages), [9, 8, 7, 6, 5]);
    }

    #[test]
    fn no_gap_is_hidden_when_more_came_than_a_page_holds() {
        let pages = with_newest(&two_pages(), &page([20, 19, 18], true));
        assert_eq!(numbers(&pages), [20, 19, 18]);
        assert!(pages.has_more);
    }
}
