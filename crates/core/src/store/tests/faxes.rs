use super::super::testing::*;
use super::super::*;
use domain::attachment::AttachmentKind;
use domain::communication::{DeliveryState, Direction};
use domain::fax::FaxWord;
use domain::ids::AttachmentId;
use jiff::SignedDuration;

const DAY: i64 = 24 * 60;

fn fax(id: &str, minutes: i64, direction: Direction, documents: usize) -> Change {
    let body = MessageBody::Fax {
        page_count: 2,
        state: DeliveryState::Sent,
    };
    let mut record = message(id, MARIA, minutes, direction, body);
    record.is_read = true;
    record.attachments = (0..documents)
        .map(|number| AttachmentRecord {
            remote_id: format!("{id}-{number}"),
            kind: AttachmentKind::FaxDocument,
            content_type: "application/pdf".to_owned(),
            file_name: "fax.pdf".to_owned(),
            size_bytes: Some(10),
            uri: format!("https://media.example.com/{id}/{number}"),
        })
        .collect();
    Change::UpsertMessage(record)
}

async fn cache(test: &TestStore, attachment: AttachmentId) {
    let file = format!("{attachment}.pdf");
    test.store
        .set_cached_file(attachment, Some((&file, 10)))
        .await
        .unwrap();
}

async fn cache_all(test: &TestStore, id: CommunicationId) {
    for document in test.store.fax(id).await.unwrap().documents {
        cache(test, document.attachment).await;
    }
}

async fn purge(test: &TestStore, id: &str) {
    let purge = Change::Purge {
        remote_id: id.to_owned(),
    };
    test.apply(vec![purge]).await;
}

#[tokio::test]
async fn an_old_fax_that_ringcentral_purged_stays_when_all_of_it_is_here() {
    let test = TestStore::new().await;
    for (id, is_whole, stays) in [("1", true, true), ("2", false, false)] {
        let record = fax(id, -40 * DAY, Direction::Inbound, 2);
        let item = test.apply(vec![record]).await[0];
        let held = test.store.fax(item).await.unwrap();
        cache(&test, held.documents[0].attachment).await;
        if is_whole {
            cache(&test, held.documents[1].attachment).await;
        }
        purge(&test, id).await;
        let left = test.store.fax(item).await;
        assert_eq!(left.is_ok_and(|fax| fax.is_gone), stays, "{id}");
    }
}

#[tokio::test]
async fn of_sent_faxes_age_alone_says_who_deleted_them() {
    let test = TestStore::new().await;
    let old = test
        .apply(vec![fax("1", -31 * DAY, Direction::Outbound, 1)])
        .await[0];
    let young = test
        .apply(vec![fax("2", -10 * DAY, Direction::Outbound, 1)])
        .await[0];
    for item in [old, young] {
        cache_all(&test, item).await;
    }
    purge(&test, "1").await;
    purge(&test, "2").await;
    assert!(test.store.fax(old).await.unwrap().is_gone);
    assert!(test.store.fax(young).await.is_err());
}

#[tokio::test]
async fn a_fax_goes_while_an_older_one_stays_there_whatever_voicemail_there_is() {
    let test = TestStore::new().await;
    test.apply(vec![Change::UpsertMessage(voicemail("9", MARIA, -60 * DAY))])
        .await;
    let oldest = test.apply(vec![fax("1", -50 * DAY, Direction::Inbound, 1)]).await[0];
    let newer = test.apply(vec![fax("2", -40 * DAY, Direction::Inbound, 1)]).await[0];
    for item in [oldest, newer] {
        cache_all(&test, item).await;
    }
    purge(&test, "2").await;
    assert!(test.store.fax(newer).await.is_err());
    purge(&test, "1").await;
    assert!(test.store.fax(oldest).await.unwrap().is_gone);
}

#[tokio::test]
async fn documents_are_wanted_before_they_are_lost_and_not_before() {
    let test = TestStore::new().await;
    let changes = vec![
        fax("1", -26 * DAY, Direction::Inbound, 2),
        fax("2", -26 * DAY, Direction::Outbound, 1),
        fax("3", -5 * DAY, Direction::Inbound, 1),
        fax("4", -5 * DAY, Direction::Outbound, 1),
    ];
    let ids = test.apply(changes).await;
    let safe_until = test.clock.now() - SignedDuration::from_hours(25 * 24);
    let wanted = |limit| test.store.wanted_documents(140, safe_until, limit);
    let found: Vec<_> = wanted(10)
        .await
        .unwrap()
        .iter()
        .map(|one| one.communication)
        .collect();
    assert_eq!(found.len(), 3);
    assert!(!found.contains(&ids[2]) && !found.contains(&ids[3]));
    for item in ids {
        cache_all(&test, item).await;
    }
    assert!(wanted(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_page_that_was_read_is_kept_unless_it_was_cancelled_meanwhile() {
    let test = TestStore::new().await;
    let item = test.apply(vec![fax("1", 0, Direction::Inbound, 1)]).await[0];
    let attachment = test.store.fax(item).await.unwrap().documents[0].attachment;
    let page = PageWords {
        attachment,
        page: 0,
        text: "Rebar".to_owned(),
        words: vec![FaxWord {
            text: "Rebar".to_owned(),
            left: 1,
            top: 2,
            width: 3,
            height: 4,
        }],
    };
    assert!(!test.store.keep_page_words(item, &page).await.unwrap());
    test.store.want_reading(item).await.unwrap();
    test.store.want_reading(item).await.unwrap();
    assert!(test.store.keep_page_words(item, &page).await.unwrap());
    test.store.finish_reading(item).await.unwrap();
    assert_eq!(test.store.reading(item).await.unwrap(), Some(StoredReading::Read));
    assert_eq!(test.store.page_words(attachment, 0).await.unwrap(), page.words);
    assert!(
        !test.store.cancel_reading(item).await.unwrap(),
        "what was read stays read"
    );
}

#[tokio::test]
async fn a_fax_that_a_list_lacks_is_asked_about_and_goes_when_a_person_deleted_it() {
    let test = TestStore::new().await;
    let item = test.apply(vec![fax("1", -40 * DAY, Direction::Inbound, 1)]).await[0];
    cache_all(&test, item).await;
    let now = test.clock.now();
    let list = Page {
        covers: Some(Coverage {
            source: Source::MessageStore,
            from: at(-60 * DAY),
            until: now,
            names_all_since: at(-60 * DAY),
        }),
        ..Page::empty(SyncScope::MESSAGE_STORE, now)
    };
    test.store.apply(list).await.unwrap();
    assert!(test.store.fax(item).await.unwrap().is_gone);
    let (doubtful, _) = test.store.next_doubtful().await.unwrap().unwrap();
    assert_eq!(doubtful, item);
    test.store.settle_doubt(item, true).await.unwrap();
    assert!(!test.store.fax(item).await.unwrap().is_gone);
    assert_eq!(test.store.next_doubtful().await.unwrap(), None);
    test.store.forget_voicemail(item).await.unwrap();
    assert!(test.store.fax(item).await.is_err());
}
