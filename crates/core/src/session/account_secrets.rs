//! The secrets of one account: tokens, the application's secret, and the JWT credential if that is how somebody
//! signed in.
//!
//! A client needs somewhere to put its tokens before anyone knows whose they are. Until [`AccountSecrets::bind`] they
//! stay in memory. It does not refresh or revoke anything; that is the client's business.

use super::secret_keeping::{SecretKeeping, SecretKeepingError};
use async_trait::async_trait;
use domain::session::KeychainState;
use ringcentral::auth::{TokenStore, TokenStoreError, Tokens};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What identifies the application and the person besides tokens.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    pub client_secret: Option<SecretString>,
    pub jwt: Option<SecretString>,
}

/// Gives the client's tokens a place and remembers what else is needed to renew them.
#[derive(Debug)]
pub struct AccountSecrets {
    keeping: Arc<dyn SecretKeeping>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    account: Option<String>,
    tokens: Option<Tokens>,
    /// Set when the keychain refused to keep something; from then on memory is all there is.
    refusal: Option<String>,
}

/// The stored form of [`Credentials`]. It is a secret as a whole.
#[derive(Serialize, Deserialize)]
struct StoredCredentials {
    client_secret: Option<String>,
    jwt: Option<String>,
}

impl AccountSecrets {
    /// For a sign-in whose account is not known yet.
    pub fn unbound(keeping: Arc<dyn SecretKeeping>) -> Self {
        Self {
            keeping,
            held: Mutex::default(),
        }
    }

    /// For an account that signed in before.
    pub fn bound(keeping: Arc<dyn SecretKeeping>, account: &str) -> Self {
        let held = Held {
            account: Some(account.to_owned()),
            ..Held::default()
        };
        Self {
            keeping,
            held: Mutex::new(held),
        }
    }

    /// From now on the tokens belong to `account` and are kept with its credentials.
    pub async fn bind(&self, account: &str, credentials: &Credentials) {
        let tokens = {
            let mut held = self.lock();
            held.account = Some(account.to_owned());
            held.tokens.clone()
        };
        let stored = StoredCredentials {
            client_secret: credentials
                .client_secret
                .as_ref()
                .map(|secret| secret.expose_secret().to_owned()),
            jwt: credentials
                .jwt
                .as_ref()
                .map(|secret| secret.expose_secret().to_owned()),
        };
        let is_empty = stored.client_secret.is_none() && stored.jwt.is_none();
        // Two optional texts always have a JSON form.
        let secret = SecretString::from(serde_json::to_string(&stored).unwrap_or_default());
        let name = credentials_name(account);
        let kept = if is_empty {
            self.keeping.forget(&name).await
        } else {
            self.keeping.keep(&name, &secret).await
        };
        self.note(kept);
        if let Some(tokens) = tokens {
            let kept = self
                .keeping
                .keep(&tokens_name(account), &tokens.to_stored())
                .await;
            self.note(kept);
        }
    }

    /// What was kept beside the tokens at the last sign-in.
    ///
    /// # Errors
    /// [`SecretKeepingError`] when the keychain cannot be read.
    pub async fn credentials(&self) -> Result<Credentials, SecretKeepingError> {
        let Some(account) = self.account() else {
            return Ok(Credentials::default());
        };
        let stored = self.keeping.load(&credentials_name(&account)).await?;
        let stored =
            stored.and_then(|text| serde_json::from_str::<StoredCredentials>(text.expose_secret()).ok());
        Ok(stored.map_or_else(Credentials::default, |stored| Credentials {
            client_secret: stored.client_secret.map(SecretString::from),
            jwt: stored.jwt.map(SecretString::from),
        }))
    }

    /// Forgets everything, tokens and credentials.
    pub async fn forget(&self) {
        let account = {
            let mut held = self.lock();
            held.tokens = None;
            held.account.take()
        };
        if let Some(account) = account {
            for name in [tokens_name(&account), credentials_name(&account)] {
                let forgotten = self.keeping.forget(&name).await;
                self.note(forgotten);
            }
        }
    }

    /// Whether the sign-in outlives the program.
    pub fn state(&self) -> KeychainState {
        match &self.lock().refusal {
            Some(reason) => KeychainState::MemoryOnly {
                reason: reason.clone(),
            },
            None => self.keeping.state(),
        }
    }

    fn account(&self) -> Option<String> {
        self.lock().account.clone()
    }

    fn note(&self, outcome: Result<(), SecretKeepingError>) {
        if let Err(error) = outcome {
            tracing::warn!(%error, "the keychain refused; secrets stay in memory");
            self.lock().refusal = Some(error.message);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl TokenStore for AccountSecrets {
    async fn load(&self) -> Result<Option<Tokens>, TokenStoreError> {
        if let Some(tokens) = self.lock().tokens.clone() {
            return Ok(Some(tokens));
        }
        let Some(account) = self.account() else {
            return Ok(None);
        };
        let stored = self
            .keeping
            .load(&tokens_name(&account))
            .await
            .map_err(|error| TokenStoreError::with_source(error.message.clone(), error))?;
        let tokens = stored.as_ref().map(Tokens::from_stored).transpose()?;
        self.lock().tokens.clone_from(&tokens);
        Ok(tokens)
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), TokenStoreError> {
        let account = {
            let mut held = self.lock();
            held.tokens = Some(tokens.clone());
            held.account.clone()
        };
        if let Some(account) = account {
            // A keychain that fails now must not end a session that works: memory keeps it until the program ends.
            let kept = self
                .keeping
                .keep(&tokens_name(&account), &tokens.to_stored())
                .await;
            self.note(kept);
        }
        Ok(())
    }

    async fn clear(&self) -> Result<(), TokenStoreError> {
        self.lock().tokens = None;
        if let Some(account) = self.account() {
            self.keeping
                .forget(&tokens_name(&account))
                .await
                .map_err(|error| TokenStoreError::with_source(error.message.clone(), error))?;
        }
        Ok(())
    }
}

fn tokens_name(account: &str) -> String {
    format!("{account}/tokens")
}

fn credentials_name(account: &str) -> String {
    format!("{account}/credentials")
}
