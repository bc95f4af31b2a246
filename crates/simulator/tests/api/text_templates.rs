//! RingCentral's own text templates: personal ones and the company's.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Got, Lab};

const MINE: &str = "/restapi/v1.0/account/~/extension/~/message-store-templates";
const COMPANY: &str = "/restapi/v1.0/account/~/message-store-templates";

async fn add(lab: &Lab, token: &str, path: &str, name: &str) -> Got {
    let body = json!({"displayName": name, "body": {"text": "On our way"}});
    lab.request(Method::POST, token, path, Some(body)).await
}

fn names(got: &Got) -> Vec<&str> {
    let all = got.records().iter();
    all.map(|one| one["displayName"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_template_is_kept_changed_and_thrown_away() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let added = add(&lab, &token, MINE, "On our way").await;
    assert_eq!((added.status, &added.body["scope"]), (200, &json!("Personal")));
    let one = format!("{MINE}/{}", added.body["id"].as_str().unwrap());
    let change = json!({"body": {"text": "Nearly there"}});
    let changed = lab.request(Method::PUT, &token, &one, Some(change)).await;
    assert_eq!(
        (&changed.body["displayName"], &changed.body["body"]["text"]),
        (&json!("On our way"), &json!("Nearly there"))
    );
    assert_eq!(lab.get(&token, &one).await.body, changed.body);
    let somebody = lab.token("103").await;
    assert_eq!(lab.get(&somebody, &one).await.status, 404);
    assert_eq!(lab.request(Method::DELETE, &token, &one, None).await.status, 204);
    assert_eq!(lab.get(&token, &one).await.status, 404);
}

#[tokio::test]
async fn the_companys_templates_are_kept_by_administrators_and_read_by_everybody() {
    let lab = Lab::new().await;
    let (ada, ben) = (lab.token("101").await, lab.token("102").await);
    assert_eq!(add(&lab, &ben, COMPANY, "Hello").await.code(), "CMN-408");
    assert_eq!(add(&lab, &ada, COMPANY, "Hello").await.body["scope"], "Company");
    let twice = add(&lab, &ada, COMPANY, "Hello").await;
    assert_eq!((twice.status, twice.code()), (400, "CMN-406"));
    add(&lab, &ben, MINE, "Mine").await;
    assert_eq!(names(&lab.get(&ben, MINE).await), ["Hello", "Mine"]);
    assert_eq!(
        names(&lab.get(&ben, &format!("{MINE}?scope=Personal")).await),
        ["Mine"]
    );
    assert_eq!(
        names(&lab.get(&ben, &format!("{MINE}?scope=Company")).await),
        ["Hello"]
    );
}

#[tokio::test]
async fn there_is_room_for_25_and_50_and_a_thousand_characters_each() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    for (path, room) in [(MINE, 25), (COMPANY, 50)] {
        for place in 0..room {
            assert_eq!(
                add(&lab, &token, path, &format!("Template {place}")).await.status,
                200
            );
        }
        assert_eq!(add(&lab, &token, path, "One more").await.status, 403);
    }
    let refused: Vec<Value> = vec![
        json!({"displayName": "Long", "body": {"text": "a".repeat(1_001)}}),
        json!({"displayName": "Empty", "body": {"text": ""}}),
        json!({"displayName": " ", "body": {"text": "x"}}),
        json!({"body": {"text": "x"}}),
        json!({"displayName": "Nothing"}),
    ];
    for body in refused {
        let got = lab.request(Method::POST, &token, MINE, Some(body)).await;
        assert_eq!((got.status, got.code()), (400, "CMN-101"));
    }
}
