//! Steering a call through the API, and what is kept of it.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallTarget, SteppedCall};
use simulator::world::number::E164;

use crate::socket::Socket;
use crate::support::{Got, Lab};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const ADA: E164 = E164::nanp(510, 5_550_101);

/// A call that rings, and the party of the extension with this number.
fn ring(lab: &Lab, target: CallTarget, number: u32) -> (SteppedCall, String) {
    lab.simulator.control().world(|world| {
        let own = world.extension_by_number(number).unwrap().id;
        let call = SteppedCall::ring(world, scenario::caller(CALLER, None), target).unwrap();
        let session = world.session(call.session()).unwrap();
        let parties = &session.parties;
        let party = parties.iter().find(|one| one.extension_id == Some(own)).unwrap();
        let path = format!(
            "{ACCOUNT}/telephony/sessions/{}/parties/{}",
            call.session(),
            party.id
        );
        (call, path)
    })
}

fn queue(lab: &Lab) -> CallTarget {
    let id = |world: &mut simulator::world::World| world.extension_by_number(201).unwrap().id;
    CallTarget::Extension(lab.simulator.control().world(id))
}

async fn post(lab: &Lab, token: &str, path: &str, body: Value) -> Got {
    lab.request(Method::POST, token, path, Some(body)).await
}

async fn newest_record(lab: &Lab, token: &str) -> Value {
    lab.get(token, &format!("{ME}/call-log")).await.records()[0].clone()
}

#[tokio::test]
async fn a_recording_shows_in_events_and_is_kept_when_it_is_long_enough() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket.subscribe(&[&format!("{ME}/telephony/sessions")]).await;
    for (talk_seconds, is_kept) in [(40, true), (10, false)] {
        let (call, path) = ring(&lab, CallTarget::Number(ADA), 101);
        let early = post(&lab, &token, &format!("{path}/recordings"), json!({})).await;
        assert_eq!((early.status, early.code()), (409, "TAS-102"));
        post(&lab, &token, &format!("{path}/answer"), json!({"deviceId": "1"})).await;
        let started = post(&lab, &token, &format!("{path}/recordings"), json!({})).await;
        assert_eq!((started.status, &started.body["active"]), (201, &json!(true)));
        let id = started.body["id"].as_str().unwrap();
        let recording = format!("{path}/recordings/{id}");
        let paused = lab
            .request(Method::PATCH, &token, &recording, Some(json!({"active": false})))
            .await;
        assert_eq!((paused.status, &paused.body["active"]), (200, &json!(false)));
        let unknown = format!("{path}/recordings/1");
        let missing = lab.request(Method::PATCH, &token, &unknown, Some(json!({"active": true})));
        assert_eq!(missing.await.status, 404);
        let told = socket.notifications_so_far().await;
        let last = &told.last().unwrap()["body"]["parties"][0]["recordings"];
        assert_eq!(last, &json!([{"id": id, "active": false}]));

        lab.simulator
            .control()
            .advance(SignedDuration::from_secs(talk_seconds));
        lab.simulator
            .control()
            .world(|world| call.hang_up(world))
            .unwrap();
        let record = newest_record(&lab, &token).await;
        if is_kept {
            assert_eq!(record["recording"]["id"], id);
            let content = lab.get(&token, record["recording"]["contentUri"].as_str().unwrap());
            assert_eq!(content.await.status, 200);
        } else {
            assert!(record["recording"].is_null(), "{record}");
            assert_eq!(record["shortRecording"], true);
        }
    }
}

#[tokio::test]
async fn a_forwarded_call_rings_elsewhere_and_is_no_missed_call_once_answered_there() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let (call, path) = ring(&lab, CallTarget::Number(ADA), 101);
    let nowhere = post(
        &lab,
        &token,
        &format!("{path}/forward"),
        json!({"extensionNumber": "999"}),
    )
    .await;
    assert_eq!(nowhere.body["parameterName"], "extensionNumber");
    let both = json!({"extensionNumber": "102", "voicemail": "1"});
    assert_eq!(
        post(&lab, &token, &format!("{path}/forward"), both).await.status,
        400
    );
    let forwarded = post(
        &lab,
        &token,
        &format!("{path}/forward"),
        json!({"extensionNumber": "102"}),
    )
    .await;
    assert_eq!(forwarded.body["status"]["reason"], "CallRedirected");
    lab.simulator.control().world(|world| {
        call.answer(world).unwrap();
        call.hang_up(world).unwrap();
    });
    assert_eq!(newest_record(&lab, &token).await["result"], "Answered Elsewhere");
    let other = lab.token("102").await;
    assert_eq!(newest_record(&lab, &other).await["result"], "Accepted");
}

#[tokio::test]
async fn an_agent_who_ignores_a_call_leaves_it_to_the_others() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let (call, path) = ring(&lab, queue(&lab), 101);
    let ignored = post(&lab, &token, &format!("{path}/ignore"), json!({"deviceId": "1"})).await;
    assert_eq!(ignored.status, 204, "{ignored:?}");
    let own = lab.get(&token, &path).await;
    assert_eq!(own.body["status"]["code"], "Disconnected");
    lab.simulator.control().world(|world| call.answer(world)).unwrap();
    let (_, direct) = ring(&lab, CallTarget::Number(ADA), 101);
    let not_of_a_queue = post(
        &lab,
        &token,
        &format!("{direct}/ignore"),
        json!({"deviceId": "1"}),
    )
    .await;
    assert_eq!((not_of_a_queue.status, not_of_a_queue.code()), (409, "TAS-102"));
}

#[tokio::test]
async fn an_agent_who_stays_out_of_a_queue_is_not_rung_by_it() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let path = format!("{ME}/call-queue-presence");
    let before = lab.get(&token, &path).await;
    let queue_id = before.records()[0]["callQueue"]["id"].clone();
    assert_eq!(before.records()[0]["acceptCalls"], true);
    let away = json!({"records": [{"callQueue": {"id": queue_id}, "acceptCalls": false}]});
    let after = lab.request(Method::PUT, &token, &path, Some(away)).await;
    assert_eq!(after.records()[0]["acceptCalls"], false);
    let members = format!("{ACCOUNT}/call-queues/{}/presence", queue_id.as_str().unwrap());
    let away = |got: &Got| {
        let accepts = |one: &Value| one["acceptCurrentQueueCalls"] == true;
        got.records().iter().filter(|one| !accepts(one)).count()
    };
    assert_eq!(away(&lab.get(&token, &members).await), 1);
    let rung = lab.simulator.control().world(|world| {
        let target = world.extension_by_number(201).unwrap().id;
        let own = world.extension_by_number(101).unwrap().id;
        let from = scenario::caller(CALLER, None);
        let call = SteppedCall::ring(world, from, CallTarget::Extension(target)).unwrap();
        let session = world.session(call.session()).unwrap();
        let is_own = |one: &simulator::world::sessions::Party| one.extension_id == Some(own);
        (session.parties.len() > 1, session.parties.iter().any(is_own))
    });
    assert_eq!(rung, (true, false));
    let stranger = json!({"records": [{"callQueue": {"id": "1"}, "acceptCalls": true}]});
    assert_eq!(
        lab.request(Method::PUT, &token, &path, Some(stranger))
            .await
            .code(),
        "CMN-101"
    );
}

#[tokio::test]
async fn a_call_is_made_from_an_own_device_only() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let device = lab.get(&token, &format!("{ME}/device")).await.records()[0]["id"].clone();
    let path = format!("{ACCOUNT}/telephony/call-out");
    let to = json!({"phoneNumber": CALLER.to_string()});
    let made = post(
        &lab,
        &token,
        &path,
        json!({"from": {"deviceId": device}, "to": to}),
    )
    .await;
    assert_eq!(made.status, 201, "{made:?}");
    let party = &made.body["session"]["parties"][0];
    assert_eq!(
        (&party["direction"], &party["status"]["code"]),
        (&json!("Outbound"), &json!("Proceeding"))
    );
    let other = lab.token("102").await;
    let refused = post(
        &lab,
        &other,
        &path,
        json!({"from": {"deviceId": device}, "to": to}),
    )
    .await;
    assert_eq!((refused.status, refused.code()), (400, "CMN-101"));
    let muted = json!({"party": {"muted": true}});
    let id = made.body["session"]["id"].as_str().unwrap();
    let own = format!(
        "{ACCOUNT}/telephony/sessions/{id}/parties/{}",
        party["id"].as_str().unwrap()
    );
    lab.simulator.control().world(|world| {
        SteppedCall::of(id.parse().unwrap()).answer(world).unwrap();
    });
    let after = lab.request(Method::PATCH, &token, &own, Some(muted)).await;
    assert_eq!(
        after.body["muted"], true,
        "the change may be nested as the reference has it"
    );
}
