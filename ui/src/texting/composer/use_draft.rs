//! The draft of a thread while somebody writes it: taken in when the thread is opened, kept a moment after the last key and at leaving.

use super::sheet::{Kept, Sheet};
use crate::components::{Toasts, use_toasts};
use crate::ipc;
use crate::texting::{desk, recipients, use_texting};
use domain::ipc::texting::SaveDraft;
use domain::outgoing::{Composer, Picture, Thread};
use domain::phone_number::E164;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::{UseForceUpdateHandle, hook, use_effect_with, use_force_update, use_mut_ref, use_state_eq};

/// Somebody who types keeps once.
const PAUSE_MS: u32 = 600;

/// The sheet and what can be done with it.
#[derive(Clone)]
pub(super) struct DraftHandle {
    sheet: Rc<RefCell<Option<Sheet>>>,
    pause: Rc<RefCell<Option<Timeout>>>,
    redraw: UseForceUpdateHandle,
    toasts: Toasts,
    /// Grows when a draft was handed back, for whoever wants to go on writing then.
    pub(super) round: u32,
}

/// The draft of the thread of `composer`.
#[hook]
pub(super) fn use_draft(composer: &Rc<Composer>, carries: bool) -> DraftHandle {
    let texting = use_texting();
    let newest_returned = texting.returned.as_ref().map_or(0, |returned| returned.serial);
    let seen = use_mut_ref(|| newest_returned);
    let round = use_state_eq(|| 0_u32);
    let handle = DraftHandle {
        sheet: use_mut_ref(|| None),
        pause: use_mut_ref(|| None),
        redraw: use_force_update(),
        toasts: use_toasts(),
        round: *round,
    };
    let taken = use_mut_ref(|| None::<Rc<Composer>>);
    // Taken in while drawing and not after it, so that no one's draft ever stands below somebody else's conversation.
    let is_taken = taken
        .borrow()
        .as_ref()
        .is_some_and(|taken| Rc::ptr_eq(taken, composer));
    if !is_taken {
        *taken.borrow_mut() = Some(composer.clone());
        handle.take(composer, carries);
    }
    use_effect_with(texting.returned, {
        let (handle, composer, round) = (handle.clone(), composer.clone(), round.clone());
        move |returned| {
            let Some(returned) = returned
                .as_ref()
                .filter(|returned| returned.serial > *seen.borrow())
            else {
                return;
            };
            *seen.borrow_mut() = returned.serial;
            if returned.to == recipients(&composer.to) {
                handle.change(|sheet| sheet.take_in(&returned.draft));
                round.set(*round + 1);
            }
        }
    });
    use_effect_with((), {
        let handle = handle.clone();
        move |()| move || handle.keep_now()
    });
    handle
}

impl DraftHandle {
    pub(super) fn now(&self) -> Kept {
        self.look(|sheet| sheet.now.clone())
    }

    pub(super) fn pictures(&self) -> Vec<Picture> {
        self.look(|sheet| sheet.pictures.clone())
    }

    pub(super) fn write(&self, text: String) {
        self.change(|sheet| sheet.now.text = text);
    }

    /// Puts words below what was begun earlier, once.
    pub(super) fn begin_with(&self, words: &str) {
        self.change(|sheet| sheet.begin_with(words));
    }

    pub(super) fn choose_sender(&self, from: E164) {
        self.change(|sheet| sheet.now.from = Some(from));
    }

    /// Adds a picture that the core has taken for this thread.
    pub(super) fn add(&self, thread: &Thread, picture: Picture) {
        self.change(|sheet| {
            let is_new = sheet.pictures.iter().all(|other| other.id != picture.id);
            if is_new && sheet.thread == *thread {
                sheet.pictures.push(picture);
            }
        });
    }

    pub(super) fn remove(&self, picture: &Picture) {
        self.change(|sheet| sheet.pictures.retain(|other| other.id != picture.id));
    }

    /// Takes everything off, to be sent; answers also what the core does not have of it.
    pub(super) fn clear(&self) -> Option<(Kept, Vec<Picture>, Option<Kept>)> {
        self.pause.take();
        let cleared = self.sheet.borrow_mut().as_mut().map(|sheet| {
            let unkept = sheet.unkept();
            let (sent, pictures) = sheet.clear();
            (sent, pictures, unkept)
        });
        self.redraw.force_update();
        cleared
    }

    /// Puts back what could not be sent, if the thread is still the one that is shown.
    pub(super) fn put_back(&self, thread: &Thread, sent: Kept, pictures: Vec<Picture>) {
        self.change(|sheet| {
            if sheet.thread == *thread {
                sheet.put_back(sent, pictures);
            }
        });
    }

    /// Keeps at once what is not kept yet.
    pub(super) fn keep_now(&self) {
        self.pause.take();
        let unkept = self.sheet.borrow_mut().as_mut().and_then(|sheet| {
            let kept = sheet.unkept()?;
            Some((sheet.thread.clone(), kept))
        });
        if let Some((thread, kept)) = unkept {
            self.keep(thread, kept);
        }
    }

    fn take(&self, composer: &Composer, carries: bool) {
        // What is still on its way to the core is newer than what the core answered.
        let found = desk::newest(&composer.thread).unwrap_or_else(|| Kept {
            text: composer.draft.text.clone(),
            from: composer.draft.from.clone(),
        });
        let next = Sheet::open(composer.thread.clone(), found, composer.draft.pictures.clone());
        let left = {
            let mut sheet = self.sheet.borrow_mut();
            match sheet.as_mut() {
                None => {
                    *sheet = Some(next);
                    None
                }
                Some(sheet) if sheet.thread == next.thread => {
                    sheet.pictures = next.pictures;
                    None
                }
                Some(sheet) => {
                    self.pause.take();
                    sheet.move_to(next, carries)
                }
            }
        };
        if let Some((thread, kept)) = left {
            self.keep(thread, kept);
        }
    }

    fn look<R: Default>(&self, look: impl FnOnce(&Sheet) -> R) -> R {
        self.sheet.borrow().as_ref().map(look).unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Sheet)) {
        if let Some(sheet) = self.sheet.borrow_mut().as_mut() {
            change(sheet);
        }
        let handle = self.clone();
        *self.pause.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
            // The timer has fired: forgetting it avoids cancelling it from inside itself.
            if let Some(timer) = handle.pause.take() {
                timer.forget();
            }
            handle.keep_now();
        }));
        self.redraw.force_update();
    }

    fn keep(&self, thread: Thread, kept: Kept) {
        let toasts = self.toasts.clone();
        let request = SaveDraft {
            thread: thread.clone(),
            text: kept.text.clone(),
            from: kept.from.clone(),
        };
        desk::enqueue(&thread, kept, async move {
            if let Err(error) = ipc::call(request).await {
                toasts.fail(format!("What you write could not be kept: {}", error.message));
            }
        });
    }
}
