//! Noticing that an element came into view, to fetch what is dear only when somebody looks at it.

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::{NodeRef, hook, use_effect_with, use_state_eq};

/// Scrolling shall find ready what comes next.
const AHEAD: &str = "800px 0px";

/// `true` from the moment on at which the element came near to what `scroller`, a selector of the element that scrolls, shows.
#[hook]
pub(crate) fn use_seen(node: &NodeRef, scroller: &'static str) -> bool {
    let is_seen = use_state_eq(|| false);
    use_effect_with((node.clone(), *is_seen), {
        let set_seen = is_seen.setter();
        move |(node, is_seen)| {
            let watched = node.cast::<Element>().filter(|_| !is_seen).and_then(|element| {
                let entered = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
                    let is_in = |entry: &wasm_bindgen::JsValue| {
                        entry
                            .dyn_ref::<IntersectionObserverEntry>()
                            .is_some_and(IntersectionObserverEntry::is_intersecting)
                    };
                    if entries.iter().any(|entry| is_in(&entry)) {
                        set_seen.set(true);
                    }
                });
                let options = IntersectionObserverInit::new();
                options.set_root_margin(AHEAD);
                options.set_root(element.closest(scroller).ok().flatten().as_ref());
                let observer =
                    IntersectionObserver::new_with_options(entered.as_ref().unchecked_ref(), &options)
                        .ok()?;
                observer.observe(&element);
                Some((observer, entered))
            });
            move || {
                if let Some((observer, entered)) = watched {
                    observer.disconnect();
                    drop(entered);
                }
            }
        }
    });
    *is_seen
}
