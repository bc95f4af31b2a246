//! The contacts that go with what is typed, page by page, kept current while contacts change.

use crate::hooks::{use_coalesced, use_core_event};
use crate::ipc;
use domain::contact::Contact;
use domain::event::CoreEvent;
use domain::ipc::IpcError;
use domain::ipc::contacts::ListContacts;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state};

const PAGE: u32 = 200;
/// While somebody types or an import runs.
const PACE_MS: u32 = 150;

/// What is known at this moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub contacts: Rc<[Contact]>,
    pub total: Option<u64>,
    pub error: Option<IpcError>,
    pub is_loading: bool,
    /// Loads the next page, if there is one.
    pub more: Callback<()>,
    pub reload: Callback<()>,
}

#[derive(Debug, Clone, Default)]
struct Held {
    contacts: Rc<[Contact]>,
    total: Option<u64>,
    error: Option<IpcError>,
}

/// Asks for `query` and goes on to keep it current.
#[hook]
pub(crate) fn use_contacts(query: String) -> Found {
    let held = use_state(Held::default);
    let is_loading = use_state(|| true);
    let round = use_mut_ref(|| 0_u64);

    // Loads as many pages as are on screen, or one more.
    let load = {
        let (held, is_loading, query) = (held.clone(), is_loading.setter(), query.clone());
        move |wanted: usize| {
            let (held, is_loading, query, round) =
                (held.clone(), is_loading.clone(), query.clone(), round.clone());
            *round.borrow_mut() += 1;
            let mine = *round.borrow();
            is_loading.set(true);
            spawn_local(async move {
                let answer = pages(&query, wanted).await;
                // A newer question has been asked meanwhile.
                if *round.borrow() != mine {
                    return;
                }
                is_loading.set(false);
                held.set(match answer {
                    Ok((contacts, total)) => Held {
                        contacts: contacts.into(),
                        total: Some(total),
                        error: None,
                    },
                    Err(error) => Held {
                        error: Some(error),
                        ..(*held).clone()
                    },
                });
            });
        }
    };
    let shown = held.contacts.len();
    let reload = use_coalesced(PACE_MS, {
        let load = load.clone();
        move |()| load(shown.max(1))
    });
    use_effect_with(query, {
        let load = load.clone();
        move |_| load(1)
    });
    use_core_event({
        let reload = reload.clone();
        move |event| {
            if matches!(
                event,
                CoreEvent::ContactsChanged { .. } | CoreEvent::SessionChanged | CoreEvent::Overflowed
            ) {
                reload.emit(());
            }
        }
    });
    let more = {
        let (load, total, is_loading) = (load, held.total, *is_loading);
        Callback::from(move |()| {
            if !is_loading && total.is_some_and(|total| (shown as u64) < total) {
                load(shown + 1);
            }
        })
    };
    Found {
        contacts: held.contacts.clone(),
        total: held.total,
        error: held.error.clone(),
        is_loading: *is_loading,
        more,
        reload,
    }
}

async fn pages(query: &str, wanted: usize) -> Result<(Vec<Contact>, u64), IpcError> {
    let mut contacts = Vec::new();
    loop {
        let request = ListContacts {
            query: query.to_owned(),
            offset: contacts.len() as u64,
            limit: PAGE,
        };
        let page = ipc::call(request).await?;
        let is_last = page.contacts.len() < PAGE as usize;
        contacts.extend(page.contacts);
        if is_last || contacts.len() >= wanted {
            return Ok((contacts, page.total));
        }
    }
}
