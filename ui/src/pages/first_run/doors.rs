//! The three doors.

use crate::components::{Glyph, Icon};
use yew::{Callback, Html, Properties, component, html};

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Browser,
    Jwt,
    Demo,
}

const DOORS: [(Door, Icon, &str, &str); 3] = [
    (
        Door::Browser,
        Icon::Open,
        "Connect RingCentral",
        "Sign in with your browser. Your password stays between you and RingCentral.",
    ),
    (
        Door::Jwt,
        Icon::Link,
        "Paste a JWT",
        "For a computer without a browser, or a credential your administrator made for you.",
    ),
    (
        Door::Demo,
        Icon::Spark,
        "Try the demo company",
        "A rebar shop with fourteen people and two years of calls. Nothing leaves this computer.",
    ),
];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub onopen: Callback<Door>,
}

/// A list of large buttons.
#[component]
pub(crate) fn Doors(props: &Props) -> Html {
    html! {
        <div class="doors">
            { for DOORS.into_iter().map(|(door, icon, title, text)| {
                let onclick = props.onopen.reform(move |_| door);
                html! {
                    <button type="button" class="door" {onclick}>
                        <span class="door-sign"><Glyph {icon} /></span>
                        <span class="door-words"><strong>{ title }</strong><span>{ text }</span></span>
                    </button>
                }
            }) }
        </div>
    }
}
