//! Whatever a service answers: what is said of it, and whether it is asked again.

use super::{Answer, KEY, Room, Service, gemini_says, outlook};
use crate::transcription::error::TranscribeError;
use domain::transcription::TranscriberKind::{Gemini, OpenAi};
use jiff::SignedDuration;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn whatever_a_service_answers_is_told_in_words_with_what_helps() {
    let service = Service::default();
    let room = Room::with(&service.start().await).await;
    let quoting = json!({ "error": { "message": format!("Incorrect API key provided: {KEY}") } });
    let bad_key = json!({ "error": { "code": 400, "status": "INVALID_ARGUMENT", "details": [{ "reason": "API_KEY_INVALID" }] } });
    for (kind, answer, words, helps, after) in [
        (
            Gemini,
            Answer::Says(401, quoting.clone()),
            "does not accept the key",
            "after a change",
            None,
        ),
        (
            OpenAi,
            Answer::Says(401, quoting.clone()),
            "does not accept the key",
            "after a change",
            None,
        ),
        (
            Gemini,
            Answer::Says(400, bad_key),
            "does not accept the key",
            "after a change",
            None,
        ),
        (
            Gemini,
            Answer::Says(403, quoting.clone()),
            "does not allow this key",
            "after a change",
            None,
        ),
        (
            OpenAi,
            Answer::Says(404, json!({})),
            "address or model",
            "after a change",
            None,
        ),
        (OpenAi, Answer::Says(413, json!({})), "too large", "never", None),
        (
            Gemini,
            Answer::Says(400, json!({})),
            "cannot read this recording",
            "never",
            None,
        ),
        (
            Gemini,
            Answer::SlowDown(429, "33"),
            "slow down",
            "later",
            Some(33),
        ),
        (OpenAi, Answer::SlowDown(429, "soon"), "slow down", "later", None),
        (
            OpenAi,
            Answer::SlowDown(500, "5"),
            "has a fault",
            "later",
            Some(5),
        ),
        (Gemini, Answer::Says(503, json!({})), "has a fault", "later", None),
        (
            Gemini,
            Answer::Says(307, json!({})),
            "another address",
            "after a change",
            None,
        ),
        (
            Gemini,
            Answer::Says(200, json!({ "promptFeedback": { "blockReason": "SAFETY" } })),
            "does not want to",
            "never",
            None,
        ),
        (
            Gemini,
            Answer::Says(
                200,
                json!({ "candidates": [{ "finishReason": "PROHIBITED_CONTENT" }] }),
            ),
            "does not want to",
            "never",
            None,
        ),
        (
            Gemini,
            Answer::Says(200, json!({ "candidates": [{ "finishReason": "OTHER" }] })),
            "stopped in the middle",
            "later",
            None,
        ),
        (
            Gemini,
            Answer::Says(200, json!({})),
            "not a transcript",
            "after a change",
            None,
        ),
        (
            Gemini,
            Answer::Says(200, gemini_says(&json!("no object"))),
            "not a transcript",
            "after a change",
            None,
        ),
        (
            Gemini,
            Answer::Nonsense,
            "not a transcript",
            "after a change",
            None,
        ),
        (
            OpenAi,
            Answer::Nonsense,
            "not a transcript",
            "after a change",
            None,
        ),
        (Gemini, Answer::Never, "did not answer in time", "later", None),
        (OpenAi, Answer::Never, "did not answer in time", "later", None),
    ] {
        let told = format!("{kind:?} {answer:?}");
        service.expect([answer]);
        let error = room.ask(kind).await.unwrap_err();
        assert!(error.to_string().contains(words), "{told}: {error}");
        assert_eq!(
            outlook(&error),
            (helps, after.map(SignedDuration::from_secs)),
            "{told}"
        );
        assert!(!format!("{error} {error:?}").contains(KEY), "{told}");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_and_a_server_that_is_away_are_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 1 << 20];
        let _ = stream.read(&mut heard).await;
        let cut = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{\"text\": \"Hi";
        stream.write_all(cut.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        // Everything that was sent is read, so that the end is not a reset.
        while stream
            .read(&mut heard)
            .await
            .is_ok_and(|read| read > 0 && heard.len() > 1)
        {
            if heard.windows(4).any(|end| end == b"--\r\n") {
                break;
            }
        }
        // Nobody listens after this.
    });
    let room = Room::with(&address).await;
    let error = room.ask(OpenAi).await.unwrap_err();
    assert_eq!(outlook(&error).0, "later", "{error}");
    server.await.unwrap();
    let error = room.ask(Gemini).await.unwrap_err();
    assert!(error.to_string().contains("cannot be reached"), "{error}");
    assert!(matches!(error, TranscribeError::Later { counts: false, .. }));
}
