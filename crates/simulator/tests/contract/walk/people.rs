//! Contacts, the directory and presence.

use reqwest::Method;
use serde_json::json;

use super::{ACCOUNT, ME, Walk};

impl Walk {
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
        let several = format!("{ACCOUNT}/extension/~,{queue}/unified-presence");
        self.ask(Method::GET, &several, None, 207).await;
        let me = self.get(ME).await.body["id"].to_string();
        let of_queue = format!("{ACCOUNT}/call-queues/{queue}/presence");
        let away = json!({"records": [{"member": {"id": me}, "acceptCurrentQueueCalls": false}]});
        self.ask(Method::PUT, &of_queue, Some(away), 200).await;
        let back = json!({"records": [{"callQueue": {"id": queue}, "acceptCalls": true}]});
        self.ask(Method::PUT, &format!("{ME}/call-queue-presence"), Some(back), 200)
            .await;
        let back = json!({"dndStatus": "TakeAllCalls"});
        self.ask(Method::PUT, &format!("{ME}/presence"), Some(back), 200)
            .await;
    }
}
