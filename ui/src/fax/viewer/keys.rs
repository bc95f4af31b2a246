//! What can be done in the viewer, and the keys for it. Which key does what is pure; single ones do nothing while somebody types.

use crate::browser;
use crate::hooks::{is_text_field, use_latest};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::{hook, use_effect_with};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Closes what is open, the innermost first.
    Leave,
    Close,
    ScreenUp,
    ScreenDown,
    FirstPage,
    LastPage,
    Up,
    Down,
    Left,
    Right,
    Larger,
    Smaller,
    FitWidth,
    FitPage,
    TurnLeft,
    TurnRight,
    /// By so many quarters to the right.
    TurnAll(i8),
    Invert,
    Thumbnails,
    FullScreen,
    Find,
    ToggleFind,
    NextHit,
    PreviousHit,
    Print,
    Reply,
    SendOn,
}

/// What is pressed.
#[derive(Debug, Clone, Copy)]
struct Press<'a> {
    key: &'a str,
    has_control: bool,
    has_shift: bool,
    has_alt: bool,
    /// In a field that takes text.
    is_typing: bool,
}

fn act(press: Press<'_>) -> Option<Act> {
    let Press {
        key,
        has_control,
        has_shift,
        has_alt,
        is_typing,
    } = press;
    if has_alt {
        return None;
    }
    if has_control {
        return match key {
            "f" => Some(Act::Find),
            "p" => Some(Act::Print),
            "+" | "=" => Some(Act::Larger),
            "-" => Some(Act::Smaller),
            "0" => Some(Act::FitWidth),
            "Home" if !is_typing => Some(Act::FirstPage),
            "End" if !is_typing => Some(Act::LastPage),
            _ => None,
        };
    }
    match key {
        "F3" if has_shift => return Some(Act::PreviousHit),
        "F3" => return Some(Act::NextHit),
        _ if is_typing => return None,
        _ => {}
    }
    Some(match key {
        "Escape" => Act::Leave,
        "PageUp" => Act::ScreenUp,
        "PageDown" => Act::ScreenDown,
        "Home" => Act::FirstPage,
        "End" => Act::LastPage,
        "ArrowUp" => Act::Up,
        "ArrowDown" => Act::Down,
        "ArrowLeft" => Act::Left,
        "ArrowRight" => Act::Right,
        "+" | "=" => Act::Larger,
        "-" => Act::Smaller,
        "0" => Act::FitWidth,
        "9" => Act::FitPage,
        "r" => Act::TurnRight,
        "R" => Act::TurnLeft,
        "i" => Act::Invert,
        "t" => Act::Thumbnails,
        "f" => Act::FullScreen,
        _ => return None,
    })
}

/// Calls `does` while the viewer is open and nothing stands above it.
#[hook]
pub(super) fn use_keys(does: impl Fn(Act) + 'static) {
    let latest = use_latest(does);
    use_effect_with((), move |()| {
        let listener = browser::document().map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                // A menu that closes, or a field, has dealt with it already.
                let Some(event) = event
                    .dyn_ref::<KeyboardEvent>()
                    .filter(|event| !event.default_prevented() && !is_below_dialog())
                else {
                    return;
                };
                let press = Press {
                    key: &event.key(),
                    has_control: event.ctrl_key() || event.meta_key(),
                    has_shift: event.shift_key(),
                    has_alt: event.alt_key(),
                    is_typing: is_text_field(event),
                };
                if let Some(act) = act(press) {
                    event.prevent_default();
                    latest.call(act);
                }
            })
        });
        move || drop(listener)
    });
}

fn is_below_dialog() -> bool {
    browser::document().is_some_and(|document| {
        document
            .query_selector("dialog[open]:not(.viewer)")
            .is_ok_and(|found| found.is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESS: Press<'static> = Press {
        key: "r",
        has_control: false,
        has_shift: false,
        has_alt: false,
        is_typing: false,
    };

    #[test]
    fn single_keys_do_nothing_in_a_field() {
        assert_eq!(act(PRESS), Some(Act::TurnRight));
        for key in ["r", "i", "f", "0", "+", "Home", "ArrowLeft", "Escape"] {
            assert_eq!(
                act(Press {
                    key,
                    is_typing: true,
                    ..PRESS
                }),
                None,
                "{key}"
            );
        }
    }

    #[test]
    fn finding_works_from_within_its_field() {
        let find = Press {
            key: "f",
            has_control: true,
            is_typing: true,
            ..PRESS
        };
        assert_eq!(act(find), Some(Act::Find));
        let next = Press {
            key: "F3",
            is_typing: true,
            ..PRESS
        };
        assert_eq!(act(next), Some(Act::NextHit));
    }

    #[test]
    fn other_combinations_are_left_to_the_desktop() {
        for key in ["r", "i", "a", "c"] {
            let press = Press {
                key,
                has_control: true,
                ..PRESS
            };
            assert_eq!(act(press), None);
        }
        assert_eq!(
            act(Press {
                has_alt: true,
                ..PRESS
            }),
            None
        );
    }
}
