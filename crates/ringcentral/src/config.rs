//! What a caller can set: the server, the app's client id, limits and times.
//!
//! It opens nothing and reads no files; [`crate::Client::new`] checks it.

use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use crate::{error::Error, rate_limit::Priority, retry::RetryPolicy};

/// RingCentral's production server.
pub const PRODUCTION_SERVER: &str = "https://platform.ringcentral.com";

/// RingCentral's host for attachments and recordings (developers.ringcentral.com/guide/basics/media).
pub const PRODUCTION_MEDIA_SERVER: &str = "https://media.ringcentral.com";

/// The configuration of a [`crate::Client`].
#[derive(Debug, Clone)]
pub struct Config {
    /// The API server. `https` is required except on the loopback.
    pub server: Url,
    /// Further servers whose links may be followed with our token: attachments and recordings.
    pub media_servers: Vec<Url>,
    /// The app's client id.
    pub client_id: String,
    /// The app's secret. `None` makes this a public client: PKCE, and the client id in the body.
    pub client_secret: Option<SecretString>,
    /// Sent as `User-Agent`; RingCentral asks for `name/version`.
    pub user_agent: String,
    /// Longest time to establish a connection.
    pub connect_timeout: Duration,
    /// Longest time for a whole JSON request, and longest silence within a download.
    pub request_timeout: Duration,
    /// Largest JSON body that is read.
    pub max_json_bytes: u64,
    /// How reads are tried again.
    pub retry: RetryPolicy,
    /// How long a request that a person waits for may queue for its rate budget before it says so.
    pub max_interactive_wait: Duration,
    /// The same for events, campaigns and backfill. `None` lets them queue as long as it takes, unseen; a caller that wants to show
    /// the wait, and has a clock of its own for it, sets it short.
    pub max_background_wait: Option<Duration>,
    /// Rate windows are measured by the client's [`crate::Clock`] instead of the runtime's monotonic clock. For tests that
    /// drive a clock, together with a server that counts by it: such a test looks at
    /// [`crate::Client::rate_limit`] and sends when something is free, for a request that queues waits in real time.
    pub are_rate_windows_driven: bool,
}

impl Config {
    /// A configuration for the given server and app with the usual limits.
    ///
    /// For RingCentral's production server the media server is added.
    pub fn new(server: Url, client_id: impl Into<String>) -> Self {
        let is_production = server.host_str() == Some("platform.ringcentral.com");
        let media_servers = if is_production {
            Url::parse(PRODUCTION_MEDIA_SERVER).into_iter().collect()
        } else {
            Vec::new()
        };
        Self {
            server,
            media_servers,
            client_id: client_id.into(),
            client_secret: None,
            user_agent: concat!("Switchboard/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            max_json_bytes: 32 * 1024 * 1024,
            retry: RetryPolicy::default(),
            max_interactive_wait: Duration::from_secs(10),
            max_background_wait: None,
            are_rate_windows_driven: false,
        }
    }

    /// Refuses what could leak a token or cannot work.
    ///
    /// # Errors
    /// [`Error::Configuration`] with a sentence for the person who set it up.
    pub fn check(&self) -> Result<(), Error> {
        for url in std::iter::once(&self.server).chain(&self.media_servers) {
            let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url));
            if !is_safe {
                return Err(Error::Configuration(format!(
                    "the server address {}://{} must use https (http is allowed on this machine only)",
                    url.scheme(),
                    url.host_str().unwrap_or("?")
                )));
            }
        }
        if self.client_id.trim().is_empty() {
            return Err(Error::Configuration("the client id is empty".to_owned()));
        }
        Ok(())
    }

    /// How long a request of this priority may queue before its wait is reported instead.
    pub(crate) fn max_wait(&self, priority: Priority) -> Option<Duration> {
        match priority {
            Priority::Interactive => Some(self.max_interactive_wait),
            Priority::Event | Priority::Campaign | Priority::Backfill => self.max_background_wait,
        }
    }

    /// Follows a link from an answer only to a configured server: the request will carry our token.
    ///
    /// # Errors
    /// [`Error::UntrustedHost`] for any other host, scheme or port.
    pub fn trusted_link(&self, link: &str) -> Result<Url, Error> {
        let untrusted = |host: String| Error::UntrustedHost { host };
        let url = self
            .server
            .join(link)
            .map_err(|_| untrusted("an unreadable address".to_owned()))?;
        let is_trusted = std::iter::once(&self.server)
            .chain(&self.media_servers)
            .any(|server| server.origin() == url.origin());
        // User info in a link would override nothing of ours, but no honest link has it.
        if is_trusted && url.username().is_empty() && url.password().is_none() {
            Ok(url)
        } else {
            Err(untrusted(url.origin().ascii_serialization()))
        }
    }
}

/// True for `localhost`, `127.0.0.0/8` and `[::1]`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(server: &str) -> Config {
        Config::new(server.parse().unwrap(), "client")
    }

    #[test]
    fn plain_http_is_accepted_on_the_loopback_only() {
        assert!(config("http://127.0.0.1:8080").check().is_ok());
        assert!(config("http://localhost:8080").check().is_ok());
        assert!(config("https://platform.ringcentral.com").check().is_ok());
        assert!(config("http://platform.ringcentral.com").check().is_err());
        assert!(config("http://localhost.evil.example").check().is_err());
    }

    #[test]
    fn links_are_followed_to_configured_servers_only() {
        let config = config(PRODUCTION_SERVER);
        let ok = [
            "https://media.ringcentral.com:443/restapi/x",
            "/restapi/v1.0/x",
            "https://platform.ringcentral.com/x",
        ];
        for link in ok {
            assert!(config.trusted_link(link).is_ok(), "{link}");
        }
        let bad = [
            "https://media.ringcentral.com.evil.example/x",
            "http://media.ringcentral.com/x",
            "https://media.ringcentral.com:8443/x",
            "https://user@media.ringcentral.com/x",
            "//evil.example/x",
            "file:///etc/passwd",
        ];
        for link in bad {
            assert!(
                matches!(config.trusted_link(link), Err(Error::UntrustedHost { .. })),
                "{link}"
            );
        }
    }
}
