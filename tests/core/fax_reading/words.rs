//! The words of faxes, read by a program that pretends to be tesseract.

use super::{faxes, open};
use crate::office::{Office, stranger};
use domain::fax::FaxTextState;
use domain::ids::CommunicationId;
use domain::ipc::fax::{CancelFaxWords, ListFaxWords, ReadFaxWords};
use domain::ipc::inbox::Search;
use jiff::SignedDuration;
use simulator::media::DocumentFormat;
use std::path::{Path, PathBuf};
use switchboard_core::faxes::Step;

/// A program that answers as tesseract does. It says the same words of every page, as fast as it can.
fn pretender(folder: &Path, body: &str) -> PathBuf {
    let program = folder.join("pretender");
    std::fs::write(&program, format!("#!/bin/sh\n{body}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    program
}

const SAYS_REBAR: &str = r"cat > /dev/null; printf '5\t1\t1\t1\t1\t1\t170\t220\t340\t44\t96\tRebarwerk\n'";

async fn office_that_reads(body: &str) -> (Office, CommunicationId) {
    let mut office = Office::open().await;
    let program = pretender(office.folder.path(), body);
    office.use_tesseract(program).await;
    office.receive_fax_as(stranger(3), DocumentFormat::Pdf);
    office.synchronise().await;
    let id = faxes(&office).await[0].id;
    (office, id)
}

async fn text(office: &Office, id: CommunicationId) -> FaxTextState {
    open(office, id).await.unwrap().text
}

#[cfg(unix)]
#[tokio::test]
async fn the_words_of_a_fax_are_found_after_a_job_that_outlives_its_program() {
    let (mut office, id) = office_that_reads(SAYS_REBAR).await;
    assert_eq!(text(&office, id).await, FaxTextState::NotRead);
    office
        .board
        .read_fax_words(ReadFaxWords { item: id })
        .await
        .unwrap();
    let readings = office.board.readings().unwrap();
    assert_eq!(readings.step().await.unwrap(), Step::Page(id));
    assert_eq!(text(&office, id).await, FaxTextState::Reading { done: 1, of: 2 });
    let found = async |office: &Office| {
        let request = Search {
            query: "rebarwerk".to_owned(),
            limit: 10,
        };
        office.board.search(request).await.unwrap().communications.len()
    };
    assert_eq!(
        found(&office).await,
        1,
        "the first page while the second is still to be read"
    );

    office.kill_and_reopen().await;
    let readings = office.board.readings().unwrap();
    assert_eq!(
        readings.step().await.unwrap(),
        Step::Page(id),
        "the second page, not the first again"
    );
    assert_eq!(readings.step().await.unwrap(), Step::Read(id));
    assert!(matches!(readings.step().await.unwrap(), Step::Idle { .. }));

    let view = open(&office, id).await.unwrap();
    assert_eq!(view.text, FaxTextState::Read);
    let words = ListFaxWords {
        id: view.pages[0].attachment,
        index: 1,
    };
    let words = office.board.list_fax_words(words).await.unwrap();
    assert_eq!((words[0].text.as_str(), words[0].left > 0), ("Rebarwerk", true));
    assert_eq!(found(&office).await, 1);
    // What RingCentral says of the fax later takes its words from nobody.
    office.read_fax_elsewhere();
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    assert_eq!(found(&office).await, 1);
}

#[cfg(unix)]
#[tokio::test]
async fn reading_is_cancelled_in_the_middle_of_a_page() {
    let (office, id) = office_that_reads("exec sleep 600").await;
    office
        .board
        .read_fax_words(ReadFaxWords { item: id })
        .await
        .unwrap();
    let readings = office.board.readings().unwrap();
    let stepping = tokio::spawn(async move { readings.step().await });
    while !matches!(text(&office, id).await, FaxTextState::Reading { of: 2, .. }) {
        tokio::task::yield_now().await;
    }
    office
        .board
        .cancel_fax_words(CancelFaxWords { item: id })
        .await
        .unwrap();
    assert_eq!(stepping.await.unwrap().unwrap(), Step::Dropped(id));
    assert_eq!(text(&office, id).await, FaxTextState::NotRead);
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_fails_again_and_again_is_given_up_with_words() {
    let (office, id) = office_that_reads("exit 1").await;
    office
        .board
        .read_fax_words(ReadFaxWords { item: id })
        .await
        .unwrap();
    let readings = office.board.readings().unwrap();
    let mut waits = 0;
    while readings.step().await.unwrap() == Step::Waits(id) {
        waits += 1;
        office.pass(SignedDuration::from_mins(2));
    }
    assert_eq!(waits, 4);
    assert!(matches!(text(&office, id).await, FaxTextState::Failed { .. }));
}

#[tokio::test]
async fn without_tesseract_reading_is_not_possible_and_says_so() {
    let mut office = Office::open().await;
    office.use_tesseract(PathBuf::from("/nowhere/tesseract")).await;
    office.receive_fax_as(stranger(3), DocumentFormat::Pdf);
    office.synchronise().await;
    let id = faxes(&office).await[0].id;
    assert_eq!(text(&office, id).await, FaxTextState::NotPossible);
    let refused = office.board.read_fax_words(ReadFaxWords { item: id }).await;
    assert!(refused.unwrap_err().to_string().contains("not installed"));
}
