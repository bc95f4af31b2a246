//! What somebody waits for, each kind with those that have waited longest.

use super::words::{self, Age};
use crate::browser;
use crate::components::{AvatarSize, Glyph, Icon, avatar};
use crate::format::{durations, grouped, summary};
use crate::hooks::use_now;
use crate::routes::Route;
use domain::communication::Communication;
use domain::inbox::InboxTab;
use domain::overview::{Owed, OwedKind};
use yew::{Callback, Children, Html, MouseEvent, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub owed: Vec<Owed>,
    pub oninbox: Callback<InboxTab>,
    pub onopen: Callback<Route>,
    /// Below: what will be lost.
    #[prop_or_default]
    pub children: Children,
}

/// The card.
#[component]
pub(super) fn OwedCard(props: &Props) -> Html {
    let open: u64 = props.owed.iter().map(|owed| u64::from(owed.count)).sum();
    html! {
        <section class="overview-card overview-owed" aria-label="Owed">
            <h2>{ "Owed" }if open > 0 { <span>{ format!("{} open", grouped(open)) }</span> }</h2>
            if props.owed.is_empty() {
                <div class="overview-calm">
                    <Glyph icon={Icon::Check} />
                    <p><b>{ "Nobody waits for you" }</b><span>{ "Every call is returned, everything is read and sent." }</span></p>
                </div>
            }
            { for props.owed.iter().map(|owed| html! {
                <Group owed={owed.clone()} oninbox={props.oninbox.clone()} onopen={props.onopen.clone()} />
            }) }
            { props.children.clone() }
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct GroupProps {
    owed: Owed,
    oninbox: Callback<InboxTab>,
    onopen: Callback<Route>,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    let now = use_now();
    let owed = &props.owed;
    let seconds = owed.oldest_at.map_or(0, |at| now.seconds_since(at));
    let (tag, late) = match words::age(owed.kind, seconds) {
        Age::Fresh => ("", ""),
        Age::Late => ("tag-warn", "is-warn"),
        Age::Overdue => ("tag-bad", "is-bad"),
    };
    let onclick = {
        let (oninbox, tab) = (props.oninbox.clone(), words::tab(owed.kind));
        Callback::from(move |_: MouseEvent| match tab {
            Some(tab) => oninbox.emit(tab),
            None => browser::press_first(".outbox-words"),
        })
    };
    let entry = |item: &Communication| entry(item, owed.kind, &now, &props.onopen);
    html! {
        <div class="owed-group">
            <button type="button" class="owed-line" {onclick}>
                <span class={classes!("tag", tag)}>{ owed.count }</span>
                <b>{ words::owed(owed.kind, owed.count) }</b>
                <span class={classes!("owed-age", late)}>{ words::waits(owed, &now) }</span>
                <Glyph icon={Icon::Right} small={true} />
            </button>
            { for owed.first.iter().map(entry) }
        </div>
    }
}

fn entry(
    item: &Communication,
    kind: OwedKind,
    now: &crate::format::dates::Now,
    onopen: &Callback<Route>,
) -> Html {
    let id = item.id.0;
    let seconds = now.seconds_since(item.occurred_at);
    let late = match words::age(kind, seconds) {
        Age::Fresh => "",
        Age::Late => "is-warn",
        Age::Overdue => "is-bad",
    };
    let title = summary::row_title(item);
    let line = summary::brief(item);
    html! {
        <button key={id} type="button" class="owed-entry" title={now.full_time(item.occurred_at)} onclick={onopen.reform(move |_: MouseEvent| Route::Item { id })}>
            { avatar::of_party(&item.party, AvatarSize::Small) }
            <span class="owed-name">{ title.name }<span>{ format!(" · {}", line.text) }</span></span>
            <span class={classes!("owed-age", late)}>{ durations::waiting(seconds) }</span>
        </button>
    }
}
