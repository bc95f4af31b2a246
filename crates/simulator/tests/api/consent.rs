//! Consent to texts: the words that opt out and in, what is held back then, and the lists and notifications of it.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario;
use simulator::world::number::E164;
use simulator::world::outbound::LedgerKind;

use crate::socket::Socket;
use crate::support::{Got, Lab};
use crate::texts::{post, text_to};

const CONSENTS: &str = "/restapi/v2/accounts/~/sms/consents";
const OPT_OUTS: &str = "/restapi/v1.0/account/~/a2p-sms/opt-outs";
const STORE: &str = "/restapi/v1.0/account/~/extension/~/message-store";
const ADA: E164 = E164::nanp(510, 5_550_101);
const BEN: &str = "+15105550102";
const KIM: E164 = E164::nanp(415, 5_550_199);

fn says(lab: &Lab, text: &str) {
    let control = lab.simulator.control();
    control.world(|world| {
        let from = scenario::caller(KIM, None);
        scenario::incoming_text(world, from, ADA, text, &[]).unwrap();
    });
}

async fn state_of_a_text(lab: &Lab, token: &str) -> (Value, Value) {
    let sent = post(lab, token, text_to(&[&KIM.to_string()], "Truck is on its way")).await;
    assert_eq!(sent.status, 200, "blocked texts are accepted first");
    lab.simulator.control().advance(SignedDuration::from_secs(5));
    let settled = lab.get(token, &format!("{STORE}/{}", sent.body["id"])).await.body;
    (
        settled["messageStatus"].clone(),
        settled["deliveryErrorCode"].clone(),
    )
}

fn pairs(got: &Got) -> Vec<(String, String, String)> {
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let all = got.records().iter();
    all.map(|one| (text(one, "from"), text(one, "to"), text(one, "optStatus")))
        .collect()
}

#[tokio::test]
async fn stop_holds_texts_back_for_this_pair_until_start() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    says(&lab, "please don't STOP");
    assert_eq!(state_of_a_text(&lab, &token).await.0, "Delivered");
    says(&lab, " Stop \n");
    assert_eq!(
        state_of_a_text(&lab, &token).await,
        (json!("SendingFailed"), json!("SMS-RC-413"))
    );
    let ben = lab.token("102").await;
    let other = json!({"from": {"phoneNumber": BEN}, "to": [{"phoneNumber": KIM.to_string()}], "text": "x"});
    let sent = post(&lab, &ben, other).await;
    lab.simulator.control().advance(SignedDuration::from_secs(5));
    let settled = lab.get(&ben, &format!("{STORE}/{}", sent.body["id"])).await.body;
    assert_eq!(
        settled["messageStatus"], "Delivered",
        "another sender is another pair"
    );
    says(&lab, "unstop");
    assert_eq!(state_of_a_text(&lab, &token).await.0, "Delivered");
}

#[tokio::test]
async fn each_word_is_answered_once_and_the_answer_stands_in_no_message_store() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    says(&lab, "STOP");
    says(&lab, "START");
    let control = lab.simulator.control();
    let replies: Vec<_> = control
        .message_ledger()
        .into_iter()
        .map(|entry| (entry.kind, entry.from, entry.reached().next()))
        .collect();
    assert_eq!(
        replies,
        vec![(LedgerKind::AutomaticReply, Some(ADA), Some(KIM)); 2]
    );
    control.advance(SignedDuration::from_secs(1));
    let outbound = lab.get(&token, &format!("{STORE}?direction=Outbound")).await;
    assert!(outbound.records().is_empty());
    let history = lab.get(&token, &format!("{CONSENTS}/history")).await;
    let said: Vec<String> = pairs(&history).into_iter().map(|(_, _, status)| status).collect();
    assert_eq!(said, ["OptIn", "OptOut"]);
}

#[tokio::test]
async fn lists_are_narrowed_down_and_paged_by_token() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let numbers: Vec<String> = (0..5).map(|place| format!("+1415555015{place}")).collect();
    let records: Vec<Value> = numbers
        .iter()
        .map(|to| json!({"from": ADA.to_string(), "to": to, "optStatus": "OptOut", "source": "Api"}))
        .collect();
    let patched = lab
        .request(Method::PATCH, &token, CONSENTS, Some(json!({"records": records})))
        .await;
    assert_eq!((patched.status, &patched.body), (200, &json!({})));
    assert!(!patched.header("etag").is_empty());

    let mut seen = Vec::new();
    let mut next = format!("{CONSENTS}?perPage=2");
    loop {
        let page = lab.get(&token, &next).await;
        seen.extend(pairs(&page).into_iter().map(|(_, to, _)| to));
        match page.body["paging"]["nextPageToken"].as_str() {
            Some(token) => next = format!("{CONSENTS}?perPage=2&pageToken={token}"),
            None => break,
        }
    }
    assert_eq!(seen, numbers);
    let one = lab.get(&token, &format!("{CONSENTS}?to=%2B14155550153")).await;
    assert_eq!(pairs(&one).len(), 1);
    let opted_in = lab.get(&token, &format!("{CONSENTS}?optStatus=OptIn")).await;
    assert!(opted_in.records().is_empty());
    for query in ["optStatus=Maybe", "pageToken=x", "perPage=0", "to=415"] {
        let got = lab.get(&token, &format!("{CONSENTS}?{query}")).await;
        assert_eq!((got.status, got.code()), (400, "CMN-101"), "{query}");
    }
    let body = json!({"to": [numbers[0], numbers[1]], "optStatus": "OptOut", "perPage": 1});
    let found = lab
        .request(Method::POST, &token, &format!("{CONSENTS}/search"), Some(body))
        .await;
    assert_eq!(found.records().len(), 1);
    let csv = lab.get(&token, &format!("{CONSENTS}/export")).await;
    assert_eq!(
        (csv.header("content-type"), csv.text.lines().count()),
        ("text/csv", 6)
    );
}

#[tokio::test]
async fn the_asterisk_opts_out_of_every_number_that_texts() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let all = json!({"from": "*", "to": KIM.to_string(), "optStatus": "OptOut", "source": "Api"});
    let unknown =
        json!({"from": "+12125550100", "to": KIM.to_string(), "optStatus": "OptOut", "source": "Api"});
    let body = json!({"records": [all, unknown]});
    let patched = lab.request(Method::PATCH, &token, CONSENTS, Some(body)).await;
    let failed = patched.body["failedRecords"].as_array().unwrap();
    assert_eq!((failed.len(), &failed[0]["from"]), (1, &json!("+12125550100")));
    let listed = lab.get(&token, &format!("{CONSENTS}?coverage=Account")).await;
    assert_eq!(pairs(&listed).len(), 3);
    assert_eq!(state_of_a_text(&lab, &token).await.1, "SMS-RC-413");
    for body in [
        json!({}),
        json!({"records": []}),
        json!({"records": [{"from": "*", "to": "5", "optStatus": "OptOut", "source": "Api"}]}),
    ] {
        let refused = lab.request(Method::PATCH, &token, CONSENTS, Some(body)).await;
        assert_eq!((refused.status, refused.code()), (400, "CMN-101"));
    }
}

#[tokio::test]
async fn whoever_listens_hears_of_every_change() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket.subscribe(&[CONSENTS, OPT_OUTS]).await;
    says(&lab, "STOP");
    let first = socket.notification().await;
    let second = socket.notification().await;
    let account = "/restapi/v2/accounts/809646016/sms/consents";
    assert_eq!(first["event"], account);
    let record = &first["body"]["records"][0];
    assert_eq!(
        (
            &record["from"],
            &record["to"],
            &record["optStatus"],
            &record["source"]
        ),
        (
            &json!(ADA.to_string()),
            &json!(KIM.to_string()),
            &json!("OptOut"),
            &json!("Recipient")
        )
    );
    assert_eq!(
        second["body"],
        json!({"from": ADA.to_string(), "to": KIM.to_string(), "active": true})
    );
    says(&lab, "START");
    socket.notification().await;
    assert_eq!(socket.notification().await["body"]["active"], false);
}

#[tokio::test]
async fn the_older_list_says_the_same() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let body =
        json!({"from": ADA.to_string(), "optOuts": ["+14155550150", "nonsense"], "optIns": ["+14155550151"]});
    let path = format!("{OPT_OUTS}/bulk-assign");
    let assigned = lab.request(Method::POST, &token, &path, Some(body)).await;
    assert_eq!(assigned.body["optOuts"]["successful"], json!(["+14155550150"]));
    assert_eq!(assigned.body["optOuts"]["failed"][0]["to"], "nonsense");
    let nothing = json!({"from": ADA.to_string()});
    assert_eq!(
        lab.request(Method::POST, &token, &path, Some(nothing))
            .await
            .code(),
        "CMN-101"
    );
    let listed = lab.get(&token, OPT_OUTS).await;
    assert_eq!(
        listed.records(),
        &vec![
            json!({"from": ADA.to_string(), "to": "+14155550150", "status": "OptOut", "source": "Account"})
        ]
    );
    let all = lab.get(&token, &format!("{OPT_OUTS}?status=all&from=*")).await;
    assert_eq!(all.records().len(), 2);
}
