//! A value once it has stopped changing, so that somebody who types fast asks once.

use gloo_timers::callback::Timeout;
use yew::{hook, use_effect_with, use_state_eq};

/// The newest `value` that has stood for `pause_ms`; the first one at once.
#[hook]
pub(crate) fn use_settled<T: Clone + PartialEq + 'static>(value: T, pause_ms: u32) -> T {
    let settled = use_state_eq(|| value.clone());
    use_effect_with(value, {
        let settled = settled.setter();
        move |value| {
            let value = value.clone();
            let pause = Timeout::new(pause_ms, move || settled.set(value));
            move || drop(pause)
        }
    });
    (*settled).clone()
}
