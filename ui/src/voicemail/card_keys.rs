//! The keys of a voicemail: Space plays and pauses, the arrows skip.
//!
//! They work for the voicemail that is open, and for any other while the focus is in its card; never in a field.

use super::player::{Playback, SKIP_MS};
use crate::hooks::{Shortcut, use_shortcuts};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::{Callback, KeyboardEvent, hook};

/// Listens for the open one; the answer is for the `keydown` of the card.
#[hook]
pub(super) fn use_card_keys(playback: &Playback, is_open: bool) -> Callback<KeyboardEvent> {
    let (toggle, skip) = (playback.toggle.clone(), playback.skip.clone());
    let keys = if is_open {
        let by = |ms: i64| {
            let skip = skip.clone();
            move |()| skip.emit(ms)
        };
        let toggle = toggle.clone();
        vec![
            Shortcut::key(" ", move |()| toggle.emit(())),
            Shortcut::key("ArrowLeft", by(-SKIP_MS)),
            Shortcut::key("ArrowRight", by(SKIP_MS)),
        ]
    } else {
        Vec::new()
    };
    use_shortcuts(keys);
    Callback::from(move |event: KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        let Some(on) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        let tag = on.tag_name();
        if has_modifier || matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT") {
            return;
        }
        match event.key().as_str() {
            // Space presses the button it is on.
            " " if tag == "BUTTON" => return,
            " " => toggle.emit(()),
            "ArrowLeft" => skip.emit(-SKIP_MS),
            "ArrowRight" => skip.emit(SKIP_MS),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}
