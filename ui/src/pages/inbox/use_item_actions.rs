//! What can be done with items: done and back, read and unread. Shown at once, confirmed by the core, taken back when it fails.

use super::row_key::RowKey;
use super::use_listing::ListingHandle;
use crate::components::use_toasts;
use crate::{ipc, undo};
use domain::ids::CommunicationId;
use domain::ipc::inbox::{SetDone, SetRead};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// An item to change, and the row that shows it.
pub(crate) type Target = (CommunicationId, RowKey);

/// The actions. Each takes the items and the new state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ItemActions {
    pub set_done: Callback<(Vec<Target>, bool)>,
    pub set_read: Callback<(Vec<Target>, bool)>,
}

/// Actions on items of this list.
#[hook]
pub(crate) fn use_item_actions(handle: &ListingHandle) -> ItemActions {
    let toasts = use_toasts();
    let set_done = {
        let (remove, refresh, toasts) = (handle.remove.clone(), handle.refresh.clone(), toasts.clone());
        Callback::from(move |(targets, is_done): (Vec<Target>, bool)| {
            let (ids, keys) = targets.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            remove.emit(keys);
            let (refresh, toasts) = (refresh.clone(), toasts.clone());
            spawn_local(async move {
                match ipc::call(SetDone { ids, is_done }).await {
                    Ok(done) => undo::offer(&toasts, done),
                    Err(error) => {
                        toasts.fail(error.message);
                        refresh.emit(());
                    }
                }
            });
        })
    };
    let set_read = {
        let (mark_read, refresh) = (handle.mark_read.clone(), handle.refresh.clone());
        Callback::from(move |(targets, is_read): (Vec<Target>, bool)| {
            let (ids, keys) = targets.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            mark_read.emit((keys, is_read));
            let (refresh, toasts) = (refresh.clone(), toasts.clone());
            spawn_local(async move {
                if let Err(error) = ipc::call(SetRead { ids, is_read }).await {
                    toasts.fail(error.message);
                    refresh.emit(());
                }
            });
        })
    };
    ItemActions { set_done, set_read }
}
