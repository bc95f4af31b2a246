//! A walk through every operation, with something to see at each.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallPlan, CallTarget, Ending, SteppedCall};
use simulator::world::address_book::ContactFields;
use simulator::world::calls::RecordingType;
use simulator::world::ids::TelephonySessionId;
use simulator::world::number::E164;
use simulator::{Client, Control};

use crate::document::Document;
use crate::support::{Got, Lab, send};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const ADA: E164 = E164::nanp(510, 5_550_101);

/// What was asked, and what was wrong with the answers.
pub(crate) struct Walk {
    document: Document,
    lab: Lab,
    control: Control,
    token: String,
    met: BTreeSet<&'static str>,
    findings: Vec<String>,
}

impl Walk {
    pub(crate) async fn begin(document: Document) -> Self {
        let lab = Lab::new().await;
        let control = lab.simulator.control();
        let token = lab.token("101").await;
        Self {
            document,
            lab,
            control,
            token,
            met: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    /// Holds a response against the description of the operation that gave it.
    fn inspect(&mut self, got: &Got) {
        let asked = self.control.requests().pop().expect("the request was logged");
        let Some(id) = asked.operation else {
            self.findings
                .push(format!("{} {} is no operation", asked.method, asked.path));
            return;
        };
        if got.status < 400 {
            self.met.insert(id);
        }
        let kind = got.header("content-type").to_owned();
        self.findings
            .extend(self.document.check(id, got.status, &kind, &got.body));
    }

    async fn ask(&mut self, method: Method, path: &str, body: Option<Value>, status: u16) -> Got {
        let got = self.lab.request(method.clone(), &self.token, path, body).await;
        if got.status != status {
            self.findings.push(format!(
                "{method} {path}: {} instead of {status}: {}",
                got.status, got.text
            ));
        }
        self.inspect(&got);
        got
    }

    async fn get(&mut self, path: &str) -> Got {
        self.ask(Method::GET, path, None, 200).await
    }

    pub(crate) async fn sign_in(&mut self) {
        for path in [
            "/restapi",
            "/restapi/v1.0",
            "/.well-known/openid-configuration",
            "/restapi/oauth/jwks",
        ] {
            let got = send(self.lab.http.get(self.lab.url(path))).await;
            self.inspect(&got);
        }
        let jwt = self.lab.ready.extensions[0].jwt.clone();
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", &jwt),
        ];
        let got = send(self.lab.token_request().form(&form)).await;
        self.inspect(&got);
        let client = Client::default();
        let query = [
            ("response_type", "code"),
            ("client_id", client.id.as_str()),
            ("redirect_uri", "http://127.0.0.1:1/"),
        ];
        let address = self.lab.url("/restapi/oauth/authorize");
        let deny = [&query[..], &[("decision", "deny")]].concat();
        let denied = send(self.lab.http.post(&address).form(&deny)).await;
        assert_eq!(denied.status, 302);
        self.met.insert("authorize2");
        let page = send(self.lab.http.get(&address).query(&query)).await;
        assert_eq!(
            page.status, 200,
            "the consent page is a page, which the description leaves out"
        );
        self.met.insert("authorize");
        let token = got.body["access_token"].as_str().unwrap().to_owned();
        let revoke = self.lab.http.post(self.lab.url("/restapi/oauth/revoke"));
        let revoked = send(
            revoke
                .basic_auth(client.id, Some(client.secret))
                .form(&[("token", token)]),
        )
        .await;
        self.inspect(&revoked);
        self.get("/restapi/oauth/userinfo").await;
        self.ask(Method::POST, "/restapi/oauth/wstoken", None, 200).await;
    }

    /// A day in the small company: calls of every ending, texts, a voicemail, faxes, contacts.
    pub(crate) async fn let_things_happen(&mut self) {
        let talk = SignedDuration::from_secs(45);
        let endings = [
            Ending::Answered { by: None, talk },
            Ending::Missed,
            Ending::Rejected { by: None },
            Ending::Voicemail {
                clip: 0,
                transcription: simulator::world::messages::TranscriptionStatus::Completed,
            },
        ];
        for ending in endings {
            for target in [
                CallTarget::Number(ADA),
                CallTarget::Number(E164::nanp(510, 5_550_100)),
            ] {
                let from = scenario::caller(CALLER, Some("KNOWN CALLER"));
                let plan = CallPlan::new(ending.clone());
                self.control
                    .world(|world| scenario::incoming_call(world, from, target, &plan))
                    .unwrap();
                self.control.advance(SignedDuration::from_mins(3));
            }
        }
        self.control.world(|world| {
            let ada = world.extension_by_number(101).unwrap().id;
            let ben = world.extension_by_number(102).unwrap().id;
            let plan = CallPlan::new(Ending::Missed);
            let target = CallTarget::Number(ADA);
            scenario::incoming_call(world, scenario::withheld(), target, &plan).unwrap();
            let to = scenario::caller(CALLER, None);
            let answered = CallPlan::new(Ending::Answered { by: None, talk });
            scenario::outgoing_call(world, ada, to.clone(), &answered).unwrap();
            scenario::internal_call(world, ben, ada, &answered).unwrap();
            scenario::incoming_text(world, to.clone(), ADA, "Two pictures", &[1, 2]).unwrap();
            let design = simulator::media::DocumentDesign::PurchaseOrder;
            scenario::incoming_fax(world, to, ada, design, 2, simulator::media::DocumentFormat::Pdf);
            let fields = ContactFields {
                first_name: Some("Kim".to_owned()),
                company: Some("Kim & Sons".to_owned()),
                emails: vec!["kim@example.com".to_owned()],
                phones: vec![("mobilePhone", CALLER.to_string())],
                ..ContactFields::default()
            };
            world.add_contact(ada, fields);
        });
        self.control.advance(SignedDuration::from_mins(5));
        let record = self
            .lab
            .get(&self.token, &format!("{ME}/call-log"))
            .await
            .records()[0]["id"]
            .clone();
        let id = record.as_str().unwrap().parse().unwrap();
        self.control
            .world(|world| world.attach_recording(id, RecordingType::Automatic))
            .unwrap();
    }

    pub(crate) async fn account(&mut self) {
        let account = self.get(ACCOUNT).await;
        let number = self.get(&format!("{ACCOUNT}/phone-number")).await.records()[0]["id"].clone();
        let device = self.get(&format!("{ME}/device")).await.records()[0]["id"].clone();
        let queue = self.get(&format!("{ACCOUNT}/call-queues")).await.records()[0]["id"].clone();
        let (device, queue) = (device.as_str().unwrap(), queue.as_str().unwrap());
        assert_eq!(
            account.body["uri"],
            self.lab
                .url(&format!("/restapi/v1.0/account/{}", account.body["id"]))
        );
        for path in [
            "/restapi/v2/accounts/~".to_owned(),
            "/restapi/v2/accounts/~/phone-numbers".to_owned(),
            ME.to_owned(),
            format!("{ACCOUNT}/extension?perPage=2&status=Enabled&type=User"),
            format!("{ACCOUNT}/extension/{queue}"),
            format!("{ME}/phone-number"),
            format!("{ACCOUNT}/phone-number/{number}"),
            format!("{ACCOUNT}/device/{device}"),
            format!("{ACCOUNT}/call-queues/{queue}"),
            format!("{ACCOUNT}/call-queues/{queue}/members"),
            format!("{ME}/authz-profile"),
            format!("{ME}/authz-profile/check?permissionId=ReadCallLog"),
            format!("{ME}/features"),
            "/restapi/v1.0/dictionary/fax-cover-page".to_owned(),
        ] {
            self.get(&path).await;
        }
    }

    pub(crate) async fn calls(&mut self) {
        let list = self.get(&format!("{ME}/call-log?view=Detailed")).await;
        let recorded = list
            .records()
            .iter()
            .find(|one| one["recording"].is_object())
            .expect("one was recorded");
        let recording = recorded["recording"]["id"].as_str().unwrap().to_owned();
        let content = recorded["recording"]["contentUri"].as_str().unwrap().to_owned();
        let id = recorded["id"].as_str().unwrap().to_owned();
        let sync = self
            .get(&format!("{ME}/call-log-sync?syncType=FSync&recordCount=10"))
            .await;
        let token = sync.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned();
        for path in [
            format!("{ME}/call-log?perPage=2&page=2&direction=Inbound&type=Voice"),
            format!("{ME}/call-log/{id}?view=Detailed"),
            format!("{ME}/call-log-sync?syncType=ISync&syncToken={token}&recordCount=5&view=Detailed"),
            format!("{ACCOUNT}/call-log?view=Detailed&showDeleted=true"),
            format!("{ACCOUNT}/call-log/{id}"),
            format!("{ACCOUNT}/call-log-sync?syncType=FSync&recordCount=250&statusGroup=Missed"),
            format!("{ACCOUNT}/call-log-extract-sync?syncType=FSync&recordCount=3"),
            format!("{ACCOUNT}/recording/{recording}"),
            content,
        ] {
            self.get(&path).await;
        }
        let from = scenario::caller(CALLER, None);
        let call = self
            .control
            .world(|world| SteppedCall::ring(world, from, CallTarget::Number(ADA)))
            .unwrap();
        self.control.advance(SignedDuration::from_secs(12));
        self.get(&format!("{ME}/active-calls")).await;
        self.get(&format!("{ACCOUNT}/active-calls")).await;
        self.control.world(|world| call.caller_hangs_up(world)).unwrap();
        self.ask(
            Method::DELETE,
            &format!("{ME}/call-log?dateTo=2020-01-01T00:00:00Z"),
            None,
            204,
        )
        .await;
    }

    pub(crate) async fn messages(&mut self) {
        let list = self.get(&format!("{ME}/message-store?availability=Alive")).await;
        let messages = list.records().clone();
        assert!(messages.len() >= 3, "texts, voicemail and fax: {}", list.text);
        let ids: Vec<String> = messages.iter().map(|one| one["id"].to_string()).collect();
        for message in &messages {
            self.get(&format!("{ME}/message-store/{}", message["id"])).await;
            for attachment in message["attachments"].as_array().unwrap() {
                self.get(attachment["uri"].as_str().unwrap()).await;
            }
        }
        let both = format!("{ME}/message-store/{},{}", ids[0], ids[1]);
        self.ask(Method::GET, &both, None, 207).await;
        let accept = self.lab.http.get(self.lab.url(&both)).bearer_auth(&self.token);
        let json = send(accept.header("Accept", "application/vnd.ringcentral.multipart+json")).await;
        self.inspect(&json);
        let one = format!("{ME}/message-store/{}", ids[0]);
        self.ask(Method::PUT, &one, Some(json!({"readStatus": "Read"})), 200)
            .await;
        self.ask(Method::PATCH, &one, Some(json!({"readStatus": "Unread"})), 200)
            .await;
        let sync = self
            .get(&format!("{ME}/message-sync?syncType=FSync&recordCount=2"))
            .await;
        let token = sync.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned();
        self.ask(Method::DELETE, &one, None, 204).await;
        self.get(&format!("{ME}/message-sync?syncType=ISync&syncToken={token}"))
            .await;
        self.ask(
            Method::DELETE,
            &format!("{ME}/message-store?type=Pager"),
            None,
            204,
        )
        .await;
    }

    pub(crate) async fn sending(&mut self) {
        let text = json!({
            "from": {"phoneNumber": ADA.to_string()},
            "to": [{"phoneNumber": CALLER.to_string()}],
            "text": "On our way",
        });
        self.ask(Method::POST, &format!("{ME}/sms"), Some(text.clone()), 200)
            .await;
        self.ask(Method::POST, &format!("{ME}/mms"), Some(text), 200)
            .await;
        let pager = json!({"to": [{"extensionNumber": "102"}], "text": "Coffee?"});
        self.ask(Method::POST, &format!("{ME}/company-pager"), Some(pager), 200)
            .await;
        let form = reqwest::multipart::Form::new()
            .part(
                "json",
                reqwest::multipart::Part::text(
                    json!({"to": [{"phoneNumber": CALLER.to_string()}]}).to_string(),
                )
                .mime_str("application/json")
                .unwrap(),
            )
            .part(
                "attachment",
                reqwest::multipart::Part::text("Hello").file_name("a.txt"),
            );
        let request = self
            .lab
            .http
            .post(self.lab.url(&format!("{ME}/fax")))
            .bearer_auth(&self.token);
        let fax = send(request.multipart(form)).await;
        assert_eq!(fax.body["messageStatus"], "Queued", "{fax:?}");
        self.inspect(&fax);
    }

    pub(crate) async fn people(&mut self) {
        let entry = self.get(&format!("{ACCOUNT}/directory/entries")).await.records()[0]["id"].clone();
        self.get(&format!(
            "{ACCOUNT}/directory/entries/{}",
            entry.as_str().unwrap()
        ))
        .await;
        let search = format!("{ACCOUNT}/directory/entries/search");
        self.ask(Method::POST, &search, Some(json!({"searchString": "ben"})), 200)
            .await;
        let contacts = format!("{ME}/address-book/contact");
        let new = json!({"firstName": "Lee", "mobilePhone": "+14155550111", "email": "lee@example.com"});
        let created = self.ask(Method::POST, &contacts, Some(new), 200).await;
        let contact = format!("{contacts}/{}", created.body["id"]);
        self.get(&contacts).await;
        self.get(&contact).await;
        self.ask(
            Method::PATCH,
            &contact,
            Some(json!({"company": "Lee Steel"})),
            200,
        )
        .await;
        self.ask(Method::PUT, &contact, Some(json!({"firstName": "Leigh"})), 200)
            .await;
        let sync = self
            .get(&format!("{ME}/address-book-sync?syncType=FSync&perPage=1"))
            .await;
        self.get(
            sync.body["nextPageUri"]
                .as_str()
                .expect("two contacts need two pages"),
        )
        .await;
        let token = sync.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned();
        self.ask(Method::DELETE, &contact, None, 204).await;
        self.get(&format!(
            "{ME}/address-book-sync?syncType=ISync&syncToken={token}"
        ))
        .await;

        let queue = self.get(&format!("{ACCOUNT}/call-queues")).await.records()[0]["id"].clone();
        let queue = queue.as_str().unwrap().to_owned();
        self.ask(
            Method::PUT,
            &format!("{ME}/presence"),
            Some(json!({"message": "At the yard"})),
            200,
        )
        .await;
        let patch = json!({"telephony": {"availability": "DoNotAcceptAnyCalls"}});
        self.ask(Method::PATCH, &format!("{ME}/unified-presence"), Some(patch), 200)
            .await;
        for path in [
            format!("{ACCOUNT}/presence?detailedTelephonyState=true"),
            format!("{ACCOUNT}/extension/{queue}/presence"),
            format!("{ME}/unified-presence"),
            format!("{ACCOUNT}/call-queues/{queue}/presence"),
            format!("{ME}/call-queue-presence"),
        ] {
            self.get(&path).await;
        }
        let back = json!({"dndStatus": "TakeAllCalls"});
        self.ask(Method::PUT, &format!("{ME}/presence"), Some(back), 200)
            .await;
    }

    pub(crate) async fn telephony(&mut self) {
        let (session, party) = self.ring();
        self.get(&format!("{ME}/presence?detailedTelephonyState=true&sipData=true"))
            .await;
        let sessions = format!("{ACCOUNT}/telephony/sessions");
        self.get(&format!("{sessions}/{session}")).await;
        let own = format!("{sessions}/{session}/parties/{party}");
        self.get(&own).await;
        self.ask(
            Method::POST,
            &format!("{own}/answer"),
            Some(json!({"deviceId": "1"})),
            200,
        )
        .await;
        self.ask(Method::POST, &format!("{own}/hold"), None, 200).await;
        self.ask(Method::POST, &format!("{own}/unhold"), None, 200).await;
        self.ask(Method::PATCH, &own, Some(json!({"muted": true})), 200)
            .await;
        self.ask(
            Method::POST,
            &format!("{own}/transfer"),
            Some(json!({"extensionNumber": "102"})),
            200,
        )
        .await;
        for (verb, method) in [("/reject", Method::POST), ("", Method::DELETE)] {
            let (session, party) = self.ring();
            self.ask(
                method,
                &format!("{sessions}/{session}/parties/{party}{verb}"),
                None,
                204,
            )
            .await;
        }
        let (session, _) = self.ring();
        self.control
            .world(|world| SteppedCall::of(session).answer(world))
            .unwrap();
        self.ask(Method::DELETE, &format!("{sessions}/{session}"), None, 204)
            .await;
    }

    /// A call rings at Ada's; the session, and her party.
    fn ring(&self) -> (TelephonySessionId, String) {
        self.control.world(|world| {
            let ada = world.extension_by_number(101).unwrap().id;
            let from = scenario::caller(CALLER, None);
            let call = SteppedCall::ring(world, from, CallTarget::Number(ADA)).unwrap();
            let session = world.session(call.session()).unwrap();
            let party = session
                .parties
                .iter()
                .find(|party| party.extension_id == Some(ada))
                .unwrap();
            (call.session(), party.id.to_string())
        })
    }

    pub(crate) async fn subscriptions(&mut self) {
        let mut socket = crate::socket::Socket::open(&self.lab, &self.token, None).await;
        let filters = [
            "/restapi/v1.0/account/~/extension/~/presence",
            "/restapi/v1.0/account/~/extension/~/message-store",
        ];
        let created = socket.subscribe(&filters).await;
        self.check_frame("createSubscription", &created);
        let id = created["id"].as_str().unwrap().to_owned();
        let path = format!("/restapi/v1.0/subscription/{id}");
        self.get("/restapi/v1.0/subscription").await;
        self.get(&path).await;
        self.ask(Method::POST, &format!("{path}/renew"), None, 200).await;
        let (status, updated) = socket
            .request("PUT", &path, Some(json!({"eventFilters": [filters[0]]})))
            .await;
        assert_eq!(status, 200, "{updated}");
        self.check_frame("updateSubscription", &updated);
        self.ask(Method::DELETE, &path, None, 204).await;
    }

    fn check_frame(&mut self, id: &'static str, body: &Value) {
        self.met.insert(id);
        self.findings
            .extend(self.document.check(id, 200, "application/json", body));
    }

    /// Refusals have a described shape as well.
    pub(crate) async fn errors(&mut self) {
        self.ask(Method::GET, &format!("{ME}/call-log?view=Sideways"), None, 400)
            .await;
        self.ask(
            Method::GET,
            &format!("{ME}/call-log-sync?syncType=ISync&syncToken=x"),
            None,
            400,
        )
        .await;
        self.ask(Method::GET, &format!("{ACCOUNT}/extension/1"), None, 404)
            .await;
        let token = [("grant_type", "refresh_token"), ("refresh_token", "x")];
        let refused = send(self.lab.token_request().form(&token)).await;
        self.inspect(&refused);
    }

    pub(crate) fn finish(self) {
        let missed: Vec<&str> = simulator::operations()
            .map(|one| one.id)
            .filter(|id| !self.met.contains(id))
            .collect();
        assert!(missed.is_empty(), "never asked successfully: {missed:?}");
        assert!(
            self.findings.is_empty(),
            "{} findings:\n{}",
            self.findings.len(),
            self.findings.join("\n")
        );
        println!("{} operations answered as described", self.met.len());
    }
}
