//! Asking the core for something to show, keeping what was there while the answer is on its way.

use crate::ipc;
use domain::ipc::{Command, IpcError};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_callback, use_effect_with, use_mut_ref, use_state};

/// What is known about an answer at this moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer<T> {
    /// The last answer; also while a newer one is on its way, and beside an error.
    pub value: Option<Rc<T>>,
    /// Why the newest request failed.
    pub error: Option<IpcError>,
    pub is_loading: bool,
    /// Asks the same again.
    pub reload: Callback<()>,
}

struct Held<C: Command> {
    /// What `value` answers.
    request: Option<C>,
    value: Option<Rc<C::Reply>>,
    error: Option<IpcError>,
    is_loading: bool,
}

impl<C: Command + Clone> Clone for Held<C> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            value: self.value.clone(),
            error: self.error.clone(),
            is_loading: self.is_loading,
        }
    }
}

/// Asks whenever `request` changes and when told to reload. `None` asks nothing and forgets the answer.
///
/// The answer to the previous request stays until the new one is there; when the new one fails it goes, so that an error never
/// stands beside something that it is not about.
#[hook]
pub(crate) fn use_command<C>(request: Option<C>) -> Answer<C::Reply>
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: 'static,
{
    let held = use_state(|| Held::<C> {
        request: None,
        value: None,
        error: None,
        is_loading: request.is_some(),
    });
    // The newest state, also for answers that arrive after this rendering.
    let current = use_mut_ref(|| (*held).clone());
    let round = use_mut_ref(|| 0_u64);

    let ask = {
        let set = held.setter();
        let current = current.clone();
        use_callback((), move |request: Option<C>, ()| {
            *round.borrow_mut() += 1;
            let started = *round.borrow();
            let Some(request) = request else {
                let nothing = Held {
                    request: None,
                    value: None,
                    error: None,
                    is_loading: false,
                };
                *current.borrow_mut() = nothing.clone();
                set.set(nothing);
                return;
            };
            current.borrow_mut().is_loading = true;
            set.set(current.borrow().clone());
            let (set, current, round) = (set.clone(), current.clone(), round.clone());
            spawn_local(async move {
                let reply = ipc::call(request.clone()).await;
                // A later question has been asked meanwhile; its answer counts.
                if *round.borrow() != started {
                    return;
                }
                let mut held = current.borrow_mut();
                held.is_loading = false;
                match reply {
                    Ok(value) => (held.value, held.error) = (Some(Rc::new(value)), None),
                    Err(error) => {
                        held.error = Some(error);
                        if held.request.as_ref() != Some(&request) {
                            held.value = None;
                        }
                    }
                }
                held.request = Some(request);
                set.set(held.clone());
            });
        })
    };

    {
        let ask = ask.clone();
        use_effect_with(request.clone(), move |request| ask.emit(request.clone()));
    }
    let reload = use_callback((ask, request), |(), (ask, request)| ask.emit(request.clone()));
    Answer {
        value: held.value.clone(),
        error: held.error.clone(),
        is_loading: held.is_loading,
        reload,
    }
}
