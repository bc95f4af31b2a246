//! How long a voicemail or a fax still exists, in one line. Pure.

use super::dates::Now;
use domain::kept::Kept;
use jiff::Timestamp;

const NEAR_DAYS: i64 = 3;
const NEAR_NEWER: u32 = 10;

/// How long it still exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptWords {
    pub(crate) words: String,
    /// It will be lost soon, and nothing of it is on this computer.
    pub(crate) is_near: bool,
}

/// `Will be lost at RingCentral on Dec 12; a copy is here`. `None` when nothing is known.
pub(crate) fn kept_words(kept: Kept, now: &Now) -> Option<KeptWords> {
    let Kept::There {
        until,
        newer_until_overwritten: newer,
        overwritten_about: about,
        is_archived,
    } = kept
    else {
        return Some(KeptWords {
            words: "Deleted at RingCentral; the only copy is here".to_owned(),
            is_near: false,
        });
    };
    let day = until.map(|until| {
        if until <= now.at {
            "any time now".to_owned()
        } else {
            format!("on {}", now.far_day(until))
        }
    });
    let about = about.filter(|about| *about > now.at && until.is_none_or(|until| *about < until));
    let arrives = newer.map(|newer| match (newer, about) {
        (0 | 1, _) => "when the next one arrives".to_owned(),
        (more, Some(about)) => format!(
            "when {more} newer ones have arrived (about {})",
            now.far_day(about)
        ),
        (more, None) => format!("when {more} newer ones have arrived"),
    });
    let is_due = until.is_some_and(|until| until <= now.at);
    let lost = match (day, arrives) {
        (Some(day), Some(arrives)) if !is_due => format!("{day}, or {arrives}"),
        (Some(day), _) => day,
        (None, Some(arrives)) => arrives,
        (None, None) if is_archived => {
            return Some(KeptWords {
                words: "At RingCentral; a copy is here".to_owned(),
                is_near: false,
            });
        }
        (None, None) => return None,
    };
    let is_within_days =
        |at: Option<Timestamp>| at.is_some_and(|at| at.duration_since(now.at).as_hours() < NEAR_DAYS * 24);
    let is_soon =
        is_within_days(until) || is_within_days(about) || newer.is_some_and(|newer| newer <= NEAR_NEWER);
    let copy = if is_archived {
        "a copy is here"
    } else {
        "no copy is here yet"
    };
    Some(KeptWords {
        words: format!("Will be lost at RingCentral {lost}; {copy}"),
        is_near: is_soon && !is_archived,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn words(until: Option<&str>, newer: Option<u32>, is_archived: bool) -> Option<(String, bool)> {
        at_this_pace(until, newer, None, is_archived)
    }

    fn at_this_pace(
        until: Option<&str>,
        newer: Option<u32>,
        about: Option<&str>,
        is_archived: bool,
    ) -> Option<(String, bool)> {
        let now = Now {
            at: "2026-11-17T15:20:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        };
        let there = Kept::There {
            until: until.map(|until| until.parse().unwrap()),
            newer_until_overwritten: newer,
            overwritten_about: about.map(|about| about.parse().unwrap()),
            is_archived,
        };
        kept_words(there, &now).map(|kept| (kept.words, kept.is_near))
    }

    #[test]
    fn the_day_on_which_it_is_lost_is_named_and_whether_a_copy_is_here() {
        let december = Some("2026-12-12T12:00:00Z");
        assert_eq!(
            words(december, None, true).unwrap().0,
            "Will be lost at RingCentral on Dec 12; a copy is here"
        );
        assert_eq!(
            words(december, Some(40), false).unwrap().0,
            "Will be lost at RingCentral on Dec 12, or when 40 newer ones have arrived; no copy is here yet"
        );
        assert_eq!(words(None, None, false), None);
    }

    #[test]
    fn it_is_near_only_while_no_copy_is_here() {
        let soon = Some("2026-11-19T12:00:00Z");
        assert!(words(soon, None, false).unwrap().1);
        assert!(!words(soon, None, true).unwrap().1);
        assert!(words(None, Some(3), false).unwrap().1);
    }

    #[test]
    fn a_day_that_has_passed_is_not_promised() {
        let (words, is_near) = words(Some("2026-11-10T12:00:00Z"), Some(90), false).unwrap();
        assert_eq!(
            words,
            "Will be lost at RingCentral any time now; no copy is here yet"
        );
        assert!(is_near);
    }

    #[test]
    fn a_day_is_guessed_where_the_pace_of_newer_ones_is_known() {
        let (words, is_near) = at_this_pace(None, Some(120), Some("2027-01-03T12:00:00Z"), false).unwrap();
        assert_eq!(
            words,
            "Will be lost at RingCentral when 120 newer ones have arrived (about Jan 3); no copy is here yet"
        );
        assert!(!is_near);
        assert!(
            at_this_pace(None, Some(40), Some("2026-11-19T12:00:00Z"), false)
                .unwrap()
                .1
        );
        let passed = at_this_pace(None, Some(40), Some("2026-11-10T12:00:00Z"), true).unwrap();
        assert_eq!(
            passed.0,
            "Will be lost at RingCentral when 40 newer ones have arrived; a copy is here"
        );
    }

    #[test]
    fn what_ringcentral_deleted_is_said_to_be_here_only() {
        let now = Now {
            at: "2026-11-17T15:20:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        };
        let line = kept_words(Kept::OnlyHere, &now).unwrap();
        assert_eq!(line.words, "Deleted at RingCentral; the only copy is here");
    }
}
