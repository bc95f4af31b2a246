//! Dates and times as the inbox writes them.
//!
//! American order and a twelve-hour clock, as the product's users write them; no other locale yet.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The present moment, and where the person is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Now {
    pub at: Timestamp,
    pub zone: TimeZone,
}

/// A stretch of the list under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    Today,
    Yesterday,
    /// Two to six days ago, where a weekday says which day.
    ThisWeek,
    Month {
        year: i16,
        month: i8,
    },
}

impl Now {
    /// `3:14 PM` today, `Yesterday, 3:14 PM`, `Wed, 3:14 PM` within a week, `6/14 3:14 PM` this year, else `6/14/2024 3:14 PM`.
    pub(crate) fn list_time(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let pattern = match self.days_ago(local.date()) {
            0 => "%-I:%M %p",
            1 => "Yesterday, %-I:%M %p",
            2..=6 => "%a, %-I:%M %p",
            _ if local.year() == self.today().year() => "%-m/%-d %-I:%M %p",
            _ => "%-m/%-d/%Y %-I:%M %p",
        };
        local.strftime(pattern).to_string()
    }

    /// As short as it can be without being wrong: `3:14 PM`, `Yesterday`, `Wed`, `6/14`, `6/14/2024`.
    pub(crate) fn brief_time(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let pattern = match self.days_ago(local.date()) {
            0 => "%-I:%M %p",
            1 => "Yesterday",
            2..=6 => "%a",
            _ if local.year() == self.today().year() => "%-m/%-d",
            _ => "%-m/%-d/%Y",
        };
        local.strftime(pattern).to_string()
    }

    /// The whole of it, for a tooltip: `Tuesday, November 17, 2026, 3:14 PM`.
    pub(crate) fn full_time(&self, at: Timestamp) -> String {
        self.local(at).strftime("%A, %B %-d, %Y, %-I:%M %p").to_string()
    }

    /// The day in words, without its year: `November 17`.
    pub(crate) fn day(&self) -> String {
        self.today().strftime("%B %-d").to_string()
    }

    /// Only the time of day.
    pub(crate) fn time_of_day(&self, at: Timestamp) -> String {
        self.local(at).strftime("%-I:%M %p").to_string()
    }

    /// Which stretch of the list a moment belongs to.
    pub(crate) fn section(&self, at: Timestamp) -> Section {
        let date = self.local(at).date();
        match self.days_ago(date) {
            // A clock that runs ahead must not make a heading of its own.
            ..=0 => Section::Today,
            1 => Section::Yesterday,
            2..=6 => Section::ThisWeek,
            _ => Section::Month {
                year: date.year(),
                month: date.month(),
            },
        }
    }

    /// What stands over a section.
    pub(crate) fn section_label(&self, section: Section) -> String {
        match section {
            Section::Today => "Today".to_owned(),
            Section::Yesterday => "Yesterday".to_owned(),
            Section::ThisWeek => "Earlier this week".to_owned(),
            Section::Month { year, month } => {
                let pattern = if year == self.today().year() {
                    "%B"
                } else {
                    "%B %Y"
                };
                Date::new(year, month, 1)
                    .map(|first| first.strftime(pattern).to_string())
                    .unwrap_or_default()
            }
        }
    }

    /// Seconds since `at`, never negative.
    pub(crate) fn seconds_since(&self, at: Timestamp) -> u64 {
        u64::try_from(self.at.duration_since(at).as_secs()).unwrap_or(0)
    }

    /// A day that is some time off or ago, for sentences: `Jan 3`; with its year when that is not the coming or the last one of its name.
    pub(crate) fn far_day(&self, at: Timestamp) -> String {
        const NEAR_DAYS: i64 = 300;
        let away_days = at.duration_since(self.at).as_hours() / 24;
        let pattern = if away_days.abs() < NEAR_DAYS {
            "%b %-d"
        } else {
            "%b %-d, %Y"
        };
        self.local(at).strftime(pattern).to_string()
    }

    /// A moment ahead, for sentences: `today, 5:00 PM`, `tomorrow, 8:00 AM`, `Fri, 8:00 AM` within a week, else `Nov 30, 8:00 AM`.
    pub(crate) fn coming_time(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let pattern = match self.days_ago(local.date()) {
            0 => "today, %-I:%M %p",
            -1 => "tomorrow, %-I:%M %p",
            -6..=-2 => "%a, %-I:%M %p",
            _ if local.year() == self.today().year() => "%b %-d, %-I:%M %p",
            _ => "%b %-d, %Y, %-I:%M %p",
        };
        local.strftime(pattern).to_string()
    }

    /// For a sentence that somebody reads elsewhere and later: `Nov 17, 3:14 PM`.
    pub(crate) fn written_time(&self, at: Timestamp) -> String {
        self.local(at).strftime("%b %-d, %-I:%M %p").to_string()
    }

    /// The same moment on the person's own clock.
    pub(crate) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    fn today(&self) -> Date {
        self.local(self.at).date()
    }

    fn days_ago(&self, date: Date) -> i32 {
        date.until(self.today()).map_or(i32::MAX, |span| span.get_days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Tuesday, November 17, 2026, 3:20 PM in California.
    fn now() -> Now {
        Now {
            at: "2026-11-17T23:20:00Z".parse().unwrap(),
            zone: TimeZone::fixed(jiff::tz::offset(-8)),
        }
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}-08:00").parse().unwrap()
    }

    #[test]
    fn each_age_has_its_own_form() {
        let cases = [
            ("2026-11-17T15:14:00", "3:14 PM"),
            ("2026-11-17T00:00:00", "12:00 AM"),
            ("2026-11-16T23:59:00", "Yesterday, 11:59 PM"),
            ("2026-11-15T15:14:00", "Sun, 3:14 PM"),
            ("2026-11-11T15:14:00", "Wed, 3:14 PM"),
            ("2026-11-10T15:14:00", "11/10 3:14 PM"),
            ("2026-06-14T15:14:00", "6/14 3:14 PM"),
            ("2025-12-31T09:05:00", "12/31/2025 9:05 AM"),
        ];
        for (when, expected) in cases {
            assert_eq!(now().list_time(at(when)), expected, "{when}");
        }
    }

    #[test]
    fn the_day_is_the_persons_own_and_not_utc() {
        // Already the 18th in UTC.
        assert_eq!(
            now().list_time("2026-11-18T00:30:00Z".parse().unwrap()),
            "4:30 PM"
        );
    }

    #[test]
    fn brief_times_name_only_what_tells_days_apart() {
        assert_eq!(now().brief_time(at("2026-11-17T09:05:00")), "9:05 AM");
        assert_eq!(now().brief_time(at("2026-11-16T09:05:00")), "Yesterday");
        assert_eq!(now().brief_time(at("2026-11-13T09:05:00")), "Fri");
        assert_eq!(now().brief_time(at("2026-06-14T09:05:00")), "6/14");
        assert_eq!(now().brief_time(at("2024-06-14T09:05:00")), "6/14/2024");
    }

    #[test]
    fn the_day_is_named_without_its_year() {
        assert_eq!(now().day(), "November 17");
    }

    #[test]
    fn a_day_in_the_coming_months_needs_no_year() {
        assert_eq!(now().far_day(at("2027-01-03T12:00:00")), "Jan 3");
        assert_eq!(now().far_day(at("2027-11-03T12:00:00")), "Nov 3, 2027");
        assert_eq!(now().written_time(at("2026-11-17T15:14:00")), "Nov 17, 3:14 PM");
    }

    #[test]
    fn a_moment_ahead_names_its_day_as_people_do() {
        let cases = [
            ("2026-11-17T17:00:00", "today, 5:00 PM"),
            ("2026-11-18T08:00:00", "tomorrow, 8:00 AM"),
            ("2026-11-23T08:00:00", "Mon, 8:00 AM"),
            ("2026-11-24T08:00:00", "Nov 24, 8:00 AM"),
            ("2027-01-04T08:00:00", "Jan 4, 2027, 8:00 AM"),
        ];
        for (when, expected) in cases {
            assert_eq!(now().coming_time(at(when)), expected, "{when}");
        }
    }

    #[test]
    fn sections_follow_the_calendar() {
        let label = |when| {
            let now = now();
            now.section_label(now.section(at(when)))
        };
        assert_eq!(label("2026-11-17T08:00:00"), "Today");
        assert_eq!(label("2026-11-16T08:00:00"), "Yesterday");
        assert_eq!(label("2026-11-12T08:00:00"), "Earlier this week");
        assert_eq!(label("2026-11-02T08:00:00"), "November");
        assert_eq!(label("2025-11-02T08:00:00"), "November 2025");
    }

    #[test]
    fn a_moment_in_the_future_counts_as_today() {
        assert_eq!(now().section(at("2026-11-18T08:00:00")), Section::Today);
        assert_eq!(now().seconds_since(at("2026-11-18T08:00:00")), 0);
    }
}
