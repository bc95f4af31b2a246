//! What happened, in one line: the words and the sign that lists, cards and search results share.

use super::dates::Now;
use super::durations::{on_the_clock, talk_time, waiting};
use super::{counted, names};
use crate::components::icon::Icon;
use domain::attachment::AttachmentKind;
use domain::communication::{Body, CallOutcome, Communication, DeliveryState, Direction, Party, Transcript};

/// How a line is coloured. Red is kept for what is owed or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Bad,
}

/// One line about a communication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    pub icon: Icon,
    pub text: String,
    pub tone: Tone,
}

/// The line for a list.
pub(crate) fn summary(item: &Communication, now: &Now) -> Summary {
    let inbound = item.direction == Direction::Inbound;
    match &item.body {
        Body::Call {
            outcome,
            duration_seconds,
            missed_attempts,
            ..
        } => {
            let mut line = call(*outcome, inbound, *duration_seconds);
            if inbound && *missed_attempts > 1 && is_missed(*outcome) {
                line.text = format!("{}, {missed_attempts} attempts", line.text);
            }
            if item.is_owed {
                line.text = format!(
                    "{} · owed {}",
                    line.text,
                    waiting(now.seconds_since(item.occurred_at))
                );
                line.tone = Tone::Bad;
            }
            line
        }
        Body::Text { text, state, .. } => text_line(item, text, state, inbound),
        Body::Voicemail {
            duration_seconds,
            transcript,
        } => Summary {
            icon: Icon::Voicemail,
            text: match transcript {
                Transcript::Ready { text, .. } if !text.is_empty() => {
                    format!("{} · “{}”", on_the_clock(*duration_seconds), one_line(text))
                }
                _ => format!("Voicemail, {}", talk_time(*duration_seconds)),
            },
            tone: Tone::Plain,
        },
        Body::Fax { page_count, state } => fax(*page_count, state, inbound),
    }
}

/// What happened without saying how long or how often: `Missed call`, `You called`.
pub(crate) fn call(outcome: CallOutcome, inbound: bool, duration_seconds: u32) -> Summary {
    let with_time = |what: &str| {
        if duration_seconds > 0 {
            format!("{what} · {}", talk_time(duration_seconds))
        } else {
            what.to_owned()
        }
    };
    let (icon, text) = match (outcome, inbound) {
        (CallOutcome::Answered, true) => (Icon::CallIn, with_time("Answered")),
        (CallOutcome::Answered, false) => (Icon::CallOut, with_time("You called")),
        (CallOutcome::AnsweredElsewhere, _) => (Icon::CallIn, with_time("Answered elsewhere")),
        (CallOutcome::Missed, true) => (Icon::CallMissed, "Missed call".to_owned()),
        (CallOutcome::Missed, false) => (Icon::CallOut, "You called · no answer".to_owned()),
        (CallOutcome::Voicemail, true) => (Icon::CallMissed, "Missed call, went to voicemail".to_owned()),
        (CallOutcome::Voicemail, false) => (Icon::CallOut, "You called · reached voicemail".to_owned()),
        (CallOutcome::Busy, true) => (Icon::CallMissed, "Missed call, line was busy".to_owned()),
        (CallOutcome::Busy, false) => (Icon::CallOut, "You called · busy".to_owned()),
        (CallOutcome::Rejected, true) => (Icon::CallMissed, "Call rejected".to_owned()),
        (CallOutcome::Rejected, false) => (Icon::CallOut, "You called · rejected".to_owned()),
        (CallOutcome::Failed, _) => (Icon::CallOut, "Call failed".to_owned()),
        (CallOutcome::InProgress, true) => (Icon::CallIn, "Call in progress".to_owned()),
        (CallOutcome::InProgress, false) => (Icon::CallOut, "Call in progress".to_owned()),
        (CallOutcome::Unknown, true) => (Icon::CallIn, with_time("Call")),
        (CallOutcome::Unknown, false) => (Icon::CallOut, with_time("You called")),
    };
    Summary {
        icon,
        text,
        tone: Tone::Plain,
    }
}

/// A short noun with its size, for narrow columns: `Voicemail 0:32`, `Fax, 12 pages`.
pub(crate) fn brief(item: &Communication) -> Summary {
    let inbound = item.direction == Direction::Inbound;
    match &item.body {
        Body::Call {
            outcome,
            duration_seconds,
            ..
        } => {
            let mut line = call(*outcome, inbound, *duration_seconds);
            if item.is_owed {
                line.text = "Missed call, not returned".to_owned();
                line.tone = Tone::Bad;
            }
            line
        }
        Body::Text { text, state, .. } => {
            let mut line = text_line(item, text, state, inbound);
            if group_with(item).is_some() {
                line.text = format!("Group: {}", line.text);
            }
            line
        }
        Body::Voicemail { duration_seconds, .. } => Summary {
            icon: Icon::Voicemail,
            text: format!("Voicemail, {}", talk_time(*duration_seconds)),
            tone: Tone::Plain,
        },
        Body::Fax { page_count, state } => fax(*page_count, state, inbound),
    }
}

fn text_line(item: &Communication, text: &str, state: &DeliveryState, inbound: bool) -> Summary {
    let mut words = one_line(text);
    if words.is_empty() {
        let pictures = item
            .attachments
            .iter()
            .filter(|file| file.kind == AttachmentKind::Media)
            .count() as u64;
        words = if pictures == 1 {
            "Picture".to_owned()
        } else {
            counted(pictures, "picture", "pictures")
        };
    }
    let (text, tone) = match (inbound, state) {
        (false, DeliveryState::Failed { reason }) => (format!("Not sent: {reason}"), Tone::Bad),
        (false, _) => (format!("You: {words}"), Tone::Plain),
        (true, _) => (words, Tone::Plain),
    };
    Summary {
        icon: Icon::Text,
        text,
        tone,
    }
}

fn fax(page_count: u32, state: &DeliveryState, inbound: bool) -> Summary {
    let (text, tone) = match (inbound, state) {
        (true, _) => (with_pages("Fax", page_count), Tone::Plain),
        (false, DeliveryState::Queued) => (with_pages("Fax queued", page_count), Tone::Plain),
        (false, DeliveryState::Failed { reason }) => (format!("Fax not sent: {reason}"), Tone::Bad),
        (false, _) => (with_pages("Fax sent", page_count), Tone::Plain),
    };
    Summary {
        icon: Icon::Fax,
        text,
        tone,
    }
}

/// `Fax, 12 pages`. Nothing of pages while RingCentral has not counted them, which it does when it sends.
pub(crate) fn with_pages(what: &str, page_count: u32) -> String {
    match page_count {
        0 => what.to_owned(),
        count => format!("{what}, {}", counted(u64::from(count), "page", "pages")),
    }
}

fn is_missed(outcome: CallOutcome) -> bool {
    matches!(
        outcome,
        CallOutcome::Missed | CallOutcome::Voicemail | CallOutcome::Busy
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everyone in a group text: `Maria Lopez, Sam Ortiz and 2 more`; `None` when it is a conversation of two.
pub(crate) fn group_name(item: &Communication) -> Option<String> {
    let Body::Text { participants, .. } = &item.body else {
        return None;
    };
    match participants.as_slice() {
        [] | [_] => None,
        [first, second] => Some(format!("{}, {}", first.label, second.label)),
        [first, second, rest @ ..] => Some(format!(
            "{}, {} and {} more",
            first.label,
            second.label,
            rest.len()
        )),
    }
}

/// Who else a group text went to, for the history of one person: `Group with Luis Ferrer and Grace Okafor`; `None` when it is a
/// conversation of two.
pub(crate) fn group_with(item: &Communication) -> Option<String> {
    let Body::Text { participants, .. } = &item.body else {
        return None;
    };
    let is_sender = |party: &Party| item.direction == Direction::Inbound && party.label == item.party.label;
    let others: Vec<&str> = participants
        .iter()
        .filter(|party| !is_sender(party))
        .map(|party| party.label.as_str())
        .collect();
    match (participants.len(), others.as_slice()) {
        (0 | 1, _) | (_, []) => None,
        (_, [only]) => Some(format!("Group with {only}")),
        (_, [first @ .., last]) => Some(format!("Group with {} and {last}", first.join(", "))),
    }
}

/// The name of a list row: the group, else the person.
pub(crate) fn row_title(item: &Communication) -> names::Title {
    match group_name(item) {
        Some(name) => names::Title { name, detail: None },
        None => names::title(&item.party),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CommunicationId, ConversationId};
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T23:20:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn party(label: &str) -> Party {
        Party {
            label: label.into(),
            number: None,
            caller_id_name: None,
            contact: None,
        }
    }

    fn item(direction: Direction, body: Body) -> Communication {
        Communication {
            id: CommunicationId(1),
            direction,
            occurred_at: "2026-11-17T22:58:00Z".parse().unwrap(),
            party: party("Maria Lopez"),
            line: None,
            is_read: true,
            is_done: false,
            is_owed: false,
            body,
            attachments: Vec::new(),
        }
    }

    fn missed(attempts: u32) -> Body {
        Body::Call {
            outcome: CallOutcome::Missed,
            duration_seconds: 0,
            session_id: None,
            missed_attempts: attempts,
        }
    }

    fn text(words: &str, state: DeliveryState, participants: &[&str]) -> Body {
        Body::Text {
            conversation_id: ConversationId::from("1"),
            text: words.into(),
            state,
            participants: participants.iter().map(|name| party(name)).collect(),
        }
    }

    #[test]
    fn an_owed_call_says_for_how_long_and_is_red() {
        let mut call = item(Direction::Inbound, missed(2));
        call.is_owed = true;
        let line = summary(&call, &now());
        assert_eq!(line.text, "Missed call, 2 attempts · owed 22 min");
        assert_eq!(line.tone, Tone::Bad);
    }

    #[test]
    fn a_returned_call_is_not_red() {
        let line = summary(&item(Direction::Inbound, missed(1)), &now());
        assert_eq!((line.text.as_str(), line.tone), ("Missed call", Tone::Plain));
    }

    #[test]
    fn our_own_texts_say_you_and_failed_ones_say_why() {
        let sent = item(
            Direction::Outbound,
            text("On our way\nsee you", DeliveryState::Sent, &["Maria"]),
        );
        assert_eq!(summary(&sent, &now()).text, "You: On our way see you");
        let reason = "the number cannot get texts".to_owned();
        let failed = summary(
            &item(
                Direction::Outbound,
                text("Hi", DeliveryState::Failed { reason }, &[]),
            ),
            &now(),
        );
        assert_eq!(
            (failed.text.as_str(), failed.tone),
            ("Not sent: the number cannot get texts", Tone::Bad)
        );
    }

    #[test]
    fn a_voicemail_shows_its_words_when_there_are_any() {
        let body = |transcript| Body::Voicemail {
            duration_seconds: 32,
            transcript,
        };
        let ready = Transcript::Ready {
            text: "Call me back".into(),
            is_partial: false,
            by: domain::transcription::TranscriberKind::RingCentral,
        };
        assert_eq!(
            summary(&item(Direction::Inbound, body(ready)), &now()).text,
            "0:32 · “Call me back”"
        );
        assert_eq!(
            summary(&item(Direction::Inbound, body(Transcript::InProgress)), &now()).text,
            "Voicemail, 32 s"
        );
    }

    #[test]
    fn a_fax_whose_pages_are_not_counted_yet_says_nothing_of_them() {
        let words = |direction, page_count, state| {
            summary(&item(direction, Body::Fax { page_count, state }), &now()).text
        };
        assert_eq!(words(Direction::Outbound, 0, DeliveryState::Queued), "Fax queued");
        assert_eq!(
            words(Direction::Outbound, 1, DeliveryState::Queued),
            "Fax queued, 1 page"
        );
        assert_eq!(words(Direction::Inbound, 0, DeliveryState::Received), "Fax");
    }

    #[test]
    fn group_texts_name_two_and_count_the_rest() {
        let group = |names: &[&str]| {
            row_title(&item(
                Direction::Inbound,
                text("Hi", DeliveryState::Received, names),
            ))
            .name
        };
        assert_eq!(group(&["Maria Lopez"]), "Maria Lopez");
        assert_eq!(group(&["Ana", "Ben"]), "Ana, Ben");
        assert_eq!(group(&["Ana", "Ben", "Cy", "Di"]), "Ana, Ben and 2 more");
    }

    #[test]
    fn in_one_persons_history_a_group_text_says_who_else_was_there() {
        let words = |direction, names: &[&str]| {
            group_with(&item(direction, text("Hi", DeliveryState::Received, names)))
        };
        let inbound = words(Direction::Inbound, &["Maria Lopez", "Ben", "Cy"]);
        assert_eq!(inbound.as_deref(), Some("Group with Ben and Cy"));
        let ours = words(Direction::Outbound, &["Maria Lopez", "Ben"]);
        assert_eq!(ours.as_deref(), Some("Group with Maria Lopez and Ben"));
        assert_eq!(words(Direction::Inbound, &["Maria Lopez"]), None);
    }
}
