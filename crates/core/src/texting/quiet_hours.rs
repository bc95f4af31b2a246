//! Whether it is a decent hour to text somebody, judged by where the number is at home.
//!
//! In the United States, solicitations are allowed from 8 in the morning to 9 in the evening of the called party's
//! time (47 CFR 64.1200(c)(1)); the same hours are kept everywhere. Some states and countries are stricter: this is a
//! guard against nightly campaigns, no legal advice. Area codes that lie in two zones are quiet when either is.
//! Mobile numbers keep their area code when people move, and nobody is asked where they are.

mod zones;

use domain::phone_number::E164;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The first decent hour.
const OPENS: Time = Time::constant(8, 0, 0, 0);
/// From here on it is quiet.
const CLOSES: Time = Time::constant(21, 0, 0, 0);

/// Whether a text may go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuietHours {
    Fine,
    Quiet {
        /// The first instant at which it is fine.
        until: Timestamp,
        /// What the clock says where the number is at home.
        local_time: Time,
    },
    /// Toll-free numbers and countries with several zones: nobody can tell.
    UnknownZone,
}

/// Judges one number at one instant.
pub fn allowed(number: &E164, at: Timestamp) -> QuietHours {
    let Some(zones) = zones::of(number) else {
        return QuietHours::UnknownZone;
    };
    let Some(local_time) = zones
        .iter()
        .map(|zone| zone.to_datetime(at).time())
        .find(|time| is_quiet(*time))
    else {
        return QuietHours::Fine;
    };
    match next_fine(&zones, at) {
        Some(until) => QuietHours::Quiet { until, local_time },
        None => QuietHours::UnknownZone,
    }
}

fn is_quiet(time: Time) -> bool {
    time < OPENS || time >= CLOSES
}

/// From one zone's morning to the next one's, until none of them is quiet.
fn next_fine(zones: &[TimeZone], at: Timestamp) -> Option<Timestamp> {
    let mut instant = at;
    // The zones of one area code lie a few hours apart: two rounds settle it.
    for _ in 0..=2 * zones.len() {
        let quiet = zones
            .iter()
            .find(|zone| is_quiet(zone.to_datetime(instant).time()));
        let Some(zone) = quiet else {
            return Some(instant);
        };
        instant = next_opening(zone, instant)?;
    }
    None
}

fn next_opening(zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
    let local = zone.to_datetime(at);
    let day = if local.time() < OPENS {
        local.date()
    } else {
        local.date().checked_add(1.day()).ok()?
    };
    zone.to_timestamp(day.to_datetime(OPENS)).ok()
}

#[cfg(test)]
mod tests;
