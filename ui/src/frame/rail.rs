//! The navigation at the left edge.

use crate::app_state::use_app_state;
use crate::components::{Glyph, Icon};
use crate::format::{counted, grouped};
use crate::routes::{Destination, PAGES, Route, SETTINGS};
use yew::{Html, classes, component, html, use_mut_ref};
use yew_router::components::Link;
use yew_router::hooks::use_route;

/// The pages one can go to. The inbox opens again at the item one left.
#[component]
pub(crate) fn Rail() -> Html {
    let here = use_route::<Route>().unwrap_or(Route::Inbox);
    let unread = use_app_state().map_or(0, |state| state.counts.unread);
    let left_at = use_mut_ref(|| Route::Inbox);
    if here.page() == Route::Inbox {
        *left_at.borrow_mut() = here;
    }
    let link = |destination: Destination| {
        let is_here = destination.route == here.page();
        let is_inbox = destination.route == Route::Inbox;
        let to = if is_inbox {
            *left_at.borrow()
        } else {
            destination.route
        };
        let count = if is_inbox { unread } else { 0 };
        html! {
            <Link<Route> {to} classes={classes!("rail-link", is_here.then_some("is-here"))}>
                <Glyph icon={destination.icon} />
                <span class="rail-label">{ destination.label }</span>
                if count > 0 {
                    <span class="rail-count" aria-label={format!("{} unread", counted(count, "item", "items"))}>{ grouped(count) }</span>
                }
            </Link<Route>>
        }
    };
    html! {
        <nav class="rail" aria-label="Pages">
            <div class="brand"><b><Glyph icon={Icon::Phone} /></b><span class="rail-label">{ "Switchboard" }</span></div>
            { for PAGES.into_iter().map(link) }
            <hr />
            { link(SETTINGS) }
        </nav>
    }
}
