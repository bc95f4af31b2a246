//! What is news and what is not: events come late, twice, in any order, or not at all, and answers carry no number.
//!
//! Events of one extension are ordered by `sequence`: a lower number is older news, the same number the same news. An
//! answer has no number; where it stands among the events is told by the instants, both by the server's clock. An event that
//! is so close to an answer that this leaves it open is taken, and asked after. Pure.

use domain::presence::Availability;
use jiff::{SignedDuration, Timestamp};

/// `Date` is given in whole seconds, and requests take a while: instants so close to each other say nothing of order.
pub(super) const TOLERANCE: SignedDuration = SignedDuration::from_secs(3);

/// A number so much lower than the last, after an answer, is no late event: the numbers have started over.
const STARTED_OVER: u64 = 100;

/// Somebody whom nobody looked after for so long may have been another in between and back.
const UNWATCHED: SignedDuration = SignedDuration::from_mins(90);

/// A difference to what was told so recently began just now.
const JUST_NOW: SignedDuration = SignedDuration::from_secs(30);

/// What is known of the order of what was heard of one extension.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// Of the newest event.
    pub(super) sequence: Option<u64>,
    /// When the newest answer was asked for, by the server's clock.
    pub(super) answered_at: Option<Timestamp>,
    /// An answer came after that event.
    pub(super) is_answered_since: bool,
}

/// What to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Something newer is known.
    Older,
    /// It is known.
    Repeated,
    /// An answer is newer by the clocks, though no event with this number was heard: it is not taken, but asked after, should the
    /// server's clocks differ among themselves.
    Doubtful,
    /// It is news; uncertain news is asked after.
    News { is_certain: bool },
}

impl Order {
    /// Judges an event by its number and by when it was sent.
    pub(super) fn judge(&self, sequence: Option<u64>, sent_at: Option<Timestamp>) -> Verdict {
        let after_answer = match (self.answered_at, sent_at) {
            (Some(answered_at), Some(sent_at)) => {
                let later_by = sent_at.duration_since(answered_at);
                if later_by < -TOLERANCE {
                    let is_unheard = sequence > self.sequence || sequence.is_none();
                    return if is_unheard {
                        Verdict::Doubtful
                    } else {
                        Verdict::Older
                    };
                }
                later_by > TOLERANCE
            }
            _ => !self.is_answered_since,
        };
        match (self.sequence, sequence) {
            (Some(held), Some(heard)) if heard == held => Verdict::Repeated,
            (Some(held), Some(heard)) if heard < held => {
                if self.is_answered_since && held - heard >= STARTED_OVER {
                    Verdict::News { is_certain: false }
                } else {
                    Verdict::Older
                }
            }
            (_, Some(_)) => Verdict::News {
                is_certain: after_answer,
            },
            (_, None) => Verdict::News { is_certain: false },
        }
    }

    /// An event was heard, whatever came of it. Numbers that started over go on from the new one.
    pub(super) fn note(&mut self, sequence: Option<u64>, verdict: Verdict) {
        match verdict {
            Verdict::News { .. } => {
                self.sequence = sequence.or(self.sequence);
                self.is_answered_since = false;
            }
            Verdict::Older | Verdict::Repeated | Verdict::Doubtful => {}
        }
    }

    /// An answer was taken over that was asked for at `asked_at`.
    pub(super) fn answered(&mut self, asked_at: Option<Timestamp>) {
        self.answered_at = asked_at.or(self.answered_at);
        self.is_answered_since = true;
    }
}

/// Where a statement comes from, with what it says of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// An event; it happened then, by our clock.
    Event { happened_at: Timestamp },
    /// An answer; the calls that it shows began then, by our clock.
    Answer { call_began_at: Option<Timestamp> },
    /// We asked for it ourselves.
    Wish,
}

/// What was held before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) availability: Availability,
    pub(super) since: Option<Timestamp>,
    pub(super) updated_at: Timestamp,
    /// It was heard since the program started.
    pub(super) is_of_this_run: bool,
}

/// Since when the dot says what it says; `None` while it is not known.
pub(super) fn since(
    before: Option<Before>,
    availability: Availability,
    told: Told,
    now: Timestamp,
) -> Option<Timestamp> {
    let is_on_phone = matches!(availability, Availability::OnCall | Availability::Ringing);
    let call_began_at = match told {
        Told::Answer { call_began_at } if is_on_phone => call_began_at,
        _ => None,
    };
    match before {
        Some(before) if before.availability == availability => {
            let age = now.duration_since(before.updated_at);
            let is_watched = age <= UNWATCHED || matches!(told, Told::Event { .. }) && before.is_of_this_run;
            before.since.filter(|_| is_watched).or(call_began_at)
        }
        Some(before) => match told {
            Told::Wish => Some(now),
            Told::Event { happened_at } => before.is_of_this_run.then_some(happened_at),
            Told::Answer { .. } => {
                let is_just_now =
                    before.is_of_this_run && now.duration_since(before.updated_at).abs() <= JUST_NOW;
                call_began_at.or(is_just_now.then_some(now))
            }
        },
        None => match told {
            Told::Wish => Some(now),
            Told::Event { .. } | Told::Answer { .. } => call_began_at,
        },
    }
}
