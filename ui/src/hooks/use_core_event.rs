//! Hearing what the core announces.

use super::use_latest;
use crate::ipc;
use domain::event::CoreEvent;
use yew::{hook, use_effect_with};

/// Calls the newest `listener` for every event while the component exists.
#[hook]
pub(crate) fn use_core_event(listener: impl Fn(CoreEvent) + 'static) {
    let latest = use_latest(listener);
    use_effect_with((), move |()| {
        let subscription = ipc::on_core_event(move |event| latest.call(event.clone()));
        move || drop(subscription)
    });
}
