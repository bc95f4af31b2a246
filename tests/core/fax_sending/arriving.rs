//! What was made ready here arrives there, as it was dropped.

use super::*;

#[tokio::test]
async fn what_arrives_is_what_was_dropped_byte_for_byte_in_the_chosen_order() {
    let office = Office::ready().await;
    let (plan, photo, letter) = (pdf(3, 70_000), png(), b"Dear Maria,\n\nas agreed.\n".to_vec());
    let draft = office.new_fax(&[maria(), stranger(1)]).await;
    let files = [
        ("Plan A&B.pdf", plan.clone()),
        ("Site.png", photo.clone()),
        ("Letter.txt", letter.clone()),
    ];
    let draft = office.drop_files(&draft, &files).await;
    let mut pages: Vec<PageChoice> = draft
        .pages
        .iter()
        .map(|page| PageChoice {
            file: page.file,
            index: page.index,
            quarter_turns: 0,
        })
        .collect();
    pages.rotate_left(3);
    let request = SetFaxPages {
        draft: draft.id,
        pages,
    };
    office.board.set_fax_pages(request).await.unwrap();
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let faxed = office.faxed();
    let files: Vec<_> = faxed[0]
        .files
        .iter()
        .map(|file| (file.name.as_deref().unwrap(), file.sha256.as_str()))
        .collect();
    let (photo, letter, plan) = (sha256(&photo), sha256(&letter), sha256(&plan));
    assert_eq!(
        files,
        [
            ("Site.png", photo.as_str()),
            ("Letter.txt", letter.as_str()),
            ("Plan A_B.pdf", plan.as_str())
        ]
    );
    let fax = faxed[0].fax.as_ref().unwrap();
    assert_eq!((fax.cover_index, fax.note.as_deref()), (0, None));
    assert!(
        faxed
            .iter()
            .flat_map(LedgerEntry::reached)
            .any(|number| number == stranger(1))
    );
    assert_eq!(office.faxes().await, []);
    assert_eq!(state(&office.fax_items().await[0]), DeliveryState::Sent);
    office.assert_faults_met();
}

fn png() -> Vec<u8> {
    let picture = image::GrayImage::from_fn(60, 80, |x, y| image::Luma([u8::try_from(x + y).unwrap()]));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[tokio::test]
async fn both_kinds_of_cover_sheet_arrive() {
    let office = Office::ready().await;
    let options = office.board.get_fax_options(GetFaxOptions {}).await.unwrap();
    assert!(options.blocked.is_none() && options.cover_sheets.len() > 3);
    assert!(options.cover_sheets.iter().all(|sheet| sheet.index > 0));
    let quote = pdf(1, 2_000);
    for sheet in [CoverSheet::Own, CoverSheet::RingCentral { index: 7 }] {
        let draft = office.new_fax(&[maria()]).await;
        let draft = office.drop_files(&draft, &[("Quote.pdf", quote.clone())]).await;
        let cover = Cover {
            sheet,
            note: "As agreed on the phone".to_owned(),
            subject: "Quote 4711".to_owned(),
        };
        let request = SetFaxCover {
            draft: draft.id,
            cover,
        };
        office.board.set_fax_cover(request).await.unwrap();
        let check = office
            .board
            .check_fax(CheckFax { draft: draft.id })
            .await
            .unwrap();
        assert_eq!(
            (check.missing.len(), check.problems.len(), check.page_count),
            (0, 0, Some(2)),
            "{check:?}"
        );
        office.send_fax(&draft).await;
        office.empty_outbox().await;
        office.let_faxes_arrive().await;
    }
    let faxed = office.faxed();
    let names = |entry: &LedgerEntry| -> Vec<String> {
        entry
            .files
            .iter()
            .map(|file| file.name.clone().unwrap())
            .collect()
    };
    assert_eq!(names(&faxed[0]), ["Cover sheet.pdf", "Quote.pdf"]);
    assert_eq!(names(&faxed[1]), ["Quote.pdf"]);
    let fax = |entry: &LedgerEntry| entry.fax.clone().unwrap();
    assert_eq!((fax(&faxed[0]).cover_index, fax(&faxed[0]).note), (0, None));
    let note = Some("As agreed on the phone".to_owned());
    assert_eq!((fax(&faxed[1]).cover_index, fax(&faxed[1]).note), (7, note));
    assert!(
        faxed
            .iter()
            .all(|entry| entry.files.last().unwrap().sha256 == sha256(&quote))
    );
}

#[tokio::test]
async fn a_fax_can_be_taken_back_before_it_leaves_and_is_a_draft_again() {
    let office = Office::ready().await;
    let id = office.fax_maria().await;
    assert_eq!(office.step_outbox().await, Some(SignedDuration::from_secs(5)));
    assert_eq!(office.faxes().await.len(), 1);
    let draft = office.board.take_back_fax(TakeBackFax { id }).await.unwrap();
    assert_eq!((draft.to.len(), draft.pages.len()), (1, 1));
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed(), []);
    assert_eq!(
        office.board.list_fax_drafts(ListFaxDrafts {}).await.unwrap(),
        [draft]
    );
}

#[tokio::test]
async fn a_fax_is_answered_to_the_number_that_it_came_from() {
    let office = Office::ready().await;
    office.miss_call(maria());
    office.synchronise().await;
    let item = office.items(InboxTab::Missed).await.remove(0).id;
    let request = NewFax {
        to: Vec::new(),
        reply_to: Some(item),
        forward: None,
    };
    let draft = office.board.new_fax(request).await.unwrap();
    let numbers: Vec<_> = draft
        .to
        .iter()
        .map(|one| one.number.e164.clone().unwrap().to_string())
        .collect();
    assert_eq!(numbers, [maria().to_string()]);
}

#[tokio::test]
async fn without_the_permission_nothing_is_sent() {
    let office = Office::ready().await;
    office
        .control
        .deny_user_permissions(crate::office::ADA, &["OutboundFaxes"]);
    let options = office.board.get_fax_options(GetFaxOptions {}).await.unwrap();
    assert!(options.blocked.unwrap().contains("administrator"));
    let draft = office.new_fax(&[maria()]).await;
    let draft = office.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
    assert!(office.board.send_fax(SendFax { draft: draft.id }).await.is_err());
}
