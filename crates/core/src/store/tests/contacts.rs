use super::super::testing::*;
use super::super::*;
use crate::contacts;
use domain::communication::Direction;
use domain::contact::{ContactKind, NumberLabel};
use domain::inbox::{InboxTab, Subject};

fn facts(name: &str, label: NumberLabel, number: &str) -> ContactFacts {
    let mut facts = ContactFacts {
        first_name: name.to_owned(),
        ..ContactFacts::new(ContactKind::External)
    };
    facts.add_number(NumberFacts::read(label, number, Default::default()));
    facts
}

#[tokio::test]
async fn a_change_based_on_an_old_reading_is_refused() {
    let test = TestStore::new().await;
    let added = contacts::add(&test.store, &draft("Maria", "", &[]))
        .await
        .unwrap()
        .contact
        .id;
    let held = test.store.contact(added).await.unwrap();
    contacts::update(&test.store, added, &draft("Marie", "", &[]))
        .await
        .unwrap();
    let write = ContactWrite::Replace {
        id: added,
        based_on: held.revision,
        facts: held.facts,
    };
    let error = test
        .store
        .write_contacts(vec![write], ContactWriteOptions::default())
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::ChangedMeanwhile));
    assert_eq!(test.store.contact(added).await.unwrap().facts.first_name, "Marie");
}

#[tokio::test]
async fn of_several_writes_all_or_none_happen() {
    let test = TestStore::new().await;
    let writes = vec![
        ContactWrite::Add(facts("Maria", NumberLabel::Mobile, MARIA)),
        ContactWrite::Remove {
            id: domain::ids::ContactId(99),
            based_on: 1,
        },
    ];
    let error = test
        .store
        .write_contacts(writes, ContactWriteOptions::default())
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::NotFound { .. }));
    assert_eq!(contacts::list(&test.store, "", 0, 10).await.unwrap().total, 0);
}

#[tokio::test]
async fn relinking_a_contact_touches_only_its_numbers() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", MARIA, 0), missed("2", BEN, 1)]).await;
    let mut listener = test.store.changes().listen();
    let saved = contacts::add(&test.store, &draft("Maria", "", &[(NumberLabel::Mobile, MARIA)]))
        .await
        .unwrap();
    assert_eq!(saved.linked, 1);
    assert_eq!(
        listener.try_next(),
        Some(domain::event::CoreEvent::ContactsChanged {
            ids: vec![saved.contact.id]
        })
    );
    let Some(domain::event::CoreEvent::CommunicationsChanged { ids }) = listener.try_next() else {
        panic!()
    };
    assert_eq!(ids.len(), 1);
    assert_eq!(listener.try_next(), None);
}

#[tokio::test]
async fn the_timeline_of_a_contact_holds_all_its_numbers() {
    let test = TestStore::new().await;
    let numbers = [(NumberLabel::Mobile, MARIA), (NumberLabel::Work, MARIA_AT_WORK)];
    let id = contacts::add(&test.store, &draft("Maria", "", &numbers))
        .await
        .unwrap()
        .contact
        .id;
    let ids = test
        .apply(vec![
            missed("1", MARIA, 0),
            called("2", MARIA_AT_WORK, 5),
            missed("3", BEN, 6),
            missed("4", MARIA, 7),
        ])
        .await;
    let newest = test.store.timeline(&Subject::Contact(id), None, 2).await.unwrap();
    let shown: Vec<_> = newest.items.iter().map(|item| item.id).collect();
    assert_eq!(shown, [ids[1], ids[3]]);
    let earlier = test
        .store
        .timeline(&Subject::Contact(id), newest.earlier.as_ref(), 2)
        .await
        .unwrap();
    assert_eq!(earlier.items[0].id, ids[0]);
    assert_eq!(earlier.earlier, None);
}

fn group_text(id: &str, minutes: i64, numbers: &[&str]) -> Change {
    let mut record = text(id, "g", numbers[0], minutes, Direction::Inbound, "Lunch?");
    record.body = MessageBody::Text {
        conversation_id: Some("g".into()),
        text: "Lunch?".to_owned(),
        state: domain::communication::DeliveryState::Received,
        participants: numbers.iter().map(|number| party(number)).collect(),
    };
    Change::UpsertMessage(record)
}

#[tokio::test]
async fn the_timeline_of_a_person_holds_the_group_texts_they_take_part_in_each_once() {
    let test = TestStore::new().await;
    // Maria is in the group with both of her numbers.
    let everyone = [BEN, MARIA, MARIA_AT_WORK];
    let ids = test
        .apply(vec![
            missed("1", MARIA, 0),
            group_text("2", 5, &everyone),
            missed("3", BEN, 6),
            group_text("4", 7, &everyone),
            called("5", MARIA, 8),
        ])
        .await;
    let numbers = [(NumberLabel::Mobile, MARIA), (NumberLabel::Work, MARIA_AT_WORK)];
    let maria = contacts::add(&test.store, &draft("Maria", "", &numbers))
        .await
        .unwrap();
    let of_maria = Subject::Contact(maria.contact.id);
    let of_ben = Subject::Number(domain::phone_number::E164::new(BEN).unwrap());
    let shown = async |subject: &Subject, before: Option<&domain::inbox::Cursor>, limit| {
        let part = test.store.timeline(subject, before, limit).await.unwrap();
        let ids: Vec<_> = part.items.iter().map(|item| item.id).collect();
        (ids, part.earlier)
    };
    let (newest, earlier) = shown(&of_maria, None, 3).await;
    assert_eq!(newest, [ids[1], ids[3], ids[4]]);
    assert_eq!(shown(&of_maria, earlier.as_ref(), 3).await, (vec![ids[0]], None));
    assert_eq!(
        shown(&of_ben, None, 10).await,
        (vec![ids[1], ids[2], ids[3]], None)
    );

    // The server corrects when the text was written: it moves in everybody's history.
    test.apply(vec![group_text("2", 9, &everyone)]).await;
    let (moved, _) = shown(&of_maria, None, 10).await;
    assert_eq!(moved, [ids[0], ids[3], ids[4], ids[1]]);
    assert_eq!(shown(&of_maria, None, 1).await.0, [ids[1]]);
    let removed = contacts::delete(&test.store, &[maria.contact.id]).await.unwrap();
    assert!(shown(&of_maria, None, 10).await.0.is_empty());
    test.store.undo(&removed.token).await.unwrap();
    assert_eq!(shown(&of_maria, None, 10).await.0, moved);
}

#[tokio::test]
async fn removed_ids_are_never_given_again() {
    let test = TestStore::new().await;
    let first = contacts::add(&test.store, &draft("Maria", "", &[]))
        .await
        .unwrap()
        .contact
        .id;
    let removed = contacts::delete(&test.store, &[first]).await.unwrap();
    let second = contacts::add(&test.store, &draft("Ben", "", &[]))
        .await
        .unwrap()
        .contact
        .id;
    assert_ne!(first, second);
    test.store.undo(&removed.token).await.unwrap();
    assert_eq!(test.store.contact(first).await.unwrap().facts.first_name, "Maria");
    assert!(test.tab(InboxTab::All).await.is_empty());
}

#[tokio::test]
async fn many_contacts_are_written_in_batches() {
    let test = TestStore::new().await;
    let writes = (0..2500)
        .map(|n| {
            ContactWrite::Add(facts(
                &format!("Person {n:04}"),
                NumberLabel::Mobile,
                &format!("+1212555{n:04}"),
            ))
        })
        .collect();
    let written = test
        .store
        .write_contacts(writes, ContactWriteOptions::default())
        .await
        .unwrap();
    assert_eq!(written.ids.len(), 2500);
    let page = contacts::list(&test.store, "", 2400, 200).await.unwrap();
    assert_eq!((page.total, page.contacts.len()), (2500, 100));
    assert_eq!(page.contacts[0].name, "Person 2400");
    test.store.undo(&written.undo).await.unwrap();
    assert_eq!(contacts::list(&test.store, "", 0, 10).await.unwrap().total, 0);
}
