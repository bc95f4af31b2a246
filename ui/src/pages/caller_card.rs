//! CallerCards.

use yew::{Html, component, html};

/// The page.
#[component]
pub fn CallerCards() -> Html {
    html! { <section class="page" /> }
}
