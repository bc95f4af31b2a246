//! The list of the inbox, page by page, kept fresh and kept in place.

use super::listing::{self, Listing};
use super::row_key::RowKey;
use crate::hooks::{use_coalesced, use_core_event};
use crate::ipc;
use domain::event::CoreEvent;
use domain::inbox::{InboxPage, InboxTab};
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
    /// Says which row is open.
    pub open: Callback<Option<RowKey>>,
}

struct Held {
    listing: Rc<Listing>,
    /// Grows with each question; an answer to an older one no longer counts.
    round: u64,
    is_fetching_more: bool,
    open: Option<RowKey>,
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
        open: None,
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
                    let keep = held.borrow().open.clone();
                    publish.emit(Box::new(move |known| {
                        listing::settle(known, tab, answer, keep.as_ref())
                    }));
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
    let open = {
        let held = held.clone();
        use_callback(refresh.clone(), move |key: Option<RowKey>, refresh| {
            held.borrow_mut().open = key;
            // The row that was open before may have stayed for that reason alone.
            if held.borrow().listing.tab == InboxTab::Unread {
                refresh.emit(());
            }
        })
    };
    let mark_read = use_callback((), move |(keys, is_read): (Vec<RowKey>, bool), ()| {
        begin(&held);
        publish.emit(Box::new(move |listing| {
            listing.rows = listing
                .rows
                .iter()
                .map(|row| listing::marked(row, &keys, is_read))
                .collect();
        }));
    });
    ListingHandle {
        listing: (*shown).clone(),
        more,
        refresh,
        remove,
        mark_read,
        open,
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
                listing.rows = listing::appended(&listing.rows, page.rows);
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
