//! The waveform, which is the seek bar at once: how loud it is where, what was played, and where the pointer is.

use super::place;
use crate::browser;
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, PointerEvent, Properties, classes, component, html,
    use_effect_with, use_memo, use_node_ref, use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// None draw a flat line.
    pub peaks: Vec<u8>,
    pub position_ms: u32,
    pub duration_ms: u32,
    /// Words over the line, while there is nothing to see.
    pub note: Option<AttrValue>,
    pub is_coming: bool,
    /// It is loaded; before that a press on the line asks for it.
    pub has_sound: bool,
    pub onseek: Callback<u32>,
    pub onplay: Callback<u32>,
    pub onskip: Callback<i64>,
}

/// The slider.
#[component]
pub(super) fn Waveform(props: &Props) -> Html {
    let node = use_node_ref();
    let hover = use_state_eq(|| None::<u32>);
    let is_held = use_state_eq(|| false);
    let bars = use_memo(props.peaks.clone(), |peaks| AttrValue::from(place::bars(peaks)));
    let duration_ms = props.duration_ms;
    use_effect_with(
        (node.clone(), props.position_ms, duration_ms),
        |(node, position, duration)| {
            browser::set_style(
                node,
                "--played",
                &format!("{:.2}%", place::percent(*position, *duration)),
            );
        },
    );
    use_effect_with((node.clone(), *hover, duration_ms), |(node, hover, duration)| {
        if let Some(hover) = hover {
            browser::set_style(
                node,
                "--pointer",
                &format!("{:.2}%", place::percent(*hover, *duration)),
            );
        }
    });
    let under = {
        let node = node.clone();
        move |event: &PointerEvent| {
            let place = node.cast::<Element>()?.get_bounding_client_rect();
            let along = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
            Some(place::at(along, duration_ms))
        }
    };
    let onpointerdown = {
        let (under, is_held, node) = (under.clone(), is_held.setter(), node.clone());
        let go = if props.has_sound {
            props.onseek.clone()
        } else {
            props.onplay.clone()
        };
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some(element) = node.cast::<Element>() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            is_held.set(true);
            if let Some(at) = under(&event) {
                go.emit(at);
            }
        })
    };
    let onpointermove = {
        let (under, hover, is_held, onseek) = (under, hover.setter(), *is_held, props.onseek.clone());
        Callback::from(move |event: PointerEvent| {
            let at = under(&event);
            hover.set(at);
            if let Some(at) = at.filter(|_| is_held) {
                onseek.emit(at);
            }
        })
    };
    let release = {
        let is_held = is_held.setter();
        Callback::from(move |_: PointerEvent| is_held.set(false))
    };
    let onpointerleave = {
        let hover = hover.setter();
        Callback::from(move |_: PointerEvent| hover.set(None))
    };
    let onkeydown = {
        let (onseek, onskip) = (props.onseek.clone(), props.onskip.clone());
        Callback::from(move |event: KeyboardEvent| {
            let by = if event.shift_key() {
                place::STEP_MS
            } else {
                place::SKIP_MS
            };
            match event.key().as_str() {
                "ArrowLeft" => onskip.emit(-by),
                "ArrowRight" => onskip.emit(by),
                "ArrowDown" => onskip.emit(-place::STEP_MS),
                "ArrowUp" => onskip.emit(place::STEP_MS),
                "Home" => onseek.emit(0),
                "End" => onseek.emit(duration_ms),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let view_box = format!("0 0 {} {}", place::BARS, place::HEIGHT);
    let drawing = |class: &'static str| {
        html! {
            <svg {class} viewBox={view_box.clone()} preserveAspectRatio="none" aria-hidden="true"><path d={(*bars).clone()} /></svg>
        }
    };
    html! {
        <div ref={node} class={classes!("wave", props.is_coming.then_some("is-coming"), props.note.is_some().then_some("has-note"))}
            role="slider" tabindex="0" aria-label="Place in the message"
            aria-valuemin="0" aria-valuemax={(duration_ms / 1_000).to_string()} aria-valuenow={(props.position_ms / 1_000).to_string()}
            aria-valuetext={place::spoken(props.position_ms, duration_ms)} {onpointerdown} {onpointermove} onpointerup={release.clone()}
            onpointercancel={release} {onpointerleave} {onkeydown}>
            { drawing("wave-all") }
            { drawing("wave-played") }
            <i class="wave-head" />
            if let Some(at) = *hover { <span class="wave-hover number" aria-hidden="true">{ place::clock(at) }</span> }
            if let Some(note) = &props.note { <span class="wave-note">{ note }</span> }
        </div>
    }
}
