//! Signing in by one of the three doors, one attempt at a time, and signing out.
//!
//! An attempt can be cancelled until it is known who came in; from then on it is carried through.

use super::Switchboard;
use super::opening::Opened;
use crate::error::CoreError;
use crate::session::{AccountSecrets, Credentials, InMemory, Profile, SecretKeeping, SignInWay, sign_in};
use domain::event::CoreEvent;
use domain::session::{Server, SessionState};
use ringcentral::Client;
use ringcentral::auth::BrowserSignIn;
use secrecy::SecretString;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long a sign-out waits for the server to hear of it.
const PATIENCE_WITH_REVOCATION: Duration = Duration::from_secs(5);

/// The attempt to sign in that is under way, if any.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<Option<Attempt>>);

#[derive(Debug, Clone)]
struct Attempt {
    state: SessionState,
    cancelled: CancellationToken,
}

/// By which door somebody comes in.
pub(super) enum Door {
    Browser,
    Jwt(SecretString),
    Demo(SecretString),
}

impl Attempts {
    /// What is shown while an attempt is under way.
    pub(super) fn state(&self) -> Option<SessionState> {
        self.lock().as_ref().map(|attempt| attempt.state.clone())
    }

    pub(super) fn cancel(&self) {
        if let Some(attempt) = &*self.lock() {
            attempt.cancelled.cancel();
        }
    }

    /// The attempt has come further.
    fn show(&self, state: SessionState) {
        if let Some(attempt) = &mut *self.lock() {
            attempt.state = state;
        }
    }

    /// Begins an attempt; one that was under way is cancelled.
    fn begin(&self, state: SessionState) -> CancellationToken {
        let cancelled = CancellationToken::new();
        let before = self.lock().replace(Attempt {
            state,
            cancelled: cancelled.clone(),
        });
        if let Some(before) = before {
            before.cancelled.cancel();
        }
        cancelled
    }

    /// Ends this attempt, unless another has taken its place.
    fn end(&self, cancelled: &CancellationToken) {
        cancelled.cancel();
        let mut attempt = self.lock();
        if attempt
            .as_ref()
            .is_some_and(|attempt| attempt.cancelled.is_cancelled())
        {
            *attempt = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Attempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Door {
    fn way(&self) -> SignInWay {
        match self {
            Self::Browser => SignInWay::Browser,
            Self::Jwt(_) => SignInWay::Jwt,
            Self::Demo(_) => SignInWay::Demo,
        }
    }

    fn state(&self) -> SessionState {
        match self {
            Self::Browser => SessionState::WaitingForBrowser,
            Self::Jwt(_) | Self::Demo(_) => SessionState::SigningIn,
        }
    }
}

impl Switchboard {
    /// Signs in and opens the account's data.
    pub(super) async fn sign_in(&self, server: Server, door: Door) -> Result<(), CoreError> {
        let attempt = Guard::begin(self, door.state());
        let entered = tokio::select! {
            () = attempt.cancelled.cancelled() => Err(CoreError::Cancelled),
            entered = self.enter(&server, &door) => entered,
        }?;
        let _turn = self.shared.turn.lock().await;
        let adopted = self
            .adopt(
                entered.profile,
                entered.client,
                entered.secrets,
                &entered.credentials,
            )
            .await;
        if adopted.is_err() {
            // The account that was open made way; it comes back, so that nobody stands before an empty window.
            self.open_last().await;
            self.announce_everything();
        }
        adopted
    }

    /// Stops the attempt that is under way, if there is one.
    pub(super) fn cancel_attempt(&self) {
        self.shared.attempts.cancel();
    }

    /// Signs out; the server hears of it if it can be reached.
    pub(super) async fn leave(&self, erases_data: bool) -> Result<(), CoreError> {
        self.shared.attempts.cancel();
        let _turn = self.shared.turn.lock().await;
        let opened = self.replace_opened(Opened::None);
        let account_key = match &opened {
            Opened::None => return Ok(()),
            Opened::Unusable { profile, .. } => profile.account.clone(),
            Opened::Account(account) => account.profile.account.clone(),
        };
        if let Opened::Account(account) = opened {
            account.stop().await;
            if let Some(client) = account.client() {
                // "Errors of a revocation are ignored" (developers.ringcentral.com/guide/basics/errors).
                let _ = tokio::time::timeout(PATIENCE_WITH_REVOCATION, client.auth().sign_out()).await;
            }
            account.shared_secrets().forget().await;
            account.store.close().await;
        } else {
            AccountSecrets::bound(Arc::clone(&self.shared.config.secrets), account_key.as_str())
                .forget()
                .await;
        }
        let forgotten = self.shared.profiles.forget_last();
        let erased = if erases_data {
            self.shared.profiles.erase(&account_key)
        } else {
            Ok(())
        };
        self.announce_everything();
        forgotten.map_err(|error| {
            CoreError::store("The account could not be forgotten on this computer.", error)
        })?;
        erased.map_err(|error| CoreError::store("Not all data of the account could be removed.", error))
    }

    async fn enter(&self, server: &Server, door: &Door) -> Result<Entered, CoreError> {
        let config = &self.shared.config;
        let keeping: Arc<dyn SecretKeeping> = match door {
            // What opens the demo is made for one evening and belongs in no keychain.
            Door::Demo(_) => Arc::new(InMemory::new("The demo company keeps no sign-in.")),
            Door::Browser | Door::Jwt(_) => Arc::clone(&config.secrets),
        };
        let secrets = Arc::new(AccountSecrets::unbound(keeping));
        let client_secret = server
            .client_secret
            .as_deref()
            .map(str::trim)
            .filter(|secret| !secret.is_empty());
        let credentials = Credentials {
            client_secret: client_secret.map(SecretString::from),
            jwt: match door {
                Door::Jwt(jwt) | Door::Demo(jwt) => Some(jwt.clone()),
                Door::Browser => None,
            },
        };
        let client = sign_in::client(
            &server.base_url,
            &server.client_id,
            &credentials,
            Arc::clone(&secrets),
            &config.clock,
            self.shared.config.rate_windows_follow_clock,
        )?;
        match door {
            Door::Browser => {
                let options = BrowserSignIn {
                    port: config.redirect_port,
                    ..BrowserSignIn::default()
                };
                client
                    .auth()
                    .sign_in_with_browser(&options, |url| config.open_browser.at(url))
                    .await?;
                self.shared.attempts.show(SessionState::SigningIn);
                self.shared.changes.announce(CoreEvent::SessionChanged);
            }
            Door::Jwt(jwt) | Door::Demo(jwt) => client.auth().sign_in_with_jwt(jwt.clone()).await?,
        }
        match sign_in::who_is_it(&client, server, door.way()).await {
            Ok(profile) => Ok(Entered {
                profile,
                client,
                secrets,
                credentials,
            }),
            Err(error) => {
                // Nobody will use this session: it must not count against the person's limit.
                let _ = client.auth().sign_out().await;
                Err(error)
            }
        }
    }
}

/// Somebody is in, and it is known who.
struct Entered {
    profile: Profile,
    client: Client,
    secrets: Arc<AccountSecrets>,
    credentials: Credentials,
}

/// The attempt is over when this goes, however it ended.
struct Guard<'a> {
    switchboard: &'a Switchboard,
    cancelled: CancellationToken,
}

impl<'a> Guard<'a> {
    fn begin(switchboard: &'a Switchboard, state: SessionState) -> Self {
        let cancelled = switchboard.shared.attempts.begin(state);
        switchboard.shared.changes.announce(CoreEvent::SessionChanged);
        Self {
            switchboard,
            cancelled,
        }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.switchboard.shared.attempts.end(&self.cancelled);
        self.switchboard
            .shared
            .changes
            .announce(CoreEvent::SessionChanged);
    }
}
