//! Who listened in to whom, when, and what became of it; for administrators.

use super::log_pages::{Pages, with_earlier, with_newest};
use super::{log_words, supervision_words};
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind, use_toasts};
use crate::format::dates::Now;
use crate::hooks::{use_coalesced, use_command, use_core_event, use_now};
use crate::ipc;
use domain::event::CoreEvent;
use domain::ipc::ErrorCode;
use domain::ipc::live_calls::{ExportSupervisions, ListSupervisions};
use domain::supervision::{SupervisionEntry, SupervisionResult};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, classes, component, html, use_state};

const PAGE: u32 = 100;
const PACE_MS: u32 = 1_000;

/// The log.
#[component]
pub(super) fn Log() -> Html {
    let now = use_now();
    let toasts = use_toasts();
    let read = use_state(Pages::default);
    let answer = use_command(Some(ListSupervisions {
        before: None,
        limit: PAGE,
    }));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        if matches!(event, CoreEvent::LiveCallsChanged | CoreEvent::Overflowed) {
            refresh.emit(());
        }
    });
    let (toasts, failing) = (toasts.clone(), toasts);
    let export = Callback::from(move |()| {
        let toasts = toasts.clone();
        spawn_local(async move {
            match ipc::call(ExportSupervisions {}).await {
                Ok(path) => toasts.say(format!("Saved as {path}")),
                Err(error) => toasts.fail(error.message),
            }
        });
    });
    let Some(log) = answer.value else {
        return match answer.error {
            Some(error) if error.code == ErrorCode::NotPermitted => html! {
                <EmptyState icon={Icon::Listen} title="The log is for administrators" text={error.message} />
            },
            Some(error) => html! {
                <EmptyState icon={Icon::Warning} title="The log could not be read" text={error.message}>
                    <Button label="Try again" small={true} onpress={answer.reload} />
                </EmptyState>
            },
            None => html! { <Skeleton kind={SkeletonKind::Rows} /> },
        };
    };
    let pages = with_newest(&read, &log);
    let more = {
        let pages = pages.clone();
        Callback::from(move |()| {
            let (read, pages, toasts) = (read.clone(), pages.clone(), failing.clone());
            spawn_local(async move {
                let request = ListSupervisions {
                    before: pages.entries.last().map(|entry| entry.number),
                    limit: PAGE,
                };
                match ipc::call(request).await {
                    Ok(part) => read.set(with_earlier(pages, part)),
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    html! {
        <div class="log">
            if let Some(number) = log.broken_at { <Strip kind={StripKind::Failure} text={log_words::broken(number)} /> }
            if let Some(error) = &answer.error { <Strip kind={StripKind::Failure} text={error.message.clone()} /> }
            if pages.entries.is_empty() {
                <EmptyState icon={Icon::Listen} title="Nobody has listened in" text="Each supervision from this computer is written down here: who, whom, how, when and for how long." />
            } else {
                <div class="log-body" tabindex="0">
                    <table>
                        <thead><tr><th>{ "No." }</th><th>{ "When" }</th><th>{ "Who" }</th><th>{ "How" }</th><th>{ "Whom" }</th><th>{ "Call with" }</th><th>{ "Result" }</th></tr></thead>
                        <tbody>{ for pages.entries.iter().map(|entry| line(entry, log.broken_at, &now)) }</tbody>
                    </table>
                    <div class="log-foot">
                        if pages.has_more { <Button label="Show earlier ones" small={true} onpress={more} /> }
                        <Button label="Export as CSV" icon={Icon::Download} small={true} onpress={export} />
                    </div>
                </div>
            }
        </div>
    }
}

fn line(entry: &SupervisionEntry, broken_at: Option<i64>, now: &Now) -> Html {
    let is_doubtful = broken_at.is_some_and(|number| entry.number >= number);
    let result = match &entry.result {
        SupervisionResult::Refused { .. } => "is-bad",
        SupervisionResult::Running => "is-running",
        SupervisionResult::Asked | SupervisionResult::Ended { .. } => "",
    };
    html! {
        <tr key={entry.number} class={classes!(is_doubtful.then_some("is-doubtful"))}>
            <td class="number">{ entry.number }</td>
            <td class="number" title={now.full_time(entry.at)}>{ now.list_time(entry.at) }</td>
            <td>{ &entry.supervisor }</td>
            <td>{ supervision_words::mode(entry.mode) }</td>
            <td>{ &entry.agent }</td>
            <td>{ &entry.party }</td>
            <td class={classes!(result)}>{ log_words::result(&entry.result) }</td>
        </tr>
    }
}
