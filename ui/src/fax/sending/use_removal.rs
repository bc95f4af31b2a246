//! Taking pages and files out of a fax, with the way back.
//!
//! The way back is open until something else is taken out, or the fax is closed or sent. The core throws a file away for good, so it is
//! asked to only then; until then the file is out of sight and none of its pages are sent.

use super::change::Change;
use domain::fax::{DraftPage, FaxDraft, FaxFile};
use domain::ids::FaxFileId;
use yew::{Callback, hook, use_state};

/// What was taken out last.
#[derive(Debug, Clone, PartialEq)]
struct Removed {
    words: String,
    before: Vec<DraftPage>,
    file: Option<FaxFileId>,
}

/// What can be taken out and put back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Removal {
    /// What was taken out last: `Page 3 removed`.
    pub(super) words: Option<String>,
    leaving: Option<FaxFileId>,
    /// The pages that stay, and what is to be said.
    pub(super) take_page: Callback<(Vec<DraftPage>, String)>,
    pub(super) take_file: Callback<FaxFile>,
    pub(super) put_back: Callback<()>,
    /// Nobody can want it back any more.
    pub(super) settle: Callback<()>,
}

impl Removal {
    /// Those that are still part of it.
    pub(super) fn files(&self, draft: &FaxDraft) -> Vec<FaxFile> {
        let stays = |file: &&FaxFile| Some(file.id) != self.leaving;
        draft.files.iter().filter(stays).cloned().collect()
    }
}

/// Takes out of `draft` by `change`.
#[hook]
pub(super) fn use_removal(draft: &FaxDraft, change: Callback<Change>) -> Removal {
    let removed = use_state(|| None::<Removed>);
    let next = {
        let (change, removed) = (change.clone(), removed.clone());
        Callback::from(move |next: Option<Removed>| {
            if let Some(file) = removed.as_ref().and_then(|removed| removed.file) {
                change.emit(Change::RemoveFile(file));
            }
            removed.set(next);
        })
    };
    let take_page = {
        let (change, next, before) = (change.clone(), next.clone(), draft.pages.clone());
        Callback::from(move |(pages, words): (Vec<DraftPage>, String)| {
            next.emit(Some(Removed {
                words,
                before: before.clone(),
                file: None,
            }));
            change.emit(Change::Pages(pages));
        })
    };
    let take_file = {
        let (change, next, before) = (change.clone(), next.clone(), draft.pages.clone());
        Callback::from(move |file: FaxFile| {
            let is_other = |page: &DraftPage| page.file != file.id;
            let rest: Vec<_> = before.iter().copied().filter(is_other).collect();
            if rest.len() == before.len() {
                // There is nothing of it to put back.
                change.emit(Change::RemoveFile(file.id));
                return;
            }
            next.emit(Some(Removed {
                words: format!("{} removed", file.file_name),
                before: before.clone(),
                file: Some(file.id),
            }));
            change.emit(Change::Pages(rest));
        })
    };
    let put_back = {
        let (change, removed) = (change, removed.clone());
        Callback::from(move |()| {
            if let Some(last) = &*removed {
                change.emit(Change::Pages(last.before.clone()));
                removed.set(None);
            }
        })
    };
    Removal {
        words: removed.as_ref().map(|removed| removed.words.clone()),
        leaving: removed.as_ref().and_then(|removed| removed.file),
        take_page,
        take_file,
        put_back,
        settle: next.reform(|()| None),
    }
}
