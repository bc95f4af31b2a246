//! Whom a text goes to: contacts with the numbers that can get texts, and numbers as they are typed.

use super::chips;
use crate::components::Icon;
use crate::pages::contacts::use_contacts::use_contacts;
use crate::recipients::{Recipient, RecipientsField, Suggestion};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

/// As many as there is room for.
const MOST_OFFERED: usize = 5;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub chosen: Vec<Recipient>,
    pub onchange: Callback<Vec<Recipient>>,
    /// Files are there already, which stay with the people they were added for.
    pub is_locked: bool,
}

/// The field.
#[component]
pub(super) fn TextRecipients(props: &Props) -> Html {
    let typed = use_state(String::new);
    let found = use_contacts(typed.trim().to_owned());
    let offered: Vec<Suggestion> = if typed.trim().is_empty() {
        Vec::new()
    } else {
        let mut offered = chips::suggestions(&found.contacts, &typed, &props.chosen);
        offered.truncate(MOST_OFFERED);
        offered
    };
    let is_full = props.chosen.len() >= chips::MOST;
    let full = is_full.then_some(AttrValue::Static("A group text goes to 10 people at most."));
    let locked = props
        .is_locked
        .then_some(AttrValue::Static("Take the files off to change who gets them."));
    let ontyped = {
        let typed = typed.setter();
        Callback::from(move |words| typed.set(words))
    };
    html! {
        <RecipientsField chosen={props.chosen.clone()} onchange={props.onchange.clone()} typed={(*typed).clone()} {ontyped} {offered}
            is_looking={found.is_loading} sign={Icon::Text} {full} {locked} />
    }
}
