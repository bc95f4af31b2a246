//! To which page the keys lead, from the one they are pressed at: by one page, by one row of the grid, to an end. Pure.

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Previous,
    Next,
    RowUp,
    RowDown,
    First,
    Last,
}

/// How the pages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    /// Pages, without the cover sheet.
    pub(super) count: usize,
    pub(super) columns: usize,
    /// A cover sheet takes the first place.
    pub(super) has_cover: bool,
}

impl Grid {
    /// The page there; `None` when that is the one it came from, or when there is none.
    pub(super) fn page_at(self, from: usize, step: Step) -> Option<usize> {
        let last = self.count.checked_sub(1)?;
        let columns = self.columns.max(1);
        let to = match step {
            Step::Previous => from.checked_sub(1)?,
            Step::Next => from + 1,
            Step::First => 0,
            Step::Last => last,
            Step::RowUp => {
                let cell = self.cell(from).checked_sub(columns)?;
                // Above may be the cover sheet, which stays where it is.
                cell.saturating_sub(usize::from(self.has_cover))
            }
            // A shorter last row has nothing below the rest of the one above it.
            Step::RowDown if self.cell(from) / columns < self.cell(last) / columns => {
                (from + columns).min(last)
            }
            Step::RowDown => return None,
        };
        (to <= last && to != from).then_some(to)
    }

    fn cell(self, page: usize) -> usize {
        page + usize::from(self.has_cover)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows: 0 1 2 3, 4 5 6 7, 8 9.
    const PLAIN: Grid = Grid {
        count: 10,
        columns: 4,
        has_cover: false,
    };
    /// The same with a cover sheet: C 0 1 2, 3 4 5 6, 7 8 9.
    const COVERED: Grid = Grid {
        has_cover: true,
        ..PLAIN
    };

    #[test]
    fn up_and_down_go_to_the_page_in_the_next_row() {
        assert_eq!(PLAIN.page_at(1, Step::RowDown), Some(5));
        assert_eq!(PLAIN.page_at(5, Step::RowUp), Some(1));
        assert_eq!(PLAIN.page_at(1, Step::RowUp), None);
        assert_eq!(COVERED.page_at(1, Step::RowDown), Some(5));
        assert_eq!(COVERED.page_at(7, Step::RowUp), Some(3));
    }

    #[test]
    fn down_into_a_shorter_row_leads_to_its_end_and_from_the_last_row_nowhere() {
        assert_eq!(PLAIN.page_at(7, Step::RowDown), Some(9));
        assert_eq!(PLAIN.page_at(8, Step::RowDown), None);
        assert_eq!(COVERED.page_at(6, Step::RowDown), Some(9));
        assert_eq!(COVERED.page_at(7, Step::RowDown), None);
    }

    #[test]
    fn below_the_cover_sheet_up_leads_to_the_first_page() {
        assert_eq!(COVERED.page_at(3, Step::RowUp), Some(0));
        assert_eq!(COVERED.page_at(0, Step::RowUp), None);
    }

    #[test]
    fn at_the_ends_there_is_no_further_page() {
        assert_eq!(PLAIN.page_at(0, Step::Previous), None);
        assert_eq!(PLAIN.page_at(9, Step::Next), None);
        assert_eq!(PLAIN.page_at(4, Step::First), Some(0));
        assert_eq!(PLAIN.page_at(4, Step::Last), Some(9));
        assert_eq!(PLAIN.page_at(9, Step::Last), None);
        let none = Grid { count: 0, ..PLAIN };
        assert_eq!(none.page_at(0, Step::Last), None);
    }
}
