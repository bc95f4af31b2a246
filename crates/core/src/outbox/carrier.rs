//! Who carries a row out: RingCentral's client in the product, a model of it in tests.

use crate::store::{Job, Page, Refusal, Urgency};
use crate::sync::pacing::Trouble;
use domain::ids::OutgoingId;
use jiff::{SignedDuration, Timestamp};
use std::future::Future;

/// What a try came to.
#[derive(Debug)]
pub enum Carried {
    Accepted(Trace),
    /// Turned away, and would be again.
    Refused(Refusal),
    /// It certainly was not carried out, and will work when the trouble is over.
    NotSent {
        trouble: Trouble,
        code: Option<String>,
    },
    /// The upload broke off before its end had left, although RingCentral can be reached: something on the way, or at its
    /// end, does not let it through. It certainly was not carried out.
    CutOff {
        /// How much had been handed over.
        percent: u8,
    },
    /// It was stopped before it had left, because the program ends; it goes the next time.
    Stopped,
    /// It may have been carried out. `words` is plain language.
    Unknown {
        words: String,
    },
}

/// Something at RingCentral that looks like what a row was to do.
#[derive(Debug)]
pub struct Trace {
    pub remote_id: String,
    /// By the clock of the server.
    pub created_at: Timestamp,
    /// The record as the store takes it.
    pub page: Option<Box<Page>>,
}

/// What was found when looking for a row.
#[derive(Debug)]
pub struct Looked {
    /// All that match in what they do, in any order.
    pub traces: Vec<Trace>,
    /// The time as the server told it when it was asked.
    pub server_now: Timestamp,
}

/// How much may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests of this kind that the account allows a minute.
    pub per_minute: u32,
    /// How long none is free; `None` is now.
    pub free_in: Option<SignedDuration>,
}

/// Carries rows out and finds out whether they were.
pub trait Carrier: Send + Sync + std::fmt::Debug + 'static {
    /// Carries a row out, once. Dropping the future leaves open whether it was.
    fn carry(&self, id: OutgoingId, job: &Job, urgency: Urgency) -> impl Future<Output = Carried> + Send;

    /// Looks for what a row was to do, made within a span of the server's time.
    fn look_for(
        &self,
        job: &Job,
        span: (Timestamp, Timestamp),
    ) -> impl Future<Output = Result<Looked, Trouble>> + Send;

    /// The time by the clock of the server, whatever became of ours.
    fn server_now(&self) -> impl Future<Output = Result<Timestamp, Trouble>> + Send;

    /// What the account allows at this moment.
    fn allowance(&self, job: &Job, urgency: Urgency) -> Allowance;
}
