//! The audio element itself: one plays at a time, as somebody likes to listen.

use super::liking::Liking;
use std::cell::RefCell;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlAudioElement;

/// What it tells of itself, as far as the player cares.
pub(super) const EVENTS: [&str; 7] = [
    "loadedmetadata",
    "durationchange",
    "play",
    "pause",
    "ended",
    "seeked",
    "error",
];

thread_local! {
    /// What plays; another one stops it.
    static PLAYING: RefCell<Option<HtmlAudioElement>> = const { RefCell::new(None) };
}

/// One at a time.
pub(super) fn take_over(audio: &HtmlAudioElement) {
    let before = PLAYING.with_borrow_mut(|playing| playing.replace(audio.clone()));
    if let Some(before) = before.filter(|before| before != audio) {
        let _ = before.pause();
    }
}

pub(super) fn play(audio: &HtmlAudioElement) {
    if let Ok(began) = audio.play() {
        spawn_local(async move {
            // A refusal is an event of its own; a pause before the first sound is none.
            let _ = JsFuture::from(began).await;
        });
    }
}

/// The pitch stays: that is what the element does by itself, said again because older engines knew it by another name.
pub(super) fn apply(audio: &HtmlAudioElement, liking: Liking) {
    let _ = js_sys::Reflect::set(audio, &"preservesPitch".into(), &true.into());
    audio.set_default_playback_rate(liking.rate());
    audio.set_playback_rate(liking.rate());
    audio.set_volume(liking.gain());
    audio.set_muted(liking.is_muted);
}

pub(super) fn duration_of(audio: &HtmlAudioElement) -> Option<u32> {
    Some(audio.duration())
        .filter(|seconds| seconds.is_finite() && *seconds > 0.0)
        .map(to_ms)
}

pub(super) fn to_ms(seconds: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let ms = (seconds * 1_000.0).round() as u32;
    ms
}
