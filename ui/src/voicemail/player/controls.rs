//! Below the waveform: ten seconds back and on, speed, loudness.

use super::liking::{Liking, SPEEDS, speed_words};
use super::place;
use super::use_playback::Playback;
use super::volume::Volume;
use crate::components::{Button, ButtonKind, Icon};
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, KeyboardEvent, Properties, TargetCast as _, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub playback: Playback,
    pub is_usable: bool,
}

/// The row.
#[component]
pub(super) fn Controls(props: &Props) -> Html {
    let Playback {
        liking, like, skip, ..
    } = &props.playback;
    let liking = *liking;
    let onspeed = {
        let like = like.clone();
        Callback::from(move |event: Event| {
            let index = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index();
            if let Some(speed) = usize::try_from(index).ok().and_then(|index| SPEEDS.get(index)) {
                like.emit(Liking {
                    speed: *speed,
                    ..liking
                });
            }
        })
    };
    // The arrow keys choose here, and do not skip.
    let own_keys = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <div class="player-controls">
            <Button label="Back 10 seconds" hint="Back 10 seconds (←)" icon={Icon::Back10} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={!props.is_usable} onpress={skip.reform(|()| -place::SKIP_MS)} />
            <Button label="On 10 seconds" hint="On 10 seconds (→)" icon={Icon::On10} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={!props.is_usable} onpress={skip.reform(|()| place::SKIP_MS)} />
            <select class="player-speed number" aria-label="Speed" title="Speed" onchange={onspeed} onkeydown={own_keys}>
                for speed in SPEEDS { <option selected={speed == liking.speed}>{ speed_words(speed) }</option> }
            </select>
            <Volume {liking} onchange={like.clone()} />
        </div>
    }
}
