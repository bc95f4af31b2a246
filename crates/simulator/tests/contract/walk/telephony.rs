//! Calls that are on, and subscriptions to what happens.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallTarget, SteppedCall};
use simulator::world::Clock;
use simulator::world::ids::{ExtensionId, TelephonySessionId};
use simulator::{Options, RateLimits};

use super::{ACCOUNT, ADA, CALLER, ME, Walk};

impl Walk {
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
        let recording = self
            .ask(Method::POST, &format!("{own}/recordings"), None, 201)
            .await;
        let recording = recording.body["id"].as_str().unwrap().to_owned();
        self.ask(
            Method::PATCH,
            &format!("{own}/recordings/{recording}"),
            Some(json!({"active": false})),
            200,
        )
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
        for (verb, body, status) in [
            ("forward", json!({"extensionNumber": "102"}), 200),
            ("reply", json!({"replyWithText": "Soon"}), 200),
        ] {
            let (session, party) = self.ring();
            let path = format!("{sessions}/{session}/parties/{party}/{verb}");
            self.ask(Method::POST, &path, Some(body), status).await;
        }
        let (session, party) = self.ring_at(CallTarget::Extension(self.queue()));
        let path = format!("{sessions}/{session}/parties/{party}/ignore");
        self.ask(Method::POST, &path, Some(json!({"deviceId": "1"})), 204)
            .await;
        let device = self.get(&format!("{ME}/device")).await.records()[0]["id"].clone();
        let out = json!({"from": {"deviceId": device}, "to": {"phoneNumber": CALLER.to_string()}});
        self.ask(
            Method::POST,
            &format!("{ACCOUNT}/telephony/call-out"),
            Some(out),
            201,
        )
        .await;
        let (session, _) = self.ring();
        self.control
            .world(|world| SteppedCall::of(session).answer(world))
            .unwrap();
        self.ask(Method::DELETE, &format!("{sessions}/{session}"), None, 204)
            .await;
    }

    /// Groups, listening in, and calls that are parked.
    pub(crate) async fn supervision(&mut self) {
        let groups = format!("{ACCOUNT}/call-monitoring-groups");
        let made = self
            .ask(Method::POST, &groups, Some(json!({"name": "Service"})), 200)
            .await;
        let group = format!("{groups}/{}", made.body["id"].as_str().unwrap());
        self.ask(Method::PUT, &group, Some(json!({"name": "Sales"})), 200)
            .await;
        let id_of = |number| {
            self.control
                .world(|world| world.extension_by_number(number).unwrap().id.to_string())
        };
        let (ada, ben) = (id_of(101), id_of(102));
        let members = json!({"addedExtensions": [
            {"id": ada, "permissions": ["Monitoring"]},
            {"id": ben, "permissions": ["Monitored"]},
        ]});
        self.ask(Method::POST, &format!("{group}/bulk-assign"), Some(members), 204)
            .await;
        self.get(&groups).await;
        self.get(&format!("{group}/members")).await;
        let device = self.get(&format!("{ME}/device")).await.records()[0]["id"].clone();
        let listen = json!({"mode": "Listen", "supervisorDeviceId": device, "agentExtensionId": ben});
        for of_party in [false, true] {
            let (session, party) = self.control.world(|world| {
                let to = CallTarget::Number(simulator::world::number::E164::nanp(510, 5_550_102));
                let call = SteppedCall::ring(world, scenario::caller(CALLER, None), to).unwrap();
                call.answer(world).unwrap();
                let session = world.session(call.session()).unwrap();
                (call.session(), session.parties[0].id.to_string())
            });
            let part = if of_party {
                format!("/parties/{party}")
            } else {
                String::new()
            };
            let path = format!("{ACCOUNT}/telephony/sessions/{session}{part}/supervise");
            self.ask(Method::POST, &path, Some(listen.clone()), 201).await;
            let refused = crate::walk::with_mode(&listen, "Barge");
            self.ask(Method::POST, &path, Some(refused), 400).await;
            self.control
                .world(|world| SteppedCall::of(session).hang_up(world))
                .unwrap();
            self.ask(Method::POST, &path, Some(listen.clone()), 404).await;
        }
        self.ask(Method::DELETE, &group, None, 204).await;

        let (session, party) = self.ring();
        self.control
            .world(|world| SteppedCall::of(session).answer(world))
            .unwrap();
        let own = format!("{ACCOUNT}/telephony/sessions/{session}/parties/{party}");
        self.ask(Method::POST, &format!("{own}/park"), None, 201).await;
        let phone = Some(json!({"deviceId": device}));
        self.ask(Method::POST, &format!("{own}/pickup"), phone, 201).await;
        let active = format!("{ACCOUNT}/active-calls");
        self.control.advance(jiff::SignedDuration::from_secs(10));
        assert!(!self.get(&active).await.records().is_empty());
        self.ask(
            Method::DELETE,
            &format!("{ACCOUNT}/telephony/sessions/{session}"),
            None,
            204,
        )
        .await;
    }

    /// A call rings at Ada's; the session, and her party.
    fn ring(&self) -> (TelephonySessionId, String) {
        self.ring_at(CallTarget::Number(ADA))
    }

    /// The queue she is in.
    fn queue(&self) -> ExtensionId {
        self.control
            .world(|world| world.extension_by_number(201).unwrap().id)
    }

    fn ring_at(&self, target: CallTarget) -> (TelephonySessionId, String) {
        self.control.world(|world| {
            let ada = world.extension_by_number(101).unwrap().id;
            let from = scenario::caller(CALLER, None);
            let call = SteppedCall::ring(world, from, target).unwrap();
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

    /// What is told of everybody's calls on a busy morning, with transfers and parked calls, and of one person's presence.
    pub(crate) async fn live_events(&mut self) {
        // Three people are too few for it.
        let clock = Clock::manual(crate::support::START.parse().unwrap());
        let company = simulator::demo::company(1, clock.clone());
        let options = Options::new(company).rate_limits(RateLimits::raised());
        let lab = crate::support::Lab::serving(options, clock).await;
        let control = lab.simulator.control();
        let token = lab.token("101").await;
        let mut socket = crate::socket::Socket::open(&lab, &token, None).await;
        let filters = [
            format!("{ACCOUNT}/telephony/sessions"),
            format!("{ME}/presence?detailedTelephonyState=true"),
        ];
        socket.subscribe(&filters.each_ref().map(String::as_str)).await;
        let morning = scenario::BusyMorning::default();
        let ends = control.world(|world| scenario::busy_morning(world, &morning));
        control.step_to(ends);
        let told = socket.notifications_so_far().await;
        let is_of = |topic: &str, one: &&Value| one["event"].as_str().unwrap().contains(topic);
        let codes: BTreeSet<&str> = told
            .iter()
            .filter(|one| is_of("/telephony/sessions", one))
            .map(|one| one["body"]["parties"][0]["status"]["code"].as_str().unwrap())
            .collect();
        for code in [
            "Proceeding",
            "Answered",
            "Hold",
            "Parked",
            "VoiceMail",
            "Gone",
            "Disconnected",
        ] {
            assert!(codes.contains(code), "{code} is missing in {codes:?}");
        }
        assert!(told.iter().any(|one| is_of("/presence", &one)));
        for notification in &told {
            let mut body = notification["body"].clone();
            let schema = if is_of("/presence", &notification) {
                // Recorded ones have the identifier as a number.
                body["extensionId"] = json!(body["extensionId"].to_string());
                "DetailedExtensionPresenceEventBody"
            } else {
                "TelephonySessionsEventBody"
            };
            self.findings.extend(self.document.check_event(schema, &body));
        }
    }

    /// A voicemail is announced by its own notification, and its transcript by the message store's.
    pub(crate) async fn voicemail_events(&mut self) {
        let mut socket = crate::socket::Socket::open(&self.lab, &self.token, None).await;
        let filters = [
            format!("{ME}/voicemail"),
            format!("{ME}/message-store?type=VoiceMail"),
        ];
        socket.subscribe(&filters.each_ref().map(String::as_str)).await;
        self.control.world(|world| {
            let from = scenario::caller(CALLER, Some("KNOWN CALLER"));
            scenario::incoming_voicemail(world, from, CallTarget::Number(ADA), 8).unwrap();
        });
        self.control.advance(jiff::SignedDuration::from_secs(10));
        self.control.settled().await;
        let told = socket.notifications_so_far().await;
        assert_eq!(told.len(), 3, "{told:#?}");
        for notification in told {
            // One is announced whole; its arrival and its transcript are counted.
            let is_whole = notification["event"].as_str().unwrap().ends_with("/voicemail");
            let (envelope, schema) = match is_whole {
                true => ("VoicemailMessageEvent", "VoicemailMessageEventBody"),
                false => ("MessageEvent", "MessageEventBody"),
            };
            let mut body = notification["body"].clone();
            if is_whole {
                // The vendor's own sample has identifiers as text and spells the type as the message store does, where the
                // description has numbers and `Voicemail`.
                assert_eq!(
                    (body["id"].is_string(), &body["type"]),
                    (true, &json!("VoiceMail"))
                );
                body["id"] = json!(body["id"].as_str().unwrap().parse::<u64>().unwrap());
                body["type"] = json!("Voicemail");
                for attachment in body["attachments"].as_array_mut().unwrap() {
                    attachment["id"] = json!(attachment["id"].as_str().unwrap().parse::<u64>().unwrap());
                }
            }
            let mut whole = notification.clone();
            if !is_whole {
                // Recorded ones have these two beside what is described, and the extension as a number.
                let recorded = (body["accountId"].take(), body["extensionId"].take());
                assert!(recorded.0.is_u64() && recorded.1.is_u64());
                body.as_object_mut().unwrap().remove("accountId");
                body["extensionId"] = json!(recorded.1.to_string());
                whole.as_object_mut().unwrap().remove("ownerId");
            }
            self.findings.extend(self.document.check_event(schema, &body));
            whole["body"] = body;
            self.findings.extend(self.document.check_event(envelope, &whole));
        }
    }

    fn check_frame(&mut self, id: &'static str, body: &Value) {
        self.met.insert(id);
        self.findings
            .extend(self.document.check(id, 200, "application/json", body));
    }
}
