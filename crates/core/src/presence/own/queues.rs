//! The queues of the signed-in person, as RingCentral told them last.

use domain::presence::OwnQueue;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::queue_presence::QueuePresence;

/// Nothing tells of queues that were switched elsewhere; whoever looks gets them no older than this.
const QUEUES_GOOD_FOR: SignedDuration = SignedDuration::from_mins(1);

/// The queues of the signed-in person.
#[derive(Debug, Default)]
pub(in crate::presence) struct OwnQueues {
    pub(super) queues: Vec<OwnQueue>,
    /// When they were asked for last.
    read_at: Option<Timestamp>,
    /// Somebody looks at them.
    pub(super) is_wanted: bool,
    /// Counts what was taken over: an answer that was asked for before a change says nothing of it.
    turn: u64,
}

impl OwnQueues {
    /// Whether they are to be read now; then whoever asked has to.
    pub(in crate::presence) fn begin_reading(&mut self, now: Timestamp) -> bool {
        let is_young = self.read_at.is_some_and(|at| {
            let age = now.duration_since(at);
            age >= SignedDuration::ZERO && age < QUEUES_GOOD_FOR
        });
        if is_young || !(self.is_wanted || self.read_at.is_none()) {
            return false;
        }
        self.is_wanted = false;
        self.read_at = Some(now);
        true
    }

    pub(in crate::presence) fn turn(&self) -> u64 {
        self.turn
    }

    /// Takes over an answer, unless something newer came since it was asked for at `asked`. True when they look different now.
    pub(in crate::presence) fn read(&mut self, queues: &[QueuePresence], asked: Option<u64>) -> bool {
        if asked.is_some_and(|asked| asked != self.turn) {
            return false;
        }
        self.turn += 1;
        let mut read: Vec<OwnQueue> = queues
            .iter()
            .map(|queue| OwnQueue {
                id: queue.call_queue.id.as_str().to_owned(),
                name: queue
                    .call_queue
                    .name
                    .clone()
                    .unwrap_or_else(|| "Call queue".to_owned()),
                takes_calls: queue.accepts_calls,
                can_change: queue.call_queue.editable_member_status.unwrap_or(true),
            })
            .collect();
        read.sort_by(|one, two| one.name.cmp(&two.name).then_with(|| one.id.cmp(&two.id)));
        let has_changed = read != self.queues;
        self.queues = read;
        has_changed
    }

    /// Takes over the answer to a change, which may name only what has changed.
    pub(super) fn switched(&mut self, answer: &[QueuePresence], queue: &str, takes_calls: bool) {
        let told = |id: &str| answer.iter().find(|one| one.call_queue.id.as_str() == id);
        self.turn += 1;
        for held in &mut self.queues {
            held.takes_calls = match told(&held.id) {
                Some(told) => told.accepts_calls,
                None if held.id == queue => takes_calls,
                None => held.takes_calls,
            };
        }
    }
}
