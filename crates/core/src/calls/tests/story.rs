//! Calls told in one line each, and heard as the vendor would send them.
//!
//! `caller Setup, me Proceeding, me Disconnected:Rejected missed` are three notifications, one second and one sequence
//! number apart. Who is who stands in [`PARTIES`]; what may follow a status in [`Step::read`].

use super::super::Calls;
use super::{CALLER, COLLEAGUE, OWN, QUEUE, start};
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use domain::call::LiveCallState;
use domain::ids::CallSessionId;
use jiff::SignedDuration;
use ringcentral::id::ExtensionId;
use ringcentral::notification::{Notification, NotificationBody};
use serde_json::{Value, json};

/// Name, party id, extension, direction.
const PARTIES: [(&str, &str, Option<&str>, &str); 11] = [
    ("caller", "p-1", None, "Outbound"),
    ("me", "p-2", Some(OWN), "Inbound"),
    // The same person, rung once more in the same session.
    ("me2", "p-5", Some(OWN), "Inbound"),
    ("i", "p-1", Some(OWN), "Outbound"),
    ("ben", "p-3", Some(COLLEAGUE), "Inbound"),
    ("ben-calling", "p-1", Some(COLLEAGUE), "Outbound"),
    ("cem", "p-4", Some("103"), "Inbound"),
    ("queue", "p-9", Some(QUEUE), "Inbound"),
    ("menu", "p-8", Some("800"), "Inbound"),
    // Somebody outside who is called from here, or the mobile phone a call is forwarded to.
    ("outside", "p-6", None, "Inbound"),
    ("supervisor", "p-7", Some(OWN), "Outbound"),
];

/// What a story left.
pub(super) struct Told {
    /// The states of the cards, whenever they changed: `Ringing Talking -`, and `Talking+Ringing` for two.
    pub(super) cards: String,
    pub(super) calls: Calls,
    pub(super) clock: Clock,
}

/// Lets a story happen before somebody who has heard of nothing yet.
pub(super) fn told(story: &str) -> Told {
    let clock = Clock::manual(start());
    let calls = Calls::new(ExtensionId::from(OWN), clock.clone(), ChangeFeed::new());
    let mut told = Told {
        cards: String::new(),
        calls,
        clock,
    };
    told.go_on(story);
    told
}

impl Told {
    pub(super) fn go_on(&mut self, story: &str) {
        let mut before = self.cards.rsplit(' ').next().unwrap_or_default().to_owned();
        for (index, step) in story.split(',').map(str::trim).enumerate() {
            self.clock.advance(SignedDuration::from_secs(1));
            let text = Step::read(step, index).notification();
            let heard = Notification::parse(&text).unwrap_or_else(|error| panic!("{step}: {error}"));
            let NotificationBody::TelephonySession(event) = heard.body else {
                panic!("{step}: {heard:?}")
            };
            self.calls.hear(&event);
            let now = self.shown();
            if now != before && !(before.is_empty() && now == "-") {
                self.cards.push_str(if self.cards.is_empty() { "" } else { " " });
                self.cards.push_str(&now);
                before = now;
            }
        }
    }

    /// The states of the cards now.
    pub(super) fn shown(&self) -> String {
        let states: Vec<String> = self
            .calls
            .with_cards()
            .iter()
            .map(|call| format!("{:?}", call.state))
            .collect();
        if states.is_empty() {
            "-".to_owned()
        } else {
            states.join("+")
        }
    }

    /// How the call stands in the end.
    pub(super) fn end(&self) -> Option<LiveCallState> {
        self.calls
            .view(&CallSessionId::from("s-1"))
            .map(|view| view.state)
    }
}

struct Step {
    body: Value,
    event: String,
}

impl Step {
    /// `who Status[:Reason]`, then in any order `missed`, `queue`, `#7` (sequence; `#-` without), `@102` (the party is
    /// at this extension now), `s-2` (session), `from=…` (`from=` withholds), `name=…`, `role=…`, `origin=…`, `at=…`.
    fn read(step: &str, index: usize) -> Self {
        let mut words = step.split_whitespace();
        let who = words.next().unwrap_or_default();
        let (_, party, extension, direction) = PARTIES
            .into_iter()
            .find(|(name, ..)| *name == who)
            .unwrap_or_else(|| panic!("who is {who}?"));
        let status = words.next().unwrap_or_default();
        let (code, reason) = status
            .split_once(':')
            .map_or((status, None), |(code, reason)| (code, Some(reason)));
        let mut from = json!({ "phoneNumber": CALLER });
        let mut to = json!({ "phoneNumber": "+14155550100" });
        if direction == "Outbound" && extension.is_some() {
            from = json!({ "phoneNumber": extension, "extensionId": extension });
        }
        let mut body = json!({
            "sequence": index + 2,
            "telephonySessionId": "s-1",
            "eventTime": (start() + SignedDuration::from_secs(index as i64 + 1)).to_string(),
            "origin": { "type": "Call" },
        });
        let mut party = json!({
            "id": party, "direction": direction, "extensionId": extension,
            "status": { "code": code, "reason": reason, "rcc": false },
            "missedCall": false,
        });
        for word in words {
            if let Some(sequence) = word.strip_prefix('#') {
                body["sequence"] = json!(sequence.parse::<i64>().ok());
                continue;
            }
            if let Some(extension) = word.strip_prefix('@') {
                party["extensionId"] = json!(extension);
                continue;
            }
            match word.split_once('=').unwrap_or((word, "")) {
                ("missed", _) => party["missedCall"] = json!(true),
                ("queue", _) => party["queueCall"] = json!(true),
                (session, _) if session.starts_with("s-") => body["telephonySessionId"] = json!(session),
                ("from", "") => from = json!({}),
                ("from", "me") => from = json!({ "phoneNumber": OWN, "extensionId": OWN }),
                ("from", number) => from["phoneNumber"] = json!(number),
                ("name", name) => from["name"] = json!(name),
                ("role", role) => party["ringOutRole"] = json!(role),
                ("origin", origin) => body["origin"]["type"] = json!(origin),
                ("at", at) => body["eventTime"] = json!(at),
                _ => panic!("what is {word}?"),
            }
        }
        if direction == "Inbound" {
            to["extensionId"] = party["extensionId"].clone();
        }
        party["from"] = from;
        party["to"] = to;
        body["parties"] = json!([party]);
        let extension = party["extensionId"].as_str();
        let path = extension.map_or(String::new(), |id| format!("/extension/{id}"));
        Self {
            body,
            event: format!("/restapi/v1.0/account/1{path}/telephony/sessions"),
        }
    }

    fn notification(&self) -> String {
        json!({ "uuid": "1", "event": self.event, "body": self.body }).to_string()
    }
}
