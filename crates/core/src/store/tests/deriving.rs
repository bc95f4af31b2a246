//! What follows from what is stored: listed, owed, attempts and unread counts.

mod any_history;
mod recomputed;
mod steps;

use super::super::testing::*;
use super::super::*;
use crate::contacts;
use domain::communication::{Body, CallOutcome, Communication, Direction};
use domain::contact::NumberLabel;
use domain::inbox::InboxTab;

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
async fn a_call_missed_before_this_copy_was_made_is_owed_and_not_unread() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", MARIA, -30), missed("2", BEN, 1)])
        .await;
    let counts = test.store.inbox_counts().await.unwrap();
    assert_eq!((counts.owed, counts.unread), (2, 1));
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
