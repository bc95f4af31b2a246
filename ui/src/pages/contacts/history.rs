//! Everything we had with a contact, newest first.

use crate::app_state::use_app_state;
use crate::components::{Button, Glyph, Strip, StripKind};
use crate::format::summary::{Tone, brief};
use crate::format::sync_words::is_backfilling;
use crate::hooks::{use_core_event, use_now};
use crate::ipc;
use crate::routes::Route;
use domain::communication::Communication;
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::inbox::{Cursor, Subject};
use domain::ipc::inbox::ListTimeline;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, classes, component, html, use_effect_with, use_state};
use yew_router::hooks::use_navigator;

const PAGE: u32 = 30;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub contact: ContactId,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Shown {
    /// Newest first.
    items: Vec<Communication>,
    earlier: Option<Cursor>,
    error: Option<String>,
    is_asked: bool,
}

/// The list.
#[component]
pub(crate) fn History(props: &Props) -> Html {
    let shown = use_state(Shown::default);
    let changes = use_state(|| 0_u32);
    let now = use_now();
    let navigator = use_navigator();
    let state = use_app_state();
    use_core_event({
        let changes = changes.clone();
        move |event| {
            if matches!(
                event,
                CoreEvent::CommunicationsChanged { .. } | CoreEvent::Overflowed
            ) {
                changes.set(*changes + 1);
            }
        }
    });
    let load = {
        let (shown, contact) = (shown.clone(), props.contact);
        move |before: Option<Cursor>| {
            let shown = shown.clone();
            spawn_local(async move {
                let request = ListTimeline {
                    subject: Subject::Contact(contact),
                    before: before.clone(),
                    limit: PAGE,
                };
                match ipc::call(request).await {
                    Ok(timeline) => {
                        let mut items = if before.is_some() {
                            shown.items.clone()
                        } else {
                            Vec::new()
                        };
                        items.extend(timeline.items.into_iter().rev());
                        shown.set(Shown {
                            items,
                            earlier: timeline.earlier,
                            error: None,
                            is_asked: true,
                        });
                    }
                    Err(error) => shown.set(Shown {
                        error: Some(error.message),
                        is_asked: true,
                        ..(*shown).clone()
                    }),
                }
            });
        }
    };
    use_effect_with((props.contact, *changes), {
        let load = load.clone();
        move |_| load(None)
    });
    let more = {
        let earlier = shown.earlier.clone();
        Callback::from(move |()| load(earlier.clone()))
    };
    let open = move |id: i64| {
        let navigator = navigator.clone();
        Callback::from(move |_| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Item { id });
            }
        })
    };
    let is_arriving = state.is_none_or(|state| is_backfilling(&state.sync));
    html! {
        <section class="contact-history" aria-label="History">
            <h2>{ "History" }</h2>
            if let Some(error) = &shown.error { <Strip kind={StripKind::Failure} text={error.clone()} /> }
            if shown.items.is_empty() && shown.is_asked && shown.error.is_none() {
                <p class="quiet">{ nothing(is_arriving) }</p>
            }
            for item in shown.items.iter() {
                { line(item, &now, open(item.id.0)) }
            }
            if shown.earlier.is_some() { <Button label="Show earlier" small={true} onpress={more} /> }
        </section>
    }
}

fn nothing(is_arriving: bool) -> &'static str {
    if is_arriving {
        "Nothing so far. Older calls and texts are still arriving."
    } else {
        "Nothing yet. Calls and texts with this contact will be listed here."
    }
}

fn line(item: &Communication, now: &crate::format::dates::Now, onclick: Callback<yew::MouseEvent>) -> Html {
    let words = brief(item);
    html! {
        <button type="button" key={item.id.0} class={classes!("history-line", (words.tone == Tone::Bad).then_some("is-bad"))} {onclick}>
            <Glyph icon={words.icon} small={true} />
            <span class="history-text">{ words.text }</span>
            <time title={now.full_time(item.occurred_at)}>{ now.brief_time(item.occurred_at) }</time>
        </button>
    }
}
