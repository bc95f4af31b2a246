//! The queues: who waits and how long, who is free, and how the day went.

use super::words;
use crate::components::{Elapsed, Thresholds};
use domain::live_calls::QueueNow;
use domain::settings::CallThresholds;
use yew::{Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub queues: Vec<QueueNow>,
    pub thresholds: CallThresholds,
}

/// A card for each, in a row that scrolls where there are many.
#[component]
pub(super) fn Queues(props: &Props) -> Html {
    let thresholds = Thresholds {
        amber: props.thresholds.waiting_amber,
        red: props.thresholds.waiting_red,
    };
    html! {
        <ul class="queues" aria-label="Queues" tabindex="0">
            { for props.queues.iter().map(|queue| card(queue, thresholds)) }
        </ul>
    }
}

fn card(queue: &QueueNow, thresholds: Thresholds) -> Html {
    let today = &queue.today;
    let missed = classes!((today.missed > 0).then_some("is-bad"));
    html! {
        <li key={queue.id.clone()} class={classes!("queue", (queue.waiting > 0).then_some("is-waiting"))}>
            <h2 title={queue.name.clone()}>{ &queue.name }</h2>
            <p class="queue-now">
                <span><b>{ queue.waiting }</b>{ " waiting" }</span>
                if let Some(since) = queue.longest_since.filter(|_| queue.waiting > 0) {
                    <span title="The one who has waited longest"><Elapsed {since} {thresholds} /></span>
                }
                <span><b>{ queue.talking }</b>{ " talking" }</span>
                if let Some(free) = words::free(queue) { <span>{ free }</span> }
            </p>
            <p class="queue-today" title="Today, by the call log on this computer">
                { format!("Today {} offered · {} answered · ", today.offered, today.answered) }<span class={missed}>{ format!("{} missed", today.missed) }</span>
            </p>
        </li>
    }
}
