//! A call: one quiet line.

use crate::components::Glyph;
use crate::format::dates::Now;
use crate::format::durations::talk_time;
use crate::format::summary;
use domain::communication::{Body, CallOutcome, Communication, Direction};
use std::rc::Rc;
use yew::{Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
}

/// The line: what, how long, on which line, when.
#[component]
pub(crate) fn CallLine(props: &Props) -> Html {
    let item = &props.item;
    let Body::Call {
        outcome,
        duration_seconds,
        ..
    } = item.body
    else {
        return Html::default();
    };
    let line = summary::call(outcome, item.direction == Direction::Inbound, duration_seconds);
    let rang = (outcome == CallOutcome::Missed && duration_seconds > 0)
        .then(|| format!("rang {}", talk_time(duration_seconds)));
    let words: Vec<String> = [
        Some(line.text),
        rang,
        item.line.clone(),
        Some(props.now.list_time(item.occurred_at)),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <div class={classes!("call-line", item.is_owed.then_some("is-bad"))} title={props.now.full_time(item.occurred_at)}>
            <Glyph icon={line.icon} small={true} /><span>{ words.join(" · ") }</span>
            if item.is_owed { <span class="tag tag-bad">{ "Call back" }</span> }
        </div>
    }
}
