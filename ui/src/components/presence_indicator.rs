//! The dot on a colleague's avatar: colour, shape and words. The same everywhere.

use crate::clock;
use crate::format::presence_words;
use crate::hooks::use_now;
use crate::presence::use_presence;
use domain::ids::ContactId;
use domain::presence::{Availability, MemberPresence};
use yew::{AttrValue, Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub contact: ContactId,
}

/// The dot of a colleague; nothing while nothing is known.
#[component]
pub(crate) fn PresenceIndicator(props: &Props) -> Html {
    // Time in state is part of what it says.
    let _now = use_now();
    use_presence(props.contact).map_or_else(Html::default, |presence| dot_of(&presence))
}

/// The dot of a presence that is at hand.
pub(crate) fn dot_of(presence: &MemberPresence) -> Html {
    let words = presence_words::sentence(
        presence,
        presence.since.map(clock::seconds_since),
        clock::seconds_since(presence.updated_at),
    );
    html! { <Dot availability={presence.availability} is_stale={presence.is_stale} {words} /> }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct DotProps {
    pub availability: Availability,
    #[prop_or_default]
    pub is_stale: bool,
    /// What it says to a screen reader and on hover; without it, it only repeats the words beside it.
    #[prop_or_default]
    pub words: Option<AttrValue>,
}

/// A dot by itself.
#[component]
pub(crate) fn Dot(props: &DotProps) -> Html {
    let class = classes!(
        "presence",
        presence_words::class(props.availability),
        props.is_stale.then_some("is-stale")
    );
    match &props.words {
        Some(words) => html! { <span {class} role="img" aria-label={words.clone()} title={words.clone()} /> },
        None => html! { <span {class} aria-hidden="true" /> },
    }
}
