//! How long RingCentral keeps a voicemail, as far as it can be told.
//!
//! A mailbox holds 200 faxes and voicemails, and newer ones replace the oldest; accounts under HIPAA also lose them after 30
//! days (developers.ringcentral.com/guide/messaging/message-store/message-exports-report). An administrator may have chosen
//! 7 to 90 days instead (API reference, `MessageStoreConfiguration`), which only an administrator may read: so no date is
//! promised, and what grows old is brought here before the first of these days that is likely.

use crate::store::MAILBOX_MESSAGES;
use domain::voicemail::Kept;
use jiff::{SignedDuration, Timestamp};

/// With so many newer ones a voicemail is brought here: a week of the busiest mailbox, or a weekend without the program.
pub(super) const SAFE_PLACES: u32 = 140;
/// Five days before an account under HIPAA loses it.
const SAFE_FOR: SignedDuration = SignedDuration::from_hours(25 * 24);

/// So few newer ones, or so short a time, tell nothing about the next weeks.
const FEW_NEWER: u32 = 10;
const SHORT_WHILE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A guess that reaches further says no more than the number of places left.
const FAR_OFF: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Where a voicemail still exists. `newer_there` have come since `occurred_at`.
pub(super) fn kept(
    is_gone: bool,
    is_cached: bool,
    newer_there: u32,
    occurred_at: Timestamp,
    now: Timestamp,
) -> Kept {
    if is_gone {
        return Kept::OnlyHere;
    }
    let places = MAILBOX_MESSAGES.saturating_sub(newer_there).max(1);
    Kept::There {
        until: None,
        newer_until_overwritten: Some(places),
        overwritten_about: overwritten_about(places, newer_there, now.duration_since(occurred_at), now),
        is_archived: is_cached,
    }
}

/// When the places that are left are taken, at the pace at which the others were.
fn overwritten_about(
    places: u32,
    newer_there: u32,
    since: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp> {
    if newer_there < FEW_NEWER || since < SHORT_WHILE {
        return None;
    }
    let each = since.as_secs().div_euclid(i64::from(newer_there));
    let left = SignedDuration::from_secs(each.checked_mul(i64::from(places))?);
    (left <= FAR_OFF).then(|| now.saturating_add(left).unwrap_or(Timestamp::MAX))
}

/// What is older than this may soon be lost.
pub(super) fn safe_until(now: Timestamp) -> Timestamp {
    now.saturating_sub(SAFE_FOR).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_newer_message_brings_a_voicemail_nearer_to_its_loss() {
        let now = Timestamp::UNIX_EPOCH;
        let places = |newer| match kept(false, true, newer, now, now) {
            Kept::There {
                newer_until_overwritten,
                ..
            } => newer_until_overwritten,
            Kept::OnlyHere => None,
        };
        assert_eq!(
            (places(0), places(199), places(200)),
            (Some(200), Some(1), Some(1))
        );
        assert_eq!(kept(true, true, 0, now, now), Kept::OnlyHere);
    }

    #[test]
    fn the_day_of_its_loss_is_guessed_by_the_pace_at_which_newer_ones_came() {
        let now: Timestamp = "2026-11-30T09:00:00Z".parse().unwrap();
        let about = |newer, days: i64| {
            let came = now - SignedDuration::from_hours(days * 24);
            let Kept::There {
                overwritten_about, ..
            } = kept(false, false, newer, came, now)
            else {
                return None;
            };
            overwritten_about.map(|at| at.duration_since(now).as_hours() / 24)
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
