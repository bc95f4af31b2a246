//! When nobody is to be told of anything. Pure.

use domain::settings::{NotificationSettings, QuietHours};
use jiff::Zoned;
use jiff::civil::Weekday;

/// The settings as they hold now: within quiet hours nothing is announced, nor while the person does not want to be disturbed.
/// `now` is in the time zone of this computer.
pub(crate) fn in_force(
    settings: NotificationSettings,
    now: &Zoned,
    does_not_disturb: bool,
) -> NotificationSettings {
    if is_quiet(&settings.quiet_hours, now) || (does_not_disturb && settings.respects_do_not_disturb) {
        undisturbed(settings)
    } else {
        settings
    }
}

/// Nothing is announced.
fn undisturbed(settings: NotificationSettings) -> NotificationSettings {
    NotificationSettings {
        calls: false,
        texts: false,
        voicemail: false,
        faxes: false,
        show_card: false,
        ..settings
    }
}

/// Hours that begin when they end are none.
fn is_quiet(hours: &QuietHours, now: &Zoned) -> bool {
    if !hours.is_on {
        return false;
    }
    let is_weekend = matches!(now.weekday(), Weekday::Saturday | Weekday::Sunday);
    if hours.has_weekends && is_weekend {
        return true;
    }
    let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
    let (from, until) = (i32::from(hours.from_minute), i32::from(hours.until_minute));
    if from <= until {
        (from..until).contains(&minute)
    } else {
        minute >= from || minute < until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        format!("{text}[America/Chicago]").parse().unwrap()
    }

    fn hours(from_minute: u16, until_minute: u16) -> QuietHours {
        QuietHours {
            is_on: true,
            from_minute,
            until_minute,
            has_weekends: false,
        }
    }

    #[test]
    fn quiet_hours_go_over_midnight() {
        let night = hours(18 * 60, 7 * 60);
        // A Tuesday and the Wednesday after it.
        for quiet in [
            "2026-03-03T18:00",
            "2026-03-03T23:59",
            "2026-03-04T00:00",
            "2026-03-04T06:59",
        ] {
            assert!(is_quiet(&night, &at(quiet)), "{quiet}");
        }
        for loud in ["2026-03-03T17:59", "2026-03-04T07:00", "2026-03-04T12:00"] {
            assert!(!is_quiet(&night, &at(loud)), "{loud}");
        }
    }

    #[test]
    fn quiet_hours_can_lie_within_a_day_and_may_be_none() {
        let lunch = hours(12 * 60, 13 * 60);
        assert!(is_quiet(&lunch, &at("2026-03-03T12:30")));
        assert!(!is_quiet(&lunch, &at("2026-03-03T13:00")));
        assert!(!is_quiet(&hours(600, 600), &at("2026-03-03T10:00")));
        let off = QuietHours {
            is_on: false,
            ..lunch
        };
        assert!(!is_quiet(&off, &at("2026-03-03T12:30")));
    }

    #[test]
    fn a_weekend_is_quiet_for_whoever_wants_it_so() {
        let mut night = hours(18 * 60, 7 * 60);
        assert!(!is_quiet(&night, &at("2026-03-07T12:00")));
        night.has_weekends = true;
        assert!(is_quiet(&night, &at("2026-03-07T12:00")));
        assert!(!is_quiet(&night, &at("2026-03-06T12:00")));
    }

    #[test]
    fn within_quiet_hours_nothing_is_announced_and_privacy_stays_as_chosen() {
        let settings = NotificationSettings {
            hides_names: true,
            quiet_hours: hours(18 * 60, 7 * 60),
            ..NotificationSettings::default()
        };
        let noon = at("2026-03-03T12:00");
        assert_eq!(in_force(settings.clone(), &noon, false), settings);
        let quiet = in_force(settings, &at("2026-03-03T20:00"), false);
        assert!(!quiet.calls && !quiet.texts && !quiet.voicemail && !quiet.faxes && !quiet.show_card);
        assert!(quiet.hides_names);
    }

    #[test]
    fn whoever_does_not_want_to_be_disturbed_is_told_nothing_unless_they_chose_otherwise() {
        let mut settings = NotificationSettings::default();
        let noon = at("2026-03-03T12:00");
        assert!(!in_force(settings.clone(), &noon, true).calls);
        settings.respects_do_not_disturb = false;
        assert!(in_force(settings, &noon, true).calls);
    }
}
