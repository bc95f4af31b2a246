//! The window's clock. The only place of the front end that asks for the time.

use crate::format::dates::Now;
use jiff::Timestamp;

/// The moment and where we are; in the preview always the same afternoon, so that pictures can be compared.
pub(crate) fn now() -> Now {
    #[cfg(feature = "preview")]
    if let Some(now) = crate::preview::fixed_now() {
        return now;
    }
    Now {
        at: Timestamp::now(),
        zone: jiff::tz::TimeZone::system(),
    }
}

/// Seconds since `at`, never negative: for durations that tick, which need no time zone.
pub(crate) fn seconds_since(at: Timestamp) -> u64 {
    #[cfg(feature = "preview")]
    if let Some(now) = crate::preview::fixed_now() {
        return now.seconds_since(at);
    }
    u64::try_from(Timestamp::now().duration_since(at).as_secs()).unwrap_or(0)
}
