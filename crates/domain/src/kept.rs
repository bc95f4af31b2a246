//! How long a voicemail or a fax still exists, and where.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a voicemail or fax still exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// At RingCentral, which deletes it at `until` at the latest, and earlier when so many newer ones arrive; both as far
    /// as they can be told.
    There {
        until: Option<Timestamp>,
        newer_until_overwritten: Option<u32>,
        /// When that is, if as many arrive as since this one came; `None` while too few have come to tell.
        overwritten_about: Option<Timestamp>,
        /// Sound or pages are on this computer too, and stay.
        is_archived: bool,
    },
    /// RingCentral has deleted it; what is here stays until somebody deletes it.
    OnlyHere,
}
