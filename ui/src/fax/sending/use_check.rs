//! What the core finds when it looks at the whole fax, asked again whenever the fax changed.

use crate::hooks::{use_coalesced, use_command};
use domain::fax::FaxCheck;
use domain::ids::FaxDraftId;
use domain::ipc::fax::CheckFax;
use std::rc::Rc;
use yew::{hook, use_effect_with, use_mut_ref};

/// While somebody types or drags, some times a second is enough.
const PACE_MS: u32 = 400;

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Checked {
    /// Of the fax as it is now; nothing while a newer look is being taken.
    pub(super) check: Option<Rc<FaxCheck>>,
    /// A newer look is being taken.
    pub(super) is_looking: bool,
    pub(super) error: Option<String>,
}

/// Which revisions were looked at.
#[derive(Debug, Default)]
struct Looks {
    /// When the look began that is being taken, or was taken last.
    asked: u64,
    /// Whose answer is here.
    answered: Option<u64>,
}

/// Looks at the fax in its newest `revision`.
#[hook]
pub(super) fn use_check(draft: FaxDraftId, revision: u64) -> Checked {
    let answer = use_command(Some(CheckFax { draft }));
    let looks = use_mut_ref(Looks::default);
    let newest = use_mut_ref(|| revision);
    *newest.borrow_mut() = revision;
    let again = use_coalesced(PACE_MS, {
        let (reload, looks, newest) = (answer.reload.clone(), looks.clone(), newest.clone());
        move |()| {
            *looks.borrow_mut() = Looks {
                asked: *newest.borrow(),
                answered: None,
            };
            reload.emit(());
        }
    });
    use_effect_with(revision, move |revision| {
        // The first look is taken by itself.
        if *revision > 0 {
            again.emit(());
        }
    });
    let is_current = {
        let mut looks = looks.borrow_mut();
        if !answer.is_loading {
            looks.answered = Some(looks.asked);
        }
        looks.answered == Some(revision)
    };
    Checked {
        check: answer.value.filter(|_| is_current),
        is_looking: !is_current,
        error: answer.error.filter(|_| is_current).map(|error| error.message),
    }
}
