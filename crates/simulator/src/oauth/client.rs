//! An application registered with the simulator, and which redirect addresses it may use.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Every application permission the simulator checks, which is what a fully equipped application has.
pub(crate) const ALL_PERMISSIONS: &[&str] = &[
    "A2PSMS",
    "CallControl",
    "Contacts",
    "EditAccounts",
    "EditCallLog",
    "EditExtensions",
    "EditMessages",
    "EditPresence",
    "Faxes",
    "InternalMessages",
    "ReadAccounts",
    "ReadCallLog",
    "ReadCallRecording",
    "ReadContacts",
    "ReadMessages",
    "ReadPresence",
    "RingOut",
    "SMS",
    "SubscriptionWebhook",
    "VoipCalling",
    "WebSocket",
];

/// A client application as the developer console would hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    pub id: String,
    pub secret: String,
    pub name: String,
    /// `true`: only with its secret (Basic). `false`: a public application too, which sends `client_id` in the body.
    pub requires_secret: bool,
    /// Redirect addresses matched exactly. Loopback addresses with any port are always accepted.
    pub redirect_uris: Vec<String>,
    /// Application permissions, which become the token's scope.
    pub permissions: Vec<String>,
    pub issues_refresh_tokens: bool,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            id: "sim-2f6Wq1rVQbOaLk".to_owned(),
            secret: "sim-secret-Yx0cJm7T4uS".to_owned(),
            name: "Switchboard".to_owned(),
            requires_secret: false,
            redirect_uris: Vec::new(),
            permissions: ALL_PERMISSIONS.iter().map(|&name| name.to_owned()).collect(),
            issues_refresh_tokens: true,
        }
    }
}

impl Client {
    /// Whether a sign-in may end at this address: exactly as registered, or on this machine. A desktop program
    /// cannot know its port in advance, so loopback ports are free (RFC 8252 section 7.3).
    pub(crate) fn accepts_redirect(&self, address: &str) -> bool {
        self.redirect_uris.iter().any(|known| known == address) || is_loopback(address)
    }
}

fn is_loopback(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let is_local = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && is_local && url.username().is_empty() && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_redirect_may_use_any_port_but_no_other_host() {
        let client = Client {
            redirect_uris: vec!["rcapp://done".to_owned()],
            ..Client::default()
        };
        for good in [
            "http://127.0.0.1:49152/callback",
            "http://localhost/",
            "http://[::1]:7/x",
            "rcapp://done",
        ] {
            assert!(client.accepts_redirect(good), "{good}");
        }
        for bad in [
            "https://127.0.0.1/callback",
            "http://127.0.0.1.example.com/",
            "http://localhost@example.com/",
            "http://example.com/",
            "rcapp://done/",
            "nonsense",
        ] {
            assert!(!client.accepts_redirect(bad), "{bad}");
        }
    }
}
