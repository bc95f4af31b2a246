//! The WebSocket gateway: handshake, subscriptions, notifications, recovery, timeouts.

use jiff::SignedDuration;
use serde_json::{Value, json};
use simulator::scenario::{self, CallTarget, SteppedCall};
use simulator::world::number::E164;
use simulator::world::presence::{DndStatus, PresenceUpdate};
use simulator::{EventEffect, EventFault};
use tokio_tungstenite::connect_async;

use crate::socket::Socket;
use crate::support::Lab;

const MESSAGES: &str = "/restapi/v1.0/account/~/extension/~/message-store";
const INSTANT: &str = "/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS";
const PRESENCE: &str = "/restapi/v1.0/account/~/extension/~/presence";
const DETAILED: &str =
    "/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true&sipData=true";
const SESSIONS: &str = "/restapi/v1.0/account/~/extension/~/telephony/sessions";
const ADA: E164 = E164::nanp(510, 5_550_101);

fn text(lab: &Lab, text: &str) {
    let from = scenario::caller(E164::nanp(415, 5_550_199), None);
    lab.simulator
        .control()
        .world(|world| scenario::incoming_text(world, from, ADA, text, &[]))
        .unwrap();
}

fn ring(lab: &Lab) -> SteppedCall {
    let from = scenario::caller(E164::nanp(415, 5_550_199), Some("KNOWN CALLER"));
    lab.simulator
        .control()
        .world(|world| SteppedCall::ring(world, from, CallTarget::Number(ADA)))
        .unwrap()
}

async fn subscribed(lab: &Lab, filters: &[&str]) -> Socket {
    let token = lab.token("101").await;
    let mut socket = Socket::open(lab, &token, None).await;
    socket.subscribe(filters).await;
    socket
}

#[tokio::test]
async fn a_connection_begins_with_its_limits_and_its_token_is_used_up() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let address = Socket::address(&lab, &token).await;
    let (mut stream, _) = connect_async(&address).await.unwrap();
    let first = futures_util::StreamExt::next(&mut stream).await.unwrap().unwrap();
    let frame: Value = serde_json::from_str(first.to_text().unwrap()).unwrap();
    assert_eq!(frame[0]["type"], "ConnectionDetails");
    assert_eq!(frame[0]["wsc"]["sequence"], 1);
    assert_eq!(frame[1]["recoveryTimeout"], 180);
    assert_eq!(frame[1]["recoveryState"], Value::Null);
    let (mut second, _) = connect_async(&address).await.unwrap();
    let refused = futures_util::StreamExt::next(&mut second).await.unwrap().unwrap();
    let frame: Value = serde_json::from_str(refused.to_text().unwrap()).unwrap();
    assert_eq!(
        (&frame[0]["type"], &frame[1]["errorCode"]),
        (&json!("Error"), &json!("OAU-213"))
    );
}

#[tokio::test]
async fn rest_goes_over_the_socket_but_not_sign_in() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let (status, me) = socket
        .request("GET", "/restapi/v1.0/account/~/extension/~", None)
        .await;
    assert_eq!((status, &me["extensionNumber"]), (200, &json!("102")));
    let (status, refused) = socket.request("POST", "/restapi/oauth/wstoken", None).await;
    assert_eq!(
        (status, &refused["errors"][0]["errorCode"]),
        (404, &json!("CMN-120"))
    );
    let (status, _) = socket
        .request("GET", "/restapi/v1.0/account/~/extension/1", None)
        .await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_text_is_announced_as_a_count_and_whole_with_real_identifiers() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[MESSAGES, INSTANT]).await;
    text(&lab, "hello");
    let events = [socket.notification().await, socket.notification().await];
    let find = |end: &str| {
        events
            .iter()
            .find(|one| one["event"].as_str().unwrap().ends_with(end))
            .unwrap()
    };
    let count = find("/message-store");
    assert!(!count["event"].as_str().unwrap().contains('~'));
    assert_eq!(count["body"]["changes"][0]["type"], "SMS");
    assert_eq!(count["body"]["changes"][0]["newCount"], 1);
    let whole = find("/message-store/instant?type=SMS");
    assert_eq!(
        (&whole["body"]["subject"], &whole["body"]["eventType"]),
        (&json!("hello"), &json!("Create"))
    );
    assert!(whole["body"]["id"].is_string());
    assert_ne!(count["uuid"], whole["uuid"]);
    assert_eq!(count["ownerId"], whole["ownerId"]);
}

#[tokio::test]
async fn a_call_is_told_party_by_party_in_sequence_and_in_presence() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[SESSIONS, PRESENCE, DETAILED]).await;
    let call = ring(&lab);
    let control = lab.simulator.control();
    control.world(|world| call.answer(world)).unwrap();
    control.world(|world| call.caller_hangs_up(world)).unwrap();
    let events = socket.notifications_so_far().await;
    let telephony: Vec<&Value> = events
        .iter()
        .filter(|one| one["event"].as_str().unwrap().ends_with("telephony/sessions"))
        .collect();
    let sequences: Vec<u64> = telephony
        .iter()
        .map(|one| one["body"]["sequence"].as_u64().unwrap())
        .collect();
    assert!(
        sequences.windows(2).all(|pair| pair[0] < pair[1]),
        "{sequences:?}"
    );
    assert!(
        telephony
            .iter()
            .all(|one| one["body"]["parties"].as_array().unwrap().len() == 1)
    );
    let presence: Vec<&Value> = events
        .iter()
        .filter(|one| one["event"].as_str().unwrap().contains("presence"))
        .collect();
    assert!(
        presence.iter().all(|one| one["event"]
            .as_str()
            .unwrap()
            .ends_with("?detailedTelephonyState=true&sipData=true")),
        "with both filters only the detailed notification comes"
    );
    assert_eq!(presence[0]["body"]["telephonyStatus"], "Ringing");
    let last = presence.last().unwrap();
    assert_eq!(last["body"]["telephonyStatus"], "NoCall");
    assert_eq!(last["body"]["activeCalls"][0]["terminationType"], "final");
}

#[tokio::test]
async fn a_second_subscription_replaces_the_first() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[MESSAGES]).await;
    socket.subscribe(&[PRESENCE]).await;
    text(&lab, "nobody listens");
    assert!(socket.notifications_so_far().await.is_empty());
    let token = lab.token("101").await;
    assert_eq!(
        lab.get(&token, "/restapi/v1.0/subscription")
            .await
            .records()
            .len(),
        1
    );
}

#[tokio::test]
async fn filters_without_their_permission_are_listed_as_disabled() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    control.set_application_permissions(
        &lab.ready.client_id,
        &["WebSocket", "ReadMessages", "ReadAccounts"],
    );
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let subscription = socket.subscribe(&[MESSAGES, PRESENCE]).await;
    assert_eq!(subscription["eventFilters"].as_array().unwrap().len(), 1);
    assert_eq!(subscription["disabledFilters"][0]["reason"], "CMN-401");
    let webhook = json!({
        "eventFilters": [MESSAGES],
        "deliveryMode": {"transportType": "WebHook", "address": "http://127.0.0.1:1/"},
    });
    let refused = lab
        .request(
            reqwest::Method::POST,
            &token,
            "/restapi/v1.0/subscription",
            Some(webhook),
        )
        .await;
    assert_eq!((refused.status, refused.code()), (400, "SUB-523"));
}

#[tokio::test]
async fn a_broken_connection_is_recovered_with_what_was_missed() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[INSTANT]).await;
    text(&lab, "seen");
    assert_eq!(socket.notification().await["body"]["subject"], "seen");
    let wsc = socket.wsc.clone();
    socket.cut();
    for number in 0..3 {
        text(&lab, &format!("missed {number}"));
    }
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, Some(&wsc)).await;
    assert_eq!(socket.details["recoveryState"], "Successful");
    for number in 0..3 {
        assert_eq!(
            socket.notification().await["body"]["subject"],
            format!("missed {number}")
        );
    }
    text(&lab, "again");
    assert_eq!(socket.notification().await["body"]["subject"], "again");
}

#[tokio::test]
async fn recovery_keeps_the_hundred_newest_and_fails_after_three_minutes() {
    let lab = Lab::new().await;
    let socket = subscribed(&lab, &[INSTANT]).await;
    let wsc = socket.wsc.clone();
    lab.simulator.control().close_sockets(1011);
    drop(socket);
    for number in 0..120 {
        text(&lab, &format!("missed {number}"));
    }
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, Some(&wsc)).await;
    let come = socket.notifications_so_far().await;
    assert_eq!(
        (come.len(), &come[0]["body"]["subject"]),
        (100, &json!("missed 20"))
    );

    let wsc = socket.wsc.clone();
    lab.simulator.control().close_sockets(1011);
    drop(socket);
    lab.simulator.control().advance(SignedDuration::from_secs(181));
    let socket = Socket::open(&lab, &token, Some(&wsc)).await;
    assert_eq!(
        (
            &socket.details["recoveryState"],
            &socket.details["recoveryErrorCode"]
        ),
        (&json!("Failed"), &json!("WSG-1005"))
    );
}

#[tokio::test]
async fn a_silent_connection_is_closed_after_half_an_hour() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[MESSAGES]).await;
    lab.simulator.control().advance(SignedDuration::from_mins(29));
    assert!(
        socket.notifications_so_far().await.is_empty(),
        "a heartbeat keeps it open"
    );
    lab.simulator.control().advance(SignedDuration::from_mins(30));
    let frame = socket.frame().await.unwrap();
    assert_eq!(
        (&frame[0]["type"], &frame[1]["errorCode"]),
        (&json!("Error"), &json!("WSG-902"))
    );
    assert!(socket.frame().await.is_none());
}

#[tokio::test]
async fn notifications_can_be_lost_doubled_delayed_and_cut_off() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let mut socket = subscribed(&lab, &[INSTANT]).await;
    control.add_event_fault(EventFault::once("instant", EventEffect::Lose));
    control.add_event_fault(EventFault::once("instant", EventEffect::Duplicate));
    control.add_event_fault(EventFault::once("instant", EventEffect::Late { by_events: 1 }));
    for name in ["lost", "doubled", "late", "overtaking"] {
        text(&lab, name);
    }
    let mut subjects = Vec::new();
    for _ in 0..4 {
        subjects.push(
            socket.notification().await["body"]["subject"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(subjects, ["doubled", "doubled", "overtaking", "late"]);
    control.add_event_fault(EventFault::once("", EventEffect::CloseSocket { code: 1011 }));
    text(&lab, "cut off");
    assert!(socket.frame().await.is_none());
    assert!(control.unmet_faults().is_empty());
}

#[tokio::test]
async fn recorded_notifications_are_passed_on_as_they_are() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &[SESSIONS]).await;
    let recorded = json!({
        "uuid": "1", "event": "/restapi/v1.0/account/9/extension/9/telephony/sessions",
        "timestamp": "2020-06-23T01:19:21.700Z", "subscriptionId": "old", "ownerId": "9", "body": {"sequence": 2},
    });
    lab.simulator
        .control()
        .world(|world| scenario::replay(world, vec![recorded.clone()]));
    let come = socket.notification().await;
    assert_eq!(
        (&come["event"], &come["body"], &come["ownerId"]),
        (&recorded["event"], &recorded["body"], &recorded["ownerId"])
    );
}

#[tokio::test]
async fn do_not_disturb_reaches_those_who_watch_it_and_garbage_frames_are_answered() {
    let lab = Lab::new().await;
    let mut socket = subscribed(&lab, &["/restapi/v1.0/account/~/extension/~/presence/dnd"]).await;
    lab.simulator.control().world(|world| {
        let ada = world.extension_by_number(101).unwrap().id;
        let update = PresenceUpdate {
            dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
            ..PresenceUpdate::default()
        };
        world.update_presence(ada, update).unwrap();
    });
    assert_eq!(
        socket.notification().await["body"]["dndStatus"],
        "DoNotAcceptAnyCalls"
    );
    socket.send(json!({"not": "an array"})).await;
    assert_eq!(socket.frame().await.unwrap()[0]["type"], "Error");
}
