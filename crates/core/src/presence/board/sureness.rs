//! Whether what was heard still holds: events come or not, and some may have been lost.
//!
//! It is not known of whom the lost ones were. Pure.

use super::Since;
use jiff::{SignedDuration, Timestamp};

/// Events that were away no longer than this are not worth a word.
pub(in crate::presence) const GRACE: SignedDuration = SignedDuration::from_secs(30);

/// So long an answer is good while no events come; the next one comes sooner.
const ANSWER_GOOD_FOR: SignedDuration = SignedDuration::from_mins(12);

/// A loss that is told of so soon after the way back is that of the outage before.
const AFTER_THE_WAY_BACK: SignedDuration = SignedDuration::from_secs(5);

#[derive(Debug)]
pub(in crate::presence) struct Sureness {
    is_flowing: bool,
    /// Everybody was heard of at least once.
    was_answered: bool,
    /// No events since then.
    down: Option<Since>,
    /// The last outage: when it began, and when it ended.
    outage: Option<(Timestamp, Timestamp)>,
    /// Events may have been lost before then, and no answer has come since.
    lost: Option<Since>,
}

impl Sureness {
    /// Nothing was heard yet in this run.
    pub(super) fn new(start: Since) -> Self {
        Self {
            is_flowing: false,
            was_answered: false,
            down: Some(start),
            outage: None,
            lost: Some(start),
        }
    }

    pub(super) fn flow(&mut self, is_flowing: bool, since: Since) {
        self.is_flowing = is_flowing;
        if is_flowing {
            let outage = self.down.take().map(|down| (down.at, since.at));
            self.outage = outage.or(self.outage);
        } else if self.down.is_none() {
            self.down = Some(since);
        }
    }

    pub(super) fn doubt(&mut self, since: Since) {
        let of_outage = self
            .outage
            .filter(|(_, ended_at)| since.at.duration_since(*ended_at).abs() <= AFTER_THE_WAY_BACK)
            .map(|(began_at, _)| began_at);
        let began = [
            self.lost.map(|lost| lost.at),
            self.down.map(|down| down.at),
            of_outage,
        ];
        let at = began.into_iter().flatten().fold(since.at, Timestamp::min);
        self.lost = Some(Since { at, ..since });
        if let Some(down) = &mut self.down {
            down.at = down.at.min(since.at);
        }
    }

    /// Everybody was heard of, as it was when it was asked.
    pub(super) fn answered(&mut self, asked_turn: u64) {
        self.was_answered = true;
        if self.lost.is_some_and(|lost| lost.turn <= asked_turn) {
            self.lost = None;
        }
    }

    /// Whether somebody who was heard then may be another by now; `None` is not in this run.
    pub(super) fn is_stale(&self, heard: Option<Since>, now: Timestamp) -> bool {
        let Some(heard) = heard else {
            return true;
        };
        let is_lost = self
            .lost
            .is_some_and(|lost| heard.turn <= lost.turn && now.duration_since(lost.at) > GRACE);
        let is_down = self.down.is_some_and(|down| {
            if heard.turn > down.turn {
                now.duration_since(heard.at) > ANSWER_GOOD_FOR
            } else {
                now.duration_since(down.at) > GRACE
            }
        });
        is_lost || is_down
    }

    pub(in crate::presence) fn is_flowing(&self) -> bool {
        self.is_flowing
    }

    pub(in crate::presence) fn was_answered(&self) -> bool {
        self.was_answered
    }

    /// Which loss it is that an answer is needed for; a later one has a higher number.
    pub(in crate::presence) fn loss(&self) -> Option<u64> {
        self.lost.map(|lost| lost.turn)
    }

    /// Since when events have not come.
    pub(in crate::presence) fn down_since(&self) -> Option<Timestamp> {
        self.down.map(|down| down.at)
    }
}
