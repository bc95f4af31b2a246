//! The list with its tabs, and what stands there when it is empty, failed or not there yet.

use super::bulk_bar::BulkBar;
use super::choice::Choice;
use super::keys::Step;
use super::row::Press;
use super::row_key::RowKey;
use super::rows::Rows;
use super::use_listing::ListingHandle;
use crate::app_state::use_app_state;
use crate::components::{Button, EmptyState, Icon, Skeleton, SkeletonKind, Strip, StripKind, Tab, Tabs};
use domain::inbox::{InboxCounts, InboxTab};
use domain::sync::{SyncPhase, SyncStatus};
use yew::{Callback, Html, NodeRef, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub tab: InboxTab,
    pub ontab: Callback<InboxTab>,
    pub handle: ListingHandle,
    pub open: Option<RowKey>,
    pub choice: Choice,
    pub onpress: Callback<(RowKey, Press)>,
    pub onstep: Callback<Step>,
    pub ondone: Callback<()>,
    pub onread: Callback<bool>,
    pub onclear: Callback<()>,
    /// The scrolling element.
    pub node: NodeRef,
}

/// Tabs, or the bar for the chosen rows; below them the list.
#[component]
pub(crate) fn ListPane(props: &Props) -> Html {
    let state = use_app_state();
    let is_first_sync = state.as_ref().is_some_and(|state| is_first_sync(&state.sync));
    let counts = state.map(|state| state.counts).unwrap_or_default();
    let listing = &props.handle.listing;
    html! {
        <section class="list-pane" aria-label="List" aria-busy={listing.is_loading.to_string()}>
            <div class="list-head">
                <Tabs<InboxTab> tabs={tabs(counts)} selected={props.tab} label="What is listed" onselect={props.ontab.clone()} />
                if !props.choice.is_empty() {
                    <BulkBar count={props.choice.len()} tab={props.tab} ondone={props.ondone.clone()} onread={props.onread.clone()}
                        onclear={props.onclear.clone()} />
                }
            </div>
            { body(props, is_first_sync) }
        </section>
    }
}

/// Rows stay under an error; only where there are none the error takes their place.
fn body(props: &Props, is_first_sync: bool) -> Html {
    let listing = &props.handle.listing;
    let retry = || html! { <Button label="Try again" small={true} onpress={props.handle.refresh.clone()} /> };
    match (&listing.error, listing.rows.is_empty()) {
        (error, false) => html! {
            <>
                if let Some(error) = error {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>{ retry() }</Strip>
                }
                <Rows listing={listing.clone()} open={props.open.clone()} choice={props.choice.clone()} onpress={props.onpress.clone()}
                    onstep={props.onstep.clone()} onmore={props.handle.more.clone()} node={props.node.clone()} />
            </>
        },
        (Some(error), true) => html! {
            <EmptyState icon={Icon::Warning} title="The list could not be read" text={error.message.clone()}>{ retry() }</EmptyState>
        },
        (None, true) if is_first_sync => html! {
            <EmptyState icon={Icon::Sync} title="Fetching" text="Your newest calls and messages will be here in a moment. Older ones follow by themselves." />
        },
        (None, true) if listing.is_known => nothing(props.tab),
        (None, true) => html! { <Skeleton kind={SkeletonKind::Rows} /> },
    }
}

/// Nothing has ever arrived on this computer, so an empty list means nothing yet.
fn is_first_sync(sync: &SyncStatus) -> bool {
    sync.last_synced_at.is_none() && matches!(sync.phase, SyncPhase::Syncing | SyncPhase::RateLimited { .. })
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
