//! Items for the tests of this page.

use crate::format::dates::Now;
use domain::communication::{Body, CallOutcome, Communication, DeliveryState, Direction, Party};
use domain::ids::{CommunicationId, ConversationId};
use domain::inbox::InboxRow;
use std::rc::Rc;

pub(crate) fn now() -> Now {
    Now {
        at: "2026-11-17T15:20:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::UTC,
    }
}

pub(crate) fn call(id: i64, at: &str) -> Communication {
    Communication {
        id: CommunicationId(id),
        direction: Direction::Inbound,
        occurred_at: at.parse().unwrap(),
        party: Party {
            label: "Maria Lopez".into(),
            number: None,
            caller_id_name: None,
            contact: None,
        },
        line: None,
        is_read: true,
        is_done: false,
        is_owed: false,
        body: Body::Call {
            outcome: CallOutcome::Answered,
            duration_seconds: 10,
            session_id: None,
            missed_attempts: 0,
        },
        attachments: Vec::new(),
    }
}

pub(crate) fn text(id: i64, at: &str, direction: Direction, conversation: &str) -> Communication {
    let state = if direction == Direction::Inbound {
        DeliveryState::Received
    } else {
        DeliveryState::Sent
    };
    let body = Body::Text {
        conversation_id: ConversationId::from(conversation),
        text: "Hello".into(),
        state,
        participants: Vec::new(),
    };
    Communication {
        direction,
        body,
        ..call(id, at)
    }
}

pub(crate) fn row(id: i64, at: &str) -> Rc<InboxRow> {
    Rc::new(InboxRow {
        item: call(id, at),
        unread_count: 0,
    })
}
