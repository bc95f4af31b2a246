//! Faxes made ready here arrive there, once and as they were dropped, and what becomes of them is seen here.

use crate::office::{Office, maria, stranger};
use domain::communication::{Body, Communication, DeliveryState};
use domain::fax::{Cover, CoverSheet, FaxDraft, FaxResolution, OutgoingFax, PageChoice};
use domain::ids::OutgoingId;
use domain::inbox::InboxTab;
use domain::ipc::fax::{
    CallBackFax, CancelFaxUpload, CheckFax, EditFax, GetFaxOptions, ListFaxDrafts, NewFax, ResendFax,
    RetryFax, SendFax, SetFaxCover, SetFaxPages, SetFaxSending, TakeBackFax,
};
use domain::ipc::texting::GetOutbox;
use domain::outgoing::OutgoingState;
use jiff::SignedDuration;
use lopdf::{Document, Object, Stream, dictionary};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};
use simulator::world::faxing::FaxErrorCode;
use simulator::world::number::E164;
use simulator::world::outbound::{LedgerEntry, LedgerKind};
use simulator::{Effect, Fault};
use std::pin::pin;
use std::task::Poll;
use switchboard_core::outbox::Step;
use switchboard_core::store::Urgency;

const FAX: &str = "POST /restapi/v1.0/account/*/extension/*/fax";

/// A PDF of so many empty pages that weighs so many bytes.
fn pdf(pages: u32, bytes: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let page = dictionary! {
                "Type" => "Page", "Parent" => root,
                "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            };
            document.add_object(page).into()
        })
        .collect();
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => i64::from(pages) };
    document.objects.insert(root, Object::Dictionary(tree));
    let mut weight = vec![0; bytes];
    ChaCha8Rng::seed_from_u64(u64::from(pages)).fill_bytes(&mut weight);
    document.add_object(Stream::new(dictionary! {}, weight).with_compression(false));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Office {
    async fn new_fax(&self, to: &[E164]) -> FaxDraft {
        let request = NewFax {
            to: to.iter().map(ToString::to_string).collect(),
            reply_to: None,
            forward: None,
        };
        self.board.new_fax(request).await.unwrap()
    }

    async fn drop_files(&self, draft: &FaxDraft, files: &[(&str, Vec<u8>)]) -> FaxDraft {
        let mut paths = Vec::new();
        for (name, content) in files {
            let path = self.folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            paths.push(path);
        }
        self.board.add_fax_files(draft.id, paths).await.unwrap()
    }

    async fn send_fax(&self, draft: &FaxDraft) -> OutgoingId {
        self.board.send_fax(SendFax { draft: draft.id }).await.unwrap().id
    }

    /// One page to Maria, on its way.
    async fn fax_maria(&self) -> OutgoingId {
        let draft = self.new_fax(&[maria()]).await;
        let draft = self.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
        self.send_fax(&draft).await
    }

    async fn faxes(&self) -> Vec<OutgoingFax> {
        self.board.get_outbox(GetOutbox {}).await.unwrap().faxes
    }

    /// The faxes that really left.
    fn faxed(&self) -> Vec<LedgerEntry> {
        let ledger = self.control.message_ledger();
        ledger
            .into_iter()
            .filter(|entry| entry.kind == LedgerKind::Fax)
            .collect()
    }

    /// RingCentral calls, and we hear of it.
    async fn let_faxes_arrive(&self) {
        self.pass(SignedDuration::from_mins(30));
        self.synchronise().await;
    }

    async fn fax_items(&self) -> Vec<Communication> {
        self.items(InboxTab::Fax).await
    }
}

fn state(item: &Communication) -> DeliveryState {
    match &item.body {
        Body::Fax { state, .. } => state.clone(),
        other => panic!("{other:?}"),
    }
}

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
async fn whatever_happens_to_the_request_the_fax_goes_out_once() {
    for (name, effect) in [
        ("the reply is lost", Effect::LoseReply),
        ("the request is lost", Effect::LoseRequest),
        ("the upload is cut", Effect::CutUpload { after_bytes: 500 }),
        ("the reply is cut", Effect::CutBody { after_bytes: 40 }),
        ("the reply is garbage", Effect::GarbageBody),
        (
            "it is done and said to have failed",
            Effect::FailAfter {
                status: 500,
                error_code: "CMN-203".to_owned(),
            },
        ),
        (
            "too many requests",
            Effect::RateLimited {
                retry_after_seconds: Some(30),
            },
        ),
        ("the token is expired", Effect::ExpireToken),
    ] {
        let office = Office::ready().await;
        office.control.add_fault(Fault::once(FAX, effect));
        office.fax_maria().await;
        office.empty_outbox().await;
        office.let_faxes_arrive().await;
        assert_eq!(office.faxed().len(), 1, "{name}");
        assert_eq!(office.faxes().await, [], "{name}");
        office.assert_faults_met();
    }
}

#[tokio::test]
async fn a_text_does_not_wait_for_the_limit_of_faxes() {
    let office = Office::ready().await;
    let limited = Effect::RateLimited {
        retry_after_seconds: Some(60),
    };
    office.control.add_fault(Fault::once(FAX, limited));
    office.fax_maria().await;
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    assert!(matches!(
        office.faxes().await[0].state,
        OutgoingState::Queued { .. }
    ));
    assert!(
        office
            .board
            .get_outbox(GetOutbox {})
            .await
            .unwrap()
            .held_up
            .is_some()
    );
    office.text_maria("Meanwhile").await;
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    assert_eq!(office.sent().len(), 1);
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed().len(), 1);
}

#[tokio::test]
async fn cut_at_fifty_random_points_of_the_upload_a_fax_goes_out_once() {
    let office = Office::ready().await;
    let document = pdf(2, 400_000);
    let mut dice = ChaCha8Rng::seed_from_u64(5);
    for round in 1..=50 {
        let after_bytes = dice.random_range(1..document.len() + 2_000);
        office
            .control
            .add_fault(Fault::once(FAX, Effect::CutUpload { after_bytes }));
        let draft = office.new_fax(&[maria()]).await;
        let draft = office.drop_files(&draft, &[("Plan.pdf", document.clone())]).await;
        office.send_fax(&draft).await;
        office.empty_outbox().await;
        office.pass(SignedDuration::from_mins(30));
        let faxed = office.faxed();
        assert_eq!(faxed.len(), round, "cut after {after_bytes} bytes");
        assert_eq!(faxed[round - 1].files[0].sha256, sha256(&document));
        office.synchronise().await;
        assert_eq!(office.faxes().await, []);
    }
    office.assert_faults_met();
}

#[tokio::test]
async fn killed_at_fifty_random_points_of_the_upload_a_fax_goes_out_once() {
    let mut office = Office::ready().await;
    let document = pdf(2, 400_000);
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    let mut longest = 200;
    let mut kills = 0;
    for round in 1..=50 {
        let draft = office.new_fax(&[maria()]).await;
        let draft = office.drop_files(&draft, &[("Plan.pdf", document.clone())]).await;
        office.send_fax(&draft).await;
        office.pass(SignedDuration::from_secs(6));
        {
            let outbox = office.board.outbox().unwrap();
            let mut sending = pin!(outbox.step(Urgency::Upload));
            let polls = dice.random_range(1..=longest);
            let mut left = polls;
            let was_killed = std::future::poll_fn(|context| {
                left -= 1;
                match sending.as_mut().poll(context) {
                    Poll::Ready(_) => Poll::Ready(false),
                    Poll::Pending if left == 0 => Poll::Ready(true),
                    Poll::Pending => Poll::Pending,
                }
            })
            .await;
            if was_killed {
                kills += 1;
            } else {
                // So many moments there are; those that follow lie between them.
                longest = (polls - left).max(2);
            }
        }
        office.kill_and_reopen().await;
        office.empty_outbox().await;
        office.pass(SignedDuration::from_mins(30));
        let faxed = office.faxed();
        assert_eq!(faxed.len(), round, "killed {kills} times so far");
        assert_eq!(faxed[round - 1].files[0].sha256, sha256(&document));
        office.synchronise().await;
        assert_eq!(office.faxes().await, []);
    }
    assert!(kills > 25, "{kills} kills met the upload");
}

#[tokio::test]
async fn an_upload_is_seen_and_can_be_stopped_and_tried_again() {
    let office = Office::ready().await;
    let draft = office.new_fax(&[maria()]).await;
    let draft = office
        .drop_files(&draft, &[("Plan.pdf", pdf(1, 30_000_000))])
        .await;
    let id = office.send_fax(&draft).await;
    // The other side stands still, so that the end cannot leave before the stop.
    office.control.add_fault(Fault::once(
        FAX,
        Effect::StallUpload {
            after_bytes: 1_000_000,
            millis: 600_000,
        },
    ));
    office.pass(SignedDuration::from_secs(6));
    let outbox = office.board.outbox().unwrap();
    let mut events = office.board.events();
    let stopping = async {
        loop {
            if let Some(upload) = office.faxes().await[0]
                .upload
                .filter(|upload| upload.done_bytes > 0)
            {
                assert!(upload.total_bytes.is_some_and(|total| total > upload.done_bytes));
                break office
                    .board
                    .cancel_fax_upload(CancelFaxUpload { id })
                    .await
                    .unwrap();
            }
            events.next().await.unwrap();
        }
    };
    let (stepped, ()) = tokio::join!(outbox.step(Urgency::Upload), stopping);
    assert_eq!(stepped.unwrap(), Step::Refused(id));
    let fax = office.faxes().await.remove(0);
    let OutgoingState::Failed { reason, can_retry } = fax.state else {
        panic!("{fax:?}")
    };
    assert!(can_retry && reason.contains("stopped") && fax.upload.is_none());
    assert!(
        office
            .board
            .cancel_fax_upload(CancelFaxUpload { id })
            .await
            .is_err()
    );
    office.board.retry_fax(RetryFax { id }).await.unwrap();
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed().len(), 1);
    office.assert_faults_met();
}

#[tokio::test]
async fn a_planned_fax_is_shown_and_can_be_called_back_and_is_a_draft_again() {
    let office = Office::ready().await;
    let draft = office.new_fax(&[maria()]).await;
    let draft = office.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
    let send_at = office.clock.now() + SignedDuration::from_hours(12);
    let request = SetFaxSending {
        draft: draft.id,
        resolution: FaxResolution::Low,
        send_at: Some(send_at),
    };
    let draft = office.board.set_fax_sending(request).await.unwrap();
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let fax = office.faxes().await.remove(0);
    assert_eq!((fax.state, fax.send_at), (OutgoingState::Accepted, Some(send_at)));
    let item = fax.item.unwrap();
    office.control.clear_requests();
    office
        .control
        .add_fault(Fault::once("deleteMessage", Effect::LoseReply));
    office.board.call_back_fax(CallBackFax { item }).await.unwrap();
    assert_eq!(office.faxes().await, []);
    office.synchronise_patiently().await;
    assert_eq!(
        office.asked("deleteMessage"),
        1,
        "what was deleted is not deleted again"
    );
    assert_eq!(office.fax_items().await, []);
    assert_eq!(
        office.board.list_fax_drafts(ListFaxDrafts {}).await.unwrap(),
        [draft]
    );
    office.pass(SignedDuration::from_hours(24));
    assert_eq!(office.faxed(), []);
    office.assert_faults_met();
}

#[tokio::test]
async fn a_planned_fax_that_was_sent_meanwhile_cannot_be_called_back() {
    let office = Office::ready().await;
    office.fax_maria().await;
    office.empty_outbox().await;
    let item = office.faxes().await[0].item.unwrap();
    // RingCentral sends it, and nobody here has heard of that.
    office.pass(SignedDuration::from_mins(30));
    office.board.call_back_fax(CallBackFax { item }).await.unwrap();
    office.control.clear_requests();
    office.synchronise().await;
    assert_eq!(office.asked("deleteMessage"), 0);
    assert_eq!(state(&office.fax_items().await[0]), DeliveryState::Sent);
    assert!(office.board.call_back_fax(CallBackFax { item }).await.is_err());
}

#[tokio::test]
async fn a_fax_that_reached_one_of_two_is_sent_again_to_the_other_only_without_an_upload() {
    let office = Office::ready().await;
    office.world(|world| world.set_fax_failure(stranger(1), Some(FaxErrorCode::LineBusy), Some(1)));
    let draft = office.new_fax(&[maria(), stranger(1)]).await;
    let draft = office.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
    let id = office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0);
    let DeliveryState::Failed { reason } = state(&item) else {
        panic!("{item:?}")
    };
    assert!(reason.contains("1 of 2") && reason.contains("busy"), "{reason}");
    let fax = office.faxes().await.remove(0);
    assert!(
        matches!(fax.state, OutgoingState::Failed { can_retry: true, .. }),
        "{fax:?}"
    );
    assert_eq!((fax.id, fax.item), (id, Some(item.id)));

    let first = office
        .board
        .resend_fax(ResendFax { item: item.id })
        .await
        .unwrap();
    let twice = office
        .board
        .resend_fax(ResendFax { item: item.id })
        .await
        .unwrap();
    assert_eq!(first.id, twice.id, "whoever presses twice wants it once");
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let faxed = office.faxed();
    let again = faxed.last().unwrap();
    assert_eq!(again.reached().collect::<Vec<_>>(), [stranger(1)]);
    assert!(again.fax.as_ref().unwrap().original.is_some());
    assert_eq!(office.faxes().await, []);
    assert_eq!(office.asked("createFaxMessage"), 2);
    office.assert_faults_met();
}

#[tokio::test]
async fn what_sending_again_cannot_help_is_refused_with_what_to_do() {
    let office = Office::ready().await;
    office.world(|world| world.set_fax_failure(maria(), Some(FaxErrorCode::InvalidNumber), None));
    let id = office.fax_maria().await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0).id;
    let refused = office
        .board
        .resend_fax(ResendFax { item })
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("Check the number"), "{refused}");
    let fax = office.faxes().await.remove(0);
    assert!(
        matches!(fax.state, OutgoingState::Failed { can_retry: false, .. }),
        "{fax:?}"
    );
    assert!(office.board.retry_fax(RetryFax { id }).await.is_err());
    let draft = office.board.edit_fax(EditFax { id }).await.unwrap();
    assert_eq!(draft.pages.len(), 1, "the documents are here still");
}

#[tokio::test]
async fn an_untouched_fax_is_sent_on_without_an_upload_and_a_changed_one_with() {
    let office = Office::ready().await;
    office.fax_maria().await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0).id;
    let forward = async || {
        let request = NewFax {
            to: vec![stranger(1).to_string()],
            reply_to: None,
            forward: Some(item),
        };
        office.board.new_fax(request).await.unwrap()
    };
    let draft = forward().await;
    assert_eq!(draft.pages.len(), 1);
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let sent_on = office.faxed().pop().unwrap();
    assert!(sent_on.fax.unwrap().original.is_some());

    let draft = forward().await;
    let turned = SetFaxPages {
        draft: draft.id,
        pages: vec![PageChoice {
            file: draft.pages[0].file,
            index: 0,
            quarter_turns: 1,
        }],
    };
    office.board.set_fax_pages(turned).await.unwrap();
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let sent_on = office.faxed().pop().unwrap();
    assert_eq!((sent_on.fax.unwrap().original, sent_on.files.len()), (None, 1));
    office.assert_faults_met();
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
