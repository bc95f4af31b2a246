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

/// Where a voicemail still exists.
pub(super) fn kept(is_gone: bool, is_cached: bool, newer_there: u32) -> Kept {
    if is_gone {
        return Kept::OnlyHere;
    }
    Kept::There {
        until: None,
        newer_until_overwritten: Some(MAILBOX_MESSAGES.saturating_sub(newer_there).max(1)),
        is_archived: is_cached,
    }
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
        let places = |newer| match kept(false, true, newer) {
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
        assert_eq!(kept(true, true, 0), Kept::OnlyHere);
    }
}
