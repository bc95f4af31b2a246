//! The player: play and pause, the waveform with the place in it, skipping, speed, loudness.
//!
//! The browser's audio element does the playing and is never seen. It is given the address of a blob: from Tauri's own protocols
//! nothing plays in `WebKitGTK`.

mod controls;
mod element;
mod liking;
mod listening;
mod place;
mod remembering;
mod stage;
mod use_playback;
mod volume;
mod waveform;

pub(super) use place::{SKIP_MS, clock};
pub(super) use use_playback::{Playback, Source, use_playback};

use super::use_sound::{SoundState, Sounding};
use crate::components::{Glyph, Icon};
use controls::Controls;
use stage::Stage;
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub sounding: Sounding,
    pub playback: Playback,
    /// More of the lower row, at its end.
    pub end: Html,
}

/// The player. It has the same height in every state, so that nothing jumps when the sound arrives.
#[component]
pub(super) fn VoicemailPlayer(props: &Props) -> Html {
    let Playback { is_playing, .. } = props.playback;
    let state = &props.sounding.state;
    let duration_ms = props.playback.duration_ms;
    let can_play = can_play(state);
    let label = match state {
        _ if is_playing => "Pause".to_owned(),
        SoundState::NotHere | SoundState::Unknown => format!("Listen, {}", place::length(duration_ms)),
        _ => "Play".to_owned(),
    };
    let onclick = {
        let toggle = props.playback.toggle.clone();
        Callback::from(move |_: MouseEvent| toggle.emit(()))
    };
    let position_ms = props.playback.position_ms;
    html! {
        <div class="player" role="group" aria-label="Player">
            <div class="player-main">
                <button type="button" class={classes!("player-play", props.playback.is_waiting.then_some("is-waiting"))} aria-label={label}
                    title={if is_playing { "Pause (Space)" } else { "Play (Space)" }} disabled={!can_play} {onclick}>
                    <Glyph icon={if is_playing { Icon::Pause } else { Icon::Play }} />
                </button>
                <Stage sounding={props.sounding.clone()} playback={props.playback.clone()} />
                <span class="player-time number" aria-hidden="true">
                    { place::clock(position_ms) }<span>{ format!(" / {}", place::length(duration_ms)) }</span>
                </span>
            </div>
            <div class="player-more">
                <Controls playback={props.playback.clone()} is_usable={can_play} />
                { props.end.clone() }
            </div>
            <p class="only-spoken" role="status">{ status(state, &props.playback) }</p>
        </div>
    }
}

fn can_play(state: &SoundState) -> bool {
    !matches!(
        state,
        SoundState::Missing | SoundState::Damaged(_) | SoundState::SignIn(_)
    )
}

/// For screen readers: only what has just become of it.
fn status(state: &SoundState, playback: &Playback) -> &'static str {
    match state {
        SoundState::Fetching => "Fetching the message",
        SoundState::Here(_) if playback.is_playing => "Playing",
        SoundState::Here(_) if playback.has_begun => "Paused",
        _ => "",
    }
}
