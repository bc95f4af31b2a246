//! The way out: one HTTP client, one rate budget, one reading of answers.
//!
//! It sends each request once. Tokens and trying again are [`super::request`]'s.

use std::time::Duration;

use reqwest::{ClientBuilder, RequestBuilder, header, redirect};
use tokio::time::Instant;
use url::Url;

use super::{Answer, Upload};
use crate::{
    api::operations::Operation,
    config::{Config, is_loopback},
    error::Error,
    rate_limit::{Priority, RateHeaders, RateLimiter},
};

#[derive(Debug)]
pub(crate) struct Transport {
    config: Config,
    http: reqwest::Client,
    /// Without a limit on the time until the answer begins: what is handed over may take minutes.
    uploads: reqwest::Client,
    rate: RateLimiter,
}

impl Transport {
    pub(crate) fn new(config: Config) -> Result<Self, Error> {
        let http = build(http_builder(&config).read_timeout(config.request_timeout))?;
        let uploads = build(http_builder(&config))?;
        Ok(Self {
            config,
            http,
            uploads,
            rate: RateLimiter::default(),
        })
    }

    pub(crate) fn with_rate(self, rate: RateLimiter) -> Self {
        Self { rate, ..self }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn rate(&self) -> &RateLimiter {
        &self.rate
    }

    /// The address of a path on the API server.
    pub(crate) fn url(&self, path: &str) -> Result<Url, Error> {
        self.config
            .server
            .join(path)
            .map_err(|_| Error::Configuration("the server address cannot hold a path".to_owned()))
    }

    pub(crate) fn request(&self, operation: &Operation, url: Url) -> RequestBuilder {
        self.http.request(operation.method(), url)
    }

    /// A request whose body is handed over piece by piece; to be sent with [`Self::send_upload`].
    pub(crate) fn upload_request(&self, operation: &Operation, url: Url) -> RequestBuilder {
        self.uploads.request(operation.method(), url)
    }

    /// Waits for the rate budget.
    pub(crate) async fn acquire(&self, operation: &Operation, priority: Priority) -> Result<(), Error> {
        let max_wait = self.config.max_wait(priority);
        self.rate
            .acquire(operation.group, priority, max_wait)
            .await
            .map_err(|wait| Error::RateLimited {
                group: operation.group,
                retry_after: wait.retry_after,
            })
    }

    /// Sends once and reads the whole answer, whatever its status; 429 is [`Error::RateLimited`].
    pub(crate) async fn send(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
    ) -> Result<Answer, Error> {
        let deadline = Instant::now() + self.config.request_timeout;
        let in_time = tokio::time::timeout_at(deadline, async {
            let response = self.open(operation, request).await?;
            self.read(operation, response).await
        });
        in_time.await.unwrap_or(Err(Error::Timeout {
            operation: operation.id,
        }))
    }

    /// Sends once what is handed over piece by piece. It may take as long as it moves; the time limit is for each piece, and
    /// for the answer after the last one. An error before the last piece says that nothing can have been carried out.
    pub(crate) async fn send_upload(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
        upload: &Upload,
    ) -> Result<Answer, Error> {
        let mut sent = std::pin::pin!(async {
            let response = self.open(operation, request).await?;
            self.read(operation, response).await
        });
        loop {
            let moved = tokio::time::timeout(self.config.request_timeout, upload.moved());
            let ended = tokio::select! {
                biased;
                answer = &mut sent => answer,
                moved = moved => match moved {
                    Ok(()) => continue,
                    Err(_) => Err(Error::Timeout { operation: operation.id }),
                },
            };
            return ended.map_err(|error| upload.judge(operation.id, error));
        }
    }

    /// Sends once and returns when the head of the answer is there. For downloads.
    pub(crate) async fn open(
        &self,
        operation: &'static Operation,
        request: RequestBuilder,
    ) -> Result<reqwest::Response, Error> {
        let response = request
            .send()
            .await
            .map_err(|error| Error::transport(operation.id, error))?;
        let headers =
            RateHeaders::read(|name| response.headers().get(name).and_then(|value| value.to_str().ok()));
        if response.status() == reqwest::StatusCode::TOO_MANY_REQUESTS {
            return Err(self.note_penalty(operation, &headers));
        }
        self.rate.observe(operation.group, &headers);
        Ok(response)
    }

    /// Reads the body up to the limit.
    pub(crate) async fn read(
        &self,
        operation: &'static Operation,
        mut response: reqwest::Response,
    ) -> Result<Answer, Error> {
        let status = response.status().as_u16();
        let text = |name: header::HeaderName| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let retry_after = text(header::RETRY_AFTER)
            .and_then(|s| s.trim().parse().ok())
            .map(Duration::from_secs);
        let request_id = text(header::HeaderName::from_static("rcrequestid"));
        let date = text(header::DATE);
        let limit_bytes = self.config.max_json_bytes;
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| Error::transport(operation.id, error))?
        {
            if (body.len() as u64).saturating_add(chunk.len() as u64) > limit_bytes {
                return Err(Error::BodyTooLarge {
                    operation: operation.id,
                    limit_bytes,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            operation,
            status,
            body,
            retry_after,
            request_id,
            date,
        })
    }

    /// Learns from the rate headers of an answer that came over the WebSocket.
    pub(crate) fn observe(&self, operation: &Operation, headers: &RateHeaders) {
        self.rate.observe(operation.group, headers);
    }

    pub(crate) fn note_penalty(&self, operation: &Operation, headers: &RateHeaders) -> Error {
        let retry_after = self.rate.penalise(operation.group, headers);
        tracing::warn!(operation = operation.id, group = %operation.group, ?retry_after, "rate limit reached");
        Error::RateLimited {
            group: headers.group.unwrap_or(operation.group),
            retry_after,
        }
    }
}

fn http_builder(config: &Config) -> ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(&config.user_agent)
        .connect_timeout(config.connect_timeout)
        // A redirect could carry the token elsewhere, and the API has none.
        .redirect(redirect::Policy::none());
    if is_loopback(&config.server) {
        builder.no_proxy()
    } else {
        builder
    }
}

fn build(builder: ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        Error::Configuration(format!(
            "secure connections cannot be set up on this machine: {error}"
        ))
    })
}
