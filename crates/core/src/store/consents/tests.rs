use super::*;
use crate::store::testing::*;
use crate::store::{Change, LineRecord, MessageBody, StoreError};
use ConsentState::{OptedIn, OptedOut};
use domain::communication::{DeliveryState, Direction};
use domain::ipc::Undoable;
use jiff::SignedDuration;

const OURS: &str = "+15105550100";
const OTHER: &str = "+15105550101";

fn e164(number: &str) -> E164 {
    E164::new(number).unwrap()
}

async fn enter(test: &TestStore, sender: Option<&str>, state: ConsentState) -> Undoable {
    test.clock.advance(SignedDuration::from_mins(1));
    let sender = sender.map(e164);
    let words = String::new();
    test.store
        .enter_consent(sender.as_ref(), &e164(MARIA), state, words)
        .await
        .unwrap()
}

/// What waits for RingCentral, told now and settled.
async fn upload(test: &TestStore) -> Vec<ConsentState> {
    let pending = test.store.consents_to_upload().await.unwrap();
    for entry in &pending {
        test.store.consent_leaves(entry).await.unwrap();
        test.store.settle_consent(entry).await.unwrap();
    }
    pending.into_iter().map(|entry| entry.state).collect()
}

async fn lists(test: &TestStore, sender: &str, state: ConsentState, minutes: i64, is_from_app: bool) {
    let listed = ListedConsent {
        sender: Some(e164(sender)),
        recipient: e164(MARIA),
        state,
        stated_at: at(minutes),
        is_from_app,
    };
    test.store.note_listed_consents(&[listed]).await.unwrap();
}

/// What holds for our first number, and whether it was entered here.
async fn holds(test: &TestStore) -> Option<(ConsentState, bool)> {
    let statements = test.store.consents(&[e164(MARIA)]).await.unwrap();
    Consent::that_holds(&statements, &e164(OURS), &e164(MARIA))
        .map(|holds| (holds.state, holds.is_entered_here()))
}

async fn undo(test: &TestStore, done: &Undoable) -> Result<()> {
    test.store.undo(&done.token).await
}

#[tokio::test]
async fn what_is_entered_waits_for_ringcentral_until_it_was_told() {
    let test = TestStore::new().await;
    enter(&test, None, OptedOut).await;
    assert_eq!(holds(&test).await, Some((OptedOut, true)));
    let pending = test.store.consents_to_upload().await.unwrap();
    test.store.consent_leaves(&pending[0]).await.unwrap();
    assert_eq!(
        test.store.consents_to_upload().await.unwrap(),
        pending,
        "the answer may have been lost"
    );
    assert_eq!(upload(&test).await, [OptedOut]);
    assert!(upload(&test).await.is_empty());
    enter(&test, None, OptedOut).await;
    assert_eq!(
        upload(&test).await,
        [OptedOut],
        "they may have written START between"
    );
}

#[tokio::test]
async fn what_is_entered_while_the_earlier_word_is_on_its_way_is_told_next() {
    let test = TestStore::new().await;
    enter(&test, None, OptedOut).await;
    let on_its_way = test.store.consents_to_upload().await.unwrap().remove(0);
    test.store.consent_leaves(&on_its_way).await.unwrap();
    enter(&test, None, OptedIn).await;
    test.store.settle_consent(&on_its_way).await.unwrap();
    assert_eq!(upload(&test).await, [OptedIn]);
}

#[tokio::test]
async fn nobody_is_told_that_an_opt_out_is_over_of_which_nobody_had_heard() {
    let test = TestStore::new().await;
    enter(&test, Some(OURS), OptedOut).await;
    enter(&test, Some(OURS), OptedIn).await;
    assert!(upload(&test).await.is_empty());
    enter(&test, None, OptedOut).await;
    upload(&test).await;
    enter(&test, Some(OURS), OptedIn).await;
    assert_eq!(upload(&test).await, [OptedIn], "it had heard of all our numbers");
}

#[tokio::test]
async fn an_entry_that_is_taken_back_was_never_made_or_is_told_otherwise() {
    let test = TestStore::new().await;
    let done = enter(&test, None, OptedOut).await;
    undo(&test, &done).await.unwrap();
    assert_eq!(holds(&test).await, None);
    assert!(upload(&test).await.is_empty());

    let done = enter(&test, None, OptedOut).await;
    upload(&test).await;
    undo(&test, &done).await.unwrap();
    assert_eq!(holds(&test).await, Some((OptedIn, true)));
    assert_eq!(upload(&test).await, [OptedIn]);

    enter(&test, None, OptedOut).await;
    let done = enter(&test, None, OptedIn).await;
    undo(&test, &done).await.unwrap();
    assert_eq!(holds(&test).await, Some((OptedOut, true)));
    assert_eq!(upload(&test).await, [OptedOut]);
}

#[tokio::test]
async fn an_entry_that_was_made_anew_since_is_not_taken_back() {
    let test = TestStore::new().await;
    let done = enter(&test, None, OptedOut).await;
    enter(&test, None, OptedIn).await;
    assert!(matches!(undo(&test, &done).await, Err(StoreError::TooLate)));
    assert_eq!(holds(&test).await, Some((OptedIn, true)));
}

#[tokio::test]
async fn ringcentrals_echo_of_an_entry_is_still_ours_to_lift() {
    let test = TestStore::new().await;
    enter(&test, None, OptedOut).await;
    upload(&test).await;
    // Their clock is ahead of ours.
    lists(&test, OURS, OptedOut, 30, true).await;
    assert_eq!(holds(&test).await, Some((OptedOut, true)));
    enter(&test, None, OptedIn).await;
    assert_eq!(
        holds(&test).await,
        Some((OptedIn, true)),
        "the echo of the earlier word does not hold it up"
    );
    lists(&test, OURS, OptedOut, 30, true).await;
    assert_eq!(holds(&test).await, Some((OptedIn, true)));
    lists(&test, OURS, OptedOut, 31, false).await;
    assert_eq!(holds(&test).await, Some((OptedOut, false)), "they wrote STOP");
}

#[tokio::test]
async fn an_opt_out_of_which_ringcentral_was_never_told_here_is_no_echo() {
    let test = TestStore::new().await;
    enter(&test, Some(OTHER), OptedOut).await;
    upload(&test).await;
    lists(&test, OURS, OptedOut, 30, true).await;
    assert_eq!(holds(&test).await, Some((OptedOut, false)));
}

#[tokio::test]
async fn an_opt_out_that_stood_on_the_list_before_stays_theirs() {
    let test = TestStore::new().await;
    lists(&test, OURS, OptedOut, 0, false).await;
    enter(&test, None, OptedOut).await;
    upload(&test).await;
    lists(&test, OURS, OptedOut, 30, true).await;
    assert_eq!(holds(&test).await, Some((OptedOut, false)));
    lists(&test, OURS, OptedIn, 40, false).await;
    assert_eq!(holds(&test).await, Some((OptedIn, false)), "they wrote START");
}

#[tokio::test]
async fn a_text_that_came_back_because_of_an_entry_does_not_outlive_it() {
    let test = TestStore::new().await;
    enter(&test, None, OptedOut).await;
    upload(&test).await;
    lists(&test, OURS, OptedOut, 5, true).await;
    let mut refused = text("1", "c", MARIA, 6, Direction::Outbound, "On our way");
    refused.line = LineRecord {
        number: Some(OURS.to_owned()),
        ..LineRecord::default()
    };
    refused.metadata = serde_json::json!({ "delivery_error_code": "SMS-RC-413" });
    if let MessageBody::Text { state, .. } = &mut refused.body {
        *state = DeliveryState::Failed {
            reason: "They want no texts.".to_owned(),
        };
    }
    test.apply(vec![Change::UpsertMessage(refused)]).await;
    assert_eq!(holds(&test).await, Some((OptedOut, true)));
    enter(&test, None, OptedIn).await;
    assert_eq!(holds(&test).await, Some((OptedIn, true)));
    upload(&test).await;
    lists(&test, OURS, OptedIn, 7, true).await;
    assert_eq!(holds(&test).await, Some((OptedIn, true)));
}
