//! Noticing that the person turned to something else, for menus and panels that close then.

use super::use_latest;
use crate::browser;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::Node;
use yew::{NodeRef, hook, use_effect_with};

/// Calls `leave` when the pointer goes down outside of `root` while `is_open`.
#[hook]
pub(crate) fn use_outside(root: &NodeRef, is_open: bool, leave: impl Fn(()) + 'static) {
    let latest = use_latest(leave);
    use_effect_with((root.clone(), is_open), move |(root, is_open)| {
        let listener = browser::document().filter(|_| *is_open).map(|document| {
            let root = root.clone();
            // In the capture phase, because what is clicked may be gone from the page when the event has bubbled up.
            let options = EventListenerOptions::run_in_capture_phase();
            EventListener::new_with_options(&document, "pointerdown", options, move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                if root.get().is_some_and(|root| !root.contains(target.as_ref())) {
                    latest.call(());
                }
            })
        });
        move || drop(listener)
    });
}
