//! Calls and messages: reading them and changing them.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use simulator::scenario::{self, CallTarget, SteppedCall};

use super::{ACCOUNT, ADA, CALLER, ME, Walk};
use crate::support::send;

impl Walk {
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
        let other = list
            .records()
            .iter()
            .find(|one| one["id"] != id.as_str())
            .unwrap();
        let both = format!("call-log/{id},{}", other["id"].as_str().unwrap());
        self.ask(Method::GET, &format!("{ME}/{both}"), None, 207).await;
        self.ask(Method::GET, &format!("{ACCOUNT}/{both}"), None, 207)
            .await;
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
}
