//! Anything that can happen to a store, drawn at random.

use super::super::super::testing::*;
use super::super::super::*;
use crate::contacts;
use domain::communication::{CallOutcome, Direction};
use domain::contact::NumberLabel;
use domain::ids::ContactId;
use domain::inbox::InboxTab;
use jiff::SignedDuration;
use proptest::prelude::*;

/// One thing that can happen.
#[derive(Debug, Clone)]
pub(super) enum Step {
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

pub(super) const NUMBERS: [&str; 4] = [MARIA, MARIA_AT_WORK, BEN, "anonymous"];
const OUTCOMES: [CallOutcome; 6] = [
    CallOutcome::Missed,
    CallOutcome::Answered,
    CallOutcome::Voicemail,
    CallOutcome::Failed,
    CallOutcome::Rejected,
    CallOutcome::InProgress,
];

/// Any history.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let direction = prop_oneof![Just(Direction::Inbound), Just(Direction::Outbound)];
    let number = 0..NUMBERS.len();
    let step = prop_oneof![
        6 => (0u8..12, number.clone(), prop_oneof![-50_000i64..50, -20i64..50], direction.clone(), 0..OUTCOMES.len(), proptest::option::of(0u8..6))
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

impl Step {
    /// What the server says, if it is something of the server's.
    pub(super) fn change(&self) -> Option<Change> {
        match *self {
            Self::Call {
                id,
                number,
                minute,
                direction,
                outcome,
                message,
            } => {
                let id = id.to_string();
                let mut record = call(&id, NUMBERS[number], minute, direction, OUTCOMES[outcome]);
                record.message_remote_id = message.map(|id| id.to_string());
                Some(Change::UpsertCall(record))
            }
            Self::Text {
                id,
                number,
                minute,
                direction,
                is_read,
            } => {
                let (id, conversation) = (id.to_string(), format!("c{number}"));
                let mut record = text(&id, &conversation, NUMBERS[number], minute, direction, "Hello");
                (record.is_read, record.modified_at) = (is_read, None);
                Some(Change::UpsertMessage(record))
            }
            Self::Voicemail { id, number, minute } => {
                let mut record = voicemail(&id.to_string(), NUMBERS[number], minute);
                record.modified_at = None;
                Some(Change::UpsertMessage(record))
            }
            Self::Delete { id, is_call } => Some(Change::Delete {
                source: if is_call {
                    Source::CallLog
                } else {
                    Source::MessageStore
                },
                remote_id: id.to_string(),
            }),
            _ => None,
        }
    }
}

/// Does one of them.
pub(super) async fn take(
    test: &TestStore,
    step: Step,
    contacts: &mut Vec<ContactId>,
    undo: &mut Option<domain::ids::UndoToken>,
) {
    if let Some(change) = step.change() {
        test.apply(vec![change]).await;
    }
    match step {
        Step::Call { .. } | Step::Text { .. } | Step::Voicemail { .. } | Step::Delete { .. } => {}
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
