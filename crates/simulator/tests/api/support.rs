//! What the tests share: a small company on a clock that is moved by hand, and a client of plain requests.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use simulator::world::Clock;
use simulator::{Client, Options, RateLimits, Ready, Simulator};

pub(crate) const START: &str = "2026-03-02T16:00:00Z";

/// A running simulator, the clock it follows, and a client.
pub(crate) struct Lab {
    pub(crate) simulator: Simulator,
    pub(crate) clock: Clock,
    pub(crate) http: reqwest::Client,
    pub(crate) ready: Ready,
}

/// A response taken apart.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Lab {
    /// Limits raised, so that only tests about limits meet them.
    pub(crate) async fn new() -> Self {
        Self::with(|options| options.rate_limits(RateLimits::raised())).await
    }

    pub(crate) async fn with(edit: impl FnOnce(Options) -> Options) -> Self {
        let clock = Clock::manual(START.parse().unwrap());
        Self::serving(edit(Options::small_company(clock.clone())), clock).await
    }

    pub(crate) async fn serving(options: Options, clock: Clock) -> Self {
        let simulator = Simulator::start(options).await.unwrap();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let ready = simulator.ready();
        Self {
            simulator,
            clock,
            http,
            ready,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.ready.base_url)
        }
    }

    /// The token response for a person, by extension number.
    pub(crate) async fn token_info(&self, number: &str) -> Value {
        let jwt = self
            .ready
            .extensions
            .iter()
            .find(|one| one.number == number)
            .unwrap()
            .jwt
            .clone();
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", &jwt),
        ];
        let got = send(self.token_request().form(&form)).await;
        assert_eq!(got.status, 200, "{got:?}");
        got.body
    }

    pub(crate) async fn token(&self, number: &str) -> String {
        self.token_info(number).await["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A request to the token endpoint as the confidential application.
    pub(crate) fn token_request(&self) -> RequestBuilder {
        let client = Client::default();
        self.http
            .post(self.url("/restapi/oauth/token"))
            .basic_auth(client.id, Some(client.secret))
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Got {
        self.request(Method::GET, token, path, None).await
    }

    pub(crate) async fn request(&self, method: Method, token: &str, path: &str, body: Option<Value>) -> Got {
        let request = self.http.request(method, self.url(path)).bearer_auth(token);
        send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }
}

impl Got {
    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body["errors"][0]["errorCode"].as_str().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn records(&self) -> &Vec<Value> {
        self.body["records"]
            .as_array()
            .unwrap_or_else(|| panic!("no records: {self:?}"))
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Got {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await.unwrap();
    Got {
        status,
        headers,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
        text,
    }
}
