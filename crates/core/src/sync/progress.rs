//! How far the synchronisation is, and a person's say in the history: pause, go on, fetch more.

use super::Sync;
use super::history::History;
use super::lane::Lane;
use super::status::{self, LaneView};
use crate::store::{Backfill, StoreError, SyncScope};
use domain::sync::SyncStatus;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::sync::atomic::Ordering;

/// The scopes that have a history.
const SCOPES: [SyncScope; 2] = [SyncScope::MESSAGE_STORE, SyncScope::CALL_LOG];

impl Sync {
    /// What the synchronisation is doing, for a person.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn status(&self) -> Result<SyncStatus, StoreError> {
        let now = self.now();
        let phase = self.look_at_lanes(|lanes| status::phase(lanes, now));
        Ok(SyncStatus {
            phase,
            ..stored_status(self.store()).await?
        })
    }

    /// Whether something that came could not be stored on this computer.
    pub fn has_failed_to_store(&self) -> bool {
        self.look_at_lanes(|lanes| status::not_stored(lanes).is_some())
    }

    fn look_at_lanes<T>(&self, look: impl FnOnce(&[LaneView<'_>]) -> T) -> T {
        let lanes = self.lanes();
        let views: Vec<LaneView<'_>> = lanes
            .iter()
            .map(|state| LaneView {
                pacing: &state.pacing,
                is_running: state.is_running,
                is_essential: state.lane.is_essential(),
            })
            .collect();
        look(&views)
    }

    /// Takes up what was stored about the history: a pause outlives the program, and more months may be wanted now.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read or written.
    pub async fn restore_history(&self) -> Result<(), StoreError> {
        let mut is_paused = false;
        for scope in SCOPES {
            is_paused |= self
                .store()
                .backfill(&scope)
                .await?
                .is_some_and(|held| held.progress.is_paused);
        }
        self.0.is_history_paused.store(is_paused, Ordering::Relaxed);
        self.replan_history().await
    }

    /// Stops fetching older history until somebody resumes it. What has arrived stays.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written down.
    pub async fn pause_history(&self) -> Result<(), StoreError> {
        self.0.is_history_paused.store(true, Ordering::Relaxed);
        self.replan_history().await
    }

    /// Goes on where it was paused.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written down.
    pub async fn resume_history(&self) -> Result<(), StoreError> {
        self.0.is_history_paused.store(false, Ordering::Relaxed);
        self.replan_history().await
    }

    /// Wants so many months of history. What is here already stays even if fewer are wanted.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written down.
    pub async fn want_history(&self, months: u16) -> Result<(), StoreError> {
        self.0.history_months.store(months, Ordering::Relaxed);
        self.replan_history().await
    }

    /// As far back as history is wanted: from the beginning of a day, wherever on earth that day is counted.
    pub(super) fn history_target(&self, now: Timestamp) -> Timestamp {
        let months = self.0.history_months.load(Ordering::Relaxed);
        now.to_zoned(TimeZone::UTC)
            .checked_sub(i32::from(months).months().days(1))
            .and_then(|target| target.start_of_day())
            .map_or(now, |target| target.timestamp())
    }

    async fn replan_history(&self) -> Result<(), StoreError> {
        let target = self.history_target(self.now());
        {
            let _turn = self.history_turn().await;
            for scope in SCOPES {
                let Some(mut held) = self.store().backfill(&scope).await? else {
                    continue;
                };
                let before = held.clone();
                let mut history = History::from_cursor(held.cursor.as_deref());
                history.aim_at(target);
                held = Backfill {
                    cursor: Some(history.to_cursor()),
                    ..held
                };
                held.progress.target = held.progress.target.min(target);
                held.progress.complete_since = history.complete_since();
                held.progress.is_finished = history.is_finished();
                held.progress.is_paused = self.is_history_paused();
                if held != before {
                    self.store().set_backfill(&scope, &held).await?;
                }
            }
        }
        self.request(Lane::MessageHistory);
        self.request(Lane::CallHistory);
        self.announce();
        Ok(())
    }
}

/// What can be said of a store that nobody synchronises at the moment.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn stored_status(store: &crate::store::Store) -> Result<SyncStatus, StoreError> {
    let mut synced_at = Vec::new();
    let mut histories = Vec::new();
    for scope in SCOPES {
        synced_at.push(store.sync_state(&scope).await?.synced_at);
        histories.extend(store.backfill(&scope).await?.map(|held| held.progress));
    }
    // Current is what the slower of the two is; as long as one never ran, nothing is.
    let last_synced_at = synced_at
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .and_then(|all| all.into_iter().min());
    Ok(SyncStatus {
        phase: domain::sync::SyncPhase::Off,
        last_synced_at,
        backfill: status::progress(&histories),
        set_aside: store.set_aside_count().await?,
    })
}
