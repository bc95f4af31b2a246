//! Between the play button and the time: the waveform, or what stands in its way.

use super::super::use_sound::{SoundState, Sounding};
use super::place;
use super::use_playback::Playback;
use super::waveform::Waveform;
use crate::components::{Button, ButtonKind};
use crate::routes::Route;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub sounding: Sounding,
    pub playback: Playback,
}

/// As high in each state.
#[component]
pub(super) fn Stage(props: &Props) -> Html {
    let navigator = use_navigator();
    let sign_in = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::SignIn);
        }
    });
    let playback = &props.playback;
    let peaks = props
        .sounding
        .voicemail
        .as_ref()
        .and_then(|voicemail| voicemail.sound.as_ref())
        .map(|sound| sound.peaks.clone())
        .unwrap_or_default();
    let again = || {
        html! { <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={props.sounding.again.clone()} /> }
    };
    let trouble = |words: String, is_bad: bool, button: Html| {
        html! {
            <div class="player-trouble" role={if is_bad { "alert" } else { "note" }}>
                <span class={is_bad.then_some("is-bad")}>{ words }</span>{ button }
            </div>
        }
    };
    match &props.sounding.state {
        SoundState::Missing => trouble(
            "RingCentral has no sound for this message.".to_owned(),
            false,
            Html::default(),
        ),
        SoundState::Damaged(fault) => trouble(fault.clone(), true, Html::default()),
        SoundState::Failed(message) => trouble(message.clone(), true, again()),
        SoundState::SignIn(message) => trouble(
            message.clone(),
            true,
            html! { <Button label="Sign in" small={true} onpress={sign_in} /> },
        ),
        SoundState::Here(_) if playback.is_refused => trouble(
            "It cannot be played here. Save it as WAV and open it in another program.".to_owned(),
            true,
            Html::default(),
        ),
        state => {
            let note = match state {
                SoundState::NotHere if peaks.is_empty() => {
                    Some(format!("Listen, {}", place::length(playback.duration_ms)))
                }
                SoundState::Fetching if peaks.is_empty() || playback.is_waiting => {
                    Some("Fetching…".to_owned())
                }
                _ => None,
            };
            html! {
                <Waveform {peaks} position_ms={playback.position_ms} duration_ms={playback.duration_ms} {note}
                    is_coming={matches!(state, SoundState::Fetching | SoundState::Unknown)}
                    onseek={playback.seek.clone()} onplay={playback.play_from.clone()} onskip={playback.skip.clone()} has_sound={playback.has_begun} />
            }
        }
    }
}
