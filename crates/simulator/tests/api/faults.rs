//! Faults on order: each arrives where it was sent, and one never met is reported.

use simulator::{Effect, Fault};

use crate::support::{Lab, send};

const ME: &str = "/restapi/v1.0/account/~/extension/~";
const LOG: &str = "/restapi/v1.0/account/~/extension/~/call-log";

#[tokio::test]
async fn scripted_faults_happen_in_order_and_are_then_over() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.add_fault(Fault::once(
        "readUserCallLog",
        Effect::RateLimited {
            retry_after_seconds: None,
        },
    ));
    control.add_fault(Fault::once(
        "readUserCallLog",
        Effect::RateLimited {
            retry_after_seconds: Some(7),
        },
    ));
    let server_error = Effect::ServerError {
        status: 503,
        error_code: "CMN-201".to_owned(),
    };
    control.add_fault(Fault::once("GET /restapi/**/call-log", server_error));
    control.add_fault(Fault::once("readUserCallLog", Effect::GarbageBody).after(1));
    let without = lab.get(&token, LOG).await;
    assert_eq!((without.status, without.header("retry-after")), (429, ""));
    assert_eq!(lab.get(&token, LOG).await.header("retry-after"), "7");
    let unavailable = lab.get(&token, LOG).await;
    assert_eq!((unavailable.status, unavailable.code()), (503, "CMN-201"));
    assert_eq!(lab.get(&token, LOG).await.status, 200);
    assert!(lab.get(&token, LOG).await.body.is_null(), "garbage is not JSON");
    assert_eq!(lab.get(&token, LOG).await.status, 200);
    assert!(control.unmet_faults().is_empty());
}

#[tokio::test]
async fn a_fault_never_met_is_reported() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    control.add_fault(Fault::once("syncMessages", Effect::ExpiredSyncToken).times(2));
    let unmet = control.unmet_faults();
    assert_eq!(
        (unmet.len(), unmet[0].on.as_str(), unmet[0].times_left),
        (1, "syncMessages", 2)
    );
}

#[tokio::test]
async fn an_expired_token_is_really_expired_and_a_refusal_is_not() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let refusal = Effect::Unauthorized {
        error_code: "OAU-128".to_owned(),
    };
    control.add_fault(Fault::once("readExtension", refusal));
    assert_eq!(lab.get(&token, ME).await.code(), "OAU-128");
    assert_eq!(lab.get(&token, ME).await.status, 200);
    control.add_fault(Fault::once("readExtension", Effect::ExpireToken));
    assert_eq!(lab.get(&token, ME).await.code(), "OAU-128");
    assert_eq!(lab.get(&token, ME).await.code(), "OAU-128");
    let token = lab.token("101").await;
    control.add_fault(Fault::once("readExtension", Effect::RevokeSession));
    assert_eq!(lab.get(&token, ME).await.code(), "OAU-213");
}

#[tokio::test]
async fn a_body_cut_short_ends_in_a_connection_error() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.add_fault(Fault::once("readExtension", Effect::CutBody { after_bytes: 20 }));
    let response = lab
        .http
        .get(lab.url(ME))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 20);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn a_lost_reply_leaves_the_work_done() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.add_fault(Fault::once("createSMSMessage", Effect::LoseReply));
    let text = serde_json::json!({
        "from": {"phoneNumber": "+15105550101"}, "to": [{"phoneNumber": "+14155550199"}], "text": "once",
    });
    let request = lab
        .http
        .post(lab.url(&format!("{ME}/sms")))
        .bearer_auth(&token)
        .json(&text);
    let lost = match request.send().await {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost);
    lab.clock.advance(jiff::SignedDuration::from_secs(1));
    assert_eq!(
        lab.get(&token, &format!("{ME}/message-store"))
            .await
            .records()
            .len(),
        1
    );
}

#[tokio::test]
async fn unknown_words_and_own_replies_can_be_planted() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let unknown = Effect::UnknownEnum {
        field: "status".to_owned(),
        value: "Hovering".to_owned(),
    };
    control.add_fault(Fault::once("readExtension", unknown));
    assert_eq!(lab.get(&token, ME).await.body["status"], "Hovering");
    let reply = Effect::Reply {
        status: 418,
        headers: vec![("x-tea".into(), "green".into())],
        body: "short".into(),
    };
    control.add_fault(Fault::once("readExtension", reply));
    let got = send(lab.http.get(lab.url(ME)).bearer_auth(&token)).await;
    assert_eq!(
        (got.status, got.header("x-tea"), got.text.as_str()),
        (418, "green", "short")
    );
}
