//! Signing in, and what the account consists of.

use reqwest::Method;
use simulator::Client;

use super::{ACCOUNT, ME, Walk};
use crate::support::send;

impl Walk {
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
}
