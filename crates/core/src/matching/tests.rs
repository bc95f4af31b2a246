use super::*;
use crate::contacts;
use crate::store::testing::*;
use domain::inbox::InboxTab;

async fn add(test: &TestStore, name: &str, label: NumberLabel, number: &str) -> ContactId {
    contacts::add(&test.store, &draft(name, "", &[(label, number)]))
        .await
        .unwrap()
        .contact
        .id
}

#[tokio::test]
async fn a_known_number_is_explained_by_its_label() {
    let test = TestStore::new().await;
    let maria = add(&test, "Maria", NumberLabel::Mobile, MARIA).await;
    let found = identify(&test.store, &party("5105550147")).await.unwrap();
    assert_eq!(found.party.label, "Maria");
    assert_eq!(found.explanation.sentence, "Mobile of Maria");
    assert_eq!(found.subject, Some(Subject::Contact(maria)));
}

#[tokio::test]
async fn a_personal_number_goes_before_a_shared_one() {
    let test = TestStore::new().await;
    add(&test, "Reception", NumberLabel::Main, MARIA).await;
    add(&test, "Maria", NumberLabel::Mobile, MARIA).await;
    add(&test, "Faxmachine", NumberLabel::Fax, MARIA).await;
    let found = identify(&test.store, &party(MARIA)).await.unwrap();
    assert_eq!(
        found.explanation.sentence,
        "Mobile of Maria; also matches 2 others"
    );
    let names: Vec<_> = found
        .explanation
        .candidates
        .iter()
        .map(|c| c.contact.name.as_str())
        .collect();
    assert_eq!(names, ["Maria", "Reception", "Faxmachine"]);
}

#[tokio::test]
async fn a_choice_is_remembered_and_links_the_history_anew() {
    let test = TestStore::new().await;
    add(&test, "Maria", NumberLabel::Mobile, MARIA).await;
    let mario = add(&test, "Mario", NumberLabel::Home, MARIA).await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Maria");
    choose(&test.store, "(510) 555-0147", mario).await.unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.label, "Mario");
    let explanation = explain(&test.store, ids[0]).await.unwrap();
    assert_eq!(
        explanation.sentence,
        "You chose Mario for this number; also matches 1 other"
    );
    // What arrives later follows the choice as well.
    test.apply(vec![missed("2", MARIA, 5)]).await;
    assert!(
        test.tab(InboxTab::All)
            .await
            .iter()
            .all(|item| item.party.label == "Mario")
    );
}

#[tokio::test]
async fn somebody_without_the_number_cannot_be_chosen_for_it() {
    let test = TestStore::new().await;
    let ben = add(&test, "Ben", NumberLabel::Mobile, BEN).await;
    assert!(matches!(
        choose(&test.store, MARIA, ben).await,
        Err(StoreError::NotFound { .. })
    ));
}

#[tokio::test]
async fn what_matches_nobody_says_why() {
    let test = TestStore::new().await;
    for (number, reason) in [
        (MARIA, NoMatchReason::UnknownNumber),
        ("anonymous", NoMatchReason::Withheld),
        ("74545", NoMatchReason::ShortNumber),
        ("+1855201XXXX", NoMatchReason::Malformed),
    ] {
        // Not even somebody whose number is written the same way.
        let facts = crate::store::ContactFacts::new(ContactKind::External);
        let mut facts = crate::store::ContactFacts {
            first_name: "X".to_owned(),
            ..facts
        };
        if reason != NoMatchReason::UnknownNumber {
            facts.add_number(NumberFacts::read(
                NumberLabel::Mobile,
                number,
                test.store.numbering(),
            ));
        }
        let write = crate::store::ContactWrite::Add(facts);
        test.store
            .write_contacts(vec![write], Default::default())
            .await
            .unwrap();
        let found = identify(&test.store, &party(number)).await.unwrap();
        assert_eq!(found.explanation.no_match, Some(reason), "{number}");
        assert_eq!(found.party.contact, None, "{number}");
    }
}

#[tokio::test]
async fn the_name_that_the_network_sends_is_no_match() {
    let test = TestStore::new().await;
    add(&test, "Maria", NumberLabel::Mobile, BEN).await;
    let record = PartyRecord {
        name: Some("Maria".to_owned()),
        ..party(MARIA)
    };
    let found = identify(&test.store, &record).await.unwrap();
    assert_eq!(found.party.contact, None);
    assert_eq!(found.party.label, "(510) 555-0147");
    assert_eq!(found.party.caller_id_name.as_deref(), Some("Maria"));
}

#[test]
fn long_groups_are_counted() {
    let party = |label: &str| Party {
        label: label.to_owned(),
        number: None,
        caller_id_name: None,
        contact: None,
    };
    let group: Vec<Party> = ["Ana", "Ben", "Cleo", "Dan", "Eve"].map(party).to_vec();
    assert_eq!(group_label(&group[..2]), "Ana, Ben");
    assert_eq!(group_label(&group), "Ana, Ben, Cleo and 2 more");
}
