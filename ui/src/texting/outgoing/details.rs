//! How often a text was tried, and what lies behind its state.

use super::words;
use crate::components::{Button, Popover};
use crate::hooks::use_now;
use domain::outgoing::{OutgoingState, OutgoingText};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub text: OutgoingText,
    pub ondiscard: Callback<()>,
}

/// The word and the panel behind it.
#[component]
pub(super) fn Details(props: &Props) -> Html {
    let now = use_now();
    let text = &props.text;
    let is_unknown = matches!(text.state, OutgoingState::Unknown { .. });
    html! {
        <>
            { "·" }
            <Popover trigger={html! { { if is_unknown { "Why?" } else { "Details" } } }} label="What happened to this text" class="link" at_end={true}
                finds_room={true}>
                <div class="attempts">
                    if let Some(explanation) = words::explanation(&text.state) { <p>{ explanation }</p> }
                    if !text.attempts.is_empty() {
                        <ul>{ for text.attempts.iter().map(|attempt| html! { <li key={attempt.number}>{ words::attempt(attempt, &now) }</li> }) }</ul>
                    }
                    <p class="hint">{ format!("From {}", text.from.formatted) }</p>
                    if is_unknown {
                        <Button label="Put it away" small={true} hint="It is not looked for any more, and not sent again"
                            onpress={props.ondiscard.clone()} />
                    }
                </div>
            </Popover>
        </>
    }
}
