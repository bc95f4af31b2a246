//! Who may not, and how they are told.

use serde_json::json;

use crate::support::Lab;

const ME: &str = "/restapi/v1.0/account/~/extension/~";

#[tokio::test]
async fn an_application_without_a_permission_gets_cmn_401() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    assert!(control.set_application_permissions(&lab.ready.client_id, &["ReadAccounts", "WebSocket"]));
    let got = lab.get(&token, &format!("{ME}/call-log")).await;
    assert_eq!((got.status, got.code()), (403, "CMN-401"));
    assert_eq!(got.body["errorCode"], "InsufficientPermissions");
    assert_eq!(got.body["permissionName"], "ReadCallLog");
    assert_eq!(lab.get(&token, ME).await.status, 200);
    assert_eq!(lab.token_info("101").await["scope"], "ReadAccounts WebSocket");
}

#[tokio::test]
async fn a_person_without_a_permission_gets_cmn_408_and_a_check_says_so_before() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let company_log = lab.get(&token, "/restapi/v1.0/account/~/call-log").await;
    assert_eq!((company_log.status, company_log.code()), (403, "CMN-408"));
    let check = lab
        .get(
            &token,
            &format!("{ME}/authz-profile/check?permissionId=FullCompanyCallLog"),
        )
        .await;
    assert_eq!(check.body["successful"], false);

    let control = lab.simulator.control();
    let ben = control.world(|world| world.extension_by_number(102).unwrap().id);
    control.deny_user_permissions(ben, &["OutboundSMS"]);
    let text = json!({"from": {"phoneNumber": "+15105550102"}, "to": [{"phoneNumber": "+14155550199"}], "text": "x"});
    let refused = lab
        .request(reqwest::Method::POST, &token, &format!("{ME}/sms"), Some(text))
        .await;
    assert_eq!(
        (refused.code(), &refused.body["permissionName"]),
        ("CMN-408", &json!("OutboundSMS"))
    );
}

#[tokio::test]
async fn somebody_elses_messages_need_an_extended_scope() {
    let lab = Lab::new().await;
    let token = lab.token("102").await;
    let ada = lab
        .simulator
        .control()
        .world(|world| world.extension_by_number(101).unwrap().id);
    let others = format!("/restapi/v1.0/account/~/extension/{ada}/message-store");
    assert_eq!(lab.get(&token, &others).await.code(), "CMN-419");
    assert_eq!(
        lab.get(&token, "/restapi/v1.0/account/~/extension/4711/message-store")
            .await
            .code(),
        "CMN-102"
    );
    assert_eq!(
        lab.get(&token, "/restapi/v1.0/account/4711").await.code(),
        "CMN-102"
    );
}

#[tokio::test]
async fn what_the_simulator_does_not_know_is_answered_like_ringcentral_and_recorded() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let got = lab.get(&token, "/restapi/v1.0/account/~/weather").await;
    assert_eq!((got.status, got.code()), (404, "CMN-120"));
    assert!(!got.header("rcrequestid").is_empty());
    let unmatched = lab.simulator.control().unmatched();
    assert_eq!(unmatched.len(), 1);
    assert_eq!(
        (unmatched[0].method.as_str(), unmatched[0].path.as_str()),
        ("GET", "/restapi/v1.0/account/~/weather")
    );
}

#[tokio::test]
async fn a_method_can_be_tunnelled_through_post() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let got = lab
        .request(reqwest::Method::POST, &token, &format!("{ME}?_method=GET"), None)
        .await;
    assert_eq!((got.status, &got.body["extensionNumber"]), (200, &json!("101")));
    let request = lab
        .http
        .post(lab.url(&format!("{ME}?_method=GET")))
        .bearer_auth(&token);
    let conflicting = crate::support::send(request.header("X-HTTP-Method-Override", "PUT")).await;
    assert_eq!(conflicting.status, 400);
}
