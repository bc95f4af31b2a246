use super::super::testing::*;
use super::super::*;
use crate::contacts;
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
