use super::*;
use crate::matching;
use crate::store::testing::*;
use domain::contact::NumberDraft;
use domain::inbox::InboxTab;
use domain::matching::MatchReason;

async fn add(test: &TestStore, first: &str, last: &str, numbers: &[(NumberLabel, &str)]) -> ContactId {
    super::add(&test.store, &draft(first, last, numbers))
        .await
        .unwrap()
        .contact
        .id
}

#[tokio::test]
async fn adding_a_contact_names_its_history() {
    let test = TestStore::new().await;
    test.apply(vec![
        missed("1", MARIA, 0),
        missed("2", MARIA, 5),
        missed("3", BEN, 6),
    ])
    .await;
    let saved = super::add(
        &test.store,
        &draft("Maria", "Lopez", &[(NumberLabel::Mobile, "510 555 0147")]),
    )
    .await
    .unwrap();
    assert_eq!(saved.linked, 2);
    assert_eq!(saved.undo.words, "Maria Lopez added");
    assert_eq!(saved.contact.numbers[0].number.formatted, "(510) 555-0147");
    assert_eq!(saved.contact.sources, [ContactSource::Manual]);
    assert_eq!(
        test.tab(InboxTab::Calls)
            .await
            .iter()
            .filter(|item| item.party.contact.is_some())
            .count(),
        2
    );
}

#[tokio::test]
async fn an_empty_form_and_a_number_that_is_none_are_refused() {
    let test = TestStore::new().await;
    for draft in [
        draft("", " ", &[]),
        draft("Maria", "", &[(NumberLabel::Mobile, "hello")]),
        draft(
            "Maria",
            "",
            &[(NumberLabel::Work, MARIA), (NumberLabel::Mobile, "+1 510")],
        ),
    ] {
        let error = super::add(&test.store, &draft).await.unwrap_err();
        assert!(matches!(error, ContactError::Invalid(_)), "{error}");
        assert!(!error.to_string().contains("510"));
    }
    assert_eq!(list(&test.store, "", 0, 10).await.unwrap().total, 0);
}

#[tokio::test]
async fn taking_a_number_away_takes_its_history_away() {
    let test = TestStore::new().await;
    let id = add(&test, "Maria", "", &[(NumberLabel::Mobile, MARIA)]).await;
    test.apply(vec![missed("1", MARIA, 0)]).await;
    let saved = update(
        &test.store,
        id,
        &draft("Maria", "", &[(NumberLabel::Mobile, BEN)]),
    )
    .await
    .unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.contact, None);
    test.store.undo(&saved.undo.token).await.unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Maria");
}

#[tokio::test]
async fn undo_comes_too_late_after_another_change() {
    let test = TestStore::new().await;
    let id = add(&test, "Maria", "", &[]).await;
    let first = update(&test.store, id, &draft("Marie", "", &[])).await.unwrap();
    update(&test.store, id, &draft("Mary", "", &[])).await.unwrap();
    let error = test.store.undo(&first.undo.token).await.unwrap_err();
    assert!(matches!(error, StoreError::TooLate));
    assert_eq!(get(&test.store, id).await.unwrap().name, "Mary");
}

#[tokio::test]
async fn merging_keeps_everything_and_can_be_taken_back() {
    let test = TestStore::new().await;
    let keep = add(&test, "Maria", "Lopez", &[(NumberLabel::Mobile, MARIA)]).await;
    let mut other = draft(
        "M.",
        "Lopez",
        &[(NumberLabel::Work, MARIA_AT_WORK), (NumberLabel::Home, MARIA)],
    );
    other.company = "Gomez Steel".to_owned();
    other.notes = "Prefers texts".to_owned();
    let absorb = super::add(&test.store, &other).await.unwrap().contact.id;
    test.apply(vec![missed("1", MARIA_AT_WORK, 0)]).await;

    let merged = merge(&test.store, keep, absorb).await.unwrap();
    assert_eq!(merged.contact.name, "Maria Lopez");
    assert_eq!(merged.contact.company.as_deref(), Some("Gomez Steel"));
    assert_eq!(merged.contact.notes, "Prefers texts");
    assert_eq!(merged.contact.numbers.len(), 2);
    assert_eq!(
        test.tab(InboxTab::All).await[0]
            .party
            .contact
            .as_ref()
            .map(|c| c.id),
        Some(keep)
    );
    assert!(get(&test.store, absorb).await.is_err());

    test.store.undo(&merged.undo.token).await.unwrap();
    assert_eq!(get(&test.store, absorb).await.unwrap().numbers.len(), 2);
    assert_eq!(get(&test.store, keep).await.unwrap().numbers.len(), 1);
    assert_eq!(
        test.tab(InboxTab::All).await[0]
            .party
            .contact
            .as_ref()
            .map(|c| c.id),
        Some(absorb)
    );
    assert!(matches!(
        merge(&test.store, keep, keep).await,
        Err(ContactError::Invalid(_))
    ));
}

#[tokio::test]
async fn a_choice_survives_a_merge_and_its_undo() {
    let test = TestStore::new().await;
    let other = add(&test, "Reception", "", &[(NumberLabel::Mobile, MARIA)]).await;
    let keep = add(&test, "Maria", "Lopez", &[]).await;
    let absorb = add(&test, "Maria", "L.", &[(NumberLabel::Home, MARIA)]).await;
    matching::choose(&test.store, MARIA, absorb).await.unwrap();
    let merged = merge(&test.store, keep, absorb).await.unwrap();
    let best =
        |candidates: Vec<domain::matching::MatchCandidate>| (candidates[0].contact.id, candidates[0].reason);
    let candidates = test.store.match_candidates(Some(MARIA), None).await.unwrap();
    assert_eq!(best(candidates), (keep, MatchReason::RememberedChoice));
    test.store.undo(&merged.undo.token).await.unwrap();
    let candidates = test.store.match_candidates(Some(MARIA), None).await.unwrap();
    assert_eq!(best(candidates), (absorb, MatchReason::RememberedChoice));
    assert!(get(&test.store, other).await.is_ok());
}

#[tokio::test]
async fn deleting_keeps_the_history_under_its_number() {
    let test = TestStore::new().await;
    let id = add(&test, "Maria", "", &[(NumberLabel::Mobile, MARIA)]).await;
    test.apply(vec![missed("1", MARIA, 0), missed("2", MARIA, 5)])
        .await;
    let removed = delete(&test.store, &[id]).await.unwrap();
    assert_eq!(removed.words, "Maria removed");
    let listed = test.tab(InboxTab::All).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].party.label, "(510) 555-0147");
    assert!(listed[0].is_owed);
    test.store.undo(&removed.token).await.unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Maria");
    assert!(delete(&test.store, &[ContactId(99)]).await.is_err());
}

#[tokio::test]
async fn an_attached_number_is_this_contacts_even_if_others_have_it() {
    let test = TestStore::new().await;
    add(&test, "Reception", "", &[(NumberLabel::Mobile, MARIA)]).await;
    let ben = add(&test, "Ben", "", &[]).await;
    test.apply(vec![missed("1", MARIA, 0)]).await;
    attach_number(&test.store, ben, MARIA, NumberLabel::Other)
        .await
        .unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Ben");
    for nothing in ["anonymous", "74545", "+1855201XXXX"] {
        let error = attach_number(&test.store, ben, nothing, NumberLabel::Other)
            .await
            .unwrap_err();
        assert!(matches!(error, ContactError::Invalid(_)));
    }
}

#[tokio::test]
async fn taking_an_attachment_back_gives_the_number_to_whom_it_was_chosen_for_before() {
    let test = TestStore::new().await;
    let reception = add(&test, "Reception", "", &[(NumberLabel::Main, MARIA)]).await;
    add(&test, "Lobby", "", &[(NumberLabel::Mobile, MARIA)]).await;
    let ben = add(&test, "Ben", "", &[]).await;
    test.apply(vec![missed("1", MARIA, 0)]).await;
    matching::choose(&test.store, MARIA, reception).await.unwrap();
    let attached = attach_number(&test.store, ben, MARIA, NumberLabel::Other)
        .await
        .unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Ben");
    test.store.undo(&attached.undo.token).await.unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Reception");

    // Where nothing was chosen before, nothing is chosen afterwards.
    let attached = attach_number(&test.store, ben, MARIA_AT_WORK, NumberLabel::Other)
        .await
        .unwrap();
    test.store.undo(&attached.undo.token).await.unwrap();
    add(&test, "Cleo", "", &[(NumberLabel::Mobile, MARIA_AT_WORK)]).await;
    let candidates = test
        .store
        .match_candidates(Some(MARIA_AT_WORK), None)
        .await
        .unwrap();
    assert_eq!(candidates[0].reason, MatchReason::SameNumber);
}

#[tokio::test]
async fn contacts_are_listed_by_name_and_filtered() {
    let test = TestStore::new().await;
    for (first, last, number) in [
        ("Émile", "Zola", "+12125550101"),
        ("emma", "Adams", "+12125550102"),
        ("Zoe", "", "+13105550103"),
    ] {
        add(&test, first, last, &[(NumberLabel::Mobile, number)]).await;
    }
    let names = |page: ContactPage| {
        page.contacts
            .into_iter()
            .map(|contact| contact.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(list(&test.store, "", 0, 10).await.unwrap()),
        ["Émile Zola", "emma Adams", "Zoe"]
    );
    assert_eq!(names(list(&test.store, "", 1, 1).await.unwrap()), ["emma Adams"]);
    let filtered = list(&test.store, "em", 0, 1).await.unwrap();
    assert_eq!((filtered.total, filtered.contacts.len()), (2, 1));
    assert_eq!(names(list(&test.store, "310 555", 0, 10).await.unwrap()), ["Zoe"]);
    assert_eq!(
        names(list(&test.store, "zol emi", 0, 10).await.unwrap()),
        ["Émile Zola"]
    );
    assert_eq!(list(&test.store, "!!!", 0, 10).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_contact_without_a_name_goes_by_its_company_or_number() {
    let test = TestStore::new().await;
    let company = ContactDraft {
        company: "Gomez Steel".to_owned(),
        ..ContactDraft::default()
    };
    assert_eq!(
        super::add(&test.store, &company).await.unwrap().contact.name,
        "Gomez Steel"
    );
    let number = ContactDraft {
        numbers: vec![NumberDraft {
            label: NumberLabel::Other,
            number: "510-555-0147".to_owned(),
        }],
        ..ContactDraft::default()
    };
    assert_eq!(
        super::add(&test.store, &number).await.unwrap().contact.name,
        "510-555-0147"
    );
}
