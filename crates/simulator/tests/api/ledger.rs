//! The ledger of what really left, also when nobody heard of it; and steering texts over HTTP.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use simulator::world::outbound::LedgerKind;
use simulator::{Effect, Fault};

use crate::support::{Lab, send};
use crate::texts::{KIM, LEE, ME, SMS, advance, message, number, post, text_to};

#[tokio::test]
async fn the_ledger_knows_what_left_when_the_reply_did_not_arrive() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let unavailable = |is_after| match is_after {
        true => Effect::FailAfter {
            status: 503,
            error_code: "CMN-201".to_owned(),
        },
        false => Effect::ServerError {
            status: 503,
            error_code: "CMN-201".to_owned(),
        },
    };
    let effects = [
        ("lost before", Effect::LoseRequest, false),
        ("503 before", unavailable(false), false),
        ("lost after", Effect::LoseReply, true),
        ("cut after", Effect::CutBody { after_bytes: 9 }, true),
        ("503 after", unavailable(true), true),
    ];
    let mut expected = Vec::new();
    for (text, effect, leaves) in effects {
        let is_answered = matches!(effect, Effect::ServerError { .. } | Effect::FailAfter { .. });
        control.add_fault(Fault::once("createSMSMessage", effect));
        let request = lab
            .http
            .post(lab.url(SMS))
            .bearer_auth(&token)
            .json(&text_to(&[KIM], text));
        let answer = match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                response.bytes().await.ok().map(|_| status)
            }
            Err(_) => None,
        };
        assert_eq!(answer, is_answered.then_some(503), "{text}");
        if leaves {
            expected.push((LedgerKind::Text, text.to_owned(), vec![number(KIM)]));
        }
    }
    assert!(control.unmet_faults().is_empty());
    let ledger = control.message_ledger();
    let left: Vec<_> = ledger
        .iter()
        .map(|entry| {
            (
                entry.kind,
                entry.text.clone(),
                entry.reached().collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(left, expected);
    assert_eq!(
        ledger.iter().map(|entry| entry.number).collect::<Vec<_>>(),
        [1, 2, 3]
    );
}

#[tokio::test]
async fn a_fax_stands_in_the_ledger_when_it_leaves_and_not_when_it_is_called_back() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    for is_called_back in [false, true] {
        let json = json!({"to": [{"phoneNumber": KIM}]}).to_string();
        let form = Form::new()
            .part("json", Part::text(json).mime_str("application/json").unwrap())
            .part("attachment", Part::text("Bars").file_name("bars.txt"));
        let request = lab.http.post(lab.url(&format!("{ME}/fax"))).bearer_auth(&token);
        let fax = send(request.multipart(form)).await;
        assert!(control.message_ledger().is_empty());
        if is_called_back {
            let address = format!("{ME}/message-store/{}", fax.body["id"]);
            lab.request(Method::DELETE, &token, &address, None).await;
        }
        advance(&lab, 10);
        let ledger = control.message_ledger();
        assert_eq!(ledger.len(), usize::from(!is_called_back));
        if let Some(entry) = ledger.first() {
            assert_eq!(
                (entry.kind, entry.files[0].name.as_deref()),
                (LedgerKind::Fax, Some("bars.txt"))
            );
        }
        control.clear_message_ledger();
    }
}

#[tokio::test]
async fn texting_is_steered_and_the_ledger_read_over_http() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = async |path: &str, body: Value| {
        let address = format!("{}{path}", lab.ready.control_url);
        let request = if path == "/texting" {
            lab.http.put(address)
        } else {
            lab.http.post(address)
        };
        send(request.json(&body)).await
    };
    let landline = control("/undeliverable", json!({"number": KIM, "error": "landline"})).await;
    assert_eq!(landline.status, 200);
    assert_eq!(
        control("/undeliverable", json!({"number": KIM, "error": "SMS-XX-1"}))
            .await
            .status,
        400
    );
    let sent = post(&lab, &token, text_to(&[KIM], "x")).await;
    advance(&lab, 5);
    assert_eq!(
        message(&lab, &token, &sent).await["deliveryErrorCode"],
        "SMS-UP-410"
    );

    control("/consents", json!({"from": "*", "to": LEE, "status": "OptOut"})).await;
    post(&lab, &token, text_to(&[LEE], "y")).await;
    let ledger = send(lab.http.get(format!("{}/ledger", lab.ready.control_url))).await;
    let entry = &ledger.body["entries"][1];
    assert_eq!(
        (
            &entry["text"],
            &entry["recipients"][0],
            &entry["message_id"].is_string()
        ),
        (
            &json!("y"),
            &json!({"number": LEE, "held_back": "SMS-RC-413"}),
            &true
        )
    );
    control("/blocked-numbers", json!({"extension": "101", "number": KIM})).await;
    assert_eq!(post(&lab, &token, text_to(&[KIM], "x")).await.code(), "MSG-243");
    control("/texting", json!({"sms": false})).await;
    assert_eq!(post(&lab, &token, text_to(&[LEE], "x")).await.code(), "MSG-242");
}

#[tokio::test]
async fn faults_before_and_after_the_work_are_ordered_over_http() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let order = async |effect: Value| {
        let fault = json!({"on": "createSMSMessage", "effect": effect});
        let request = lab.http.post(format!("{}/faults", lab.ready.control_url));
        assert_eq!(send(request.json(&fault)).await.status, 200);
    };
    order(json!({"kind": "lose_request"})).await;
    let request = lab.http.post(lab.url(SMS)).bearer_auth(&token);
    let lost = match request.json(&text_to(&[KIM], "lost")).send().await {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost);
    order(json!({"kind": "fail_after", "status": 502})).await;
    let failed = post(&lab, &token, text_to(&[KIM], "done")).await;
    assert_eq!((failed.status, failed.code()), (502, "CMN-201"));
    assert_eq!(failed.header("x-rate-limit-group"), "medium");
    let ledger = lab.simulator.control().message_ledger();
    let texts: Vec<&str> = ledger.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["done"]);
}
