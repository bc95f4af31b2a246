//! Keys that bring the window forward from anywhere: recorded as they are pressed.

use super::shortcut_keys::{Held, Press, read};
use crate::components::{Button, ButtonKind, Icon};
use web_sys::HtmlElement;
use yew::{
    Callback, Html, KeyboardEvent, Properties, component, html, use_effect_with, use_node_ref, use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub value: Option<String>,
    pub onchange: Callback<Option<String>>,
}

/// The keys, and the buttons to record others or do without.
#[component]
pub(super) fn ShortcutField(props: &Props) -> Html {
    let is_recording = use_state(|| false);
    let refused = use_state(|| None::<&'static str>);
    let record = {
        let (is_recording, refused) = (is_recording.setter(), refused.setter());
        Callback::from(move |()| {
            is_recording.set(true);
            refused.set(None);
        })
    };
    let stop = {
        let is_recording = is_recording.setter();
        Callback::from(move |()| is_recording.set(false))
    };
    let onkeydown = {
        let (is_recording, refused, onchange) =
            (is_recording.clone(), refused.setter(), props.onchange.clone());
        Callback::from(move |event: KeyboardEvent| {
            if !*is_recording {
                return;
            }
            // Tab leaves the field as everywhere.
            if event.key() == "Tab" {
                is_recording.set(false);
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            if event.key() == "Escape" {
                is_recording.set(false);
                return;
            }
            let held = Held {
                control: event.ctrl_key(),
                alt: event.alt_key(),
                shift: event.shift_key(),
                meta: event.meta_key(),
            };
            match read(&event.code(), held) {
                Press::Waiting => {}
                Press::Refused(why) => refused.set(Some(why)),
                Press::Keys(keys) => {
                    is_recording.set(false);
                    refused.set(None);
                    onchange.emit(Some(keys));
                }
            }
        })
    };
    let remove = props.onchange.reform(|()| None);
    let button = match (*is_recording, &props.value) {
        (true, _) => "Cancel",
        (false, Some(_)) => "Change",
        (false, None) => "Record",
    };
    // Wherever the focus went with the click, the keys must come here.
    let place = use_node_ref();
    use_effect_with(*is_recording, {
        let place = place.clone();
        move |is_recording| {
            if let Some(place) = place.cast::<HtmlElement>().filter(|_| *is_recording) {
                let _ = place.focus();
            }
        }
    });
    let shown = match (&props.value, *is_recording) {
        (_, true) => {
            html! { <span class="shortcut-keys is-recording" role="status">{ "Press the keys…" }</span> }
        }
        (Some(keys), false) => {
            html! { <span class="shortcut-keys">{ for keys.split('+').map(|key| html! { <kbd>{ key.to_owned() }</kbd> }) }</span> }
        }
        (None, false) => html! { <span class="shortcut-keys quiet">{ "None" }</span> },
    };
    html! {
        <div ref={place} class="shortcut-field" tabindex="-1" {onkeydown}>
            <span class="shortcut-words">
                <span>{ "Keys that show Switchboard" }</span>
                if let Some(why) = *refused {
                    <span class="field-error" role="alert">{ why }</span>
                } else {
                    <span class="field-hint">{ "From any program, also while the window is hidden. Some desktops do not allow it." }</span>
                }
            </span>
            { shown }
            <Button label={button} small={true} onpress={if *is_recording { stop } else { record }} />
            if props.value.is_some() && !*is_recording {
                <Button label="Use no keys" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={remove} />
            }
        </div>
    }
}
