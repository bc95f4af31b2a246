//! One set of tokens and its lifetimes.
//!
//! Instants are computed from `expires_in` when the answer arrives; documents and samples disagree about the length,
//! so only the answer counts.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::TokenStoreError;
use crate::id::ExtensionId;

/// The tokens of one sign-in. `Debug` shows no secrets.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Sent with every request.
    pub access_token: SecretString,
    /// Gets the next set, once. Absent when the app may not use refresh tokens.
    pub refresh_token: Option<SecretString>,
    /// When they were issued.
    pub issued_at: Timestamp,
    /// When the access token ends.
    pub access_expires_at: Timestamp,
    /// When the refresh token ends, if the server said so.
    pub refresh_expires_at: Option<Timestamp>,
    /// The permissions granted.
    pub scopes: Vec<String>,
    /// The extension that signed in.
    pub owner_id: Option<ExtensionId>,
    /// Identifies this installation across renewals.
    pub endpoint_id: Option<String>,
}

impl Tokens {
    /// The form in which a token store keeps them. It is a secret as a whole.
    pub fn to_stored(&self) -> SecretString {
        let stored = StoredTokens {
            access_token: self.access_token.expose_secret().to_owned(),
            refresh_token: self
                .refresh_token
                .as_ref()
                .map(|token| token.expose_secret().to_owned()),
            issued_at: self.issued_at,
            access_expires_at: self.access_expires_at,
            refresh_expires_at: self.refresh_expires_at,
            scopes: self.scopes.clone(),
            owner_id: self.owner_id.clone(),
            endpoint_id: self.endpoint_id.clone(),
        };
        // Strings, instants and lists of strings always have a JSON form.
        SecretString::from(serde_json::to_string(&stored).unwrap_or_default())
    }

    /// Reads what [`Self::to_stored`] made.
    ///
    /// # Errors
    /// [`TokenStoreError`] when the text is something else; it is not quoted.
    pub fn from_stored(stored: &SecretString) -> Result<Self, TokenStoreError> {
        let stored: StoredTokens = serde_json::from_str(stored.expose_secret())
            .map_err(|_| TokenStoreError::new("the stored sign-in is not in the expected form"))?;
        Ok(Self {
            access_token: stored.access_token.into(),
            refresh_token: stored.refresh_token.map(SecretString::from),
            issued_at: stored.issued_at,
            access_expires_at: stored.access_expires_at,
            refresh_expires_at: stored.refresh_expires_at,
            scopes: stored.scopes,
            owner_id: stored.owner_id,
            endpoint_id: stored.endpoint_id,
        })
    }

    /// Whether the access token is still taken by the server.
    pub(crate) fn is_alive(&self, now: Timestamp) -> bool {
        now < self.access_expires_at
    }

    /// Whether it is time to renew: two minutes, or a fifth of the lifetime if that is shorter, before the end.
    pub(crate) fn is_renewal_due(&self, now: Timestamp) -> bool {
        let lifetime = self.access_expires_at.duration_since(self.issued_at);
        let margin = SignedDuration::from_secs(120).min(lifetime / 5);
        // A clock that was set back makes the lifetime meaningless; renewing is the safe side.
        now < self.issued_at || now.duration_since(self.access_expires_at) >= -margin
    }

    /// The refresh token, if it has not ended.
    pub(crate) fn usable_refresh_token(&self, now: Timestamp) -> Option<&SecretString> {
        let has_ended = self.refresh_expires_at.is_some_and(|end| now >= end);
        self.refresh_token.as_ref().filter(|_| !has_ended)
    }
}

#[derive(Serialize, Deserialize)]
struct StoredTokens {
    access_token: String,
    refresh_token: Option<String>,
    issued_at: Timestamp,
    access_expires_at: Timestamp,
    refresh_expires_at: Option<Timestamp>,
    scopes: Vec<String>,
    owner_id: Option<ExtensionId>,
    endpoint_id: Option<String>,
}

/// The answer of the token endpoint.
#[derive(Deserialize)]
pub(super) struct WireTokens {
    access_token: String,
    expires_in: i64,
    refresh_token: Option<String>,
    refresh_token_expires_in: Option<i64>,
    #[serde(default)]
    scope: Option<String>,
    owner_id: Option<ExtensionId>,
    endpoint_id: Option<String>,
}

impl WireTokens {
    pub(super) fn issued_at(self, now: Timestamp) -> Tokens {
        let after = |seconds: i64| {
            now.checked_add(SignedDuration::from_secs(seconds.max(0)))
                .unwrap_or(Timestamp::MAX)
        };
        Tokens {
            access_token: self.access_token.into(),
            refresh_token: self
                .refresh_token
                .filter(|token| !token.is_empty())
                .map(SecretString::from),
            issued_at: now,
            access_expires_at: after(self.expires_in),
            refresh_expires_at: self.refresh_token_expires_in.map(after),
            scopes: self
                .scope
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            owner_id: self.owner_id,
            endpoint_id: self.endpoint_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(lifetime_secs: i64) -> Tokens {
        let wire = serde_json::json!({
            "access_token": "secret-access", "expires_in": lifetime_secs, "token_type": "bearer",
            "refresh_token": "secret-refresh", "refresh_token_expires_in": 604_799,
            "scope": "ReadCallLog ReadMessages", "owner_id": 256_440_016,
        });
        serde_json::from_value::<WireTokens>(wire)
            .unwrap()
            .issued_at(start())
    }

    fn start() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn after(seconds: i64) -> Timestamp {
        start() + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn renewal_is_due_two_minutes_before_the_end() {
        let tokens = tokens(3600);
        assert!(!tokens.is_renewal_due(after(3479)));
        assert!(tokens.is_renewal_due(after(3480)));
        assert!(tokens.is_alive(after(3599)) && !tokens.is_alive(after(3600)));
    }

    #[test]
    fn a_short_lived_token_is_renewed_after_four_fifths() {
        let tokens = tokens(60);
        assert!(!tokens.is_renewal_due(after(47)));
        assert!(tokens.is_renewal_due(after(48)));
    }

    #[test]
    fn an_ended_refresh_token_is_not_used() {
        let tokens = tokens(3600);
        assert!(tokens.usable_refresh_token(after(604_798)).is_some());
        assert!(tokens.usable_refresh_token(after(604_799)).is_none());
    }

    #[test]
    fn debug_shows_no_secrets_and_storing_keeps_them() {
        let tokens = tokens(3600);
        assert!(!format!("{tokens:?}").contains("secret-"));
        let back = Tokens::from_stored(&tokens.to_stored()).unwrap();
        assert_eq!(back.access_token.expose_secret(), "secret-access");
        assert_eq!(back.owner_id, Some(ExtensionId::new("256440016")));
        assert_eq!(back.scopes, ["ReadCallLog", "ReadMessages"]);
        let error = Tokens::from_stored(&SecretString::from("secret-garbage")).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("garbage"));
    }
}
