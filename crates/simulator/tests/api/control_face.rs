//! The control face over HTTP: what another program can make happen.

use serde_json::{Value, json};

use crate::socket::Socket;
use crate::support::{Got, Lab, send};

const ME: &str = "/restapi/v1.0/account/~/extension/~";

async fn post(lab: &Lab, path: &str, body: Value) -> Got {
    send(
        lab.http
            .post(format!("{}{path}", lab.ready.control_url))
            .json(&body),
    )
    .await
}

async fn ask(lab: &Lab, path: &str) -> Value {
    send(lab.http.get(format!("{}{path}", lab.ready.control_url)))
        .await
        .body
}

#[tokio::test]
async fn a_call_can_be_played_or_led_step_by_step() {
    let lab = Lab::new().await;
    let played =
        json!({"from": "+14155550199", "name": "KNOWN", "ending": {"kind": "missed"}, "ring_seconds": 5});
    assert_eq!(post(&lab, "/calls", played).await.status, 200);
    let moved = post(&lab, "/clock", json!({"advance_seconds": 60})).await;
    assert_eq!(moved.body["now"], "2026-03-02T16:01:00.000Z");
    let token = lab.token("101").await;
    let log = lab.get(&token, &format!("{ME}/call-log")).await;
    assert_eq!(log.records()[0]["result"], "Missed");

    let led = post(&lab, "/calls", json!({"from": "withheld", "to": "101"})).await;
    let session = led.body["telephonySessionId"].as_str().unwrap().to_owned();
    let answered = post(&lab, &format!("/calls/{session}"), json!({"step": "answer"})).await;
    assert!(
        answered.body["parties"]
            .as_array()
            .unwrap()
            .iter()
            .any(|party| party["status"] == "Answered")
    );
    post(&lab, &format!("/calls/{session}"), json!({"step": "hang_up"})).await;
    let refused = post(&lab, &format!("/calls/{session}"), json!({"step": "answer"})).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body["error"].is_string());
}

#[tokio::test]
async fn messages_arrive_change_and_go() {
    let lab = Lab::new().await;
    let text = post(
        &lab,
        "/texts",
        json!({"from": "72645", "to": "+15105550101", "text": "code 1234"}),
    )
    .await;
    let voicemail = post(&lab, "/voicemails", json!({"from": "+14155550199", "to": "101"})).await;
    let fax = post(
        &lab,
        "/faxes",
        json!({"from": "+14155550198", "to": "101", "pages": 3, "format": "tiff"}),
    )
    .await;
    assert_eq!((text.status, voicemail.status, fax.status), (200, 200, 200));
    post(&lab, "/clock", json!({"advance_seconds": 30})).await;
    let token = lab.token("101").await;
    let kinds = async || {
        let list = lab.get(&token, &format!("{ME}/message-store")).await;
        let mut kinds: Vec<String> = list
            .records()
            .iter()
            .map(|one| one["type"].as_str().unwrap().to_owned())
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds().await, ["Fax", "SMS", "VoiceMail"]);
    let address = format!(
        "{}/messages/101/{}",
        lab.ready.control_url,
        text.body["messageId"].as_str().unwrap()
    );
    send(lab.http.delete(address)).await;
    assert_eq!(kinds().await, ["Fax", "VoiceMail"]);
}

#[tokio::test]
async fn faults_limits_and_logs_are_reached_over_http() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let fault = json!({"on": "readExtension", "effect": {"kind": "rate_limited", "retry_after_seconds": 3}});
    assert_eq!(post(&lab, "/faults", fault).await.status, 200);
    assert_eq!(
        ask(&lab, "/faults").await["unmet_faults"][0]["on"],
        "readExtension"
    );
    assert_eq!(lab.get(&token, ME).await.status, 429);
    assert_eq!(ask(&lab, "/faults").await["unmet_faults"], json!([]));
    assert_eq!(
        post(&lab, "/faults", json!({"on": "x", "effect": {"kind": "magic"}}))
            .await
            .status,
        400
    );

    let limits = send(
        lab.http
            .put(format!("{}/rate-limits", lab.ready.control_url))
            .json(&json!({"light": 1})),
    )
    .await;
    assert_eq!(limits.status, 200);
    lab.get(&token, ME).await;
    assert_eq!(lab.get(&token, ME).await.status, 429);

    lab.get(&token, "/restapi/v1.0/nowhere/at/all").await;
    assert_eq!(
        ask(&lab, "/unmatched").await["unmatched"][0]["path"],
        "/restapi/v1.0/nowhere/at/all"
    );
    let requests = ask(&lab, "/requests").await;
    let last = requests["requests"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .nth(1)
        .unwrap()
        .clone();
    assert_eq!(
        (&last["operation"], &last["group"], &last["status"]),
        (&json!("readExtension"), &json!("light"), &json!(429))
    );
}

#[tokio::test]
async fn presence_contacts_and_recorded_notifications_reach_subscribers() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket
        .subscribe(&["/restapi/v1.0/account/~/extension/~/presence"])
        .await;
    post(
        &lab,
        "/presence",
        json!({"extension": "101", "user_status": "Busy"}),
    )
    .await;
    assert_eq!(socket.notification().await["body"]["userStatus"], "Busy");
    let recorded = json!([{"uuid": "7", "event": "/restapi/v1.0/x", "timestamp": "t", "body": {}}]);
    post(&lab, "/notifications", recorded).await;
    assert_eq!(socket.notification().await["uuid"], "7");
    let contact = post(
        &lab,
        "/contacts/101",
        json!({"firstName": "Kim", "mobilePhone": "+14155550199"}),
    )
    .await;
    let id = contact.body["contactId"].as_str().unwrap();
    let shown = lab.get(&token, &format!("{ME}/address-book/contact/{id}")).await;
    assert_eq!(shown.body["mobilePhone"], "+14155550199");
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_a_sentence() {
    let lab = Lab::new().await;
    for (path, body) in [
        (
            "/texts",
            json!({"from": "+14155550199", "to": "+19995550000", "text": "x"}),
        ),
        ("/texts", json!({"from": "+14155550199"})),
        ("/calls", json!({"from": "+14155550199", "to": "999"})),
        (
            "/presence",
            json!({"extension": "101", "user_status": "Floating"}),
        ),
    ] {
        let got = post(&lab, path, body).await;
        assert_eq!(got.status, 400, "{path}");
        assert!(got.body["error"].as_str().unwrap().len() > 10, "{path}: {got:?}");
    }
    assert_eq!(
        send(lab.http.get(format!("{}/nothing", lab.ready.control_url)))
            .await
            .status,
        404
    );
}
