//! Signing in and staying signed in: OAuth by browser (authorization code with PKCE) or by JWT credential.
//!
//! One [`Tokens`] per client is shared by all requests; it is renewed ahead of its expiry and in a single flight,
//! because RingCentral's refresh tokens are used up by their first use
//! (developers.ringcentral.com/guide/authentication/refresh-tokens). Where tokens are kept between runs is the
//! caller's choice, see [`TokenStore`]; how a browser is opened is, too.
//!
//! It deliberately knows no passwords and does not parse tokens.

use secrecy::SecretString;
use tokio::sync::watch;

use crate::{Client, error::Error, id::ExtensionId};

mod loopback;
mod pkce;
mod token_endpoint;
mod token_source;
mod token_store;
mod tokens;

pub use loopback::{BrowserSignIn, PendingSignIn};
pub use token_store::{MemoryTokenStore, TokenStore, TokenStoreError};
pub use tokens::Tokens;

pub(crate) use token_source::{Access, TokenSource};

/// Whether requests can be made, as told to whoever watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The token store has not been asked yet.
    Unknown,
    /// There are tokens.
    SignedIn,
    /// There are none, because nobody has signed in or somebody signed out.
    SignedOut,
    /// There were tokens and the server no longer takes them.
    Required {
        /// Why, in the server's words.
        reason: String,
    },
}

/// Signing in and out, from [`Client::auth`].
#[derive(Debug, Clone, Copy)]
pub struct Auth<'a> {
    client: &'a Client,
}

impl<'a> Auth<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Looks for tokens in the token store; true when there are some that can still be used or renewed.
    ///
    /// # Errors
    /// [`Error::TokenStore`] when the store cannot be read.
    pub async fn restore(&self) -> Result<bool, Error> {
        self.source().restore().await
    }

    /// Signs in with a JWT credential made in the Developer Console. It is kept in memory to sign in again when
    /// the refresh token has run out.
    ///
    /// # Errors
    /// [`Error::SignInRefused`] when the server does not take it; otherwise network and API errors.
    pub async fn sign_in_with_jwt(&self, jwt: SecretString) -> Result<(), Error> {
        self.source().sign_in_with_jwt(jwt).await
    }

    /// Keeps a JWT credential for renewal without signing in now, for example after a restart.
    pub async fn remember_jwt(&self, jwt: SecretString) {
        self.source().remember_jwt(jwt).await;
    }

    /// Signs in through the system browser (RFC 8252): listens on the loopback, gives the page's address to
    /// `open_browser`, waits for the answer and exchanges the code. Dropping the future cancels and closes the port.
    ///
    /// # Errors
    /// [`Error::SignInRefused`] when the person or the server refuses, [`Error::Timeout`] when nobody answers,
    /// [`Error::Loopback`] when the port cannot be opened or `open_browser` fails.
    pub async fn sign_in_with_browser<F>(&self, options: &BrowserSignIn, open_browser: F) -> Result<(), Error>
    where
        F: FnOnce(&url::Url) -> std::io::Result<()>,
    {
        let pending = self.begin_browser_sign_in(options).await?;
        open_browser(pending.authorize_url()).map_err(|source| Error::Loopback {
            reason: "the browser could not be opened".to_owned(),
            source,
        })?;
        self.finish_browser_sign_in(pending).await
    }

    /// The first half of [`Self::sign_in_with_browser`]: opens the port. For callers that show the address.
    ///
    /// # Errors
    /// [`Error::Loopback`] when the port cannot be opened.
    pub async fn begin_browser_sign_in(&self, options: &BrowserSignIn) -> Result<PendingSignIn, Error> {
        PendingSignIn::listen(self.client.config(), options).await
    }

    /// The second half: waits for the answer and exchanges the code.
    ///
    /// # Errors
    /// As [`Self::sign_in_with_browser`].
    pub async fn finish_browser_sign_in(&self, pending: PendingSignIn) -> Result<(), Error> {
        let code = pending.wait_for_code().await?;
        self.source().sign_in_with_code(code).await
    }

    /// Signs out: revokes the session at the server as far as it can be reached, and clears the token store.
    ///
    /// # Errors
    /// [`Error::TokenStore`] when the store could not be cleared. Failures of the revocation are ignored, as
    /// developers.ringcentral.com/guide/basics/errors asks.
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.source().sign_out().await
    }

    /// Tells about every change of the sign-in.
    pub fn watch(&self) -> watch::Receiver<SignIn> {
        self.source().watch()
    }

    /// The extension that signed in, where the server said so.
    pub async fn owner_id(&self) -> Option<ExtensionId> {
        self.source()
            .with_tokens(|tokens| tokens.owner_id.clone())
            .await
            .flatten()
    }

    /// The permissions that the token carries, for example `ReadCallLog`.
    pub async fn scopes(&self) -> Vec<String> {
        self.source()
            .with_tokens(|tokens| tokens.scopes.clone())
            .await
            .unwrap_or_default()
    }

    fn source(&self) -> &'a TokenSource {
        self.client.token_source()
    }
}
