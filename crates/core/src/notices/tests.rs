//! What is announced, and what is not.

mod bursts;
mod sent_faxes;

use super::*;
use domain::call::{DialledLine, LiveCall, LiveCallState};
use domain::communication::{Body, CallOutcome, Communication, DeliveryState, Direction, Party, Transcript};
use domain::ids::{ConversationId, OutgoingId};
use domain::phone_number::{E164, PhoneNumber};
use domain::settings::NotificationSettings;
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    "2026-03-02T16:00:00Z".parse().unwrap()
}

fn policy() -> NoticePolicy {
    NoticePolicy::new(now() - SignedDuration::from_hours(1))
}

fn party() -> Party {
    Party {
        label: "(510) 555-0147".to_owned(),
        number: Some(PhoneNumber {
            e164: Some(E164::new("+15105550147").unwrap()),
            formatted: "(510) 555-0147".to_owned(),
            extension: None,
            region: None,
        }),
        caller_id_name: None,
        contact: None,
    }
}

fn call(state: LiveCallState) -> CallNews {
    CallNews {
        call: LiveCall {
            session_id: CallSessionId::from("s-1"),
            state,
            direction: Direction::Inbound,
            party: party(),
            line: DialledLine {
                name: "Sales queue".to_owned(),
                number: None,
                is_queue: true,
            },
            started_at: now(),
            answered_at: None,
        },
        is_ignored: false,
        is_undecided: false,
    }
}

fn item(id: i64, body: Body) -> Communication {
    Communication {
        id: CommunicationId(id),
        direction: Direction::Inbound,
        occurred_at: now() - SignedDuration::from_secs(20),
        party: party(),
        line: None,
        is_read: false,
        is_done: false,
        is_owed: matches!(body, Body::Call { .. }),
        body,
        attachments: Vec::new(),
    }
}

fn text(id: i64) -> Communication {
    item(
        id,
        Body::Text {
            conversation_id: ConversationId::from("6015823250778200202"),
            text: "Is my order ready?".to_owned(),
            state: DeliveryState::Received,
            participants: vec![party()],
        },
    )
}

fn voicemail(id: i64) -> Communication {
    item(
        id,
        Body::Voicemail {
            duration_seconds: 12,
            transcript: Transcript::InProgress,
        },
    )
}

fn missed_call(id: i64) -> Communication {
    item(
        id,
        Body::Call {
            outcome: CallOutcome::Missed,
            duration_seconds: 0,
            session_id: Some(CallSessionId::from("s-1")),
            missed_attempts: 1,
        },
    )
}

fn all() -> NotificationSettings {
    NotificationSettings::default()
}

fn kinds(changes: &[NoticeChange]) -> Vec<Option<NoticeKind>> {
    changes
        .iter()
        .map(|change| match change {
            NoticeChange::Show(notice) => Some(notice.kind),
            NoticeChange::Close(_) => None,
        })
        .collect()
}

#[test]
fn a_ringing_call_is_announced_once_however_often_it_changes() {
    let mut policy = policy();
    let ringing = call(LiveCallState::Ringing);
    assert_eq!(
        kinds(&policy.on_call(&ringing, &all(), now())),
        [Some(NoticeKind::IncomingCall)]
    );
    assert!(policy.on_call(&ringing, &all(), now()).is_empty());
}

#[test]
fn the_notice_of_a_call_is_closed_when_it_is_answered_here_or_elsewhere_or_ignored() {
    for state in [
        LiveCallState::Talking,
        LiveCallState::AnsweredElsewhere,
        LiveCallState::Voicemail,
        LiveCallState::Ended,
    ] {
        let mut policy = policy();
        policy.on_call(&call(LiveCallState::Ringing), &all(), now());
        let changes = policy.on_call(&call(state), &all(), now());
        assert_eq!(
            changes,
            [NoticeChange::Close(NoticeTag::call(&CallSessionId::from("s-1")))]
        );
    }
    let mut policy = policy();
    policy.on_call(&call(LiveCallState::Ringing), &all(), now());
    let ignored = CallNews {
        is_ignored: true,
        ..call(LiveCallState::Ringing)
    };
    assert_eq!(kinds(&policy.on_call(&ignored, &all(), now())), [None]);
}

#[test]
fn a_missed_call_takes_the_place_of_its_ringing_and_its_log_record_is_not_announced_again() {
    let mut policy = policy();
    let ringing = policy.on_call(&call(LiveCallState::Ringing), &all(), now());
    let missed = policy.on_call(&call(LiveCallState::Missed), &all(), now());
    let (NoticeChange::Show(ringing), [NoticeChange::Close(closed), NoticeChange::Show(missed)]) =
        (&ringing[0], missed.as_slice())
    else {
        panic!("the one goes, the other comes")
    };
    assert_eq!(&ringing.tag, closed);
    assert_eq!(ringing.tag, missed.tag);
    assert_eq!(missed.kind, NoticeKind::MissedCall);
    assert!(policy.on_item(&missed_call(1), &all(), now()).is_empty());
}

#[test]
fn a_missed_call_that_nobody_followed_live_is_announced_from_the_call_log() {
    let mut policy = policy();
    assert_eq!(
        kinds(&policy.on_item(&missed_call(1), &all(), now())),
        [Some(NoticeKind::MissedCall)]
    );
    assert!(policy.on_item(&missed_call(1), &all(), now()).is_empty());
}

#[test]
fn the_call_log_decides_about_a_call_whose_end_was_left_open_only() {
    let undecided = CallNews {
        is_undecided: true,
        ..call(LiveCallState::Ended)
    };
    let mut left_open = policy();
    left_open.on_call(&undecided, &all(), now());
    assert_eq!(
        kinds(&left_open.on_item(&missed_call(1), &all(), now())),
        [Some(NoticeKind::MissedCall)]
    );

    let mut taken = policy();
    taken.on_call(&call(LiveCallState::AnsweredElsewhere), &all(), now());
    assert!(taken.on_item(&missed_call(1), &all(), now()).is_empty());
}

#[test]
fn a_voicemail_takes_the_place_of_the_missed_call_it_came_of() {
    let mut policy = policy();
    policy.on_call(&call(LiveCallState::Missed), &all(), now());
    let changes = policy.on_item(&voicemail(2), &all(), now());
    assert_eq!(kinds(&changes), [None, Some(NoticeKind::Voicemail)]);
}

#[test]
fn a_conversation_has_one_notice_that_shows_its_newest_text() {
    let mut policy = policy();
    let first = policy.on_item(&text(1), &all(), now());
    let second = policy.on_item(&text(2), &all(), now());
    let (NoticeChange::Show(first), NoticeChange::Show(second)) = (&first[0], &second[0]) else {
        panic!("both are shown")
    };
    assert_eq!(first.tag, second.tag);
    let read = |id| Communication {
        is_read: true,
        ..text(id)
    };
    assert!(policy.on_item(&read(1), &all(), now()).is_empty());
    assert_eq!(kinds(&policy.on_item(&read(2), &all(), now())), [None]);
}

#[test]
fn a_text_that_is_read_elsewhere_or_deleted_takes_its_notice_away() {
    for settle in [true, false] {
        let mut policy = policy();
        policy.on_item(&text(1), &all(), now());
        let read = Communication {
            is_read: true,
            ..text(1)
        };
        let changes = if settle {
            policy.on_item(&read, &all(), now())
        } else {
            policy.on_gone(CommunicationId(1))
        };
        assert_eq!(kinds(&changes), [None]);
    }
}

#[test]
fn a_returned_call_takes_its_notice_away() {
    let mut policy = policy();
    policy.on_item(&missed_call(1), &all(), now());
    let returned = Communication {
        is_owed: false,
        ..missed_call(1)
    };
    assert_eq!(kinds(&policy.on_item(&returned, &all(), now())), [None]);
}

#[test]
fn a_transcript_that_comes_later_does_not_announce_the_voicemail_again() {
    let mut policy = policy();
    policy.on_item(&voicemail(1), &all(), now());
    let transcribed = Communication {
        body: Body::Voicemail {
            duration_seconds: 12,
            transcript: Transcript::Ready {
                text: "Please call me".to_owned(),
                is_partial: false,
                by: domain::transcription::TranscriberKind::RingCentral,
            },
        },
        ..voicemail(1)
    };
    assert!(policy.on_item(&transcribed, &all(), now()).is_empty());
}

#[test]
fn nothing_old_backfilled_read_done_or_our_own_is_announced() {
    let mut policy = policy();
    let old = Communication {
        occurred_at: now() - SignedDuration::from_mins(16),
        ..text(1)
    };
    let read = Communication {
        is_read: true,
        ..text(2)
    };
    let done = Communication {
        is_done: true,
        ..text(3)
    };
    let ours = Communication {
        direction: Direction::Outbound,
        ..text(4)
    };
    for item in [old, read, done, ours] {
        assert!(policy.on_item(&item, &all(), now()).is_empty());
    }
    let mut just_signed_in = NoticePolicy::new(now());
    assert!(just_signed_in.on_item(&text(5), &all(), now()).is_empty());
}

#[test]
fn a_kind_that_is_switched_off_is_silent() {
    let off = NotificationSettings {
        calls: false,
        texts: false,
        voicemail: false,
        faxes: false,
        ..all()
    };
    let mut policy = policy();
    assert!(
        policy
            .on_call(&call(LiveCallState::Ringing), &off, now())
            .is_empty()
    );
    assert!(
        policy
            .on_call(&call(LiveCallState::Missed), &off, now())
            .is_empty()
    );
    assert!(policy.on_item(&text(1), &off, now()).is_empty());
    assert!(policy.on_item(&voicemail(2), &off, now()).is_empty());
}

#[test]
fn adding_a_contact_is_offered_for_unknown_callers_with_a_number_only() {
    let actions = |party: Party| {
        let mut news = call(LiveCallState::Ringing);
        news.call.party = party;
        match policy().on_call(&news, &all(), now()).remove(0) {
            NoticeChange::Show(notice) => notice.actions,
            NoticeChange::Close(_) => panic!("it is shown"),
        }
    };
    assert_eq!(actions(party()), [NoticeAction::Open, NoticeAction::AddContact]);
    let withheld = Party {
        label: "Withheld number".to_owned(),
        number: None,
        caller_id_name: None,
        contact: None,
    };
    assert_eq!(actions(withheld), [NoticeAction::Open]);
}

#[test]
fn signing_out_takes_every_notice_away() {
    let mut policy = policy();
    policy.on_item(&text(1), &all(), now());
    policy.on_call(&call(LiveCallState::Ringing), &all(), now());
    assert_eq!(policy.close_all().len(), 2);
    assert!(policy.close_all().is_empty());
}
