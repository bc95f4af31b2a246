//! The board of the company's calls, with sequences made here; against the simulated company it is in
//! `tests/core/live_calls.rs`.

mod any_order;
mod load;
mod states;

use super::board::Board;
use super::view::{QueueName, Queues, SessionView};
use crate::calls::{ChangeOrder, DisconnectReason, Endpoint, Heard, PartyChange, PartyStatus};
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::id::{ExtensionId, PartyId};

pub(super) const ADA: &str = "101";
pub(super) const BEN: &str = "102";
pub(super) const QUEUE: &str = "900";
pub(super) const CALLER: &str = "+15105550147";

pub(super) fn at(second: i64) -> Timestamp {
    let start: Timestamp = "2026-03-02T16:00:00Z".parse().unwrap();
    start + SignedDuration::from_secs(second)
}

pub(super) fn session() -> CallSessionId {
    CallSessionId::from("s-1")
}

/// A board that knows the queue.
pub(super) fn board() -> Board {
    let mut board = Board::default();
    let queue = QueueName { name: "Sales".into() };
    board.set_queues(Queues::from([(ExtensionId::from(QUEUE), queue)]), at(0));
    board
}

/// A party that is called from outside; each sequence is a second.
pub(super) fn called(id: &str, extension: &str, sequence: i64, status: PartyStatus) -> PartyChange {
    PartyChange {
        session_id: session(),
        party_id: PartyId::from(id),
        order: ChangeOrder {
            sequence,
            heard: Heard::Notified,
        },
        happened_at: at(sequence),
        extension_id: Some(ExtensionId::from(extension)),
        direction: Direction::Inbound,
        from: Endpoint {
            number: Some(CALLER.to_owned()),
            name: Some("LOPEZ M".to_owned()),
            extension_id: None,
        },
        to: Endpoint {
            number: Some("+14155550100".to_owned()),
            name: Some(format!("Person {extension}")),
            extension_id: Some(ExtensionId::from(extension)),
        },
        status,
        reason: None,
        is_missed: false,
        is_queue_call: false,
        queue_name: None,
    }
}

/// One of ours who calls.
pub(super) fn calling(
    id: &str,
    extension: &str,
    to: Endpoint,
    sequence: i64,
    status: PartyStatus,
) -> PartyChange {
    PartyChange {
        direction: Direction::Outbound,
        from: Endpoint {
            number: Some("+14155550101".to_owned()),
            name: None,
            extension_id: Some(ExtensionId::from(extension)),
        },
        to,
        ..called(id, extension, sequence, status)
    }
}

/// The outside end of a call of ours.
pub(super) fn outside(id: &str, sequence: i64, status: PartyStatus) -> PartyChange {
    PartyChange {
        extension_id: None,
        from: Endpoint::default(),
        to: number(),
        ..called(id, "", sequence, status)
    }
}

pub(super) fn number() -> Endpoint {
    Endpoint {
        number: Some(CALLER.to_owned()),
        ..Endpoint::default()
    }
}

pub(super) fn because(reason: DisconnectReason, change: PartyChange) -> PartyChange {
    PartyChange {
        reason: Some(reason),
        ..change
    }
}

pub(super) fn asked(change: PartyChange) -> PartyChange {
    PartyChange {
        order: ChangeOrder {
            sequence: 0,
            heard: Heard::Asked {
                at: change.happened_at,
            },
        },
        ..change
    }
}

/// Applies the changes one after the other, each at its own time.
pub(super) fn play(board: &mut Board, changes: &[PartyChange]) {
    for change in changes {
        board.apply(std::slice::from_ref(change), change.happened_at);
    }
}

pub(super) fn view_after(changes: &[PartyChange]) -> Option<SessionView> {
    let mut board = board();
    play(&mut board, changes);
    board.view(&session()).cloned()
}
