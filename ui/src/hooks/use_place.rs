//! Noticing that an element was scrolled or changed its size.

use super::use_latest;
use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with};

/// Calls `changed` after each scroll, after each change of size, and once when the element appears.
#[hook]
pub(crate) fn use_place(node: &NodeRef, changed: impl Fn(()) + 'static) {
    let latest = use_latest(changed);
    use_effect_with(node.clone(), move |node| {
        let watched = node.cast::<Element>().map(|element| {
            let on_scroll = latest.clone();
            let scrolled = EventListener::new(&element, "scroll", move |_| on_scroll.call(()));
            let resized = Closure::<dyn Fn(Array)>::new(move |_| latest.call(()));
            let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
            if let Some(observer) = &observer {
                // Reports the size it has now at once.
                observer.observe(&element);
            }
            (scrolled, resized, observer)
        });
        move || {
            if let Some((_, _, Some(observer))) = &watched {
                observer.disconnect();
            }
            drop(watched);
        }
    });
}
