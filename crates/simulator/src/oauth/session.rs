//! Sessions: an access token, a refresh token, and the rule by which one pair follows another
//! (developers.ringcentral.com/guide/authentication/refresh-tokens).
//!
//! On refresh the old access token dies at once. The old refresh token stays good for 60 minutes as long as the new
//! access token has not been used, and each retry yields that same access token; from its first use the old refresh
//! token has about ten seconds left.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::error::OAuthError;
use super::token_text;
use crate::world::ids::ExtensionId;

/// The vendor's usual limit of parallel sessions per user and application; the oldest gives way.
pub(crate) const MAX_PARALLEL_SESSIONS: usize = 5;
const OLD_REFRESH_TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(60);
const OLD_REFRESH_TOKEN_LIFE_AFTER_USE: SignedDuration = SignedDuration::from_secs(10);
/// After this long the session ends whatever is refreshed.
pub(crate) const ABSOLUTE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// One sign-in of one person through one application.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) client_id: String,
    pub(crate) extension_id: ExtensionId,
    pub(crate) endpoint_id: String,
    pub(crate) permissions: Vec<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) access: Token,
    /// Absent when the application does not issue refresh tokens.
    pub(crate) refresh: Option<Token>,
    access_is_used: bool,
    old_refresh: Option<Token>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) expires_at: Timestamp,
}

/// Requested lifetimes, already brought into the vendor's bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetimes {
    pub(crate) access_seconds: i64,
    pub(crate) refresh_seconds: i64,
}

/// Why an access token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Unparsable,
    Corrupted,
    Expired,
    NotFound,
}

/// All living sessions, and the refresh tokens that once were.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_id: HashMap<String, Session>,
    /// Refresh tokens that are over, so that using one says "revoked" and not "unknown".
    spent: std::collections::HashSet<String>,
}

impl Lifetimes {
    /// `access_token_ttl`: 600 to 3600 s, smaller becomes 600, larger the default; `refresh_token_ttl`: at most 30
    /// days. Not positive means not given: RingCentral's JavaScript SDK sends -1 after a 401.
    pub(crate) fn requested(access: Option<i64>, refresh: Option<i64>) -> Self {
        let access_seconds = match access {
            Some(seconds) if (1..600).contains(&seconds) => 600,
            Some(seconds) if (600..=3_600).contains(&seconds) => seconds,
            _ => 3_600,
        };
        let refresh_seconds = match refresh {
            Some(seconds) if seconds > 0 => seconds.min(2_592_000),
            _ => 604_800,
        };
        Self {
            access_seconds,
            refresh_seconds,
        }
    }
}

impl Session {
    fn ends_at(&self) -> Timestamp {
        later(self.created_at, ABSOLUTE_LIFE)
    }
}

impl Sessions {
    /// Signs a person in; with too many parallel sessions the oldest ends.
    pub(crate) fn open(
        &mut self,
        client: &super::Client,
        extension_id: ExtensionId,
        endpoint_id: Option<String>,
        lifetimes: Lifetimes,
        now: Timestamp,
    ) -> Session {
        let mut parallel: Vec<(Timestamp, String)> = self
            .by_id
            .values()
            .filter(|session| session.client_id == client.id && session.extension_id == extension_id)
            .map(|session| (session.created_at, session.id.clone()))
            .collect();
        parallel.sort();
        let surplus = (parallel.len() + 1).saturating_sub(MAX_PARALLEL_SESSIONS);
        for (_, id) in parallel.into_iter().take(surplus) {
            self.end(&id);
        }
        let session = Session {
            id: token_text::random_text(15),
            client_id: client.id.clone(),
            extension_id,
            endpoint_id: endpoint_id.unwrap_or_else(|| token_text::random_text(16)),
            permissions: client.permissions.clone(),
            created_at: now,
            access: fresh("A", lifetimes.access_seconds, now),
            refresh: client
                .issues_refresh_tokens
                .then(|| fresh("R", lifetimes.refresh_seconds, now)),
            access_is_used: false,
            old_refresh: None,
        };
        self.by_id.insert(session.id.clone(), session.clone());
        session
    }

    /// Exchanges a refresh token of `client_id` for a new pair, or hands out the pair already made from it.
    pub(crate) fn refresh(
        &mut self,
        text: &str,
        client_id: &str,
        lifetimes: Lifetimes,
        now: Timestamp,
    ) -> Result<Session, OAuthError> {
        let spent = self.spent.contains(text);
        let unknown = if spent {
            OAuthError::TOKEN_REVOKED
        } else {
            OAuthError::TOKEN_UNKNOWN
        };
        let session = self
            .by_id
            .values_mut()
            .find(|session| {
                [&session.refresh, &session.old_refresh]
                    .into_iter()
                    .flatten()
                    .any(|token| token.text == text)
            })
            .ok_or(unknown)?;
        if session.client_id != client_id {
            return Err(OAuthError::INVALID_CLIENT);
        }
        if now >= session.ends_at() {
            return Err(OAuthError::TOKEN_EXPIRED);
        }
        if let Some(old) = session.old_refresh.as_ref().filter(|token| token.text == text) {
            if now >= old.expires_at {
                return Err(OAuthError::TOKEN_REVOKED);
            }
            return Ok(session.clone());
        }
        let Some(current) = session.refresh.take() else {
            return Err(unknown);
        };
        if now >= current.expires_at {
            session.refresh = Some(current);
            return Err(OAuthError::TOKEN_EXPIRED);
        }
        let old_expires_at = later(now, OLD_REFRESH_TOKEN_LIFE).min(current.expires_at);
        self.spent.insert(current.text.clone());
        session.old_refresh = Some(Token {
            text: current.text,
            expires_at: old_expires_at,
        });
        session.refresh = Some(fresh("R", lifetimes.refresh_seconds, now));
        session.access = fresh("A", lifetimes.access_seconds, now);
        session.access_is_used = false;
        Ok(session.clone())
    }

    /// The session an access token belongs to. The first use starts the old refresh token's last seconds.
    pub(crate) fn use_access_token(&mut self, text: &str, now: Timestamp) -> Result<Session, Refusal> {
        match token_text::form(text) {
            token_text::Form::Unparsable => return Err(Refusal::Unparsable),
            token_text::Form::Corrupted => return Err(Refusal::Corrupted),
            token_text::Form::WellFormed => {}
        }
        let session = self
            .by_id
            .values_mut()
            .find(|session| session.access.text == text)
            .ok_or(Refusal::NotFound)?;
        if now >= session.access.expires_at || now >= session.ends_at() {
            return Err(Refusal::Expired);
        }
        if !session.access_is_used {
            session.access_is_used = true;
            if let Some(old) = &mut session.old_refresh {
                old.expires_at = old.expires_at.min(later(now, OLD_REFRESH_TOKEN_LIFE_AFTER_USE));
            }
        }
        Ok(session.clone())
    }

    /// Ends the session any of whose tokens this is; `false` when there is none.
    pub(crate) fn revoke(&mut self, text: &str) -> bool {
        let found = self.by_id.values().find(|session| {
            session.access.text == text
                || [&session.refresh, &session.old_refresh]
                    .into_iter()
                    .flatten()
                    .any(|token| token.text == text)
        });
        let id = found.map(|session| session.id.clone());
        id.is_some_and(|id| self.end(&id))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.by_id.get(id)
    }

    /// Ends one session with all its tokens.
    pub(crate) fn end(&mut self, id: &str) -> bool {
        let Some(session) = self.by_id.remove(id) else {
            return false;
        };
        self.spent.extend(
            [session.refresh, session.old_refresh]
                .into_iter()
                .flatten()
                .map(|token| token.text),
        );
        true
    }

    /// Ends every session of a person, as an administrator or a password change does; of everybody with `None`.
    pub(crate) fn end_all_of(&mut self, extension_id: Option<ExtensionId>) -> usize {
        let ids: Vec<String> = self
            .by_id
            .values()
            .filter(|session| extension_id.is_none_or(|id| id == session.extension_id))
            .map(|session| session.id.clone())
            .collect();
        ids.iter().filter(|id| self.end(id)).count()
    }

    /// Makes every access token expire now; refresh tokens live on. Only of one person when given.
    pub(crate) fn expire_access_tokens(
        &mut self,
        extension_id: Option<ExtensionId>,
        now: Timestamp,
    ) -> usize {
        let concerned = self
            .by_id
            .values_mut()
            .filter(|session| extension_id.is_none_or(|id| id == session.extension_id));
        concerned.map(|session| session.access.expires_at = now).count()
    }

    /// Changes what a client's living sessions may do.
    pub(crate) fn set_permissions(&mut self, client_id: &str, permissions: &[String]) {
        for session in self
            .by_id
            .values_mut()
            .filter(|session| session.client_id == client_id)
        {
            session.permissions = permissions.to_vec();
        }
    }
}

fn fresh(kind: &str, seconds: i64, now: Timestamp) -> Token {
    Token {
        text: token_text::mint(kind),
        expires_at: later(now, SignedDuration::from_secs(seconds)),
    }
}

pub(crate) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
