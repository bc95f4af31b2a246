//! Single keys that do something. They never fire while somebody types, nor behind an open dialog.

use super::use_latest;
use crate::browser;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::{Callback, hook, use_effect_with};

/// A key and what it does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shortcut {
    /// As [`KeyboardEvent::key`] names it: `j`, `Escape`, `?`.
    key: &'static str,
    with_control: bool,
    action: Callback<()>,
}

impl Shortcut {
    /// A key by itself.
    pub(crate) fn key(key: &'static str, action: impl Fn(()) + 'static) -> Self {
        Self {
            key,
            with_control: false,
            action: Callback::from(action),
        }
    }

    /// A key together with Control, or Command on a Mac.
    pub(crate) fn control(key: &'static str, action: impl Fn(()) + 'static) -> Self {
        Self {
            key,
            with_control: true,
            action: Callback::from(action),
        }
    }
}

/// What the person presses, as far as shortcuts care.
#[derive(Debug, Clone, Copy)]
struct Press<'a> {
    key: &'a str,
    has_control: bool,
    has_alt: bool,
    /// In a field that takes text.
    is_typing: bool,
    /// On something that Enter or Space would press.
    is_on_control: bool,
    /// A dialog is open above the page.
    is_behind_dialog: bool,
}

/// Listens for `shortcuts` while the component exists.
#[hook]
pub(crate) fn use_shortcuts(shortcuts: Vec<Shortcut>) {
    let latest = use_latest(move |event: KeyboardEvent| {
        let key = event.key();
        let press = Press {
            key: &key,
            has_control: event.ctrl_key() || event.meta_key(),
            has_alt: event.alt_key(),
            is_typing: is_text_field(&event),
            is_on_control: is_control(&event),
            is_behind_dialog: is_behind_dialog(),
        };
        if let Some(shortcut) = find(&shortcuts, press) {
            event.prevent_default();
            shortcut.action.emit(());
        }
    });
    use_effect_with((), move |()| {
        let listener = browser::document().map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                // Somebody nearer to the focus has dealt with it already.
                if let Some(event) = event
                    .dyn_ref::<KeyboardEvent>()
                    .filter(|event| !event.default_prevented())
                {
                    latest.call(event.clone());
                }
            })
        });
        move || drop(listener)
    });
}

fn find<'a>(shortcuts: &'a [Shortcut], press: Press<'_>) -> Option<&'a Shortcut> {
    if press.is_typing || press.is_behind_dialog || press.has_alt {
        return None;
    }
    if press.is_on_control && matches!(press.key, "Enter" | " ") {
        return None;
    }
    shortcuts
        .iter()
        .find(|shortcut| shortcut.key == press.key && shortcut.with_control == press.has_control)
}

/// Whether the key was pressed in a field that takes text.
pub(crate) fn is_text_field(event: &KeyboardEvent) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "range")
        ),
        _ => element.is_content_editable(),
    }
}

fn is_control(event: &KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A" | "AUDIO" | "SUMMARY"))
}

fn is_behind_dialog() -> bool {
    browser::document().is_some_and(|document| {
        document
            .query_selector("dialog[open]")
            .is_ok_and(|found| found.is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESS: Press<'static> = Press {
        key: "e",
        has_control: false,
        has_alt: false,
        is_typing: false,
        is_on_control: false,
        is_behind_dialog: false,
    };

    fn shortcuts() -> Vec<Shortcut> {
        vec![Shortcut::key("e", |()| ()), Shortcut::control("z", |()| ())]
    }

    fn fires(press: Press<'_>) -> bool {
        find(&shortcuts(), press).is_some()
    }

    #[test]
    fn single_keys_never_fire_inside_a_text_field_or_behind_a_dialog() {
        assert!(fires(PRESS));
        assert!(!fires(Press {
            is_typing: true,
            ..PRESS
        }));
        assert!(!fires(Press {
            is_behind_dialog: true,
            ..PRESS
        }));
    }

    #[test]
    fn enter_on_a_button_presses_the_button() {
        let enter = [Shortcut::key("Enter", |()| ())];
        let press = Press {
            key: "Enter",
            ..PRESS
        };
        assert!(find(&enter, press).is_some());
        assert!(
            find(
                &enter,
                Press {
                    is_on_control: true,
                    ..press
                }
            )
            .is_none()
        );
    }

    #[test]
    fn modifiers_must_match() {
        assert!(!fires(Press {
            has_control: true,
            ..PRESS
        }));
        assert!(!fires(Press {
            has_alt: true,
            ..PRESS
        }));
        assert!(fires(Press {
            key: "z",
            has_control: true,
            ..PRESS
        }));
        assert!(!fires(Press { key: "z", ..PRESS }));
    }
}
