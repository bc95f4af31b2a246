//! How long RingCentral keeps what came in, as far as it can be told.
//!
//! A mailbox holds 200 faxes and voicemails, and newer ones replace the oldest; accounts under HIPAA also lose them after 30
//! days (developers.ringcentral.com/guide/messaging/message-store/message-exports-report). An administrator may have chosen
//! 7 to 90 days instead (API reference, `MessageStoreConfiguration`), which only an administrator may read. What grows old is
//! brought here before the first of these days that is likely.

use crate::store::MAILBOX_MESSAGES;
use jiff::{SignedDuration, Timestamp};

/// With so many newer ones something is brought here: a week of the busiest mailbox, or a weekend without the program.
pub const SAFE_PLACES: u32 = 140;
/// Five days before an account under HIPAA loses it.
const SAFE_FOR: SignedDuration = SignedDuration::from_hours(25 * 24);

/// So few newer ones, or so short a time, tell nothing about the next weeks.
const FEW_NEWER: u32 = 10;
const SHORT_WHILE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A guess that reaches further says no more than the number of places left.
const FAR_OFF: SignedDuration = SignedDuration::from_hours(366 * 24);

/// The place of something in its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// So many newer ones overwrite it.
    pub newer_until_overwritten: u32,
    /// When that is, at the pace at which newer ones came until now.
    pub overwritten_about: Option<Timestamp>,
}

/// The place of what came at `occurred_at` and has `newer_there` newer ones.
pub fn place(newer_there: u32, occurred_at: Timestamp, now: Timestamp) -> Place {
    let left = MAILBOX_MESSAGES.saturating_sub(newer_there).max(1);
    Place {
        newer_until_overwritten: left,
        overwritten_about: overwritten_about(left, newer_there, now.duration_since(occurred_at), now),
    }
}

fn overwritten_about(
    left: u32,
    newer_there: u32,
    since: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp> {
    if newer_there < FEW_NEWER || since < SHORT_WHILE {
        return None;
    }
    let each = since.as_secs().div_euclid(i64::from(newer_there));
    let wait = SignedDuration::from_secs(each.checked_mul(i64::from(left))?);
    (wait <= FAR_OFF).then(|| now.saturating_add(wait).unwrap_or(Timestamp::MAX))
}

/// What is older than this may soon be lost.
pub fn safe_until(now: Timestamp) -> Timestamp {
    now.saturating_sub(SAFE_FOR).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_newer_message_brings_one_nearer_to_its_loss() {
        let now = Timestamp::UNIX_EPOCH;
        let left = |newer| place(newer, now, now).newer_until_overwritten;
        assert_eq!((left(0), left(199), left(200)), (200, 1, 1));
    }

    #[test]
    fn the_day_of_its_loss_is_guessed_by_the_pace_at_which_newer_ones_came() {
        let now: Timestamp = "2026-11-30T09:00:00Z".parse().unwrap();
        let about = |newer, days: i64| {
            let came = now - SignedDuration::from_hours(days * 24);
            let about = place(newer, came, now).overwritten_about;
            about.map(|at| at.duration_since(now).as_hours() / 24)
        };
        // A hundred in twenty days: the other hundred take twenty more.
        assert_eq!(about(100, 20), Some(20));
        assert_eq!(about(199, 199), Some(1));
        assert_eq!(about(9, 20), None);
        assert_eq!(about(100, 2), None);
        // Ten in a hundred days: the rest would take years.
        assert_eq!(about(10, 100), None);
    }
}
