//! Deleting a voicemail, with the way back.

use crate::components::Toasts;
use crate::{ipc, undo};
use domain::ids::CommunicationId;
use domain::ipc::voicemail::DeleteVoicemail;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Deletes it; `then` is called when it is gone.
pub(super) fn delete(item: CommunicationId, toasts: Toasts, then: Callback<()>) {
    spawn_local(async move {
        match ipc::call(DeleteVoicemail { item }).await {
            Ok(done) => {
                undo::offer(&toasts, done);
                then.emit(());
            }
            Err(error) => toasts.fail(error.message),
        }
    });
}
