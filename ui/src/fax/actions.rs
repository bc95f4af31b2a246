//! What can be done with a fax that was sent: taking it back, stopping it, sending it again, changing it, putting it away.

use super::desk::Reopen;
use super::outgoing_words;
use crate::components::{Toasts, use_toasts};
use crate::{clock, ipc};
use domain::fax::FaxDraft;
use domain::ids::{CommunicationId, FaxDraftId, OutgoingId};
use domain::ipc::fax::{
    CallBackFax, CancelFaxUpload, DiscardFax, DiscardFaxDraft, EditFax, RestoreFax, RetryFax, TakeBackFax,
};
use domain::ipc::texting::Written;
use domain::ipc::{Command, IpcError};
use gloo_timers::callback::Timeout;
use jiff::Timestamp;
use std::cell::RefCell;
use std::collections::BTreeSet;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_context};

/// As long as the note with its Undo stands.
const THINK_AGAIN_MS: u32 = 10_000;

thread_local! {
    /// Begun faxes that are thrown away as soon as nobody can take that back any more.
    static LEAVING: RefCell<BTreeSet<i64>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whether it is being thrown away.
pub(super) fn is_leaving(id: FaxDraftId) -> bool {
    LEAVING.with_borrow(|leaving| leaving.contains(&id.0))
}

/// The actions. What comes of them is said at the bottom of the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FaxActions {
    toasts: Toasts,
    /// Opens the dialog again.
    reopen: Callback<FaxDraft>,
}

/// Actions on faxes.
#[hook]
pub(crate) fn use_fax_actions() -> FaxActions {
    FaxActions {
        toasts: use_toasts(),
        reopen: use_context::<Reopen>().map_or_else(Callback::noop, |Reopen(reopen)| reopen),
    }
}

impl FaxActions {
    /// Says that a fax is about to leave, with the way back as long as there is one.
    pub(crate) fn offer_undo(&self, written: &Written, to: &str, send_at: Option<Timestamp>) {
        let now = clock::now();
        let words = outgoing_words::leaving(to, written.leaves_at, send_at, &now);
        let left = written.leaves_at.duration_since(now.at).as_millis();
        let Some(lasts_ms) = u32::try_from(left).ok().filter(|left| *left > 0) else {
            self.toasts.say(words);
            return;
        };
        let (actions, id) = (self.clone(), written.id);
        let undo = Callback::from(move |()| actions.take_back(id));
        self.toasts.offer_undo_for(tag(written.id), words, undo, lasts_ms);
    }

    /// Takes a fax back that has not begun to leave, and opens it again.
    pub(crate) fn take_back(&self, id: OutgoingId) {
        self.toasts.withdraw(&tag(id));
        self.then_open(TakeBackFax { id });
    }

    /// Makes a failed fax a draft again, and opens it.
    pub(crate) fn edit(&self, id: OutgoingId) {
        self.then_open(EditFax { id });
    }

    /// Opens one that was begun.
    pub(crate) fn reopen(&self, draft: FaxDraft) {
        // Whoever opens one that is being thrown away wants it after all.
        LEAVING.with_borrow_mut(|leaving| leaving.remove(&draft.id.0));
        self.toasts.withdraw(&draft_tag(draft.id));
        self.reopen.emit(draft);
    }

    /// Stops an upload.
    pub(crate) fn cancel_upload(&self, id: OutgoingId) {
        self.then_say(CancelFaxUpload { id }, "Upload stopped. The fax was not sent.");
    }

    /// Calls a fax back that RingCentral would send later.
    pub(crate) fn call_back(&self, item: CommunicationId) {
        self.then_say(CallBackFax { item }, "Called back. RingCentral does not send it.");
    }

    /// Sends a failed fax again as it is.
    pub(crate) fn retry(&self, id: OutgoingId, to: String) {
        self.then_offer(RetryFax { id }, to);
    }

    /// Puts a failed or unknown fax away, with the way back.
    pub(crate) fn discard(&self, id: OutgoingId, to: &str) {
        let (actions, words) = (self.clone(), format!("Fax to {to} put away"));
        spawn_local(async move {
            match ipc::call(DiscardFax { id }).await {
                Ok(()) => {
                    let again = actions.clone();
                    let undo = Callback::from(move |()| again.just(RestoreFax { id }));
                    actions.toasts.offer_undo(words, undo);
                }
                Err(error) => actions.toasts.fail(error.message),
            }
        });
    }

    /// Throws one away that was begun: not before the way back is closed, as the core has none.
    pub(crate) fn discard_draft(&self, draft: FaxDraft) {
        let id = draft.id;
        LEAVING.with_borrow_mut(|leaving| leaving.insert(id.0));
        let undo = {
            let actions = self.clone();
            Callback::from(move |()| actions.reopen(draft.clone()))
        };
        self.toasts
            .offer_undo_for(draft_tag(id), "Fax thrown away", undo, THINK_AGAIN_MS);
        let actions = self.clone();
        Timeout::new(THINK_AGAIN_MS, move || {
            if LEAVING.with_borrow_mut(|leaving| leaving.remove(&id.0)) {
                actions.toasts.withdraw(&draft_tag(id));
                actions.just(DiscardFaxDraft { draft: id });
            }
        })
        .forget();
    }

    fn then_open<C: Command<Reply = FaxDraft> + 'static>(&self, command: C) {
        let actions = self.clone();
        self.ask(command, move |draft| actions.reopen.emit(draft));
    }

    fn then_offer<C: Command<Reply = Written> + 'static>(&self, command: C, to: String) {
        let actions = self.clone();
        self.ask(command, move |written| actions.offer_undo(&written, &to, None));
    }

    fn then_say<C: Command<Reply = ()> + 'static>(&self, command: C, words: &'static str) {
        let toasts = self.toasts.clone();
        self.ask(command, move |()| toasts.say(words));
    }

    fn just<C: Command<Reply = ()> + 'static>(&self, command: C) {
        self.ask(command, |()| ());
    }

    fn ask<C: Command + 'static>(&self, command: C, then: impl FnOnce(C::Reply) + 'static) {
        let toasts = self.toasts.clone();
        spawn_local(async move {
            match ipc::call(command).await {
                Ok(reply) => then(reply),
                Err(IpcError { message, .. }) => toasts.fail(message),
            }
        });
    }
}

fn tag(id: OutgoingId) -> String {
    format!("fax-{id}")
}

fn draft_tag(id: FaxDraftId) -> String {
    format!("fax-draft-{id}")
}
