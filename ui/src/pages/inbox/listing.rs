//! The list as it is known, and what answers and actions make of it. Pure.

use super::row_key::RowKey;
use domain::inbox::{Cursor, InboxPage, InboxRow, InboxTab};
use domain::ipc::IpcError;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The list as it is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Listing {
    /// Which tab `rows` belong to; another one than asked for while its first page is on the way.
    pub tab: InboxTab,
    pub rows: Rc<[Rc<InboxRow>]>,
    pub is_loading: bool,
    pub error: Option<IpcError>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Has answered at least once.
    pub is_known: bool,
}

/// Takes in the answer for a tab. `keep` is the row that is open: it stays although it no longer belongs here, as a text that was just read
/// in the tab of unread ones; otherwise it would vanish under the reader's eyes.
pub(crate) fn settle(
    listing: &mut Listing,
    tab: InboxTab,
    answer: Result<InboxPage, IpcError>,
    keep: Option<&RowKey>,
) {
    listing.is_loading = false;
    match answer {
        Ok(page) => {
            let kept = keep.filter(|_| listing.tab == tab && tab == InboxTab::Unread);
            listing.rows = renewed(&listing.rows, page.rows, kept);
            (listing.next, listing.error, listing.is_known) = (page.next, None, true);
        }
        Err(error) => {
            listing.error = Some(error);
            if listing.tab != tab {
                (listing.rows, listing.next) = (Rc::default(), None);
            }
        }
    }
    listing.tab = tab;
}

/// The new rows; those that did not change stay the very same, so that nothing is drawn again for them.
fn renewed(old: &[Rc<InboxRow>], new: Vec<InboxRow>, keep: Option<&RowKey>) -> Rc<[Rc<InboxRow>]> {
    let by_id: HashMap<_, _> = old.iter().map(|row| (row.item.id, row)).collect();
    let mut seen = HashSet::new();
    let mut rows: Vec<Rc<InboxRow>> = new
        .into_iter()
        .filter(|row| seen.insert(RowKey::of(&row.item)))
        .map(|row| match by_id.get(&row.item.id) {
            Some(same) if ***same == row => (*same).clone(),
            _ => Rc::new(row),
        })
        .collect();
    let kept = keep.filter(|key| !seen.contains(key));
    if let Some(kept) = kept.and_then(|key| old.iter().find(|row| RowKey::of(&row.item) == *key)) {
        let place = |row: &InboxRow| (row.item.occurred_at, row.item.id);
        let at = rows.partition_point(|row| place(row) > place(kept));
        rows.insert(at, kept.clone());
    }
    rows.into()
}

/// One page more. A conversation that moved up meanwhile is not shown a second time.
pub(crate) fn appended(old: &[Rc<InboxRow>], new: Vec<InboxRow>) -> Rc<[Rc<InboxRow>]> {
    let there: HashSet<_> = old.iter().map(|row| RowKey::of(&row.item)).collect();
    let fresh = new
        .into_iter()
        .filter(|row| !there.contains(&RowKey::of(&row.item)))
        .map(Rc::new);
    old.iter().cloned().chain(fresh).collect()
}

/// The row as read or unread, if it is one of these.
pub(crate) fn marked(row: &Rc<InboxRow>, keys: &[RowKey], is_read: bool) -> Rc<InboxRow> {
    if !keys.contains(&RowKey::of(&row.item)) {
        return row.clone();
    }
    let mut changed = (**row).clone();
    changed.item.is_read = is_read;
    changed.unread_count = u32::from(!is_read);
    Rc::new(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::{row, text};
    use domain::communication::Direction;

    #[test]
    fn a_conversation_that_moved_up_while_paging_is_shown_once() {
        let newest = InboxRow {
            item: text(9, "2026-11-17T10:00:00Z", Direction::Inbound, "a"),
            unread_count: 1,
        };
        let older = InboxRow {
            item: text(3, "2026-11-10T10:00:00Z", Direction::Inbound, "a"),
            unread_count: 1,
        };
        let rows = appended(
            &[Rc::new(newest)],
            vec![older, (*row(2, "2026-11-09T10:00:00Z")).clone()],
        );
        let ids: Vec<_> = rows.iter().map(|row| row.item.id.0).collect();
        assert_eq!(ids, [9, 2]);
    }

    #[test]
    fn unchanged_rows_stay_the_same_object() {
        let old = [row(1, "2026-11-17T10:00:00Z"), row(2, "2026-11-17T09:00:00Z")];
        let mut changed = (*old[1]).clone();
        changed.item.is_owed = true;
        let new = renewed(&old, vec![(*old[0]).clone(), changed], None);
        assert!(Rc::ptr_eq(&new[0], &old[0]));
        assert!(!Rc::ptr_eq(&new[1], &old[1]));
    }

    #[test]
    fn a_failed_refresh_keeps_the_rows_and_a_failed_tab_does_not() {
        let error = || IpcError {
            code: domain::ipc::ErrorCode::Store,
            message: "no".into(),
            retry_after_seconds: None,
        };
        let mut listing = Listing {
            rows: [row(1, "2026-11-17T10:00:00Z")].into(),
            ..Listing::default()
        };
        settle(&mut listing, InboxTab::All, Err(error()), None);
        assert_eq!((listing.rows.len(), listing.error.is_some()), (1, true));
        settle(&mut listing, InboxTab::Fax, Err(error()), None);
        assert_eq!((listing.rows.len(), listing.tab), (0, InboxTab::Fax));
    }

    #[test]
    fn what_is_being_read_stays_among_the_unread_until_it_is_left() {
        let open = row(2, "2026-11-17T09:00:00Z");
        let old = [
            row(1, "2026-11-17T10:00:00Z"),
            open.clone(),
            row(3, "2026-11-17T08:00:00Z"),
        ];
        let mut listing = Listing {
            tab: InboxTab::Unread,
            rows: old.clone().into(),
            ..Listing::default()
        };
        let answer = || {
            let rows = vec![(*old[0]).clone(), (*old[2]).clone()];
            Ok(InboxPage { rows, next: None })
        };
        let ids = |listing: &Listing| listing.rows.iter().map(|row| row.item.id.0).collect::<Vec<_>>();
        settle(
            &mut listing,
            InboxTab::Unread,
            answer(),
            Some(&RowKey::of(&open.item)),
        );
        assert_eq!(ids(&listing), [1, 2, 3]);
        settle(&mut listing, InboxTab::Unread, answer(), None);
        assert_eq!(ids(&listing), [1, 3]);
    }

    #[test]
    fn only_the_tab_of_unread_items_keeps_what_left_it() {
        let open = row(2, "2026-11-17T09:00:00Z");
        let mut listing = Listing {
            tab: InboxTab::All,
            rows: [open.clone()].into(),
            ..Listing::default()
        };
        let answer = Ok(InboxPage {
            rows: Vec::new(),
            next: None,
        });
        settle(&mut listing, InboxTab::All, answer, Some(&RowKey::of(&open.item)));
        assert!(listing.rows.is_empty());
    }
}
