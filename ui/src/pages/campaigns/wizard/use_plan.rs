//! The plan while it is made: changed in place, and kept when one leaves the page.

use super::super::unfinished::{Unfinished, use_unfinished};
use super::plan::Plan;
use std::rc::Rc;
use yew::{Reducible, UseReducerDispatcher, hook, use_effect_with, use_reducer};

type Edit = Box<dyn FnOnce(&mut Plan)>;

/// The plan inside of the hook.
#[derive(Debug, Clone, Default, PartialEq)]
struct Desk(Rc<Plan>);

impl Reducible for Desk {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut plan = (*self.0).clone();
        edit(&mut plan);
        Rc::new(Self(Rc::new(plan)))
    }
}

/// Where changes are handed in.
#[derive(Clone, PartialEq)]
pub(super) struct Edits {
    desk: UseReducerDispatcher<Desk>,
    unfinished: Unfinished,
}

impl Edits {
    /// Changes the newest plan.
    pub(super) fn edit(&self, edit: impl FnOnce(&mut Plan) + 'static) {
        self.desk.dispatch(Box::new(edit));
    }

    /// It has become a campaign.
    pub(super) fn forget(&self) {
        self.edit(|plan| *plan = Plan::default());
        self.unfinished.keep_plan(None);
    }
}

impl std::fmt::Debug for Edits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edits").finish_non_exhaustive()
    }
}

/// The plan one has begun, or an empty one.
#[hook]
pub(super) fn use_plan() -> (Rc<Plan>, Edits) {
    let unfinished = use_unfinished();
    let desk = use_reducer({
        let unfinished = unfinished.clone();
        move || Desk(Rc::new(unfinished.plan().unwrap_or_default()))
    });
    use_effect_with((desk.0.clone(), unfinished.clone()), |(plan, unfinished)| {
        unfinished.keep_plan((**plan != Plan::default()).then(|| (**plan).clone()));
    });
    let edits = Edits {
        desk: desk.dispatcher(),
        unfinished,
    };
    (desk.0.clone(), edits)
}
