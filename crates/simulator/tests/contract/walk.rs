//! A walk through every operation, with something to see at each. The parts of the walk are in the submodules.

mod people;
mod records;
mod sending;
mod sign_in;
mod telephony;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::Value;
use simulator::Control;
use simulator::scenario::{self, CallPlan, CallTarget, Ending};
use simulator::world::address_book::ContactFields;
use simulator::world::calls::RecordingType;
use simulator::world::number::E164;

use crate::document::Document;
use crate::support::{Got, Lab, send};

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const ADA: E164 = E164::nanp(510, 5_550_101);

fn with_mode(wish: &Value, mode: &str) -> Value {
    let mut wish = wish.clone();
    wish["mode"] = Value::from(mode);
    wish
}

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
            .records()
            .iter()
            .find(|one| one["result"] == "Call connected")
            .expect("somebody talked")["id"]
            .clone();
        let id = record.as_str().unwrap().parse().unwrap();
        self.control
            .world(|world| world.attach_recording(id, RecordingType::Automatic))
            .unwrap();
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
