//! The store alone: pages of calls come in, and a contact with a long history is added, merged and removed.

use crate::figures::{Samples, timed};
use domain::communication::{CallOutcome, Direction};
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use jiff::{SignedDuration, Timestamp};
use switchboard_core::change_feed::ChangeFeed;
use switchboard_core::clock::Clock;
use switchboard_core::contacts;
use switchboard_core::store::{CallRecord, Change, LineRecord, Page, PartyRecord, Store, SyncScope};

const CALLS: i64 = 5_000;
const PER_PAGE: usize = 250;
const TALKATIVE: &str = "+14155550001";

pub(crate) async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(
        folder.path().join("switchboard.db"),
        Clock::system(),
        ChangeFeed::new(),
    )
    .await
    .unwrap();
    let several = (0..CALLS)
        .map(|n| call(n, &format!("+1612555{:04}", n % 400)))
        .collect();
    pages("a page of 250 calls of 400 people", &store, several).await;
    let of_one = (CALLS..2 * CALLS).map(|n| call(n, TALKATIVE)).collect();
    pages("a page of 250 calls of one person", &store, of_one).await;

    let draft = |name: &str, number: &str| ContactDraft {
        first_name: name.to_owned(),
        numbers: vec![NumberDraft {
            label: NumberLabel::Mobile,
            number: number.to_owned(),
        }],
        ..ContactDraft::default()
    };
    let keep = contacts::add(&store, &draft("Keep", "+14155550002"))
        .await
        .unwrap();
    let talkative = timed(
        "adding the contact of 5,000 calls",
        contacts::add(&store, &draft("Talkative", TALKATIVE)),
    )
    .await
    .unwrap();
    assert_eq!(talkative.linked, CALLS.unsigned_abs());
    timed(
        "merging it into another",
        contacts::merge(&store, keep.contact.id, talkative.contact.id),
    )
    .await
    .unwrap();
    let removed = timed("removing it", contacts::delete(&store, &[keep.contact.id]))
        .await
        .unwrap();
    timed("taking that back", store.undo(&removed.token))
        .await
        .unwrap();
    store.close().await;
}

async fn pages(what: &str, store: &Store, calls: Vec<Change>) {
    let mut applied = Samples::default();
    for changes in calls.chunks(PER_PAGE) {
        let page = Page {
            changes: changes.to_vec(),
            ..Page::empty(SyncScope::CALL_LOG, Timestamp::now())
        };
        applied.take(store.apply(page)).await.unwrap();
    }
    applied.tell(what);
}

fn call(n: i64, number: &str) -> Change {
    Change::UpsertCall(CallRecord {
        remote_id: format!("call-{n}"),
        session_id: None,
        direction: if n % 3 == 0 {
            Direction::Outbound
        } else {
            Direction::Inbound
        },
        occurred_at: Timestamp::now() - SignedDuration::from_mins(n * 7),
        modified_at: None,
        party: PartyRecord {
            number: Some(number.to_owned()),
            ..PartyRecord::default()
        },
        line: LineRecord::default(),
        outcome: if n % 5 == 0 {
            CallOutcome::Missed
        } else {
            CallOutcome::Answered
        },
        duration_seconds: 30,
        message_remote_id: None,
        metadata: serde_json::json!({}),
    })
}
