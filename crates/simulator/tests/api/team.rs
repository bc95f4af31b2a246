//! What somebody sees of the whole company: presence of everybody, queues, and everybody's calls.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallTarget, SteppedCall};
use simulator::world::number::E164;

use crate::socket::Socket;
use crate::support::{Lab, send};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const BEN: E164 = E164::nanp(510, 5_550_102);

fn id_of(lab: &Lab, number: u32) -> String {
    lab.simulator
        .control()
        .world(|world| world.extension_by_number(number).unwrap().id.to_string())
}

fn ring_ben(lab: &Lab) -> SteppedCall {
    lab.simulator.control().world(|world| {
        let from = scenario::caller(CALLER, None);
        SteppedCall::ring(world, from, CallTarget::Number(BEN)).unwrap()
    })
}

async fn control(lab: &Lab, method: Method, path: &str, body: Option<Value>) -> Value {
    let request = lab
        .http
        .request(method, format!("{}{path}", lab.ready.control_url));
    let got = send(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await;
    assert_eq!(got.status, 200, "{got:?}");
    got.body
}

#[tokio::test]
async fn the_account_list_has_everybody_and_little_of_those_who_are_nobody() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let all = lab.get(&token, &format!("{ACCOUNT}/presence")).await;
    assert_eq!(all.header("x-rate-limit-group"), "heavy");
    assert_eq!(all.records().len(), 4);
    let queue = all
        .records()
        .iter()
        .find(|one| one["extension"]["extensionNumber"] == "201");
    let mut fields: Vec<&str> = queue
        .unwrap()
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(fields, ["extension", "presenceStatus", "uri"]);
    assert_eq!(queue.unwrap()["presenceStatus"], "Offline");
    let second = lab
        .get(&token, &format!("{ACCOUNT}/presence?perPage=3&page=2"))
        .await;
    assert_eq!(second.records().len(), 1);
    assert_eq!(second.body["paging"]["totalPages"], 2);
    assert!(second.body["navigation"]["nextPage"].is_null());
}

#[tokio::test]
async fn presence_of_others_is_changed_by_administrators_and_never_of_a_queue() {
    let lab = Lab::new().await;
    let (ada, ben) = (lab.token("101").await, lab.token("102").await);
    let of = |number| format!("{ACCOUNT}/extension/{}/presence", id_of(&lab, number));
    let busy = Some(json!({"userStatus": "Busy"}));
    let refused = lab.request(Method::PUT, &ben, &of(103), busy.clone()).await;
    assert_eq!((refused.status, refused.code()), (403, "CMN-419"));
    let done = lab.request(Method::PUT, &ada, &of(103), busy.clone()).await;
    assert_eq!((done.status, &done.body["presenceStatus"]), (200, &json!("Busy")));
    let queue = lab.request(Method::PUT, &ada, &of(201), busy).await;
    assert_eq!((queue.status, queue.code()), (400, "CMN-101"));
    let own = format!("{ME}/presence");
    let long = Some(json!({"message": "é".repeat(76), "userStatus": "Busy"}));
    let refused = lab.request(Method::PUT, &ben, &own, long).await;
    assert_eq!(
        (refused.status, &refused.body["parameterName"]),
        (400, &json!("message"))
    );
    assert_eq!(
        lab.get(&ben, &own).await.body["userStatus"],
        "Available",
        "nothing of it was done"
    );
    let fits = Some(json!({"message": "é".repeat(75)}));
    assert_eq!(lab.request(Method::PUT, &ben, &own, fits).await.status, 200);
    let invisible = Some(json!({"userStatus": "Offline"}));
    let got = lab.request(Method::PUT, &ben, &own, invisible).await;
    assert_eq!(got.body["presenceStatus"], "Offline");
    let unified = lab.get(&ben, &format!("{ME}/unified-presence")).await;
    assert_eq!(unified.body["status"], "Offline");
}

#[tokio::test]
async fn new_call_handling_tells_do_not_disturb_in_two_other_fields() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    control(&lab, Method::PUT, "/call-handling", Some(json!({"new": true}))).await;
    let own = format!("{ME}/presence");
    let got = lab.get(&token, &own).await;
    assert_eq!(
        (
            &got.body["dndStatus"],
            &got.body["dndStatusPersonal"],
            &got.body["acceptCallQueueCalls"]
        ),
        (&json!("Unknown"), &json!("TakeAllCalls"), &json!(true))
    );
    let change = Some(json!({"dndStatusPersonal": "DoNotAcceptAnyCalls"}));
    let got = lab.request(Method::PUT, &token, &own, change).await;
    assert_eq!(
        (&got.body["dndStatusPersonal"], &got.body["acceptCallQueueCalls"]),
        (&json!("DoNotAcceptAnyCalls"), &json!(true)),
        "queue calls are a switch of their own"
    );
}

#[tokio::test]
async fn everybodys_presence_is_told_without_calls_and_counted_up_for_each() {
    let lab = Lab::new().await;
    let token = lab.token("103").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let ben = id_of(&lab, 102);
    let detailed = format!("{ACCOUNT}/extension/{ben}/presence?detailedTelephonyState=true");
    let simple = format!("{ACCOUNT}/extension/{ben}/presence");
    socket
        .subscribe(&[&format!("{ACCOUNT}/presence"), &detailed, &simple])
        .await;
    let call = ring_ben(&lab);
    let control = lab.simulator.control();
    control.world(|world| {
        call.answer(world).unwrap();
        call.hang_up(world).unwrap();
        let ada = world.extension_by_number(101).unwrap().id;
        world.update_presence(ada, Default::default()).unwrap();
    });
    let told = socket.notifications_so_far().await;
    let (with_calls, without): (Vec<&Value>, Vec<&Value>) =
        told.iter().partition(|one| one["body"]["activeCalls"].is_array());
    assert_eq!(
        (with_calls.len(), without.len()),
        (3, 4),
        "the simple filter gives way: {told:#?}"
    );
    let sequences = |list: &[&Value], id: &str| -> Vec<u64> {
        list.iter()
            .filter(|one| one["body"]["extensionId"].as_u64() == id.parse().ok())
            .map(|one| one["body"]["sequence"].as_u64().unwrap())
            .collect()
    };
    let own = sequences(&with_calls, &ben);
    assert_eq!(
        own,
        sequences(&without, &ben),
        "both filters tell of the same changes"
    );
    assert!(own.windows(2).all(|pair| pair[1] == pair[0] + 1), "{own:?}");
    assert_eq!(sequences(&without, &id_of(&lab, 101)).len(), 1);
}

#[tokio::test]
async fn who_joins_in_a_queue_is_told_to_those_who_watch_it() {
    let lab = Lab::new().await;
    let (ada, ben) = (lab.token("101").await, lab.token("102").await);
    let queue = id_of(&lab, 201);
    let of_queue = format!("{ACCOUNT}/call-queues/{queue}/presence");
    let mut socket = Socket::open(&lab, &ada, None).await;
    socket.subscribe(&[&of_queue]).await;
    let away = json!({"records": [{"callQueue": {"id": queue}, "acceptCalls": false}]});
    let own = format!("{ME}/call-queue-presence");
    for _ in 0..2 {
        assert_eq!(
            lab.request(Method::PUT, &ben, &own, Some(away.clone()))
                .await
                .status,
            200
        );
    }
    let told = socket.notifications_so_far().await;
    assert_eq!(told.len(), 1, "the second time nothing changed");
    let record = json!({"member": {"id": id_of(&lab, 102)}, "acceptCurrentQueueCalls": false});
    assert_eq!(told[0]["body"], json!({"records": [record]}));
    let back = json!({"records": [{"member": {"id": id_of(&lab, 102)}, "acceptCurrentQueueCalls": true}]});
    let cleo = lab.token("103").await;
    let refused = lab
        .request(Method::PUT, &cleo, &of_queue, Some(back.clone()))
        .await;
    assert_eq!((refused.status, refused.code()), (403, "CMN-419"));
    assert_eq!(
        lab.request(Method::PUT, &ada, &of_queue, Some(back)).await.status,
        200
    );
}

#[tokio::test]
async fn everybodys_calls_are_told_to_administrators_only() {
    let lab = Lab::new().await;
    let everybody = format!("{ACCOUNT}/telephony/sessions");
    let own = format!("{ME}/telephony/sessions");
    let ben = lab.token("102").await;
    let mut his = Socket::open(&lab, &ben, None).await;
    let subscribed = his.subscribe(&[&everybody, &own]).await;
    assert_eq!(subscribed["eventFilters"].as_array().unwrap().len(), 1);
    assert_eq!(subscribed["disabledFilters"][0]["reason"], "CMN-419");
    let alone = json!({
        "eventFilters": [everybody],
        "deliveryMode": {"transportType": "WebSocket"},
    });
    let (status, refused) = his
        .request("POST", "/restapi/v1.0/subscription", Some(alone))
        .await;
    assert_eq!(
        (status, &refused["errors"][0]["errorCode"]),
        (403, &json!("SUB-402"))
    );

    let ada = lab.token("101").await;
    let mut hers = Socket::open(&lab, &ada, None).await;
    let subscribed = hers.subscribe(&[&everybody]).await;
    assert!(subscribed["disabledFilters"].is_null());
    ring_ben(&lab);
    assert!(!hers.notifications_so_far().await.is_empty());

    let active = format!("{ACCOUNT}/active-calls");
    let refused = lab.get(&ben, &active).await;
    assert_eq!((refused.status, refused.code()), (403, "CMN-419"));
    let scopes = format!("{ME}/authz-profile/check?permissionId=ReadCallLog");
    assert_eq!(
        lab.get(&ben, &scopes).await.body["details"]["scopes"],
        json!(["Self"])
    );
    lab.simulator.control().advance(SignedDuration::from_secs(10));
    assert_eq!(lab.get(&ada, &active).await.records().len(), 1);
}

#[tokio::test]
async fn active_calls_come_late_and_linger() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let active = async || {
        let got = lab
            .get(&token, &format!("{ACCOUNT}/active-calls?view=Detailed"))
            .await;
        assert!(!got.text.contains("\"legs\""), "only the simple view");
        got.records().len()
    };
    let calls: Vec<SteppedCall> = (0..8).map(|_| ring_ben(&lab)).collect();
    control.advance(SignedDuration::from_millis(2_900));
    assert_eq!(active().await, 0);
    control.advance(SignedDuration::from_millis(3_000));
    let some = active().await;
    assert!((1..8).contains(&some), "each has its own delay: {some}");
    control.advance(SignedDuration::from_millis(4_100));
    assert_eq!(active().await, 8);
    control.world(|world| {
        for call in &calls {
            call.caller_hangs_up(world).unwrap();
        }
    });
    control.advance(SignedDuration::from_secs(119));
    assert_eq!(active().await, 8, "ended calls linger");
    control.advance(SignedDuration::from_secs(2));
    assert_eq!(active().await, 0);
}

#[tokio::test]
async fn a_parked_call_is_picked_up_by_anybody_on_an_own_phone() {
    let lab = Lab::new().await;
    let (ben, cleo) = (lab.token("102").await, lab.token("103").await);
    let call = ring_ben(&lab);
    let session = format!("{ACCOUNT}/telephony/sessions/{}", call.session());
    let party = lab.get(&ben, &session).await.body["parties"][0]["id"].clone();
    let own = format!("{session}/parties/{}", party.as_str().unwrap());
    let early = lab
        .request(Method::POST, &ben, &format!("{own}/park"), None)
        .await;
    assert_eq!((early.status, early.code()), (409, "TAS-102"));
    lab.simulator.control().world(|world| call.answer(world)).unwrap();
    let parked = lab
        .request(Method::POST, &ben, &format!("{own}/park"), None)
        .await;
    assert_eq!(parked.status, 201, "{parked:?}");
    assert_eq!(
        (&parked.body["status"]["code"], &parked.body["park"]["id"]),
        (&json!("Parked"), &json!("*801"))
    );
    let presence = lab.get(&ben, &format!("{ME}/presence")).await;
    assert_eq!(presence.body["telephonyStatus"], "ParkedCall");
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(seen["calls"][0]["standing"], "parked");
    let pickup = format!("{own}/pickup");
    let of_ben = lab.get(&ben, &format!("{ME}/device")).await.records()[0]["id"].clone();
    let refused = lab
        .request(Method::POST, &cleo, &pickup, Some(json!({"deviceId": of_ben})))
        .await;
    assert_eq!(
        (refused.status, &refused.body["parameterName"]),
        (400, &json!("deviceId"))
    );
    let phone = lab.get(&cleo, &format!("{ME}/device")).await.records()[0]["id"].clone();
    let taken = lab
        .request(Method::POST, &cleo, &pickup, Some(json!({"deviceId": phone})))
        .await;
    assert_eq!(taken.status, 201, "{taken:?}");
    assert_eq!(taken.body["extensionId"], id_of(&lab, 103));
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(
        (&seen["calls"][0]["standing"], &seen["calls"][0]["members"]),
        (&json!("talking"), &json!(["103"]))
    );
}

#[tokio::test]
async fn an_announced_transfer_goes_on_in_the_first_session() {
    let lab = Lab::new().await;
    let call = ring_ben(&lab);
    let path = format!("/calls/{}", call.session());
    let step = async |body: Value| control(&lab, Method::POST, &path, Some(body)).await;
    step(json!({"step": "answer"})).await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket
        .subscribe(&[&format!("{ACCOUNT}/telephony/sessions")])
        .await;
    step(json!({"step": "consult", "with": "103"})).await;
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(
        seen["calls"].as_array().unwrap().len(),
        2,
        "the asking is a call of its own"
    );
    step(json!({"step": "answer_consultation"})).await;
    step(json!({"step": "complete_transfer"})).await;
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(seen["calls"].as_array().unwrap().len(), 1);
    assert_eq!(seen["calls"][0]["members"], json!(["103"]));
    let told = socket.notifications_so_far().await;
    let gone = told
        .iter()
        .map(|one| &one["body"]["parties"][0]["status"])
        .find(|status| status["code"] == "Gone")
        .expect("the asked colleague's party of the second session is gone");
    assert_eq!(gone["peerId"]["telephonySessionId"], call.session().to_string());
}

#[tokio::test]
async fn the_control_face_plays_a_morning_and_tells_what_is_true() {
    let lab = Lab::new().await;
    let morning = json!({"kind": "busy_morning", "calls": 20, "speed": 10});
    let begun = control(&lab, Method::POST, "/scenes", Some(morning)).await;
    control(
        &lab,
        Method::POST,
        "/clock",
        Some(json!({"step_to": "2026-03-02T16:00:20Z"})),
    )
    .await;
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(seen["now"], "2026-03-02T16:00:20.000Z");
    assert!(!seen["calls"].as_array().unwrap().is_empty());
    let people = control(&lab, Method::GET, "/presences", None).await;
    assert_eq!(people["people"].as_array().unwrap().len(), 3);
    let on_call = |one: &&Value| one["doing"] == "on_call" || one["doing"] == "ringing";
    assert!(
        people["people"]
            .as_array()
            .unwrap()
            .iter()
            .filter(on_call)
            .count()
            > 0,
        "{people}"
    );
    control(
        &lab,
        Method::POST,
        "/clock",
        Some(json!({"step_to": begun["ends_at"]})),
    )
    .await;
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert_eq!(seen["calls"], json!([]));
    control(
        &lab,
        Method::POST,
        "/scenes",
        Some(json!({"kind": "load", "concurrent": 2})),
    )
    .await;
    control(&lab, Method::DELETE, "/scenes", None).await;
    control(&lab, Method::POST, "/clock", Some(json!({"advance_seconds": 60}))).await;
    let seen = control(&lab, Method::GET, "/live-calls", None).await;
    assert!(seen["calls"].as_array().unwrap().len() <= 2);
}

#[tokio::test]
async fn a_server_whose_clock_is_off_dates_its_answers_and_events_by_it() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let call = ring_ben(&lab);
    let skewed = control(&lab, Method::POST, "/clock", Some(json!({"skew_seconds": 90}))).await;
    assert_eq!(
        (&skewed["now"], &skewed["skew_seconds"]),
        (&json!("2026-03-02T16:01:30.000Z"), &json!(90.0))
    );
    let mut socket = Socket::open(&lab, &token, None).await;
    socket.subscribe(&[&format!("{ME}/telephony/sessions")]).await;
    let presence = lab
        .get(&token, &format!("{ME}/presence?detailedTelephonyState=true"))
        .await;
    assert_eq!(presence.header("date"), "Mon, 02 Mar 2026 16:01:30 GMT");
    assert_eq!(
        presence.body["activeCalls"][0]["startTime"],
        "2026-03-02T16:01:30.000Z"
    );
    lab.simulator.control().world(|world| call.answer(world)).unwrap();
    let told = socket.notifications_so_far().await;
    assert_eq!(told[0]["body"]["eventTime"], "2026-03-02T16:01:30.000Z");
    let straight = control(&lab, Method::POST, "/clock", Some(json!({"skew_seconds": 0}))).await;
    assert_eq!(straight["now"], "2026-03-02T16:00:00.000Z");
}
