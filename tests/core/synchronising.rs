//! What happens in the company arrives, once and in order: the first time, day by day, after edits and deletions.

use crate::office::{ADA, Office, maria, stranger};
use domain::communication::{Body, CallOutcome, Transcript};
use domain::inbox::InboxTab;
use domain::ipc::inbox::SetRead;
use domain::sync::SyncPhase;
use jiff::SignedDuration;
use simulator::world::call_log::{CallLogQuery, CallLogScope};
use simulator::world::calls::CallResult;
use simulator::world::message_store::MessageQuery;
use simulator::world::messages::ReadStatus;
use switchboard_core::sync::{Lane, Stepped};

#[tokio::test]
async fn the_first_synchronisation_brings_everything_once() {
    let office = Office::open().await;
    office.an_hour_passes();
    assert_eq!(office.status().await.phase, SyncPhase::Syncing);
    office.synchronise().await;
    office.assert_converged().await;
    let status = office.status().await;
    assert_eq!(status.phase, SyncPhase::UpToDate);
    assert!(status.backfill.unwrap().is_finished);
    assert_eq!(status.set_aside, 0);
    office.assert_faults_met();
}

#[tokio::test]
async fn what_is_newest_is_there_before_any_history_is_asked_for() {
    let office = Office::open().await;
    office.weeks_of_texts(300);
    office.receive_text(maria(), "Are you there?");
    office.pass(SignedDuration::from_secs(5));
    office.control.clear_requests();
    assert_eq!(office.sync().step(Lane::Messages).await, Stepped::Worked);
    let inbox = office.items(InboxTab::All).await;
    assert!(matches!(&inbox[0].body, Body::Text { text, .. } if text == "Are you there?"));
    assert_eq!(
        (office.asked("syncMessages"), office.asked("listMessages")),
        (1, 0)
    );
    let backfill = office.status().await.backfill.unwrap();
    assert!(!backfill.is_finished);
    office.synchronise().await;
    office.assert_converged().await;
}

#[tokio::test]
async fn more_than_one_answer_can_hold_arrives_through_the_history() {
    let office = Office::open().await;
    office.weeks_of_calls(420);
    office.weeks_of_texts(420);
    office.synchronise().await;
    office.assert_converged().await;
    let backfill = office.status().await.backfill.unwrap();
    assert!(backfill.is_finished);
    assert!(
        backfill.records >= 340,
        "{} records came through the history",
        backfill.records
    );
    assert_eq!(backfill.complete_since, Some(backfill.target));
}

#[tokio::test]
async fn day_by_day_only_what_changed_is_asked_for() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    office.control.clear_requests();
    for _ in 0..3 {
        office.an_hour_passes();
        office.synchronise().await;
        office.assert_converged().await;
    }
    assert_eq!(
        (office.asked("listMessages"), office.asked("readUserCallLog")),
        (0, 0)
    );
    assert_eq!(
        (office.asked("syncMessages"), office.asked("syncUserCallLog")),
        (3, 3)
    );
}

#[tokio::test]
async fn nothing_new_announces_nothing() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let mut events = office.board.events();
    office.synchronise().await;
    while let Some(event) = events.try_next() {
        assert_eq!(event, domain::event::CoreEvent::SyncChanged);
    }
}

#[tokio::test]
async fn edits_and_deletions_on_the_server_arrive() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let (call, text) = office.world(|world| {
        let calls = CallLogQuery::all(CallLogScope::Extension(ADA));
        let call = world.call_log(&calls).records[0].id;
        let text = world.messages(&MessageQuery::alive(ADA)).records[0].id;
        (call, text)
    });
    office.world(|world| {
        world.delete_call_record(call).unwrap();
        world.delete_message(ADA, text, false).unwrap();
    });
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.assert_converged().await;

    office.world(|world| world.restore_message(ADA, text).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.assert_converged().await;
}

#[tokio::test]
async fn a_corrected_result_changes_the_call_and_doubles_nothing() {
    let office = Office::open().await;
    office.miss_call(maria());
    office.synchronise().await;
    office.world(|world| {
        let calls = CallLogQuery::all(CallLogScope::Extension(ADA));
        let id = world.call_log(&calls).records[0].id;
        world
            .edit_call_record(id, |call| call.result = CallResult::Accepted)
            .unwrap();
    });
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.assert_converged().await;
    let calls = office.items(InboxTab::Calls).await;
    assert!(matches!(
        calls[0].body,
        Body::Call {
            outcome: CallOutcome::Answered,
            ..
        }
    ));
    assert!(!calls[0].is_owed);
}

#[tokio::test]
async fn a_voicemail_and_its_call_are_one_item_and_its_words_can_be_searched() {
    let office = Office::open().await;
    office.leave_voicemail(stranger(4));
    office.pass(SignedDuration::from_mins(5));
    office.synchronise().await;
    let inbox = office.items(InboxTab::All).await;
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    let Body::Voicemail {
        transcript: Transcript::Ready { text, .. },
        duration_seconds,
    } = &inbox[0].body
    else {
        panic!("{:?} is no voicemail with its words", inbox[0].body)
    };
    assert!(*duration_seconds > 0);
    let word = text
        .split_whitespace()
        .find(|word| word.len() > 4 && word.chars().all(char::is_alphabetic))
        .unwrap();
    let search = domain::ipc::inbox::Search {
        query: word.to_owned(),
        limit: 10,
    };
    let found = office.board.search(search).await.unwrap();
    assert_eq!(found.communications.len(), 1);
}

#[tokio::test]
async fn what_was_read_at_another_device_is_read_here() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    assert!(office.state().await.counts.unread_texts > 0);
    office.read_everything_elsewhere();
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.assert_converged().await;
    assert_eq!(office.state().await.counts.unread_texts, 0);
}

#[tokio::test]
async fn what_is_read_here_is_read_at_the_server() {
    let office = Office::open().await;
    office.receive_text(maria(), "One");
    office.receive_text(maria(), "Two");
    office.synchronise().await;
    let conversation = office.items(InboxTab::Texts).await[0].id;
    office
        .board
        .set_read(SetRead {
            ids: vec![conversation],
            is_read: true,
        })
        .await
        .unwrap();
    assert_eq!(office.state().await.counts.unread, 0);
    office.synchronise().await;
    office.assert_converged().await;
    let unread = office.world(|world| {
        let all = MessageQuery::alive(ADA);
        world
            .messages(&all)
            .records
            .iter()
            .filter(|message| message.read_status == ReadStatus::Unread)
            .count()
    });
    assert_eq!(unread, 0);
}

#[tokio::test]
async fn reading_without_network_reaches_the_server_later_and_survives_a_restart() {
    let mut office = Office::open().await;
    office.receive_text(maria(), "Hello?");
    office.synchronise().await;
    let conversation = office.items(InboxTab::Texts).await[0].id;
    office
        .control
        .add_fault(simulator::Fault::once("updateMessage", simulator::Effect::LoseReply).times(2));
    office
        .board
        .set_read(SetRead {
            ids: vec![conversation],
            is_read: true,
        })
        .await
        .unwrap();
    office.synchronise().await;
    office.kill_and_reopen().await;
    // The server hands out its old state once more; what was decided here stays.
    office.pass(SignedDuration::from_mins(1));
    office.synchronise_patiently().await;
    assert!(office.items(InboxTab::Texts).await[0].is_read);
    office.assert_converged().await;
    office.assert_faults_met();
}

#[tokio::test]
async fn a_read_state_of_a_message_that_is_gone_does_not_block_the_others() {
    let office = Office::open().await;
    office.receive_text(maria(), "Gone soon");
    office.receive_text(stranger(1), "Still here");
    office.synchronise().await;
    let ids: Vec<_> = office
        .items(InboxTab::Texts)
        .await
        .iter()
        .map(|item| item.id)
        .collect();
    office.world(|world| {
        let id = world.messages(&MessageQuery::alive(ADA)).records[1].id;
        world.delete_message(ADA, id, true).unwrap();
        world.forget_message(id);
    });
    office
        .board
        .set_read(SetRead { ids, is_read: true })
        .await
        .unwrap();
    office.sync().run_until_idle().await;
    let read = office.world(|world| {
        let all = MessageQuery::alive(ADA);
        world
            .messages(&all)
            .records
            .iter()
            .all(|message| message.read_status == ReadStatus::Read)
    });
    assert!(read);
    assert_eq!(office.status().await.phase, SyncPhase::UpToDate);
}
