//! The bytes of voicemails: states and conditions, tokens in addresses, spoiled recordings, broken downloads.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::support::{Got, Lab, send};

const ME: &str = "/restapi/v1.0/account/~/extension/~";

async fn control(lab: &Lab, method: reqwest::Method, path: &str, body: Value) -> Got {
    let address = format!("{}{path}", lab.ready.control_url);
    send(lab.http.request(method, address).json(&body)).await
}

/// Leaves a voicemail through the control face; gives the newest in the message store.
async fn left(lab: &Lab, token: &str, more: Value) -> Value {
    let mut order = json!({"from": "+14155550199", "to": "101"});
    for (key, value) in more.as_object().unwrap() {
        order[key] = value.clone();
    }
    let done = control(lab, reqwest::Method::POST, "/voicemails", order).await;
    assert_eq!(done.status, 200, "{}", done.text);
    lab.simulator.control().advance(SignedDuration::from_secs(10));
    let id = done.body["messageId"].as_str().unwrap();
    lab.get(token, &format!("{ME}/message-store/{id}")).await.body
}

fn audio_of(message: &Value) -> String {
    message["attachments"][0]["uri"].as_str().unwrap().to_owned()
}

async fn fetched(
    lab: &Lab,
    token: &str,
    address: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap, bytes::Bytes) {
    let mut request = lab.http.get(address).bearer_auth(token);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().await.unwrap())
}

#[tokio::test]
async fn audio_tells_its_state_and_is_not_sent_again_to_who_has_it() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let address = audio_of(&left(&lab, &token, json!({})).await);
    let (status, headers, whole) = fetched(&lab, &token, &address, &[]).await;
    assert_eq!(status, 200);
    let etag = headers["etag"].to_str().unwrap().to_owned();
    let modified = headers["last-modified"].to_str().unwrap().to_owned();
    assert!(etag.starts_with('"') && modified.ends_with(" GMT"));

    for known in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
        let (status, headers, body) = fetched(&lab, &token, &address, &[("if-none-match", &known)]).await;
        assert_eq!((status, body.len()), (304, 0), "{known}");
        assert_eq!(headers["etag"], etag.as_str());
    }
    let (status, ..) = fetched(&lab, &token, &address, &[("if-modified-since", &modified)]).await;
    assert_eq!(status, 304);
    let both = [
        ("if-none-match", "\"other\""),
        ("if-modified-since", &modified as &str),
    ];
    assert_eq!(
        fetched(&lab, &token, &address, &both).await.0,
        200,
        "the tag decides"
    );

    for state in [&etag, &modified] {
        let resumed = [("range", "bytes=100-"), ("if-range", state as &str)];
        let (status, headers, rest) = fetched(&lab, &token, &address, &resumed).await;
        assert_eq!((status, rest), (206, whole.slice(100..)));
        assert_eq!(headers["etag"], etag.as_str());
    }
    for stale in [
        "\"other\"".to_owned(),
        format!("W/{etag}"),
        "Mon, 02 Mar 2020 16:00:00 GMT".to_owned(),
    ] {
        let resumed = [("range", "bytes=100-"), ("if-range", &stale as &str)];
        let (status, _, all) = fetched(&lab, &token, &address, &resumed).await;
        assert_eq!(
            (status, &all),
            (200, &whole),
            "{stale}: everything from the beginning"
        );
    }
    let other = audio_of(&left(&lab, &token, json!({"clip": 1})).await);
    assert_ne!(fetched(&lab, &token, &other, &[]).await.1["etag"], etag.as_str());
    let named = format!("{address}?contentDisposition=Attachment");
    let number = address.rsplit('/').next().unwrap();
    assert_eq!(
        fetched(&lab, &token, &named, &[]).await.1["content-disposition"],
        format!("attachment; filename=\"{number}.mp3\"")
    );
}

#[tokio::test]
async fn an_address_with_a_token_in_it_opens_only_on_the_media_host_and_while_the_token_lives() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let address = audio_of(&left(&lab, &token, json!({})).await);
    let with = |address: &str, token: &str| lab.http.get(format!("{address}?access_token={token}"));
    assert_eq!(with(&address, &token).send().await.unwrap().status(), 200);
    let platform = address.replacen("/media/", "/", 1);
    let refused = send(with(&platform, &token)).await;
    assert_eq!((refused.status, refused.code()), (401, "AGW-401"));
    let nobody = send(lab.http.get(&address)).await;
    assert_eq!((nobody.status, nobody.code()), (401, "AGW-401"));
    lab.simulator.control().expire_access_tokens(None);
    let expired = send(with(&address, &token)).await;
    assert_eq!((expired.status, expired.code()), (401, "OAU-128"));
    let renewed = lab.token("101").await;
    assert_eq!(with(&address, &renewed).send().await.unwrap().status(), 200);
    let other = lab.token("102").await;
    assert_ne!(
        send(with(&address, &other)).await.status,
        200,
        "somebody else's mailbox"
    );
}

#[tokio::test]
async fn recordings_of_every_kind_can_be_left() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let audio = |kind: Value| json!({"audio": kind});
    let hour = left(&lab, &token, audio(json!({"kind": "long_wav", "seconds": 3600}))).await;
    assert_eq!(
        (
            &hour["attachments"][0]["contentType"],
            &hour["attachments"][0]["vmDuration"]
        ),
        (&json!("audio/x-wav"), &json!(3600))
    );
    let (status, headers, end) = fetched(&lab, &token, &audio_of(&hour), &[("range", "bytes=-8000")]).await;
    assert_eq!((status, end.len()), (206, 8_000));
    assert_eq!(headers["content-range"], "bytes 28792058-28800057/28800058");

    let long = json!({"audio": {"kind": "long_mp3", "seconds": 180}, "transcription": "CompletedPartially"});
    let long = left(&lab, &token, long).await;
    assert_eq!(long["vmTranscriptionStatus"], "CompletedPartially");
    assert!(long["attachments"][0]["vmDuration"].as_u64().unwrap() >= 180);

    let empty = left(&lab, &token, audio(json!({"kind": "empty"}))).await;
    assert_eq!(fetched(&lab, &token, &audio_of(&empty), &[]).await.2.len(), 0);
    let ranged = fetched(&lab, &token, &audio_of(&empty), &[("range", "bytes=0-")]).await;
    assert_eq!(ranged.0, 416);
    let text = left(&lab, &token, audio(json!({"kind": "text_named_mp3"}))).await;
    let (_, headers, bytes) = fetched(&lab, &token, &audio_of(&text), &[]).await;
    assert_eq!(headers["content-type"], "audio/mpeg");
    assert!(bytes.starts_with(b"This is a text"));
    let cut = left(&lab, &token, audio(json!({"kind": "truncated_mp3"}))).await;
    assert!(
        fetched(&lab, &token, &audio_of(&cut), &[])
            .await
            .2
            .starts_with(&[0xFF, 0xE3])
    );

    let given = json!({"kind": "bytes", "base64": "UklGRg==", "content_type": "audio/x-wav", "duration_seconds": 4, "words": "Four bytes."});
    let given = left(&lab, &token, audio(given)).await;
    assert_eq!(
        fetched(&lab, &token, &audio_of(&given), &[]).await.2,
        &b"RIFF"[..]
    );
    let words = given["attachments"][1]["uri"].as_str().unwrap();
    assert_eq!(lab.get(&token, words).await.text, "Four bytes.");
    let refused = json!({"from": "+14155550199", "audio": {"kind": "bytes", "base64": "%", "content_type": "audio/mpeg"}});
    assert_eq!(
        control(&lab, reqwest::Method::POST, "/voicemails", refused)
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn the_control_face_moves_a_transcription_purges_and_sets_the_limit() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let order = json!({"transcription": "InProgress", "transcription_delay_seconds": 0});
    let message = left(&lab, &token, order).await;
    assert_eq!(message["vmTranscriptionStatus"], "InProgress", "it stays so");
    let one = format!("/messages/101/{}", message["id"]);
    for (word, attachments) in [("Failed", 1), ("Completed", 2), ("CompletedPartially", 2)] {
        let order = json!({"transcription": word});
        assert_eq!(
            control(&lab, reqwest::Method::PATCH, &one, order).await.status,
            200
        );
        let now = lab.get(&token, message["uri"].as_str().unwrap()).await.body;
        assert_eq!(now["vmTranscriptionStatus"], word);
        assert_eq!(
            now["attachments"].as_array().unwrap().len(),
            attachments,
            "{word}"
        );
    }
    let purge = format!("{one}?purge=true");
    assert_eq!(
        control(&lab, reqwest::Method::DELETE, &purge, Value::Null)
            .await
            .status,
        200
    );
    assert_eq!(lab.get(&token, &audio_of(&message)).await.status, 404);
    let late = control(
        &lab,
        reqwest::Method::PATCH,
        &one,
        json!({"transcription": "Failed"}),
    )
    .await;
    assert_eq!(late.status, 400, "it has no recording any more");

    assert_eq!(
        control(&lab, reqwest::Method::GET, "/inbox", Value::Null)
            .await
            .body,
        json!({"limit": 200})
    );
    control(&lab, reqwest::Method::PUT, "/inbox", json!({"limit": 1})).await;
    left(&lab, &token, json!({})).await;
    left(&lab, &token, json!({})).await;
    let list = lab.get(&token, &format!("{ME}/message-store")).await;
    assert_eq!(list.records().len(), 1);
}

#[tokio::test]
async fn a_download_can_break_off_stall_or_be_refused_and_goes_on_where_it_stopped() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let address = audio_of(&left(&lab, &token, json!({})).await);
    let other = audio_of(&left(&lab, &token, json!({"clip": 1})).await);
    let whole = fetched(&lab, &token, &address, &[]).await.2;
    // One message's audio and no other's.
    let place = address
        .split("/message-store/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let on = format!("GET /restapi/**/message-store/{place}/content/*");
    for effect in [
        json!({"kind": "cut_body", "after_bytes": 1000}),
        json!({"kind": "stall_body", "after_bytes": 1000, "millis": 60_000}),
        json!({"kind": "stall_body", "after_bytes": 1000, "millis": 1}),
        json!({"kind": "server_error", "status": 404, "error_code": "CMN-102"}),
        json!({"kind": "rate_limited", "retry_after_seconds": 2}),
    ] {
        let order = json!({"on": on, "effect": effect});
        assert_eq!(
            control(&lab, reqwest::Method::POST, "/faults", order)
                .await
                .status,
            200
        );
    }
    assert_eq!(fetched(&lab, &token, &other, &[]).await.0, 200);

    let get = || lab.http.get(&address).bearer_auth(&token);
    let mut broken = get().send().await.unwrap();
    let promised = broken.content_length();
    let mut got = Vec::new();
    while let Ok(Some(piece)) = broken.chunk().await {
        got.extend_from_slice(&piece);
    }
    assert_eq!(
        (got.len(), promised),
        (1_000, Some(u64::try_from(whole.len()).unwrap()))
    );

    let mut stalled = get().send().await.unwrap();
    let first = stalled.chunk().await.unwrap().unwrap();
    assert_eq!(first, whole.slice(..1_000));
    let more = tokio::time::timeout(Duration::from_millis(50), stalled.chunk()).await;
    assert!(more.is_err(), "nothing comes for a minute");
    drop(stalled);
    let late = get().send().await.unwrap();
    assert_eq!(
        late.bytes().await.unwrap(),
        whole,
        "after the pause comes the rest"
    );

    assert_eq!(get().send().await.unwrap().status(), 404);
    let limited = get().send().await.unwrap();
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"2".parse().unwrap())
    );
    let rest = fetched(&lab, &token, &address, &[("range", "bytes=1000-")]).await;
    assert_eq!((rest.0, rest.2), (206, whole.slice(1_000..)));
    assert!(lab.simulator.control().unmet_faults().is_empty());
}
