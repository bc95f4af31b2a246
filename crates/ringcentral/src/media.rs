//! Downloads of attachments and recordings: streamed, resumable, and only from servers that may see our token.
//!
//! A download that breaks is taken up where it broke. What is done with the bytes, and where they are kept, is the
//! caller's.

use reqwest::{StatusCode, header};
use secrecy::ExposeSecret;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use url::Url;

use crate::{Client, api::operations::Operation, client::Attempts, error::Error, rate_limit::Priority};

/// How a download is done.
#[derive(Debug, Clone)]
pub struct Download {
    /// Bytes of the content that the writer has already got from an earlier try.
    pub resume_from_byte: u64,
    /// Largest content that is accepted.
    pub max_bytes: u64,
    /// How urgent it is.
    pub priority: Priority,
}

impl Download {
    /// From the beginning, at most `max_bytes`.
    pub fn new(max_bytes: u64, priority: Priority) -> Self {
        Self {
            resume_from_byte: 0,
            max_bytes,
            priority,
        }
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
pub(crate) async fn download<W>(
    client: &Client,
    operation: &'static Operation,
    link: &str,
    options: &Download,
    writer: &mut W,
) -> Result<Downloaded, Error>
where
    W: AsyncWrite + Unpin + Send,
{
    let url = client.config().trusted_link(link)?;
    let mut transfer = Transfer {
        client,
        operation,
        url,
        options,
        received: options.resume_from_byte,
    };
    let mut attempts = Attempts::new(client, operation, options.priority);
    loop {
        let access = attempts.ready().await?;
        match transfer.run(access.token.expose_secret(), writer).await {
            Ok(content_type) => {
                writer.flush().await.map_err(Error::Write)?;
                return Ok(Downloaded {
                    content_type,
                    total_bytes: transfer.received,
                });
            }
            Err(error) => attempts.settle(error).await?,
        }
    }
}

struct Transfer<'a> {
    client: &'a Client,
    operation: &'static Operation,
    url: Url,
    options: &'a Download,
    /// Bytes that have reached the writer.
    received: u64,
}

impl Transfer<'_> {
    async fn run<W>(&mut self, token: &str, writer: &mut W) -> Result<Option<String>, Error>
    where
        W: AsyncWrite + Unpin + Send,
    {
        let transport = self.client.transport();
        let mut request = transport
            .request(self.operation, self.url.clone())
            .bearer_auth(token);
        if self.received > 0 {
            request = request.header(header::RANGE, format!("bytes={}-", self.received));
        }
        let response = transport.open(self.operation, request).await?;
        let content_type = header_text(&response, header::CONTENT_TYPE);
        let range = header_text(&response, header::CONTENT_RANGE);
        let start = match response.status() {
            StatusCode::PARTIAL_CONTENT => range.as_deref().and_then(range_start).unwrap_or(self.received),
            // The server ignored the range and sends everything again.
            status if status.is_success() => 0,
            // Asked for what comes after the end: everything was there already.
            StatusCode::RANGE_NOT_SATISFIABLE if self.is_complete(range.as_deref()) => return Ok(None),
            _ => return Err(transport.read(self.operation, response).await?.into_error()),
        };
        if start > self.received {
            return Err(Error::Decode {
                operation: self.operation.id,
                field: "Content-Range".to_owned(),
                reason: "the server left bytes out".to_owned(),
            });
        }
        self.copy(response, start, writer).await?;
        Ok(content_type)
    }

    async fn copy<W>(
        &mut self,
        mut response: reqwest::Response,
        start: u64,
        writer: &mut W,
    ) -> Result<(), Error>
    where
        W: AsyncWrite + Unpin + Send,
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
            writer.write_all(fresh).await.map_err(Error::Write)?;
            self.received += fresh.len() as u64;
        }
        Ok(())
    }

    fn is_complete(&self, range: Option<&str>) -> bool {
        self.received > 0 && range.and_then(range_total) == Some(self.received)
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
