//! Voicemail that RingCentral does not write down: somebody else does, it is found by its words, and nothing leaves this
//! computer unless a person allowed it.

use crate::office::{ADA, Office, stranger};
use axum::routing::post;
use axum::{Json, Router};
use domain::communication::{Body, Transcript};
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::inbox::Search;
use domain::ipc::settings::SaveSettings;
use domain::ipc::voicemail::{
    CorrectTranscript, DownloadModel, GetTranscript, GetTranscription, SetTranscriberKey, TestTranscriber,
    Transcribe, TranscribeAll,
};
use domain::settings::Settings;
use domain::transcription::{TranscriberKind, TranscriptionSettings, TranscriptionWork};
use jiff::SignedDuration;
use serde_json::json;
use simulator::scenario::caller;
use simulator::world::SpokenMessage;
use simulator::world::messages::TranscriptionStatus;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use switchboard_core::transcription::Step;

/// A server on this computer that writes the same down whatever it gets. Answers its address and counts.
async fn server() -> (String, Arc<AtomicU32>) {
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    let router = Router::new().route(
        "/v1/audio/transcriptions",
        post(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            async { Json(json!({ "text": "Please ring Hirsch on 209 555 0155." })) }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, count)
}

async fn choose(office: &Office, change: impl FnOnce(&mut TranscriptionSettings)) {
    let mut settings = Settings::default();
    change(&mut settings.transcription);
    office
        .board
        .save_settings(SaveSettings { settings })
        .await
        .unwrap();
}

async fn office_with_a_voicemail() -> Office {
    let office = Office::open().await;
    leave_a_voicemail(&office).await;
    office
}

async fn leave_a_voicemail(office: &Office) {
    office.world(|world| {
        let from = caller(stranger(4), None);
        let spoken = SpokenMessage::new(0)
            .ending(TranscriptionStatus::Failed)
            .transcribed_after(0);
        world.take_voicemail(ADA, from, spoken);
    });
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
}

async fn step(office: &Office) -> Step {
    office.board.transcriptions().unwrap().step().await.unwrap()
}

async fn finds(office: &Office, word: &str) -> bool {
    let search = Search {
        query: word.to_owned(),
        limit: 10,
    };
    !office
        .board
        .search(search)
        .await
        .unwrap()
        .communications
        .is_empty()
}

#[tokio::test]
async fn an_allowed_service_writes_down_what_ringcentral_does_not_and_it_is_found_after_a_restart() {
    let mut office = office_with_a_voicemail().await;
    let (endpoint, asked) = server().await;
    choose(&office, |chosen| {
        chosen.allows_cloud = true;
        chosen.open_ai.endpoint = endpoint;
    })
    .await;
    let item = office.items(InboxTab::Voicemail).await[0].id;
    assert_eq!(step(&office).await, Step::Written(item));
    assert!(matches!(step(&office).await, Step::Idle { .. }));
    assert_eq!(asked.load(Ordering::SeqCst), 1);

    office.kill_and_reopen().await;
    office.synchronise().await;
    let shown = office.board.get_transcript(GetTranscript { item }).await.unwrap();
    let transcript = shown.transcript.unwrap();
    assert_eq!(transcript.source.kind, TranscriberKind::OpenAi);
    assert_eq!(transcript.numbers[0].e164.as_str(), "+12095550155");
    assert_eq!(transcript.numbers[0].written, "209 555 0155");
    assert!(finds(&office, "hirsch").await);
    let Body::Voicemail { transcript, .. } = &office.items(InboxTab::Voicemail).await[0].body else {
        panic!()
    };
    assert!(matches!(
        transcript,
        Transcript::Ready {
            by: TranscriberKind::OpenAi,
            ..
        }
    ));

    let text = Some("Please ring Hirsh.".to_owned());
    office
        .board
        .correct_transcript(CorrectTranscript { item, text })
        .await
        .unwrap();
    assert!(finds(&office, "hirsh").await);
    let empty = CorrectTranscript {
        item,
        text: Some("  ".to_owned()),
    };
    let refused = office.board.correct_transcript(empty).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Invalid);
}

#[tokio::test]
async fn nothing_is_sent_while_it_is_not_allowed() {
    let office = office_with_a_voicemail().await;
    let (endpoint, asked) = server().await;
    choose(&office, |chosen| chosen.open_ai.endpoint = endpoint).await;
    let item = office.items(InboxTab::Voicemail).await[0].id;
    assert!(matches!(step(&office).await, Step::Idle { .. }));
    for by in [None, Some(TranscriberKind::OpenAi), Some(TranscriberKind::Gemini)] {
        let refused = office
            .board
            .transcribe(Transcribe { item, by })
            .await
            .unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Invalid);
    }
    assert!(office.board.transcribe_all(TranscribeAll {}).await.is_err());
    let kind = TranscriberKind::OpenAi;
    assert!(
        office
            .board
            .test_transcriber(TestTranscriber { kind })
            .await
            .is_err()
    );
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn consent_that_is_taken_back_holds_for_what_waits_already() {
    let office = office_with_a_voicemail().await;
    let (endpoint, asked) = server().await;
    let item = office.items(InboxTab::Voicemail).await[0].id;
    choose(&office, |chosen| {
        chosen.allows_cloud = true;
        chosen.open_ai.endpoint.clone_from(&endpoint);
    })
    .await;
    assert_eq!(office.board.transcribe_all(TranscribeAll {}).await.unwrap(), 1);
    choose(&office, |chosen| chosen.open_ai.endpoint = endpoint).await;
    assert_eq!(step(&office).await, Step::Failed(item));
    let state = office.board.get_transcript(GetTranscript { item }).await.unwrap();
    let Some(TranscriptionWork::Failed {
        can_retry: true,
        reason,
    }) = state.work
    else {
        panic!("{:?}", state.work)
    };
    assert!(reason.contains("No speech model"), "{reason}");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_recording_that_cannot_be_fetched_waits_for_the_network() {
    let mut office = Office::open().await;
    let (endpoint, _) = server().await;
    // No recording is fetched before somebody wants it.
    let mut settings = Settings {
        voicemail_cache_mb: 0,
        ..Settings::default()
    };
    settings.transcription.allows_cloud = true;
    settings.transcription.open_ai.endpoint = endpoint;
    office
        .board
        .save_settings(SaveSettings { settings })
        .await
        .unwrap();
    leave_a_voicemail(&office).await;
    let item = office.items(InboxTab::Voicemail).await[0].id;
    office.kill_and_reopen_without_network().await;
    assert_eq!(step(&office).await, Step::Waits(item));
    let state = office.board.get_transcript(GetTranscript { item }).await.unwrap();
    assert_eq!(state.work, Some(TranscriptionWork::Waiting));
    assert_eq!(state.available, [TranscriberKind::OpenAi]);
}

#[tokio::test]
async fn the_settings_show_who_can_and_keys_are_kept_and_forgotten() {
    let office = Office::open().await;
    let key = |key: Option<&str>| SetTranscriberKey {
        kind: TranscriberKind::Gemini,
        key: key.map(str::to_owned),
    };
    let has_key = async || {
        let overview = office.board.get_transcription(GetTranscription {}).await.unwrap();
        let gemini = overview
            .transcribers
            .iter()
            .find(|one| one.kind == TranscriberKind::Gemini);
        gemini.unwrap().has_key
    };
    assert!(!has_key().await);
    office
        .board
        .set_transcriber_key(key(Some(" made-up-key ")))
        .await
        .unwrap();
    assert!(has_key().await);
    assert!(
        office
            .board
            .set_transcriber_key(key(Some("two words")))
            .await
            .is_err()
    );
    office.board.set_transcriber_key(key(None)).await.unwrap();
    assert!(!has_key().await);

    let overview = office.board.get_transcription(GetTranscription {}).await.unwrap();
    let names: Vec<_> = overview.models.iter().map(|model| model.name.as_str()).collect();
    assert_eq!(names, ["tiny.en", "base.en", "small.en", "base"]);
    let unknown = DownloadModel {
        name: "../../etc".to_owned(),
    };
    let refused = office.board.download_model(unknown).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn addresses_that_would_be_overheard_and_files_that_are_no_models_are_refused() {
    let office = Office::open().await;
    let mut settings = Settings::default();
    settings.transcription.open_ai.endpoint = "http://api.example.com".to_owned();
    let refused = office
        .board
        .save_settings(SaveSettings { settings })
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("https"), "{refused}");
    let file = office.folder.path().join("letter.bin");
    std::fs::write(&file, "Dear Sir or Madam").unwrap();
    let refused = office.board.use_model_file(&file).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Invalid);
}

#[tokio::test]
async fn a_model_that_a_person_chose_writes_down_what_is_said() {
    let Some(folder) = std::env::var_os("SWITCHBOARD_SPEECH").map(PathBuf::from) else {
        println!("skipped: SWITCHBOARD_SPEECH names no folder");
        return;
    };
    let model = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "bin"));
    let office = office_with_a_voicemail().await;
    office.board.use_model_file(&model.unwrap()).await.unwrap();
    let kind = TranscriberKind::ThisComputer;
    let tested = office
        .board
        .test_transcriber(TestTranscriber { kind })
        .await
        .unwrap();
    assert!(tested.starts_with("It works"), "{tested}");
    let item = office.items(InboxTab::Voicemail).await[0].id;
    assert_eq!(step(&office).await, Step::Written(item));
    assert!(finds(&office, "footings").await || finds(&office, "concrete").await);
}
