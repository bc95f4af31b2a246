//! The navigation at the left edge.

use crate::app_state::use_app_state;
use crate::browser;
use crate::components::{Glyph, Icon};
use crate::format::{counted, grouped};
use crate::live_calls::use_live_calls;
use crate::routes::{Destination, PAGES, Route, SETTINGS};
use domain::live_calls::CallsSeen;
use yew::{Html, classes, component, hook, html, use_effect_with, use_mut_ref};
use yew_router::components::Link;
use yew_router::hooks::use_route;

/// Remembers whether the company's calls were to be seen, so that the entry does not come or go a moment after each start.
const SEES_CALLS: &str = "sees-live-calls";

/// The pages one can go to. The inbox opens again at the item one left.
#[component]
pub(crate) fn Rail() -> Html {
    let here = use_route::<Route>().unwrap_or(Route::Overview);
    let unread = use_app_state().map_or(0, |state| state.counts.unread);
    let (sees_calls, calls) = use_calls();
    let left_at = use_mut_ref(|| Route::Inbox);
    if here.page() == Route::Inbox {
        *left_at.borrow_mut() = here;
    }
    let link = |destination: Destination| {
        let is_here = destination.route == here.page();
        let to = if destination.route == Route::Inbox {
            *left_at.borrow()
        } else {
            destination.route
        };
        let (count, words) = match destination.route {
            Route::Inbox => (unread, format!("{} unread", counted(unread, "item", "items"))),
            Route::Live => (calls, counted(calls, "call now", "calls now")),
            _ => (0, String::new()),
        };
        let is_calm = destination.route == Route::Live;
        html! {
            <Link<Route> {to} classes={classes!("rail-link", is_here.then_some("is-here"))}>
                <Glyph icon={destination.icon} />
                <span class="rail-label">{ destination.label }</span>
                if count > 0 { <span class={classes!("rail-count", is_calm.then_some("is-calm"))} aria-label={words}>{ grouped(count) }</span> }
            </Link<Route>>
        }
    };
    let pages = PAGES
        .into_iter()
        .filter(|page| page.route != Route::Live || sees_calls);
    html! {
        <nav class="rail" aria-label="Pages">
            <div class="brand"><b><Glyph icon={Icon::Phone} /></b><span class="rail-label">{ "Switchboard" }</span></div>
            { for pages.map(link) }
            <hr />
            { link(SETTINGS) }
        </nav>
    }
}

/// Whether the company's calls may be seen, and how many there are.
#[hook]
fn use_calls() -> (bool, u64) {
    let answer = use_live_calls().and_then(|answer| answer.value);
    let sees = answer.as_ref().map(|calls| calls.seen == CallsSeen::Company);
    use_effect_with(sees, |sees| {
        if let Some(sees) = sees {
            browser::remember(SEES_CALLS, if *sees { "yes" } else { "no" });
        }
    });
    let sees = sees.unwrap_or_else(|| browser::remembered(SEES_CALLS).as_deref() != Some("no"));
    (sees, answer.map_or(0, |calls| calls.calls.len() as u64))
}
