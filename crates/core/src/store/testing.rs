//! A store in a temporary folder and records to put into it, for tests.

use super::{
    CallRecord, Change, LineRecord, MessageBody, MessageRecord, Page, PartyRecord, Store, SyncScope,
    TranscriptState,
};
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use domain::communication::{CallOutcome, Communication, DeliveryState, Direction};
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::ids::{CommunicationId, ConversationId};
use domain::inbox::InboxTab;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

pub(crate) const MARIA: &str = "+15105550147";
pub(crate) const MARIA_AT_WORK: &str = "+14155550199";
pub(crate) const BEN: &str = "+12125550123";

/// An empty store at a moment that stands still.
#[derive(Debug)]
pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    /// Removed with the store.
    _folder: TempDir,
}

impl TestStore {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(at(0));
        let store = Store::open(
            folder.path().join("switchboard.db"),
            clock.clone(),
            ChangeFeed::new(),
        )
        .await
        .unwrap();
        Self {
            store,
            clock,
            _folder: folder,
        }
    }

    /// Applies changes as the answer to a request of this minute, and moves the clock on.
    pub(crate) async fn apply(&self, changes: Vec<Change>) -> Vec<CommunicationId> {
        let page = Page {
            changes,
            ..Page::empty(SyncScope::CALL_LOG, self.clock.now())
        };
        let arrived = self.store.apply(page).await.unwrap().arrived;
        self.clock.advance(SignedDuration::from_secs(1));
        arrived
    }

    /// From now on the database refuses every insert into a table, as if the disk failed at that statement.
    pub(crate) async fn refuse_writes_to(&self, table: &str) {
        let trigger = sqlx::AssertSqlSafe(format!(
            "CREATE TRIGGER refused BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'refused'); END"
        ));
        sqlx::query(trigger).execute(&self.store.0.writer).await.unwrap();
    }

    /// Any statement, past the store.
    pub(crate) async fn execute(&self, statement: &str) -> Result<(), String> {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        let done = sqlx::query(statement).execute(&self.store.0.writer).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    }

    pub(crate) async fn allow_writes(&self) {
        let allowed = sqlx::query("DROP TRIGGER refused");
        allowed.execute(&self.store.0.writer).await.unwrap();
    }

    pub(crate) async fn tab(&self, tab: InboxTab) -> Vec<Communication> {
        self.store
            .list_inbox(tab, None, 200)
            .await
            .unwrap()
            .rows
            .into_iter()
            .map(|row| row.item)
            .collect()
    }

    pub(crate) async fn ids(&self, tab: InboxTab) -> Vec<CommunicationId> {
        self.tab(tab).await.into_iter().map(|item| item.id).collect()
    }
}

/// Minutes after the moment at which a test store is made.
pub(crate) fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(minutes)
}

pub(crate) fn party(number: &str) -> PartyRecord {
    PartyRecord {
        number: Some(number.to_owned()),
        ..PartyRecord::default()
    }
}

pub(crate) fn call(
    id: &str,
    number: &str,
    minutes: i64,
    direction: Direction,
    outcome: CallOutcome,
) -> CallRecord {
    CallRecord {
        remote_id: id.to_owned(),
        session_id: None,
        direction,
        occurred_at: at(minutes),
        modified_at: None,
        party: party(number),
        line: LineRecord::default(),
        outcome,
        duration_seconds: 0,
        message_remote_id: None,
        metadata: serde_json::json!({}),
    }
}

pub(crate) fn missed(id: &str, number: &str, minutes: i64) -> Change {
    Change::UpsertCall(call(id, number, minutes, Direction::Inbound, CallOutcome::Missed))
}

pub(crate) fn answered(id: &str, number: &str, minutes: i64) -> Change {
    Change::UpsertCall(call(
        id,
        number,
        minutes,
        Direction::Inbound,
        CallOutcome::Answered,
    ))
}

pub(crate) fn called(id: &str, number: &str, minutes: i64) -> Change {
    Change::UpsertCall(call(
        id,
        number,
        minutes,
        Direction::Outbound,
        CallOutcome::Answered,
    ))
}

pub(crate) fn message(
    id: &str,
    number: &str,
    minutes: i64,
    direction: Direction,
    body: MessageBody,
) -> MessageRecord {
    MessageRecord {
        remote_id: id.to_owned(),
        direction,
        occurred_at: at(minutes),
        modified_at: Some(at(minutes)),
        party: party(number),
        line: LineRecord::default(),
        is_read: false,
        body,
        attachments: Vec::new(),
        metadata: serde_json::json!({}),
    }
}

pub(crate) fn text(
    id: &str,
    conversation: &str,
    number: &str,
    minutes: i64,
    direction: Direction,
    words: &str,
) -> MessageRecord {
    let state = match direction {
        Direction::Inbound => DeliveryState::Received,
        Direction::Outbound => DeliveryState::Delivered,
    };
    let body = MessageBody::Text {
        conversation_id: Some(ConversationId::from(conversation)),
        text: words.to_owned(),
        state,
        participants: Vec::new(),
    };
    message(id, number, minutes, direction, body)
}

pub(crate) fn voicemail(id: &str, number: &str, minutes: i64) -> MessageRecord {
    let body = MessageBody::Voicemail {
        duration_seconds: 20,
        transcript: TranscriptState::NotAvailable,
    };
    message(id, number, minutes, Direction::Inbound, body)
}

pub(crate) fn draft(first: &str, last: &str, numbers: &[(NumberLabel, &str)]) -> ContactDraft {
    ContactDraft {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        numbers: numbers
            .iter()
            .map(|(label, number)| NumberDraft {
                label: *label,
                number: (*number).to_owned(),
            })
            .collect(),
        ..ContactDraft::default()
    }
}
