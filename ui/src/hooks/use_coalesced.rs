//! Many calls made into few: while thousands of records arrive, a list asks again some times a second, not for each.

use super::use_latest;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::{Callback, hook, use_callback, use_effect_with, use_mut_ref};

#[derive(Default)]
struct Pace {
    resting: RefCell<Option<Timeout>>,
    is_asked_again: Cell<bool>,
}

/// Calls `action` at once, then at most every `pause_ms`; a call during the pause is made up for at its end.
#[hook]
pub(crate) fn use_coalesced(pause_ms: u32, action: impl Fn(()) + 'static) -> Callback<()> {
    let latest = use_latest(action);
    let pace: Rc<RefCell<Rc<Pace>>> = use_mut_ref(Rc::<Pace>::default);
    let pace = pace.borrow().clone();
    {
        let pace = pace.clone();
        use_effect_with((), move |()| move || drop(pace.resting.take()));
    }
    use_callback(pause_ms, move |(), &pause_ms| {
        if pace.resting.borrow().is_some() {
            pace.is_asked_again.set(true);
            return;
        }
        let latest = latest.clone();
        rest(&pace, pause_ms, Rc::new(move || latest.call(())));
    })
}

fn rest(pace: &Rc<Pace>, pause_ms: u32, action: Rc<dyn Fn()>) {
    action();
    let after = pace.clone();
    *pace.resting.borrow_mut() = Some(Timeout::new(pause_ms, move || {
        // The timer has fired: forgetting it avoids cancelling it from inside itself.
        if let Some(timer) = after.resting.take() {
            timer.forget();
        }
        if after.is_asked_again.take() {
            rest(&after, pause_ms, action);
        }
    }));
}
