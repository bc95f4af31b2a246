//! What became of the recipients, page by page, kept current while the campaign runs.

use super::super::use_changes::use_changes;
use crate::ipc;
use domain::campaign::{CampaignResult, ResultKind};
use domain::ids::CampaignId;
use domain::ipc::IpcError;
use domain::ipc::campaigns::ListCampaignResults;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state};

const PAGE: u32 = 200;

/// What is known at this moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// `None` until the first answer.
    pub(super) results: Option<Rc<[CampaignResult]>>,
    pub(super) error: Option<IpcError>,
    /// Loads the next page, if there is one.
    pub(super) more: Callback<()>,
    pub(super) reload: Callback<()>,
}

#[derive(Debug, Clone, Default)]
struct Held {
    results: Option<Rc<[CampaignResult]>>,
    is_whole: bool,
    error: Option<IpcError>,
}

/// Asks, and goes on to keep it current: as many pages as are there already.
#[hook]
pub(super) fn use_results(id: CampaignId, only: Option<ResultKind>) -> Found {
    let held = use_state(Held::default);
    let newest = use_mut_ref(Held::default);
    let round = use_mut_ref(|| 0_u64);
    let is_loading = use_mut_ref(|| false);
    let load = {
        let (set, newest, is_loading) = (held.setter(), newest.clone(), is_loading.clone());
        Callback::from(move |wanted: usize| {
            let (set, newest, round, is_loading) =
                (set.clone(), newest.clone(), round.clone(), is_loading.clone());
            *round.borrow_mut() += 1;
            *is_loading.borrow_mut() = true;
            let mine = *round.borrow();
            spawn_local(async move {
                let answer = pages(id, only, wanted).await;
                // A newer question has been asked meanwhile.
                if *round.borrow() != mine {
                    return;
                }
                *is_loading.borrow_mut() = false;
                let mut held = newest.borrow_mut();
                match answer {
                    Ok((results, is_whole)) => {
                        *held = Held {
                            results: Some(results.into()),
                            is_whole,
                            error: None,
                        }
                    }
                    Err(error) => held.error = Some(error),
                }
                set.set(held.clone());
            });
        })
    };
    let count = {
        let newest = newest.clone();
        move || {
            newest
                .borrow()
                .results
                .as_ref()
                .map_or(0, |results| results.len())
        }
    };
    let reload = {
        let (load, count) = (load.clone(), count.clone());
        Callback::from(move |()| load.emit(count().max(1)))
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load.emit(1)
    });
    use_changes(&reload);
    let more = Callback::from(move |()| {
        if !*is_loading.borrow() && !newest.borrow().is_whole {
            load.emit(count() + 1);
        }
    });
    Found {
        results: held.results.clone(),
        error: held.error.clone(),
        more,
        reload,
    }
}

/// At least `wanted` results, and whether these are all.
async fn pages(
    id: CampaignId,
    only: Option<ResultKind>,
    wanted: usize,
) -> Result<(Vec<CampaignResult>, bool), IpcError> {
    let mut results = Vec::new();
    loop {
        let request = ListCampaignResults {
            id,
            only,
            offset: u32::try_from(results.len()).unwrap_or(u32::MAX),
            limit: PAGE,
        };
        let page = ipc::call(request).await?;
        let is_last = page.len() < PAGE as usize;
        results.extend(page);
        if is_last || results.len() >= wanted {
            return Ok((results, is_last));
        }
    }
}
