//! Global search: people and companies first, then what was said and sent.

mod hits;

use crate::components::{Button, SearchField};
use crate::hooks::{Shortcut, use_coalesced, use_command, use_core_event, use_outside, use_shortcuts};
use crate::routes::Route;
use crate::voicemail::use_sought;
use domain::event::CoreEvent;
use domain::ipc::inbox;
use gloo_timers::callback::Timeout;
use hits::Hits;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, KeyboardEvent, component, html, use_effect_with, use_memo, use_node_ref, use_state,
    use_state_eq,
};
use yew_router::hooks::use_navigator;

const LIMIT: u32 = 12;
/// Somebody who types fast asks once.
const PAUSE_MS: u32 = 120;
/// While history arrives, what is not found yet is looked for so often.
const AGAIN_MS: u32 = 500;
const RESULTS: &str = "search-results";

/// The field in the top bar with its results below.
#[component]
pub(crate) fn Search() -> Html {
    let typed = use_state(String::new);
    let query = use_state_eq(String::new);
    let is_open = use_state_eq(|| false);
    let active = use_state_eq(|| 0_usize);
    let (root, field) = (use_node_ref(), use_node_ref());
    let navigator = use_navigator();
    let sought = use_sought();
    use_effect_with((*typed).clone(), {
        let query = query.setter();
        move |typed: &String| {
            let wanted = typed.trim().to_owned();
            let pause = Timeout::new(PAUSE_MS, move || query.set(wanted));
            move || drop(pause)
        }
    });
    let asked = (!query.is_empty()).then(|| inbox::Search {
        query: (*query).clone(),
        limit: LIMIT,
    });
    let answer = use_command(asked);
    // What was looked for too early is found when it arrives; results that are there stay where they are.
    let found_nothing = answer
        .value
        .as_ref()
        .is_some_and(|found| found.contacts.is_empty() && found.communications.is_empty());
    let look_again = use_coalesced(AGAIN_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        let has_news = matches!(
            event,
            CoreEvent::CommunicationsChanged { .. }
                | CoreEvent::ContactsChanged { .. }
                | CoreEvent::Overflowed
        );
        if has_news && found_nothing {
            look_again.emit(());
        }
    });
    let targets: Rc<Vec<Route>> = use_memo(answer.value.clone(), |results| hits::targets(results.as_deref()));
    use_effect_with(answer.value.clone(), {
        let active = active.setter();
        move |_| active.set(0)
    });
    use_outside(&root, *is_open, {
        let is_open = is_open.setter();
        move |()| is_open.set(false)
    });
    use_shortcuts(vec![Shortcut::key("/", {
        let field = field.clone();
        move |()| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let _ = input.focus();
                input.select();
            }
        }
    })]);
    // Somebody followed a link to a number. One for calling opens the call panel too, which takes the focus then.
    use_core_event({
        let (typed, is_open, field) = (typed.setter(), is_open.setter(), field.clone());
        move |event| {
            let takes_focus = matches!(event, CoreEvent::FindNumber { .. });
            if let CoreEvent::FindNumber { number } | CoreEvent::CallNumber { number } = event {
                typed.set(number);
                is_open.set(true);
                if let Some(input) = field.cast::<HtmlInputElement>().filter(|_| takes_focus) {
                    let _ = input.focus();
                }
            }
        }
    });
    let oninput = {
        let (typed, is_open) = (typed.setter(), is_open.setter());
        Callback::from(move |text: String| {
            is_open.set(!text.trim().is_empty());
            typed.set(text);
        })
    };
    let onfocus = {
        let (is_open, has_text) = (is_open.setter(), !typed.trim().is_empty());
        Callback::from(move |()| {
            if has_text {
                is_open.set(true);
            }
        })
    };
    let choose = {
        let (typed, is_open, field) = (typed.setter(), is_open.setter(), field.clone());
        let (results, query) = (answer.value.clone(), query.clone());
        Callback::from(move |route: Route| {
            if let Some(found) = hits::found_by(results.as_deref(), route, &query) {
                sought.tell.emit(found);
            }
            typed.set(String::new());
            is_open.set(false);
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let _ = input.blur();
            }
            if let Some(navigator) = &navigator {
                navigator.push(&route);
            }
        })
    };
    let onkeydown = {
        let (typed, is_open, field) = (typed.clone(), is_open.clone(), field.clone());
        let (active, targets, choose) = (active.clone(), targets.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => active.set((*active + 1).min(targets.len().saturating_sub(1))),
                "ArrowUp" => active.set(active.saturating_sub(1)),
                "Enter" => {
                    if let Some(route) = targets.get(*active) {
                        choose.emit(*route);
                    }
                }
                // First the results, then the words, then the field itself.
                "Escape" if *is_open => is_open.set(false),
                "Escape" if !typed.is_empty() => typed.set(String::new()),
                "Escape" => {
                    if let Some(input) = field.cast::<HtmlInputElement>() {
                        let _ = input.blur();
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let shows_results = *is_open && !query.is_empty();
    html! {
        <div ref={root} class="search" role="search">
            <SearchField value={(*typed).clone()} placeholder="Search people, numbers, texts, voicemail" key_hint="/" {oninput} {onfocus} {onkeydown}
                node={field} controls={shows_results.then_some(RESULTS)}
                active_result={(shows_results && !targets.is_empty()).then(|| hits::element_id(*active))} />
            if shows_results {
                <div id={RESULTS} class="search-results" role="listbox" aria-label="Results">
                    if let Some(error) = &answer.error {
                        <p class="search-note is-bad">{ &error.message }{ " " }
                            <Button label="Try again" small={true} onpress={answer.reload.clone()} /></p>
                    } else if let Some(results) = &answer.value {
                        <Hits results={results.clone()} active={*active} query={(*query).clone()} onchoose={choose} />
                    } else {
                        <p class="search-note" role="status">{ "Searching…" }</p>
                    }
                </div>
            }
        </div>
    }
}
