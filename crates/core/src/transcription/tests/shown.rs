//! Which of several transcripts is shown, and that nobody overwrites it.

use super::super::queue::Step;
use super::made_up::{Desk, Fate, message};
use crate::search::Query;
use crate::store::Change;
use crate::store::TranscriptState::{Failed, NotAvailable, Ready};
use domain::communication::{Body, Transcript};
use domain::inbox::InboxTab;
use domain::transcription::TranscriberKind::{Gemini, RingCentral, ThisComputer};

async fn row(desk: &Desk) -> Transcript {
    match &desk.test.tab(InboxTab::All).await[0].body {
        Body::Voicemail { transcript, .. } => transcript.clone(),
        _ => panic!("not a voicemail"),
    }
}

async fn finds(desk: &Desk, word: &str) -> bool {
    let found = desk.test.store.find_communications(&Query::read(word), 10).await;
    !found.unwrap().is_empty()
}

#[tokio::test]
async fn the_row_says_whose_words_it_shows() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    assert_eq!(desk.step().await, Step::Written(item));
    let expected = Transcript::Ready {
        text: "Please call me back".to_owned(),
        is_partial: false,
        by: ThisComputer,
    };
    assert_eq!(row(&desk).await, expected);
}

#[tokio::test]
async fn what_the_server_says_later_does_not_take_the_words_away() {
    let desk = Desk::new().await;
    desk.receive("1", 0, NotAvailable).await;
    desk.step().await;
    let before = row(&desk).await;
    let mut again = message("1", 0, Failed);
    again.is_read = true;
    desk.test.apply(vec![Change::UpsertMessage(again)]).await;
    assert_eq!(row(&desk).await, before);
    assert!(finds(&desk, "back").await);
}

#[tokio::test]
async fn complete_words_go_before_the_beginning_that_ringcentral_wrote() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, Ready { is_partial: true }).await;
    desk.test
        .store
        .set_transcript(item, "Hello this is")
        .await
        .unwrap();
    assert!(matches!(
        row(&desk).await,
        Transcript::Ready {
            is_partial: true,
            by: RingCentral,
            ..
        }
    ));
    desk.transcriptions.want(item, None).await.unwrap();
    desk.step().await;
    assert!(matches!(
        row(&desk).await,
        Transcript::Ready {
            is_partial: false,
            by: ThisComputer,
            ..
        }
    ));
}

#[tokio::test]
async fn all_words_of_ringcentral_replace_what_this_computer_wrote_meanwhile() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.step().await;
    let late = message("1", 0, Ready { is_partial: false });
    desk.test.apply(vec![Change::UpsertMessage(late)]).await;
    desk.test
        .store
        .set_transcript(item, "In the words of RingCentral")
        .await
        .unwrap();
    assert!(matches!(
        row(&desk).await,
        Transcript::Ready { by: RingCentral, .. }
    ));
}

#[tokio::test]
async fn whom_a_person_asked_by_name_is_shown_before_ringcentral() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, Ready { is_partial: false }).await;
    desk.test
        .store
        .set_transcript(item, "In the words of RingCentral")
        .await
        .unwrap();
    desk.expect([Fate::Words("As Gemini hears it")]);
    desk.transcriptions.want(item, Some(Gemini)).await.unwrap();
    desk.step().await;
    assert_eq!(desk.text(item).await.as_deref(), Some("As Gemini hears it"));
}

#[tokio::test]
async fn a_correction_stays_is_found_and_can_be_taken_back() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.step().await;
    let store = &desk.test.store;
    store
        .correct_transcript(item, Some("Please call Hirsch"))
        .await
        .unwrap();
    let shown = desk.transcriptions.state(item).await.unwrap().transcript.unwrap();
    assert_eq!(shown.text, "Please call Hirsch");
    assert_eq!(shown.original.as_deref(), Some("Please call me back"));
    assert!(finds(&desk, "hirsch").await && !finds(&desk, "back").await);

    // Neither another transcript nor the server takes it away.
    desk.transcriptions.want(item, Some(Gemini)).await.unwrap();
    desk.step().await;
    let mut again = message("1", 0, Ready { is_partial: false });
    again.is_read = true;
    desk.test.apply(vec![Change::UpsertMessage(again)]).await;
    store
        .set_transcript(item, "In the words of RingCentral")
        .await
        .unwrap();
    assert_eq!(desk.text(item).await.as_deref(), Some("Please call Hirsch"));

    store.correct_transcript(item, None).await.unwrap();
    let shown = desk.transcriptions.state(item).await.unwrap().transcript.unwrap();
    assert_eq!((shown.source.kind, shown.original), (Gemini, None));
    assert!(!finds(&desk, "hirsch").await);
}

#[tokio::test]
async fn silence_is_a_transcript_without_words_and_not_asked_for_again() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.expect([Fate::Words("")]);
    assert_eq!(desk.step().await, Step::Written(item));
    assert_eq!(desk.text(item).await.as_deref(), Some(""));
    assert_eq!(desk.transcriptions.want_all().await.unwrap(), 0);
    assert!(matches!(row(&desk).await, Transcript::Ready { text, .. } if text.is_empty()));
}

#[tokio::test]
async fn words_of_ringcentral_are_fetched_anew_when_all_of_them_are_there() {
    let desk = Desk::new().await;
    let store = &desk.test.store;
    let with_words = |is_partial| {
        let mut message = message("1", 0, Ready { is_partial });
        message.attachments.push(crate::store::AttachmentRecord {
            remote_id: "words".to_owned(),
            kind: domain::attachment::AttachmentKind::Transcript,
            content_type: "text/plain".to_owned(),
            file_name: "words.txt".to_owned(),
            size_bytes: None,
            uri: "https://media.example.com/words".to_owned(),
        });
        vec![Change::UpsertMessage(message)]
    };
    let item = desk.test.apply(with_words(true)).await[0];
    assert_eq!(store.awaited_transcripts(10).await.unwrap().len(), 1);
    store.set_transcript(item, "Hello this is").await.unwrap();
    assert_eq!(store.awaited_transcripts(10).await.unwrap(), []);
    desk.test.apply(with_words(false)).await;
    assert_eq!(store.awaited_transcripts(10).await.unwrap().len(), 1);
    // Until they come, the beginning stays.
    assert_eq!(desk.text(item).await.as_deref(), Some("Hello this is"));
    store.set_transcript(item, "Hello this is Maria").await.unwrap();
    assert_eq!(desk.text(item).await.as_deref(), Some("Hello this is Maria"));
    assert!(matches!(
        row(&desk).await,
        Transcript::Ready {
            is_partial: false,
            ..
        }
    ));
}
