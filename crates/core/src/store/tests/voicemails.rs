use super::super::testing::*;
use super::super::*;
use domain::attachment::AttachmentKind;
use domain::communication::{CallOutcome, Direction};
use domain::ids::AttachmentId;
use domain::inbox::{InboxTab, Subject};
use domain::phone_number::E164;
use jiff::SignedDuration;

/// Older than any retention, at the clock of these tests.
const WEEKS_AGO: i64 = -40 * 24 * 60;

fn with_sound(id: &str, minutes: i64) -> MessageRecord {
    let mut message = voicemail(id, MARIA, minutes);
    message.body = MessageBody::Voicemail {
        duration_seconds: 20,
        transcript: TranscriptState::Ready { is_partial: false },
    };
    message.attachments = vec![AttachmentRecord {
        remote_id: format!("a{id}"),
        kind: AttachmentKind::Audio,
        content_type: "audio/mpeg".to_owned(),
        file_name: "voicemail.mp3".to_owned(),
        size_bytes: None,
        uri: format!("https://media.example.com/{id}"),
    }];
    message
}

async fn hold(test: &TestStore, id: &str, minutes: i64) -> CommunicationId {
    test.apply(vec![Change::UpsertMessage(with_sound(id, minutes))])
        .await[0]
}

async fn sound(test: &TestStore, id: CommunicationId) -> AttachmentId {
    test.store.voicemail(id).await.unwrap().sound.unwrap().attachment
}

async fn cache(test: &TestStore, id: CommunicationId, bytes: u64) {
    let (attachment, file) = (sound(test, id).await, format!("{id}.mp3"));
    test.store
        .set_cached_file(attachment, Some((&file, bytes)))
        .await
        .unwrap();
}

fn purge(id: &str) -> Change {
    Change::Purge {
        remote_id: id.to_owned(),
    }
}

#[tokio::test]
async fn what_ringcentral_lost_stays_and_what_a_person_deleted_there_goes() {
    let test = TestStore::new().await;
    let oldest = hold(&test, "1", WEEKS_AGO).await;
    let middle = hold(&test, "2", WEEKS_AGO + 10).await;
    let newest = hold(&test, "3", WEEKS_AGO + 20).await;
    for id in [oldest, middle, newest] {
        cache(&test, id, 1000).await;
    }
    // In the middle it cannot have been RingCentral, which begins with the oldest.
    test.apply(vec![purge("2")]).await;
    assert!(test.store.voicemail(middle).await.is_err());
    test.apply(vec![purge("1")]).await;
    assert!(test.store.voicemail(oldest).await.unwrap().is_gone);
    assert!(!test.store.voicemail(newest).await.unwrap().is_gone);
    // Said again, and by a person: in the order in which it can happen.
    test.apply(vec![purge("1")]).await;
    assert!(test.store.voicemail(oldest).await.unwrap().is_gone);
    let deleted = Change::Delete {
        source: Source::MessageStore,
        remote_id: "3".to_owned(),
    };
    test.apply(vec![deleted]).await;
    assert!(test.store.voicemail(newest).await.is_err());
}

#[tokio::test]
async fn an_older_fax_does_not_prove_that_a_person_purged_a_voicemail() {
    let test = TestStore::new().await;
    let fax = MessageBody::Fax {
        page_count: 1,
        state: domain::communication::DeliveryState::Received,
    };
    let older = message("f", BEN, WEEKS_AGO - 10, Direction::Inbound, fax);
    test.apply(vec![Change::UpsertMessage(older)]).await;
    let id = hold(&test, "1", WEEKS_AGO).await;
    cache(&test, id, 1000).await;
    test.apply(vec![purge("1")]).await;
    assert!(test.store.voicemail(id).await.unwrap().is_gone);
}

#[tokio::test]
async fn several_that_are_lost_at_once_all_stay_in_whatever_order_they_are_told() {
    let test = TestStore::new().await;
    let first = hold(&test, "1", WEEKS_AGO).await;
    let second = hold(&test, "2", WEEKS_AGO + 10).await;
    hold(&test, "3", WEEKS_AGO + 20).await;
    cache(&test, first, 1000).await;
    cache(&test, second, 1000).await;
    test.apply(vec![purge("2"), purge("1")]).await;
    for id in [first, second] {
        assert!(test.store.voicemail(id).await.unwrap().is_gone);
    }
}

#[tokio::test]
async fn a_lost_voicemail_of_which_nothing_is_here_goes_and_one_whose_words_are_here_stays() {
    let test = TestStore::new().await;
    let silent = hold(&test, "1", WEEKS_AGO).await;
    test.apply(vec![purge("1")]).await;
    assert!(test.store.voicemail(silent).await.is_err());
    let read = hold(&test, "2", WEEKS_AGO + 10).await;
    test.store.set_transcript(read, "Call me back").await.unwrap();
    test.apply(vec![purge("2")]).await;
    assert!(test.store.voicemail(read).await.unwrap().is_gone);
}

#[tokio::test]
async fn what_the_server_names_again_is_there() {
    let test = TestStore::new().await;
    let id = hold(&test, "1", WEEKS_AGO).await;
    cache(&test, id, 1000).await;
    test.apply(vec![purge("1")]).await;
    assert!(test.store.voicemail(id).await.unwrap().is_gone);
    let mut listener = test.store.changes().listen();
    test.apply(vec![Change::UpsertMessage(with_sound("1", WEEKS_AGO))])
        .await;
    assert!(!test.store.voicemail(id).await.unwrap().is_gone);
    assert!(listener.try_next().is_some());
}

#[tokio::test]
async fn a_complete_list_that_lacks_an_old_voicemail_raises_a_doubt_and_deletes_nothing() {
    let test = TestStore::new().await;
    let old = hold(&test, "1", WEEKS_AGO).await;
    let young = hold(&test, "2", -60).await;
    let later = hold(&test, "3", -30).await;
    let page = Page {
        changes: vec![Change::UpsertMessage(with_sound("3", -30))],
        covers: Some(Coverage {
            source: Source::MessageStore,
            from: at(-120),
            until: at(0),
            names_all_since: at(WEEKS_AGO - 10),
        }),
        ..Page::empty(SyncScope::MESSAGE_STORE, test.clock.now())
    };
    test.store.apply(page).await.unwrap();
    assert!(test.store.voicemail(old).await.unwrap().is_gone);
    assert!(test.store.voicemail(young).await.is_err());
    assert!(!test.store.voicemail(later).await.unwrap().is_gone);
    let (doubtful, remote_id) = test.store.next_doubtful().await.unwrap().unwrap();
    assert_eq!((doubtful, remote_id.as_str()), (old, "1"));
    test.store.settle_doubt(old, false).await.unwrap();
    assert_eq!(test.store.next_doubtful().await.unwrap(), None);
}

#[tokio::test]
async fn a_deleted_voicemail_is_seen_nowhere_and_comes_back_as_it_was() {
    let test = TestStore::new().await;
    let id = hold(&test, "1", 0).await;
    test.store.set_transcript(id, "About the rebar").await.unwrap();
    let undo = test
        .store
        .delete_voicemail(id, SignedDuration::from_secs(15))
        .await
        .unwrap();
    let person = Subject::Number(E164::new(MARIA).unwrap());
    let query = crate::search::Query::read("rebar");
    for tab in [
        InboxTab::All,
        InboxTab::Unread,
        InboxTab::Voicemail,
        InboxTab::Missed,
    ] {
        assert!(test.ids(tab).await.is_empty(), "{tab:?}");
    }
    assert_eq!(test.store.inbox_counts().await.unwrap().unread, 0);
    assert!(
        test.store
            .timeline(&person, None, 9)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        test.store
            .find_communications(&query, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(test.store.next_unheard(None).await.unwrap(), None);
    assert!(
        test.store
            .ids_to_export(&ExportFilter::default())
            .await
            .unwrap()
            .is_empty()
    );

    // The server still names it, as read meanwhile.
    let mut again = with_sound("1", 0);
    (again.is_read, again.modified_at) = (true, Some(at(5)));
    test.apply(vec![Change::UpsertMessage(again)]).await;
    assert!(test.ids(InboxTab::All).await.is_empty());

    test.store.undo(&undo.token).await.unwrap();
    assert_eq!(test.ids(InboxTab::Voicemail).await, [id]);
    assert_eq!(
        test.store.timeline(&person, None, 9).await.unwrap().items.len(),
        1
    );
    assert_eq!(test.store.find_communications(&query, 9).await.unwrap().len(), 1);
    assert_eq!(test.store.next_deletion().await.unwrap(), None);
    assert!(matches!(
        test.store.undo(&undo.token).await,
        Err(StoreError::TooLate)
    ));
}

#[tokio::test]
async fn a_deletion_that_has_begun_cannot_be_taken_back_and_leaves_its_file_to_be_deleted() {
    let test = TestStore::new().await;
    let id = hold(&test, "1", 0).await;
    cache(&test, id, 1000).await;
    let undo = test
        .store
        .delete_voicemail(id, SignedDuration::from_secs(15))
        .await
        .unwrap();
    assert!(test.store.begin_deletion(id).await.unwrap());
    assert!(matches!(
        test.store.undo(&undo.token).await,
        Err(StoreError::TooLate)
    ));
    test.store.finish_deletion(id).await.unwrap();
    assert_eq!(test.store.orphaned_files().await.unwrap(), [format!("{id}.mp3")]);
    // The answer to a question from before does not bring it back.
    let late = Page {
        changes: vec![Change::UpsertMessage(with_sound("1", 0))],
        ..Page::empty(
            SyncScope::MESSAGE_STORE,
            test.clock.now() - SignedDuration::from_secs(5),
        )
    };
    test.store.apply(late).await.unwrap();
    assert!(test.ids(InboxTab::All).await.is_empty());
}

#[tokio::test]
async fn sounds_that_were_heard_make_room_and_those_about_to_be_lost_never() {
    let test = TestStore::new().await;
    let mut ids = Vec::new();
    for (place, is_read) in [true, false, true, true].into_iter().enumerate() {
        let mut message = with_sound(&place.to_string(), place as i64);
        message.is_read = is_read;
        let id = test.apply(vec![Change::UpsertMessage(message)]).await[0];
        cache(&test, id, 1000).await;
        ids.push(id);
    }
    test.store.touch_voicemail(ids[2]).await.unwrap();
    assert_eq!(test.store.cached_sound_bytes().await.unwrap(), 4000);
    let spared = |safe_places, safe_until| {
        let store = test.store.clone();
        async move {
            let spared = store.sounds_to_spare(safe_places, safe_until).await.unwrap();
            spared.into_iter().map(|sound| sound.file).collect::<Vec<_>>()
        }
    };
    let file = |place: usize| format!("{}.mp3", ids[place]);
    // The one that somebody listened to goes last.
    assert_eq!(spared(100, at(-5)).await, [file(0), file(3), file(2)]);
    // With two newer ones, or from before a moment, it is about to be lost.
    assert_eq!(spared(2, at(-5)).await, [file(3), file(2)]);
    assert_eq!(spared(100, at(2)).await, [file(3)]);

    let oldest = sound(&test, ids[0]).await;
    test.store.orphan_file(oldest).await.unwrap();
    assert_eq!(test.store.orphaned_files().await.unwrap(), [file(0)]);
    assert_eq!(test.store.cached_sound_bytes().await.unwrap(), 3000);
    assert!(test.store.wanted_sounds(100, at(-5), 9).await.unwrap().is_empty());
    let wanted = test.store.wanted_sounds(3, at(-5), 9).await.unwrap();
    assert_eq!(wanted.len(), 1);
    assert!(wanted[0].communication == ids[0] && wanted[0].is_near_loss);
    // Fetched again under the same name, the file is no longer one to delete.
    cache(&test, ids[0], 1000).await;
    assert!(test.store.orphaned_files().await.unwrap().is_empty());
}

#[tokio::test]
async fn newer_faxes_and_voicemails_bring_one_nearer_to_its_loss() {
    let test = TestStore::new().await;
    let id = hold(&test, "1", 0).await;
    hold(&test, "2", 5).await;
    let fax = MessageBody::Fax {
        page_count: 2,
        state: domain::communication::DeliveryState::Received,
    };
    test.apply(vec![
        Change::UpsertMessage(message("3", BEN, 7, Direction::Inbound, fax.clone())),
        Change::UpsertMessage(message("4", BEN, 8, Direction::Outbound, fax)),
        Change::UpsertMessage(text("5", "c", BEN, 9, Direction::Inbound, "Hello")),
    ])
    .await;
    assert_eq!(test.store.voicemail(id).await.unwrap().newer_there, 2);
}

#[tokio::test]
async fn the_next_unheard_is_older_and_then_the_newest_again() {
    let test = TestStore::new().await;
    let old = hold(&test, "1", 0).await;
    let middle = hold(&test, "2", 5).await;
    let new = hold(&test, "3", 9).await;
    let next = |after| {
        let store = test.store.clone();
        async move { store.next_unheard(after).await.unwrap() }
    };
    assert_eq!(next(None).await, Some(new));
    assert_eq!(next(Some(new)).await, Some(middle));
    assert_eq!(next(Some(old)).await, Some(new));
    test.store.set_read(&[new, middle], true).await.unwrap();
    assert_eq!(next(Some(new)).await, Some(old));
    test.store.set_read(&[old], true).await.unwrap();
    assert_eq!(next(Some(old)).await, None);
}

/// A call to which somebody left a voicemail.
fn unnamed_call(id: &str, number: &str, minutes: i64) -> Change {
    Change::UpsertCall(call(
        id,
        number,
        minutes,
        Direction::Inbound,
        CallOutcome::Voicemail,
    ))
}

#[tokio::test]
async fn a_call_and_its_voicemail_are_one_item_whichever_comes_first_and_whatever_the_call_log_names() {
    for names_message in [true, false] {
        for call_first in [true, false] {
            let test = TestStore::new().await;
            let mut record = call("c", MARIA, 0, Direction::Inbound, CallOutcome::Voicemail);
            record.message_remote_id = names_message.then(|| "1".to_owned());
            let mut changes = vec![
                Change::UpsertCall(record),
                Change::UpsertMessage(with_sound("1", 1)),
            ];
            if !call_first {
                changes.reverse();
            }
            for change in changes {
                test.apply(vec![change]).await;
            }
            let context = format!("names: {names_message}, call first: {call_first}");
            let person = Subject::Number(E164::new(MARIA).unwrap());
            let shown = test.store.timeline(&person, None, 9).await.unwrap().items;
            assert_eq!(shown.len(), 1, "{context}");
            assert_eq!(test.ids(InboxTab::All).await, [shown[0].id], "{context}");
            assert_eq!(test.ids(InboxTab::Voicemail).await, [shown[0].id], "{context}");
        }
    }
}

#[tokio::test]
async fn a_call_of_somebody_else_or_of_another_hour_keeps_its_own_line() {
    let test = TestStore::new().await;
    test.apply(vec![
        unnamed_call("a", BEN, 0),
        unnamed_call("b", MARIA, -60),
        unnamed_call("c", MARIA, 2),
        Change::UpsertMessage(with_sound("1", 1)),
    ])
    .await;
    let calls = test.tab(InboxTab::Calls).await;
    assert_eq!(calls.len(), 3);
}

#[tokio::test]
async fn a_deleted_voicemail_leaves_its_call_to_tell_of_it() {
    for names_message in [true, false] {
        let test = TestStore::new().await;
        let mut record = call("c", MARIA, 0, Direction::Inbound, CallOutcome::Voicemail);
        record.message_remote_id = names_message.then(|| "1".to_owned());
        test.apply(vec![Change::UpsertCall(record)]).await;
        let id = hold(&test, "1", 1).await;
        assert!(test.ids(InboxTab::Calls).await.is_empty());
        let undo = test
            .store
            .delete_voicemail(id, SignedDuration::ZERO)
            .await
            .unwrap();
        assert_eq!(test.ids(InboxTab::Calls).await.len(), 1, "{names_message}");
        test.store.undo(&undo.token).await.unwrap();
        assert!(test.ids(InboxTab::Calls).await.is_empty());
        test.store.forget_voicemail(id).await.unwrap();
        assert_eq!(test.ids(InboxTab::Calls).await.len(), 1, "{names_message}");
    }
}
