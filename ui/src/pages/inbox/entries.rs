//! The rows with the headings between them, as the list draws them.

use super::row_key::RowKey;
use crate::components::Slot;
use crate::format::dates::{Now, Section};
use domain::inbox::InboxRow;
use std::rc::Rc;

/// Heights as `inbox.css` makes them.
const ROW_HEIGHT: u32 = 60;
const HEADING_HEIGHT: u32 = 30;

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    Heading(Section),
    Row(Rc<InboxRow>),
}

/// Puts a heading wherever the day, week or month changes.
pub(crate) fn entries(rows: &[Rc<InboxRow>], now: &Now) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(rows.len() + 8);
    let mut section = None;
    for row in rows {
        let here = now.section(row.item.occurred_at);
        if section != Some(here) {
            entries.push(Entry::Heading(here));
            section = Some(here);
        }
        entries.push(Entry::Row(row.clone()));
    }
    entries
}

impl Entry {
    /// Its place in the list.
    pub(crate) fn slot(&self) -> Slot {
        match self {
            Self::Heading(section) => Slot {
                key: format!("{section:?}").into(),
                height: HEADING_HEIGHT,
            },
            Self::Row(row) => Slot {
                key: RowKey::of(&row.item).element_id(),
                height: ROW_HEIGHT,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::{now, row};

    #[test]
    fn a_heading_stands_once_over_each_stretch() {
        let rows = [
            row(1, "2026-11-17T10:00:00Z"),
            row(2, "2026-11-17T09:00:00Z"),
            row(3, "2026-11-16T09:00:00Z"),
        ];
        let kinds: Vec<_> = entries(&rows, &now())
            .iter()
            .map(|entry| match entry {
                Entry::Heading(section) => now().section_label(*section),
                Entry::Row(row) => row.item.id.to_string(),
            })
            .collect();
        assert_eq!(kinds, ["Today", "1", "2", "Yesterday", "3"]);
    }

    #[test]
    fn an_empty_list_has_no_heading() {
        assert!(entries(&[], &now()).is_empty());
    }
}
