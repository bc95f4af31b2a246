//! Downloads of attachments and recordings: streamed, resumable, and only from servers that may see our token.
//!
//! A download that breaks is taken up where it broke, within a call and, when the caller remembers the version, in a later one.
//! Bytes of two versions are never mixed: what does not agree begins anew. What is done with the bytes, and where they are kept,
//! is the caller's.

use async_trait::async_trait;
use reqwest::{StatusCode, header};
use secrecy::ExposeSecret;
use std::io;
use url::Url;

use crate::{Client, api::operations::Operation, client::Attempts, error::Error, rate_limit::Priority};

/// How a download is done.
#[derive(Debug, Clone)]
pub struct Download {
    /// Bytes of the content that the target has already got from an earlier try.
    pub resume_from_byte: u64,
    /// Which content those bytes are of, if it is known.
    pub version: Version,
    /// Largest content that is accepted.
    pub max_bytes: u64,
    /// How urgent it is.
    pub priority: Priority,
}

/// By what one content is told from another at the same address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// As the server writes it, quotes included.
    pub etag: Option<String>,
    /// Its whole length.
    pub total_bytes: Option<u64>,
}

/// Where the bytes go.
#[async_trait]
pub trait Target: Send {
    /// The content begins, or begins anew: what was written before is void.
    async fn begin(&mut self, version: &Version) -> io::Result<()>;
    /// The next bytes.
    async fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// All bytes were written.
    async fn finish(&mut self) -> io::Result<()>;
}

/// Small contents are kept in memory.
#[async_trait]
impl Target for Vec<u8> {
    async fn begin(&mut self, _version: &Version) -> io::Result<()> {
        self.clear();
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    async fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Download {
    /// From the beginning, at most `max_bytes`.
    pub fn new(max_bytes: u64, priority: Priority) -> Self {
        Self {
            resume_from_byte: 0,
            version: Version::default(),
            max_bytes,
            priority,
        }
    }
}

impl Version {
    /// Whether both can be the same content. What one of them does not say does not speak against it.
    fn agrees_with(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.zip(other).is_none_or(|(one, other)| one == other)
        }
        agree(self.etag.as_ref(), other.etag.as_ref())
            && agree(self.total_bytes.as_ref(), other.total_bytes.as_ref())
    }

    /// Weak tags are not allowed in `If-Range` (RFC 9110, 13.1.5).
    fn strong_etag(&self) -> Option<&str> {
        self.etag.as_deref().filter(|etag| etag.starts_with('"'))
    }
}

/// What was downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloaded {
    /// The content's MIME type.
    pub content_type: Option<String>,
    /// Size of the whole content, what was there before included.
    pub total_bytes: u64,
}

/// Downloads from a link of an answer.
pub(crate) async fn download<T>(
    client: &Client,
    operation: &'static Operation,
    link: &str,
    options: &Download,
    target: &mut T,
) -> Result<Downloaded, Error>
where
    T: Target + ?Sized,
{
    let url = client.config().trusted_link(link)?;
    let mut transfer = Transfer {
        client,
        operation,
        url,
        options,
        received: options.resume_from_byte,
        version: options.version.clone(),
    };
    let mut attempts = Attempts::new(client, operation, options.priority);
    loop {
        let access = attempts.ready().await?;
        match transfer.run(access.token.expose_secret(), target).await {
            Ok(Ran::Complete { content_type }) => {
                target.finish().await.map_err(Error::Write)?;
                return Ok(Downloaded {
                    content_type,
                    total_bytes: transfer.received,
                });
            }
            // Without a range the next answer is the whole content, so this happens once in a row.
            Ok(Ran::Changed) => {}
            Err(error) => attempts.settle(error).await?,
        }
    }
}

/// How one request went.
enum Ran {
    Complete {
        content_type: Option<String>,
    },
    /// What we have is of another version; there is nothing of it any more.
    Changed,
}

struct Transfer<'a> {
    client: &'a Client,
    operation: &'static Operation,
    url: Url,
    options: &'a Download,
    /// Bytes that have reached the target.
    received: u64,
    /// What those are of.
    version: Version,
}

impl Transfer<'_> {
    async fn run<T>(&mut self, token: &str, target: &mut T) -> Result<Ran, Error>
    where
        T: Target + ?Sized,
    {
        let transport = self.client.transport();
        let mut request = transport
            .request(self.operation, self.url.clone())
            .bearer_auth(token);
        if self.received > 0 {
            request = request.header(header::RANGE, format!("bytes={}-", self.received));
            if let Some(etag) = self.version.strong_etag() {
                request = request.header(header::IF_RANGE, etag);
            }
        }
        let response = transport.open(self.operation, request).await?;
        let content_type = header_text(&response, header::CONTENT_TYPE);
        let range = header_text(&response, header::CONTENT_RANGE);
        let told_total = range.as_deref().and_then(range_total);
        let etag = header_text(&response, header::ETAG);
        let start = match response.status() {
            StatusCode::PARTIAL_CONTENT => range.as_deref().and_then(range_start).unwrap_or(self.received),
            // The server ignored the range, or has something else by now, and sends everything.
            status if status.is_success() => 0,
            StatusCode::RANGE_NOT_SATISFIABLE if self.received > 0 => {
                let now = Version {
                    etag,
                    total_bytes: told_total,
                };
                // Asked for what comes after the end: everything was there already.
                if told_total == Some(self.received) && self.version.agrees_with(&now) {
                    return Ok(Ran::Complete { content_type: None });
                }
                return self.start_over(target).await;
            }
            _ => return Err(transport.read(self.operation, response).await?.into_error()),
        };
        let now = Version {
            etag,
            total_bytes: match response.status() {
                StatusCode::PARTIAL_CONTENT => told_total,
                _ => response.content_length(),
            },
        };
        if start > self.received {
            return Err(self.unreadable("Content-Range", "the server left bytes out"));
        }
        if self.received > 0 && !self.version.agrees_with(&now) {
            if start > 0 {
                return self.start_over(target).await;
            }
            self.received = 0;
        }
        if self.received == 0 {
            self.version = now;
            target.begin(&self.version).await.map_err(Error::Write)?;
        } else if self.version.total_bytes.is_none() {
            self.version.total_bytes = now.total_bytes;
        }
        self.copy(response, start, target).await?;
        match self.version.total_bytes {
            Some(total) if total != self.received => {
                Err(self.unreadable("Content-Length", "the content is not as long as the server said"))
            }
            _ => Ok(Ran::Complete { content_type }),
        }
    }

    async fn start_over<T>(&mut self, target: &mut T) -> Result<Ran, Error>
    where
        T: Target + ?Sized,
    {
        self.received = 0;
        self.version = Version::default();
        target.begin(&self.version).await.map_err(Error::Write)?;
        Ok(Ran::Changed)
    }

    async fn copy<T>(
        &mut self,
        mut response: reqwest::Response,
        start: u64,
        target: &mut T,
    ) -> Result<(), Error>
    where
        T: Target + ?Sized,
    {
        let operation = self.operation.id;
        let limit_bytes = self.options.max_bytes;
        let too_large = || Error::BodyTooLarge {
            operation,
            limit_bytes,
        };
        if response
            .content_length()
            .is_some_and(|length| start.saturating_add(length) > limit_bytes)
        {
            return Err(too_large());
        }
        let mut to_skip = self.received - start;
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| Error::transport(operation, error))?
        {
            let skipped = to_skip.min(chunk.len() as u64);
            to_skip -= skipped;
            let fresh = usize::try_from(skipped)
                .ok()
                .and_then(|skipped| chunk.get(skipped..))
                .unwrap_or_default();
            if self.received.saturating_add(fresh.len() as u64) > limit_bytes {
                return Err(too_large());
            }
            target.write(fresh).await.map_err(Error::Write)?;
            self.received += fresh.len() as u64;
        }
        Ok(())
    }

    fn unreadable(&self, field: &str, reason: &str) -> Error {
        Error::Decode {
            operation: self.operation.id,
            field: field.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

fn header_text(response: &reqwest::Response, name: header::HeaderName) -> Option<String> {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The first byte of `bytes 100-199/200`.
fn range_start(range: &str) -> Option<u64> {
    range
        .trim()
        .strip_prefix("bytes")?
        .trim()
        .split('-')
        .next()?
        .trim()
        .parse()
        .ok()
}

/// The size in `bytes */200`.
fn range_total(range: &str) -> Option<u64> {
    range.rsplit('/').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_ranges_are_read() {
        assert_eq!(range_start("bytes 100-199/200"), Some(100));
        assert_eq!(range_start("bytes */200"), None);
        assert_eq!(range_total("bytes */200"), Some(200));
        assert_eq!(range_total("bytes 100-199/*"), None);
    }
}
