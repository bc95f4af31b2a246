use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use simulator::{Effect, Fault};
use switchboard_ringcentral::{
    Client, Config, Error, Priority, SystemClock,
    api::{ExtensionRef, call_log::ListCalls, extensions::ListExtensions, message::ReadStatus},
    auth::MemoryTokenStore,
    rate_limit::Group,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method, matchers::path, matchers::query_param};

use crate::support::{Lab, quick};

const NOW: Priority = Priority::Interactive;

/// A server that signs anyone in and answers as told.
pub(crate) struct Stub {
    pub(crate) server: MockServer,
    pub(crate) client: Client,
}

impl Stub {
    pub(crate) async fn new(edit: impl FnOnce(&mut Config)) -> Self {
        let server = MockServer::start().await;
        let tokens = json!({"access_token": "secret-a", "refresh_token": "secret-r", "expires_in": 3600});
        Mock::given(path("/restapi/oauth/token"))
            .respond_with(ResponseTemplate::new(200).set_body_json(tokens))
            .mount(&server)
            .await;
        let mut config = quick(Config::new(server.uri().parse().unwrap(), "client"));
        let store = Arc::new(MemoryTokenStore::default());
        let client = |config| Client::new(config, store.clone(), Arc::new(SystemClock)).unwrap();
        // Before the edit, which may make sense for the test's own request only.
        client(config.clone())
            .auth()
            .sign_in_with_jwt("jwt".to_owned().into())
            .await
            .unwrap();
        edit(&mut config);
        let client = client(config);
        Self { server, client }
    }

    async fn answers(&self, template: ResponseTemplate, times: u64) {
        Mock::given(path_is_no_token())
            .respond_with(template)
            .up_to_n_times(times)
            .mount(&self.server)
            .await;
    }

    async fn requests(&self) -> usize {
        let all = self.server.received_requests().await.unwrap();
        all.iter()
            .filter(|request| request.url.path() != "/restapi/oauth/token")
            .count()
    }
}

fn path_is_no_token() -> impl wiremock::Match {
    |request: &wiremock::Request| request.url.path() != "/restapi/oauth/token"
}

fn error(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"errors": [{"errorCode": code, "message": "no"}]}))
}

fn account() -> Value {
    json!({"id": 1, "mainNumber": "+15105550100"})
}

#[tokio::test]
async fn a_read_is_tried_again_after_a_server_error() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(error(503, "CMN-201"), 4).await;
    stub.answers(ResponseTemplate::new(200).set_body_json(account()), 1)
        .await;
    stub.client.account().get(Priority::Backfill).await.unwrap();
    assert_eq!(stub.requests().await, 5);
}

#[tokio::test]
async fn a_change_is_never_tried_again_blindly() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(error(503, "CMN-201"), 9).await;
    let store = stub.client.message_store();
    let refused = store
        .set_read_status(
            &ExtensionRef::Own,
            &"1".into(),
            ReadStatus::Read,
            Priority::Backfill,
        )
        .await;
    assert_eq!(refused.unwrap_err().status(), Some(503));
    assert_eq!(stub.requests().await, 1);
}

#[tokio::test]
async fn after_a_429_the_group_is_silent_and_a_waiting_person_is_told_when() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(error(429, "CMN-301").insert_header("Retry-After", "47"), 1)
        .await;
    for _ in 0..2 {
        let refused = stub.client.account().get(NOW).await.unwrap_err();
        let Error::RateLimited { group, retry_after } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(group, Group::Light);
        assert!(retry_after > Duration::from_secs(45), "{retry_after:?}");
    }
    assert_eq!(
        stub.requests().await,
        1,
        "a request during the penalty would prolong it"
    );
}

#[tokio::test]
async fn the_budget_of_the_server_is_not_overdrawn() {
    let stub = Stub::new(|_| {}).await;
    let headers = [
        ("X-Rate-Limit-Group", "light"),
        ("X-Rate-Limit-Limit", "3"),
        ("X-Rate-Limit-Window", "60"),
    ];
    let mut answer = ResponseTemplate::new(200).set_body_json(account());
    for (name, value) in headers {
        answer = answer.insert_header(name, value);
    }
    stub.answers(answer, 9).await;
    for _ in 0..3 {
        stub.client.account().get(NOW).await.unwrap();
    }
    assert!(matches!(
        stub.client.account().get(NOW).await,
        Err(Error::RateLimited { .. })
    ));
    assert_eq!(stub.requests().await, 3);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let stub = Stub::new(|_| {}).await;
    let body =
        json!({"errors": [{"errorCode": "CMN-401", "message": "no", "permissionName": "ReadCallLog"}]});
    stub.answers(ResponseTemplate::new(403).set_body_json(body), 1)
        .await;
    let refused = stub
        .client
        .call_log()
        .list(&ListCalls::default(), NOW)
        .await
        .unwrap_err();
    let Error::Forbidden { permission, .. } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(permission.as_deref(), Some("ReadCallLog"));
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_as_well_needs_the_person() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(error(401, "CMN-405"), 9).await;
    let refused = stub.client.account().get(NOW).await.unwrap_err();
    assert!(matches!(&refused, Error::SignInRequired { code, .. } if code.as_deref() == Some("CMN-405")));
    assert_eq!(stub.requests().await, 2);
}

#[tokio::test]
async fn work_in_the_background_outlasts_a_server_that_refuses_good_tokens_for_a_moment() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(error(401, "OAU-213"), 4).await;
    stub.answers(ResponseTemplate::new(200).set_body_json(account()), 1)
        .await;
    stub.client.account().get(Priority::Event).await.unwrap();
    assert_eq!(stub.requests().await, 5);

    stub.answers(error(401, "OAU-213"), 100).await;
    let refused = stub.client.account().get(Priority::Backfill).await.unwrap_err();
    assert!(matches!(refused, Error::SignInRequired { .. }), "{refused:?}");
}

#[tokio::test]
async fn redirects_are_not_followed_with_our_token() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(
        ResponseTemplate::new(302).insert_header("Location", "/elsewhere"),
        9,
    )
    .await;
    assert_eq!(
        stub.client.account().get(NOW).await.unwrap_err().status(),
        Some(302)
    );
    assert_eq!(stub.requests().await, 1);
}

#[tokio::test]
async fn every_request_says_who_asks() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(ResponseTemplate::new(200).set_body_json(account()), 1)
        .await;
    stub.client.account().get(NOW).await.unwrap();
    for request in stub.server.received_requests().await.unwrap() {
        assert!(
            request.headers["user-agent"]
                .to_str()
                .unwrap()
                .starts_with("Switchboard/")
        );
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let stub = Stub::new(|config| config.max_json_bytes = 1000).await;
    stub.answers(ResponseTemplate::new(200).set_body_string("x".repeat(1001)), 1)
        .await;
    let refused = stub.client.account().get(NOW).await.unwrap_err();
    assert!(matches!(
        refused,
        Error::BodyTooLarge {
            limit_bytes: 1000,
            ..
        }
    ));
}

#[tokio::test]
async fn a_slow_server_is_given_up() {
    let stub = Stub::new(|config| config.request_timeout = Duration::from_millis(30)).await;
    stub.answers(ResponseTemplate::new(200).set_delay(Duration::from_secs(30)), 9)
        .await;
    assert!(matches!(
        stub.client.account().get(NOW).await,
        Err(Error::Timeout {
            operation: "readAccountInfo"
        })
    ));
}

#[tokio::test]
async fn all_pages_are_read_once_and_a_malformed_record_costs_no_other() {
    let stub = Stub::new(|_| {}).await;
    for (number, next) in [(1, Some(2)), (2, None)] {
        let next = next.map(|next| json!({"uri": format!("https://elsewhere.example/x?page={next}")}));
        let body = json!({
            "records": [{"id": number, "type": "Hologram"}, {"id": {}, "name": "broken"}],
            "paging": {"page": number}, "navigation": {"nextPage": next},
        });
        Mock::given(method("GET"))
            .and(query_param("page", number.to_string()))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
            .expect(1)
            .mount(&stub.server)
            .await;
    }
    let page = stub
        .client
        .extensions()
        .list_all(&ListExtensions::default(), NOW)
        .await
        .unwrap();
    let ids: Vec<_> = page
        .records
        .iter()
        .map(|record| record.id.as_str().to_owned())
        .collect();
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(page.records[0].kind.as_ref().unwrap().as_str(), "Hologram");
    assert_eq!(
        page.malformed
            .iter()
            .map(|record| record.field.as_str())
            .collect::<Vec<_>>(),
        ["id", "id"]
    );
}

#[tokio::test]
async fn no_error_shows_a_token_or_a_phone_number() {
    let stub = Stub::new(|_| {}).await;
    stub.answers(
        ResponseTemplate::new(200).set_body_string(r#"{"id": "+15105550101", "status": 15105550101}"#),
        1,
    )
    .await;
    stub.answers(error(400, "CMN-101"), 1).await;
    let calls = ListCalls {
        phone_number: Some("+15105550101".into()),
        ..ListCalls::default()
    };
    let decode = stub.client.account().get(NOW).await.unwrap_err();
    let refused = stub.client.call_log().list(&calls, NOW).await.unwrap_err();
    // Nobody listens on port 1; a free port of the system's choice may be another test's a moment later.
    let gone = Stub::new(|config| config.server = "http://127.0.0.1:1".parse().unwrap()).await;
    let network = gone.client.call_log().list(&calls, NOW).await.unwrap_err();
    assert!(matches!(network, Error::Network { .. }));
    for error in [decode, refused, network] {
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("5105550101") && !shown.contains("secret-"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_body_cut_short_is_read_again() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator.control().add_fault(Fault::once(
        "readAccountInfo",
        Effect::CutBody { after_bytes: 20 },
    ));
    client.account().get(NOW).await.unwrap();
    assert_eq!(lab.count("readAccountInfo"), 2);
    assert!(lab.simulator.control().unmet_faults().is_empty());
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_an_error_that_names_the_operation() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator
        .control()
        .add_fault(Fault::once("readAccountInfo", Effect::GarbageBody));
    let error = client.account().get(NOW).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Decode {
                operation: "readAccountInfo",
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_unknown_word_of_the_server_is_kept() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let effect = Effect::UnknownEnum {
        field: "type".into(),
        value: "Hologram".into(),
    };
    lab.simulator
        .control()
        .add_fault(Fault::once("listExtensions", effect));
    let page = client
        .extensions()
        .list_all(&ListExtensions::default(), NOW)
        .await
        .unwrap();
    assert!(page.malformed.is_empty() && page.records.len() >= 3);
    assert!(
        page.records
            .iter()
            .all(|record| record.kind.as_ref().unwrap().as_str() == "Hologram")
    );
}
