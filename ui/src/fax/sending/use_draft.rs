//! A fax that is being made ready: shown as the person wants it, told to the core one change after the other.
//!
//! Changes go out in their order, each when the one before it was answered. The answer that counts is the last: while more is on its
//! way, an older one would put back what has just been changed.

use super::change::{self, Change};
use crate::hooks::{use_core_event, use_stable};
use crate::ipc;
use domain::event::CoreEvent;
use domain::fax::FaxDraft;
use domain::ids::FaxDraftId;
use domain::ipc::IpcError;
use domain::ipc::fax::{
    AddDroppedFiles, ChooseFaxFiles, DiscardFaxDraft, GetFaxDraft, RemoveFaxFile, SendFax, SetFaxCover,
    SetFaxPages, SetFaxRecipients, SetFaxSending,
};
use domain::ipc::texting::Written;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateSetter, hook, use_effect_with, use_mut_ref, use_state};

/// The fax as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) draft: Rc<FaxDraft>,
    /// Grows with each answer of the core.
    pub(super) revision: u64,
    /// Files are being read.
    pub(super) is_adding: bool,
    /// It is being handed over to be sent.
    pub(super) is_sending: bool,
    /// Why the last change was not possible.
    pub(super) fault: Option<String>,
}

/// The fax, and what can be done with it.
#[derive(Clone, PartialEq)]
pub(super) struct DraftHandle {
    pub(super) shown: Shown,
    pub(super) change: Callback<Change>,
    /// Sends it once every change is told; the fax and when it leaves go to `onsent`.
    pub(super) send: Callback<()>,
    /// Somebody else decides about it from now on: nothing is cleared away when the dialog goes.
    pub(super) let_go: Callback<()>,
}

#[derive(Debug, Clone, PartialEq)]
enum Job {
    Change(Change),
    Reload,
    Send,
}

struct Desk {
    jobs: VecDeque<Job>,
    is_running: bool,
    shown: Shown,
    /// As it was opened; left like that, a new one is not worth keeping.
    first: Option<FaxDraft>,
    is_let_go: bool,
}

type Shared = Rc<RefCell<Desk>>;

/// Keeps `draft` from now on. One that `is_new` and is left as it came is thrown away in the end.
#[hook]
pub(super) fn use_draft(
    draft: &FaxDraft,
    is_new: bool,
    onsent: Callback<(FaxDraft, Written)>,
) -> DraftHandle {
    let id = draft.id;
    let shown = use_state(|| Shown {
        draft: Rc::new(draft.clone()),
        revision: 0,
        is_adding: false,
        is_sending: false,
        fault: None,
    });
    let desk: Rc<RefCell<Shared>> = use_mut_ref(|| {
        Rc::new(RefCell::new(Desk {
            jobs: VecDeque::new(),
            is_running: false,
            shown: (*shown).clone(),
            first: is_new.then(|| draft.clone()),
            is_let_go: false,
        }))
    });
    let desk = desk.borrow().clone();
    let enqueue = {
        let (desk, set) = (desk.clone(), shown.setter());
        use_stable(move |job: Job| {
            let is_free = desk.borrow_mut().take(job);
            set.set(desk.borrow().shown.clone());
            if is_free {
                spawn_local(run(id, desk.clone(), set.clone(), onsent.clone()));
            }
        })
    };
    use_core_event({
        let enqueue = enqueue.clone();
        move |event| match event {
            CoreEvent::FaxDraftChanged { id: changed } if changed == id => enqueue.emit(Job::Reload),
            CoreEvent::Overflowed => enqueue.emit(Job::Reload),
            _ => {}
        }
    });
    use_effect_with((), {
        let desk = desk.clone();
        move |()| {
            move || {
                if desk.borrow().is_worthless() {
                    spawn_local(async move {
                        // A new one that nobody touched: should it stay, it is only one more in the list.
                        let _ = ipc::call(DiscardFaxDraft { draft: id }).await;
                    });
                }
            }
        }
    });
    DraftHandle {
        shown: (*shown).clone(),
        change: enqueue.reform(Job::Change),
        send: enqueue.reform(|()| Job::Send),
        let_go: Callback::from(move |()| desk.borrow_mut().is_let_go = true),
    }
}

impl Desk {
    /// Shows what the job will do and puts it at the end; whether somebody has to begin.
    fn take(&mut self, job: Job) -> bool {
        match &job {
            Job::Change(change) => {
                self.shown.draft = Rc::new(change::apply(&self.shown.draft, change));
                self.shown.fault = None;
                self.shown.is_adding |= change.adds_files();
                if let Some(Job::Change(last)) = self.jobs.back()
                    && change.replaces(last)
                {
                    self.jobs.pop_back();
                }
            }
            Job::Send => {
                self.shown.fault = None;
                self.shown.is_sending = true;
            }
            // Whatever is asked of the core next answers with the fax as it is then.
            Job::Reload if !self.jobs.is_empty() || self.shown.is_sending => return false,
            Job::Reload => {}
        }
        self.jobs.push_back(job);
        !std::mem::replace(&mut self.is_running, true)
    }

    /// The core's answer, with what is still on its way there.
    fn answered(&mut self, draft: FaxDraft) {
        let rest = self.jobs.iter().filter_map(|job| match job {
            Job::Change(change) => Some(change),
            Job::Reload | Job::Send => None,
        });
        self.shown.draft = Rc::new(rest.fold(draft, |draft, change| change::apply(&draft, change)));
        self.shown.revision += 1;
    }

    fn is_worthless(&self) -> bool {
        !self.is_let_go
            && self
                .first
                .as_ref()
                .is_some_and(|first| *first == *self.shown.draft && !self.shown.is_adding)
    }
}

async fn run(
    id: FaxDraftId,
    desk: Shared,
    set: UseStateSetter<Shown>,
    onsent: Callback<(FaxDraft, Written)>,
) {
    loop {
        let Some(job) = desk.borrow_mut().jobs.pop_front() else {
            desk.borrow_mut().is_running = false;
            return;
        };
        if job == Job::Send {
            match ipc::call(SendFax { draft: id }).await {
                Ok(written) => {
                    let draft = {
                        let mut desk = desk.borrow_mut();
                        desk.is_let_go = true;
                        (*desk.shown.draft).clone()
                    };
                    onsent.emit((draft, written));
                    return;
                }
                Err(error) => {
                    let mut desk = desk.borrow_mut();
                    desk.shown.is_sending = false;
                    desk.shown.fault = Some(error.message);
                }
            }
        } else {
            let reply = match &job {
                Job::Change(change) => ask(id, change).await,
                Job::Reload | Job::Send => reload(id).await,
            };
            let reply = match reply {
                Ok(draft) => draft,
                Err(error) => {
                    // What could not be changed is shown as it is.
                    let draft = reload(id).await;
                    desk.borrow_mut().shown.fault = Some(error.message);
                    draft.unwrap_or_default()
                }
            };
            let mut desk = desk.borrow_mut();
            if let Some(draft) = reply {
                desk.answered(draft);
            }
            desk.shown.is_adding = desk
                .jobs
                .iter()
                .any(|job| matches!(job, Job::Change(change) if change.adds_files()));
        }
        let shown = desk.borrow().shown.clone();
        set.set(shown);
    }
}

/// `None` where nothing came of it, as when somebody chose no files.
async fn ask(draft: FaxDraftId, change: &Change) -> Result<Option<FaxDraft>, IpcError> {
    match change.clone() {
        Change::Recipients(to) => {
            let to = to.into_iter().map(|one| one.number).collect();
            ipc::call(SetFaxRecipients { draft, to }).await.map(Some)
        }
        Change::Pages(pages) => {
            let pages = change::choices(&pages);
            ipc::call(SetFaxPages { draft, pages }).await.map(Some)
        }
        Change::Cover(cover) => ipc::call(SetFaxCover { draft, cover }).await.map(Some),
        Change::Sending { resolution, send_at } => {
            let request = SetFaxSending {
                draft,
                resolution,
                send_at,
            };
            ipc::call(request).await.map(Some)
        }
        Change::RemoveFile(file) => ipc::call(RemoveFaxFile { draft, file }).await.map(Some),
        Change::AddDropped => ipc::call(AddDroppedFiles { draft }).await.map(Some),
        Change::ChooseFiles => ipc::call(ChooseFaxFiles { draft }).await,
    }
}

async fn reload(draft: FaxDraftId) -> Result<Option<FaxDraft>, IpcError> {
    ipc::call(GetFaxDraft { draft }).await.map(Some)
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::{draft, page};
    use super::*;
    use domain::fax::Cover;

    fn desk() -> Desk {
        Desk {
            jobs: VecDeque::new(),
            is_running: false,
            shown: Shown {
                draft: Rc::new(draft()),
                revision: 0,
                is_adding: false,
                is_sending: false,
                fault: None,
            },
            first: Some(draft()),
            is_let_go: false,
        }
    }

    fn note(text: &str) -> Job {
        Job::Change(Change::Cover(Cover {
            note: text.to_owned(),
            ..Cover::default()
        }))
    }

    #[test]
    fn only_the_newest_of_what_is_typed_waits_behind_what_is_on_its_way() {
        let mut desk = desk();
        assert!(desk.take(note("a")));
        let first = desk.jobs.pop_front();
        assert!(!desk.take(note("ab")));
        assert!(!desk.take(note("abc")));
        assert_eq!(first, Some(note("a")));
        assert_eq!(desk.jobs, [note("abc")]);
        assert_eq!(desk.shown.draft.cover.note, "abc");
    }

    #[test]
    fn an_answer_does_not_put_back_what_was_changed_meanwhile() {
        let mut desk = desk();
        desk.take(Job::Change(Change::Pages(vec![page(2, 0)])));
        desk.jobs.clear();
        desk.take(note("Call me"));
        desk.answered(FaxDraft {
            pages: vec![page(2, 0)],
            ..draft()
        });
        assert_eq!(desk.shown.draft.cover.note, "Call me");
        assert_eq!(desk.shown.draft.pages, [page(2, 0)]);
    }

    #[test]
    fn a_new_fax_that_nobody_touched_is_not_kept() {
        let mut desk = desk();
        assert!(desk.is_worthless());
        desk.take(note("Hi"));
        assert!(!desk.is_worthless());
        let mut sent = self::desk();
        sent.is_let_go = true;
        assert!(!sent.is_worthless());
    }
}
