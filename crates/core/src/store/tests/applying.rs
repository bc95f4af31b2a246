use super::super::testing::*;
use super::super::*;
use domain::communication::{Body, CallOutcome, Direction};
use domain::event::CoreEvent;
use domain::ids::ConversationId;
use domain::inbox::InboxTab;
use domain::sync::BackfillProgress;
use jiff::SignedDuration;

#[tokio::test]
async fn a_page_and_its_token_are_stored_together() {
    let test = TestStore::new().await;
    let page = Page {
        changes: vec![missed("1", MARIA, 0)],
        token: Some(SyncToken("abc".to_owned())),
        ..Page::empty(SyncScope::CALL_LOG, at(1))
    };
    test.store.apply(page).await.unwrap();
    let state = test.store.sync_state(&SyncScope::CALL_LOG).await.unwrap();
    assert_eq!(state.token, Some(SyncToken("abc".to_owned())));
    assert_eq!(state.synced_at, Some(at(0)));
    assert_eq!(
        test.store
            .sync_state(&SyncScope::MESSAGE_STORE)
            .await
            .unwrap()
            .token,
        None
    );

    test.store.clear_sync_token(&SyncScope::CALL_LOG).await.unwrap();
    assert_eq!(
        test.store.sync_state(&SyncScope::CALL_LOG).await.unwrap().token,
        None
    );
}

#[tokio::test]
async fn a_page_that_fails_leaves_no_trace() {
    let test = TestStore::new().await;
    // The same record in a scope whose backfill cannot be stored: the schema refuses the last statement.
    sqlx::query("DROP TABLE backfills")
        .execute(&test.store.0.writer)
        .await
        .unwrap();
    let progress = BackfillProgress {
        records: 1,
        complete_since: None,
        target: at(-1000),
        is_paused: false,
        is_finished: false,
    };
    let page = Page {
        changes: vec![missed("1", MARIA, 0)],
        token: Some(SyncToken("abc".to_owned())),
        backfill: Some(Backfill {
            progress,
            cursor: None,
        }),
        ..Page::empty(SyncScope::CALL_LOG, at(1))
    };
    test.store.apply(page).await.unwrap_err();
    assert!(test.tab(InboxTab::All).await.is_empty());
    assert_eq!(
        test.store.sync_state(&SyncScope::CALL_LOG).await.unwrap().token,
        None
    );
}

#[tokio::test]
async fn the_same_page_twice_changes_and_announces_nothing() {
    let test = TestStore::new().await;
    let page = Page {
        changes: vec![
            missed("1", MARIA, 0),
            Change::UpsertMessage(text("2", "c", BEN, 1, Direction::Inbound, "Hello")),
        ],
        ..Page::empty(SyncScope::CALL_LOG, at(2))
    };
    assert_eq!(test.store.apply(page.clone()).await.unwrap().inserted, 2);
    let mut listener = test.store.changes().listen();
    let again = test.store.apply(page).await.unwrap();
    assert_eq!((again.inserted, again.updated, again.unchanged), (0, 0, 2));
    assert_eq!(listener.try_next(), None);
}

#[tokio::test]
async fn a_record_twice_in_one_page_is_stored_once() {
    let test = TestStore::new().await;
    let arrived = test
        .apply(vec![missed("1", MARIA, 0), missed("1", MARIA, 0)])
        .await;
    assert_eq!(arrived.len(), 1);
    let gone = Change::Delete {
        source: Source::CallLog,
        remote_id: "2".to_owned(),
    };
    test.apply(vec![missed("2", BEN, 0), gone]).await;
    assert_eq!(test.ids(InboxTab::All).await, arrived);
}

#[tokio::test]
async fn what_the_server_deleted_is_gone_and_late_answers_do_not_bring_it_back() {
    let test = TestStore::new().await;
    let requested_before = test.clock.now();
    test.apply(vec![missed("1", MARIA, 0)]).await;
    test.apply(vec![Change::Delete {
        source: Source::CallLog,
        remote_id: "1".to_owned(),
    }])
    .await;
    assert!(test.tab(InboxTab::All).await.is_empty());

    let late = Page {
        changes: vec![missed("1", MARIA, 0)],
        ..Page::empty(SyncScope::CALL_LOG, requested_before)
    };
    test.store.apply(late).await.unwrap();
    assert!(test.tab(InboxTab::All).await.is_empty());

    // Restored on the server and read again later.
    test.apply(vec![missed("1", MARIA, 0)]).await;
    assert_eq!(test.tab(InboxTab::All).await.len(), 1);
}

#[tokio::test]
async fn a_complete_answer_removes_what_it_does_not_hold() {
    let test = TestStore::new().await;
    test.apply(vec![
        missed("1", MARIA, 0),
        missed("2", BEN, 5),
        missed("3", "+12125550188", 20),
    ])
    .await;
    let newer = Page {
        changes: vec![missed("4", "+12125550199", 6)],
        ..Page::empty(SyncScope::CALL_LOG, at(60))
    };
    test.store.apply(newer).await.unwrap();
    let complete = Page {
        changes: vec![
            missed("1", MARIA, 0),
            Change::SetAside {
                remote_id: "9".to_owned(),
                reason: "no start time".to_owned(),
                raw: "{}".to_owned(),
            },
        ],
        covers: Some(Coverage {
            names_all_since: at(0),
            source: Source::CallLog,
            from: at(0),
            until: at(10),
        }),
        ..Page::empty(SyncScope::CALL_LOG, at(30))
    };
    let applied = test.store.apply(complete).await.unwrap();
    // The second is gone, the third lies outside the span, the fourth came from a later request.
    assert_eq!(applied.deleted, 1);
    let left: Vec<_> = test
        .tab(InboxTab::All)
        .await
        .into_iter()
        .map(|item| item.occurred_at)
        .collect();
    assert_eq!(left, [at(20), at(6), at(0)]);
}

#[tokio::test]
async fn a_record_that_was_set_aside_is_counted_until_it_is_understood() {
    let test = TestStore::new().await;
    let aside = Change::SetAside {
        remote_id: "1".to_owned(),
        reason: "no type".to_owned(),
        raw: "{}".to_owned(),
    };
    test.apply(vec![aside.clone(), missed("2", MARIA, 0), aside])
        .await;
    assert_eq!(test.store.set_aside_count().await.unwrap(), 1);
    assert_eq!(test.tab(InboxTab::All).await.len(), 1);
    test.apply(vec![missed("1", BEN, 0)]).await;
    assert_eq!(test.store.set_aside_count().await.unwrap(), 0);
}

#[tokio::test]
async fn changes_are_announced_by_name() {
    let test = TestStore::new().await;
    let mut listener = test.store.changes().listen();
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    assert_eq!(
        listener.try_next(),
        Some(CoreEvent::CommunicationsChanged { ids: ids.clone() })
    );
    // The answer clears what the missed call owed, so both changed.
    let answer = test.apply(vec![called("2", MARIA, 5)]).await;
    let both = [ids, answer].concat();
    assert_eq!(
        listener.try_next(),
        Some(CoreEvent::CommunicationsChanged { ids: both })
    );
}

#[tokio::test]
async fn a_group_text_belongs_to_everyone_in_it_and_to_no_single_contact() {
    let test = TestStore::new().await;
    let mut record = text("1", "g", MARIA, 0, Direction::Inbound, "Lunch?");
    record.body = MessageBody::Text {
        conversation_id: Some(ConversationId::from("g")),
        text: "Lunch?".to_owned(),
        state: domain::communication::DeliveryState::Received,
        participants: vec![party(MARIA), party(BEN)],
    };
    crate::contacts::add(
        &test.store,
        &draft("Maria", "Lopez", &[(domain::contact::NumberLabel::Mobile, MARIA)]),
    )
    .await
    .unwrap();
    test.apply(vec![Change::UpsertMessage(record)]).await;
    let item = test.tab(InboxTab::Texts).await.remove(0);
    assert_eq!(item.party.label, "Maria Lopez, (212) 555-0123");
    assert_eq!(item.party.contact, None);
    let Body::Text { participants, .. } = item.body else {
        panic!()
    };
    assert_eq!(participants.len(), 2);

    // A participant who gets a name later gets it here as well.
    crate::contacts::add(
        &test.store,
        &draft("Ben", "", &[(domain::contact::NumberLabel::Work, BEN)]),
    )
    .await
    .unwrap();
    assert_eq!(test.tab(InboxTab::Texts).await[0].party.label, "Maria Lopez, Ben");
}

#[tokio::test]
async fn how_far_a_backfill_is_survives() {
    let test = TestStore::new().await;
    let backfill = Backfill {
        progress: BackfillProgress {
            records: 1200,
            complete_since: Some(at(-500)),
            target: at(-1000),
            is_paused: true,
            is_finished: false,
        },
        cursor: Some("page 7".to_owned()),
    };
    assert_eq!(test.store.backfill(&SyncScope::CALL_LOG).await.unwrap(), None);
    test.store
        .set_backfill(&SyncScope::CALL_LOG, &backfill)
        .await
        .unwrap();
    assert_eq!(
        test.store.backfill(&SyncScope::CALL_LOG).await.unwrap(),
        Some(backfill)
    );
}

#[tokio::test]
async fn internal_calls_match_the_extension_and_not_the_main_number() {
    let test = TestStore::new().await;
    let entry = crate::contacts::sources::SourceContact {
        remote_id: "501".to_owned(),
        kind: domain::contact::ContactKind::TeamMember,
        first_name: "Ana".to_owned(),
        last_name: "Ruiz".to_owned(),
        company: String::new(),
        job_title: String::new(),
        notes: String::new(),
        department: None,
        extension: Some("104".to_owned()),
        numbers: Vec::new(),
        emails: Vec::new(),
    };
    let update = crate::contacts::sources::SourceUpdate {
        entries: vec![entry],
        ..crate::contacts::sources::SourceUpdate::new(Page::empty(SyncScope::DIRECTORY, at(0)))
    };
    crate::contacts::sources::take_over(&test.store, domain::contact::ContactSource::Directory, &update)
        .await
        .unwrap();
    let mut record = call("1", MARIA, 0, Direction::Inbound, CallOutcome::Answered);
    record.party.extension = Some("104".to_owned());
    test.apply(vec![Change::UpsertCall(record)]).await;
    let item = test.tab(InboxTab::All).await.remove(0);
    assert_eq!(item.party.label, "Ana Ruiz");
    assert_eq!(item.party.number.unwrap().formatted, "Ext. 104");
}

#[tokio::test]
async fn a_call_is_found_by_its_session() {
    let test = TestStore::new().await;
    let mut record = call("1", MARIA, 0, Direction::Inbound, CallOutcome::Answered);
    record.session_id = Some(domain::ids::CallSessionId::from("s-1"));
    let ids = test.apply(vec![Change::UpsertCall(record)]).await;
    let found = test.store.communication_of_session(&"s-1".into()).await.unwrap();
    assert_eq!(found, Some(ids[0]));
    assert_eq!(
        test.store.communication_of_session(&"s-2".into()).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn our_own_lines_are_named() {
    let test = TestStore::new().await;
    let queue = OwnLine {
        number: Some("+15105550100".to_owned()),
        extension: Some("200".to_owned()),
        name: "Sales queue".to_owned(),
        is_queue: true,
    };
    let own = OwnLine {
        number: None,
        extension: Some("101".to_owned()),
        name: "You".to_owned(),
        is_queue: false,
    };
    test.store.replace_own_lines(&[queue, own]).await.unwrap();
    assert!(
        test.store
            .own_line(Some("5105550100"), Some("101"))
            .unwrap()
            .is_queue
    );
    assert_eq!(test.store.own_line(None, Some("101")).unwrap().name, "You");
    assert_eq!(test.store.own_line(Some(BEN), None), None);

    let mut record = call("1", MARIA, 0, Direction::Inbound, CallOutcome::Answered);
    record.line = LineRecord {
        number: Some("+15105550100".to_owned()),
        extension: None,
        name: None,
    };
    test.apply(vec![Change::UpsertCall(record)]).await;
    assert_eq!(
        test.tab(InboxTab::All).await[0].line.as_deref(),
        Some("Sales queue")
    );
    test.clock.advance(SignedDuration::from_secs(1));
}

#[tokio::test]
async fn a_line_without_a_name_is_called_by_its_number_as_people_write_it() {
    let test = TestStore::new().await;
    let line = OwnLine {
        number: Some("+15105550109".to_owned()),
        extension: None,
        name: "+15105550109".to_owned(),
        is_queue: false,
    };
    test.store.replace_own_lines(&[line]).await.unwrap();
    let found = test.store.own_line(Some("+15105550109"), None).unwrap();
    assert_eq!(found.name, "(510) 555-0109");

    let mut record = call("1", MARIA, 0, Direction::Inbound, CallOutcome::Answered);
    record.line = LineRecord {
        number: Some("+15105550109".to_owned()),
        extension: None,
        name: None,
    };
    test.apply(vec![Change::UpsertCall(record)]).await;
    let item = test.tab(InboxTab::All).await.remove(0);
    assert_eq!(item.line.as_deref(), Some("(510) 555-0109"));
}

#[tokio::test]
async fn a_text_that_leaves_a_conversation_takes_along_that_it_was_done() {
    let test = TestStore::new().await;
    let asked = text("1", "c0", MARIA, 0, Direction::Inbound, "Ready?");
    let ids = test.apply(vec![Change::UpsertMessage(asked)]).await;
    test.store.set_done(&ids, true).await.unwrap();
    test.clock.advance(SignedDuration::from_secs(1));
    // In one page it stands elsewhere, and we write where it was: nothing is done there any more.
    let moved = text("1", "c1", BEN, 0, Direction::Inbound, "Ready?");
    let written = text("2", "c0", MARIA, 1, Direction::Outbound, "Yes");
    test.apply(vec![Change::UpsertMessage(moved), Change::UpsertMessage(written)])
        .await;
    let done: Vec<bool> = test
        .tab(InboxTab::All)
        .await
        .iter()
        .map(|item| item.is_done)
        .collect();
    assert_eq!(done, [false]);
    assert_eq!(test.tab(InboxTab::Done).await.len(), 1);
}
