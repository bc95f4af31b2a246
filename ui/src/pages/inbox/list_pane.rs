//! The list with its tabs, and what stands there when it is empty, failed or not there yet.

use super::bulk_bar::BulkBar;
use super::choice::Choice;
use super::entries::{Entry, entries};
use super::row::{Press, Row};
use super::row_key::RowKey;
use super::use_listing::ListingHandle;
use crate::app_state::use_app_state;
use crate::components::{
    Button, EmptyState, Icon, Skeleton, SkeletonKind, Slot, Strip, StripKind, Tab, Tabs, VirtualList,
};
use crate::format::counted;
use crate::hooks::use_now;
use domain::inbox::{InboxCounts, InboxTab};
use std::rc::Rc;
use yew::{
    Callback, Html, NodeRef, Properties, component, html, use_effect_with, use_memo, use_mut_ref,
    use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub tab: InboxTab,
    pub ontab: Callback<InboxTab>,
    pub handle: ListingHandle,
    pub open: Option<RowKey>,
    pub choice: Choice,
    pub onpress: Callback<(RowKey, Press)>,
    pub ondone: Callback<()>,
    pub onread: Callback<bool>,
    pub onclear: Callback<()>,
    /// The scrolling element.
    pub node: NodeRef,
}

/// Tabs, or the bar for the chosen rows; below them the list.
#[component]
pub(crate) fn ListPane(props: &Props) -> Html {
    let counts = use_app_state().map(|state| state.counts).unwrap_or_default();
    let listing = &props.handle.listing;
    html! {
        <section class="list-pane" aria-label="List" aria-busy={listing.is_loading.to_string()}>
            if props.choice.is_empty() {
                <Tabs<InboxTab> tabs={tabs(counts)} selected={props.tab} label="What is listed" onselect={props.ontab.clone()} />
            } else {
                <BulkBar count={props.choice.len()} tab={props.tab} ondone={props.ondone.clone()} onread={props.onread.clone()}
                    onclear={props.onclear.clone()} />
            }
            if let Some(error) = &listing.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={props.handle.refresh.clone()} />
                </Strip>
            }
            if !listing.rows.is_empty() {
                <Rows ..props.clone() />
            } else if listing.is_known && listing.error.is_none() {
                { nothing(props.tab) }
            } else if listing.error.is_none() {
                <Skeleton kind={SkeletonKind::Rows} />
            }
        </section>
    }
}

#[component]
fn Rows(props: &Props) -> Html {
    let now = use_now();
    let listing = props.handle.listing.clone();
    let entries = use_memo((listing.rows.clone(), now.clone()), |(rows, now)| {
        entries(rows, now)
    });
    let slots: Rc<Rc<[Slot]>> = use_memo(entries.clone(), |entries| {
        entries.iter().map(Entry::slot).collect()
    });
    let newest = listing.rows.first().map(|row| row.item.occurred_at);
    // The newest row the person has had before the eyes; what came later is announced instead of pushed in.
    let seen = use_mut_ref(|| newest);
    let is_at_top = use_state_eq(|| true);
    if *is_at_top {
        *seen.borrow_mut() = newest;
    }
    let seen_at = *seen.borrow();
    let unseen = listing
        .rows
        .iter()
        .take_while(|row| Some(row.item.occurred_at) > seen_at)
        .count();
    let reveal = props.open.as_ref().and_then(|open| {
        entries
            .iter()
            .position(|entry| matches!(entry, Entry::Row(row) if RowKey::of(&row.item) == *open))
    });
    // Only a step of the person's own brings a row into view; a row that moves by itself does not take the view along.
    let reveal = *use_memo(props.open.clone(), |_| reveal);
    let to_top = {
        let node = props.node.clone();
        Callback::from(move |()| scroll_to_top(&node))
    };
    use_effect_with(listing.tab, {
        let node = props.node.clone();
        move |_| scroll_to_top(&node)
    });
    let render = {
        let (entries, open, choice) = (entries.clone(), props.open.clone(), props.choice.clone());
        let (onpress, now) = (props.onpress.clone(), now.clone());
        Callback::from(move |index: usize| match entries.get(index) {
            Some(Entry::Heading(section)) => {
                html! { <div key={format!("{section:?}")} class="day" role="presentation">{ now.section_label(*section) }</div> }
            }
            Some(Entry::Row(row)) => {
                let key = RowKey::of(&row.item);
                html! {
                    <Row key={key.element_id().to_string()} row={row.clone()} now={now.clone()} is_open={open.as_ref() == Some(&key)}
                        is_chosen={choice.contains(&key)} onpress={onpress.clone()} />
                }
            }
            None => Html::default(),
        })
    };
    let set_top = is_at_top.setter();
    html! {
        <div class="list-body">
            if unseen > 0 && !*is_at_top {
                <button type="button" class="new-pill" onclick={to_top.reform(|_| ())}>{ counted(unseen as u64, "new", "new") }</button>
            }
            <VirtualList slots={(*slots).clone()} {render} node={props.node.clone()} label="Inbox" {reveal}
                active={props.open.as_ref().map(RowKey::element_id)} onnear_end={props.handle.more.clone()}
                ontop={Callback::from(move |is_top| set_top.set(is_top))} />
        </div>
    }
}

fn scroll_to_top(node: &NodeRef) {
    if let Some(list) = node.cast::<web_sys::Element>() {
        list.set_scroll_top(0);
    }
}

fn tabs(counts: InboxCounts) -> Vec<Tab<InboxTab>> {
    [
        (InboxTab::All, "All", 0),
        (InboxTab::Unread, "Unread", counts.unread),
        (InboxTab::Calls, "Calls", 0),
        (InboxTab::Texts, "Texts", counts.unread_texts),
        (InboxTab::Voicemail, "Voicemail", counts.unread_voicemail),
        (InboxTab::Fax, "Fax", counts.unread_faxes),
        (InboxTab::Missed, "Missed", counts.owed),
        (InboxTab::Done, "Done", 0),
    ]
    .into_iter()
    .map(|(value, label, count)| Tab {
        value,
        label: label.into(),
        count,
    })
    .collect()
}

fn nothing(tab: InboxTab) -> Html {
    let (icon, title, text) = match tab {
        InboxTab::All => (
            Icon::Check,
            "Nothing left",
            "Calls, texts, voicemail and faxes appear here as they come in.",
        ),
        InboxTab::Unread => (
            Icon::Check,
            "All read",
            "New items appear here until somebody has seen them.",
        ),
        InboxTab::Calls => (Icon::Phone, "No calls", "Calls that are not done appear here."),
        InboxTab::Texts => (
            Icon::Text,
            "No texts",
            "Conversations that are not done appear here.",
        ),
        InboxTab::Voicemail => (
            Icon::Voicemail,
            "No voicemail",
            "Messages from callers appear here.",
        ),
        InboxTab::Fax => (
            Icon::Fax,
            "No faxes",
            "Faxes that came in or went out appear here.",
        ),
        InboxTab::Missed => (
            Icon::Check,
            "Nobody is waiting",
            "A missed call stays here until somebody calls or texts back.",
        ),
        InboxTab::Done => (
            Icon::Inbox,
            "Nothing done yet",
            "What you mark as done moves here, and back when there is news.",
        ),
    };
    html! { <EmptyState {icon} {title} {text} /> }
}
