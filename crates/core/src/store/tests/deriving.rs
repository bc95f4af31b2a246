//! What follows from what is stored: listed, owed, attempts and unread counts, compared with a plain computation over
//! all rows after any history of changes.

use super::super::testing::*;
use super::super::*;
use crate::contacts;
use domain::communication::{Body, CallOutcome, Communication, Direction};
use domain::contact::NumberLabel;
use domain::ids::ContactId;
use domain::inbox::InboxTab;
use jiff::SignedDuration;
use proptest::prelude::*;

fn attempts(item: &Communication) -> u32 {
    match item.body {
        Body::Call { missed_attempts, .. } => missed_attempts,
        _ => panic!("not a call"),
    }
}

#[tokio::test]
async fn a_missed_call_is_owed_until_somebody_calls_back() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    assert_eq!(test.ids(InboxTab::Missed).await, ids);
    assert_eq!(test.store.inbox_counts().await.unwrap().owed, 1);
    test.apply(vec![called("2", MARIA, 5)]).await;
    assert!(test.ids(InboxTab::Missed).await.is_empty());
    assert_eq!(test.store.inbox_counts().await.unwrap().owed, 0);
}

#[tokio::test]
async fn an_answer_that_went_before_or_failed_is_none() {
    let test = TestStore::new().await;
    let failed = Change::UpsertCall(call("2", MARIA, 6, Direction::Outbound, CallOutcome::Failed));
    let mut unsent = text("3", "c", MARIA, 7, Direction::Outbound, "Sorry");
    if let MessageBody::Text { state, .. } = &mut unsent.body {
        *state = domain::communication::DeliveryState::Failed {
            reason: "opted out".to_owned(),
        };
    }
    test.apply(vec![
        called("0", MARIA, -5),
        missed("1", MARIA, 0),
        failed,
        Change::UpsertMessage(unsent),
    ])
    .await;
    assert_eq!(test.ids(InboxTab::Missed).await.len(), 1);
}

#[tokio::test]
async fn a_text_answers_as_a_call_does_and_so_does_the_next_answered_call() {
    for answer in [
        Change::UpsertMessage(text(
            "2",
            "c",
            MARIA,
            5,
            Direction::Outbound,
            "I call you at five",
        )),
        answered("2", MARIA, 5),
    ] {
        let test = TestStore::new().await;
        test.apply(vec![missed("1", MARIA, 0), answer]).await;
        assert!(test.ids(InboxTab::Missed).await.is_empty());
    }
}

#[tokio::test]
async fn an_answer_to_any_number_of_a_contact_counts() {
    let test = TestStore::new().await;
    let numbers = [(NumberLabel::Mobile, MARIA), (NumberLabel::Work, MARIA_AT_WORK)];
    contacts::add(&test.store, &draft("Maria", "Lopez", &numbers))
        .await
        .unwrap();
    test.apply(vec![missed("1", MARIA, 0), called("2", MARIA_AT_WORK, 5)])
        .await;
    assert!(test.ids(InboxTab::Missed).await.is_empty());
}

#[tokio::test]
async fn a_contact_that_is_made_later_joins_what_was_owed() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", MARIA, 0), called("2", MARIA_AT_WORK, 5)])
        .await;
    assert_eq!(test.ids(InboxTab::Missed).await.len(), 1);
    let numbers = [(NumberLabel::Mobile, MARIA), (NumberLabel::Work, MARIA_AT_WORK)];
    let saved = contacts::add(&test.store, &draft("Maria", "Lopez", &numbers))
        .await
        .unwrap();
    assert_eq!(saved.linked, 2);
    assert!(test.ids(InboxTab::Missed).await.is_empty());
    test.store.undo(&saved.undo.token).await.unwrap();
    assert_eq!(test.ids(InboxTab::Missed).await.len(), 1);
}

#[tokio::test]
async fn several_attempts_are_one_line_that_counts_them() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![
            missed("1", MARIA, 0),
            missed("2", MARIA, 5),
            missed("3", BEN, 7),
            missed("4", MARIA, 9),
        ])
        .await;
    let listed = test.tab(InboxTab::All).await;
    assert_eq!(
        listed.iter().map(|item| item.id).collect::<Vec<_>>(),
        [ids[3], ids[2]]
    );
    assert_eq!((attempts(&listed[0]), attempts(&listed[1])), (3, 1));
    assert_eq!(test.ids(InboxTab::Calls).await.len(), 4);
    assert_eq!(test.store.inbox_counts().await.unwrap().owed, 2);
}

#[tokio::test]
async fn attempts_begin_anew_after_we_spoke() {
    let test = TestStore::new().await;
    test.apply(vec![
        missed("1", MARIA, 0),
        answered("2", MARIA, 5),
        missed("3", MARIA, 9),
    ])
    .await;
    let counts: Vec<u32> = test.tab(InboxTab::All).await.iter().map(attempts).collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[tokio::test]
async fn done_settles_what_is_owed_and_a_new_attempt_owes_again() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    test.store.set_done(&ids, true).await.unwrap();
    assert_eq!(test.store.inbox_counts().await.unwrap().owed, 0);
    let again = test.apply(vec![missed("2", MARIA, 5)]).await;
    assert_eq!(test.ids(InboxTab::Missed).await, again);
}

#[tokio::test]
async fn a_call_with_its_voicemail_is_one_item() {
    let test = TestStore::new().await;
    let mut record = call("1", MARIA, 0, Direction::Inbound, CallOutcome::Voicemail);
    record.message_remote_id = Some("vm".to_owned());
    let call_ids = test.apply(vec![Change::UpsertCall(record)]).await;
    assert_eq!(test.ids(InboxTab::Missed).await, call_ids);
    let message_ids = test
        .apply(vec![Change::UpsertMessage(voicemail("vm", MARIA, 1))])
        .await;
    assert_eq!(test.ids(InboxTab::All).await, message_ids);
    assert!(test.ids(InboxTab::Calls).await.is_empty());
    // It is still owed, by what tells it.
    assert_eq!(test.ids(InboxTab::Missed).await, message_ids);
    test.apply(vec![Change::Delete {
        source: Source::MessageStore,
        remote_id: "vm".to_owned(),
    }])
    .await;
    assert_eq!(test.ids(InboxTab::All).await, call_ids);
}

#[tokio::test]
async fn each_withheld_call_stands_for_itself() {
    let test = TestStore::new().await;
    test.apply(vec![
        missed("1", "anonymous", 0),
        missed("2", "", 5),
        missed("3", "+1855201XXXX", 6),
    ])
    .await;
    let listed = test.tab(InboxTab::Missed).await;
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[2].party.label, "Withheld number");
    assert_eq!(listed[0].party.label, "+1855201XXXX");
}

#[tokio::test]
async fn old_history_owes_nothing_and_is_read() {
    let test = TestStore::new().await;
    let two_months = -60 * 24 * 60;
    test.apply(vec![missed("1", MARIA, two_months)]).await;
    let counts = test.store.inbox_counts().await.unwrap();
    assert_eq!((counts.owed, counts.unread), (0, 0));
    assert_eq!(test.tab(InboxTab::All).await.len(), 1);
}

/// One thing that can happen.
#[derive(Debug, Clone)]
enum Step {
    Call {
        id: u8,
        number: usize,
        minute: i64,
        direction: Direction,
        outcome: usize,
        message: Option<u8>,
    },
    Text {
        id: u8,
        number: usize,
        minute: i64,
        direction: Direction,
        is_read: bool,
    },
    Voicemail {
        id: u8,
        number: usize,
        minute: i64,
    },
    Delete {
        id: u8,
        is_call: bool,
    },
    Done {
        place: usize,
        is_done: bool,
    },
    Read {
        place: usize,
        is_read: bool,
    },
    AddContact {
        numbers: Vec<usize>,
    },
    RemoveContact {
        place: usize,
    },
    AttachNumber {
        place: usize,
        number: usize,
    },
    Choose {
        place: usize,
        number: usize,
    },
    UndoLast,
}

const NUMBERS: [&str; 4] = [MARIA, MARIA_AT_WORK, BEN, "anonymous"];
const OUTCOMES: [CallOutcome; 6] = [
    CallOutcome::Missed,
    CallOutcome::Answered,
    CallOutcome::Voicemail,
    CallOutcome::Failed,
    CallOutcome::Rejected,
    CallOutcome::InProgress,
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let direction = prop_oneof![Just(Direction::Inbound), Just(Direction::Outbound)];
    let number = 0..NUMBERS.len();
    let step = prop_oneof![
        6 => (0u8..12, number.clone(), -50_000i64..50, direction.clone(), 0..OUTCOMES.len(), proptest::option::of(0u8..6))
            .prop_map(|(id, number, minute, direction, outcome, message)| Step::Call {
                id, number, minute, direction, outcome, message
            }),
        4 => (20u8..28, number.clone(), 0i64..50, direction, any::<bool>()).prop_map(
            |(id, number, minute, direction, is_read)| Step::Text { id, number, minute, direction, is_read }
        ),
        2 => (0u8..6, number.clone(), 0i64..50)
            .prop_map(|(id, number, minute)| Step::Voicemail { id, number, minute }),
        2 => (0u8..28, any::<bool>()).prop_map(|(id, is_call)| Step::Delete { id, is_call }),
        2 => (0usize..20, any::<bool>()).prop_map(|(place, is_done)| Step::Done { place, is_done }),
        2 => (0usize..20, any::<bool>()).prop_map(|(place, is_read)| Step::Read { place, is_read }),
        1 => proptest::collection::vec(0usize..3, 1..3).prop_map(|numbers| Step::AddContact { numbers }),
        1 => (0usize..4).prop_map(|place| Step::RemoveContact { place }),
        1 => (0usize..4, 0usize..3).prop_map(|(place, number)| Step::AttachNumber { place, number }),
        1 => (0usize..4, 0usize..3).prop_map(|(place, number)| Step::Choose { place, number }),
        1 => Just(Step::UndoLast),
    ];
    proptest::collection::vec(step, 1..30)
}

async fn take(
    test: &TestStore,
    step: Step,
    contacts: &mut Vec<ContactId>,
    undo: &mut Option<domain::ids::UndoToken>,
) {
    match step {
        Step::Call {
            id,
            number,
            minute,
            direction,
            outcome,
            message,
        } => {
            let mut record = call(
                &id.to_string(),
                NUMBERS[number],
                minute,
                direction,
                OUTCOMES[outcome],
            );
            record.message_remote_id = message.map(|id| id.to_string());
            test.apply(vec![Change::UpsertCall(record)]).await;
        }
        Step::Text {
            id,
            number,
            minute,
            direction,
            is_read,
        } => {
            let conversation = format!("c{number}");
            let mut record = text(
                &id.to_string(),
                &conversation,
                NUMBERS[number],
                minute,
                direction,
                "Hello",
            );
            (record.is_read, record.modified_at) = (is_read, None);
            test.apply(vec![Change::UpsertMessage(record)]).await;
        }
        Step::Voicemail { id, number, minute } => {
            let mut record = voicemail(&id.to_string(), NUMBERS[number], minute);
            record.modified_at = None;
            test.apply(vec![Change::UpsertMessage(record)]).await;
        }
        Step::Delete { id, is_call } => {
            let source = if is_call {
                Source::CallLog
            } else {
                Source::MessageStore
            };
            test.apply(vec![Change::Delete {
                source,
                remote_id: id.to_string(),
            }])
            .await;
        }
        Step::Done { place, is_done } => {
            if let Some(id) = test.ids(InboxTab::All).await.get(place) {
                *undo = Some(test.store.set_done(&[*id], is_done).await.unwrap().token);
            }
        }
        Step::Read { place, is_read } => {
            if let Some(id) = test.ids(InboxTab::All).await.get(place) {
                test.store.set_read(&[*id], is_read).await.unwrap();
            }
        }
        Step::AddContact { numbers } => {
            let numbers: Vec<_> = numbers
                .iter()
                .map(|at| (NumberLabel::Mobile, NUMBERS[*at]))
                .collect();
            let saved = contacts::add(&test.store, &draft("Somebody", "", &numbers))
                .await
                .unwrap();
            contacts.push(saved.contact.id);
            *undo = Some(saved.undo.token);
        }
        Step::RemoveContact { place } => {
            if let Some(id) = contacts.get(place)
                && let Ok(removed) = contacts::delete(&test.store, &[*id]).await
            {
                *undo = Some(removed.token);
            }
        }
        Step::AttachNumber { place, number } => {
            if let Some(id) = contacts.get(place) {
                let attached =
                    contacts::attach_number(&test.store, *id, NUMBERS[number], NumberLabel::Work).await;
                *undo = attached.ok().map(|saved| saved.undo.token);
            }
        }
        Step::Choose { place, number } => {
            if let Some(id) = contacts.get(place) {
                let _ = crate::matching::choose(&test.store, NUMBERS[number], *id).await;
            }
        }
        Step::UndoLast => {
            if let Some(token) = undo.take() {
                let _ = test.store.undo(&token).await;
            }
        }
    }
    test.clock.advance(SignedDuration::from_secs(1));
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
struct Plain {
    id: i64,
    source: String,
    remote_id: String,
    kind: String,
    direction: String,
    occurred_at: i64,
    e164: Option<String>,
    contact_id: Option<i64>,
    outcome: Option<String>,
    message_remote_id: Option<String>,
    conversation_id: Option<String>,
    delivery_state: Option<String>,
    is_read: bool,
    is_done: bool,
    is_shadowed: bool,
    is_listed: bool,
    is_owed: bool,
    missed_attempts: i64,
    unread_count: i64,
}

/// The derived values of every row, computed from nothing but the rows, as simply as can be.
fn recomputed(rows: &[Plain], news_since: i64, best: &[(String, i64)]) -> Vec<Plain> {
    let mut all = rows.to_vec();
    for row in &mut all {
        let owner = best.iter().find(|(e164, _)| Some(e164) == row.e164.as_ref());
        row.contact_id = owner.map(|(_, contact)| *contact);
        row.is_shadowed = row.message_remote_id.is_some()
            && rows
                .iter()
                .any(|m| m.source == "message_store" && Some(&m.remote_id) == row.message_remote_id.as_ref());
    }
    let facts = all.clone();
    let is_attempt = |row: &Plain| {
        let outcome = row.outcome.as_deref();
        row.direction == "inbound"
            && (row.kind == "voicemail"
                || (row.kind == "call"
                    && !row.is_shadowed
                    && matches!(outcome, Some("missed" | "voicemail" | "busy"))))
    };
    let is_answer = |row: &Plain| match (row.kind.as_str(), row.direction.as_str()) {
        ("call", "inbound") => matches!(row.outcome.as_deref(), Some("answered" | "answered_elsewhere")),
        ("call", _) => row.outcome.as_deref() != Some("failed"),
        ("text", "outbound") => row.delivery_state.as_deref() != Some("failed"),
        _ => false,
    };
    let when = |row: &Plain| (row.occurred_at, row.id);
    for row in &mut all {
        let same_party = |other: &&Plain| {
            other.id == row.id
                || match (row.contact_id, other.contact_id) {
                    (Some(one), Some(two)) => one == two,
                    (None, None) => row.e164.is_some() && row.e164 == other.e164,
                    _ => false,
                }
        };
        let party: Vec<&Plain> = facts.iter().filter(same_party).collect();
        let spoken_before = party
            .iter()
            .filter(|o| is_answer(o) && when(o) < when(row))
            .map(|o| when(o))
            .max();
        let spoken_after = party
            .iter()
            .filter(|o| is_answer(o) && when(o) > when(row))
            .map(|o| when(o))
            .min();
        let run: Vec<&&Plain> = party
            .iter()
            .filter(|o| is_attempt(o) && spoken_before.is_none_or(|at| when(o) > at))
            .filter(|o| spoken_after.is_none_or(|at| when(o) < at))
            .collect();
        let is_latest = run.iter().all(|o| when(o) <= when(row));
        (row.missed_attempts, row.is_owed) = (0, false);
        row.is_listed = !row.is_shadowed;
        row.unread_count = i64::from(!row.is_read);
        if is_attempt(row) {
            row.missed_attempts = run.iter().filter(|o| when(o) <= when(row)).count() as i64;
            row.is_owed =
                is_latest && spoken_after.is_none() && !row.is_done && row.occurred_at >= news_since;
            row.is_listed = row.kind == "voicemail" || is_latest;
        }
        if row.kind == "text" {
            let thread: Vec<&Plain> = facts
                .iter()
                .filter(|o| o.conversation_id == row.conversation_id)
                .collect();
            row.is_listed = thread.iter().all(|o| when(o) <= when(row));
            row.unread_count = if row.is_listed {
                thread.iter().filter(|o| !o.is_read).count() as i64
            } else {
                0
            };
        }
    }
    all
}

async fn rows(store: &Store) -> Vec<Plain> {
    sqlx::query_as("SELECT * FROM communications ORDER BY id")
        .fetch_all(store.readers())
        .await
        .unwrap()
}

/// Whom each number belongs to, by reading contacts and choices one by one.
async fn owners(store: &Store) -> Vec<(String, i64)> {
    let mut owners = Vec::new();
    for number in NUMBERS {
        let candidates = store.match_candidates(Some(number), None).await.unwrap();
        owners.extend(
            candidates
                .first()
                .map(|best| (number.to_owned(), best.contact.id.0)),
        );
    }
    owners
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn maintained_columns_equal_a_plain_computation_after_any_history(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let test = TestStore::new().await;
            let (mut contacts, mut undo) = (Vec::new(), None);
            for step in steps {
                take(&test, step, &mut contacts, &mut undo).await;
            }
            let held = rows(&test.store).await;
            let expected = recomputed(&held, test.store.news_since(), &owners(&test.store).await);
            prop_assert_eq!(&held, &expected);
            let counts = test.store.inbox_counts().await.unwrap();
            let of = |wanted: &dyn Fn(&Plain) -> bool| held.iter().filter(|row| wanted(row)).count() as u64;
            prop_assert_eq!(counts.owed, of(&|row| row.is_owed));
            prop_assert_eq!(counts.unread, of(&|row| row.is_listed && !row.is_done && row.unread_count > 0));
            Ok(())
        })?;
    }
}
