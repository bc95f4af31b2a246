//! What is known of one extension, and when by our clock it happened.

use super::super::compose;
use super::super::plan::{self, Before, Order, Told};
use super::super::talking;
use super::{Now, Since};
use crate::store::{PresenceRecord, PresenceWords};
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::presence::{ActiveCall, Presence};

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) record: PresenceRecord,
    pub(super) order: Order,
    /// The turn and the instant it was heard last in this run; `None` for what is only stored.
    pub(super) heard: Option<Since>,
    pub(super) calls: Option<Vec<ActiveCall>>,
    pub(super) looked_at: Option<Timestamp>,
}

impl Entry {
    /// Somebody of whom nothing was known.
    pub(super) fn new(user: String, presence: &Presence, now: Timestamp) -> Self {
        let words = compose::words_of(presence);
        Self {
            record: PresenceRecord {
                user,
                availability: compose::availability(&words),
                words,
                message: presence.message.clone().filter(|message| !message.is_empty()),
                sequence: None,
                since: None,
                updated_at: now,
            },
            order: Order::default(),
            heard: None,
            calls: presence.active_calls.clone(),
            looked_at: None,
        }
    }

    /// Takes over what was told. True when it looks different now.
    pub(super) fn take(
        &mut self,
        words: PresenceWords,
        message: Option<String>,
        told: Told,
        now: Timestamp,
    ) -> bool {
        let availability = compose::availability(&words);
        let before = Before {
            availability: self.record.availability,
            since: self.record.since,
            updated_at: self.record.updated_at,
            is_of_this_run: self.heard.is_some(),
        };
        let record = PresenceRecord {
            user: self.record.user.clone(),
            availability,
            message,
            sequence: self.order.sequence,
            since: plan::since(Some(before), availability, told, now),
            updated_at: now,
            words,
        };
        let looks = |record: &PresenceRecord| {
            (
                record.availability,
                compose::calls_taken(&record.words),
                compose::is_in_meeting(&record.words),
                record.message.clone(),
                record.since,
            )
        };
        // The choice of the signed-in person shows in the words alone.
        let has_changed = looks(&self.record) != looks(&record)
            || self.record.words.user_status != record.words.user_status;
        self.record = record;
        has_changed
    }
}

/// When an event happened, by our clock: by the server's own difference, so that a clock that is off moves nothing. An event
/// that was replayed is minutes old; one that claims more, or to be from the future, happened when it was heard.
pub(super) fn happened_at(sent_at: Option<Timestamp>, now: Now) -> Timestamp {
    let age = now
        .there
        .zip(sent_at)
        .map(|(there, sent_at)| there.duration_since(sent_at))
        .filter(|age| *age > plan::TOLERANCE && *age < SignedDuration::from_mins(10));
    age.and_then(|age| now.here.checked_sub(age).ok())
        .unwrap_or(now.here)
}

/// When the call that an answer shows began, by our clock.
pub(super) fn began_at(presence: &Presence, now: Now) -> Option<Timestamp> {
    let there = now.there?;
    let began_at = presence
        .active_calls
        .as_ref()?
        .iter()
        .filter(|call| talking::is_live(call))
        .filter_map(|call| call.started_at)
        .min()?;
    let age = there.duration_since(began_at).max(SignedDuration::ZERO);
    now.here.checked_sub(age).ok()
}
