//! A supervisor's desk, and what stands in for RingCentral.

use super::super::Supervisions;
use crate::clock::Clock;
use crate::live_calls::{CompanyCalls, CompanyEvents, LivePage};
use crate::store::testing::TestStore;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode};
use domain::ids::CallSessionId;
use domain::ipc::live_calls::Supervise;
use domain::supervision::SupervisionMode;
use jiff::Timestamp;
use ringcentral::Client;
use ringcentral::api::telephony::TelephonySessionEvent;
use ringcentral::auth::MemoryTokenStore;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(super) const OWN: &str = "101";
pub(super) const BEN: &str = "102";
pub(super) const SESSION: &str = "s-1";

pub(super) struct Desk {
    pub(super) test: TestStore,
    pub(super) client: Client,
    pub(super) calls: CompanyCalls,
    pub(super) supervisions: Supervisions,
    pub(super) server: Arc<Mutex<Server>>,
}

/// What the server says, and what it was asked.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) members: Value,
    pub(super) devices: Value,
    /// The parties of the call; `None` when it is over.
    pub(super) parties: Option<Value>,
    pub(super) supervise: (StatusCode, Value),
    pub(super) permissions: Vec<&'static str>,
    pub(super) may_read_groups: bool,
    pub(super) asked: Vec<String>,
}

#[derive(Debug)]
struct SameClock(Clock);

impl ringcentral::Clock for SameClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

pub(super) fn member(id: &str, permissions: &[&str]) -> Value {
    json!({ "id": id, "extensionNumber": id, "permissions": permissions })
}

pub(super) fn device(id: &str, kind: &str, status: &str) -> Value {
    json!({ "id": id, "type": kind, "status": status, "name": format!("{kind} {id}") })
}

pub(super) fn supervising() -> Value {
    json!({ "id": "p-9", "extensionId": OWN, "direction": "Inbound",
            "status": { "code": "Answered", "reason": "Supervising" } })
}

pub(super) fn talking() -> Value {
    json!({ "id": "p-2", "extensionId": BEN, "direction": "Inbound", "from": { "phoneNumber": "+15105550147" },
            "to": { "extensionId": BEN, "name": "Ben Brandt" }, "status": { "code": "Answered" } })
}

impl Desk {
    /// Ben talks; the supervisor of his monitoring group has a desk phone.
    pub(super) async fn open() -> Self {
        let server = Arc::new(Mutex::new(Server {
            members: json!([member(OWN, &["Monitoring"]), member(BEN, &["Monitored"])]),
            devices: json!([device("d-1", "HardPhone", "Online")]),
            parties: Some(json!([talking()])),
            supervise: (StatusCode::CREATED, supervising()),
            permissions: vec!["AccountAdministration"],
            may_read_groups: true,
            asked: Vec::new(),
        }));
        let router = Router::new().fallback(answer).with_state(server.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });

        let test = TestStore::new().await;
        let mut config =
            ringcentral::Config::new(format!("http://{address}").parse().unwrap(), "app".to_owned());
        config.client_secret = Some("secret".to_owned().into());
        config.retry.first_delay = Duration::from_millis(1);
        let clock = Arc::new(SameClock(test.clock.clone()));
        let client = Client::new(config, Arc::new(MemoryTokenStore::default()), clock).unwrap();
        client
            .auth()
            .sign_in_with_jwt("jwt".to_owned().into())
            .await
            .unwrap();

        let calls = CompanyCalls::new(OWN.into(), test.clock.clone(), test.store.changes().clone());
        calls
            .standing()
            .role_is(crate::live_calls::Role::Allowed, test.clock.now());
        calls.events_are(CompanyEvents::Live);
        let page = LivePage::new(test.store.clone(), calls.clone());
        let supervisions =
            Supervisions::new(test.store.clone(), calls.clone(), page, "Ada Alvarez".to_owned());
        let desk = Self {
            test,
            client,
            calls,
            supervisions,
            server,
        };
        desk.hear(2, talking());
        desk
    }

    pub(super) fn hear(&self, sequence: i64, party: Value) {
        let event: TelephonySessionEvent = serde_json::from_value(json!({
            "sequence": sequence, "telephonySessionId": SESSION, "parties": [party],
        }))
        .unwrap();
        self.calls.hear(&event);
    }

    pub(super) fn server(&self, change: impl FnOnce(&mut Server)) {
        change(&mut self.server.lock().unwrap());
    }

    /// How often RingCentral was told to ring somebody's phone.
    pub(super) fn rang(&self) -> usize {
        let server = self.server.lock().unwrap();
        server
            .asked
            .iter()
            .filter(|one| one.ends_with("/supervise"))
            .count()
    }

    pub(super) async fn supervise(
        &self,
        mode: SupervisionMode,
    ) -> Result<domain::supervision::Supervision, crate::error::CoreError> {
        self.supervisions
            .supervise(Some(&self.client), &wanted(mode))
            .await
    }

    /// What stands in the log: kinds of lines in their order.
    pub(super) async fn lines(&self) -> Vec<String> {
        let lines = self.test.store.supervision_lines().await.unwrap();
        assert_eq!(self.supervisions.broken_at().await.unwrap(), None);
        lines
            .iter()
            .map(|line| super::super::chain::kind_word(&line.facts.result).to_owned())
            .collect()
    }
}

pub(super) fn wanted(mode: SupervisionMode) -> Supervise {
    Supervise {
        session_id: CallSessionId::from(SESSION),
        extension_id: BEN.to_owned(),
        mode,
        device: None,
    }
}

async fn answer(State(server): State<Arc<Mutex<Server>>>, request: Request<Body>) -> Response<Body> {
    let mut server = server.lock().unwrap();
    let path = request.uri().path().to_owned();
    server.asked.push(format!("{} {path}", request.method()));
    let page = |records: &Value| json!({ "records": records, "paging": {}, "navigation": {} });
    let (status, body) = if path == "/restapi/oauth/token" {
        let token = json!({ "access_token": "a", "refresh_token": "r", "expires_in": 3600, "scope": "",
                            "endpoint_id": "e", "owner_id": OWN });
        (StatusCode::OK, token)
    } else if path.ends_with("/call-monitoring-groups") && !server.may_read_groups {
        let refusal = json!({ "errorCode": "CMN-408", "message": "In order to call this API endpoint, user needs to have \
            [ReadExtensions] permission.", "errors": [{ "errorCode": "CMN-408", "message": "no", "permissionName": "ReadExtensions" }] });
        (StatusCode::FORBIDDEN, refusal)
    } else if path.ends_with("/call-monitoring-groups") {
        (
            StatusCode::OK,
            page(&json!([{ "id": "g-1", "name": "Everyone" }])),
        )
    } else if path.ends_with("/members") {
        (StatusCode::OK, page(&server.members))
    } else if path.ends_with("/device") {
        (StatusCode::OK, page(&server.devices))
    } else if path.ends_with("/authz-profile/check") {
        let query = request.uri().query().unwrap_or_default();
        let is_granted = server.permissions.iter().any(|name| query.contains(name));
        (StatusCode::OK, json!({ "successful": is_granted }))
    } else if path.ends_with("/supervise") {
        server.supervise.clone()
    } else if path.contains("/telephony/sessions/") {
        match &server.parties {
            Some(parties) => (StatusCode::OK, json!({ "id": SESSION, "parties": parties })),
            None => (
                StatusCode::NOT_FOUND,
                json!({ "errorCode": "CMN-102", "message": "not found" }),
            ),
        }
    } else {
        (StatusCode::NOT_FOUND, json!({ "message": path }))
    };
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}
