//! The words of the overview, and how old something must be to stand out. Pure.

use crate::format::dates::Now;
use crate::format::{counted, durations};
use domain::communication::Kind;
use domain::inbox::InboxTab;
use domain::overview::{DayFigure, DayFigureKind, Owed, OwedKind};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// How much something that is owed stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    Late,
    Overdue,
}

/// `Good afternoon, Dana`.
pub(super) fn greeting(now: &Now, name: Option<&str>) -> String {
    let hello = match now.local(now.at).hour() {
        4..=11 => "Good morning",
        12..=16 => "Good afternoon",
        _ => "Good evening",
    };
    match name.and_then(|name| name.split_whitespace().next()) {
        Some(first) => format!("{hello}, {first}"),
        None => hello.to_owned(),
    }
}

/// `Tuesday, November 17`.
pub(super) fn today(now: &Now) -> String {
    now.local(now.at).strftime("%A, %B %-d").to_string()
}

/// What is owed, in words that fit any count beside them.
pub(super) fn owed(kind: OwedKind, count: u32) -> &'static str {
    match (kind, count == 1) {
        (OwedKind::MissedCalls, true) => "Missed call not returned",
        (OwedKind::MissedCalls, false) => "Missed calls not returned",
        (OwedKind::Voicemail, true) => "Voicemail not heard",
        (OwedKind::Voicemail, false) => "Voicemails not heard",
        (OwedKind::Texts, true) => "Text not read",
        (OwedKind::Texts, false) => "Texts not read",
        (OwedKind::Faxes, true) => "Fax not read",
        (OwedKind::Faxes, false) => "Faxes not read",
        (OwedKind::FailedSends, true) => "Text or fax did not go out",
        (OwedKind::FailedSends, false) => "Texts and faxes did not go out",
    }
}

/// Where the rows behind it are; `None` for what waits in the outbox.
pub(super) fn tab(kind: OwedKind) -> Option<InboxTab> {
    match kind {
        OwedKind::MissedCalls => Some(InboxTab::Missed),
        OwedKind::Voicemail => Some(InboxTab::Voicemail),
        OwedKind::Texts => Some(InboxTab::Texts),
        OwedKind::Faxes => Some(InboxTab::Fax),
        OwedKind::FailedSends => None,
    }
}

/// A caller waits less patiently than a fax; what did not go out is bad at once.
pub(super) fn age(kind: OwedKind, seconds: u64) -> Age {
    let (late, overdue) = match kind {
        OwedKind::MissedCalls => (15 * MINUTE, HOUR),
        OwedKind::Voicemail | OwedKind::Texts => (30 * MINUTE, 2 * HOUR),
        OwedKind::Faxes => (HOUR, 4 * HOUR),
        OwedKind::FailedSends => (0, 0),
    };
    if seconds >= overdue {
        Age::Overdue
    } else if seconds >= late {
        Age::Late
    } else {
        Age::Fresh
    }
}

/// `oldest 22 min`, for one thing only `22 min`.
pub(super) fn waits(owed: &Owed, now: &Now) -> Option<String> {
    let seconds = now.seconds_since(owed.oldest_at?);
    let long = durations::waiting(seconds);
    Some(if owed.count > 1 && long != "just now" {
        format!("oldest {long}")
    } else {
        long
    })
}

/// `Calls in`.
pub(super) fn figure(kind: DayFigureKind) -> &'static str {
    match kind {
        DayFigureKind::CallsIn => "Calls in",
        DayFigureKind::CallsOut => "Calls out",
        DayFigureKind::Missed => "Missed",
        DayFigureKind::Texts => "Texts",
        DayFigureKind::Voicemail => "Voicemail",
        DayFigureKind::Faxes => "Faxes",
    }
}

/// The rows behind a figure.
pub(super) fn figure_tab(kind: DayFigureKind) -> InboxTab {
    match kind {
        DayFigureKind::CallsIn | DayFigureKind::CallsOut => InboxTab::Calls,
        DayFigureKind::Missed => InboxTab::Missed,
        DayFigureKind::Texts => InboxTab::Texts,
        DayFigureKind::Voicemail => InboxTab::Voicemail,
        DayFigureKind::Faxes => InboxTab::Fax,
    }
}

/// `usual by now: 58`, and over what that is the mean, for the tooltip.
pub(super) fn usual(figure: &DayFigure, now: &Now) -> (String, String) {
    let weekday = now.local(now.at).strftime("%A").to_string();
    let until = now.time_of_day(now.at);
    match figure.usual {
        Some(usual) => (
            format!("usual by now: {}", rounded(usual)),
            format!(
                "The mean of the last {} until {until}",
                counted(figure.days.into(), &weekday, &format!("{weekday}s"))
            ),
        ),
        None => (
            "nothing to compare yet".to_owned(),
            format!("There is no earlier {weekday} on this computer to compare with."),
        ),
    }
}

/// Whether the day differs enough from a usual one to say so: more than the larger of three and a quarter. Upwards is `true`.
pub(super) fn differs(figure: &DayFigure) -> Option<bool> {
    let usual = figure.usual?;
    let difference = f64::from(figure.today) - usual;
    (difference.abs() > (usual / 4.0).max(3.0)).then_some(difference > 0.0)
}

/// `3 voicemails`.
pub(super) fn lost(kind: Kind, count: u32) -> String {
    let (one, many) = match kind {
        Kind::Call => ("call", "calls"),
        Kind::Text => ("text", "texts"),
        Kind::Voicemail => ("voicemail", "voicemails"),
        Kind::Fax => ("fax", "faxes"),
    };
    counted(count.into(), one, many)
}

fn rounded(usual: f64) -> String {
    if usual < 10.0 {
        let text = format!("{usual:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    } else {
        format!("{usual:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::now;

    fn at(text: &str) -> Now {
        Now {
            at: text.parse().unwrap(),
            ..now()
        }
    }

    fn day(today: u32, usual: Option<f64>) -> DayFigure {
        DayFigure {
            kind: DayFigureKind::CallsIn,
            today,
            usual,
            days: 8,
        }
    }

    #[test]
    fn one_is_greeted_by_first_name_and_time_of_day() {
        let hello = |text| greeting(&at(text), Some("Dana Kim"));
        assert_eq!(hello("2026-11-17T08:00:00Z"), "Good morning, Dana");
        assert_eq!(hello("2026-11-17T15:20:00Z"), "Good afternoon, Dana");
        assert_eq!(hello("2026-11-17T17:00:00Z"), "Good evening, Dana");
        assert_eq!(greeting(&now(), None), "Good afternoon");
    }

    #[test]
    fn a_caller_is_overdue_sooner_than_a_fax() {
        assert_eq!(age(OwedKind::MissedCalls, 14 * MINUTE), Age::Fresh);
        assert_eq!(age(OwedKind::MissedCalls, 15 * MINUTE), Age::Late);
        assert_eq!(age(OwedKind::MissedCalls, HOUR), Age::Overdue);
        assert_eq!(age(OwedKind::Faxes, HOUR), Age::Late);
        assert_eq!(age(OwedKind::FailedSends, 0), Age::Overdue);
    }

    #[test]
    fn the_longest_wait_is_named_as_the_oldest_of_several() {
        let owed = |count| Owed {
            kind: OwedKind::MissedCalls,
            count,
            oldest_at: Some("2026-11-17T14:58:00Z".parse().unwrap()),
            first: Vec::new(),
        };
        assert_eq!(waits(&owed(4), &now()).as_deref(), Some("oldest 22 min"));
        assert_eq!(waits(&owed(1), &now()).as_deref(), Some("22 min"));
    }

    #[test]
    fn a_figure_says_what_it_is_compared_with() {
        let (short, long) = usual(&day(63, Some(58.4)), &now());
        assert_eq!(short, "usual by now: 58");
        assert_eq!(long, "The mean of the last 8 Tuesdays until 3:20 PM");
        assert_eq!(usual(&day(3, Some(2.0)), &now()).0, "usual by now: 2");
        assert_eq!(usual(&day(3, None), &now()).0, "nothing to compare yet");
    }

    #[test]
    fn only_a_day_that_is_really_different_is_marked() {
        assert_eq!(differs(&day(63, Some(58.0))), None);
        assert_eq!(differs(&day(90, Some(58.0))), Some(true));
        assert_eq!(differs(&day(1, Some(2.0))), None);
        assert_eq!(differs(&day(20, Some(58.0))), Some(false));
        assert_eq!(differs(&day(20, None)), None);
    }
}
