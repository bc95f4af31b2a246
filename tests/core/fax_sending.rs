//! Faxes made ready here arrive there, once and as they were dropped, and what becomes of them is seen here.

mod again;
mod arriving;
mod planned;
mod uploads;

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
