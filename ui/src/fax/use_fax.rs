//! A fax as it is read: fetched when it is wanted, asked for again when it changes, with the pages turned at once.

use crate::components::use_toasts;
use crate::hooks::{Answer, use_command, use_core_event, use_stable};
use crate::ipc;
use domain::event::CoreEvent;
use domain::fax::{FaxTextState, FaxView, Transfer, ViewedPage};
use domain::ids::{AttachmentId, CommunicationId};
use domain::ipc::fax::{GetFaxTransfer, OpenFax, TurnFaxPage};
use gloo_timers::callback::Interval;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with, use_memo, use_state_eq};

/// Often enough to see that something moves.
const TRANSFER_MS: u32 = 400;
/// Reading a page takes about a second.
const READING_MS: u32 = 2_000;

type Turns = HashMap<(AttachmentId, u32), u8>;

/// What is known of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenedFax {
    pub(crate) answer: Answer<FaxView>,
    /// Without its pages, whether it is wanted or not.
    pub(crate) known: Option<Rc<FaxView>>,
    /// As they are to be shown.
    pub(crate) pages: Rc<[ViewedPage]>,
    /// How far it is, while it is being fetched.
    pub(crate) transfer: Option<Transfer>,
    /// Turns these pages to so many quarters, and has it remembered.
    pub(crate) turn: Callback<Vec<(usize, u8)>>,
}

/// What is known of the fax, and its pages from the moment on at which they are wanted.
#[hook]
pub(crate) fn use_fax(item: CommunicationId, is_wanted: bool) -> OpenedFax {
    let answer = use_command(is_wanted.then_some(OpenFax { item, fetch: true }));
    let known = use_command(Some(OpenFax { item, fetch: false }));
    let toasts = use_toasts();
    let turns = use_state_eq(Turns::new);
    let changed = {
        let (reload, look_again) = (answer.reload.clone(), known.reload.clone());
        use_stable(move |()| {
            look_again.emit(());
            if is_wanted {
                reload.emit(());
            }
        })
    };
    use_effect_with(answer.value.is_some(), {
        let look_again = known.reload.clone();
        move |is_here| {
            // A copy of it is here now.
            if *is_here {
                look_again.emit(());
            }
        }
    });
    use_core_event({
        let changed = changed.clone();
        move |event| {
            let is_it = match event {
                CoreEvent::CommunicationsChanged { ids } => ids.is_empty() || ids.contains(&item),
                CoreEvent::Overflowed => true,
                _ => false,
            };
            if is_it {
                changed.emit(());
            }
        }
    });
    let is_being_read = answer
        .value
        .as_ref()
        .is_some_and(|view| matches!(view.text, FaxTextState::Reading { .. }));
    use_effect_with(is_being_read, move |is_being_read| {
        let renewal = is_being_read.then(|| Interval::new(READING_MS, move || changed.emit(())));
        move || drop(renewal)
    });

    let pages = use_memo(
        (answer.value.clone(), (*turns).clone()),
        |(view, turns)| -> Rc<[ViewedPage]> {
            let pages = view.iter().flat_map(|view| &view.pages);
            pages
                .map(|page| ViewedPage {
                    quarter_turns: turns
                        .get(&(page.attachment, page.index))
                        .copied()
                        .unwrap_or(page.quarter_turns),
                    ..*page
                })
                .collect()
        },
    );
    let turn = {
        let (pages, turns) = ((*pages).clone(), turns.clone());
        use_stable(move |wanted: Vec<(usize, u8)>| {
            let mut after = (*turns).clone();
            let before = after.clone();
            let mut requests = Vec::new();
            for (page, quarter_turns) in wanted {
                if let Some(page) = pages.get(page) {
                    after.insert((page.attachment, page.index), quarter_turns);
                    requests.push(TurnFaxPage {
                        id: page.attachment,
                        index: page.index,
                        quarter_turns,
                    });
                }
            }
            turns.set(after);
            let (turns, toasts) = (turns.setter(), toasts.clone());
            spawn_local(async move {
                let mut remembered = before;
                for request in requests {
                    let (page, quarter_turns) = ((request.id, request.index), request.quarter_turns);
                    if let Err(error) = ipc::call(request).await {
                        // As the core has it, so that nothing seems to be remembered that is not.
                        turns.set(remembered);
                        toasts.fail(error.message);
                        return;
                    }
                    remembered.insert(page, quarter_turns);
                }
            });
        })
    };
    let transfer = use_transfer(item, is_wanted && answer.value.is_none() && answer.is_loading);
    OpenedFax {
        answer,
        known: known.value,
        pages: (*pages).clone(),
        transfer,
        turn,
    }
}

#[hook]
fn use_transfer(item: CommunicationId, is_fetching: bool) -> Option<Transfer> {
    let answer = use_command(is_fetching.then_some(GetFaxTransfer { item }));
    let reload = use_stable({
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_effect_with(is_fetching, move |is_fetching| {
        let renewal = is_fetching.then(|| Interval::new(TRANSFER_MS, move || reload.emit(())));
        move || drop(renewal)
    });
    answer.value.and_then(|transfer| *transfer)
}
