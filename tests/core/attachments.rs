//! Files: fetched when wanted, once; whole or not at all; readable without network from then on.

use crate::office::{Office, stranger};
use domain::attachment::AttachmentKind;
use domain::ids::AttachmentId;
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::inbox::{ListFaxPages, ReadAttachment, ReadFaxPage, SaveAttachment};
use jiff::SignedDuration;
use simulator::media::DocumentFormat;
use simulator::{Effect, Fault};
use std::path::{Path, PathBuf};

async fn office_with_a_fax() -> (Office, AttachmentId) {
    office_with_a_fax_as(DocumentFormat::Pdf).await
}

async fn office_with_a_fax_as(format: DocumentFormat) -> (Office, AttachmentId) {
    let office = Office::open().await;
    office.receive_fax_as(stranger(3), format);
    office.read_fax_elsewhere();
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    let faxes = office.items(InboxTab::Fax).await;
    let file = faxes[0]
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::FaxDocument)
        .unwrap();
    assert!(!file.is_cached);
    let id = file.id;
    (office, id)
}

fn cached_files(office: &Office) -> Vec<PathBuf> {
    let folder = office.store_file().parent().unwrap().join("files");
    list(&folder)
}

fn list(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_fax_is_fetched_once_and_opens_without_network_afterwards() {
    let (mut office, id) = office_with_a_fax().await;
    office.control.clear_requests();
    let (first, second) = tokio::join!(
        office.board.read_attachment(ReadAttachment { id }),
        office.board.read_attachment(ReadAttachment { id })
    );
    let bytes = first.unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert_eq!(second.unwrap(), bytes);
    assert_eq!(office.asked("readMessageContent"), 1);
    assert!(
        office.items(InboxTab::Fax).await[0]
            .attachments
            .iter()
            .any(|file| file.is_cached)
    );

    office.kill_and_reopen_without_network().await;
    assert_eq!(
        office.board.read_attachment(ReadAttachment { id }).await.unwrap(),
        bytes
    );
}

#[tokio::test]
async fn a_download_that_breaks_is_taken_up_where_it_broke() {
    let (office, id) = office_with_a_fax().await;
    office.control.add_fault(Fault::once(
        "readMessageContent",
        Effect::CutBody { after_bytes: 1000 },
    ));
    let bytes = office.board.read_attachment(ReadAttachment { id }).await.unwrap();
    assert!(bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    office.assert_faults_met();
}

#[tokio::test]
async fn what_cannot_be_fetched_is_no_file_says_why_and_is_gone_on_with_later() {
    let (office, id) = office_with_a_fax().await;
    office
        .control
        .add_fault(Fault::once("readMessageContent", Effect::CutBody { after_bytes: 1000 }).times(9));
    let error = office
        .board
        .read_attachment(ReadAttachment { id })
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::Offline);
    let left = cached_files(&office);
    assert!(!left.is_empty());
    for file in left {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.ends_with(".part") || name.ends_with(".part.json"), "{name}");
    }
    office.control.clear_faults();
    assert!(
        office
            .board
            .read_attachment(ReadAttachment { id })
            .await
            .unwrap()
            .starts_with(b"%PDF")
    );
    let resumed = office
        .control
        .requests()
        .iter()
        .any(|request| request.status == 206);
    assert!(resumed, "it was fetched from its beginning");
    assert_eq!(cached_files(&office).len(), 1);
}

#[tokio::test]
async fn a_file_that_somebody_tidied_away_is_fetched_again() {
    let (office, id) = office_with_a_fax().await;
    let bytes = office.board.read_attachment(ReadAttachment { id }).await.unwrap();
    for file in cached_files(&office) {
        std::fs::remove_file(file).unwrap();
    }
    assert_eq!(
        office.board.read_attachment(ReadAttachment { id }).await.unwrap(),
        bytes
    );
}

#[tokio::test]
async fn saving_twice_makes_two_files_and_overwrites_none() {
    let (office, id) = office_with_a_fax().await;
    let first = office
        .board
        .save_attachment(SaveAttachment { id })
        .await
        .unwrap()
        .path;
    std::fs::write(&first, b"notes of mine").unwrap();
    let second = office
        .board
        .save_attachment(SaveAttachment { id })
        .await
        .unwrap()
        .path;
    assert_ne!(first, second);
    assert_eq!(std::fs::read(&first).unwrap(), b"notes of mine");
    assert!(std::fs::read(&second).unwrap().starts_with(b"%PDF"));
    let downloads = office.config().downloads_folder;
    assert!(
        [&first, &second]
            .iter()
            .all(|path| Path::new(path).parent() == Some(&downloads))
    );
}

#[tokio::test]
async fn a_deleted_message_takes_its_file_along() {
    let (mut office, id) = office_with_a_fax().await;
    office.board.read_attachment(ReadAttachment { id }).await.unwrap();
    assert_eq!(cached_files(&office).len(), 1);
    office.world(|world| {
        let alive = simulator::world::message_store::MessageQuery::alive(crate::office::ADA);
        let id = world.messages(&alive).records[0].id;
        world.delete_message(crate::office::ADA, id, true).unwrap();
    });
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    office.kill_and_reopen().await;
    office.board.tidy_up().await.unwrap();
    assert!(cached_files(&office).is_empty());
}

#[tokio::test]
async fn the_pages_of_a_fax_are_drawn_whether_it_came_as_pdf_or_as_tiff() {
    for format in [DocumentFormat::Pdf, DocumentFormat::Tiff] {
        let (office, id) = office_with_a_fax_as(format).await;
        let pages = office.board.list_fax_pages(ListFaxPages { id }).await.unwrap();
        assert_eq!(pages.len(), 2, "{format:?}");
        for (index, page) in (0..).zip(&pages) {
            assert!(page.height > page.width, "{format:?} {page:?}");
            let request = ReadFaxPage {
                id,
                index,
                width_px: 400,
            };
            let picture = office.board.read_fax_page(request).await.unwrap();
            assert!(picture.starts_with(b"\x89PNG"), "{format:?}");
            // A page with writing on it is no small file, an empty one is.
            assert!(picture.len() > 2_000, "{format:?}: {} bytes", picture.len());
        }
        let beyond = ReadFaxPage {
            id,
            index: 2,
            width_px: 400,
        };
        assert!(office.board.read_fax_page(beyond).await.is_err());
    }
}
