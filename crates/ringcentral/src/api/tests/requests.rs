//! Makes every request this client can make, with every parameter, and holds it against the reference.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use serde_json::{Value, json};
use url::Url;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use super::reference::{Reference, fits};
use crate::{
    Client, Config, Priority, SystemClock,
    api::{
        CallsOf, Direction, ExtensionRef, ExtensionStatus, ExtensionType,
        call_log::{CallLogFilter, CallType, ListCalls, View},
        call_monitoring::SuperviseRequest,
        extensions::ListExtensions,
        fax::{FaxAgain, FaxRecipient, OutgoingFax, UploadWatcher},
        message::{Availability, FaxResolution, MessageType, ReadStatus},
        message_store::ListMessages,
        message_sync::FullMessageSync,
        operations::{ALL, UNLISTED},
        outgoing_file::OutgoingFile,
        presence::{DndStatus, PresenceStatus, PresenceUpdate},
        ring_out::{RingOutPhone, RingOutRequest},
        sms::{OutgoingText, SmsCountry},
        sms_consents::{ConsentChange, ConsentFilter, ConsentSender, OptStatus},
    },
    auth::{BrowserSignIn, MemoryTokenStore},
    id::CallRecordId,
    media::Download,
    page::SyncToken,
};

const NOW: Priority = Priority::Interactive;

/// Sent over the WebSocket, where the reference cannot judge them, or just before.
const ELSEWHERE: [&str; 3] = ["authWsToken", "createSubscription", "updateSubscription"];

/// Something every reading of an answer can live with.
fn answer(request: &Request) -> ResponseTemplate {
    if request.url.path() == "/restapi/oauth/token" {
        // What a JWT gives has to be renewed at once, so that a renewal is among the requests.
        let is_jwt = String::from_utf8_lossy(&request.body).contains("jwt-bearer");
        let lifetime = if is_jwt { 0 } else { 3600 };
        return ResponseTemplate::new(200).set_body_json(
            json!({"access_token": "a", "refresh_token": "r", "expires_in": lifetime, "scope": "",
                   "endpoint_id": "e"}),
        );
    }
    let body = json!({
        "id": 1, "records": [], "paging": {}, "navigation": {}, "parties": [], "permissions": [],
        "syncInfo": {"syncType": "FSync", "syncToken": "t"}, "startTime": "2026-03-01T12:00:00Z",
        "creationTime": "2026-03-01T12:00:00Z", "type": "Voice", "direction": "Inbound",
    });
    ResponseTemplate::new(200)
        .insert_header("X-Rate-Limit-Limit", "1000")
        .set_body_json(body)
}

async fn make_every_request(client: &Client) {
    let own = ExtensionRef::Own;
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    let token = SyncToken("t".into());
    let of_account = [CallsOf::Account, CallsOf::Extension(ExtensionRef::Id("2".into()))];
    client.account().get(NOW).await.unwrap();
    client.extensions().get(&own, NOW).await.unwrap();
    let extensions = ListExtensions {
        types: vec![ExtensionType::User, ExtensionType::Department],
        statuses: vec![ExtensionStatus::Enabled, ExtensionStatus::Frozen],
        extension_number: Some("101".into()),
        per_page: Some(1000),
    };
    client.extensions().list(&extensions, 2, NOW).await.unwrap();
    client.extensions().list_all(&extensions, NOW).await.unwrap();
    client.phone_numbers().of_extension(&own, NOW).await.unwrap();
    client.phone_numbers().of_account(NOW).await.unwrap();
    for of in of_account {
        let calls = ListCalls {
            of: of.clone(),
            started_from: Some(at),
            started_before: Some(at),
            direction: Some(Direction::Outbound),
            kind: Some(CallType::Fax),
            phone_number: Some("+15105550101".into()),
            session_id: Some("1".into()),
            telephony_session_id: Some("s-1".into()),
            must_have_recording: true,
            view: Some(View::Detailed),
            page: Some(2),
            per_page: Some(250),
        };
        client.call_log().list(&calls, NOW).await.unwrap();
        client
            .call_log()
            .get(&of, &CallRecordId::new("r-1"), View::Simple, NOW)
            .await
            .unwrap();
        let filter = CallLogFilter {
            of: of.clone(),
            view: Some(View::Detailed),
            is_showing_deleted: true,
        };
        client
            .call_log()
            .full_sync(&filter, Some(at), 250, NOW)
            .await
            .unwrap();
        client
            .call_log()
            .incremental_sync(&filter, &token, NOW)
            .await
            .unwrap();
        client.active_calls().list(&of, View::Simple, NOW).await.unwrap();
    }
    client
        .phone_numbers()
        .sms_configuration(&own, &"1".into(), NOW)
        .await
        .unwrap();
    make_message_requests(client).await;
    make_sending_requests(client).await;
    make_fax_requests(client).await;
    client.directory().list_all(NOW).await.unwrap();
    client.directory().search("ada", 1, 50, NOW).await.unwrap();
    client.address_book().list_all(&own, NOW).await.unwrap();
    client.address_book().sync(&own, None, NOW).await.unwrap();
    client.address_book().sync(&own, Some(&token), NOW).await.unwrap();
    client.presence().get(&own, NOW).await.unwrap();
    client.presence().of_account(NOW).await.unwrap();
    let change = PresenceUpdate {
        user_status: Some(PresenceStatus::Busy),
        dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
        message: Some("at lunch".into()),
        ..PresenceUpdate::default()
    };
    client.presence().update(&own, &change, NOW).await.unwrap();
    client.subscriptions().list(NOW).await.unwrap();
    client.subscriptions().get(&"s".into(), NOW).await.unwrap();
    client.subscriptions().delete(&"s".into(), NOW).await.unwrap();
    client.telephony().session(&"s-1".into(), NOW).await.unwrap();
    client.devices().of_extension(&own, NOW).await.unwrap();
    client.call_queues().list_all(NOW).await.unwrap();
    client.call_queues().members(&"201".into(), NOW).await.unwrap();
    let queues = client.queue_presence();
    queues.of_extension(&own, true, NOW).await.unwrap();
    queues.update(&own, &[("201".into(), false)], NOW).await.unwrap();
    queues.of_queue(&"201".into(), NOW).await.unwrap();
    let monitoring = client.call_monitoring();
    monitoring.groups(Some(&"2".into()), NOW).await.unwrap();
    monitoring.members(&"3".into(), NOW).await.unwrap();
    let listening = SuperviseRequest::listen("5".into(), "2".into());
    monitoring
        .supervise(&"s-1".into(), &listening, NOW)
        .await
        .unwrap();
    client.authz_profile().permissions(&own, NOW).await.unwrap();
    client
        .authz_profile()
        .has_permission(&own, "FullCompanyCallLog", NOW)
        .await
        .unwrap();
}

async fn make_message_requests(client: &Client) {
    let own = ExtensionRef::Own;
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    let messages = ListMessages {
        of: own.clone(),
        kinds: vec![MessageType::Sms, MessageType::Fax],
        created_from: Some(at),
        created_before: Some(at),
        direction: Some(Direction::Inbound),
        availability: vec![Availability::Alive, Availability::Deleted],
        read_status: Some(ReadStatus::Unread),
        conversation_id: Some("5".into()),
        phone_number: Some("+15105550101".into()),
        page: Some(2),
        per_page: Some(1000),
    };
    let store = client.message_store();
    store.list(&messages, NOW).await.unwrap();
    store.get(&own, &"1".into(), NOW).await.unwrap();
    store
        .set_read_status(&own, &"1".into(), ReadStatus::Read, NOW)
        .await
        .unwrap();
    store.restore(&own, &"1".into(), NOW).await.unwrap();
    store.delete(&own, &["1".into()], true, NOW).await.unwrap();
    store
        .delete(&own, &["1".into(), "2".into()], false, NOW)
        .await
        .unwrap();
    let content = "/restapi/v1.0/account/1/extension/2/message-store/3/content/4";
    store
        .content(content, &Download::new(1_000_000, NOW), &mut Vec::new())
        .await
        .unwrap();
    let recording = "/restapi/v1.0/account/1/recording/3/content";
    client
        .call_log()
        .recording_content(recording, &Download::new(1_000_000, NOW), &mut Vec::new())
        .await
        .unwrap();
    let full = FullMessageSync {
        of: own.clone(),
        created_from: at,
        created_before: Some(at),
        kinds: vec![MessageType::VoiceMail, MessageType::Pager],
        direction: Some(Direction::Outbound),
        record_count: Some(250),
    };
    client.message_sync().full(&full, NOW).await.unwrap();
    client
        .message_sync()
        .incremental(&own, &SyncToken("t".into()), NOW)
        .await
        .unwrap();
}

async fn make_sending_requests(client: &Client) {
    let own = ExtensionRef::Own;
    let mut text = OutgoingText {
        from: "+15105550101".into(),
        to: vec!["+14155550132".into()],
        text: "hello".into(),
        country: Some(SmsCountry::IsoCode("US".into())),
    };
    client.sms().send(&text, NOW).await.unwrap();
    text.country = Some(SmsCountry::Id("1".into()));
    let picture = OutgoingFile {
        name: "a.png".into(),
        content_type: "image/png".into(),
        content: b"not a picture".as_slice().into(),
    };
    client
        .sms()
        .send_with_files(&text, &[picture.clone(), picture], NOW)
        .await
        .unwrap();
    let consents = ConsentFilter {
        from: vec!["+15105550101".into(), "+15105550102".into()],
        to: vec!["+14155550132".into()],
        status: Some(OptStatus::OptIn),
        page_token: Some("t".into()),
        per_page: Some(1000),
    };
    for filter in [consents, ConsentFilter::default()] {
        client.sms_consents().list(&filter, NOW).await.unwrap();
        client.sms_consents().search(&filter, NOW).await.unwrap();
    }
    // Not for all numbers at once: the guide's `*` does not fit the reference's pattern.
    let change = ConsentChange {
        from: ConsentSender::Number("+15105550101".into()),
        to: "+14155550132".into(),
        opt_status: OptStatus::OptOut,
    };
    client.sms_consents().update(&[change], NOW).await.unwrap();
    client.message_templates().personal(&own, NOW).await.unwrap();
    client.message_templates().of_company(NOW).await.unwrap();
    client.forwarding_numbers().of_extension(&own, NOW).await.unwrap();
    for from in [
        RingOutPhone::Number("+15105550101".into()),
        RingOutPhone::Forwarding("5".into()),
    ] {
        let call = RingOutRequest {
            from,
            to: "+14155550132".into(),
            caller_id: Some("+15105550100".into()),
            is_prompting: Some(true),
            country_id: Some("1".into()),
        };
        client.ring_out().start(&call, NOW).await.unwrap();
    }
    client.ring_out().status(&"r".into(), NOW).await.unwrap();
    client.ring_out().cancel(&"r".into(), NOW).await.unwrap();
}

/// Somebody who lets everything pass.
#[derive(Debug)]
struct Onlooker;

#[async_trait::async_trait]
impl UploadWatcher for Onlooker {
    fn handed_over(&self, _bytes: u64, _of: u64) {}

    async fn before_the_end(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn at_the_end(&self) {}
}

async fn make_fax_requests(client: &Client) {
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    let recipient = FaxRecipient {
        number: "+14155550132".into(),
        name: Some("Bay Rebar".into()),
    };
    let fax = OutgoingFax {
        to: vec![recipient.clone(), recipient.clone()],
        resolution: FaxResolution::Low,
        cover_index: 7,
        cover_text: Some("As agreed".into()),
        send_at: Some(at),
        files: vec![OutgoingFile {
            name: "plan.pdf".into(),
            content_type: "application/pdf".into(),
            content: b"not a plan".as_slice().into(),
        }],
    };
    client.fax().send(&fax, Arc::new(Onlooker), NOW).await.unwrap();
    let again = FaxAgain {
        original: "1".into(),
        to: vec![recipient],
        send_at: Some(at),
    };
    client.fax().send_again(&again, NOW).await.unwrap();
    client.fax().cover_pages(NOW).await.unwrap();
}

/// Signs in as a person does whose browser says yes to everything; gives the address that it was sent to.
async fn sign_in_by_browser(client: &Client) -> Url {
    let (opened, address) = tokio::sync::oneshot::channel();
    let (auth, options) = (client.auth(), BrowserSignIn::default());
    let signing_in = auth.sign_in_with_browser(&options, |url| {
        let _ = opened.send(url.clone());
        Ok(())
    });
    let consenting = async {
        let address: Url = address.await.unwrap();
        let given: HashMap<_, _> = address.query_pairs().into_owned().collect();
        let mut back = Url::parse(&given["redirect_uri"]).unwrap();
        back.query_pairs_mut()
            .append_pair("code", "c")
            .append_pair("state", &given["state"]);
        reqwest::get(back).await.unwrap();
        address
    };
    let (signed_in, address) = tokio::join!(signing_in, consenting);
    signed_in.unwrap();
    address
}

/// The JSON part, with the other parts as its attachments.
fn parts_as_json(body: &[u8], attributes: &str) -> Value {
    let boundary = format!("--{}", attributes.strip_prefix("boundary=").unwrap());
    let body = String::from_utf8_lossy(body).into_owned();
    let mut parts = body
        .split(&boundary)
        .filter_map(|part| part.split_once("\r\n\r\n"));
    let (head, json) = parts.next().unwrap();
    assert!(head.contains("application/json"), "{head}");
    let mut whole: Value = serde_json::from_str(json).unwrap();
    let files: Vec<_> = parts
        .map(|(head, content)| {
            assert!(head.contains("filename="), "{head}");
            content.trim_end().to_owned()
        })
        .collect();
    // A fax's parts are one field that may be repeated, which the reference describes as one file.
    whole["attachment"] = json!(files.first());
    whole["attachments"] = json!(files);
    whole
}

/// What is wrong with one request, and which operation it is.
fn judge(reference: &Reference, request: &Request) -> (String, Vec<String>) {
    let (method, path) = (request.method.as_str(), request.url.path());
    let unlisted = UNLISTED
        .iter()
        .find(|operation| operation.method().as_str() == method && fits(operation.path, path));
    if let Some(operation) = unlisted {
        return (operation.id.to_owned(), Vec::new());
    }
    let Some(operation) = reference.find(method, path) else {
        return (String::new(), vec![format!("no operation for {method} {path}")]);
    };
    let query: Vec<_> = request
        .url
        .query_pairs()
        .map(|(k, v)| (k.into_owned(), v.into_owned()))
        .collect();
    let mut faults = reference.judge_query(&operation, &query);
    if reference.wants_body(&operation) && request.headers.get("content-type").is_none() {
        faults.push(format!("{operation}: a body is required"));
    }
    if let Some(content_type) = request.headers.get("content-type") {
        let (kind, attributes) = content_type
            .to_str()
            .unwrap()
            .split_once("; ")
            .unwrap_or((content_type.to_str().unwrap(), ""));
        let body = match kind {
            "application/json" => serde_json::from_slice(&request.body).unwrap(),
            "multipart/form-data" => parts_as_json(&request.body, attributes),
            _ => {
                let form = url::form_urlencoded::parse(&request.body);
                Value::Object(form.map(|(k, v)| (k.into_owned(), json!(v))).collect())
            }
        };
        faults.extend(reference.judge_body(&operation, kind, &body));
    }
    (operation, faults)
}

#[tokio::test]
async fn every_request_is_one_that_the_reference_knows() {
    let Some(reference) = Reference::open() else {
        return;
    };
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let mut config = Config::new(server.uri().parse().unwrap(), "client");
    config.max_interactive_wait = Duration::ZERO;
    let client = Client::new(
        config,
        Arc::new(MemoryTokenStore::default()),
        Arc::new(SystemClock),
    )
    .unwrap();
    client
        .auth()
        .sign_in_with_jwt("jwt".to_owned().into())
        .await
        .unwrap();
    make_every_request(&client).await;
    client.auth().sign_out().await.unwrap();
    let consent_page = sign_in_by_browser(&client).await;

    let query: Vec<_> = consent_page.query_pairs().into_owned().collect();
    let mut faults = reference.judge_query("authorize", &query);
    let mut made = BTreeSet::from(["authorize".to_owned()]);
    for request in server.received_requests().await.unwrap() {
        let (operation, found) = judge(&reference, &request);
        made.insert(operation);
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let grants: BTreeSet<_> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .filter(|request| request.url.path() == "/restapi/oauth/token")
        .flat_map(|request| {
            url::form_urlencoded::parse(&request.body)
                .into_owned()
                .collect::<Vec<_>>()
        })
        .filter(|(name, _)| name == "grant_type")
        .map(|(_, grant)| grant)
        .collect();
    assert_eq!(grants.len(), 3, "{grants:?}");
    let all: BTreeSet<_> = ALL
        .iter()
        .chain(UNLISTED)
        .map(|operation| operation.id.to_owned())
        .collect();
    let untried: Vec<_> = all
        .difference(&made)
        .filter(|id| !ELSEWHERE.contains(&id.as_str()))
        .collect();
    assert!(untried.is_empty(), "never made: {untried:?}");
}
