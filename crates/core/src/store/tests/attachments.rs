use super::super::testing::*;
use super::super::*;
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Transcript};
use domain::inbox::InboxTab;

fn attachment(id: &str, kind: AttachmentKind) -> AttachmentRecord {
    AttachmentRecord {
        remote_id: id.to_owned(),
        kind,
        content_type: "audio/mpeg".to_owned(),
        file_name: format!("voicemail-{id}.mp3"),
        size_bytes: None,
        uri: format!("https://media.example.com/{id}"),
    }
}

fn message() -> MessageRecord {
    let mut message = voicemail("1", MARIA, 0);
    message.attachments = vec![
        attachment("a", AttachmentKind::Audio),
        attachment("t", AttachmentKind::Transcript),
    ];
    message.body = MessageBody::Voicemail {
        duration_seconds: 9,
        transcript: TranscriptState::Ready { is_partial: true },
    };
    message
}

#[tokio::test]
async fn a_file_stays_cached_when_its_message_comes_again() {
    let test = TestStore::new().await;
    test.apply(vec![Change::UpsertMessage(message())]).await;
    let audio = test.tab(InboxTab::Voicemail).await[0].attachments[0].clone();
    assert!(!audio.is_cached);
    test.store
        .set_cached_file(audio.id, Some(("1/a.mp3", 4000)))
        .await
        .unwrap();

    let mut listener = test.store.changes().listen();
    test.apply(vec![Change::UpsertMessage(message())]).await;
    assert_eq!(listener.try_next(), None);
    let stored = test.store.attachment(audio.id).await.unwrap();
    assert_eq!(stored.cached_file.as_deref(), Some("1/a.mp3"));
    assert_eq!(stored.size_bytes, Some(4000));
}

#[tokio::test]
async fn files_of_deleted_messages_are_left_to_be_deleted() {
    let test = TestStore::new().await;
    test.apply(vec![Change::UpsertMessage(message())]).await;
    let audio = test.tab(InboxTab::Voicemail).await[0].attachments[0].id;
    test.store
        .set_cached_file(audio, Some(("1/a.mp3", 4000)))
        .await
        .unwrap();
    test.apply(vec![Change::Delete {
        source: Source::MessageStore,
        remote_id: "1".to_owned(),
    }])
    .await;
    assert_eq!(test.store.orphaned_files().await.unwrap(), ["1/a.mp3"]);
    test.store
        .forget_orphaned_files(&["1/a.mp3".to_owned()])
        .await
        .unwrap();
    assert!(test.store.orphaned_files().await.unwrap().is_empty());
    assert!(matches!(
        test.store.attachment(audio).await,
        Err(StoreError::NotFound { .. })
    ));
}

#[tokio::test]
async fn a_transcript_is_on_its_way_until_its_words_are_here() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![Change::UpsertMessage(message())]).await;
    let transcript = |body: &Body| match body {
        Body::Voicemail { transcript, .. } => transcript.clone(),
        _ => panic!("not a voicemail"),
    };
    assert_eq!(
        transcript(&test.tab(InboxTab::All).await[0].body),
        Transcript::InProgress
    );
    let awaited = test.store.awaited_transcripts(10).await.unwrap();
    assert_eq!(awaited.len(), 1);
    assert_eq!(awaited[0].uri, "https://media.example.com/t");

    test.store
        .set_transcript(ids[0], "Please call me back")
        .await
        .unwrap();
    let ready = Transcript::Ready {
        text: "Please call me back".to_owned(),
        is_partial: true,
        by: domain::transcription::TranscriberKind::RingCentral,
    };
    assert_eq!(transcript(&test.tab(InboxTab::All).await[0].body), ready);
    assert!(test.store.awaited_transcripts(10).await.unwrap().is_empty());
    test.apply(vec![Change::UpsertMessage(message())]).await;
    assert_eq!(transcript(&test.tab(InboxTab::All).await[0].body), ready);
}
