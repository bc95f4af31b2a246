//! How far a text is, in words. Pure. Never "read": RingCentral cannot know.

use crate::components::Icon;
use crate::format::dates::Now;
use crate::texting::composer::held_up;
use domain::outgoing::{Attempt, AttemptOutcome, HeldUp, OutgoingState, OutgoingText};

/// How a line is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Warn,
    Bad,
}

/// The line below a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) icon: Icon,
    pub(crate) words: String,
    pub(crate) tone: Tone,
}

/// Where it is at `now`.
pub(crate) fn line(state: &OutgoingState, held_up: Option<&HeldUp>, now: &Now) -> Line {
    let (icon, words, tone) = match state {
        OutgoingState::Queued { not_before } => match (seconds_until(*not_before, now), held_up) {
            (Some(seconds), _) => (Icon::Clock, format!("Sending in {seconds} s"), Tone::Plain),
            (None, Some(held_up)) => {
                let words = format!("Queued, {}", held_up::brief(held_up, now));
                (Icon::Clock, words, Tone::Warn)
            }
            (None, None) => (Icon::Clock, "Queued".to_owned(), Tone::Plain),
        },
        OutgoingState::Sending => (Icon::Clock, "Sending…".to_owned(), Tone::Plain),
        OutgoingState::Accepted => (Icon::Check, "Sent".to_owned(), Tone::Plain),
        OutgoingState::Delivered => (Icon::CheckTwice, "Delivered".to_owned(), Tone::Plain),
        OutgoingState::Failed { reason, .. } => (Icon::Warning, format!("Not sent: {reason}"), Tone::Bad),
        OutgoingState::Unknown { .. } => (
            Icon::Search,
            "Checking whether it went out…".to_owned(),
            Tone::Warn,
        ),
        OutgoingState::Cancelled => (Icon::Undo, "Taken back".to_owned(), Tone::Plain),
    };
    Line { icon, words, tone }
}

/// What is announced when it changes, for those who do not see it: no seconds in it, they would never end.
pub(crate) fn spoken(outgoing: &[OutgoingText], held_up: Option<&HeldUp>, now: &Now) -> String {
    let Some(newest) = outgoing.last() else {
        return String::new();
    };
    match &newest.state {
        OutgoingState::Queued { not_before } if *not_before > now.at => {
            "Text written. It leaves in a few seconds, Undo takes it back.".to_owned()
        }
        state => format!("Text: {}", line(state, held_up, now).words),
    }
}

/// One try: `1st try, 3:14 PM: The answer was lost.`
pub(crate) fn attempt(attempt: &Attempt, now: &Now) -> String {
    let outcome = match attempt.outcome {
        None => "under way",
        Some(AttemptOutcome::Accepted) => "RingCentral took it",
        Some(AttemptOutcome::NotSent) => "it did not leave",
        Some(AttemptOutcome::Refused) => "RingCentral refused it",
        Some(AttemptOutcome::Unknown) => "the answer was lost",
    };
    let words = attempt.words.as_deref().unwrap_or(outcome);
    format!(
        "{} try, {}: {words}",
        ordinal(attempt.number),
        now.list_time(attempt.began_at)
    )
}

/// What lies behind the state, where it needs explaining.
pub(crate) fn explanation(state: &OutgoingState) -> Option<&'static str> {
    match state {
        OutgoingState::Unknown { .. } => Some(
            "The connection broke before RingCentral answered, so nobody knows yet whether this text went out. It is looked for among the sent messages, and not sent again before that is known: nobody gets it twice.",
        ),
        _ => None,
    }
}

fn seconds_until(at: jiff::Timestamp, now: &Now) -> Option<i64> {
    let left = at.duration_since(now.at);
    // Begun seconds count: "in 0 s" would be a promise that is broken.
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    (seconds > 0).then_some(seconds)
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T15:00:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn queued(until: &str) -> OutgoingState {
        OutgoingState::Queued {
            not_before: until.parse().unwrap(),
        }
    }

    #[test]
    fn a_text_that_can_be_taken_back_says_for_how_long() {
        let words = |until, held_up| line(&queued(until), held_up, &now()).words;
        assert_eq!(words("2026-11-17T15:00:04.2Z", None), "Sending in 5 s");
        assert_eq!(
            words("2026-11-17T15:00:05Z", Some(&HeldUp::Offline)),
            "Sending in 5 s"
        );
        assert_eq!(words("2026-11-17T15:00:00Z", None), "Queued");
    }

    #[test]
    fn a_text_that_waits_says_what_for() {
        let line = line(&queued("2026-11-17T14:00:00Z"), Some(&HeldUp::Offline), &now());
        assert_eq!(
            (line.words.as_str(), line.tone),
            ("Queued, waits for the network", Tone::Warn)
        );
    }

    #[test]
    fn only_a_failure_is_red() {
        let failed = OutgoingState::Failed {
            reason: "this number cannot receive texts".to_owned(),
            can_retry: false,
        };
        let failed = line(&failed, None, &now());
        assert_eq!(
            (failed.words.as_str(), failed.tone),
            ("Not sent: this number cannot receive texts", Tone::Bad)
        );
        let since = now().at;
        assert_eq!(
            line(&OutgoingState::Unknown { since }, None, &now()).tone,
            Tone::Warn
        );
        assert_eq!(line(&OutgoingState::Accepted, None, &now()).tone, Tone::Plain);
    }

    #[test]
    fn tries_are_counted_as_people_count() {
        let words = |number| {
            attempt(
                &Attempt {
                    number,
                    began_at: now().at,
                    outcome: Some(AttemptOutcome::Unknown),
                    words: None,
                },
                &now(),
            )
        };
        assert_eq!(words(1), "1st try, 3:00 PM: the answer was lost");
        assert!(words(2).starts_with("2nd try"));
        assert!(words(11).starts_with("11th try"));
        assert!(words(23).starts_with("23rd try"));
    }
}
