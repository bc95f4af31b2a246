//! Carries out what is to happen outside, once.
//!
//! Everything is a row of the store first. [`Outbox::step`] does one thing and says what became of it: sends the row whose
//! turn it is, or looks at RingCentral for one whose answer was lost. RingCentral has no idempotency key, so a row that
//! may have gone out is never sent again before it was looked for. Deciding is kept apart ([`plan`]), and so is speaking
//! to the vendor ([`Carrier`]).
//!
//! It decides nothing about who may be texted or with what words; whoever writes a row has done that.

mod carrier;
mod looking;
mod pause;
pub mod plan;
mod ringcentral_carrier;
mod runner;
mod settling;
#[cfg(test)]
mod tests;
mod uploads;

pub use carrier::{Allowance, Carried, Carrier, Looked, Trace};
pub use ringcentral_carrier::{Folders, RingCentral};
pub use uploads::Uploads;

use crate::store::{DueJob, Store, StoreError, Urgency};
use crate::sync::pacing::Trouble;
use domain::event::CoreEvent;
use domain::ids::OutgoingId;
use domain::outgoing::HeldUp;
use jiff::{SignedDuration, Timestamp};
use pause::Pause;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The failure code of what may have been done and cannot be looked for.
pub const NEVER_KNOWN: &str = "unknown";

/// The failure code of an upload that a person stopped.
pub const STOPPED: &str = "stopped";

/// The outbox of one account. Clones share it.
#[derive(Debug)]
pub struct Outbox<C>(Arc<Shared<C>>);

#[derive(Debug)]
struct Shared<C> {
    carrier: C,
    store: Store,
    /// Why nothing is tried at the moment: of what is quick, and of uploads. Faxes have a limit of their own, and texts do
    /// not wait for it.
    pauses: [Mutex<Option<Pause>>; 2],
    /// Rows whose end could not be written down; they are looked for.
    unsettled: Mutex<Vec<OutgoingId>>,
    /// Something may be due earlier than it was.
    stirred: Notify,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// RingCentral has taken a row over.
    Accepted(OutgoingId),
    /// A row failed for good, or until a person changes something.
    Refused(OutgoingId),
    /// A row was not carried out; it waits for its next try.
    NotSent(OutgoingId),
    /// Nobody knows whether a row was carried out.
    Unknown(OutgoingId),
    /// An unknown row was found: it had gone out.
    Found(OutgoingId),
    /// An unknown row was not found, and is looked for again later.
    NotFoundYet(OutgoingId),
    /// An unknown row did not go out. It is in the queue again.
    NeverWent(OutgoingId),
    /// It is night where a message of a campaign goes; it waits for the morning.
    Deferred(OutgoingId),
    /// Nothing is due; `until` is `None` when only a new row changes that.
    Idle { until: Option<Timestamp> },
}

impl<C> Clone for Outbox<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Carrier> Outbox<C> {
    /// An outbox that has done nothing yet. What an earlier run left unfinished is doubted first.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn open(carrier: C, store: Store) -> Result<Self, StoreError> {
        let doubted = store.doubt_unfinished_jobs().await?;
        if doubted > 0 {
            tracing::info!(
                doubted,
                "what was being sent when the program ended is looked for"
            );
        }
        Ok(Self(Arc::new(Shared {
            carrier,
            store,
            pauses: Default::default(),
            unsettled: Mutex::default(),
            stirred: Notify::new(),
        })))
    }

    /// Does one thing, if something of this urgency is due. What is unknown is looked for along with what people wait for.
    ///
    /// # Errors
    /// [`StoreError`]; the row stays as it was, and one that was being sent is doubted as soon as the store works again.
    pub async fn step(&self, urgency: Urgency) -> Result<Step, StoreError> {
        self.doubt_unsettled().await?;
        let now = self.now();
        if let Some(until) = self.paused_until(urgency, now) {
            return Ok(Step::Idle { until });
        }
        if urgency == Urgency::Person
            && let Some(row) = self.0.store.unresolved_jobs(now, 1).await?.into_iter().next()
        {
            return self.look_for(row).await;
        }
        let mut wait = None;
        for row in self.0.store.due_jobs(urgency, now).await? {
            if let Some(morning) = plan::quiet_until(&row.job, urgency, now) {
                self.0.store.defer_job(row.id, morning).await?;
                return Ok(Step::Deferred(row.id));
            }
            match self.free_at(&row, urgency, now).await? {
                Some(at) => wait = earlier(wait, Some(at)),
                None => return self.send(row, urgency, now).await,
            }
        }
        Ok(Step::Idle {
            until: self.next_at(urgency, wait).await?,
        })
    }

    /// Tries again at once what waits for the network, for a sign-in or after an upload that broke off, because a person
    /// asked. What the server asked to wait for waits.
    ///
    /// # Errors
    /// [`StoreError`]; the uploads that broke off wait on then.
    pub async fn retry_now(&self) -> Result<(), StoreError> {
        for urgency in [Urgency::Person, Urgency::Upload] {
            let mut pause = self.pause(urgency);
            if pause.as_ref().is_some_and(Pause::may_end_early) {
                *pause = None;
            }
        }
        let hurried = self.0.store.hurry_cut_jobs().await;
        self.stir();
        hurried
    }

    /// There may be something to do.
    pub fn stir(&self) {
        self.0.stirred.notify_waiters();
    }

    /// Why what is quick waits although it is its turn.
    pub fn held_up(&self) -> Option<HeldUp> {
        self.pause(Urgency::Person).as_ref().map(Pause::held_up)
    }

    /// Why uploads wait although it is their turn.
    pub fn uploads_held_up(&self) -> Option<HeldUp> {
        self.pause(Urgency::Upload).as_ref().map(Pause::held_up)
    }

    async fn send(&self, row: DueJob, urgency: Urgency, now: Timestamp) -> Result<Step, StoreError> {
        let server_now = match self.0.carrier.server_now().await {
            Ok(at) => at,
            Err(trouble) => {
                self.pause_for(urgency, trouble);
                return Ok(Step::Idle {
                    until: self.paused_until(urgency, self.now()).flatten(),
                });
            }
        };
        let id = row.id;
        if !self.0.store.begin_job(id, now, server_now).await? {
            return Ok(Step::Refused(id));
        }
        let carried = self.0.carrier.carry(id, &row.job, urgency).await;
        let settled = self.settle(&row, urgency, carried).await;
        if settled.is_err() {
            self.unsettled().push(id);
        }
        settled
    }

    /// When a row may go by the limits of its number and of the account; `None` is now.
    async fn free_at(
        &self,
        row: &DueJob,
        urgency: Urgency,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let allowance = self.0.carrier.allowance(&row.job, urgency);
        let by_account = allowance
            .free_in
            .filter(|wait| !wait.is_zero())
            .map(|wait| later(now, wait));
        let Some(pace) = &row.pace else {
            return Ok(by_account);
        };
        let since = now.saturating_sub(plan::MINUTE).unwrap_or(Timestamp::MIN);
        let tries = self.0.store.tries_of_pace(pace, since).await?;
        let by_number = plan::free_at(&tries, now, urgency, allowance.per_minute);
        Ok(by_account.max(by_number))
    }

    async fn next_at(
        &self,
        urgency: Urgency,
        wait: Option<Timestamp>,
    ) -> Result<Option<Timestamp>, StoreError> {
        let store = &self.0.store;
        // A row that is due and waits for its pace is not due earlier.
        let queued = match wait {
            Some(_) => None,
            None => store.next_job_at(urgency).await?,
        };
        let look = match urgency {
            Urgency::Person => store.next_look_at().await?,
            Urgency::Upload | Urgency::Campaign => None,
        };
        Ok(earlier(earlier(wait, queued), look))
    }

    /// Rows whose end could not be written down when it came.
    async fn doubt_unsettled(&self) -> Result<(), StoreError> {
        let ids = self.unsettled().clone();
        for id in ids {
            let words = "The answer could not be stored on this computer.";
            self.0.store.job_unknown(id, words, self.now()).await?;
            self.unsettled().retain(|one| *one != id);
        }
        Ok(())
    }

    fn unsettled(&self) -> MutexGuard<'_, Vec<OutgoingId>> {
        self.0.unsettled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn paused_until(&self, urgency: Urgency, now: Timestamp) -> Option<Option<Timestamp>> {
        self.pause(urgency)
            .as_ref()
            .and_then(|pause| pause.lasts_until(now))
    }

    fn pause_for(&self, urgency: Urgency, trouble: Trouble) {
        tracing::info!(%trouble, "the outbox waits");
        let now = self.now();
        let mut pause = self.pause(urgency);
        let failures = pause.as_ref().map_or(0, Pause::failures);
        *pause = Some(Pause::new(trouble, failures, now));
        drop(pause);
        self.0.store.changes().announce(CoreEvent::OutboxChanged);
    }

    fn resume(&self, urgency: Urgency) {
        if self.pause(urgency).take().is_some() {
            self.0.store.changes().announce(CoreEvent::OutboxChanged);
        }
    }

    fn pause(&self, urgency: Urgency) -> MutexGuard<'_, Option<Pause>> {
        let [quick, uploads] = &self.0.pauses;
        let pause = match urgency {
            Urgency::Person | Urgency::Campaign => quick,
            Urgency::Upload => uploads,
        };
        pause.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        self.0.store.clock().now()
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
