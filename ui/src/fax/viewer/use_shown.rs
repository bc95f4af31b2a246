//! What of the viewer somebody switched on or off.

use super::liking;
use crate::browser;
use crate::hooks::use_stable;
use gloo_events::EventListener;
use yew::{Callback, hook, use_effect_with, use_state_eq};

/// The switches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) is_inverted: bool,
    pub(super) has_thumbnails: bool,
    pub(super) is_full_screen: bool,
    pub(super) invert: Callback<()>,
    pub(super) thumbnails: Callback<()>,
}

#[hook]
pub(super) fn use_shown() -> Shown {
    let is_inverted = use_state_eq(liking::is_inverted);
    let has_thumbnails = use_state_eq(liking::shows_thumbnails);
    let is_full_screen = use_state_eq(browser::is_full_screen);
    use_effect_with((), {
        let is_full_screen = is_full_screen.setter();
        move |()| {
            // Esc ends it as well, and the engine does not ask.
            let listener = browser::document().map(|document| {
                EventListener::new(&document, "fullscreenchange", move |_| {
                    is_full_screen.set(browser::is_full_screen());
                })
            });
            move || drop(listener)
        }
    });
    let invert = {
        let is_inverted = is_inverted.clone();
        use_stable(move |()| {
            liking::remember_inverted(!*is_inverted);
            is_inverted.set(!*is_inverted);
        })
    };
    let thumbnails = {
        let has_thumbnails = has_thumbnails.clone();
        use_stable(move |()| {
            liking::remember_thumbnails(!*has_thumbnails);
            has_thumbnails.set(!*has_thumbnails);
        })
    };
    Shown {
        is_inverted: *is_inverted,
        has_thumbnails: *has_thumbnails,
        is_full_screen: *is_full_screen,
        invert,
        thumbnails,
    }
}
