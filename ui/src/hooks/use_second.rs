//! The one clock that ticks: durations on screen follow it together, so that a hundred of them cost one timer.
//!
//! It runs only while somebody watches, and rests while the window is hidden.

use crate::browser;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{hook, use_effect_with, use_force_update};

const SECOND_MS: u32 = 1_000;

type Watcher = Rc<dyn Fn()>;

#[derive(Default)]
struct Clockwork {
    watchers: BTreeMap<u64, Watcher>,
    next: u64,
    timer: Option<Timeout>,
}

thread_local! {
    static CLOCKWORK: RefCell<Clockwork> = RefCell::default();
}

/// Ends the watching when dropped.
struct Watch(u64);

impl Drop for Watch {
    fn drop(&mut self) {
        CLOCKWORK.with_borrow_mut(|clockwork| clockwork.watchers.remove(&self.0));
    }
}

/// Draws the component again each second while `is_wanted`.
#[hook]
pub(crate) fn use_second(is_wanted: bool) {
    let draw = use_force_update();
    use_effect_with(is_wanted, move |is_wanted| {
        let watch = is_wanted.then(|| watch(Rc::new(move || draw.force_update())));
        move || drop(watch)
    });
}

fn watch(watcher: Watcher) -> Watch {
    let id = CLOCKWORK.with_borrow_mut(|clockwork| {
        let id = clockwork.next;
        clockwork.next += 1;
        clockwork.watchers.insert(id, watcher);
        id
    });
    wind();
    Watch(id)
}

/// Sets the timer for the next second, unless it is set or nobody watches.
fn wind() {
    CLOCKWORK.with_borrow_mut(|clockwork| {
        if clockwork.timer.is_none() && !clockwork.watchers.is_empty() {
            clockwork.timer = Some(Timeout::new(SECOND_MS, strike));
        }
    });
}

fn strike() {
    let watchers: Vec<Watcher> = CLOCKWORK.with_borrow_mut(|clockwork| {
        // The timer has fired: forgetting it avoids cancelling it from inside itself.
        if let Some(timer) = clockwork.timer.take() {
            timer.forget();
        }
        clockwork.watchers.values().cloned().collect()
    });
    wind();
    if browser::is_visible() {
        for watcher in watchers {
            watcher();
        }
    }
}
