//! What can be done with a text that was written: taking it back, sending it again, changing it, putting it away.

use super::{Texting, recipients, use_texting};
use crate::components::{Toasts, use_toasts};
use crate::format::names;
use crate::{clock, ipc};
use domain::communication::Party;
use domain::ids::{CommunicationId, OutgoingId};
use domain::ipc::texting::{
    DiscardText, EditText, ResendText, RestoreText, RetryOutbox, RetryText, TakeBackText, Written,
};
use domain::outgoing::OutgoingText;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook};

/// The actions. What comes of them is said at the bottom of the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextActions {
    toasts: Toasts,
    texting: Texting,
}

/// Actions on texts.
#[hook]
pub(crate) fn use_text_actions() -> TextActions {
    TextActions {
        toasts: use_toasts(),
        texting: use_texting(),
    }
}

impl TextActions {
    /// Says that a text is about to leave, with the way back as long as there is one.
    pub(crate) fn offer_undo(&self, written: &Written, to: &[Party], then: Callback<()>) {
        let left = written.leaves_at.duration_since(clock::now().at).as_millis();
        let Some(lasts_ms) = u32::try_from(left).ok().filter(|left| *left > 0) else {
            return;
        };
        let (actions, id, people) = (self.clone(), written.id, to.to_vec());
        let undo = Callback::from(move |()| actions.take_back(id, &people, then.clone()));
        self.toasts
            .offer_undo_for(tag(id), format!("Sending to {}", names::all(to)), undo, lasts_ms);
    }

    /// Takes a text back; then calls `then`.
    pub(crate) fn take_back(&self, id: OutgoingId, to: &[Party], then: Callback<()>) {
        self.toasts.withdraw(&tag(id));
        let (actions, to) = (self.clone(), recipients(to));
        spawn_local(async move {
            match ipc::call(TakeBackText { id }).await {
                Ok(draft) => {
                    actions.texting.give_back(to, draft);
                    then.emit(());
                }
                Err(error) => actions.toasts.fail(error.message),
            }
        });
    }

    /// Sends a failed text again as it is.
    pub(crate) fn retry(&self, id: OutgoingId) {
        let actions = self.clone();
        spawn_local(async move {
            if let Err(error) = ipc::call(RetryText { id }).await {
                actions.toasts.fail(error.message);
            }
        });
    }

    /// Sends a text again that did not arrive.
    pub(crate) fn resend(&self, item: CommunicationId, to: Vec<Party>) {
        let actions = self.clone();
        spawn_local(async move {
            match ipc::call(ResendText { item }).await {
                Ok(written) => actions.offer_undo(&written, &to, Callback::noop()),
                Err(error) => actions.toasts.fail(error.message),
            }
        });
    }

    /// Makes a failed text a draft again; then calls `then`.
    pub(crate) fn edit(&self, text: &OutgoingText, then: Callback<()>) {
        let (actions, id, to) = (self.clone(), text.id, recipients(&text.to));
        spawn_local(async move {
            match ipc::call(EditText { id }).await {
                Ok(draft) => {
                    actions.texting.give_back(to, draft);
                    then.emit(());
                }
                Err(error) => actions.toasts.fail(error.message),
            }
        });
    }

    /// Puts a text away. Undo brings it back as it was.
    pub(crate) fn discard(&self, text: &OutgoingText) {
        let (actions, text) = (self.clone(), text.clone());
        spawn_local(async move {
            match ipc::call(DiscardText { id: text.id }).await {
                Ok(()) => {
                    let words = format!("Text to {} put away", names::all(&text.to));
                    let again = actions.clone();
                    let undo = Callback::from(move |()| again.restore(text.id));
                    actions.toasts.offer_undo(words, undo);
                }
                Err(error) => actions.toasts.fail(error.message),
            }
        });
    }

    /// Tries at once what waits for the network, or after an upload that broke off.
    pub(crate) fn try_now(&self) {
        let toasts = self.toasts.clone();
        spawn_local(async move {
            if let Err(error) = ipc::call(RetryOutbox {}).await {
                toasts.fail(error.message);
            }
        });
    }

    /// Takes [`Self::discard`] back.
    fn restore(&self, id: OutgoingId) {
        let toasts = self.toasts.clone();
        spawn_local(async move {
            if let Err(error) = ipc::call(RestoreText { id }).await {
                toasts.fail(error.message);
            }
        });
    }
}

fn tag(id: OutgoingId) -> String {
    format!("text-{id}")
}
