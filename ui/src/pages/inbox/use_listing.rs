//! The list of the inbox, page by page, kept fresh and kept in place.

use super::row_key::RowKey;
use crate::hooks::{use_coalesced, use_core_event};
use crate::ipc;
use domain::event::CoreEvent;
use domain::inbox::{Cursor, InboxPage, InboxRow, InboxTab};
use domain::ipc::IpcError;
use domain::ipc::inbox::ListInbox;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_callback, use_effect_with, use_mut_ref, use_state};

const PAGE_ROWS: u32 = 100;
/// The most the core hands out at once.
const MOST_ROWS: u32 = 200;
/// Long lists are read again as far as this; the rest follows when somebody scrolls there.
const REFRESHED_ROWS: usize = 1_000;
const REFRESH_PACE_MS: u32 = 300;

/// The list as it is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Listing {
    /// Which tab `rows` belong to; another one than asked for while its first page is on the way.
    pub tab: InboxTab,
    pub rows: Rc<[Rc<InboxRow>]>,
    pub is_loading: bool,
    pub error: Option<IpcError>,
    next: Option<Cursor>,
    /// Has answered at least once.
    pub is_known: bool,
}

/// The list and what can be done with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListingHandle {
    pub listing: Rc<Listing>,
    /// Fetches the next page, if there is one and none is on its way.
    pub more: Callback<()>,
    pub refresh: Callback<()>,
    /// Takes rows away at once, ahead of the core's confirmation.
    pub remove: Callback<Vec<RowKey>>,
    /// Shows rows as read or unread at once.
    pub mark_read: Callback<(Vec<RowKey>, bool)>,
}

struct Held {
    listing: Rc<Listing>,
    /// Grows with each question; an answer to an older one no longer counts.
    round: u64,
    is_fetching_more: bool,
}

/// The list of a tab.
#[hook]
pub(crate) fn use_listing(tab: InboxTab) -> ListingHandle {
    let shown = use_state(|| {
        Rc::new(Listing {
            is_loading: true,
            ..Listing::default()
        })
    });
    let held: Rc<RefCell<Held>> = use_mut_ref(|| Held {
        listing: (*shown).clone(),
        round: 0,
        is_fetching_more: false,
    });
    let publish = {
        let (held, shown) = (held.clone(), shown.setter());
        use_callback((), move |change: Box<dyn FnOnce(&mut Listing)>, ()| {
            let mut listing = (*held.borrow().listing).clone();
            change(&mut listing);
            let listing = Rc::new(listing);
            held.borrow_mut().listing = listing.clone();
            shown.set(listing);
        })
    };
    let load = {
        let (held, publish) = (held.clone(), publish.clone());
        use_callback((), move |tab: InboxTab, ()| {
            let round = begin(&held);
            let wanted = {
                let listing = &held.borrow().listing;
                if listing.tab == tab {
                    listing.rows.len().min(REFRESHED_ROWS)
                } else {
                    0
                }
            };
            publish.emit(Box::new(|listing| listing.is_loading = true));
            let (held, publish) = (held.clone(), publish.clone());
            spawn_local(async move {
                let answer = first_rows(tab, wanted).await;
                if held.borrow().round == round {
                    publish.emit(Box::new(move |listing| settle(listing, tab, answer)));
                }
            });
        })
    };
    {
        let load = load.clone();
        use_effect_with(tab, move |tab| load.emit(*tab));
    }
    let refresh = use_coalesced(REFRESH_PACE_MS, move |()| load.emit(tab));
    use_core_event({
        let refresh = refresh.clone();
        move |event| {
            if matches!(
                event,
                CoreEvent::CommunicationsChanged { .. }
                    | CoreEvent::ContactsChanged { .. }
                    | CoreEvent::Overflowed
            ) {
                refresh.emit(());
            }
        }
    });
    let more = {
        let (held, publish) = (held.clone(), publish.clone());
        use_callback((), move |(), ()| fetch_more(&held, &publish))
    };
    let remove = {
        let (held, publish) = (held.clone(), publish.clone());
        use_callback((), move |keys: Vec<RowKey>, ()| {
            begin(&held);
            publish.emit(Box::new(move |listing| {
                listing.rows = listing
                    .rows
                    .iter()
                    .filter(|row| !keys.contains(&RowKey::of(&row.item)))
                    .cloned()
                    .collect();
            }));
        })
    };
    let mark_read = use_callback((), move |(keys, is_read): (Vec<RowKey>, bool), ()| {
        begin(&held);
        publish.emit(Box::new(move |listing| {
            listing.rows = listing
                .rows
                .iter()
                .map(|row| marked(row, &keys, is_read))
                .collect();
        }));
    });
    ListingHandle {
        listing: (*shown).clone(),
        more,
        refresh,
        remove,
        mark_read,
    }
}

/// What was asked before no longer counts: it may not know of what happens now.
fn begin(held: &RefCell<Held>) -> u64 {
    let mut held = held.borrow_mut();
    held.round += 1;
    held.is_fetching_more = false;
    held.round
}

type Publish = Callback<Box<dyn FnOnce(&mut Listing)>>;

fn fetch_more(held: &Rc<RefCell<Held>>, publish: &Publish) {
    let (tab, after, round) = {
        let mut held = held.borrow_mut();
        let Some(after) = held.listing.next.clone().filter(|_| !held.is_fetching_more) else {
            return;
        };
        held.is_fetching_more = true;
        (held.listing.tab, after, held.round)
    };
    let (held, publish) = (held.clone(), publish.clone());
    spawn_local(async move {
        let answer = ipc::call(ListInbox {
            tab,
            after: Some(after),
            limit: PAGE_ROWS,
        })
        .await;
        if held.borrow().round != round {
            return;
        }
        held.borrow_mut().is_fetching_more = false;
        publish.emit(Box::new(move |listing| match answer {
            Ok(page) => {
                listing.rows = appended(&listing.rows, page.rows);
                listing.next = page.next;
                listing.error = None;
            }
            Err(error) => listing.error = Some(error),
        }));
    });
}

/// The newest rows, as many as were there before.
async fn first_rows(tab: InboxTab, wanted: usize) -> Result<InboxPage, IpcError> {
    let limit = if wanted > PAGE_ROWS as usize {
        MOST_ROWS
    } else {
        PAGE_ROWS
    };
    let mut whole = ipc::call(ListInbox {
        tab,
        after: None,
        limit,
    })
    .await?;
    while whole.rows.len() < wanted
        && let Some(after) = whole.next.take()
    {
        let page = ipc::call(ListInbox {
            tab,
            after: Some(after),
            limit,
        })
        .await?;
        whole.rows.extend(page.rows);
        whole.next = page.next;
    }
    Ok(whole)
}

fn settle(listing: &mut Listing, tab: InboxTab, answer: Result<InboxPage, IpcError>) {
    listing.is_loading = false;
    match answer {
        Ok(page) => {
            listing.rows = renewed(&listing.rows, page.rows);
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
fn renewed(old: &[Rc<InboxRow>], new: Vec<InboxRow>) -> Rc<[Rc<InboxRow>]> {
    let by_id: std::collections::HashMap<_, _> = old.iter().map(|row| (row.item.id, row)).collect();
    new.into_iter()
        .map(|row| match by_id.get(&row.item.id) {
            Some(same) if ***same == row => (*same).clone(),
            _ => Rc::new(row),
        })
        .collect()
}

/// One page more. A conversation that moved up meanwhile is not shown a second time.
fn appended(old: &[Rc<InboxRow>], new: Vec<InboxRow>) -> Rc<[Rc<InboxRow>]> {
    let there: std::collections::HashSet<_> = old.iter().map(|row| RowKey::of(&row.item)).collect();
    let fresh = new
        .into_iter()
        .filter(|row| !there.contains(&RowKey::of(&row.item)))
        .map(Rc::new);
    old.iter().cloned().chain(fresh).collect()
}

fn marked(row: &Rc<InboxRow>, keys: &[RowKey], is_read: bool) -> Rc<InboxRow> {
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
        let new = renewed(&old, vec![(*old[0]).clone(), changed]);
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
        settle(&mut listing, InboxTab::All, Err(error()));
        assert_eq!((listing.rows.len(), listing.error.is_some()), (1, true));
        settle(&mut listing, InboxTab::Fax, Err(error()));
        assert_eq!((listing.rows.len(), listing.tab), (0, InboxTab::Fax));
    }
}
