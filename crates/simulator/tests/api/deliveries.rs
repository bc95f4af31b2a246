//! What becomes of a text that was accepted: states, codes, segments, and who reports them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use simulator::world::texting::{CampaignStatus, Texting};

use crate::socket::Socket;
use crate::support::Lab;
use crate::texts::{KIM, LEE, ME, advance, message, number, post, text_to};

#[tokio::test]
async fn a_text_goes_from_queued_over_sent_to_delivered_and_says_when() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket.subscribe(&[&format!("{ME}/message-store?type=SMS")]).await;
    let sent = post(&lab, &token, text_to(&[KIM], &"ä€".repeat(60))).await;
    assert_eq!(
        (sent.status, &sent.body["messageStatus"]),
        (200, &json!("Queued"))
    );
    assert_eq!(sent.body["segmentCount"], 2, "180 septets");
    let mut states = Vec::new();
    for _ in 0..30 {
        lab.simulator.control().advance(SignedDuration::from_millis(100));
        let state = message(&lab, &token, &sent).await["messageStatus"]
            .as_str()
            .unwrap()
            .to_owned();
        if states.last() != Some(&state) {
            states.push(state);
        }
    }
    assert_eq!(states, ["Queued", "Sent", "Delivered"]);
    let delivered = message(&lab, &token, &sent).await;
    assert!(delivered["smsDeliveryTime"].is_string() && delivered["deliveryErrorCode"].is_null());
    assert!(
        delivered["to"][0]["messageStatus"].is_null(),
        "one recipient has no state of its own"
    );
    let told = socket.notifications_so_far().await;
    assert_eq!(told.len(), 3, "new, sent, delivered: {told:?}");
}

#[tokio::test]
async fn who_reports_a_failure_decides_how_it_is_called() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    for (code, status) in [
        ("SMS-RC-410", "SendingFailed"),
        ("SMS-UP-410", "DeliveryFailed"),
        ("SMS-CAR-411", "DeliveryFailed"),
        ("SMS-CAR-412", "DeliveryFailed"),
    ] {
        control.world(|world| world.set_undeliverable(number(KIM), Some(code)));
        let sent = post(&lab, &token, text_to(&[KIM], "x")).await;
        advance(&lab, 5);
        let failed = message(&lab, &token, &sent).await;
        assert_eq!(
            (&failed["messageStatus"], &failed["deliveryErrorCode"]),
            (&json!(status), &json!(code))
        );
        assert!(failed["smsDeliveryTime"].is_null());
    }
    let held_back: Vec<bool> = control
        .message_ledger()
        .iter()
        .map(|entry| entry.reached().next().is_none())
        .collect();
    assert_eq!(
        held_back,
        [true, false, false, false],
        "only RingCentral's own refusal keeps a text back"
    );
}

#[tokio::test]
async fn a_group_has_a_state_for_each_and_one_for_all() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    let states = |message: &Value| -> Vec<String> {
        let to = message["to"].as_array().unwrap();
        to.iter()
            .map(|one| one["messageStatus"].as_str().unwrap().to_owned())
            .collect()
    };
    let sent = post(&lab, &token, text_to(&[KIM, LEE], "Both")).await;
    assert_eq!(states(&sent.body), ["Queued", "Queued"]);
    advance(&lab, 5);
    let done = message(&lab, &token, &sent).await;
    assert_eq!(states(&done), ["Delivered", "Delivered"]);
    assert_eq!(
        done["messageStatus"], "Sent",
        "the reference knows no Delivered for several"
    );

    control.world(|world| world.set_undeliverable(number(LEE), Some("SMS-RC-410")));
    let sent = post(&lab, &token, text_to(&[KIM, LEE], "Both")).await;
    advance(&lab, 5);
    let done = message(&lab, &token, &sent).await;
    assert_eq!(states(&done), ["Delivered", "SendingFailed"]);
    assert_eq!(
        (
            &done["messageStatus"],
            &done["deliveryErrorCode"],
            &done["to"][1]["errorCode"]
        ),
        (
            &json!("SendingFailed"),
            &json!("SMS-RC-410"),
            &json!("SMS-RC-410")
        )
    );
    assert!(done["to"][0]["errorCode"].is_null());
}

#[tokio::test]
async fn an_unconfirmed_campaign_lets_nothing_through() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    lab.simulator.control().world(|world| {
        world.set_texting(Texting {
            campaign_status: CampaignStatus::CampaignSuspended,
            ..Texting::default()
        });
    });
    let sent = post(&lab, &token, text_to(&[KIM], "x")).await;
    advance(&lab, 5);
    assert_eq!(
        message(&lab, &token, &sent).await["deliveryErrorCode"],
        "SMS-UP-414"
    );
    let numbers = lab.get(&token, &format!("{ME}/phone-number")).await;
    let id = &numbers.records()[0]["id"];
    let shown = lab
        .get(&token, &format!("{ME}/phone-number/{id}/sms-configuration"))
        .await;
    let campaign = &shown.body["smsCampaignInfo"];
    assert_eq!(
        (&campaign["status"], &campaign["registrationTier"]),
        (&json!("CampaignSuspended"), &json!("LowVolume"))
    );
    let (ben, path) = (
        lab.token("102").await,
        format!("{ME}/phone-number/{id}/sms-configuration"),
    );
    assert_eq!(lab.get(&ben, &path).await.status, 404);
}

#[tokio::test]
async fn the_same_texts_are_reported_on_at_the_same_instants_every_time() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let lab = Lab::new().await;
        let token = lab.token("101").await;
        let mut sent = Vec::new();
        for text in ["one", "two", "three"] {
            sent.push(post(&lab, &token, text_to(&[KIM, LEE], text)).await);
            lab.simulator.control().advance(SignedDuration::from_millis(700));
        }
        advance(&lab, 5);
        let mut instants = Vec::new();
        for one in &sent {
            let settled = message(&lab, &token, one).await;
            instants.push((settled["id"].clone(), settled["smsDeliveryTime"].clone()));
        }
        runs.push(instants);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0][0].1, runs[0][1].1);
}
