use super::*;
use crate::contacts;
use crate::store::testing::*;
use crate::store::{Change, SyncScope, SyncToken};
use domain::contact::{ContactDraft, NumberLabel};
use domain::inbox::InboxTab;

fn entry(id: &str, first: &str, numbers: &[&str]) -> SourceContact {
    SourceContact {
        remote_id: id.to_owned(),
        kind: ContactKind::External,
        first_name: first.to_owned(),
        last_name: String::new(),
        company: String::new(),
        job_title: String::new(),
        notes: String::new(),
        department: None,
        extension: None,
        numbers: numbers
            .iter()
            .map(|number| NumberDraft {
                label: NumberLabel::Mobile,
                number: (*number).to_owned(),
            })
            .collect(),
        emails: Vec::new(),
    }
}

fn nothing_said() -> SourceUpdate {
    SourceUpdate::new(Page::empty(SyncScope::ADDRESS_BOOK, at(0)))
}

async fn take(test: &TestStore, entries: Vec<SourceContact>, is_complete: bool) -> TakenOver {
    let update = SourceUpdate {
        entries,
        is_complete,
        ..nothing_said()
    };
    take_over(&test.store, ContactSource::AddressBook, &update)
        .await
        .unwrap()
}

async fn names(test: &TestStore) -> Vec<String> {
    let page = contacts::list(&test.store, "", 0, 100).await.unwrap();
    page.contacts.into_iter().map(|contact| contact.name).collect()
}

#[tokio::test]
async fn entries_become_contacts_and_the_same_again_changes_nothing() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", MARIA, 0)]).await;
    let entries = vec![entry("1", "Maria", &[MARIA]), entry("2", "Ben", &[BEN])];
    assert_eq!(
        take(&test, entries.clone(), true).await,
        TakenOver {
            added: 2,
            ..TakenOver::default()
        }
    );
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Maria");
    let mut listener = test.store.changes().listen();
    assert_eq!(take(&test, entries, true).await, TakenOver::default());
    assert_eq!(listener.try_next(), None);
}

#[tokio::test]
async fn what_a_person_changed_here_stays_and_what_the_source_changed_arrives() {
    let test = TestStore::new().await;
    take(&test, vec![entry("1", "Maria", &[MARIA])], true).await;
    let id = contacts::list(&test.store, "", 0, 1).await.unwrap().contacts[0].id;
    let edited = ContactDraft {
        company: "Gomez Steel".to_owned(),
        ..draft(
            "Mary",
            "",
            &[(NumberLabel::Mobile, MARIA), (NumberLabel::Home, BEN)],
        )
    };
    contacts::update(&test.store, id, &edited).await.unwrap();

    let mut changed = entry("1", "Maria", &[MARIA_AT_WORK]);
    changed.job_title = "Owner".to_owned();
    assert_eq!(take(&test, vec![changed], true).await.changed, 1);
    let contact = contacts::get(&test.store, id).await.unwrap();
    assert_eq!(
        (contact.first_name.as_str(), contact.company.as_deref()),
        ("Mary", Some("Gomez Steel"))
    );
    assert_eq!(contact.job_title.as_deref(), Some("Owner"));
    let numbers: Vec<_> = contact
        .numbers
        .iter()
        .filter_map(|n| n.number.e164.as_ref())
        .map(|n| n.as_str())
        .collect();
    assert_eq!(numbers, [BEN, MARIA_AT_WORK]);
}

#[tokio::test]
async fn entries_that_are_gone_go_unless_somebody_else_knows_them() {
    let test = TestStore::new().await;
    take(
        &test,
        vec![entry("1", "Maria", &[MARIA]), entry("2", "Ben", &[BEN])],
        true,
    )
    .await;
    let ben = contacts::list(&test.store, "ben", 0, 1).await.unwrap().contacts[0].id;
    contacts::update(&test.store, ben, &draft("Ben", "Ito", &[]))
        .await
        .unwrap();
    let gone = take(&test, Vec::new(), true).await;
    assert_eq!((gone.removed, gone.changed), (1, 1));
    assert_eq!(names(&test).await, ["Ben Ito"]);
}

#[tokio::test]
async fn a_partial_answer_removes_only_what_it_names() {
    let test = TestStore::new().await;
    take(
        &test,
        vec![entry("1", "Maria", &[MARIA]), entry("2", "Ben", &[BEN])],
        true,
    )
    .await;
    assert_eq!(take(&test, vec![entry("3", "Cleo", &[])], false).await.removed, 0);
    let update = SourceUpdate {
        deleted: vec!["1".to_owned()],
        ..nothing_said()
    };
    take_over(&test.store, ContactSource::AddressBook, &update)
        .await
        .unwrap();
    assert_eq!(names(&test).await, ["Ben", "Cleo"]);
}

#[tokio::test]
async fn what_a_person_removed_stays_removed_until_it_is_taken_back() {
    let test = TestStore::new().await;
    let entries = vec![entry("1", "Maria", &[MARIA])];
    take(&test, entries.clone(), true).await;
    let id = contacts::list(&test.store, "", 0, 1).await.unwrap().contacts[0].id;
    let removed = contacts::delete(&test.store, &[id]).await.unwrap();
    assert_eq!(take(&test, entries.clone(), true).await, TakenOver::default());
    assert!(names(&test).await.is_empty());
    test.store.undo(&removed.token).await.unwrap();
    assert_eq!(take(&test, entries, true).await, TakenOver::default());
    assert_eq!(names(&test).await, ["Maria"]);
}

#[tokio::test]
async fn somebody_known_is_joined_and_not_doubled() {
    let test = TestStore::new().await;
    contacts::add(&test.store, &draft("maria", "", &[(NumberLabel::Work, MARIA)]))
        .await
        .unwrap();
    let taken = take(&test, vec![entry("1", "Maria", &[MARIA, MARIA_AT_WORK])], true).await;
    assert_eq!((taken.added, taken.changed), (0, 1));
    let contact = contacts::list(&test.store, "", 0, 10)
        .await
        .unwrap()
        .contacts
        .remove(0);
    assert_eq!(contact.numbers.len(), 2);
    assert_eq!(
        contact.sources,
        [ContactSource::AddressBook, ContactSource::Manual]
    );
    // The same number under another name is somebody else.
    assert_eq!(
        take(
            &test,
            vec![entry("1", "Maria", &[MARIA]), entry("2", "Mario", &[MARIA])],
            true
        )
        .await
        .added,
        1
    );
}

#[tokio::test]
async fn a_colleague_who_left_is_no_longer_a_team_member() {
    let test = TestStore::new().await;
    let colleague = SourceContact {
        kind: ContactKind::TeamMember,
        extension: Some("104".to_owned()),
        ..entry("9", "Ana", &[MARIA])
    };
    let update = SourceUpdate {
        entries: vec![colleague],
        is_complete: true,
        ..nothing_said()
    };
    take_over(&test.store, ContactSource::Directory, &update)
        .await
        .unwrap();
    let id = contacts::list(&test.store, "104", 0, 1).await.unwrap().contacts[0].id;
    contacts::update(
        &test.store,
        id,
        &draft("Ana", "Ruiz", &[(NumberLabel::Mobile, MARIA)]),
    )
    .await
    .unwrap();
    let nobody = SourceUpdate {
        is_complete: true,
        ..nothing_said()
    };
    take_over(&test.store, ContactSource::Directory, &nobody)
        .await
        .unwrap();
    let contact = contacts::get(&test.store, id).await.unwrap();
    assert_eq!((contact.kind, contact.extension), (ContactKind::External, None));
}

#[tokio::test]
async fn the_token_of_a_source_is_stored_with_its_contacts_or_not_at_all() {
    let test = TestStore::new().await;
    let token = |token: &str| SourceUpdate {
        entries: vec![entry("1", "Maria", &[MARIA])],
        page: Page {
            token: Some(SyncToken(token.to_owned())),
            ..nothing_said().page
        },
        ..nothing_said()
    };
    let held = async || {
        test.store
            .sync_state(&SyncScope::ADDRESS_BOOK)
            .await
            .unwrap()
            .token
    };
    // The contact cannot be written: the token must not say that it was.
    test.refuse_writes_to("contacts").await;
    let refused = take_over(&test.store, ContactSource::AddressBook, &token("first")).await;
    assert!(refused.is_err());
    assert_eq!(held().await, None);
    test.allow_writes().await;
    // The token cannot be written: the contact would come again.
    test.refuse_writes_to("sync_state").await;
    let refused = take_over(&test.store, ContactSource::AddressBook, &token("first")).await;
    assert!(refused.is_err());
    assert!(names(&test).await.is_empty());
    test.allow_writes().await;

    take_over(&test.store, ContactSource::AddressBook, &token("first"))
        .await
        .unwrap();
    assert_eq!(held().await, Some(SyncToken("first".to_owned())));
    assert_eq!(names(&test).await, ["Maria"]);
    // What changes nothing has a token all the same.
    take_over(&test.store, ContactSource::AddressBook, &token("second"))
        .await
        .unwrap();
    assert_eq!(held().await, Some(SyncToken("second".to_owned())));
}

#[tokio::test]
async fn an_entry_that_can_be_read_at_last_is_no_longer_counted_as_set_aside() {
    let test = TestStore::new().await;
    let unreadable = SourceUpdate::new(Page {
        changes: vec![Change::SetAside {
            remote_id: "1".to_owned(),
            reason: "firstName".to_owned(),
            raw: "{}".to_owned(),
        }],
        ..nothing_said().page
    });
    take_over(&test.store, ContactSource::AddressBook, &unreadable)
        .await
        .unwrap();
    assert_eq!(test.store.set_aside_count().await.unwrap(), 1);
    take(&test, vec![entry("1", "Maria", &[MARIA])], false).await;
    assert_eq!(test.store.set_aside_count().await.unwrap(), 0);
}
