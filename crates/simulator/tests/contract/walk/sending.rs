//! Sending texts, notes and faxes, RingOut calls, consent, and RingCentral's own templates.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use simulator::scenario;
use simulator::world::faxing::FaxErrorCode;

use super::{ACCOUNT, ADA, CALLER, ME, Walk};
use crate::support::send;

const CONSENTS: &str = "/restapi/v2/accounts/~/sms/consents";

impl Walk {
    pub(crate) async fn sending(&mut self) {
        let text = json!({
            "from": {"phoneNumber": ADA.to_string()},
            "to": [{"phoneNumber": CALLER.to_string()}],
            "text": "On our way",
        });
        self.ask(Method::POST, &format!("{ME}/sms"), Some(text.clone()), 200)
            .await;
        self.ask(Method::POST, &format!("{ME}/mms"), Some(text.clone()), 200)
            .await;
        let mut group = text.clone();
        group["to"] = json!([{"phoneNumber": CALLER.to_string()}, {"phoneNumber": "+14155550198"}]);
        self.ask(Method::POST, &format!("{ME}/sms"), Some(group), 200)
            .await;
        self.control
            .world(|world| world.set_undeliverable(CALLER, Some("SMS-CAR-411")));
        let failing = self
            .ask(Method::POST, &format!("{ME}/sms"), Some(text), 200)
            .await;
        self.control.advance(SignedDuration::from_secs(5));
        let failed = self
            .get(&format!("{ME}/message-store/{}", failing.body["id"]))
            .await;
        assert_eq!(failed.body["deliveryErrorCode"], "SMS-CAR-411");
        self.get(&format!("{ME}/message-store?direction=Outbound")).await;
        self.control.world(|world| world.set_undeliverable(CALLER, None));
        let numbers = self.get(&format!("{ME}/phone-number")).await;
        let id = &numbers.records()[0]["id"];
        self.get(&format!("{ME}/phone-number/{id}/sms-configuration"))
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

    /// A fax that fails with each code, is sent again, and is cancelled; what the message store says of it on the way. The
    /// reference describes no refusals of it.
    pub(crate) async fn faxes(&mut self) {
        let path = format!("{ME}/fax");
        // What was sent before is over.
        self.control.advance(SignedDuration::from_secs(30));
        for code in FaxErrorCode::ALL {
            self.control
                .world(|world| world.set_fax_failure(CALLER, Some(*code), Some(1)));
            let to = json!({"phoneNumber": CALLER.to_string(), "name": "Kim"});
            let envelope = json!({"to": [to, {"phoneNumber": "+14155550198"}], "coverPageText": "Hello"});
            let part = |text: String| reqwest::multipart::Part::text(text);
            let form = reqwest::multipart::Form::new()
                .part(
                    "json",
                    part(envelope.to_string()).mime_str("application/json").unwrap(),
                )
                .part("attachment", part("Hello".to_owned()).file_name("a.txt"));
            let request = self.lab.http.post(self.lab.url(&path)).bearer_auth(&self.token);
            let sent = send(request.multipart(form)).await;
            self.inspect(&sent);
            self.control.advance(SignedDuration::from_secs(10));
            let one = format!("{ME}/message-store/{}", sent.body["id"]);
            let failed = self.get(&one).await;
            assert_eq!(failed.body["to"][0]["faxErrorCode"], code.as_str());
            if *code == FaxErrorCode::NoAnswer {
                let again = json!({"originalMessageId": sent.body["id"].to_string()});
                self.ask(Method::POST, &path, Some(again), 200).await;
                self.control.advance(SignedDuration::from_secs(10));
                self.ask(Method::DELETE, &one, None, 204).await;
            }
        }
        self.get(&format!("{ME}/message-store?messageType=Fax&direction=Outbound"))
            .await;
        self.get(&format!("{ME}/call-log?type=Fax&view=Detailed")).await;
        self.get("/restapi/v1.0/dictionary/fax-cover-page").await;
    }

    pub(crate) async fn consents(&mut self) {
        let from = scenario::caller(CALLER, None);
        self.control
            .world(|world| scenario::incoming_text(world, from, ADA, "STOP", &[]))
            .unwrap();
        let record = json!({"from": "*", "to": "+14155550198", "optStatus": "OptOut", "source": "Api"});
        let unknown =
            json!({"from": "+12125550100", "to": "+14155550198", "optStatus": "OptIn", "source": "Api"});
        let patch = json!({"records": [record, unknown]});
        self.ask(Method::PATCH, CONSENTS, Some(patch), 200).await;
        let page = self.get(&format!("{CONSENTS}?perPage=2")).await;
        let next = page.body["paging"]["nextPageToken"].as_str().unwrap().to_owned();
        self.get(&format!(
            "{CONSENTS}?perPage=2&pageToken={next}&optStatus=OptOut&optStatus=OptIn"
        ))
        .await;
        self.get(&format!("{CONSENTS}?to=%2B19995550000")).await;
        let search = json!({"to": [CALLER.to_string()], "optStatus": "OptOut"});
        self.ask(Method::POST, &format!("{CONSENTS}/search"), Some(search), 200)
            .await;
        self.get(&format!("{CONSENTS}/history?perPage=1")).await;
        self.get(&format!("{CONSENTS}/export")).await;
        self.ask(Method::PATCH, CONSENTS, Some(json!({"records": []})), 400)
            .await;
        let assign = json!({"from": ADA.to_string(), "optIns": [CALLER.to_string(), "x"]});
        let path = format!("{ACCOUNT}/a2p-sms/opt-outs");
        self.ask(Method::POST, &format!("{path}/bulk-assign"), Some(assign), 200)
            .await;
        self.get(&path).await;
        self.ask(Method::GET, &format!("{path}?status=odd"), None, 400)
            .await;
    }

    pub(crate) async fn ring_out(&mut self) {
        let path = format!("{ME}/ring-out");
        let body =
            json!({"from": {"phoneNumber": ADA.to_string()}, "to": {"phoneNumber": CALLER.to_string()}});
        let started = self.ask(Method::POST, &path, Some(body), 200).await;
        let one = format!("{path}/{}", started.body["id"].as_str().unwrap());
        self.control.advance(SignedDuration::from_secs(6));
        self.get(&one).await;
        self.get(&format!("{ME}/active-calls?view=Detailed")).await;
        let session = self
            .control
            .world(|world| world.ring_outs().next().unwrap().0.session);
        self.get(&format!("{ACCOUNT}/telephony/sessions/{session}")).await;
        self.ask(Method::DELETE, &one, None, 204).await;
        self.get(&format!("{ME}/call-log?view=Detailed&perPage=1")).await;
    }

    pub(crate) async fn text_templates(&mut self) {
        for place in [ACCOUNT, ME] {
            let path = format!("{place}/message-store-templates");
            let body = json!({"displayName": "On our way", "body": {"text": "Half an hour"}});
            let added = self.ask(Method::POST, &path, Some(body), 200).await;
            let one = format!("{path}/{}", added.body["id"].as_str().unwrap());
            self.get(&path).await;
            self.get(&one).await;
            let change = json!({"displayName": "Soon"});
            self.ask(Method::PUT, &one, Some(change), 200).await;
            self.ask(Method::DELETE, &one, None, 204).await;
        }
    }
}
