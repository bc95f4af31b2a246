//! When things happen: the week of an office that opens at six and closes at five, Pacific time.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::dice::Dice;

/// Half-hours of the day from 5:30, with how much happens in each: trucks leave early, lunch is quiet.
const DAY: [u64; 26] = [
    1, 4, 9, 12, 12, 11, 10, 9, 9, 8, 8, 7, 5, 3, 4, 7, 8, 9, 9, 8, 7, 5, 4, 3, 1, 1,
];
const DAY_STARTS_S: u64 = 5 * 3600 + 1800;

/// The office's time zone, as a rule rather than a database entry: the same on every machine.
pub(super) fn office_time_zone() -> TimeZone {
    TimeZone::posix("PST8PDT,M3.2.0,M11.1.0").unwrap_or(TimeZone::UTC)
}

/// A day of the past: its midnight and how busy it was, 100 being an ordinary one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    #[cfg(test)]
    pub(super) date: Date,
    midnight: Timestamp,
    pub(super) busy_percent: u64,
}

/// The days of `years` before `now`, today included, oldest first.
pub(super) fn days_until(now: Timestamp, years: i32) -> Vec<Day> {
    let today = now.to_zoned(office_time_zone()).date();
    match today.checked_sub(years.years()) {
        Ok(first) => days_between(first, today),
        Err(_) => Vec::new(),
    }
}

/// The days after that of `then` up to today, oldest first.
pub(super) fn days_after(then: Timestamp, now: Timestamp) -> Vec<Day> {
    let zone = office_time_zone();
    let today = now.to_zoned(zone.clone()).date();
    match then.to_zoned(zone).date().tomorrow() {
        Ok(first) => days_between(first, today),
        Err(_) => Vec::new(),
    }
}

fn days_between(first: Date, last: Date) -> Vec<Day> {
    let zone = office_time_zone();
    first
        .series(1.day())
        .take_while(|date| *date <= last)
        .filter_map(|date| {
            let midnight = date.to_zoned(zone.clone()).ok()?.timestamp();
            Some(Day {
                #[cfg(test)]
                date,
                midnight,
                busy_percent: busy_percent(date),
            })
        })
        .collect()
}

fn busy_percent(date: Date) -> u64 {
    let is_holiday = matches!(
        (date.month(), date.day()),
        (1, 1) | (7, 4) | (11, 27) | (12, 24..=26)
    );
    let of_week = match date.weekday() {
        Weekday::Monday => 116,
        Weekday::Tuesday => 110,
        Weekday::Wednesday => 104,
        Weekday::Thursday => 106,
        Weekday::Friday => 88,
        Weekday::Saturday => 13,
        Weekday::Sunday => 2,
    };
    // Rain keeps concrete from being poured.
    let of_year = if matches!(date.month(), 12 | 1 | 2) {
        82
    } else {
        104
    };
    if is_holiday { 1 } else { of_week * of_year / 100 }
}

impl Day {
    /// How often something that happens `usual` times on an ordinary day happened on this one.
    pub(super) fn count(&self, dice: &mut Dice, usual: u64) -> u64 {
        let expected = usual * self.busy_percent;
        let jitter = dice.between(80, 120);
        expected * jitter / 10_000 + u64::from(dice.below(10_000) < expected * jitter % 10_000)
    }

    /// A moment of the day's business, in milliseconds after its midnight.
    pub(super) fn moment_ms(&self, dice: &mut Dice) -> u64 {
        let mut ticket = dice.below(DAY.iter().sum());
        let mut half_hour = 0;
        for weight in DAY {
            if ticket < weight {
                break;
            }
            ticket -= weight;
            half_hour += 1;
        }
        (DAY_STARTS_S + half_hour * 1800) * 1000 + dice.below(1_800_000)
    }

    /// The instant `ms` after the day's midnight.
    pub(super) fn at(&self, ms: u64) -> Timestamp {
        let start = self.midnight.as_millisecond();
        i64::try_from(ms)
            .ok()
            .and_then(|ms| Timestamp::from_millisecond(start + ms).ok())
            .unwrap_or(self.midnight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_years_end_today_and_sundays_are_quiet() {
        let now: Timestamp = "2026-06-10T18:00:00Z".parse().unwrap();
        let days = days_until(now, 2);
        assert_eq!(days.last().unwrap().date.to_string(), "2026-06-10");
        assert!((730..=732).contains(&days.len()));
        let sunday = days
            .iter()
            .find(|day| day.date.weekday() == Weekday::Sunday)
            .unwrap();
        let monday = days
            .iter()
            .find(|day| day.date.weekday() == Weekday::Monday)
            .unwrap();
        assert!(sunday.busy_percent * 20 < monday.busy_percent);
    }

    #[test]
    fn business_happens_in_business_hours_of_the_office() {
        let now: Timestamp = "2026-06-10T18:00:00Z".parse().unwrap();
        let day = days_until(now, 1).pop().unwrap();
        let mut dice = Dice::new(5);
        for _ in 0..500 {
            let ms = day.moment_ms(&mut dice);
            let hour = day.at(ms).to_zoned(office_time_zone()).hour();
            assert!((5..19).contains(&hour), "{hour}");
        }
    }
}
