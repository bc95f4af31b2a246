//! The round sign of a person: initials on a colour that belongs to the name.

use crate::format::names;
use domain::communication::Party;
use yew::{AttrValue, Html, Properties, classes, component, html};

/// 28, 36 or 48 pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AvatarSize {
    Small,
    #[default]
    Medium,
    Large,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// One or two letters.
    pub initials: AttrValue,
    /// Decides the colour; nobody in particular when empty.
    #[prop_or_default]
    pub name: AttrValue,
    #[prop_or_default]
    pub size: AvatarSize,
}

/// Draws it. The name always stands beside it, so screen readers skip it.
#[component]
pub(crate) fn Avatar(props: &Props) -> Html {
    let size = match props.size {
        AvatarSize::Small => "avatar-small",
        AvatarSize::Medium => "",
        AvatarSize::Large => "avatar-large",
    };
    let hue = if props.name.is_empty() {
        "hue-none".to_owned()
    } else {
        format!("hue-{}", names::hue(&props.name))
    };
    html! { <span class={classes!("avatar", size, hue)} aria-hidden="true">{ &props.initials }</span> }
}

/// The avatar of the other side of a communication.
pub(crate) fn of_party(party: &Party, size: AvatarSize) -> Html {
    let name = party
        .contact
        .as_ref()
        .map(|contact| contact.name.clone())
        .unwrap_or_default();
    html! { <Avatar initials={names::initials(party)} {name} {size} /> }
}

/// The avatar of somebody with a name.
pub(crate) fn of_name(name: &str, size: AvatarSize) -> Html {
    html! { <Avatar initials={names::initials_of(name)} name={name.to_owned()} {size} /> }
}
