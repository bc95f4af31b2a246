use super::super::facts::Facts;
use super::super::testing::{MARIA, call, text};
use super::super::words::TranscriptWord;
use super::super::{CallRecord, MessageRecord};
use super::*;
use crate::numbers::NumberingPlan;
use domain::communication::CallOutcome;
use jiff::Timestamp;

fn of_call(record: &CallRecord) -> Incoming {
    let facts = Facts::of_call(record, NumberingPlan::default());
    Incoming {
        facts,
        is_read: None,
        requested_at: 100,
    }
}

fn of_message(record: &MessageRecord) -> Incoming {
    let facts = Facts::of_message(record, NumberingPlan::default());
    Incoming {
        facts,
        is_read: Some(record.is_read),
        requested_at: 100,
    }
}

fn held(incoming: &Incoming) -> Held {
    Held {
        facts: incoming.facts.clone(),
        requested_at: 100,
        is_read: incoming.is_read.unwrap_or(true),
        read_confirmed_at: None,
        has_pending_change: false,
    }
}

fn inbound_text() -> MessageRecord {
    text("1", "c", MARIA, 0, Direction::Inbound, "Are you open?")
}

#[test]
fn what_is_not_held_is_inserted() {
    let incoming = of_message(&inbound_text());
    let decision = decide(None, None, incoming.clone(), 0);
    assert_eq!(
        decision,
        Decision::Insert {
            facts: incoming.facts,
            is_read: false
        }
    );
}

#[test]
fn the_same_again_is_skipped() {
    let incoming = of_message(&inbound_text());
    assert_eq!(decide(Some(&held(&incoming)), None, incoming, 0), Decision::Skip);
}

#[test]
fn only_a_newer_stamp_is_no_news() {
    let before = of_message(&inbound_text());
    let mut later = before.clone();
    later.facts.modified_at = before.facts.modified_at.map(|at| at + 1);
    assert_eq!(decide(Some(&held(&before)), None, later, 0), Decision::Restamp);
}

#[test]
fn an_older_version_of_a_message_is_skipped() {
    let before = of_message(&inbound_text());
    let mut older = before.clone();
    older.facts.modified_at = before.facts.modified_at.map(|at| at - 1);
    older.facts.body = Some("old words".to_owned());
    assert_eq!(decide(Some(&held(&before)), None, older, 0), Decision::Skip);
}

#[test]
fn without_a_stamp_the_later_request_decides() {
    let before = of_call(&call("1", MARIA, 0, Direction::Inbound, CallOutcome::InProgress));
    let ended = of_call(&call("1", MARIA, 0, Direction::Inbound, CallOutcome::Answered));
    let late = Incoming {
        requested_at: 99,
        ..ended.clone()
    };
    assert_eq!(decide(Some(&held(&before)), None, late, 0), Decision::Skip);
    assert!(matches!(
        decide(Some(&held(&before)), None, ended, 0),
        Decision::Update { .. }
    ));
}

#[test]
fn an_answer_from_before_the_deletion_does_not_bring_it_back() {
    let incoming = of_message(&inbound_text());
    assert_eq!(decide(None, Some(101), incoming.clone(), 0), Decision::Skip);
    assert!(matches!(
        decide(None, Some(100), incoming, 0),
        Decision::Insert { .. }
    ));
}

#[test]
fn a_read_state_on_its_way_to_the_server_is_not_overwritten() {
    let incoming = of_message(&inbound_text());
    let read_here = Held {
        is_read: true,
        has_pending_change: true,
        ..held(&incoming)
    };
    assert_eq!(decide(Some(&read_here), None, incoming, 0), Decision::Skip);
}

#[test]
fn an_answer_from_before_the_confirmation_does_not_undo_the_read_state() {
    let incoming = of_message(&inbound_text());
    let confirmed = Held {
        is_read: true,
        read_confirmed_at: Some(100),
        ..held(&incoming)
    };
    assert_eq!(
        decide(Some(&confirmed), None, incoming.clone(), 0),
        Decision::Skip
    );
    let later = Incoming {
        requested_at: 101,
        ..incoming
    };
    assert!(matches!(
        decide(Some(&confirmed), None, later, 0),
        Decision::Update { is_read: false, .. }
    ));
}

#[test]
fn what_we_sent_is_always_read() {
    let mut record = inbound_text();
    record.direction = Direction::Outbound;
    assert!(matches!(
        decide(None, None, of_message(&record), 0),
        Decision::Insert { is_read: true, .. }
    ));
}

#[test]
fn a_missed_call_arrives_unread_unless_it_is_history() {
    let incoming = of_call(&call("1", MARIA, 0, Direction::Inbound, CallOutcome::Missed));
    let occurred_at = incoming.facts.occurred_at;
    assert!(matches!(
        decide(None, None, incoming.clone(), occurred_at),
        Decision::Insert { is_read: false, .. }
    ));
    assert!(matches!(
        decide(None, None, incoming, occurred_at + 1),
        Decision::Insert { is_read: true, .. }
    ));
}

#[test]
fn a_call_that_turns_out_to_be_missed_becomes_unread_and_stays_read_once_read() {
    let ringing = of_call(&call("1", MARIA, 0, Direction::Inbound, CallOutcome::InProgress));
    let over = of_call(&call("1", MARIA, 0, Direction::Inbound, CallOutcome::Missed));
    let decision = decide(Some(&held(&ringing)), None, over.clone(), 0);
    assert!(matches!(decision, Decision::Update { is_read: false, .. }));

    let mut stamped = over.clone();
    stamped.facts.modified_at = Some(Timestamp::UNIX_EPOCH.as_millisecond());
    let read = Held {
        is_read: true,
        ..held(&over)
    };
    assert_eq!(decide(Some(&read), None, stamped, 0), Decision::Restamp);
}

#[test]
fn the_words_of_a_voicemail_stay_whatever_the_server_says_of_its_transcript() {
    let mut incoming = of_message(&inbound_text());
    incoming.facts.kind = Kind::Voicemail;
    incoming.facts.body = None;
    incoming.facts.transcript = Some(TranscriptWord::Partial);
    let mut with_words = held(&incoming);
    with_words.facts.body = Some("Hello".to_owned());
    assert_eq!(
        decide(Some(&with_words), None, incoming.clone(), 0),
        Decision::Skip
    );

    for word in [TranscriptWord::Ready, TranscriptWord::Failed] {
        incoming.facts.transcript = Some(word);
        let Decision::Update { facts, .. } = decide(Some(&with_words), None, incoming.clone(), 0) else {
            panic!()
        };
        assert_eq!(facts.body.as_deref(), Some("Hello"));
    }
}
