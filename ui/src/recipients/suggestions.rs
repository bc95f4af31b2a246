//! The people who go with what was typed.

use super::{Recipient, Suggestion};
use crate::components::presence_indicator::PresenceIndicator;
use crate::components::{AvatarSize, Glyph, Icon, avatar};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

/// The list's `id`, for the field that controls it.
pub(super) const LIST: &str = "recipient-list";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub offered: Vec<Suggestion>,
    /// The one that Enter would take.
    pub active: usize,
    /// Stands before a number as it was typed.
    pub sign: Icon,
    pub onchoose: Callback<Recipient>,
}

/// `id` of a line.
pub(super) fn element_id(at: usize) -> AttrValue {
    format!("recipient-{at}").into()
}

/// The list below the field.
#[component]
pub(super) fn Suggestions(props: &Props) -> Html {
    let line = |(at, one): (usize, &Suggestion)| {
        let is_active = at == props.active;
        let choose = {
            let (onchoose, recipient) = (props.onchoose.clone(), one.recipient.clone());
            Callback::from(move |event: MouseEvent| {
                // The field keeps the keyboard.
                event.prevent_default();
                onchoose.emit(recipient.clone());
            })
        };
        html! {
            <div key={one.recipient.number.clone()} id={element_id(at)} role="option" aria-selected={is_active.to_string()}
                class={classes!("picker-row", is_active.then_some("is-selected"))} onmousedown={choose}>
                if one.is_contact { { face(one) } } else { <Glyph icon={props.sign} /> }
                <span class="picker-words"><strong>{ &one.recipient.label }</strong><span>{ &one.detail }</span></span>
            </div>
        }
    };
    html! {
        <div id={LIST} class="recipients-list" role="listbox" aria-label="People">{ for props.offered.iter().enumerate().map(line) }</div>
    }
}

fn face(one: &Suggestion) -> Html {
    let mark = one
        .colleague
        .map(|contact| html! { <PresenceIndicator {contact} /> });
    avatar::marked(&one.recipient.label, AvatarSize::Small, mark.unwrap_or_default())
}
