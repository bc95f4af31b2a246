//! Faxes: what arrives of them, and what is known when they do not.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use simulator::{Effect, Fault};
use switchboard_ringcentral::{
    Client, Config, Priority, SystemClock,
    api::{
        fax::{FaxRecipient, OutgoingFax, UploadWatcher},
        message::{FaxResolution, MessageStatus},
        outgoing_file::OutgoingFile,
    },
    auth::{MemoryTokenStore, TokenStore, Tokens},
    error::RequestOutcome,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Notify,
};

use crate::support::{Lab, quick};

const NOW: Priority = Priority::Interactive;
const LARGE: usize = 40 * 1024 * 1024;

#[derive(Debug, Default)]
struct Onlooker {
    bytes: AtomicU64,
    has_left: AtomicBool,
    refuses_the_end: bool,
    moved: Notify,
}

#[async_trait]
impl UploadWatcher for Onlooker {
    fn handed_over(&self, bytes: u64, _of: u64) {
        self.bytes.store(bytes, Ordering::SeqCst);
        self.moved.notify_one();
    }

    async fn before_the_end(&self) -> io::Result<()> {
        if self.refuses_the_end {
            return Err(io::Error::other("the disk is full"));
        }
        Ok(())
    }

    fn at_the_end(&self) {
        self.has_left.store(true, Ordering::SeqCst);
    }
}

fn fax(byte_count: usize) -> OutgoingFax {
    OutgoingFax {
        to: vec![FaxRecipient {
            number: "+14155550132".into(),
            name: None,
        }],
        resolution: FaxResolution::High,
        cover_index: 0,
        cover_text: None,
        send_at: None,
        files: vec![OutgoingFile {
            name: "Plan für A.txt".into(),
            content_type: "text/plain".into(),
            content: vec![b'x'; byte_count].into(),
        }],
    }
}

/// A client of a server that reads so many bytes of a request, says this and hangs up.
async fn rude_server(reads: usize, answer: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut chunk = vec![0; 64 * 1024];
        let mut count = 0;
        while count < reads {
            match stream.read(&mut chunk).await.unwrap() {
                0 => break,
                some => count += some,
            }
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    let store = MemoryTokenStore::default();
    let tokens = Tokens {
        access_token: "secret".to_owned().into(),
        refresh_token: None,
        issued_at: "2026-03-01T12:00:00Z".parse().unwrap(),
        access_expires_at: "9000-01-01T00:00:00Z".parse().unwrap(),
        refresh_expires_at: None,
        scopes: Vec::new(),
        owner_id: None,
        endpoint_id: None,
    };
    store.save(&tokens).await.unwrap();
    let config = quick(Config::new(address.parse().unwrap(), "client"));
    Client::new(config, Arc::new(store), Arc::new(SystemClock)).unwrap()
}

#[tokio::test]
async fn a_fax_arrives_byte_for_byte_under_its_own_name() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let onlooker = Arc::new(Onlooker::default());
    let message = client
        .fax()
        .send(&fax(100_000), onlooker.clone(), NOW)
        .await
        .unwrap();
    assert_eq!(message.message_status, Some(MessageStatus::Queued));
    assert_eq!(onlooker.bytes.load(Ordering::SeqCst), 100_000);
    lab.advance_secs(3_600).await;
    let ledger = lab.simulator.control().message_ledger();
    let file = &ledger.last().unwrap().files[0];
    assert_eq!(file.byte_count, 100_000);
    assert_eq!(file.name.as_deref(), Some("Plan für A.txt"));
}

#[tokio::test]
async fn a_fax_whose_answer_is_lost_may_have_been_carried_out() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator
        .control()
        .add_fault(Fault::once("createFaxMessage", Effect::LoseReply));
    let error = client
        .fax()
        .send(&fax(1_000), Arc::new(Onlooker::default()), NOW)
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), RequestOutcome::Unknown);
    assert_eq!(lab.count("createFaxMessage"), 1);
}

#[tokio::test]
async fn an_upload_that_breaks_before_its_end_was_certainly_not_carried_out() {
    let client = rude_server(100_000, "").await;
    let onlooker = Arc::new(Onlooker::default());
    let error = client
        .fax()
        .send(&fax(LARGE), onlooker.clone(), NOW)
        .await
        .unwrap_err();
    assert!(!onlooker.has_left.load(Ordering::SeqCst));
    assert_eq!(error.outcome(), RequestOutcome::NotCarriedOut, "{error:?}");

    let client = rude_server(1_100, "").await;
    let onlooker = Arc::new(Onlooker::default());
    let error = client
        .fax()
        .send(&fax(1_000), onlooker.clone(), NOW)
        .await
        .unwrap_err();
    assert!(onlooker.has_left.load(Ordering::SeqCst));
    assert_eq!(error.outcome(), RequestOutcome::Unknown, "{error:?}");
}

#[tokio::test]
async fn without_consent_the_last_piece_stays_here() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let onlooker = Arc::new(Onlooker {
        refuses_the_end: true,
        ..Onlooker::default()
    });
    let error = client.fax().send(&fax(1_000), onlooker, NOW).await.unwrap_err();
    assert_eq!(error.outcome(), RequestOutcome::NotCarriedOut);
    lab.advance_secs(3_600).await;
    assert_eq!(lab.simulator.control().message_ledger().len(), 0);
}

#[tokio::test]
async fn an_upload_that_is_given_up_leads_to_no_fax() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let onlooker = Arc::new(Onlooker::default());
    {
        let fax = fax(LARGE);
        let api = client.fax();
        let mut sending = std::pin::pin!(api.send(&fax, onlooker.clone(), NOW));
        tokio::select! {
            biased;
            sent = &mut sending => panic!("it was sent before it could be given up: {sent:?}"),
            () = onlooker.moved.notified() => {}
        }
    }
    assert!(!onlooker.has_left.load(Ordering::SeqCst));
    // Another fax after it proves that the first one is not merely late.
    client
        .fax()
        .send(&fax(10), Arc::new(Onlooker::default()), NOW)
        .await
        .unwrap();
    lab.advance_secs(3_600).await;
    let sizes: Vec<_> = lab
        .simulator
        .control()
        .message_ledger()
        .iter()
        .map(|entry| entry.files[0].byte_count)
        .collect();
    assert_eq!(sizes, [10]);
}
