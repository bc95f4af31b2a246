//! Bringing the message store and the call log up to date: `FSync` once, `ISync` from then on.
//!
//! Each answer goes into the store together with its token, so a crash in between costs one request and nothing else.
//! When the server no longer takes the token, a full synchronisation follows in the same step; what it leaves open
//! between the last time and now becomes a span of the history.

use super::history::History;
use super::lane::{Lane, Next};
use super::plan;
use super::{Sync, SyncError};
use crate::store::{Backfill, Change, Coverage, Page, Source, SyncScope, SyncToken};
use domain::sync::BackfillProgress;
use jiff::{SignedDuration, Timestamp, ToSpan};
use ringcentral::Priority;
use ringcentral::api::ExtensionRef;
use ringcentral::api::call_log::{CallLogFilter, View};
use ringcentral::api::message_sync::FullMessageSync;
use ringcentral::page::SyncPage;

/// The call log's limit for a full synchronisation, and enough to fill the first screens
/// (developers.ringcentral.com/guide/voice/call-log/sync).
const FULL_SYNC_RECORDS: u32 = 250;
/// "dateFrom is limited to the last 30 days" for the call log (API reference, syncUserCallLog); a little less, as clocks differ.
const CALL_LOG_REACH: SignedDuration = SignedDuration::from_hours(30 * 24 - 1);

impl Sync {
    pub(super) async fn messages_step(&self) -> Result<Next, SyncError> {
        let scope = SyncScope::MESSAGE_STORE;
        let state = self.store().sync_state(&scope).await?;
        let requested_at = self.now();
        if let Some(SyncToken(token)) = state.token {
            let token = ringcentral::page::SyncToken(token);
            let answer = self
                .client()
                .message_sync()
                .incremental(&ExtensionRef::Own, &token, Priority::Event)
                .await;
            match answer {
                Ok(page) => {
                    let changes = changes(page, plan::message_change);
                    return self.take_in_news(Lane::Messages, requested_at, changes).await;
                }
                Err(error) if error.is_sync_token_expired() => self.forget_token(&scope).await?,
                Err(error) => return Err(error.into()),
            }
        }
        let target = self.history_target(requested_at);
        let which = FullMessageSync {
            of: ExtensionRef::Own,
            // The token remembers the frame: changes of older messages are told only within it.
            created_from: target,
            created_before: None,
            kinds: Vec::new(),
            direction: None,
            record_count: Some(FULL_SYNC_RECORDS),
        };
        let page = self.client().message_sync().full(&which, Priority::Event).await?;
        let changes = changes(page, plan::message_change);
        self.take_in_everything(
            Lane::Messages,
            Source::MessageStore,
            requested_at,
            state.synced_at,
            changes,
        )
        .await
    }

    pub(super) async fn calls_step(&self) -> Result<Next, SyncError> {
        let scope = SyncScope::CALL_LOG;
        let state = self.store().sync_state(&scope).await?;
        let requested_at = self.now();
        let filter = CallLogFilter {
            view: Some(View::Detailed),
            is_showing_deleted: true,
            ..CallLogFilter::default()
        };
        if let Some(SyncToken(token)) = state.token {
            let token = ringcentral::page::SyncToken(token);
            let answer = self
                .client()
                .call_log()
                .incremental_sync(&filter, &token, Priority::Event)
                .await;
            match answer {
                Ok(page) => {
                    let changes = changes(page, plan::call_change);
                    return self.take_in_news(Lane::Calls, requested_at, changes).await;
                }
                Err(error) if error.is_sync_token_expired() => self.forget_token(&scope).await?,
                Err(error) => return Err(error.into()),
            }
        }
        let from = requested_at
            .saturating_sub(CALL_LOG_REACH)
            .unwrap_or(requested_at);
        let filter = CallLogFilter {
            is_showing_deleted: false,
            ..filter
        };
        let page = self
            .client()
            .call_log()
            .full_sync(&filter, Some(from), FULL_SYNC_RECORDS, Priority::Event)
            .await?;
        let changes = changes(page, plan::call_change);
        self.take_in_everything(
            Lane::Calls,
            Source::CallLog,
            requested_at,
            state.synced_at,
            changes,
        )
        .await
    }

    async fn take_in_news(
        &self,
        lane: Lane,
        requested_at: Timestamp,
        answer: Answer,
    ) -> Result<Next, SyncError> {
        let Some(scope) = lane.scope() else {
            return Ok(lane.rest());
        };
        let has_changes = !answer.changes.is_empty();
        let page = Page {
            changes: answer.changes,
            token: Some(answer.token),
            ..Page::empty(scope, requested_at)
        };
        self.store().apply(page).await?;
        if has_changes && lane == Lane::Messages {
            self.request_voicemail();
        }
        Ok(lane.rest())
    }

    /// The newest records are here; the rest is history. Whatever the server was asked for, only what it sent is taken
    /// as complete: a server that looks back less far than we asked must not make older records seem deleted.
    async fn take_in_everything(
        &self,
        lane: Lane,
        source: Source,
        requested_at: Timestamp,
        was_complete_at: Option<Timestamp>,
        answer: Answer,
    ) -> Result<Next, SyncError> {
        let Some(scope) = lane.scope() else {
            return Ok(lane.rest());
        };
        let _turn = self.history_turn().await;
        let held = self.store().backfill(&scope).await?;
        let target = self.history_target(requested_at);
        let oldest = answer.changes.iter().filter_map(occurred_at).min();
        let mut history = History::from_cursor(held.as_ref().and_then(|held| held.cursor.as_deref()));
        history.note_full_sync(
            oldest.unwrap_or(requested_at).min(requested_at),
            was_complete_at,
            self.recheck_from(lane, requested_at, target),
            target,
        );
        let is_full = answer.changes.len() >= usize::try_from(FULL_SYNC_RECORDS).unwrap_or(usize::MAX);
        let reach = if is_full { Reach::Cut } else { Reach::Oldest };
        let covers = coverage(source, &answer.changes, reach, requested_at);
        let progress = BackfillProgress {
            records: held
                .as_ref()
                .map(|held| held.progress.records)
                .unwrap_or_default(),
            complete_since: history.complete_since(),
            target: held
                .as_ref()
                .map_or(target, |held| held.progress.target.min(target)),
            is_paused: self.is_history_paused(),
            is_finished: history.is_finished(),
        };
        let page = Page {
            changes: answer.changes,
            token: Some(answer.token),
            covers,
            backfill: Some(Backfill {
                progress,
                cursor: Some(history.to_cursor()),
            }),
            ..Page::empty(scope, requested_at)
        };
        self.store().apply(page).await?;
        match lane {
            Lane::Messages => {
                self.request_voicemail();
                self.request(Lane::MessageHistory);
            }
            _ => self.request(Lane::CallHistory),
        }
        Ok(lane.rest())
    }

    /// Messages changed: there may be voicemail to read, to fetch, and to ask about.
    pub(super) fn request_voicemail(&self) {
        for lane in [Lane::Transcripts, Lane::Sounds, Lane::Deletions] {
            self.request(lane);
        }
    }

    /// How far back edits and deletions may have been missed when the token was lost: of messages all of them, as reading
    /// is an edit; of calls the month that their synchronisation watches, as their list is a Heavy request.
    fn recheck_from(&self, lane: Lane, now: Timestamp, target: Timestamp) -> Timestamp {
        match lane {
            Lane::Calls => now.saturating_sub(CALL_LOG_REACH).unwrap_or(target),
            _ => target,
        }
    }

    async fn forget_token(&self, scope: &SyncScope) -> Result<(), SyncError> {
        tracing::info!(
            scope = scope.0.as_ref(),
            "the server no longer takes the sync token; a full sync follows"
        );
        Ok(self.store().clear_sync_token(scope).await?)
    }
}

/// How far back an answer is complete.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach {
    /// There may be more of the oldest instant.
    Cut,
    /// As far as its oldest record. What the server no longer reaches back to stays here.
    Oldest,
    /// As far as this, as nothing older was held back.
    Instant(Timestamp),
}

/// The span for which these records are all that the server has.
pub(super) fn coverage(
    source: Source,
    changes: &[Change],
    reach: Reach,
    until: Timestamp,
) -> Option<Coverage> {
    // A record that could not be read may be any of those that seem to be missing.
    if changes
        .iter()
        .any(|change| matches!(change, Change::SetAside { .. }))
    {
        return None;
    }
    // An answer without any record proves nothing: better to keep what is gone than to throw away what is there.
    let oldest = changes.iter().filter_map(occurred_at).min()?;
    let from = match reach {
        Reach::Cut => oldest.checked_add(1.millisecond()).ok()?,
        Reach::Oldest => oldest,
        Reach::Instant(from) => from.min(oldest),
    };
    (from <= until).then_some(Coverage {
        source,
        from,
        until,
        names_all_since: from,
    })
}

/// What an answer of either synchronisation comes down to.
struct Answer {
    changes: Vec<Change>,
    token: SyncToken,
}

fn changes<T>(page: SyncPage<T>, plan: impl Fn(T) -> Change) -> Answer {
    let malformed = page.malformed.iter().map(plan::malformed);
    let mut changes: Vec<Change> = page.records.into_iter().map(plan).collect();
    changes.extend(malformed);
    Answer {
        changes,
        token: SyncToken(page.sync_info.sync_token.0),
    }
}

pub(super) fn occurred_at(change: &Change) -> Option<Timestamp> {
    match change {
        Change::UpsertCall(call) => Some(call.occurred_at),
        Change::UpsertMessage(message) => Some(message.occurred_at),
        Change::Delete { .. } | Change::Purge { .. } | Change::SetAside { .. } => None,
    }
}
