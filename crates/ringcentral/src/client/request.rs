//! One request of the API: its address and query, and sending it with a token until it is answered or final.
//!
//! A 429 and a 401 mean that nothing was carried out, so any operation is repeated after them. After anything that
//! leaves that open, only reads are. A request that is sent for a durable row ([`Request::once`]) is not even repeated
//! after a 429: the row knows better when to try again, and whether it still should.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use super::{Answer, Client, Multipart, Upload};
use crate::{
    api::{fax::UploadWatcher, operations::Operation},
    auth::Access,
    error::Error,
    page::{self, Page, Record, SyncPage, TokenPage},
    rate_limit::Priority,
    wire_time,
};

/// How often one request may meet a 429 before it is given up: our own budget makes even one rare.
const MAX_RATE_LIMITED: usize = 5;

/// Query parameters in the order given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(&'static str, String)>);

impl Query {
    /// Adds a parameter if there is a value.
    pub(crate) fn set(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| (name, value.to_string())));
        self
    }

    /// Adds a flag if it is raised.
    pub(crate) fn flag(self, name: &'static str, is_raised: bool) -> Self {
        self.set(name, is_raised.then_some("true"))
    }

    /// Adds an instant if there is one.
    pub(crate) fn instant(self, name: &'static str, at: Option<Timestamp>) -> Self {
        self.set(name, at.map(wire_time::to_query))
    }

    /// Adds a filter of several values as repeated keys: a comma-joined value would silently match nothing.
    pub(crate) fn each<T: ToString>(mut self, name: &'static str, values: &[T]) -> Self {
        self.0
            .extend(values.iter().map(|value| (name, value.to_string())));
        self
    }
}

#[derive(Debug)]
pub(crate) struct Request {
    operation: &'static Operation,
    path: String,
    query: Query,
    body: Option<Body>,
    priority: Priority,
    is_once: bool,
}

#[derive(Debug)]
enum Body {
    Json(serde_json::Value),
    Multipart(Multipart),
    /// Handed over piece by piece.
    Watched(Multipart, Arc<dyn UploadWatcher>),
}

impl Request {
    /// A request whose `{placeholders}` are filled by `parameters`, in their order.
    pub(crate) fn new(operation: &'static Operation, parameters: &[&str], priority: Priority) -> Self {
        Self {
            operation,
            path: operation.path_with(parameters),
            query: Query::default(),
            body: None,
            priority,
            is_once: false,
        }
    }

    /// Is not repeated, with one exception: after a 401, which refuses a request before anyone looks at it, it is sent
    /// with a new token, as the vendor asks for (developers.ringcentral.com/guide/basics/formats/responses).
    pub(crate) fn once(mut self) -> Self {
        self.is_once = true;
        self
    }

    pub(crate) fn query(mut self, query: Query) -> Self {
        self.query = query;
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        let body = serde_json::to_value(body).map_err(|error| Error::Decode {
            operation: self.operation.id,
            field: "request".to_owned(),
            reason: error.to_string(),
        })?;
        self.body = Some(Body::Json(body));
        Ok(self)
    }

    pub(crate) fn multipart(mut self, body: Multipart) -> Self {
        self.body = Some(Body::Multipart(body));
        self
    }

    /// A body that is large enough to be watched while it is handed over.
    pub(crate) fn watched(mut self, body: Multipart, watcher: Arc<dyn UploadWatcher>) -> Self {
        self.body = Some(Body::Watched(body, watcher));
        self
    }

    /// Sends it to the API server and returns the successful answer.
    pub(crate) async fn send(self, client: &Client) -> Result<Answer, Error> {
        let mut url = client.transport().url(&self.path)?;
        if !self.query.0.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query.0);
        }
        let mut attempts = Attempts::new(client, self.operation, self.priority);
        attempts.is_once = self.is_once;
        loop {
            let access = attempts.ready().await?;
            let sent = self.send_once(client, url.clone(), &access).await;
            match sent {
                Ok(answer) if answer.is_success() => {
                    client.note_date(&answer);
                    return Ok(answer);
                }
                Ok(answer) => attempts.settle(answer.into_error()).await?,
                Err(error) => attempts.settle(error).await?,
            }
        }
    }

    /// Sends it and reads a page of a list.
    pub(crate) async fn page<T: Record>(self, client: &Client) -> Result<Page<T>, Error> {
        let operation = self.operation.id;
        page::read_page(operation, self.send(client).await?.text()?)
    }

    /// Sends it and reads a page of a list that goes by tokens.
    pub(crate) async fn token_page<T: Record>(self, client: &Client) -> Result<TokenPage<T>, Error> {
        let operation = self.operation.id;
        page::read_token_page(operation, self.send(client).await?.text()?)
    }

    /// Sends it and reads what a sync returned.
    pub(crate) async fn sync_page<T: Record>(self, client: &Client) -> Result<SyncPage<T>, Error> {
        let operation = self.operation.id;
        page::read_sync_page(operation, self.send(client).await?.text()?)
    }

    /// Sends it and reads one object.
    pub(crate) async fn read<T: DeserializeOwned>(self, client: &Client) -> Result<T, Error> {
        self.send(client).await?.json()
    }

    async fn send_once(&self, client: &Client, url: Url, access: &Access) -> Result<Answer, Error> {
        if let Some(Body::Watched(body, watcher)) = &self.body {
            return self.upload(client, url, access, body, watcher).await;
        }
        let mut request = client
            .transport()
            .request(self.operation, url)
            .bearer_auth(access.token.expose_secret());
        request = match &self.body {
            None => request,
            Some(Body::Json(body)) => request.json(body),
            Some(Body::Multipart(body) | Body::Watched(body, _)) => request.multipart(body.form()?),
        };
        client.transport().send(self.operation, request).await
    }

    async fn upload(
        &self,
        client: &Client,
        url: Url,
        access: &Access,
        body: &Multipart,
        watcher: &Arc<dyn UploadWatcher>,
    ) -> Result<Answer, Error> {
        let upload = Upload::begin(body.file_bytes(), Arc::clone(watcher));
        // Whoever gives this future up must be able to rely on it that no further piece leaves.
        let _stopping = upload.stop_when_dropped();
        if body.file_bytes() == 0 {
            upload
                .announce_the_end()
                .await
                .map_err(|error| upload.judge(self.operation.id, error))?;
        }
        let request = client
            .transport()
            .upload_request(self.operation, url)
            .bearer_auth(access.token.expose_secret())
            .multipart(body.watched_form(&upload)?);
        client
            .transport()
            .send_upload(self.operation, request, &upload)
            .await
    }
}

impl Client {
    /// Reads all pages of a list that is short by nature, such as extensions.
    pub(crate) async fn all_pages<T: Record>(
        &self,
        request: impl Fn(u32) -> Request,
    ) -> Result<Page<T>, Error> {
        let mut all: Page<T> = request(1).page(self).await?;
        while let Some(number) = all.next_page {
            let mut next: Page<T> = request(number).page(self).await?;
            all.records.append(&mut next.records);
            all.malformed.append(&mut next.malformed);
            // A server that points back would keep us here for ever.
            all.next_page = next.next_page.filter(|following| *following > number);
        }
        Ok(all)
    }
}

/// Decides, from failure to failure, whether one request is sent again.
pub(crate) struct Attempts<'a> {
    client: &'a Client,
    operation: &'static Operation,
    priority: Priority,
    delays: crate::retry::Delays,
    rate_limited: usize,
    is_once: bool,
    access: Option<Access>,
    was_rejected: bool,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(client: &'a Client, operation: &'static Operation, priority: Priority) -> Self {
        let delays = client.config().retry.delays(priority);
        Self {
            client,
            operation,
            priority,
            delays,
            rate_limited: 0,
            is_once: false,
            access: None,
            was_rejected: false,
        }
    }

    /// Waits for the rate budget and gives the token to send with.
    pub(crate) async fn ready(&mut self) -> Result<Access, Error> {
        loop {
            match self.try_ready().await {
                Ok(access) => {
                    self.access = Some(access.clone());
                    return Ok(access);
                }
                // Nothing has been sent yet, so a token may be waited for whatever the operation does.
                Err(error) => self.wait_after(error).await?,
            }
        }
    }

    async fn try_ready(&self) -> Result<Access, Error> {
        let source = self.client.token_source();
        // Asked before queueing, so that without a sign-in nothing queues; and after it, because the token may have
        // been renewed meanwhile.
        source.access().await?;
        self.client
            .transport()
            .acquire(self.operation, self.priority)
            .await?;
        source.access().await
    }

    /// Returns after the delay when the request is to be sent again, else the error.
    pub(crate) async fn settle(&mut self, error: Error) -> Result<(), Error> {
        if error.status() == Some(401) {
            if std::mem::replace(&mut self.was_rejected, true) {
                return self.wait_after_rejection(error).await;
            }
            let generation = self
                .access
                .as_ref()
                .map(|access| access.generation)
                .unwrap_or_default();
            return self
                .client
                .token_source()
                .after_rejection_of(generation)
                .await
                .map(|_| ());
        }
        match &error {
            Error::RateLimited { retry_after, .. } => {
                self.rate_limited += 1;
                let is_hopeless = self.is_once
                    || self.rate_limited > MAX_RATE_LIMITED
                    || !self.is_worth_waiting(*retry_after);
                // The rate budget itself holds the next try back until the penalty is over.
                if is_hopeless { Err(error) } else { Ok(()) }
            }
            _ if self.operation.is_read && !self.is_once => self.wait_after(error).await,
            _ => Err(error),
        }
    }

    /// A fresh token was refused as well. Mostly only the person can help then; but work in the background that stops for
    /// that stops for good, so it looks a few more times.
    async fn wait_after_rejection(&mut self, error: Error) -> Result<(), Error> {
        let may_wait = self.operation.is_read && self.priority != Priority::Interactive;
        match self.delays.next().filter(|_| may_wait) {
            Some(delay) => {
                tokio::time::sleep(delay).await;
                Ok(())
            }
            None => Err(sign_in_required(error)),
        }
    }

    /// Returns after the policy's delay for this error, or the error when it is final.
    async fn wait_after(&mut self, error: Error) -> Result<(), Error> {
        match self
            .delays
            .after(&error)
            .filter(|delay| self.is_worth_waiting(*delay))
        {
            Some(delay) => {
                tracing::debug!(operation = self.operation.id, %error, ?delay, "trying again");
                tokio::time::sleep(delay).await;
                Ok(())
            }
            None => Err(error),
        }
    }

    fn is_worth_waiting(&self, delay: std::time::Duration) -> bool {
        self.client
            .config()
            .max_wait(self.priority)
            .is_none_or(|longest| delay <= longest)
    }
}

fn sign_in_required(error: Error) -> Error {
    match error {
        Error::Api(api) => Error::SignInRequired {
            reason: api.message,
            code: api.code,
        },
        other => other,
    }
}
