//! How loud, and mute.

use super::liking::Liking;
use crate::components::{Button, ButtonKind, Icon};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, KeyboardEvent, Properties, TargetCast as _, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub liking: Liking,
    pub onchange: Callback<Liking>,
}

/// A sign that mutes, and a slider. Moving the slider makes it heard again.
#[component]
pub(super) fn Volume(props: &Props) -> Html {
    let liking = props.liking;
    let is_silent = liking.is_muted || liking.volume == 0;
    let onmute = {
        let onchange = props.onchange.clone();
        Callback::from(move |()| {
            onchange.emit(Liking {
                is_muted: !is_silent,
                // Whoever unmutes wants to hear something.
                volume: if is_silent {
                    liking.volume.max(30)
                } else {
                    liking.volume
                },
                ..liking
            });
        })
    };
    let oninput = {
        let onchange = props.onchange.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Ok(volume) = value.parse::<u8>() {
                onchange.emit(Liking {
                    volume: volume.min(100),
                    is_muted: false,
                    ..liking
                });
            }
        })
    };
    // The arrow keys make it louder here, and do not skip.
    let own_keys = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let shown = if liking.is_muted { 0 } else { liking.volume };
    html! {
        <span class="player-volume">
            <Button label="Mute" icon={if is_silent { Icon::Muted } else { Icon::Volume }} kind={ButtonKind::Quiet} small={true} icon_only={true}
                pressed={is_silent} onpress={onmute} />
            <input type="range" min="0" max="100" step="5" aria-label="Volume" aria-valuetext={format!("{shown} percent")} value={shown.to_string()}
                {oninput} onkeydown={own_keys} />
        </span>
    }
}
