//! The message store: lists, read state, deletion, bulk requests, content, and synchronisation.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::media::{DocumentDesign, DocumentFormat};
use simulator::scenario;
use simulator::world::number::E164;

use crate::support::{Got, Lab, send};

const STORE: &str = "/restapi/v1.0/account/~/extension/~/message-store";
const SYNC: &str = "/restapi/v1.0/account/~/extension/~/message-sync";
const ADA: E164 = E164::nanp(510, 5_550_101);

fn texts(lab: &Lab, count: u32) -> Vec<String> {
    let control = lab.simulator.control();
    (0..count)
        .map(|number| {
            let from = scenario::caller(E164::nanp(415, 5_550_199), None);
            let text = format!("text {number}");
            let id = control
                .world(|world| scenario::incoming_text(world, from, ADA, &text, &[]))
                .unwrap();
            control.advance(SignedDuration::from_secs(10));
            id.to_string()
        })
        .collect()
}

fn ids(got: &Got) -> Vec<String> {
    got.records().iter().map(|one| one["id"].to_string()).collect()
}

#[tokio::test]
async fn deleting_once_hides_a_message_and_twice_purges_it() {
    let lab = Lab::new().await;
    let id = texts(&lab, 1).remove(0);
    let token = lab.token("101").await;
    let one = format!("{STORE}/{id}");
    assert_eq!(lab.request(Method::DELETE, &token, &one, None).await.status, 204);
    assert!(lab.get(&token, STORE).await.records().is_empty());
    assert_eq!(
        ids(&lab.get(&token, &format!("{STORE}?availability=Deleted")).await),
        std::slice::from_ref(&id)
    );
    let restored = lab
        .request(
            Method::PATCH,
            &token,
            &one,
            Some(json!({"availability": "Alive"})),
        )
        .await;
    assert_eq!(restored.body["availability"], "Alive");
    for _ in 0..2 {
        lab.request(Method::DELETE, &token, &one, None).await;
    }
    let purged = lab.get(&token, &one).await;
    assert_eq!(
        (&purged.body["availability"], &purged.body["attachments"]),
        (&json!("Purged"), &json!([]))
    );
}

#[tokio::test]
async fn several_messages_are_read_and_changed_in_one_request() {
    let lab = Lab::new().await;
    let all = texts(&lab, 2);
    let token = lab.token("101").await;
    let both = format!("{STORE}/{},{}", all[0], all[1]);
    let read = lab.get(&token, &both).await;
    assert_eq!(read.status, 207);
    assert!(
        read.header("content-type")
            .starts_with("multipart/mixed; boundary=")
    );
    assert_eq!(
        read.text.matches("Content-Type: application/json").count(),
        3,
        "a summary and two messages"
    );
    assert!(read.text.contains("\"responseDescription\":\"OK\""));

    let changes = json!([{"body": {"readStatus": "Read"}}, {"body": {"readStatus": "Read"}}]);
    let request = lab.http.put(lab.url(&format!("{both},4711"))).bearer_auth(&token);
    let request = request.header("Accept", "application/vnd.ringcentral.multipart+json");
    let changed =
        send(request.json(&json!([changes[0], changes[1], {"body": {"readStatus": "Read"}}]))).await;
    let states: Vec<&Value> = changed
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(states, [&json!(200), &json!(200), &json!(404)]);
    assert_eq!(
        lab.get(&token, &format!("{STORE}?readStatus=Unread"))
            .await
            .records()
            .len(),
        0
    );
    assert_eq!(lab.request(Method::DELETE, &token, &both, None).await.status, 204);
    let many = vec!["1"; 51].join(",");
    assert_eq!(
        lab.get(&token, &format!("{STORE}/{many}")).await.code(),
        "CMN-106"
    );
}

#[tokio::test]
async fn content_comes_whole_or_in_ranges_and_its_token_may_stand_in_the_address() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    control.world(|world| {
        let ada = world.extension_by_number(101).unwrap().id;
        let from = scenario::caller(E164::nanp(415, 5_550_199), None);
        scenario::incoming_fax(world, from, ada, DocumentDesign::Quote, 2, DocumentFormat::Pdf);
    });
    lab.clock.advance(SignedDuration::from_secs(1));
    let token = lab.token("101").await;
    let fax = lab
        .get(&token, &format!("{STORE}?messageType=Fax"))
        .await
        .records()[0]
        .clone();
    let address = fax["attachments"][0]["uri"].as_str().unwrap().to_owned();
    let get = |range: Option<&str>| {
        let request = lab.http.get(&address).query(&[("access_token", &token)]);
        match range {
            Some(range) => request.header("Range", range),
            None => request,
        }
    };
    let whole = get(None).send().await.unwrap();
    assert_eq!(whole.headers()["content-type"], "application/pdf");
    let whole = whole.bytes().await.unwrap();
    assert!(whole.starts_with(b"%PDF"));
    let part = get(Some("bytes=5-9")).send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(
        part.headers()["content-range"],
        format!("bytes 5-9/{}", whole.len())
    );
    assert_eq!(part.bytes().await.unwrap(), whole.slice(5..10));
    let beyond = send(get(Some("bytes=99999999-"))).await;
    assert_eq!((beyond.status, beyond.code()), (416, "CMN-107"));
    let named = get(None).query(&[
        ("contentDisposition", "Attachment"),
        ("contentDispositionFilename", "a.pdf"),
    ]);
    let named = named.send().await.unwrap();
    assert_eq!(
        named.headers()["content-disposition"],
        "attachment; filename=\"a.pdf\""
    );
}

#[tokio::test]
async fn sync_tells_news_edits_and_deletions_and_when_there_is_more() {
    let lab = Lab::new().await;
    let all = texts(&lab, 3);
    let token = lab.token("101").await;
    let full = lab
        .get(&token, &format!("{SYNC}?syncType=FSync&recordCount=2"))
        .await;
    assert_eq!(ids(&full), [all[2].clone(), all[1].clone()]);
    assert_eq!(full.body["syncInfo"]["olderRecordsExist"], true);
    let oldest = full.records()[1]["creationTime"].as_str().unwrap();
    let older = lab
        .get(
            &token,
            &format!("{SYNC}?syncType=FSync&recordCount=2&dateTo={oldest}"),
        )
        .await;
    assert_eq!(
        (ids(&older), &older.body["syncInfo"]["olderRecordsExist"]),
        (vec![all[0].clone()], &json!(false))
    );

    lab.clock.advance(SignedDuration::from_secs(10));
    lab.request(Method::DELETE, &token, &format!("{STORE}/{}", all[2]), None)
        .await;
    let read = json!({"readStatus": "Read"});
    lab.request(Method::PUT, &token, &format!("{STORE}/{}", all[1]), Some(read))
        .await;
    let sync_token = full.body["syncInfo"]["syncToken"].as_str().unwrap();
    let changes = lab
        .get(&token, &format!("{SYNC}?syncType=ISync&syncToken={sync_token}"))
        .await;
    let find = |id: &str| {
        changes
            .records()
            .iter()
            .find(|one| one["id"] == id.parse::<u64>().unwrap())
            .cloned()
    };
    let deleted = find(&all[2]).expect("the deletion is told");
    assert_eq!(
        (&deleted["availability"], &deleted["subject"]),
        (&json!("Deleted"), &Value::Null)
    );
    assert_eq!(find(&all[1]).expect("the edit is told")["readStatus"], "Read");
    assert!(find(&all[0]).is_none());

    lab.simulator.control().expire_sync_tokens();
    let expired = lab
        .get(&token, &format!("{SYNC}?syncType=ISync&syncToken={sync_token}"))
        .await;
    assert_eq!((expired.status, expired.code()), (400, "MSG-333"));
}

#[tokio::test]
async fn identifiers_above_two_to_the_53_are_exact_only_as_text() {
    let lab = Lab::new().await;
    texts(&lab, 1);
    let token = lab.token("101").await;
    let message = lab.get(&token, STORE).await.records()[0].clone();
    let exact: u64 = message["conversation"]["id"].as_str().unwrap().parse().unwrap();
    let rounded = message["conversationId"].as_u64().unwrap();
    assert!(exact > 1 << 53);
    assert_eq!(rounded as f64, exact as f64);
    let found = lab.get(&token, &format!("{STORE}?conversationId={exact}")).await;
    assert_eq!(found.records().len(), 1);
}

#[tokio::test]
async fn texts_are_refused_in_the_documented_words() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let refusal = async |from: &str, to: Value, text: &str| {
        let body = json!({"from": {"phoneNumber": from}, "to": to, "text": text});
        let got = lab
            .request(
                Method::POST,
                &token,
                "/restapi/v1.0/account/~/extension/~/sms",
                Some(body),
            )
            .await;
        (got.status, got.code().to_owned())
    };
    let ben = "+15105550102";
    let someone = json!([{"phoneNumber": "+14155550199"}]);
    assert_eq!(
        refusal(ben, someone.clone(), "x").await,
        (403, "MSG-304".to_owned())
    );
    assert_eq!(
        refusal("+15105550101", json!([]), "x").await,
        (400, "MSG-219".to_owned())
    );
    assert_eq!(
        refusal("+15105550101", someone.clone(), "").await,
        (400, "MSG-224".to_owned())
    );
    assert_eq!(refusal("", someone, "x").await, (400, "MSG-221".to_owned()));
    let crowd: Vec<Value> = (0..11)
        .map(|n| json!({"phoneNumber": format!("+1415555010{}", n % 10)}))
        .collect();
    assert_eq!(
        refusal("+15105550101", json!(crowd), "x").await,
        (400, "MSG-381".to_owned())
    );
}

#[tokio::test]
async fn what_arrives_this_very_moment_is_in_the_lists_at_once() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    lab.simulator.control().world(|world| {
        let to = E164::nanp(510, 5_550_101);
        let from = scenario::caller(E164::nanp(415, 5_550_199), None);
        scenario::incoming_text(world, from.clone(), to, "now", &[]).unwrap();
        let call = scenario::SteppedCall::ring(world, from, scenario::CallTarget::Number(to)).unwrap();
        call.caller_hangs_up(world).unwrap();
    });
    for list in ["message-store", "message-sync?syncType=FSync", "call-log"] {
        let got = lab
            .get(&token, &format!("/restapi/v1.0/account/~/extension/~/{list}"))
            .await;
        assert_eq!(got.records().len(), 1, "{list}");
    }
}
