//! The round sign of a person: initials on a colour that belongs to the name, and for a colleague the dot that says who can be reached.

use super::presence_indicator::PresenceIndicator;
use crate::format::names;
use domain::communication::Party;
use domain::contact::{Contact, ContactKind, ContactRef};
use domain::ids::ContactId;
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
    /// The dot at its edge.
    #[prop_or_default]
    pub mark: Html,
}

/// Draws it. The name always stands beside it, so screen readers skip the letters.
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
    html! {
        <span class={classes!("avatar", size, hue)}>
            <span aria-hidden="true">{ &props.initials }</span>
            { props.mark.clone() }
        </span>
    }
}

/// The avatar of the other side of a communication.
pub(crate) fn of_party(party: &Party, size: AvatarSize) -> Html {
    let name = party
        .contact
        .as_ref()
        .map(|contact| contact.name.clone())
        .unwrap_or_default();
    let mark = party
        .contact
        .as_ref()
        .map(|contact| mark(contact.kind, contact.id));
    html! { <Avatar initials={names::initials(party)} {name} {size} mark={mark.unwrap_or_default()} /> }
}

/// The avatar of a contact.
pub(crate) fn of_contact(contact: &Contact, size: AvatarSize) -> Html {
    marked(&contact.name, size, mark(contact.kind, contact.id))
}

/// The avatar of a contact of whom only the most important is at hand.
pub(crate) fn of_ref(contact: &ContactRef, size: AvatarSize) -> Html {
    marked(&contact.name, size, mark(contact.kind, contact.id))
}

/// The avatar of somebody with a mark of the caller's own.
pub(crate) fn marked(name: &str, size: AvatarSize, mark: Html) -> Html {
    html! { <Avatar initials={names::initials_of(name)} name={name.to_owned()} {size} {mark} /> }
}

/// Only colleagues have a presence.
fn mark(kind: ContactKind, contact: ContactId) -> Html {
    match kind {
        ContactKind::TeamMember => html! { <PresenceIndicator {contact} /> },
        ContactKind::External | ContactKind::Queue => Html::default(),
    }
}
