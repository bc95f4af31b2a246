//! RingOut: two legs one after the other, their states, and what others see of the call.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::world::number::E164;
use simulator::world::ring_out::{LegBehaviour, LegOutcome};

use crate::socket::Socket;
use crate::support::{Got, Lab, send};

const ME: &str = "/restapi/v1.0/account/~/extension/~";
const RING_OUT: &str = "/restapi/v1.0/account/~/extension/~/ring-out";
const MOBILE: E164 = E164::nanp(415, 5_550_177);
const KIM: E164 = E164::nanp(415, 5_550_199);

async fn start(lab: &Lab, token: &str, to: &str) -> Got {
    let body =
        json!({"from": {"phoneNumber": MOBILE.to_string()}, "to": {"phoneNumber": to}, "playPrompt": false});
    let got = lab.request(Method::POST, token, RING_OUT, Some(body)).await;
    assert_eq!(got.status, 200, "{got:?}");
    got
}

fn address(started: &Got) -> String {
    format!("{RING_OUT}/{}", started.body["id"].as_str().unwrap())
}

/// Call, caller and callee; `None` for 404.
async fn states(lab: &Lab, token: &str, started: &Got) -> Option<[String; 3]> {
    let got = lab.get(token, &address(started)).await;
    if got.status == 404 {
        assert_eq!(got.code(), "CMN-102");
        return None;
    }
    let text = |key: &str| got.body["status"][key].as_str().unwrap().to_owned();
    Some([text("callStatus"), text("callerStatus"), text("calleeStatus")])
}

fn words(call: &str, caller: &str, callee: &str) -> Option<[String; 3]> {
    Some([call.to_owned(), caller.to_owned(), callee.to_owned()])
}

fn advance(lab: &Lab, seconds: i64) {
    lab.simulator
        .control()
        .advance(SignedDuration::from_secs(seconds));
}

fn behave(lab: &Lab, number: E164, behaviour: LegBehaviour) {
    lab.simulator
        .control()
        .world(|world| world.set_leg_behaviour(number, behaviour));
}

async fn newest_record(lab: &Lab, token: &str) -> Value {
    lab.get(token, &format!("{ME}/call-log?view=Detailed"))
        .await
        .records()[0]
        .clone()
}

#[tokio::test]
async fn one_leg_rings_after_the_other_and_the_end_is_a_404() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let answers = LegBehaviour::Answers {
        after: SignedDuration::from_secs(5),
        talk: SignedDuration::from_secs(40),
    };
    behave(&lab, MOBILE, answers);
    behave(&lab, KIM, answers);
    let started = start(&lab, &token, &KIM.to_string()).await;
    assert_eq!(
        started.body["status"],
        json!({"callStatus": "InProgress", "callerStatus": "InProgress", "calleeStatus": "InProgress"})
    );
    assert!(
        started.body["uri"]
            .as_str()
            .unwrap()
            .ends_with(started.body["id"].as_str().unwrap())
    );
    advance(&lab, 4);
    assert_eq!(
        states(&lab, &token, &started).await,
        words("InProgress", "InProgress", "InProgress")
    );
    let presence = lab
        .get(&token, &format!("{ME}/presence?detailedTelephonyState=true"))
        .await;
    assert_eq!(presence.body["telephonyStatus"], "Ringing");
    advance(&lab, 2);
    assert_eq!(
        states(&lab, &token, &started).await,
        words("InProgress", "Success", "InProgress")
    );
    advance(&lab, 5);
    assert_eq!(
        states(&lab, &token, &started).await,
        words("Success", "Success", "Success")
    );
    let active = lab.get(&token, &format!("{ME}/active-calls")).await;
    assert_eq!(active.records()[0]["action"], "RingOut Web");
    advance(&lab, 40);
    assert_eq!(states(&lab, &token, &started).await, None);
    assert_eq!(
        lab.request(Method::DELETE, &token, &address(&started), None)
            .await
            .status,
        404
    );

    let record = newest_record(&lab, &token).await;
    assert_eq!(
        (
            &record["action"],
            &record["internalType"],
            &record["result"],
            &record["direction"]
        ),
        (
            &json!("RingOut Web"),
            &json!("RingOut"),
            &json!("Call connected"),
            &json!("Outbound")
        )
    );
    let legs: Vec<(&Value, &Value)> = record["legs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|leg| (&leg["legType"], &leg["to"]["phoneNumber"]))
        .collect();
    assert_eq!(
        legs,
        [
            (&json!("RingOutWebToCaller"), &json!(MOBILE.to_string())),
            (&json!("RingOutWebToSubscriber"), &json!(KIM.to_string())),
        ]
    );
    assert_eq!(record["legs"][1]["master"], true);
}

#[tokio::test]
async fn with_a_prompt_the_number_called_rings_only_once_the_caller_has_agreed() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let body = json!({"from": {"phoneNumber": MOBILE.to_string()}, "to": {"phoneNumber": "102"}, "playPrompt": true});
    lab.request(Method::POST, &token, RING_OUT, Some(body)).await;
    let rings = async || {
        let presence = lab.get(&lab.token("102").await, &format!("{ME}/presence")).await;
        presence.body["telephonyStatus"] == "Ringing"
    };
    advance(&lab, 5);
    assert!(!rings().await, "picked up, but not yet agreed");
    advance(&lab, 3);
    assert!(rings().await);
}

#[tokio::test]
async fn events_name_the_origin_and_the_leg() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket
        .subscribe(&["/restapi/v1.0/account/~/telephony/sessions"])
        .await;
    start(&lab, &token, &KIM.to_string()).await;
    advance(&lab, 120);
    let told: Vec<(String, String)> = socket
        .notifications_so_far()
        .await
        .iter()
        .map(|one| {
            assert_eq!(one["body"]["origin"]["type"], "RingOut");
            let party = &one["body"]["parties"][0];
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&party["ringOutRole"]), text(&party["status"]["code"]))
        })
        .collect();
    let expected = [
        ("Initiator", "Setup"),
        ("Initiator", "Proceeding"),
        ("Initiator", "Answered"),
        ("Target", "Proceeding"),
        ("Target", "Answered"),
        ("Initiator", "Disconnected"),
        ("Target", "Disconnected"),
    ];
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(role, code)| (role.as_str(), code.as_str()))
        .collect();
    assert_eq!(told, expected);
}

#[tokio::test]
async fn each_way_to_fail_has_its_words_and_its_place_in_the_call_log() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let cases = [
        (LegBehaviour::Busy, "Busy", "Busy"),
        (LegBehaviour::NoAnswer, "NoAnswer", "No Answer"),
        (LegBehaviour::Rejects, "Rejected", "Rejected"),
        (LegBehaviour::Unreachable, "GenericError", "Call Failed"),
    ];
    for (behaviour, word, result) in cases {
        behave(&lab, KIM, behaviour);
        let started = start(&lab, &token, &KIM.to_string()).await;
        advance(&lab, 35);
        assert_eq!(
            states(&lab, &token, &started).await,
            words("CannotReach", "Finished", word)
        );
        assert_eq!(newest_record(&lab, &token).await["result"], result);
        advance(&lab, 30);
        assert_eq!(states(&lab, &token, &started).await, None, "not kept for ever");
    }
    for (behaviour, word, result) in cases {
        behave(&lab, MOBILE, behaviour);
        let started = start(&lab, &token, &KIM.to_string()).await;
        advance(&lab, 31);
        assert_eq!(
            states(&lab, &token, &started).await,
            words("CannotReach", word, "Rejected")
        );
        let record = newest_record(&lab, &token).await;
        assert_eq!(
            (&record["result"], record["legs"].as_array().unwrap().len()),
            (&json!(result), 1)
        );
    }
}

#[tokio::test]
async fn cancelling_ends_what_is_not_connected_and_nothing_else() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    for seconds in [1, 6] {
        let started = start(&lab, &token, &KIM.to_string()).await;
        advance(&lab, seconds);
        assert_eq!(
            lab.request(Method::DELETE, &token, &address(&started), None)
                .await
                .status,
            204
        );
        assert_eq!(states(&lab, &token, &started).await, None);
        advance(&lab, 60);
        let record = newest_record(&lab, &token).await;
        assert_eq!(record["result"], "Hang Up", "after {seconds} s");
    }
    let started = start(&lab, &token, &KIM.to_string()).await;
    advance(&lab, 15);
    assert_eq!(
        lab.request(Method::DELETE, &token, &address(&started), None)
            .await
            .status,
        204
    );
    assert_eq!(
        states(&lab, &token, &started).await,
        words("Success", "Success", "Success")
    );
}

#[tokio::test]
async fn a_colleague_rings_and_may_be_led_by_hand() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let (ada, ben) = (lab.token("101").await, lab.token("102").await);
    behave(&lab, E164::nanp(510, 5_550_102), LegBehaviour::ByHand);
    behave(&lab, MOBILE, LegBehaviour::ByHand);
    let started = start(&lab, &ada, "102").await;
    let session = control.world(|world| world.ring_outs().next().unwrap().0.session);
    control
        .world(|world| world.settle_ring_out_leg(session, LegOutcome::Answered))
        .unwrap();
    let presence = lab
        .get(&ben, &format!("{ME}/presence?detailedTelephonyState=true"))
        .await;
    assert_eq!(presence.body["telephonyStatus"], "Ringing");
    let address = format!("{}/ring-outs/{session}", lab.ready.control_url);
    let moved = send(lab.http.post(&address).json(&json!({"outcome": "answered"}))).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    assert_eq!(
        states(&lab, &ada, &started).await,
        words("Success", "Success", "Success")
    );
    let again = send(lab.http.post(&address).json(&json!({"outcome": "busy"}))).await;
    assert_eq!(again.status, 400);
    control.advance(SignedDuration::from_secs(5));
    control
        .world(|world| world.call(session, simulator::world::CallVerb::HangUp))
        .unwrap();
    assert_eq!(states(&lab, &ada, &started).await, None);
    assert_eq!(newest_record(&lab, &ben).await["result"], "Accepted");
}

#[tokio::test]
async fn behaviour_is_ordered_and_calls_are_listed_over_http() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let order = json!({"number": KIM.to_string(), "behaviour": {"kind": "busy"}});
    let ordered = send(
        lab.http
            .post(format!("{}/leg-behaviours", lab.ready.control_url))
            .json(&order),
    )
    .await;
    assert_eq!(ordered.status, 200, "{ordered:?}");
    start(&lab, &token, &KIM.to_string()).await;
    advance(&lab, 10);
    let listed = send(lab.http.get(format!("{}/ring-outs", lab.ready.control_url))).await;
    assert_eq!(listed.body["ring_outs"][0]["callee"], "Busy");
}

#[tokio::test]
async fn what_cannot_be_rung_is_refused_and_a_foreign_country_is_not_reached() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let to = json!({"phoneNumber": KIM.to_string()});
    for (body, parameter) in [
        (json!({"from": {"phoneNumber": MOBILE.to_string()}}), "to"),
        (json!({"from": {"phoneNumber": "nonsense"}, "to": to}), "from"),
        (json!({"from": {"forwardingNumberId": "17"}, "to": to}), "from"),
        (
            json!({"to": to, "callerId": {"phoneNumber": "+15105550102"}}),
            "callerId",
        ),
    ] {
        let got = lab.request(Method::POST, &token, RING_OUT, Some(body)).await;
        assert_eq!(
            (got.status, got.code(), &got.body["parameterName"]),
            (400, "CMN-101", &json!(parameter))
        );
    }
    assert_eq!(lab.get(&token, &format!("{RING_OUT}/unknown")).await.status, 404);
    let started = start(&lab, &token, "+442079460000").await;
    let other = lab.token("102").await;
    assert_eq!(states(&lab, &other, &started).await, None, "somebody else's call");
    advance(&lab, 10);
    assert_eq!(
        states(&lab, &token, &started).await,
        words("CannotReach", "Finished", "InternationalDisabled")
    );
}
