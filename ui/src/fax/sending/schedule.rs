//! When a fax is to leave: days and times to choose from. Pure.

use crate::format::dates::Now;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};

/// How far ahead one can plan.
const DAYS: i32 = 30;
const STEP_MINUTES: usize = 15;
/// When people are at work again.
const MORNING: i8 = 8;

/// The coming days with their names; today only while something is left of it.
pub(super) fn days(now: &Now) -> Vec<(Date, String)> {
    let today = now.local(now.at).date();
    (0..=DAYS)
        .filter_map(|ahead| today.checked_add(ahead.days()).ok())
        .filter(|day| !times(*day, now).is_empty())
        .map(|day| (day, day_words(day, today)))
        .collect()
}

/// The times of a day that are still ahead.
pub(super) fn times(day: Date, now: &Now) -> Vec<Time> {
    let quarters =
        (0..24_i8).flat_map(|hour| (0..60_i8).step_by(STEP_MINUTES).map(move |minute| (hour, minute)));
    quarters
        .filter_map(|(hour, minute)| Time::new(hour, minute, 0, 0).ok())
        .filter(|time| at(day, *time, now).is_some_and(|at| !has_passed(at, now)))
        .collect()
}

/// `8:00 AM`.
pub(super) fn time_words(time: Time) -> String {
    time.strftime("%-I:%M %p").to_string()
}

/// The moment; `None` where the clocks skip it.
pub(super) fn at(day: Date, time: Time, now: &Now) -> Option<Timestamp> {
    let zoned = day.to_datetime(time).to_zoned(now.zone.clone()).ok()?;
    Some(zoned.timestamp())
}

/// Day and time of a moment.
pub(super) fn parts(at: Timestamp, now: &Now) -> (Date, Time) {
    let local = now.local(at);
    (local.date(), local.time())
}

/// The next morning on which people work.
pub(super) fn proposal(now: &Now) -> Option<Timestamp> {
    let today = now.local(now.at).date();
    (0..=7_i32)
        .filter_map(|ahead| today.checked_add(ahead.days()).ok())
        .filter(|day| day.weekday().to_monday_zero_offset() < 5)
        .filter_map(|day| at(day, Time::constant(MORNING, 0, 0, 0), now))
        .find(|at| !has_passed(*at, now))
}

/// The same time on another day, or the day's first when that has passed.
pub(super) fn moved(to: Date, time: Time, now: &Now) -> Option<Timestamp> {
    let same = at(to, time, now).filter(|at| !has_passed(*at, now));
    same.or_else(|| at(to, *times(to, now).first()?, now))
}

/// RingCentral would send it at once.
pub(super) fn has_passed(at: Timestamp, now: &Now) -> bool {
    at <= now.at
}

fn day_words(day: Date, today: Date) -> String {
    match today.until(day).map(|span| span.get_days()) {
        Ok(0) => "Today".to_owned(),
        Ok(1) => "Tomorrow".to_owned(),
        _ => day.strftime("%a, %b %-d").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    // Tuesday afternoon in California.
    fn now(text: &str) -> Now {
        Now {
            at: text.parse().unwrap(),
            zone: TimeZone::fixed(jiff::tz::offset(-8)),
        }
    }

    #[test]
    fn only_times_that_are_ahead_can_be_chosen() {
        let now = now("2026-11-17T15:20:00-08:00");
        let today = now.local(now.at).date();
        let times: Vec<_> = times(today, &now).into_iter().map(time_words).collect();
        assert_eq!(times.first().map(String::as_str), Some("3:30 PM"));
        assert_eq!(times.last().map(String::as_str), Some("11:45 PM"));
        let tomorrow = today.tomorrow().unwrap();
        assert_eq!(super::times(tomorrow, &now).len(), 96);
    }

    #[test]
    fn the_last_minutes_of_a_day_leave_nothing_to_choose_in_it() {
        let words = |text| days(&now(text)).first().map(|(_, words)| words.clone());
        assert_eq!(words("2026-11-17T15:20:00-08:00").as_deref(), Some("Today"));
        assert_eq!(words("2026-11-17T23:50:00-08:00").as_deref(), Some("Tomorrow"));
    }

    #[test]
    fn the_next_morning_at_work_is_proposed() {
        let proposed = |text| {
            let now = now(text);
            now.coming_time(proposal(&now).unwrap())
        };
        assert_eq!(proposed("2026-11-17T15:20:00-08:00"), "tomorrow, 8:00 AM");
        assert_eq!(proposed("2026-11-17T06:20:00-08:00"), "today, 8:00 AM");
        // A Friday.
        assert_eq!(proposed("2026-11-20T15:20:00-08:00"), "Mon, 8:00 AM");
    }

    #[test]
    fn another_day_keeps_the_time_unless_it_has_passed() {
        let now = now("2026-11-17T15:20:00-08:00");
        let today = now.local(now.at).date();
        let eight = Time::constant(8, 0, 0, 0);
        let words = |day| now.coming_time(moved(day, eight, &now).unwrap());
        assert_eq!(words(today.tomorrow().unwrap()), "tomorrow, 8:00 AM");
        assert_eq!(words(today), "today, 3:30 PM");
    }
}
