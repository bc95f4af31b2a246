//! Downloads of models: whole or not at all, on from where they stopped.

use super::super::models::{CatalogueEntry, Models};
use crate::change_feed::ChangeFeed;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::event::CoreEvent;
use domain::transcription::ModelState;
use futures_util::StreamExt as _;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, Mutex};

const SIZE: usize = 300_000;

fn content() -> Vec<u8> {
    (0..SIZE).map(|index| (index * 7 % 251) as u8).collect()
}

/// A server with one file.
#[derive(Debug, Clone, Default)]
struct Shelf(Arc<Mutex<Ways>>);

#[derive(Debug, Default)]
struct Ways {
    /// The connection breaks after so many bytes of each answer.
    breaks_after: Option<usize>,
    /// The server goes silent after so many bytes.
    hangs_after: Option<usize>,
    knows_no_ranges: bool,
    is_another_file: bool,
    /// The `Range` of each request.
    asked: Vec<Option<String>>,
}

impl Shelf {
    async fn start(&self) -> String {
        let shelf = self.clone();
        let router = Router::new().route(
            "/models/ggml-test.bin",
            axum::routing::get(move |headers: HeaderMap| {
                let answer = shelf.answer(&headers);
                async move { answer }
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/models", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let mut ways = self.0.lock().unwrap();
        let range = headers
            .get("range")
            .map(|range| range.to_str().unwrap().to_owned());
        ways.asked.push(range.clone());
        let mut content = content();
        if ways.is_another_file {
            content[1000] ^= 1;
        }
        let from = range.filter(|_| !ways.knows_no_ranges).map(|range| {
            range
                .trim_start_matches("bytes=")
                .trim_end_matches('-')
                .parse::<usize>()
                .unwrap()
        });
        let sent = content[from.unwrap_or(0)..].to_vec();
        let length = sent.len();
        let (breaks_after, hangs_after) = (ways.breaks_after, ways.hangs_after);
        let cut = breaks_after.or(hangs_after).unwrap_or(length).min(length);
        let pieces: Vec<Result<Vec<u8>, std::io::Error>> = sent[..cut]
            .chunks(10_000)
            .map(|piece| Ok(piece.to_vec()))
            .collect();
        let end = futures_util::stream::once(async move {
            if hangs_after.is_some() {
                std::future::pending::<()>().await;
            }
            // What was handed over before is on its way first.
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            Err(std::io::Error::other("the cable was cut"))
        });
        let stream = futures_util::stream::iter(pieces);
        let body = if cut < length {
            Body::from_stream(stream.chain(end))
        } else {
            Body::from_stream(stream)
        };
        let mut answer = match from {
            Some(from) => {
                let range = format!("bytes {from}-{}/{SIZE}", SIZE - 1);
                (StatusCode::PARTIAL_CONTENT, [("content-range", range)], body).into_response()
            }
            None => body.into_response(),
        };
        answer.headers_mut().insert("content-length", length.into());
        answer
    }

    fn now(&self, change: impl FnOnce(&mut Ways)) {
        change(&mut self.0.lock().unwrap());
    }

    fn asked(&self) -> Vec<Option<String>> {
        self.0.lock().unwrap().asked.clone()
    }
}

struct Shop {
    models: Models,
    changes: ChangeFeed,
    shelf: Shelf,
    address: String,
    folder: tempfile::TempDir,
}

impl Shop {
    async fn open() -> Self {
        let shelf = Shelf::default();
        let address = shelf.start().await;
        let folder = tempfile::tempdir().unwrap();
        let changes = ChangeFeed::new();
        Self {
            models: models(folder.path(), &changes),
            changes,
            shelf,
            address,
            folder,
        }
    }

    /// The program was killed and started again.
    fn restart(&mut self) {
        self.models = models(self.folder.path(), &self.changes);
    }

    async fn download(&self) -> Result<(), String> {
        let downloaded = self.models.download("test", &self.address).await;
        downloaded.map_err(|error| error.to_string())
    }

    fn state(&self) -> ModelState {
        self.models.list()[0].state.clone()
    }

    fn held(&self) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join("models/ggml-test.bin")).ok()
    }
}

fn models(folder: &Path, changes: &ChangeFeed) -> Models {
    Models::with_free_space(folder.join("models"), changes.clone(), vec![entry()], |_| {
        Ok(1 << 40)
    })
}

fn entry() -> CatalogueEntry {
    let sum: String = Sha256::digest(content())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    CatalogueEntry {
        name: "test",
        words: "For tests.",
        size_bytes: SIZE as u64,
        sha256: sum.leak(),
    }
}

#[tokio::test]
async fn a_model_arrives_whole_and_tells_how_far_it_is() {
    let shop = Shop::open().await;
    assert_eq!(shop.state(), ModelState::NotHere);
    let mut listener = shop.changes.listen();
    shop.download().await.unwrap();
    assert_eq!((shop.state(), shop.held()), (ModelState::Here, Some(content())));
    let mut told = 0;
    while let Some(event) = listener.try_next() {
        assert_eq!(event, CoreEvent::TranscriptionChanged);
        told += 1;
    }
    assert!((3..=110).contains(&told), "{told}");
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_stopped() {
    let shop = Shop::open().await;
    shop.shelf.now(|ways| ways.breaks_after = Some(100_000));
    let words = shop.download().await.unwrap_err();
    assert!(words.contains("What has arrived is kept"), "{words}");
    let ModelState::Interrupted {
        received_bytes,
        reason: Some(reason),
    } = shop.state()
    else {
        panic!("{:?}", shop.state())
    };
    assert!(
        received_bytes > 0 && received_bytes <= 100_000,
        "{received_bytes}"
    );
    assert_eq!(reason, words);
    assert_eq!(shop.held(), None);
    shop.shelf.now(|ways| ways.breaks_after = None);
    shop.download().await.unwrap();
    assert_eq!(shop.held(), Some(content()));
    assert_eq!(
        shop.shelf.asked(),
        [None, Some(format!("bytes={received_bytes}-"))]
    );
}

#[tokio::test]
async fn a_download_that_died_with_the_program_goes_on_after_the_next_start() {
    let mut shop = Shop::open().await;
    shop.shelf.now(|ways| ways.hangs_after = Some(200_000));
    {
        let mut download = Box::pin(shop.download());
        loop {
            assert!(futures_util::poll!(&mut download).is_pending());
            if matches!(
                shop.state(),
                ModelState::Downloading {
                    received_bytes: 200_000
                }
            ) {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    // Bytes that were on their way to the disk may be lost with the program; what is there counts.
    shop.restart();
    let ModelState::Interrupted {
        received_bytes,
        reason: None,
    } = shop.state()
    else {
        panic!("{:?}", shop.state())
    };
    shop.shelf.now(|ways| ways.hangs_after = None);
    shop.download().await.unwrap();
    assert_eq!(shop.held(), Some(content()));
    assert_eq!(shop.shelf.asked()[1], Some(format!("bytes={received_bytes}-")));
}

#[tokio::test]
async fn a_server_without_ranges_begins_anew() {
    let shop = Shop::open().await;
    shop.shelf.now(|ways| ways.breaks_after = Some(50_000));
    shop.download().await.unwrap_err();
    shop.shelf
        .now(|ways| (ways.breaks_after, ways.knows_no_ranges) = (None, true));
    shop.download().await.unwrap();
    assert_eq!(shop.held(), Some(content()));
}

#[tokio::test]
async fn another_file_is_never_used_and_does_not_stay() {
    let shop = Shop::open().await;
    shop.shelf.now(|ways| ways.is_another_file = true);
    let words = shop.download().await.unwrap_err();
    assert!(words.contains("SHA-256"), "{words}");
    let expected = ModelState::Interrupted {
        received_bytes: 0,
        reason: Some(words),
    };
    assert_eq!((shop.state(), shop.held()), (expected, None));
    shop.shelf.now(|ways| ways.is_another_file = false);
    shop.download().await.unwrap();
    assert_eq!(shop.shelf.asked(), [None, None]);
}

#[tokio::test]
async fn a_stopped_download_keeps_what_has_arrived_and_can_be_deleted() {
    let shop = Shop::open().await;
    shop.shelf.now(|ways| ways.hangs_after = Some(100_000));
    let mut download = Box::pin(shop.download());
    while !matches!(
        shop.state(),
        ModelState::Downloading {
            received_bytes: 100_000
        }
    ) {
        assert!(futures_util::poll!(&mut download).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(
        shop.models.download("test", &shop.address).await.is_err(),
        "twice at once"
    );
    shop.models.cancel("test");
    assert_eq!(download.await.unwrap_err(), "Cancelled.");
    assert!(matches!(
        shop.state(),
        ModelState::Interrupted { reason: None, .. }
    ));
    shop.models.delete("test").await.unwrap();
    assert_eq!(shop.state(), ModelState::NotHere);
}

#[tokio::test]
async fn without_room_nothing_is_begun() {
    let shop = Shop::open().await;
    let models = Models::with_free_space(
        shop.folder.path().join("models"),
        shop.changes.clone(),
        vec![entry()],
        |_| Ok(200 * 1024 * 1024),
    );
    let words = models
        .download("test", &shop.address)
        .await
        .unwrap_err()
        .to_string();
    assert!(words.contains("not enough room"), "{words}");
    assert!(shop.shelf.asked().is_empty());
}

#[tokio::test]
async fn a_wrong_address_is_said() {
    let shop = Shop::open().await;
    for (address, words) in [
        ("http://models.example.com", "https"),
        ("nowhere", "not an address"),
        (shop.address.replace("models", "other").as_str(), "404"),
    ] {
        let refused = shop
            .models
            .download("test", address)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains(words), "{refused}");
    }
}
