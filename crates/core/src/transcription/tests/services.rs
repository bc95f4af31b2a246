//! Each service against a server on this computer that speaks as it is documented to, and misbehaves as services do.

mod answers;

use super::super::error::TranscribeError;
use super::super::models::Models;
use super::super::{CurrentSettings, Means, OwnKeys, Sound, Staff as _, Team, Watch};
use crate::change_feed::ChangeFeed;
use crate::error::CoreError;
use crate::session::InMemory;
use crate::store::TranscriptRecord;
use async_trait::async_trait;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use base64::Engine as _;
use domain::transcription::TranscriberKind::{Gemini, OpenAi};
use domain::transcription::{CloudSettings, TranscriberKind, TranscriptionSettings};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A key as it looks; nobody's.
const KEY: &str = "made-up-key-0123456789";

#[derive(Debug, Clone)]
struct Asked {
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
struct Service {
    asked: Arc<Mutex<Vec<Asked>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

#[derive(Debug)]
enum Answer {
    Says(u16, Value),
    SlowDown(u16, &'static str),
    Nonsense,
    Never,
}

impl Service {
    /// Listens on a free port; answers the address.
    async fn start(&self) -> String {
        let service = self.clone();
        let router = Router::new().fallback(move |request: Request| {
            let service = service.clone();
            async move { service.answer(request).await }
        });
        let router = router.layer(axum::extract::DefaultBodyLimit::disable());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    async fn answer(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        self.asked.lock().unwrap().push(Asked {
            path: parts.uri.to_string(),
            headers: parts.headers,
            body: body.to_vec(),
        });
        let answer = self.answers.lock().unwrap().pop_front();
        match answer.expect("a request that no test expects") {
            Answer::Says(status, body) => (StatusCode::from_u16(status).unwrap(), Json(body)).into_response(),
            Answer::SlowDown(status, seconds) => {
                (StatusCode::from_u16(status).unwrap(), [("retry-after", seconds)]).into_response()
            }
            Answer::Nonsense => "<html>Welcome to your router</html>".into_response(),
            Answer::Never => std::future::pending().await,
        }
    }

    fn expect(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// What a person chose; it can change while something is under way.
#[derive(Debug, Clone)]
struct Chosen(Arc<Mutex<TranscriptionSettings>>);

#[async_trait]
impl CurrentSettings for Chosen {
    async fn current(&self) -> Result<TranscriptionSettings, CoreError> {
        Ok(self.0.lock().unwrap().clone())
    }
}

struct Room {
    team: Team,
    chosen: Chosen,
    _folder: tempfile::TempDir,
}

impl Room {
    async fn with(address: &str) -> Self {
        let service = CloudSettings {
            endpoint: address.to_owned(),
            model: "test-model".to_owned(),
        };
        let chosen = Chosen(Arc::new(Mutex::new(TranscriptionSettings {
            allows_cloud: true,
            gemini: service.clone(),
            open_ai: service,
            ..TranscriptionSettings::default()
        })));
        let folder = tempfile::tempdir().unwrap();
        let models = Models::new(folder.path().to_path_buf(), ChangeFeed::new());
        let keys = OwnKeys::new(Arc::new(InMemory::new("a test")));
        for kind in [Gemini, OpenAi] {
            keys.set(kind, Some(KEY.to_owned().into())).await.unwrap();
        }
        let means = Means::new(models, keys).unwrap();
        let team = Team::new(Arc::new(chosen.clone()), &means).with_patience(Duration::from_millis(400));
        Self {
            team,
            chosen,
            _folder: folder,
        }
    }

    async fn ask(&self, kind: TranscriberKind) -> Result<TranscriptRecord, TranscribeError> {
        self.team.transcribe(kind, &sound(), &Watch::idle()).await
    }
}

fn sound() -> Sound {
    Sound {
        content: simulator::media::clip(0).bytes.into(),
    }
}

fn gemini_says(text: &Value) -> Value {
    json!({
        "candidates": [{
            "content": { "role": "model", "parts": [{ "text": text.to_string() }] },
            "finishReason": "STOP",
        }],
        "usageMetadata": { "totalTokenCount": 600 },
    })
}

/// Whether trying it again can help, and after how long.
fn outlook(error: &TranscribeError) -> (&'static str, Option<SignedDuration>) {
    match error {
        TranscribeError::Cancelled => ("cancelled", None),
        TranscribeError::Later { after, .. } => ("later", *after),
        TranscribeError::Refused { can_retry: true, .. } => ("after a change", None),
        TranscribeError::Refused { can_retry: false, .. } => ("never", None),
    }
}

#[tokio::test]
async fn gemini_is_asked_with_the_recording_in_the_request_and_the_key_in_a_header() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    service.expect([Answer::Says(
        200,
        gemini_says(&json!({
            "text": "Hi, this is Maria.",
            "language": "en",
            "sentences": [{ "begins_at": 0.5, "ends_at": 2, "text": "Hi, this is Maria." }],
        })),
    )]);
    let record = room.ask(Gemini).await.unwrap();
    assert_eq!(record.text, "Hi, this is Maria.");
    assert_eq!(
        (record.source.kind, record.source.model.as_str()),
        (Gemini, "test-model")
    );
    assert_eq!(
        (record.segments[0].start_ms, record.segments[0].end_ms),
        (500, 2000)
    );

    let asked = service.asked().remove(0);
    assert_eq!(asked.path, "/v1beta/models/test-model:generateContent");
    assert_eq!(asked.headers["x-goog-api-key"], KEY);
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let part = &body["contents"][0]["parts"][1]["inlineData"];
    assert_eq!(part["mimeType"], "audio/mp3");
    let sent = base64::engine::general_purpose::STANDARD.decode(part["data"].as_str().unwrap());
    assert_eq!(sent.unwrap(), sound().content);
    assert_eq!(body["generationConfig"]["responseMimeType"], "application/json");
}

#[tokio::test]
async fn a_server_like_openai_is_asked_by_form_and_gives_times() {
    let service = Service::default();
    let room = Room::with(&format!("{}/v1/", service.start().await)).await;
    service.expect([Answer::Says(
        200,
        json!({
            "language": "english", "duration": 19.2, "text": " Hi, this is Maria. ",
            "segments": [
                { "id": 0, "start": 0.0, "end": 2.5, "text": " Hi, this is Maria.", "avg_logprob": -0.1, "no_speech_prob": 0.01 },
            ],
        }),
    )]);
    let record = room.ask(OpenAi).await.unwrap();
    assert_eq!(record.text, "Hi, this is Maria.");
    assert_eq!(record.segments[0].end_ms, 2500);
    let confidence = record.confidence.unwrap();
    assert!((0.90..0.91).contains(&confidence), "{confidence}");

    let asked = service.asked().remove(0);
    assert_eq!(asked.path, "/v1/audio/transcriptions");
    assert_eq!(asked.headers["authorization"], format!("Bearer {KEY}"));
    let body = String::from_utf8_lossy(&asked.body);
    for part in [
        "name=\"model\"",
        "test-model",
        "verbose_json",
        "filename=\"voicemail.mp3\"",
        "audio/mpeg",
    ] {
        assert!(body.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_server_that_gives_no_times_is_asked_for_plain_words() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    service.expect([
        Answer::Says(
            400,
            json!({ "error": { "message": "response_format 'verbose_json' is not compatible" } }),
        ),
        Answer::Says(200, json!({ "text": "Hi." })),
    ]);
    let record = room.ask(OpenAi).await.unwrap();
    assert_eq!(
        (record.text.as_str(), record.segments.len(), record.confidence),
        ("Hi.", 0, None)
    );
    assert_eq!(service.asked().len(), 2);
}

#[tokio::test]
async fn a_server_of_ones_own_needs_no_key() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    service.expect([Answer::Says(200, json!({ "text": "Hi." }))]);
    let keys = OwnKeys::new(Arc::new(InMemory::new("a test")));
    let models = Models::new(room._folder.path().to_path_buf(), ChangeFeed::new());
    let team = Team::new(Arc::new(room.chosen.clone()), &Means::new(models, keys).unwrap());
    team.transcribe(OpenAi, &sound(), &Watch::idle()).await.unwrap();
    assert!(!service.asked()[0].headers.contains_key("authorization"));
    let refused = team
        .transcribe(Gemini, &sound(), &Watch::idle())
        .await
        .unwrap_err();
    assert_eq!(refused.to_string(), "The key of Google Gemini is missing.");
}

#[tokio::test]
async fn without_consent_not_even_a_connection_is_made() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let room = Room::with(&format!("http://{}", listener.local_addr().unwrap())).await;
    let forbidden: [fn(&mut TranscriptionSettings); 2] = [
        |settings| settings.allows_cloud = false,
        |settings| {
            settings.allows_cloud = true;
            settings.order.clear();
        },
    ];
    for forbid in forbidden {
        forbid(&mut room.chosen.0.lock().unwrap());
        for kind in [Gemini, OpenAi] {
            // Around everything that looks earlier: the one place that sends refuses by itself.
            let courier = room.team.courier();
            let shipment = super::super::courier::Shipment {
                to: format!("http://{}/", listener.local_addr().unwrap())
                    .parse()
                    .unwrap(),
                key: None,
                content: super::super::courier::Content::Json(json!({})),
            };
            let refused = courier.send(kind, shipment, &Watch::idle()).await.unwrap_err();
            assert_eq!(outlook(&refused).0, "after a change");
            let refused = room.ask(kind).await.unwrap_err();
            assert_eq!(outlook(&refused).0, "after a change");
        }
    }
    let nobody_came = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(nobody_came.is_err());
}

#[tokio::test]
async fn what_cannot_be_played_is_not_sent_anywhere() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    for (content, words) in [
        (Vec::new(), "empty"),
        (
            b"Dear Sir or Madam, this is a letter and no recording, whatever it is called.".repeat(40),
            "not a recording",
        ),
    ] {
        let sound = Sound {
            content: content.into(),
        };
        for kind in [Gemini, OpenAi] {
            let refused = room
                .team
                .transcribe(kind, &sound, &Watch::idle())
                .await
                .unwrap_err();
            assert!(refused.to_string().contains(words), "{refused}");
            assert_eq!(outlook(&refused).0, "never");
        }
    }
    assert!(service.asked().is_empty());
}

#[tokio::test]
async fn mu_law_is_sent_as_plain_samples() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    service.expect([Answer::Says(200, gemini_says(&json!({ "text": "Hey." })))]);
    let clip = simulator::media::clips()
        .iter()
        .find(|clip| clip.file.ends_with(".wav"))
        .unwrap();
    let sound = Sound {
        content: clip.bytes.into(),
    };
    room.team
        .transcribe(Gemini, &sound, &Watch::idle())
        .await
        .unwrap();
    let body: Value = serde_json::from_slice(&service.asked()[0].body).unwrap();
    let part = &body["contents"][0]["parts"][1]["inlineData"];
    assert_eq!(part["mimeType"], "audio/wav");
    let sent = base64::engine::general_purpose::STANDARD.decode(part["data"].as_str().unwrap());
    let sent = sent.unwrap();
    // PCM, one channel, 8000 a second, 16 bits.
    assert_eq!(sent[20..24], [1, 0, 1, 0]);
    assert_eq!(sent[24..28], 8000_u32.to_le_bytes());
    assert!(sent.len() > clip.bytes.len() * 2 - 200);
}

#[tokio::test]
async fn a_request_that_is_under_way_can_be_stopped() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    service.expect([Answer::Never]);
    let cancelled = CancellationToken::new();
    let watch = Watch::new(cancelled.clone(), |_| {});
    let sound = sound();
    let mut asking = Box::pin(room.team.transcribe(OpenAi, &sound, &watch));
    while service.asked().is_empty() {
        assert!(futures_util::poll!(&mut asking).is_pending());
        tokio::task::yield_now().await;
    }
    cancelled.cancel();
    assert_eq!(outlook(&asking.await.unwrap_err()).0, "cancelled");
}
