//! The state machine, with sequences made here; the recorded ones are in `tests/core/calls.rs`.

mod any_order;
mod ends;
mod glances;
mod life;
mod questions;
mod sequences;
mod story;

use super::board::{Board, CallTransition};
use super::change::{ChangeOrder, DisconnectReason, Endpoint, Heard, PartyChange, PartyStatus};
use domain::call::LiveCallState;
use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::id::{ExtensionId, PartyId};

pub(super) const OWN: &str = "101";
pub(super) const COLLEAGUE: &str = "102";
pub(super) const QUEUE: &str = "900";
pub(super) const CALLER: &str = "+15105550147";

pub(super) fn start() -> Timestamp {
    "2026-03-02T16:00:00Z".parse().unwrap()
}

pub(super) fn board() -> Board {
    Board::new(ExtensionId::from(OWN))
}

/// A change of our own inbound party, one second after the other.
pub(super) fn own(sequence: i64, status: PartyStatus) -> PartyChange {
    party("p-2", Some(OWN), sequence, status)
}

pub(super) fn party(id: &str, extension: Option<&str>, sequence: i64, status: PartyStatus) -> PartyChange {
    PartyChange {
        session_id: CallSessionId::from("s-1"),
        party_id: PartyId::from(id),
        order: ChangeOrder {
            sequence,
            heard: Heard::Notified,
        },
        happened_at: start() + SignedDuration::from_secs(sequence),
        extension_id: extension.map(ExtensionId::from),
        direction: Direction::Inbound,
        from: Endpoint {
            number: Some(CALLER.to_owned()),
            name: None,
            extension_id: None,
        },
        to: Endpoint {
            number: Some("+14155550100".to_owned()),
            name: None,
            extension_id: extension.map(ExtensionId::from),
        },
        status,
        reason: None,
        is_missed: false,
        is_queue_call: false,
        queue_name: None,
    }
}

/// The caller's own party, which events of the account tell of.
pub(super) fn caller(sequence: i64, status: PartyStatus) -> PartyChange {
    PartyChange {
        direction: Direction::Outbound,
        ..party("p-1", None, sequence, status)
    }
}

pub(super) fn missed(change: PartyChange) -> PartyChange {
    PartyChange {
        is_missed: true,
        ..change
    }
}

pub(super) fn queued(change: PartyChange) -> PartyChange {
    PartyChange {
        is_queue_call: true,
        ..change
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
            heard: Heard::Asked {
                at: change.happened_at,
            },
            ..change.order
        },
        ..change
    }
}

/// Applies the changes one after the other, each at its own time.
pub(super) fn play(board: &mut Board, changes: &[PartyChange]) -> Vec<CallTransition> {
    changes
        .iter()
        .flat_map(|change| board.apply(std::slice::from_ref(change), change.happened_at))
        .collect()
}

pub(super) fn states(transitions: &[CallTransition]) -> Vec<LiveCallState> {
    transitions
        .iter()
        .map(|transition| transition.call.state)
        .collect()
}

pub(super) fn state_after(changes: &[PartyChange]) -> Option<LiveCallState> {
    let mut board = board();
    play(&mut board, changes);
    board.view(&CallSessionId::from("s-1")).map(|view| view.state)
}
