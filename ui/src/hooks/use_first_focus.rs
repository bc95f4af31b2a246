//! Putting the focus into what a page begins with.
//!
//! The attribute `autofocus` does it as well, but in its own time: on a busy computer after somebody has begun to type elsewhere.

use web_sys::HtmlElement;
use yew::{NodeRef, hook, use_effect_with};

/// Focuses the element when it appears, if `is_wanted` then.
#[hook]
pub(crate) fn use_first_focus(node: &NodeRef, is_wanted: bool) {
    let node = node.clone();
    use_effect_with((), move |()| {
        if let Some(element) = node.cast::<HtmlElement>().filter(|_| is_wanted) {
            let _ = element.focus();
        }
    });
}
