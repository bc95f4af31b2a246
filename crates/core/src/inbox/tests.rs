use super::*;
use crate::contacts;
use crate::store::testing::*;
use crate::store::{Change, StoreError};
use domain::communication::Direction;
use domain::contact::NumberLabel;
use domain::inbox::Subject;

#[tokio::test]
async fn an_item_opens_with_everything_around_it() {
    let test = TestStore::new().await;
    let saved = contacts::add(
        &test.store,
        &draft("Maria", "Lopez", &[(NumberLabel::Mobile, MARIA)]),
    )
    .await
    .unwrap();
    let ids = test
        .apply(vec![
            missed("1", MARIA, 0),
            Change::UpsertMessage(text("2", "c", MARIA, 5, Direction::Outbound, "I call you back")),
        ])
        .await;
    let detail = open_item(&test.store, ids[0]).await.unwrap();
    assert_eq!(detail.subject, Subject::Contact(saved.contact.id));
    assert_eq!(detail.contact, Some(saved.contact));
    assert_eq!(detail.explanation.sentence, "Mobile of Maria Lopez");
    let shown: Vec<_> = detail.timeline.items.iter().map(|item| item.id).collect();
    assert_eq!(shown, ids);
}

#[tokio::test]
async fn a_number_nobody_knows_has_a_history_too() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![
            missed("1", MARIA, 0),
            missed("2", MARIA, 5),
            missed("3", BEN, 6),
        ])
        .await;
    let detail = open_item(&test.store, ids[1]).await.unwrap();
    assert_eq!(
        detail.subject,
        Subject::Number(domain::phone_number::E164::new(MARIA).unwrap())
    );
    assert_eq!(detail.timeline.items.len(), 2);
    assert_eq!(detail.explanation.sentence, "No contact has this number");
}

#[tokio::test]
async fn a_withheld_call_is_alone() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![missed("1", "anonymous", 0), missed("2", "anonymous", 5)])
        .await;
    let detail = open_item(&test.store, ids[0]).await.unwrap();
    assert_eq!(detail.subject, Subject::Item(ids[0]));
    assert_eq!(detail.timeline.items.len(), 1);
}

#[tokio::test]
async fn a_short_code_is_shown_by_its_conversation() {
    let test = TestStore::new().await;
    let code = Change::UpsertMessage(text(
        "1",
        "bank",
        "74545",
        0,
        Direction::Inbound,
        "Your code is 1234",
    ));
    let ids = test.apply(vec![code]).await;
    let detail = open_item(&test.store, ids[0]).await.unwrap();
    assert_eq!(detail.subject, Subject::Conversation("bank".into()));
    assert_eq!(detail.item.party.label, "74545");
}

#[tokio::test]
async fn an_old_item_is_in_the_part_of_the_history_that_is_shown() {
    let test = TestStore::new().await;
    let ids = test
        .apply((0..120).map(|n| missed(&n.to_string(), MARIA, n)).collect())
        .await;
    let detail = open_item(&test.store, ids[10]).await.unwrap();
    assert_eq!(detail.timeline.items.last().map(|item| item.id), Some(ids[10]));
}

#[tokio::test]
async fn an_item_that_was_deleted_is_not_found() {
    let test = TestStore::new().await;
    let error = open_item(&test.store, CommunicationId(7)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { .. }));
}
