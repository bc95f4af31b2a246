//! Several resources in one request, in both forms of the 207.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallPlan, CallTarget, Ending};
use simulator::world::number::E164;

use crate::support::{Got, Lab, send};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const ADA: E164 = E164::nanp(510, 5_550_101);
const MULTIPART_JSON: &str = "application/vnd.ringcentral.multipart+json";

async fn get_as_json(lab: &Lab, token: &str, path: &str) -> Got {
    let request = lab.http.get(lab.url(path)).bearer_auth(token);
    send(request.header("Accept", MULTIPART_JSON)).await
}

fn statuses(got: &Got) -> Vec<u64> {
    let entries = got.body.as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["status"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn several_call_records_come_as_207() {
    let lab = Lab::new().await;
    lab.simulator.control().world(|world| {
        for _ in 0..2 {
            let plan = CallPlan::new(Ending::Missed);
            let from = scenario::caller(CALLER, None);
            scenario::incoming_call(world, from, CallTarget::Number(ADA), &plan).unwrap();
        }
    });
    lab.simulator
        .control()
        .advance(jiff::SignedDuration::from_mins(5));
    let token = lab.token("101").await;
    let list = lab.get(&token, &format!("{ME}/call-log")).await;
    let id = |place: usize| list.records()[place]["id"].as_str().unwrap().to_owned();
    let path = format!("{ME}/call-log/{},nonsense,{}", id(0), id(1));
    let got = get_as_json(&lab, &token, &path).await;
    assert_eq!((got.status, statuses(&got)), (207, vec![200, 404, 200]));
    assert_eq!(got.body[0]["resourceId"], id(0));
    assert_eq!(got.body[1]["body"]["errors"][0]["errorCode"], "CMN-102");
    let mixed = lab.get(&token, &path).await;
    assert!(mixed.header("content-type").starts_with("multipart/mixed"));
    assert_eq!(mixed.text.matches("Content-Type: application/json").count(), 4);

    let too_many = vec![id(0); 51].join(",");
    let refused = lab.get(&token, &format!("{ME}/call-log/{too_many}")).await;
    assert_eq!((refused.status, refused.code()), (400, "CMN-106"));
}

#[tokio::test]
async fn presence_of_several_comes_as_207() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let me = lab.get(&token, ME).await.body["id"].to_string();
    let got = get_as_json(&lab, &token, &format!("{ACCOUNT}/extension/~,1/presence")).await;
    assert_eq!((got.status, statuses(&got)), (207, vec![200, 404]));
    assert_eq!(got.body[0]["resourceId"], me);
    assert_eq!(got.body[0]["body"]["presenceStatus"], "Available");
    let unified = lab
        .get(&token, &format!("{ACCOUNT}/extension/1,~/unified-presence"))
        .await;
    assert_eq!((unified.status, statuses(&unified)), (207, vec![404, 200]));
    assert!(unified.header("content-type").starts_with("application/json"));
}

#[tokio::test]
async fn messages_are_changed_together_in_every_documented_form() {
    let lab = Lab::new().await;
    let ids: Vec<String> = lab.simulator.control().world(|world| {
        let text = |world: &mut _, body| {
            let from = scenario::caller(CALLER, None);
            scenario::incoming_text(world, from, ADA, body, &[]).unwrap()
        };
        vec![text(world, "one").to_string(), text(world, "two").to_string()]
    });
    let token = lab.token("101").await;
    let path = format!("{ME}/message-store/{}", ids.join(","));
    let read = |got: &Got| -> Vec<String> {
        let entries = got.body.as_array().unwrap();
        let word = |entry: &Value| entry["body"]["readStatus"].as_str().unwrap().to_owned();
        entries.iter().map(word).collect()
    };
    let put = |kind: &'static str, path: &str, body: String| {
        let request = lab.http.request(Method::PUT, lab.url(path)).bearer_auth(&token);
        send(
            request
                .header("Accept", MULTIPART_JSON)
                .header("Content-Type", kind)
                .body(body),
        )
    };
    let status = |word: &str| json!({"body": {"readStatus": word}});
    let each = json!([status("Read"), status("Unread")]).to_string();
    assert_eq!(read(&put(MULTIPART_JSON, &path, each).await), ["Read", "Unread"]);
    let parts: String = ["Unread", "Read"]
        .map(|word| format!("--x\r\nContent-Type: application/json\r\n\r\n{{\"readStatus\":\"{word}\"}}\r\n"))
        .concat();
    let mixed = put("multipart/mixed; boundary=x", &path, format!("{parts}--x--\r\n")).await;
    assert_eq!(read(&mixed), ["Unread", "Read"]);
    let named = json!([{"resourceId": ids[1], "body": {"readStatus": "Unread"}}]).to_string();
    let by_name = put(MULTIPART_JSON, &format!("{ME}/message-store/*"), named).await;
    assert_eq!(read(&by_name), ["Unread"]);

    let one = "--x\r\nContent-Type: application/json\r\n\r\n{\"readStatus\":\"Read\"}\r\n";
    let short = put("multipart/mixed; boundary=x", &path, format!("{one}--x--")).await;
    assert_eq!((short.status, short.code()), (400, "CMN-103"));
}
