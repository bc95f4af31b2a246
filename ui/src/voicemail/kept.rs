//! How long RingCentral keeps a voicemail, in one quiet line.

use crate::components::{Glyph, Icon};
use crate::format::dates::Now;
use domain::kept::Kept;
use jiff::Timestamp;
use std::rc::Rc;
use yew::{Html, Properties, classes, component, html};

const NEAR_DAYS: i64 = 3;
const NEAR_NEWER: u32 = 10;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    words: String,
    /// It will be lost soon, and nothing of it is on this computer.
    is_near: bool,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub kept: Kept,
    pub now: Rc<Now>,
}

/// Amber when it is about to be lost.
#[component]
pub(super) fn KeptLine(props: &Props) -> Html {
    let Some(line) = line(props.kept, &props.now) else {
        return Html::default();
    };
    html! {
        <p class={classes!("voicemail-kept", line.is_near.then_some("is-near"))}>
            <Glyph icon={if line.is_near { Icon::Warning } else { Icon::Clock }} small={true} /><span>{ line.words }</span>
        </p>
    }
}

fn line(kept: Kept, now: &Now) -> Option<Line> {
    let Kept::There {
        until,
        newer_until_overwritten: newer,
        overwritten_about: about,
        is_archived,
    } = kept
    else {
        return Some(Line {
            words: "Kept on this computer only: RingCentral has deleted it".to_owned(),
            is_near: false,
        });
    };
    let until_day = until.map(|until| {
        if until <= now.at {
            "any time now".to_owned()
        } else {
            now.far_day(until)
        }
    });
    let about = about.filter(|about| *about > now.at);
    let newer_words = newer.map(|newer| match (newer, about) {
        (0 | 1, _) => "the next one arrives".to_owned(),
        (more, Some(about)) => format!("{more} newer ones arrive (about {})", now.far_day(about)),
        (more, None) => format!("{more} newer ones arrive"),
    });
    let there = match (until_day, newer_words) {
        (Some(day), _) if day == "any time now" => Some("RingCentral may delete it any time now".to_owned()),
        (Some(day), Some(newer)) => Some(format!("RingCentral keeps it until {day}, or until {newer}")),
        (Some(one), None) | (None, Some(one)) => Some(format!("RingCentral keeps it until {one}")),
        (None, None) => None,
    };
    let is_within_days =
        |at: Option<Timestamp>| at.is_some_and(|at| at.duration_since(now.at).as_hours() < NEAR_DAYS * 24);
    let is_soon =
        is_within_days(until) || is_within_days(about) || newer.is_some_and(|newer| newer <= NEAR_NEWER);
    let words = match (there, is_archived) {
        (Some(there), true) => format!("{there} · a copy stays here"),
        (Some(there), false) => there,
        (None, true) => "Kept at RingCentral and on this computer".to_owned(),
        (None, false) => return None,
    };
    Some(Line {
        words,
        is_near: is_soon && !is_archived,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T15:20:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn there(until: Option<&str>, newer: Option<u32>, is_archived: bool) -> Option<(String, bool)> {
        at_this_pace(until, newer, None, is_archived)
    }

    fn at_this_pace(
        until: Option<&str>,
        newer: Option<u32>,
        about: Option<&str>,
        is_archived: bool,
    ) -> Option<(String, bool)> {
        let kept = Kept::There {
            until: until.map(|until| until.parse().unwrap()),
            newer_until_overwritten: newer,
            overwritten_about: about.map(|about| about.parse().unwrap()),
            is_archived,
        };
        line(kept, &now()).map(|line| (line.words, line.is_near))
    }

    #[test]
    fn the_line_names_whatever_comes_first() {
        let january = Some("2027-01-03T12:00:00Z");
        let words = |until, newer| there(until, newer, false).unwrap().0;
        assert_eq!(words(january, None), "RingCentral keeps it until Jan 3");
        assert_eq!(
            words(january, Some(12)),
            "RingCentral keeps it until Jan 3, or until 12 newer ones arrive"
        );
        assert_eq!(
            words(None, Some(1)),
            "RingCentral keeps it until the next one arrives"
        );
        assert_eq!(there(None, None, false), None);
    }

    #[test]
    fn it_is_near_only_while_no_copy_is_here() {
        let soon = Some("2026-11-19T12:00:00Z");
        assert!(there(soon, None, false).unwrap().1);
        assert!(there(None, Some(10), false).unwrap().1);
        assert!(!there(None, Some(11), false).unwrap().1);
        assert!(!there(soon, Some(2), true).unwrap().1);
    }

    #[test]
    fn a_day_is_guessed_where_the_pace_of_newer_ones_is_known() {
        let (words, is_near) = at_this_pace(None, Some(120), Some("2027-01-03T12:00:00Z"), false).unwrap();
        assert_eq!(
            words,
            "RingCentral keeps it until 120 newer ones arrive (about Jan 3)"
        );
        assert!(!is_near);
        assert!(
            at_this_pace(None, Some(40), Some("2026-11-19T12:00:00Z"), false)
                .unwrap()
                .1
        );
        let passed = at_this_pace(None, Some(40), Some("2026-11-10T12:00:00Z"), false).unwrap();
        assert_eq!(passed.0, "RingCentral keeps it until 40 newer ones arrive");
    }

    #[test]
    fn a_day_that_has_passed_is_not_promised() {
        let (words, is_near) = there(Some("2026-11-10T12:00:00Z"), Some(90), false).unwrap();
        assert_eq!(words, "RingCentral may delete it any time now");
        assert!(is_near);
    }

    #[test]
    fn what_ringcentral_deleted_is_said_to_be_here_only() {
        let line = line(Kept::OnlyHere, &now()).unwrap();
        assert_eq!(
            line.words,
            "Kept on this computer only: RingCentral has deleted it"
        );
    }
}
