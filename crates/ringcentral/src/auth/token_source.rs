//! The one holder of a client's tokens: hands out the access token and renews it.
//!
//! Renewal is in a single flight and in a task of its own, so that a caller who loses interest cannot lose the answer
//! on its way: RingCentral ends the old refresh token soon after the new access token is first used. For the same
//! reason new tokens are kept safe before they are used, and a lost answer is answered by sending the OLD refresh
//! token again (developers.ringcentral.com/guide/authentication/refresh-tokens).

use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::{
    SignIn, TokenStore, Tokens,
    loopback::AuthorizationCode,
    token_endpoint::{self, Grant},
};
use crate::{client::Transport, clock::Clock, error::Error};

/// An access token and which renewal it came from.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) token: SecretString,
    pub(crate) generation: u64,
}

#[derive(Debug)]
pub(crate) struct TokenSource {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    transport: Arc<Transport>,
    clock: Arc<dyn Clock>,
    store: Arc<dyn TokenStore>,
    state: Arc<Mutex<State>>,
    sign_in: watch::Sender<SignIn>,
}

#[derive(Debug, Default)]
struct State {
    is_loaded: bool,
    tokens: Option<Tokens>,
    jwt: Option<SecretString>,
    generation: u64,
    /// Why there are no tokens any more.
    ended: Option<(String, Option<String>)>,
}

impl TokenSource {
    pub(crate) fn new(transport: Arc<Transport>, clock: Arc<dyn Clock>, store: Arc<dyn TokenStore>) -> Self {
        let (sign_in, _) = watch::channel(SignIn::Unknown);
        Self {
            shared: Arc::new(Shared {
                transport,
                clock,
                store,
                state: Arc::default(),
                sign_in,
            }),
        }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<SignIn> {
        self.shared.sign_in.subscribe()
    }

    pub(crate) async fn with_tokens<T>(&self, read: impl FnOnce(&Tokens) -> T) -> Option<T> {
        self.shared.state.lock().await.tokens.as_ref().map(read)
    }

    /// The access token, renewed first when it is about to end.
    pub(crate) async fn access(&self) -> Result<Access, Error> {
        let state = self.lock_loaded().await?;
        match &state.tokens {
            Some(tokens) if !tokens.is_renewal_due(self.shared.clock.now()) => Ok(state.access(tokens)),
            _ => self.renew_in_task(state, false).await,
        }
    }

    /// The server did not take the token of `generation`: gives the next one, renewing only if nobody else has.
    pub(crate) async fn after_rejection_of(&self, generation: u64) -> Result<Access, Error> {
        let state = self.lock_loaded().await?;
        match &state.tokens {
            Some(tokens) if state.generation != generation => Ok(state.access(tokens)),
            _ => self.renew_in_task(state, true).await,
        }
    }

    pub(crate) async fn restore(&self) -> Result<bool, Error> {
        let state = self.lock_loaded().await?;
        let now = self.shared.clock.now();
        Ok(state
            .tokens
            .as_ref()
            .is_some_and(|t| t.is_alive(now) || t.refresh_token.is_some()))
    }

    pub(crate) async fn sign_in_with_jwt(&self, jwt: SecretString) -> Result<(), Error> {
        let mut state = self.shared.state.clone().lock_owned().await;
        let tokens = self.shared.request(Grant::Jwt(&jwt)).await.map_err(refused)?;
        state.jwt = Some(jwt);
        self.shared.keep(&mut state, tokens).await;
        Ok(())
    }

    pub(crate) async fn remember_jwt(&self, jwt: SecretString) {
        self.shared.state.lock().await.jwt = Some(jwt);
    }

    pub(super) async fn sign_in_with_code(&self, code: AuthorizationCode) -> Result<(), Error> {
        let mut state = self.shared.state.clone().lock_owned().await;
        let tokens = self.shared.request(Grant::Code(&code)).await.map_err(refused)?;
        state.jwt = None;
        self.shared.keep(&mut state, tokens).await;
        Ok(())
    }

    pub(crate) async fn sign_out(&self) -> Result<(), Error> {
        let mut state = match self.lock_loaded().await {
            Ok(state) => state,
            // Even if the store cannot be read it must be emptied.
            Err(_) => self.shared.state.clone().lock_owned().await,
        };
        let tokens = state.tokens.take();
        state.jwt = None;
        state.ended = None;
        state.is_loaded = true;
        let cleared = self.shared.store.clear().await.map_err(Error::TokenStore);
        self.shared.sign_in.send_replace(SignIn::SignedOut);
        if let Some(tokens) = tokens
            && let Err(error) = token_endpoint::revoke(&self.shared.transport, &tokens.access_token).await
        {
            tracing::info!(%error, "the session could not be revoked; its tokens end by themselves");
        }
        cleared
    }

    async fn lock_loaded(&self) -> Result<OwnedMutexGuard<State>, Error> {
        let mut state = self.shared.state.clone().lock_owned().await;
        if !state.is_loaded {
            state.tokens = self.shared.store.load().await.map_err(Error::TokenStore)?;
            state.is_loaded = true;
            let sign_in = if state.tokens.is_some() {
                SignIn::SignedIn
            } else {
                SignIn::SignedOut
            };
            self.shared.sign_in.send_replace(sign_in);
        }
        Ok(state)
    }

    /// The guard goes into the task: whoever asks meanwhile waits for this renewal instead of starting another.
    async fn renew_in_task(
        &self,
        mut state: OwnedMutexGuard<State>,
        is_rejected: bool,
    ) -> Result<Access, Error> {
        let shared = self.shared.clone();
        let renewal = tokio::spawn(async move { shared.renew(&mut state, is_rejected).await });
        renewal.await.unwrap_or_else(|stopped| {
            Err(Error::Network {
                operation: "getToken",
                may_have_arrived: true,
                source: Box::new(stopped),
            })
        })
    }
}

impl State {
    fn access(&self, tokens: &Tokens) -> Access {
        Access {
            token: tokens.access_token.clone(),
            generation: self.generation,
        }
    }
}

impl Shared {
    async fn renew(&self, state: &mut State, is_rejected: bool) -> Result<Access, Error> {
        let now = self.clock.now();
        let current = state.tokens.clone();
        // One that has ended by our clock is tried all the same when there is nothing else: our clock may be wrong, and
        // then it would cost the person a sign-in.
        let is_last_resort = state.jwt.is_none();
        let refresh_token = current.as_ref().and_then(|tokens| {
            let ended = || tokens.refresh_token.as_ref().filter(|_| is_last_resort);
            tokens.usable_refresh_token(now).or_else(ended).cloned()
        });
        let by_refresh = match (&current, &refresh_token) {
            (Some(tokens), Some(refresh_token)) => Some(
                self.request_patiently(|| Grant::Refresh(tokens, refresh_token))
                    .await,
            ),
            _ => None,
        };
        let outcome = match (by_refresh, state.jwt.clone()) {
            (Some(Err(error)), Some(jwt)) if ends_the_session(&error) => {
                self.request_patiently(|| Grant::Jwt(&jwt)).await
            }
            (Some(outcome), _) => outcome,
            (None, Some(jwt)) => self.request_patiently(|| Grant::Jwt(&jwt)).await,
            (None, None) => match current.filter(|tokens| tokens.is_alive(now) && !is_rejected) {
                // An app without refresh tokens uses its access token to the end.
                Some(tokens) => return Ok(state.access(&tokens)),
                None => return Err(self.end(state, None).await),
            },
        };
        match outcome {
            Ok(tokens) => Ok(self.keep(state, tokens).await),
            Err(error) if ends_the_session(&error) => Err(self.end(state, Some(&error)).await),
            Err(error) => match &state.tokens {
                // The token endpoint is out of reach, but the present token still works for a while.
                Some(tokens) if tokens.is_alive(now) && !is_rejected => Ok(state.access(tokens)),
                _ => Err(error),
            },
        }
    }

    async fn request(&self, grant: Grant<'_>) -> Result<Tokens, Error> {
        token_endpoint::request_tokens(&self.transport, &*self.clock, grant).await
    }

    async fn request_patiently<'a>(&self, grant: impl Fn() -> Grant<'a>) -> Result<Tokens, Error> {
        let policy = &self.transport.config().retry;
        let mut tries_left = policy.token_tries;
        loop {
            let error = match self.request(grant()).await {
                Ok(tokens) => return Ok(tokens),
                Err(error) => error,
            };
            tries_left = tries_left.saturating_sub(1);
            // Without a network more tries would only make everyone wait longer; the request that needed the token
            // decides whether it comes back, and then the same refresh token is sent again.
            let is_offline = matches!(error, Error::Network { .. });
            if tries_left == 0 || is_offline || !error.is_transient() {
                return Err(error);
            }
            tracing::warn!(%error, "the access token could not be renewed; trying again");
            tokio::time::sleep(error.retry_after().unwrap_or(policy.token_delay)).await;
        }
    }

    /// Keeps new tokens safe, and only then lets them be used.
    async fn keep(&self, state: &mut State, tokens: Tokens) -> Access {
        if let Err(error) = self.store.save(&tokens).await {
            // They still work until the program ends; the store's owner knows why and tells the person.
            tracing::warn!(%error, "the new sign-in could not be stored");
        }
        state.is_loaded = true;
        state.ended = None;
        state.generation += 1;
        let access = state.access(&tokens);
        state.tokens = Some(tokens);
        self.sign_in.send_replace(SignIn::SignedIn);
        access
    }

    /// The session is over: forgets the tokens and says what the person has to do.
    async fn end(&self, state: &mut State, error: Option<&Error>) -> Error {
        if let Some(error) = error {
            state.ended = Some((words_of(error), error.code().map(str::to_owned)));
        } else if state.tokens.is_some() {
            state.ended = Some(("the session has ended".to_owned(), None));
        }
        if state.tokens.take().is_some()
            && let Err(error) = self.store.clear().await
        {
            tracing::warn!(%error, "the ended sign-in could not be removed from the store");
        }
        let (reason, code) = state
            .ended
            .clone()
            .unwrap_or_else(|| ("nobody has signed in yet".to_owned(), None));
        let sign_in = match state.ended {
            Some(_) => SignIn::Required {
                reason: reason.clone(),
            },
            None => SignIn::SignedOut,
        };
        self.sign_in.send_replace(sign_in);
        Error::SignInRequired { reason, code }
    }
}

/// "On 400 do not retry, ask for a new login" (developers.ringcentral.com/guide/basics/errors); 401 and 403 say that
/// the app itself is not (or no longer) welcome.
fn ends_the_session(error: &Error) -> bool {
    matches!(error.status(), Some(400 | 401 | 403))
}

fn words_of(error: &Error) -> String {
    match error {
        Error::Api(api) | Error::Forbidden { api, .. } => api.message.clone(),
        other => other.to_string(),
    }
}

fn refused(error: Error) -> Error {
    if ends_the_session(&error) {
        Error::SignInRefused {
            reason: words_of(&error),
        }
    } else {
        error
    }
}
