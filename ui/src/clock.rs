//! The window's clock. The only place of the front end that asks for the time.

use crate::format::dates::Now;

/// The moment and where we are; in the preview always the same afternoon, so that pictures can be compared.
pub(crate) fn now() -> Now {
    #[cfg(feature = "preview")]
    if let Some(now) = crate::preview::fixed_now() {
        return now;
    }
    Now {
        at: jiff::Timestamp::now(),
        zone: jiff::tz::TimeZone::system(),
    }
}
