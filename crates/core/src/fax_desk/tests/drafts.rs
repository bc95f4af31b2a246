//! Drafts in a store, with documents in a folder.

use crate::attachments::Attachments;
use crate::error::CoreError;
use crate::fax_desk::pdf::{Book, Font, Sheet};
use crate::fax_desk::{Beginning, FaxDesk};
use crate::outbox::Uploads;
use crate::store::testing::TestStore;
use crate::store::{FaxJob, Job, Urgency};
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::fax::{Cover, CoverSheet, FaxDraft, FaxFileKind, FaxResolution, PageChoice};
use domain::ids::FaxDraftId;
use domain::session::SignedIn;
use jiff::SignedDuration;
use std::path::PathBuf;
use tempfile::TempDir;

pub(super) struct Bench {
    pub(super) test: TestStore,
    pub(super) desk: FaxDesk,
    pub(super) folder: TempDir,
}

impl Bench {
    pub(super) async fn new() -> Self {
        let test = TestStore::new().await;
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&test, &folder);
        Self { test, desk, folder }
    }

    pub(super) async fn begin(&self) -> FaxDraftId {
        let beginning = Beginning {
            to: vec!["(510) 555-0147".to_owned()],
            ..Beginning::default()
        };
        self.desk.begin(None, &beginning).await.unwrap().id
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(super) async fn add(&self, id: FaxDraftId, name: &str, content: &[u8]) -> FaxDraft {
        self.desk
            .add_files(id, vec![self.file(name, content)])
            .await
            .unwrap()
    }

    /// What waits in the outbox.
    pub(super) async fn job(&self) -> FaxJob {
        let now = self.test.clock.now() + SignedDuration::from_mins(1);
        let due = self.test.store.due_jobs(Urgency::Upload, now).await.unwrap();
        match due.into_iter().next().unwrap().job {
            Job::Fax(fax) => fax,
            other => panic!("{other:?}"),
        }
    }

    fn kept(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("outgoing")).map_or(0, Iterator::count)
    }
}

fn desk(test: &TestStore, folder: &TempDir) -> FaxDesk {
    let sender = SignedIn {
        name: "Ada Park".to_owned(),
        extension: "101".to_owned(),
        company: "Bay Rebar".to_owned(),
        direct_number: Some("(510) 555-0100".to_owned()),
        is_demo: false,
        server: String::new(),
    };
    FaxDesk::new(
        test.store.clone(),
        Attachments::new(test.store.clone(), folder.path().join("files")),
        folder.path().join("outgoing"),
        sender,
        Uploads::default(),
    )
}

fn pdf(pages: usize) -> Vec<u8> {
    let mut book = Book::new();
    for page in 0..pages {
        let mut sheet = Sheet::default();
        for line in 0..20_u8 {
            let y = 100.0 + f32::from(line) * 20.0;
            sheet.write(
                (72.0, y),
                12.0,
                Font::Plain,
                &format!("Page {page}, words to be read"),
            );
        }
        book.add_sheet(sheet);
    }
    book.finish().unwrap()
}

#[tokio::test]
async fn a_draft_keeps_its_documents_when_the_originals_vanish_and_the_program_ends() {
    let mut bench = Bench::new().await;
    let id = bench.begin().await;
    let draft = bench.add(id, "Plan.pdf", &pdf(2)).await;
    assert_eq!((draft.files.len(), draft.pages.len()), (1, 2));
    std::fs::remove_file(bench.folder.path().join("Plan.pdf")).unwrap();
    bench.desk = desk(&bench.test, &bench.folder);
    let drafts = bench.desk.drafts().await.unwrap();
    assert_eq!(drafts, std::slice::from_ref(&draft));
    let drawn = bench.desk.draw_page(id, draft.files[0].id, 1, 200).await.unwrap();
    assert!(drawn.starts_with(b"\x89PNG"));
    bench.desk.sweep().await.unwrap();
    assert_eq!(bench.kept(), 1, "a draft's document is needed");
    bench.desk.discard_draft(id).await.unwrap();
    assert_eq!(bench.kept(), 0);
    assert!(matches!(
        bench.desk.draft(id).await,
        Err(CoreError::NotFound { .. })
    ));
}

#[tokio::test]
async fn numbers_are_read_however_they_are_written_and_each_goes_once() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let written = ["+1 510 555 0147", "510.555.0147", "(415) 555-0199"].map(str::to_owned);
    let draft = bench.desk.set_recipients(id, &written).await.unwrap();
    let numbers: Vec<_> = draft
        .to
        .iter()
        .map(|one| one.number.e164.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(numbers, ["+15105550147", "+14155550199"]);
    let wrong = ["(415) 555-0199", "call Bob"].map(str::to_owned);
    let error = bench
        .desk
        .set_recipients(id, &wrong)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("“call Bob”"), "{error}");
    assert_eq!(bench.desk.draft(id).await.unwrap(), draft, "nothing is lost");
}

#[tokio::test]
async fn fax_numbers_of_contacts_are_suggested_first() {
    let bench = Bench::new().await;
    let number = |label, number: &str| NumberDraft {
        label,
        number: number.to_owned(),
    };
    let maria = ContactDraft {
        first_name: "Maria".to_owned(),
        last_name: "Lopez".to_owned(),
        numbers: vec![
            number(NumberLabel::Mobile, "(510) 555-0147"),
            number(NumberLabel::Fax, "(510) 555-0148"),
        ],
        ..ContactDraft::default()
    };
    crate::contacts::add(&bench.test.store, &maria).await.unwrap();
    let suggested = bench.desk.suggest("mar").await.unwrap();
    let shown: Vec<_> = suggested
        .iter()
        .map(|one| (one.number.formatted.as_str(), one.is_fax_number))
        .collect();
    assert_eq!(shown, [("(510) 555-0148", true), ("(510) 555-0147", false)]);
    let typed = bench.desk.suggest("4155550199").await.unwrap();
    assert_eq!(typed[0].number.formatted, "(415) 555-0199");
}

#[tokio::test]
async fn what_cannot_be_sent_is_added_with_the_reason_and_loses_nothing_else() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let locked = b"%PDF-1.4\n1 0 obj<</Encrypt 5 0 R>>".to_vec();
    let files = vec![
        bench.file("Empty.pdf", b""),
        bench.file("Broken.pdf", b"%PDF-1.7 nothing more"),
        bench.file("Locked.pdf", &locked),
        bench.file("Program.exe", b"MZ\0\0\0\x01\x02\x03"),
        bench.folder.path().to_path_buf(),
        bench.folder.path().join("vanished.pdf"),
        bench.file("Letter.txt", b"Dear Sirs"),
        bench.file("Bid.docx", b"PK\x03\x04..."),
    ];
    let draft = bench.desk.add_files(id, files).await.unwrap();
    let faults: Vec<_> = draft
        .files
        .iter()
        .map(|file| file.fault.as_deref().unwrap_or_default())
        .collect();
    for (fault, words) in faults.iter().zip([
        "is empty",
        "is damaged",
        "protected with a password",
        "a kind that RingCentral does not take",
        "is a folder",
        "could not be read",
        "",
        "",
    ]) {
        assert!(
            fault.contains(words) && (words.is_empty() == fault.is_empty()),
            "{fault}"
        );
    }
    assert_eq!(draft.pages.len(), 2);
    assert_eq!(draft.files[6].kind, FaxFileKind::Text);
    assert_eq!(
        (draft.files[7].kind, draft.files[7].page_count),
        (FaxFileKind::ConvertedByRingCentral, None)
    );
    let check = bench.desk.check(None, id).await.unwrap();
    assert_eq!(check.problems.len(), 6, "{:?}", check.problems);
    assert_eq!((check.page_count, check.minutes), (None, None));
    let refused = bench.desk.send(None, id).await.unwrap_err().to_string();
    assert!(refused.contains("Empty.pdf"), "{refused}");
}

#[tokio::test]
async fn a_large_file_is_not_copied() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let path = bench.file("Large.pdf", b"");
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(51 * 1024 * 1024).unwrap();
    let draft = bench.desk.add_files(id, vec![path]).await.unwrap();
    assert!(draft.files[0].fault.as_ref().unwrap().contains("50 MB"));
    assert_eq!(bench.kept(), 0);
}

#[tokio::test]
async fn what_is_sent_is_what_was_dropped_unless_pages_were_chosen() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let dropped = pdf(3);
    let draft = bench.add(id, "Plan A&B.pdf", &dropped).await;
    let written = bench.desk.send(None, id).await.unwrap();
    let job = bench.job().await;
    let sent = std::fs::read(bench.folder.path().join("outgoing").join(&job.files[0].file)).unwrap();
    assert!(sent == dropped && job.files.len() == 1);
    assert_eq!((job.title.as_str(), job.page_count), ("Plan A&B.pdf", Some(3)));
    assert!(matches!(
        bench.desk.draft(id).await,
        Err(CoreError::NotFound { .. })
    ));
    assert!(bench.desk.send(None, id).await.is_err(), "it is sent once");

    assert_eq!(bench.desk.take_back(written.id).await.unwrap(), draft);
    let file = draft.files[0].id;
    let choice = |index, quarter_turns| PageChoice {
        file,
        index,
        quarter_turns,
    };
    bench
        .desk
        .set_pages(id, &[choice(2, 0), choice(0, 1)])
        .await
        .unwrap();
    assert!(bench.desk.set_pages(id, &[choice(3, 0)]).await.is_err());
    bench.desk.send(None, id).await.unwrap();
    let job = bench.job().await;
    let made = std::fs::read(bench.folder.path().join("outgoing").join(&job.files[0].file)).unwrap();
    let sizes = crate::fax::pages(made).await.unwrap();
    assert_eq!(
        sizes.iter().map(|page| page.width).collect::<Vec<_>>(),
        [612, 792]
    );
}

#[tokio::test]
async fn our_own_cover_sheet_goes_first_and_ringcentrals_by_its_number() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    bench.add(id, "Letter.txt", b"Dear Sirs").await;
    let cover = Cover {
        sheet: CoverSheet::Own,
        note: "A long note.\n".repeat(78),
        subject: "Quote 4711".to_owned(),
    };
    bench.desk.set_cover(id, &cover).await.unwrap();
    assert!(
        bench
            .desk
            .draw_cover(None, id, 300)
            .await
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    let written = bench.desk.send(None, id).await.unwrap();
    let job = bench.job().await;
    let names: Vec<_> = job.files.iter().map(|file| file.file_name.as_str()).collect();
    assert_eq!(names, ["Cover sheet.pdf", "Letter.txt"]);
    assert_eq!(
        (job.cover_index, job.page_count),
        (0, Some(4)),
        "the note takes three pages"
    );

    bench.desk.take_back(written.id).await.unwrap();
    let cover = Cover {
        sheet: CoverSheet::RingCentral { index: 7 },
        note: "As agreed".to_owned(),
        ..Cover::default()
    };
    bench.desk.set_cover(id, &cover).await.unwrap();
    assert!(
        bench
            .desk
            .draw_cover(None, id, 300)
            .await
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    bench.desk.send(None, id).await.unwrap();
    let job = bench.job().await;
    assert_eq!(
        (job.cover_index, job.cover_note.as_deref(), job.files.len()),
        (7, Some("As agreed"), 1)
    );
    let long = Cover {
        note: "x".repeat(1_025),
        ..cover
    };
    assert!(bench.desk.set_cover(bench.begin().await, &long).await.is_err());
}

#[tokio::test]
async fn everything_that_could_be_wrong_is_said_before_sending() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    bench.desk.set_recipients(id, &[]).await.unwrap();
    let check = bench.desk.check(None, id).await.unwrap();
    assert_eq!((check.missing.len(), check.problems.len()), (2, 0), "{check:?}");
    bench.add(id, "Plan #1.pdf", &pdf(199)).await;
    let blank = {
        let mut book = Book::new();
        book.add_sheet(Sheet::default());
        book.finish().unwrap()
    };
    let draft = bench.add(id, "Blank.pdf", &blank).await;
    let cover = Cover {
        sheet: CoverSheet::Own,
        note: "東京".to_owned(),
        ..Cover::default()
    };
    bench.desk.set_cover(id, &cover).await.unwrap();
    let check = bench.desk.check(None, id).await.unwrap();
    assert!(
        check.problems.iter().any(|words| words.contains("201 pages")),
        "{:?}",
        check.problems
    );
    assert_eq!(check.page_count, Some(201));
    assert_eq!(
        check.size_bytes,
        draft.files.iter().map(|file| file.size_bytes).sum::<u64>()
    );
    let hints: Vec<_> = check.hints.iter().map(|hint| hint.words.as_str()).collect();
    assert!(
        hints.iter().any(|words| words.contains("“Plan _1.pdf”")),
        "{hints:?}"
    );
    assert!(hints.iter().any(|words| words.contains("“京”")), "{hints:?}");
    let passed = bench.test.clock.now() - SignedDuration::from_secs(1);
    let sending = bench.desk.set_sending(id, FaxResolution::Low, Some(passed)).await;
    assert!(sending.unwrap_err().to_string().contains("passed"));
}

#[tokio::test]
async fn an_empty_page_is_named() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let mut book = Book::new();
    book.add_sheet(Sheet::default());
    bench
        .add(
            id,
            "Letter.txt",
            b"Dear Sirs,\n\nhere is the plan that you asked for.\n",
        )
        .await;
    bench.add(id, "Blank.pdf", &book.finish().unwrap()).await;
    let hints = bench.desk.check(None, id).await.unwrap().hints;
    assert_eq!(hints.len(), 1, "{hints:?}");
    assert_eq!(
        (hints[0].page, hints[0].words.as_str()),
        (Some(1), "This page is empty.")
    );
}

#[tokio::test]
async fn a_failed_fax_can_be_edited_and_its_documents_stay_until_then() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    bench.add(id, "Plan.pdf", &pdf(1)).await;
    let row = bench.desk.send(None, id).await.unwrap().id;
    let store = &bench.test.store;
    let now = bench.test.clock.now();
    assert!(store.begin_job(row, now, now).await.unwrap());
    let refusal = crate::store::Refusal {
        code: None,
        words: "It was refused.".to_owned(),
        can_retry: true,
    };
    store.job_refused(row, &refusal).await.unwrap();
    bench.desk.sweep().await.unwrap();
    assert_eq!(bench.kept(), 1);
    assert_eq!(bench.desk.outgoing().await.unwrap().len(), 1);
    assert_eq!(bench.desk.edit(row).await.unwrap().id, id);
    assert_eq!(bench.desk.outgoing().await.unwrap().len(), 0);
    let again = bench.desk.send(None, id).await.unwrap().id;
    assert_ne!(again, row);
    store.begin_job(again, now, now).await.unwrap();
    store.job_refused(again, &refusal).await.unwrap();
    bench.desk.discard(again).await.unwrap();
    bench.desk.restore(again).await.unwrap();
    assert_eq!(bench.desk.retry(again).await.unwrap().id, again);
    store.begin_job(again, now, now).await.unwrap();
    store.job_refused(again, &refusal).await.unwrap();
    bench.desk.discard(again).await.unwrap();
    bench.desk.sweep().await.unwrap();
    assert_eq!(bench.kept(), 0, "nobody wants it back");
}
