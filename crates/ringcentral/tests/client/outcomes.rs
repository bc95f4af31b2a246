//! What a client knows of a text whose sending failed. The server here is a socket, so that it can fail in every way.

use switchboard_ringcentral::{
    Client, Error, Priority,
    api::{
        message::MessageStatus,
        ring_out::{RingOutPhone, RingOutRequest},
        sms::OutgoingText,
    },
    error::RequestOutcome::{self, NotCarriedOut, Unknown},
};

use crate::script::{Script, json_answer};

const MESSAGE: &str = r#"{"id":7,"type":"SMS","direction":"Outbound","messageStatus":"Queued",
    "creationTime":"2026-03-01T12:00:00Z","conversation":{"id":"6015823250778200202"}}"#;

fn text() -> OutgoingText {
    OutgoingText {
        from: "+15105550101".into(),
        to: vec!["+14155550132".into()],
        text: "Your order is ready.".into(),
        country: None,
    }
}

async fn send(client: &Client, priority: Priority) -> Error {
    let sent = client.sms().send(&text(), priority).await;
    let error = sent.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("5550132") && !shown.contains("order"), "{shown}");
    error
}

/// Plays the answer, and after it one that must never be asked for.
async fn outcome_of(answer: String) -> (RequestOutcome, Error) {
    let tempting = json_answer("200 OK", "", MESSAGE.len(), MESSAGE);
    let script = Script::play(vec![answer, tempting]).await;
    let error = send(&script.client().await, Priority::Campaign).await;
    assert_eq!(script.count(), 1, "a text was sent twice: {error:?}");
    (error.outcome(), error)
}

fn refusal(status: &str, headers: &str, code: &str) -> String {
    let body = format!(r#"{{"errors":[{{"errorCode":"{code}","message":"no"}}]}}"#);
    json_answer(status, headers, body.len(), &body)
}

#[tokio::test]
async fn a_refused_connection_carried_nothing() {
    let script = Script::play(Vec::new()).await;
    let mut config = script.client().await.config().clone();
    // Nobody listens on port 1.
    config.server = "http://127.0.0.1:1".parse().unwrap();
    let client = script.client_with(config).await;
    let error = send(&client, Priority::Interactive).await;
    assert!(
        matches!(
            error,
            Error::Network {
                may_have_arrived: false,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.outcome(), NotCarriedOut);
}

#[tokio::test]
async fn a_connection_that_closes_before_the_answer_leaves_it_open() {
    let (outcome, error) = outcome_of(String::new()).await;
    assert!(
        matches!(
            error,
            Error::Network {
                may_have_arrived: true,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(outcome, Unknown);
}

#[tokio::test]
async fn a_head_cut_short_leaves_it_open() {
    assert_eq!(outcome_of("HTTP/1.1 200 OK\r\nContent-".into()).await.0, Unknown);
}

#[tokio::test]
async fn a_body_cut_short_leaves_it_open() {
    let (outcome, error) =
        outcome_of(json_answer("200 OK", "", MESSAGE.len(), r#"{"id":7,"type":"SM"#)).await;
    assert!(matches!(error, Error::Network { .. }), "{error:?}");
    assert_eq!(outcome, Unknown);
}

#[tokio::test]
async fn a_body_that_says_nothing_leaves_it_open() {
    for body in ["<html>", "{}", ""] {
        let (outcome, error) = outcome_of(json_answer("200 OK", "", body.len(), body)).await;
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
        assert_eq!(outcome, Unknown, "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_leaves_it_open() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let script = Script::play(Vec::new()).await;
    let mut config = script.client().await.config().clone();
    config.server = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    config.request_timeout = std::time::Duration::from_millis(30);
    let error = send(&script.client_with(config).await, Priority::Interactive).await;
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    assert_eq!(error.outcome(), Unknown);
}

#[tokio::test]
async fn what_the_server_says_decides() {
    let soon = "Retry-After: 1\r\n";
    for (answer, expected) in [
        (refusal("400 Bad Request", "", "MSG-246"), NotCarriedOut),
        (refusal("403 Forbidden", "", "MSG-304"), NotCarriedOut),
        (refusal("403 Forbidden", "", "CMN-408"), NotCarriedOut),
        (refusal("429 Too Many Requests", soon, "CMN-301"), NotCarriedOut),
        (refusal("429 Too Many Requests", "", "MSG-305"), NotCarriedOut),
        (refusal("500 Internal Server Error", "", "CMN-203"), Unknown),
        (refusal("502 Bad Gateway", "", "CMN-201"), Unknown),
        (refusal("503 Service Unavailable", "", "CMN-201"), Unknown),
        (refusal("503 Service Unavailable", soon, "CMN-201"), NotCarriedOut),
    ] {
        let status = answer.lines().next().unwrap().to_owned();
        assert_eq!(outcome_of(answer).await.0, expected, "{status}");
    }
}

#[tokio::test]
async fn a_spent_budget_of_our_own_carries_nothing_and_sends_nothing() {
    let headers = "X-Rate-Limit-Group: medium\r\nX-Rate-Limit-Limit: 1\r\nX-Rate-Limit-Window: 60\r\n";
    let script = Script::play(vec![json_answer("200 OK", headers, MESSAGE.len(), MESSAGE)]).await;
    let client = script.client().await;
    client.sms().send(&text(), Priority::Interactive).await.unwrap();
    let error = send(&client, Priority::Interactive).await;
    assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    assert_eq!((error.outcome(), script.count()), (NotCarriedOut, 1));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let script = Script::play(vec![refusal("401 Unauthorized", "", "OAU-128")]).await;
    // The refused token cannot be renewed, for there is no refresh token.
    let error = send(&script.client().await, Priority::Interactive).await;
    assert!(matches!(error, Error::SignInRequired { .. }), "{error:?}");
    assert_eq!((error.outcome(), script.count()), (NotCarriedOut, 1));
}

#[tokio::test]
async fn a_text_that_went_well_names_its_conversation_exactly() {
    let script = Script::play(vec![json_answer("200 OK", "", MESSAGE.len(), MESSAGE)]).await;
    let client = script.client().await;
    let message = client.sms().send(&text(), Priority::Interactive).await.unwrap();
    assert_eq!(message.message_status, Some(MessageStatus::Queued));
    assert_eq!(message.conversation_id().unwrap().as_str(), "6015823250778200202");
    assert!(
        script
            .asked(0)
            .starts_with("post /restapi/v1.0/account/~/extension/~/sms ")
    );
}

#[tokio::test]
async fn a_call_is_not_started_twice_either_and_one_that_is_over_is_not_found() {
    let tempting = json_answer("200 OK", "", 11, r#"{"id":"r1"}"#);
    let answers = vec![
        refusal("429 Too Many Requests", "Retry-After: 0\r\n", "CMN-301"),
        refusal("404 Not Found", "", "CMN-102"),
        tempting,
    ];
    let script = Script::play(answers).await;
    let client = script.client().await;
    let call = RingOutRequest {
        from: RingOutPhone::Number("+15105550101".into()),
        to: "+14155550132".into(),
        caller_id: None,
        is_prompting: None,
        country_id: None,
    };
    let error = client
        .ring_out()
        .start(&call, Priority::Interactive)
        .await
        .unwrap_err();
    assert_eq!((error.outcome(), script.count()), (NotCarriedOut, 1));
    let over = client
        .ring_out()
        .status(&"r1".into(), Priority::Interactive)
        .await;
    assert!(over.unwrap_err().is_not_found());
}
