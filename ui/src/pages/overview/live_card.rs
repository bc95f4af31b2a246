//! The calls that go on now, in short.

use crate::app_state::use_app_state;
use crate::components::{Elapsed, Glyph, Icon};
use crate::live_calls::use_live_calls;
use crate::pages::live::words;
use crate::routes::Route;
use domain::live_calls::{CallsSeen, CompanyCall};
use domain::overview::LiveInShort;
use domain::settings::CallThresholds;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

/// The rest is one click away.
const SHOWN: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub live: LiveInShort,
    pub onopen: Callback<Route>,
}

/// The card.
#[component]
pub(super) fn LiveCard(props: &Props) -> Html {
    let thresholds =
        use_app_state().map_or_else(CallThresholds::default, |state| state.settings.call_thresholds);
    let answer = use_live_calls();
    let calls = answer.as_ref().and_then(|answer| answer.value.as_ref());
    let seen = calls.map_or(&props.live.seen, |calls| &calls.seen);
    let is_own = matches!(seen, CallsSeen::Own { .. });
    let title = if is_own { "Your calls" } else { "Live calls" };
    let open = props.onopen.reform(|_: MouseEvent| Route::Live);
    let all = calls.map(|calls| calls.calls.as_slice()).unwrap_or_default();
    let (total, waiting) = match calls {
        Some(calls) => words::totals(&calls.calls),
        None => (
            props.live.talking + props.live.ringing + props.live.waiting,
            props.live.waiting,
        ),
    };
    let short = if waiting > 0 {
        format!("{total} · {waiting} waiting")
    } else {
        total.to_string()
    };
    let error = answer
        .as_ref()
        .filter(|answer| answer.value.is_none())
        .and_then(|answer| answer.error.clone());
    html! {
        <section class="overview-card" aria-label={title}>
            <h2>{ title }<button type="button" class="card-link" aria-label={format!("{short}, open {}", title.to_lowercase())} onclick={open}>{ short }<Glyph icon={Icon::Right} small={true} /></button></h2>
            if let Some(error) = error {
                <p class="card-stale"><Glyph icon={Icon::Warning} small={true} />{ error.message }</p>
            } else if all.is_empty() {
                <div class="overview-calm"><Glyph icon={Icon::Phone} /><p><b>{ "Quiet at the moment" }</b><span>{ "Calls appear here as they ring." }</span></p></div>
            } else {
                <ul class="live-short">{ for all.iter().take(SHOWN).map(|call| line(call, thresholds, &props.onopen)) }</ul>
                if all.len() > SHOWN { <p class="hint">{ format!("and {} more", all.len() - SHOWN) }</p> }
            }
            if let CallsSeen::Own { reason } = seen { <p class="hint">{ reason }</p> }
        </section>
    }
}

fn line(call: &CompanyCall, thresholds: CallThresholds, onopen: &Callback<Route>) -> Html {
    let state = words::state(call.state);
    html! {
        <li key={call.session_id.to_string()}>
            <button type="button" onclick={onopen.reform(|_: MouseEvent| Route::Live)}>
                <span class="live-short-ours">{ words::our_end(call) }</span>
                <span class="live-short-party">{ &call.party.label }</span>
                <span class="live-short-time"><Glyph icon={words::icon(call.state)} small={true} /><span class="only-spoken">{ state }</span><Elapsed since={call.state_since} thresholds={words::thresholds(call.state, thresholds)} /></span>
            </button>
        </li>
    }
}
