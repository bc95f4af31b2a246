//! What is still to happen: steps with the instant they fall due.
//!
//! Steps are data, not closures, so a world can be inspected and two worlds compared. Who waits for the instants is
//! [`SharedWorld`](super::SharedWorld)'s business.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::calls::CallRecord;
use super::faxing::FaxErrorCode;
use super::ids::{AttachmentId, MessageId, PartyId, TelephonySessionId};
use super::live_calls::CallVerb;
use super::messages::TranscriptionStatus;
use super::ring_out::RingOutStep;
use super::scene::Scene;

/// Something that happens by itself at its time.
#[derive(Debug)]
pub(super) enum Step {
    /// A verb of a call that is being played. Ignored when the call has meanwhile gone another way.
    Call {
        session: TelephonySessionId,
        verb: CallVerb,
    },
    /// Queues ring those who have become free for callers who wait.
    OfferWaiting,
    /// A supervisor's phone that rang is picked up.
    SupervisorPicksUp { party: PartyId },
    /// A scene goes on.
    Scene(Box<dyn Scene>),
    /// A call log record that came late.
    PublishRecord(Box<CallRecord>),
    /// A voicemail's transcript reaches its final state.
    Transcribe {
        message: MessageId,
        status: TranscriptionStatus,
        /// The identifier its text will have.
        transcript: AttachmentId,
    },
    /// The days of a deleted or purged message are over.
    Expire { message: MessageId, since: Timestamp },
    /// An outgoing text goes to the carriers, except to those for whom it is kept back.
    ToCarriers {
        message: MessageId,
        held_back: Vec<Option<&'static str>>,
    },
    /// A carrier reports on one recipient of a text.
    Report { message: MessageId, place: usize },
    /// A leg of a RingOut call goes on.
    RingOut {
        session: TelephonySessionId,
        step: RingOutStep,
    },
    /// An outgoing fax leaves.
    FaxLeaves { message: MessageId },
    /// An outgoing fax reaches its end at one recipient.
    FaxSettles {
        message: MessageId,
        place: usize,
        outcome: Option<FaxErrorCode>,
        /// When the recipient was called.
        began_at: Timestamp,
    },
    /// The days of a sent fax are over.
    FaxRetires { message: MessageId },
}

/// Steps by instant, first come first served within one instant.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    steps: BTreeMap<(Timestamp, u64), Step>,
    last: u64,
}

impl Timeline {
    pub(super) fn schedule(&mut self, at: Timestamp, step: Step) {
        self.last += 1;
        self.steps.insert((at, self.last), step);
    }

    /// Moves every step by so much.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        let steps = std::mem::take(&mut self.steps);
        let moved = |(at, number): (Timestamp, u64)| (at.saturating_add(by).unwrap_or(at), number);
        let steps = steps.into_iter().map(|(key, mut step)| {
            if let Step::Scene(scene) = &mut step {
                scene.shift(by);
            }
            (moved(key), step)
        });
        self.steps = steps.collect();
    }

    /// Drops the steps that are not wanted any more.
    pub(super) fn retain(&mut self, is_wanted: impl Fn(&Step) -> bool) {
        self.steps.retain(|_, step| is_wanted(step));
    }

    /// When the next step falls due.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.steps.keys().next().map(|(at, _)| *at)
    }

    /// Takes the first step that is due at `now`.
    pub(super) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, Step)> {
        let first = self.steps.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((at, _), step) = first.remove_entry();
        Some((at, step))
    }
}
