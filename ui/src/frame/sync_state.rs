//! How current everything is, in two words; the rest in a panel below them.

use crate::components::{Button, Glyph, Popover, use_toasts};
use crate::format::counted;
use crate::format::dates::Now;
use crate::format::sync_words::{self, Urgency};
use crate::hooks::use_now;
use crate::ipc;
use domain::ipc::Command;
use domain::ipc::session::{PauseBackfill, ResumeBackfill, SyncNow};
use domain::sync::{BackfillProgress, EventSourceState, SyncPhase, SyncStatus};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, classes, component, hook, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub sync: SyncStatus,
    pub events: EventSourceState,
}

/// Words and panel.
#[component]
pub(crate) fn SyncState(props: &Props) -> Html {
    let now = use_now();
    let sync_now = use_request(|| SyncNow {});
    let pause = use_request(|| PauseBackfill {});
    let resume = use_request(|| ResumeBackfill {});
    let words = sync_words::short(&props.sync, &now);
    let class = match words.urgency {
        Urgency::Calm => "",
        Urgency::Busy => "is-busy",
        Urgency::Warning => "is-warning",
    };
    let trigger = html! {
        <span class={classes!("sync-words", class)}><Glyph icon={words.icon} /><span role="status">{ words.short.clone() }</span></span>
    };
    let can_ask = matches!(
        props.sync.phase,
        SyncPhase::UpToDate | SyncPhase::Offline | SyncPhase::Failed { .. }
    );
    html! {
        <Popover {trigger} class="button button-quiet button-small" label={format!("Synchronisation: {}", words.short)} at_end={true}>
            <div class="sync-panel">
                <p>{ sync_words::sentence(&props.sync, &now) }</p>
                <dl class="facts">
                    <dt>{ "Last update" }</dt><dd>{ sync_words::last_synced(&props.sync, &now) }</dd>
                    <dt>{ "Updates" }</dt><dd>{ sync_words::events(&props.events) }</dd>
                    if let Some(progress) = &props.sync.backfill { { history(progress, &now, &pause, &resume) } }
                    if props.sync.set_aside > 0 {
                        <dt>{ "Set aside" }</dt>
                        <dd title="RingCentral sent these in a form that this version does not understand. They are kept and tried again after an update.">
                            { counted(props.sync.set_aside, "record", "records") }{ " not understood" }
                        </dd>
                    }
                </dl>
                if can_ask { <Button label="Update now" small={true} onpress={sync_now} /> }
            </div>
        </Popover>
    }
}

fn history(progress: &BackfillProgress, now: &Now, pause: &Callback<()>, resume: &Callback<()>) -> Html {
    let percent = sync_words::history_percent(progress, now);
    html! {
        <>
            <dt>{ "History" }</dt>
            <dd>
                { sync_words::history(progress, now) }
                if !progress.is_finished {
                    <div class="progress">
                        <progress max="100" value={percent.to_string()} aria-label="Older history" />
                        if progress.is_paused {
                            <Button label="Resume" small={true} onpress={resume.clone()} />
                        } else {
                            <Button label="Pause" small={true} onpress={pause.clone()} />
                        }
                    </div>
                }
            </dd>
        </>
    }
}

/// Sends a request and says when it failed.
#[hook]
fn use_request<C: Command<Reply = ()> + 'static>(request: fn() -> C) -> Callback<()> {
    let toasts = use_toasts();
    Callback::from(move |()| {
        let toasts = toasts.clone();
        spawn_local(async move {
            if let Err(error) = ipc::call(request()).await {
                toasts.fail(error.message);
            }
        });
    })
}
