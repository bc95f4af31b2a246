//! Somebody's history: the part that came with the opened item, and earlier parts on demand.

use super::history::{self, History};
use crate::ipc;
use domain::inbox::{ItemDetail, Subject};
use domain::ipc::IpcError;
use domain::ipc::inbox::ListTimeline;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_force_update, use_mut_ref};

const PART_ITEMS: u32 = 40;

/// The history and what is being done about it.
#[derive(Debug, Clone)]
pub(crate) struct HistoryHandle {
    pub history: Rc<History>,
    pub is_loading: bool,
    pub error: Option<IpcError>,
    /// Fetches an earlier part, if there is one and none is on its way.
    pub earlier: Callback<()>,
}

struct Held {
    subject: Option<Subject>,
    history: Rc<History>,
    is_loading: bool,
    error: Option<IpcError>,
}

/// The history of the person in `detail`.
#[hook]
pub(crate) fn use_history(detail: &Rc<ItemDetail>) -> HistoryHandle {
    let held = use_mut_ref(|| Held {
        subject: None,
        history: Rc::default(),
        is_loading: false,
        error: None,
    });
    let redraw = use_force_update();
    // Taken in while drawing and not after it, so that no one's history ever stands under somebody else's name.
    let taken = use_mut_ref(|| None::<Rc<ItemDetail>>);
    if taken
        .borrow()
        .as_ref()
        .is_none_or(|taken| !Rc::ptr_eq(taken, detail))
    {
        *taken.borrow_mut() = Some(detail.clone());
        let mut held = held.borrow_mut();
        if held.subject.as_ref() != Some(&detail.subject) {
            *held = Held {
                subject: Some(detail.subject.clone()),
                history: Rc::default(),
                is_loading: false,
                error: None,
            };
        }
        held.history = Rc::new(history::with_newest(
            (*held.history).clone(),
            detail.timeline.clone(),
        ));
    }
    let earlier = {
        let held = held.clone();
        Callback::from(move |()| {
            let (subject, before) = {
                let mut held = held.borrow_mut();
                let (Some(subject), Some(before)) = (held.subject.clone(), held.history.earlier.clone())
                else {
                    return;
                };
                if held.is_loading {
                    return;
                }
                held.is_loading = true;
                (subject, before)
            };
            redraw.force_update();
            let (held, redraw) = (held.clone(), redraw.clone());
            spawn_local(async move {
                let request = ListTimeline {
                    subject: subject.clone(),
                    before: Some(before),
                    limit: PART_ITEMS,
                };
                let answer = ipc::call(request).await;
                let mut held = held.borrow_mut();
                if held.subject.as_ref() != Some(&subject) {
                    return;
                }
                held.is_loading = false;
                match answer {
                    Ok(part) => {
                        held.history = Rc::new(history::with_earlier((*held.history).clone(), part));
                        held.error = None;
                    }
                    Err(error) => held.error = Some(error),
                }
                redraw.force_update();
            });
        })
    };
    let held = held.borrow();
    HistoryHandle {
        history: held.history.clone(),
        is_loading: held.is_loading,
        error: held.error.clone(),
        earlier,
    }
}
