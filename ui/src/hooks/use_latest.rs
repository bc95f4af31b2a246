//! The newest version of a closure, for listeners that are registered once and live longer than one rendering.

use std::cell::RefCell;
use std::rc::Rc;
use yew::{Callback, hook, use_callback, use_mut_ref};

type Slot<A> = Rc<RefCell<Option<Rc<dyn Fn(A)>>>>;

/// Calls whatever closure the last rendering brought.
#[derive(Clone)]
pub(crate) struct Latest<A>(Slot<A>);

impl<A> Latest<A> {
    /// Calls it.
    pub(crate) fn call(&self, argument: A) {
        // Copied first, so that the closure may render again while it runs.
        let closure = self.0.borrow().clone();
        if let Some(closure) = closure {
            closure(argument);
        }
    }
}

/// Keeps `closure` up to date behind a handle that never changes.
#[hook]
pub(crate) fn use_latest<A: 'static>(closure: impl Fn(A) + 'static) -> Latest<A> {
    let slot: Slot<A> = use_mut_ref(|| None);
    *slot.borrow_mut() = Some(Rc::new(closure));
    Latest(slot)
}

/// A callback that never changes and does what the last rendering said, for components that shall not be drawn again for it.
#[hook]
pub(crate) fn use_stable<A: 'static>(closure: impl Fn(A) + 'static) -> Callback<A> {
    let latest = use_latest(closure);
    use_callback((), move |argument: A, ()| latest.call(argument))
}
