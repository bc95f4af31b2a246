//! Where a voicemail still exists. RingCentral promises no date for voicemail, so none is told.

use crate::mailbox;
use domain::kept::Kept;
use jiff::Timestamp;

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
    let place = mailbox::place(newer_there, occurred_at, now);
    Kept::There {
        until: None,
        newer_until_overwritten: Some(place.newer_until_overwritten),
        overwritten_about: place.overwritten_about,
        is_archived: is_cached,
    }
}
