//! The calls of the company that go on now, its queues, and listening in for those who may.

mod call_list;
mod call_row;
mod log;
mod log_pages;
mod log_words;
mod order;
mod queues;
mod supervision;
mod supervision_words;
pub(crate) mod words;

use crate::app_state::use_app_state;
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind, Tab, Tabs};
use crate::hooks::{Shortcut, use_shortcuts};
use crate::live_calls::use_live_calls;
use crate::routes::Route;
use call_list::CallList;
use domain::ids::CallSessionId;
use domain::live_calls::{CallsSeen, LiveCalls};
use domain::settings::CallThresholds;
use log::Log;
use queues::Queues;
use std::rc::Rc;
use supervision::SupervisionPanel;
use yew::{Callback, Html, Properties, classes, component, html, use_state};
use yew_router::hooks::use_navigator;

/// What of the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Calls,
    Log,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub part: Part,
}

/// The page.
#[component]
pub(crate) fn Live(props: &Props) -> Html {
    let navigator = use_navigator();
    let answer = use_live_calls();
    let Some(answer) = answer else {
        return Html::default();
    };
    let sees_company = answer
        .value
        .as_ref()
        .is_some_and(|calls| calls.seen == CallsSeen::Company);
    let onselect = Callback::from(move |part: Part| {
        if let Some(navigator) = &navigator {
            navigator.push(&match part {
                Part::Calls => Route::Live,
                Part::Log => Route::SupervisionLog,
            });
        }
    });
    let tab = |value, label: &'static str| Tab {
        value,
        label: label.into(),
        count: 0,
    };
    let tabs = vec![tab(Part::Calls, "Calls"), tab(Part::Log, "Supervision log")];
    let title = if sees_company || answer.value.is_none() {
        "Live calls"
    } else {
        "Your calls"
    };
    html! {
        <section class="page live" aria-label={title}>
            <header class="live-head">
                <h1>{ title }</h1>
                if let Some(calls) = answer.value.as_ref().filter(|_| props.part == Part::Calls) {
                    <span class="live-total" role="status">{ words::total(&calls.calls) }</span>
                }
                if sees_company || props.part == Part::Log { <Tabs<Part> {tabs} selected={props.part} label="Live calls" {onselect} /> }
            </header>
            if props.part == Part::Log {
                <Log />
            } else {
                if let Some(error) = answer.error.as_ref().filter(|_| answer.value.is_some()) {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                    </Strip>
                }
                if let Some(calls) = &answer.value {
                    <Board calls={calls.clone()} />
                } else if let Some(error) = &answer.error {
                    <EmptyState icon={Icon::Warning} title="The calls could not be read" text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={answer.reload.clone()} />
                    </EmptyState>
                } else {
                    <Skeleton kind={SkeletonKind::Rows} />
                }
            }
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct BoardProps {
    calls: Rc<LiveCalls>,
}

/// Queues, calls, and what can be done about the one that is open.
#[component]
fn Board(props: &BoardProps) -> Html {
    let thresholds =
        use_app_state().map_or_else(CallThresholds::default, |state| state.settings.call_thresholds);
    let open = use_state(|| None::<CallSessionId>);
    let calls = &props.calls;
    let sees_company = calls.seen == CallsSeen::Company;
    let onopen = {
        let open = open.clone();
        Callback::from(move |id: CallSessionId| {
            // The same row again closes it.
            let is_other = open.as_ref() != Some(&id);
            open.set(is_other.then_some(id));
        })
    };
    let onclose = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    use_shortcuts(vec![Shortcut::key("Escape", {
        let onclose = onclose.clone();
        move |()| onclose.emit(())
    })]);
    let opened = (*open).clone().filter(|_| sees_company);
    let call = opened
        .as_ref()
        .and_then(|id| calls.calls.iter().find(|call| call.session_id == *id));
    html! {
        <>
            if let Some(stale) = &calls.stale { <Strip text={stale.clone()} /> }
            if let CallsSeen::Own { reason } = &calls.seen { <Strip kind={StripKind::Notice} text={reason.clone()} /> }
            if !calls.queues.is_empty() { <Queues queues={calls.queues.clone()} {thresholds} /> }
            <div class={classes!("live-board", opened.is_some().then_some("has-panel"))}>
                if calls.calls.is_empty() {
                    <EmptyState icon={Icon::Phone} title="Nobody is on the phone" text="Calls appear here as they ring, and go when they end." />
                } else {
                    <CallList calls={calls.clone()} open={opened.clone()} {thresholds} onopen={sees_company.then_some(onopen)} />
                }
                if let Some(id) = opened {
                    <SupervisionPanel key={id.to_string()} id={id.clone()} call={call.cloned().map(Rc::new)} {onclose} />
                }
            </div>
        </>
    }
}
