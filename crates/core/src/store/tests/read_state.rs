use super::super::testing::*;
use super::super::*;
use domain::communication::Direction;
use domain::inbox::{InboxCounts, InboxTab};

fn inbound(id: &str, minutes: i64) -> Change {
    Change::UpsertMessage(text(id, "c", MARIA, minutes, Direction::Inbound, "Hello"))
}

fn outbound(id: &str, minutes: i64) -> Change {
    Change::UpsertMessage(text(id, "c", MARIA, minutes, Direction::Outbound, "Hi"))
}

#[tokio::test]
async fn a_conversation_is_one_line_with_its_unread_texts_counted() {
    let test = TestStore::new().await;
    test.apply(vec![inbound("1", 0), inbound("2", 1), outbound("3", 2)])
        .await;
    let page = test.store.list_inbox(InboxTab::Unread, None, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].unread_count, 2);
    assert_eq!(page.rows[0].item.direction, Direction::Outbound);
    let counts = test.store.inbox_counts().await.unwrap();
    assert_eq!(
        counts,
        InboxCounts {
            unread: 1,
            unread_texts: 1,
            ..InboxCounts::default()
        }
    );
}

#[tokio::test]
async fn reading_a_text_reads_its_conversation_and_tells_the_server() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![inbound("1", 0), inbound("2", 1), outbound("3", 2)])
        .await;
    test.store.set_read(&[ids[2]], true).await.unwrap();
    assert_eq!(test.store.inbox_counts().await.unwrap().unread, 0);
    let pending = test.store.pending_read_states(10).await.unwrap();
    let told: Vec<_> = pending
        .iter()
        .map(|state| (state.remote_id.as_str(), state.is_read))
        .collect();
    assert_eq!(told, [("1", true), ("2", true)]);

    // The server says unread until it has heard of it.
    test.apply(vec![inbound("1", 0)]).await;
    assert_eq!(test.store.inbox_counts().await.unwrap().unread, 0);
    test.store.settle_read_states(&pending).await.unwrap();
    assert!(test.store.pending_read_states(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_state_that_was_changed_again_meanwhile_stays_pending() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![inbound("1", 0)]).await;
    test.store.set_read(&ids, true).await.unwrap();
    let sent = test.store.pending_read_states(10).await.unwrap();
    test.store.set_read(&ids, false).await.unwrap();
    test.store.settle_read_states(&sent).await.unwrap();
    let pending = test.store.pending_read_states(10).await.unwrap();
    assert_eq!(pending.len(), 1);
    assert!(!pending[0].is_read);
}

#[tokio::test]
async fn unread_again_is_just_the_newest_inbound_text() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![inbound("1", 0), inbound("2", 1), outbound("3", 2)])
        .await;
    test.store.set_read(&[ids[2]], true).await.unwrap();
    test.store.set_read(&[ids[2]], false).await.unwrap();
    assert_eq!(
        test.store
            .list_inbox(InboxTab::Unread, None, 10)
            .await
            .unwrap()
            .rows[0]
            .unread_count,
        1
    );
}

#[tokio::test]
async fn read_calls_are_ours_alone() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    assert_eq!(test.store.inbox_counts().await.unwrap().unread, 1);
    test.store.set_read(&ids, true).await.unwrap();
    assert_eq!(test.store.inbox_counts().await.unwrap().unread, 0);
    assert!(test.store.pending_read_states(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn done_moves_the_whole_conversation_and_can_be_taken_back() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![inbound("1", 0), outbound("2", 1)]).await;
    let done = test.store.set_done(&[ids[1]], true).await.unwrap();
    assert_eq!(done.words, "1 marked as done");
    assert!(test.ids(InboxTab::All).await.is_empty());
    assert_eq!(test.ids(InboxTab::Done).await, [ids[1]]);
    test.store.undo(&done.token).await.unwrap();
    assert_eq!(test.ids(InboxTab::All).await, [ids[1]]);
    assert!(test.ids(InboxTab::Done).await.is_empty());
    assert!(matches!(
        test.store.undo(&done.token).await,
        Err(StoreError::TooLate)
    ));
}

#[tokio::test]
async fn undo_leaves_alone_what_was_done_before() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0), missed("2", BEN, 1)]).await;
    test.store.set_done(&[ids[0]], true).await.unwrap();
    let both = test.store.set_done(&ids, true).await.unwrap();
    test.store.undo(&both.token).await.unwrap();
    assert_eq!(test.ids(InboxTab::Done).await, [ids[0]]);
}

#[tokio::test]
async fn a_new_text_brings_a_finished_conversation_back_and_our_own_does_not() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![inbound("1", 0)]).await;
    test.store.set_done(&ids, true).await.unwrap();
    test.apply(vec![outbound("2", 1)]).await;
    assert!(test.ids(InboxTab::All).await.is_empty());
    let news = test.apply(vec![inbound("3", 2)]).await;
    assert_eq!(test.ids(InboxTab::All).await, news);
    assert!(test.ids(InboxTab::Done).await.is_empty());
}

#[tokio::test]
async fn our_answer_leaves_open_what_their_text_of_the_same_page_opened() {
    let test = TestStore::new().await;
    let (inbound, outbound) = (Direction::Inbound, Direction::Outbound);
    let said = |id, minutes, direction| Change::UpsertMessage(text(id, "c", MARIA, minutes, direction, "Hi"));
    let ids = test.apply(vec![said("1", 0, inbound)]).await;
    test.store.set_done(&ids, true).await.unwrap();
    test.apply(vec![said("2", 1, inbound), said("3", 2, outbound)])
        .await;
    assert_eq!(test.ids(InboxTab::Texts).await.len(), 1);
    assert!(test.ids(InboxTab::Done).await.is_empty());
}

#[tokio::test]
async fn done_on_a_missed_call_covers_the_attempts_that_it_stands_for() {
    let test = TestStore::new().await;
    let ids = test
        .apply(vec![
            missed("0", MARIA, -20),
            missed("1", MARIA, -10),
            called("2", MARIA, -5),
            missed("3", MARIA, 0),
            missed("4", MARIA, 5),
        ])
        .await;
    let done = test.store.set_done(&[ids[4]], true).await.unwrap();
    // The attempts before the call back were another matter.
    assert_eq!(test.ids(InboxTab::Calls).await, [ids[2], ids[1], ids[0]]);
    test.store.undo(&done.token).await.unwrap();
    assert_eq!(test.ids(InboxTab::Calls).await.len(), 5);
}

#[tokio::test]
async fn changes_can_be_taken_back_for_a_day() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0), missed("2", BEN, 0)]).await;
    let done = test.store.set_done(&[ids[0]], true).await.unwrap();
    test.clock.advance(jiff::SignedDuration::from_hours(25));
    test.store.set_done(&[ids[1]], true).await.unwrap();
    assert!(matches!(
        test.store.undo(&done.token).await,
        Err(StoreError::TooLate)
    ));
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let test = TestStore::new().await;
    // Several at the same instant, so that the id has to decide.
    let calls = (0..25)
        .map(|n| missed(&n.to_string(), &format!("+121255501{n:02}"), n / 10))
        .collect();
    test.apply(calls).await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = test
            .store
            .list_inbox(InboxTab::All, after.as_ref(), 7)
            .await
            .unwrap();
        seen.extend(page.rows.into_iter().map(|row| row.item.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, test.ids(InboxTab::All).await);
    assert_eq!(seen.len(), 25);
}
