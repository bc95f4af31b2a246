use super::*;
use crate::contacts;
use crate::store::testing::*;
use domain::contact::NumberLabel;
use domain::import::ColumnTarget as Target;
use domain::inbox::InboxTab;
use proptest::prelude::*;

async fn previewed(test: &TestStore, text: &str) -> ImportPreview {
    preview(&test.store, ImportFormat::Csv, text.as_bytes().to_vec(), None)
        .await
        .unwrap()
}

async fn imported(test: &TestStore, text: &str) -> ImportReport {
    import(&test.store, ImportFormat::Csv, text.as_bytes().to_vec(), None)
        .await
        .unwrap()
}

async fn cards(test: &TestStore, text: &str) -> ImportPreview {
    preview(&test.store, ImportFormat::VCard, text.as_bytes().to_vec(), None)
        .await
        .unwrap()
}

#[tokio::test]
async fn every_usual_delimiter_is_recognised() {
    let test = TestStore::new().await;
    for delimiter in [',', ';', '\t'] {
        let file = "First Name|Last Name|Mobile Phone|E-mail Address|Notes\n\
                    Maria|Lopez|(510) 555-0147|maria@example.com|\"likes , and ; and tabs\"\n\
                    Ben|Ito|+12125550123|ben@example.com|\n";
        let file = file.replace('|', &delimiter.to_string());
        let preview = previewed(&test, &file).await;
        let targets: Vec<_> = preview.columns.iter().map(|column| column.target).collect();
        assert_eq!(
            targets,
            [
                Target::FirstName,
                Target::LastName,
                Target::Mobile,
                Target::Email,
                Target::Notes
            ]
        );
        assert_eq!(
            (preview.adds, preview.merges, preview.skips),
            (2, 0, 0),
            "{delimiter:?}"
        );
        assert_eq!(preview.rows[0].draft.notes, "likes , and ; and tabs");
        assert_eq!(preview.rows[0].position, 2);
        assert_eq!(preview.columns[0].samples, ["Maria", "Ben"]);
    }
}

#[tokio::test]
async fn a_spreadsheets_own_note_of_its_delimiter_is_obeyed() {
    let test = TestStore::new().await;
    let preview = previewed(&test, "sep=;\r\nName;Phone\r\nLopez, Maria;='+15105550147\r\n").await;
    assert_eq!(preview.columns.len(), 2);
    assert_eq!(
        (
            preview.rows[0].draft.first_name.as_str(),
            preview.rows[0].draft.last_name.as_str()
        ),
        ("Maria", "Lopez")
    );
}

#[tokio::test]
async fn a_file_without_headers_is_read_by_its_values() {
    let test = TestStore::new().await;
    let preview = previewed(
        &test,
        "Maria,+15105550147,maria@example.com\nBen,+12125550123,ben@example.com\n",
    )
    .await;
    let targets: Vec<_> = preview.columns.iter().map(|column| column.target).collect();
    assert_eq!(targets, [Target::Ignore, Target::OtherNumber, Target::Email]);
    assert_eq!(preview.adds, 2);
    let mapping = Some(vec![Target::FullName, Target::Mobile, Target::Email]);
    let bytes = b"Maria,+15105550147,maria@example.com\n".to_vec();
    let chosen = super::preview(&test.store, ImportFormat::Csv, bytes, mapping)
        .await
        .unwrap();
    assert_eq!(chosen.rows[0].draft.first_name, "Maria");
    assert_eq!(chosen.rows[0].draft.numbers[0].label, NumberLabel::Mobile);
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_is_refused() {
    let test = TestStore::new().await;
    let bytes = b"Name,Phone\nMaria,+15105550147\n".to_vec();
    let error = super::preview(
        &test.store,
        ImportFormat::Csv,
        bytes,
        Some(vec![Target::FullName]),
    )
    .await
    .unwrap_err();
    assert!(error.to_string().contains("2 columns"), "{error}");
    let empty = super::preview(&test.store, ImportFormat::Csv, Vec::new(), None)
        .await
        .unwrap_err();
    assert_eq!(empty.to_string(), "The file is empty.");
    assert!(decode_content("not base64 !").is_err());
    assert_eq!(decode_content("TWFyaWE=").unwrap(), b"Maria");
}

#[tokio::test]
async fn what_cannot_be_matched_is_imported_with_a_warning() {
    let test = TestStore::new().await;
    let preview = previewed(
        &test,
        "Name,Phone\nMaria,555\nBen,1.51056E+10\nCleo,+15105550147\n,\n",
    )
    .await;
    let warned: Vec<bool> = preview.rows.iter().map(|row| !row.warnings.is_empty()).collect();
    assert_eq!(warned, [true, true, false]);
    assert!(preview.rows[1].warnings[0].contains("rounded"));
    assert_eq!(preview.adds, 3);
}

#[tokio::test]
async fn rows_that_hold_nothing_say_so() {
    let test = TestStore::new().await;
    let preview = previewed(&test, "Name,Phone,Customer no.\n,,4711\nMaria,+15105550147,1\n").await;
    assert_eq!((preview.adds, preview.skips), (1, 1));
    let ImportAction::Skip { reason } = &preview.rows[0].action else {
        panic!()
    };
    assert_eq!(reason, "There is no name, number or email in it.");
}

#[tokio::test]
async fn an_import_does_what_its_preview_said_and_can_be_taken_back() {
    let test = TestStore::new().await;
    contacts::add(
        &test.store,
        &draft("Maria", "Lopez", &[(NumberLabel::Mobile, MARIA)]),
    )
    .await
    .unwrap();
    test.apply(vec![missed("1", BEN, 0), missed("2", MARIA_AT_WORK, 5)])
        .await;
    let file = "Name,Phone,Email,Company\n\
                Maria Lopez,+15105550147;+14155550199,maria@example.com,Gomez Steel\n\
                Ben Ito,+12125550123,,\n\
                Ben Ito,+12125550123,ben@example.com,\n\
                Ben Ito,+12125550123,,\n";
    let preview = previewed(&test, file).await;
    assert_eq!((preview.adds, preview.merges, preview.skips), (1, 1, 2));
    let report = imported(&test, file).await;
    assert_eq!(
        (report.added, report.merged, report.skipped, report.linked),
        (1, 1, 2, 2)
    );

    let page = contacts::list(&test.store, "", 0, 10).await.unwrap();
    assert_eq!(page.total, 2);
    assert_eq!(page.contacts[0].emails, ["ben@example.com"]);
    let maria = &page.contacts[1];
    assert_eq!(
        (maria.numbers.len(), maria.company.as_deref()),
        (2, Some("Gomez Steel"))
    );
    assert_eq!(maria.sources, [ContactSource::Csv, ContactSource::Manual]);
    assert_eq!(
        test.tab(InboxTab::All)
            .await
            .iter()
            .filter(|item| item.party.contact.is_some())
            .count(),
        2
    );

    test.store.undo(&report.undo).await.unwrap();
    let page = contacts::list(&test.store, "", 0, 10).await.unwrap();
    assert_eq!((page.total, page.contacts[0].numbers.len()), (1, 1));
    assert!(
        test.tab(InboxTab::All)
            .await
            .iter()
            .all(|item| item.party.contact.is_none())
    );
}

#[tokio::test]
async fn importing_the_same_file_again_changes_nothing() {
    let test = TestStore::new().await;
    let file = "Name,Phone\nMaria Lopez,+15105550147\n";
    imported(&test, file).await;
    let again = imported(&test, file).await;
    assert_eq!((again.added, again.merged, again.skipped), (0, 0, 1));
    let other = imported(&test, "Name,Phone\nMario Lopez,+15105550147\n").await;
    assert_eq!(other.added, 1);
}

#[tokio::test]
async fn a_whole_company_behind_one_number_is_compared_in_no_time() {
    let test = TestStore::new().await;
    let mut text = String::from("Name,Main,Notes\n");
    for n in 0..20_000 {
        text.push_str(&format!("Person {n},(415) 555-0199,\n"));
    }
    text.push_str("person 7,415 555 0199,Knows concrete\n");
    let began = std::time::Instant::now();
    let preview = previewed(&test, &text).await;
    assert_eq!((preview.adds, preview.skips), (20_000, 1));
    // Each with each would be two hundred million comparisons, minutes even on a fast computer.
    assert!(
        began.elapsed() < std::time::Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_text_with_a_zero_byte_is_read_whole() {
    let test = TestStore::new().await;
    imported(
        &test,
        "Name,Company,Mobile\nAn\0na Ruiz,Rebar\0 Works,(415) 555-0199\n",
    )
    .await;
    let contact = contacts::list(&test.store, "", 0, 1)
        .await
        .unwrap()
        .contacts
        .remove(0);
    assert_eq!(
        (contact.name.as_str(), contact.company.as_deref()),
        ("Anna Ruiz", Some("Rebar Works"))
    );
}

#[tokio::test]
async fn cards_of_every_version_are_read() {
    let test = TestStore::new().await;
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n\
                TEL;CELL:+49 171 1234567\r\nTEL;WORK;FAX:+49 30 901820\r\nEND:VCARD\r\n\
                BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maria Lopez\r\nN:Lopez;Maria;;;\r\nORG:Gomez Steel;Sales\r\n\
                TITLE:Owner\r\nitem1.TEL;TYPE=WORK,VOICE:(415) 555-0199\r\nEMAIL;TYPE=INTERNET:maria@example.com\r\n\
                CATEGORIES:supplier,steel\r\nNOTE:Long note that is\r\n  folded\r\nEND:VCARD\r\n\
                BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Gomez Steel\r\nORG:Gomez Steel\r\n\
                TEL;VALUE=uri;TYPE=main:tel:+1-510-555-0147;ext=12\r\nEND:VCARD\r\n";
    let preview = cards(&test, file).await;
    assert_eq!(preview.adds, 3);
    let drafts: Vec<_> = preview.rows.iter().map(|row| &row.draft).collect();
    assert_eq!(
        (drafts[0].first_name.as_str(), drafts[0].last_name.as_str()),
        ("Jörg", "Müller")
    );
    let labels: Vec<_> = drafts[0].numbers.iter().map(|number| number.label).collect();
    assert_eq!(labels, [NumberLabel::Mobile, NumberLabel::Fax]);
    assert_eq!(drafts[1].company, "Gomez Steel, Sales");
    assert_eq!(drafts[1].tags, ["supplier", "steel"]);
    assert_eq!(drafts[1].notes, "Long note that is folded");
    assert_eq!(drafts[1].numbers[0].label, NumberLabel::Work);
    assert_eq!(
        (drafts[2].first_name.as_str(), drafts[2].company.as_str()),
        ("", "Gomez Steel")
    );
    assert_eq!(drafts[2].numbers[0].label, NumberLabel::Main);
    assert!(
        preview.rows.iter().all(|row| row.warnings.is_empty()),
        "{:?}",
        preview.rows
    );
}

#[tokio::test]
async fn a_cut_off_card_is_named_and_the_others_are_read() {
    let test = TestStore::new().await;
    let preview = cards(
        &test,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Maria Lopez\nEND:VCARD\n\nBEGIN:VCARD\nVERSION:3.0\nFN:Ben\n",
    )
    .await;
    assert_eq!((preview.adds, preview.skips), (1, 1));
    let error = super::preview(&test.store, ImportFormat::VCard, b"hello".to_vec(), None)
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(error, "The file holds no vCard.");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_the_import_fail_badly(bytes in proptest::collection::vec(any::<u8>(), 0..400), is_csv in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let test = TestStore::new().await;
            let format = if is_csv { ImportFormat::Csv } else { ImportFormat::VCard };
            match super::preview(&test.store, format, bytes.clone(), None).await {
                Err(ContactError::Invalid(_)) => Ok(()),
                Err(other) => Err(TestCaseError::fail(other.to_string())),
                Ok(preview) => {
                    let report = import(&test.store, format, bytes, None).await.unwrap();
                    prop_assert_eq!((report.added, report.skipped), (preview.adds, preview.skips));
                    Ok(())
                }
            }
        })?;
    }
}
