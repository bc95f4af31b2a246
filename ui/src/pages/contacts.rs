//! Contacts.

use yew::{Html, component, html};

/// The page.
#[component]
pub fn Contacts() -> Html {
    html! { <section class="page" /> }
}
