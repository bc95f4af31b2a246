//! Monitoring groups and listening in, with every refusal.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallTarget, SteppedCall};
use simulator::world::account::DeviceType;
use simulator::world::ids::{DeviceId, ExtensionId};
use simulator::world::monitoring::MonitoringRole;
use simulator::world::number::E164;

use crate::socket::Socket;
use crate::support::{Got, Lab};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const GROUPS: &str = "/restapi/v1.0/account/~/call-monitoring-groups";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const BEN: E164 = E164::nanp(510, 5_550_102);

fn extension(lab: &Lab, number: u32) -> ExtensionId {
    lab.simulator
        .control()
        .world(|world| world.extension_by_number(number).unwrap().id)
}

/// The first phone of an extension.
fn phone(lab: &Lab, number: u32) -> DeviceId {
    let owner = extension(lab, number);
    lab.simulator
        .control()
        .world(|world| world.devices_of(owner).next().unwrap().id)
}

fn ring_ben(lab: &Lab) -> SteppedCall {
    lab.simulator.control().world(|world| {
        let from = scenario::caller(CALLER, Some("KNOWN CALLER"));
        SteppedCall::ring(world, from, CallTarget::Number(BEN)).unwrap()
    })
}

/// A call that Ben has taken.
fn ben_talks(lab: &Lab) -> SteppedCall {
    let call = ring_ben(lab);
    lab.simulator.control().world(|world| call.answer(world)).unwrap();
    call
}

fn wish(lab: &Lab) -> Value {
    json!({
        "mode": "Listen",
        "supervisorDeviceId": phone(lab, 101).to_string(),
        "agentExtensionId": extension(lab, 102).to_string(),
    })
}

async fn supervise(lab: &Lab, token: &str, call: SteppedCall, wish: Value) -> Got {
    let path = format!("{ACCOUNT}/telephony/sessions/{}/supervise", call.session());
    lab.request(Method::POST, token, &path, Some(wish)).await
}

fn with(mut wish: Value, field: &str, value: impl Into<Value>) -> Value {
    wish[field] = value.into();
    wish
}

#[tokio::test]
async fn a_supervisor_hears_a_call_until_hanging_up_and_the_call_goes_on() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let filters = [
        format!("{ACCOUNT}/telephony/sessions"),
        format!("{ME}/presence?detailedTelephonyState=true"),
    ];
    let call = ben_talks(&lab);
    socket.subscribe(&filters.each_ref().map(String::as_str)).await;
    let got = supervise(&lab, &token, call, wish(&lab)).await;
    assert_eq!(got.status, 201, "{got:?}");
    assert_eq!(
        got.body["status"],
        json!({"code": "Answered", "reason": "Supervising", "rcc": false})
    );
    assert_eq!(got.body["direction"], "Outbound");
    assert_eq!(got.body["from"]["deviceId"], phone(&lab, 101).to_string());
    let told = socket.notifications_so_far().await;
    let of = |ending: &str| -> Vec<&Value> {
        let ends = |one: &&Value| one["event"].as_str().unwrap().contains(ending);
        told.iter().filter(ends).collect()
    };
    let parties = of("/telephony/sessions");
    assert_eq!(
        parties.len(),
        1,
        "one event, of the supervisor's party: {told:#?}"
    );
    assert_eq!(
        parties[0]["body"]["parties"][0]["status"]["reason"],
        "Supervising"
    );
    assert_eq!(of("/presence")[0]["body"]["telephonyStatus"], "CallConnected");

    let own = format!(
        "{ACCOUNT}/telephony/sessions/{}/parties/{}",
        call.session(),
        got.body["id"].as_str().unwrap()
    );
    let held = lab
        .request(Method::POST, &token, &format!("{own}/hold"), None)
        .await;
    assert_eq!(
        (held.status, held.code()),
        (409, "TAS-102"),
        "who only listens cannot hold"
    );
    lab.simulator.control().advance(SignedDuration::from_secs(30));
    assert_eq!(lab.request(Method::DELETE, &token, &own, None).await.status, 204);
    let live = lab.simulator.control().world(|world| world.live_calls());
    assert_eq!(live.len(), 1, "the call goes on");
    assert!(live[0].listeners.is_empty());
    let record = lab.get(&token, &format!("{ME}/call-log")).await;
    assert!(
        record.records().is_empty(),
        "its record comes when the call is over"
    );

    lab.simulator
        .control()
        .world(|world| call.hang_up(world))
        .unwrap();
    let own_log = lab.get(&token, &format!("{ME}/call-log")).await;
    assert_eq!(own_log.records().len(), 1);
    assert_eq!(own_log.records()[0]["action"], "Monitoring");
    assert_eq!(own_log.records()[0]["duration"], 30);
    let ben = lab.token("102").await;
    let his_log = lab.get(&ben, &format!("{ME}/call-log?view=Detailed")).await;
    assert!(
        !his_log.text.contains("Monitoring"),
        "the agent's log says nothing of it"
    );
    let company = lab
        .get(&token, &format!("{ACCOUNT}/call-log?view=Detailed"))
        .await;
    assert_eq!(company.records().len(), 1);
    let unheard = ben_talks(&lab);
    lab.simulator
        .control()
        .world(|world| unheard.hang_up(world))
        .unwrap();
    let both = lab
        .get(&token, &format!("{ACCOUNT}/call-log?view=Detailed"))
        .await;
    let legs = |place: usize| -> Vec<&Value> {
        let legs = both.records()[place]["legs"].as_array().unwrap();
        legs.iter().map(|leg| &leg["legType"]).collect()
    };
    assert_eq!(
        legs(1),
        legs(0),
        "a call that was heard leaves the legs of any other"
    );
    assert!(!company.text.contains("Monitoring"));
}

#[tokio::test]
async fn supervision_ends_with_the_call_or_when_the_agent_hands_it_on() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let (ada, cleo) = (extension(&lab, 101), extension(&lab, 103));
    let call = ben_talks(&lab);
    assert_eq!(supervise(&lab, &token, call, wish(&lab)).await.status, 201);
    assert!(control.world(|world| world.is_on_the_phone(ada)));
    control.world(|world| call.transfer(world, cleo)).unwrap();
    assert!(
        !control.world(|world| world.is_on_the_phone(ada)),
        "the agent is gone"
    );
    control.world(|world| call.answer(world)).unwrap();
    control.world(|world| call.hang_up(world)).unwrap();

    let second = ben_talks(&lab);
    assert_eq!(supervise(&lab, &token, second, wish(&lab)).await.status, 201);
    control.world(|world| second.caller_hangs_up(world)).unwrap();
    assert!(
        !control.world(|world| world.is_on_the_phone(ada)),
        "the call is over"
    );

    let third = ben_talks(&lab);
    assert_eq!(supervise(&lab, &token, third, wish(&lab)).await.status, 201);
    control.world(|world| third.leave(world, ada)).unwrap();
    let live = control.world(|world| world.live_calls());
    assert_eq!(
        (live.len(), live[0].listeners.len()),
        (1, 0),
        "the control face ends it too"
    );
}

#[tokio::test]
async fn a_phone_that_does_not_answer_by_itself_rings_first() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let call = ben_talks(&lab);
    let got = supervise(&lab, &token, call, with(wish(&lab), "autoAnswer", false)).await;
    assert_eq!(
        (got.status, &got.body["status"]["code"]),
        (201, &json!("Proceeding"))
    );
    lab.simulator.control().advance(SignedDuration::from_secs(5));
    let session = lab
        .get(
            &token,
            &format!("{ACCOUNT}/telephony/sessions/{}", call.session()),
        )
        .await;
    let listener = session.body["parties"].as_array().unwrap().last().unwrap();
    assert_eq!(listener["status"]["code"], "Answered");
}

#[tokio::test]
async fn nobody_listens_in_without_a_group_for_exactly_this_pair() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let call = ben_talks(&lab);
    let cleo = lab.token("103").await;
    let of_cleo = with(wish(&lab), "supervisorDeviceId", phone(&lab, 103).to_string());
    let refused = supervise(&lab, &cleo, call, of_cleo.clone()).await;
    assert_eq!((refused.status, refused.code()), (403, "CMN-408"), "in no group");
    let ben = lab.token("102").await;
    let of_himself = with(wish(&lab), "supervisorDeviceId", phone(&lab, 102).to_string());
    assert_eq!(
        supervise(&lab, &ben, call, of_himself).await.status,
        403,
        "not of himself"
    );

    // A group in which both listen, or both are listened to, allows nothing.
    for role in [MonitoringRole::MONITORING, MonitoringRole::MONITORED] {
        let members = [103, 102].map(|number| (extension(&lab, number), role));
        let group = control.world(|world| world.add_monitoring_group("Both", members));
        assert_eq!(supervise(&lab, &cleo, call, of_cleo.clone()).await.status, 403);
        control
            .world(|world| world.delete_monitoring_group(group))
            .unwrap();
    }
    let ada = lab.token("101").await;
    assert_eq!(supervise(&lab, &ada, call, wish(&lab)).await.status, 201);
}

#[tokio::test]
async fn every_other_refusal_says_what_is_wrong() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    let ada = extension(&lab, 101);
    let ringing = ring_ben(&lab);
    let early = supervise(&lab, &token, ringing, wish(&lab)).await;
    assert_eq!((early.status, early.code()), (409, "TAS-102"), "it only rings");
    control.world(|world| ringing.answer(world)).unwrap();
    let call = ringing;

    let bad = [
        ("mode", json!("Whisper"), 400, "mode"),
        ("mode", Value::Null, 400, "mode"),
        ("mediaSDP", json!("loud"), 400, "mediaSDP"),
        ("supervisorDeviceId", Value::Null, 400, "supervisorDeviceId"),
        ("supervisorDeviceId", json!("4711"), 400, "supervisorDeviceId"),
        (
            "supervisorDeviceId",
            json!(phone(&lab, 103).to_string()),
            400,
            "supervisorDeviceId",
        ),
        ("agentExtensionId", Value::Null, 400, "agentExtensionId"),
        ("agentExtensionNumber", json!("102"), 400, "agentExtensionId"),
        ("agentExtensionId", json!("4711"), 404, "agentExtensionId"),
    ];
    for (field, value, status, named) in bad {
        let got = supervise(&lab, &token, call, with(wish(&lab), field, value.clone())).await;
        assert_eq!(got.status, status, "{field} {value}: {got:?}");
        assert_eq!(got.body["parameterName"], named, "{field} {value}");
    }
    for kind in [DeviceType::WebPhone, DeviceType::OtherPhone] {
        let id = control.world(|world| world.add_device(ada, kind, "Another phone"));
        let got = supervise(
            &lab,
            &token,
            call,
            with(wish(&lab), "supervisorDeviceId", id.to_string()),
        )
        .await;
        assert_eq!(
            (got.status, &got.body["parameterName"]),
            (400, &json!("supervisorDeviceId"))
        );
    }
    let desk = phone(&lab, 101);
    control
        .world(|world| world.set_device_online(desk, false))
        .unwrap();
    assert_eq!(
        supervise(&lab, &token, call, wish(&lab)).await.status,
        409,
        "offline"
    );
    control
        .world(|world| world.set_device_online(desk, true))
        .unwrap();

    // Somebody else's call: the agent is not in it.
    let other = control.world(|world| {
        let cleo = world.extension_by_number(103).unwrap().id;
        let from = scenario::caller(CALLER, None);
        let call = SteppedCall::ring(world, from, CallTarget::Extension(cleo)).unwrap();
        call.answer(world).unwrap();
        call
    });
    let not_there = supervise(&lab, &token, other, wish(&lab)).await;
    assert_eq!(
        (not_there.status, &not_there.body["parameterName"]),
        (404, &json!("agentExtensionId"))
    );
    let nowhere = format!("{ACCOUNT}/telephony/sessions/s-0/supervise");
    assert_eq!(
        lab.request(Method::POST, &token, &nowhere, Some(wish(&lab)))
            .await
            .status,
        404
    );
    control.world(|world| call.hang_up(world)).unwrap();
    let over = supervise(&lab, &token, call, wish(&lab)).await;
    assert_eq!(
        (over.status, &over.body["parameterName"]),
        (404, &json!("telephonySessionId"))
    );
    control.set_application_permissions(&lab.ready.client_id, &["ReadAccounts"]);
    assert_eq!(supervise(&lab, &token, other, wish(&lab)).await.code(), "CMN-401");
}

#[tokio::test]
async fn a_call_has_one_supervisor_and_a_phone_supervises_one_call() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    let (cleo, ben) = (extension(&lab, 103), extension(&lab, 102));
    let members = [
        (cleo, MonitoringRole::MONITORING),
        (ben, MonitoringRole::MONITORED),
    ];
    control.world(|world| world.add_monitoring_group("Second", members));
    let call = ben_talks(&lab);
    assert_eq!(supervise(&lab, &token, call, wish(&lab)).await.status, 201);
    assert_eq!(
        supervise(&lab, &token, call, wish(&lab)).await.status,
        409,
        "again"
    );
    let other = lab.token("103").await;
    let of_cleo = with(wish(&lab), "supervisorDeviceId", phone(&lab, 103).to_string());
    assert_eq!(
        supervise(&lab, &other, call, of_cleo).await.status,
        409,
        "a second one"
    );

    let second_call = ben_talks(&lab);
    let busy = supervise(&lab, &token, second_call, wish(&lab)).await;
    assert_eq!(busy.status, 409, "the same phone");
    let soft_phone = control.world(|world| {
        let ada = world.extension_by_number(101).unwrap().id;
        world.add_device(ada, DeviceType::SoftPhone, "RingCentral for Desktop")
    });
    let on_another = with(wish(&lab), "supervisorDeviceId", soft_phone.to_string());
    let got = supervise(&lab, &token, second_call, on_another).await;
    assert_eq!(got.status, 201, "many calls, each on a phone of its own");
}

#[tokio::test]
async fn one_party_is_heard_in_a_channel_of_its_own_and_the_other_in_a_second_one() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let call = control.world(|world| {
        let ben = world.extension_by_number(102).unwrap().id;
        let call = SteppedCall::dial(world, ben, scenario::caller(CALLER, None)).unwrap();
        call.answer(world).unwrap();
        call
    });
    let session = format!("{ACCOUNT}/telephony/sessions/{}", call.session());
    let parties = lab.get(&token, &session).await.body["parties"].clone();
    for party in parties.as_array().unwrap() {
        let path = format!("{session}/parties/{}/supervise", party["id"].as_str().unwrap());
        let by_number = json!({
            "mode": "Listen",
            "supervisorDeviceId": phone(&lab, 101).to_string(),
            "agentExtensionNumber": "102",
        });
        let refused = lab.request(Method::POST, &token, &path, Some(by_number)).await;
        assert_eq!(
            (refused.status, &refused.body["parameterName"]),
            (400, &json!("agentExtensionId"))
        );
        let got = lab.request(Method::POST, &token, &path, Some(wish(&lab))).await;
        assert_eq!(got.status, 201, "{got:?}");
        let again = lab.request(Method::POST, &token, &path, Some(wish(&lab))).await;
        assert_eq!(again.status, 409);
    }
    let missing = format!("{session}/parties/p-0-9/supervise");
    assert_eq!(
        lab.request(Method::POST, &token, &missing, Some(wish(&lab)))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn groups_are_read_by_everybody_and_changed_by_administrators_only() {
    let lab = Lab::new().await;
    let (admin, ben) = (lab.token("101").await, lab.token("102").await);
    let (cleo_id, ben_id) = (extension(&lab, 103), extension(&lab, 102));
    assert_eq!(lab.get(&ben, GROUPS).await.records().len(), 1);
    let of = |id: ExtensionId| format!("{GROUPS}?memberExtensionId={id}");
    assert_eq!(lab.get(&ben, &of(ben_id)).await.records().len(), 1);
    assert!(lab.get(&ben, &of(cleo_id)).await.records().is_empty());
    assert_eq!(
        lab.get(&ben, &format!("{GROUPS}?memberExtensionId=x"))
            .await
            .status,
        400
    );

    let new = Some(json!({"name": "Second"}));
    let refused = lab.request(Method::POST, &ben, GROUPS, new.clone()).await;
    assert_eq!(
        (refused.code(), &refused.body["permissionName"]),
        ("CMN-408", &json!("Groups"))
    );
    let made = lab.request(Method::POST, &admin, GROUPS, new.clone()).await;
    assert_eq!((made.status, &made.body["name"]), (200, &json!("Second")));
    assert_eq!(
        lab.request(Method::POST, &admin, GROUPS, new).await.code(),
        "CMN-406"
    );
    let nameless = lab
        .request(Method::POST, &admin, GROUPS, Some(json!({"name": " "})))
        .await;
    assert_eq!(
        (nameless.status, &nameless.body["parameterName"]),
        (400, &json!("name"))
    );

    let group = format!("{GROUPS}/{}", made.body["id"].as_str().unwrap());
    let page = lab.get(&admin, &format!("{GROUPS}?perPage=1&page=2")).await;
    assert_eq!(page.records()[0]["name"], "Second");
    assert_eq!(page.body["paging"]["totalElements"], 2);

    let assign = format!("{group}/bulk-assign");
    let both = json!(["Monitoring", "Monitored"]);
    let added = json!({"addedExtensions": [
        {"id": cleo_id.to_string(), "permissions": both},
        {"id": ben_id.to_string(), "permissions": ["Monitored"]},
    ]});
    assert_eq!(
        lab.request(Method::POST, &ben, &assign, Some(added.clone()))
            .await
            .status,
        403
    );
    assert_eq!(
        lab.request(Method::POST, &admin, &assign, Some(added))
            .await
            .status,
        204
    );
    let members = lab.get(&ben, &format!("{group}/members?perPage=1")).await;
    assert_eq!(members.body["paging"]["totalElements"], 2);
    let all = lab.get(&ben, &format!("{group}/members")).await;
    let of_cleo = all
        .records()
        .iter()
        .find(|one| one["extensionNumber"] == "103")
        .unwrap();
    assert_eq!(of_cleo["permissions"], both);
    let queue = extension(&lab, 201).to_string();
    let not_people = json!({"addedExtensions": [{"id": queue, "permissions": ["Monitored"]}]});
    let refused = lab.request(Method::POST, &admin, &assign, Some(not_people)).await;
    assert_eq!(
        (refused.status, &refused.body["parameterName"]),
        (400, &json!("addedExtensions"))
    );
    let changes = json!({
        "updatedExtensions": [{"id": cleo_id.to_string(), "permissions": ["Monitoring"]}],
        "removedExtensions": [{"id": ben_id.to_string()}],
    });
    assert_eq!(
        lab.request(Method::POST, &admin, &assign, Some(changes))
            .await
            .status,
        204
    );
    let all = lab.get(&ben, &format!("{group}/members")).await;
    assert_eq!(all.records().len(), 1);
    assert_eq!(all.records()[0]["permissions"], json!(["Monitoring"]));

    let renamed = lab
        .request(Method::PUT, &admin, &group, Some(json!({"name": "Third"})))
        .await;
    assert_eq!((renamed.status, &renamed.body["name"]), (200, &json!("Third")));
    assert_eq!(lab.request(Method::DELETE, &ben, &group, None).await.status, 403);
    assert_eq!(
        lab.request(Method::DELETE, &admin, &group, None).await.status,
        204
    );
    assert_eq!(lab.get(&admin, &format!("{group}/members")).await.status, 404);
}
