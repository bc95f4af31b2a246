//! Fetching the older history page by page, newest first, at the lowest priority.
//!
//! Where to go on is stored with every page, so a kill loses at most the page that was under way. Which page is next
//! is [`super::history`]'s arithmetic.

use super::current::{Reach, coverage, occurred_at};
use super::history::{History, Received, Window};
use super::lane::{Lane, Next};
use super::plan;
use super::{Sync, SyncError};
use crate::store::{Applied, Backfill, Change, Page, Source};
use domain::sync::BackfillProgress;
use jiff::{SignedDuration, Timestamp, ToSpan};
use ringcentral::Priority;
use ringcentral::api::call_log::{ListCalls, View};
use ringcentral::api::message_store::ListMessages;

/// The most that the detailed view of the call log returns on a page. Messages take the same, so that one page is never
/// long in the store's only writer.
const PER_PAGE: u32 = 250;

impl Sync {
    /// Fetches one page of the history of `lane`.
    pub(super) async fn history_step(&self, lane: Lane) -> Result<Next, SyncError> {
        let Some(scope) = lane.scope() else {
            return Ok(lane.rest());
        };
        let Some(held) = self.store().backfill(&scope).await? else {
            return Ok(lane.rest());
        };
        let mut history = History::from_cursor(held.cursor.as_deref());
        let Some(window) = history.next().filter(|_| !self.is_history_paused()) else {
            return Ok(lane.rest());
        };
        let requested_at = self.now();
        let (source, fetched) = match lane {
            Lane::CallHistory => (Source::CallLog, self.older_calls(window).await?),
            _ => (Source::MessageStore, self.older_messages(window).await?),
        };
        let reach = match fetched.received.is_last {
            true => Reach::Instant(window.from.max(recent(requested_at))),
            false => Reach::Cut,
        };
        // The second page of an instant knows nothing of the first.
        let mut covers = (window.page == 1)
            .then(|| coverage(source, &fetched.changes, reach, window.until))
            .flatten();
        if let Some(covers) = covers.as_mut().filter(|_| fetched.received.is_last) {
            covers.names_all_since = covers.names_all_since.min(window.from);
        }
        let _turn = self.history_turn().await;
        // A full synchronisation may have planned anew meanwhile; then this page is taken in and does not count.
        let is_still_planned = self
            .store()
            .backfill(&scope)
            .await?
            .is_some_and(|now_held| now_held.cursor == held.cursor);
        if !is_still_planned {
            self.store()
                .apply(Page {
                    changes: fetched.changes,
                    ..Page::empty(scope, requested_at)
                })
                .await?;
            return Ok(Next::Again);
        }
        history.advance(fetched.received);
        let is_finished = history.is_finished();
        let records = u64::try_from(fetched.changes.len()).unwrap_or_default();
        let progress = BackfillProgress {
            records: held.progress.records.saturating_add(records),
            complete_since: history.complete_since(),
            target: held.progress.target,
            // Somebody may have paused while the request was under way.
            is_paused: self.is_history_paused(),
            is_finished,
        };
        let page = Page {
            changes: fetched.changes,
            covers,
            backfill: Some(Backfill {
                progress,
                cursor: Some(history.to_cursor()),
            }),
            ..Page::empty(scope, requested_at)
        };
        let applied = self.store().apply(page).await?;
        if lane == Lane::MessageHistory && applied != Applied::default() {
            self.request_voicemail();
        }
        Ok(if is_finished {
            lane.rest()
        } else {
            self.history_pace()
        })
    }

    async fn older_calls(&self, window: Window) -> Result<Fetched, SyncError> {
        let which = ListCalls {
            started_from: Some(window.from),
            started_before: Some(just_after(window.until)),
            view: Some(View::Detailed),
            page: Some(window.page),
            per_page: Some(PER_PAGE),
            ..ListCalls::default()
        };
        let page = self.client().call_log().list(&which, Priority::Backfill).await?;
        Ok(fetched(page, plan::call))
    }

    async fn older_messages(&self, window: Window) -> Result<Fetched, SyncError> {
        let which = ListMessages {
            created_from: Some(window.from),
            created_before: Some(just_after(window.until)),
            page: Some(window.page),
            per_page: Some(PER_PAGE),
            ..ListMessages::default()
        };
        let page = self
            .client()
            .message_store()
            .list(&which, Priority::Backfill)
            .await?;
        Ok(fetched(page, |message| plan::message(&message)))
    }
}

struct Fetched {
    changes: Vec<Change>,
    received: Received,
}

fn fetched<T>(page: ringcentral::Page<T>, plan: impl Fn(T) -> Change) -> Fetched {
    let per_page = page.paging.per_page.unwrap_or(PER_PAGE).min(PER_PAGE);
    let count = page.records.len().saturating_add(page.malformed.len());
    // Totals and links are optional in the reference; a full page without them may still have a successor.
    let is_last = page.next_page.is_none() && count < usize::try_from(per_page).unwrap_or(usize::MAX);
    let malformed = page.malformed.iter().map(plan::malformed);
    let mut changes: Vec<Change> = page.records.into_iter().map(plan).collect();
    changes.extend(malformed);
    let oldest = changes.iter().filter_map(occurred_at).min();
    Fetched {
        changes,
        received: Received { oldest, is_last },
    }
}

/// Within a month everything is kept by the server, so what it does not list was deleted. What is older may have fallen
/// to its limits (developers.ringcentral.com/guide/messaging/message-store/message-exports-report) and stays here.
fn recent(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(30 * 24))
        .unwrap_or(now)
}

/// The reference does not say whether `dateTo` itself belongs to the window; with a millisecond more it does.
fn just_after(until: Timestamp) -> Timestamp {
    until.checked_add(1.millisecond()).unwrap_or(until)
}
