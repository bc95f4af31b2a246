use super::super::testing::*;
use super::super::*;
use domain::contact::NumberLabel;
use domain::inbox::InboxTab;
use domain::settings::{Settings, Theme};

#[tokio::test]
async fn settings_are_the_defaults_until_they_are_stored() {
    let test = TestStore::new().await;
    assert_eq!(test.store.settings().await.unwrap(), Settings::default());
    let chosen = Settings {
        theme: Theme::Dark,
        polling_only: true,
        ..Settings::default()
    };
    test.store.save_settings(&chosen).await.unwrap();
    assert_eq!(test.store.settings().await.unwrap(), chosen);
}

#[tokio::test]
async fn another_home_country_reads_every_number_anew() {
    let test = TestStore::new().await;
    // Written as at home in Germany; in America it is no number.
    crate::contacts::sources::take_over(
        &test.store,
        domain::contact::ContactSource::AddressBook,
        &crate::contacts::sources::SourceUpdate {
            entries: vec![crate::contacts::sources::SourceContact {
                remote_id: "1".to_owned(),
                kind: domain::contact::ContactKind::External,
                first_name: "Jörg".to_owned(),
                last_name: "Klein".to_owned(),
                company: String::new(),
                job_title: String::new(),
                notes: String::new(),
                department: None,
                extension: None,
                numbers: vec![domain::contact::NumberDraft {
                    label: NumberLabel::Work,
                    number: "030 901820".to_owned(),
                }],
                emails: Vec::new(),
            }],
            ..crate::contacts::sources::SourceUpdate::new(Page::empty(SyncScope::ADDRESS_BOOK, at(0)))
        },
    )
    .await
    .unwrap();
    test.apply(vec![missed("1", "+4930901820", 0)]).await;
    assert_eq!(test.tab(InboxTab::All).await[0].party.contact, None);

    test.store.set_account_country("DE").await.unwrap();
    let item = test.tab(InboxTab::All).await.remove(0);
    assert_eq!(item.party.label, "Jörg Klein");
    assert_eq!(item.party.number.unwrap().formatted, "030 901820");

    // A person's own choice goes before the account's country, and is kept.
    test.store
        .save_settings(&Settings {
            home_country: Some("US".to_owned()),
            ..Settings::default()
        })
        .await
        .unwrap();
    assert_eq!(test.tab(InboxTab::All).await[0].party.contact, None);
    test.store.set_account_country("FR").await.unwrap();
    assert_eq!(test.store.numbering(), crate::numbers::NumberingPlan::default());
    let file = test.store.file().to_owned();
    test.store.close().await;
    let again = Store::open(file, test.clock.clone(), crate::change_feed::ChangeFeed::new())
        .await
        .unwrap();
    assert_eq!(again.numbering(), crate::numbers::NumberingPlan::default());
}
