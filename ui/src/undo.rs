//! Saying what was done, with the way back.

use crate::components::Toasts;
use crate::ipc;
use domain::ipc::Undoable;
use domain::ipc::inbox::Undo;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Shows what was done; its Undo asks the core to take it back.
pub(crate) fn offer(toasts: &Toasts, done: Undoable) {
    offer_then(toasts, done, Callback::noop());
}

/// As [`offer`], and tells when it was taken back: for what the core does not announce.
pub(crate) fn offer_then(toasts: &Toasts, done: Undoable, taken_back: Callback<()>) {
    let Undoable { token, words } = done;
    let after = toasts.clone();
    let undo = Callback::from(move |()| {
        let (token, toasts, taken_back) = (token.clone(), after.clone(), taken_back.clone());
        spawn_local(async move {
            match ipc::call(Undo { token }).await {
                Ok(()) => {
                    toasts.say("Taken back");
                    taken_back.emit(());
                }
                Err(error) => toasts.fail(error.message),
            }
        });
    });
    toasts.offer_undo(words, undo);
}
