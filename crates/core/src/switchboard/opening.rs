//! Opening the data of an account: at the start of the program, and when somebody signs in.
//!
//! Signing in itself is next door; here it is already known whose data is wanted.

use super::account::Account;
use super::{Config, Switchboard};
use crate::error::CoreError;
use crate::session::{AccountKey, AccountSecrets, Credentials, Profile, sign_in};
use crate::store::{Store, StoreError};
use domain::event::CoreEvent;
use domain::session::{KeychainState, SessionState};
use ringcentral::Client;
use std::sync::{Arc, PoisonError};

/// Whose data is open.
#[derive(Debug, Default)]
pub(super) enum Opened {
    #[default]
    None,
    Account(Arc<Account>),
    /// The data of this account is here and cannot be read.
    Unusable {
        profile: Box<Profile>,
        reason: String,
    },
}

impl Switchboard {
    /// Opens what was used last, and takes up its sign-in.
    pub(super) async fn open_last(&self) {
        let Some(profile) = self.shared.profiles.last() else {
            return;
        };
        let secrets = Arc::new(AccountSecrets::bound(
            Arc::clone(&self.shared.config.secrets),
            profile.account.as_str(),
        ));
        let store = match self.open_store(&profile.account).await {
            Ok(store) => store,
            Err(error) => {
                tracing::error!(%error, "the data of the last account cannot be opened");
                let reason = match error {
                    StoreError::Damaged { .. } => {
                        "The data on this computer is damaged. Sign in again to put the \
                         damaged file aside and fetch everything anew; the file itself is kept."
                            .to_owned()
                    }
                    other => other.to_string(),
                };
                self.replace_opened(Opened::Unusable {
                    profile: Box::new(profile),
                    reason,
                });
                return;
            }
        };
        let account = self.make_account(profile, store, secrets);
        self.replace_opened(Opened::Account(Arc::clone(&account)));
        let config = self.shared.config.clone();
        if let Err(error) = account.begin(&config).await {
            tracing::warn!(%error, "transcriptions rest until the next start");
        }
        if config.runs_in_background {
            // The keychain may ask the person first; the window does not wait for that.
            tokio::spawn(async move { take_up_sign_in(&account, &config).await });
        } else {
            take_up_sign_in(&account, &config).await;
        }
    }

    /// Makes `profile` the open account, with a client that is signed in to it. The account that was open goes.
    pub(super) async fn adopt(
        &self,
        profile: Profile,
        client: Client,
        secrets: Arc<AccountSecrets>,
        credentials: &Credentials,
    ) -> Result<(), CoreError> {
        let is_demo = profile.account == AccountKey::demo();
        let held = match self.replace_opened(Opened::None) {
            Opened::Account(old) => {
                old.stop().await;
                if old.profile.account == profile.account && !is_demo {
                    Some(old.store.clone())
                } else {
                    old.store.close().await;
                    None
                }
            }
            Opened::Unusable { .. } | Opened::None => None,
        };
        if is_demo {
            // The demo company is born anew each time, at the present day: yesterday's would not fit to it.
            self.shared
                .profiles
                .erase(&profile.account)
                .map_err(|error| CoreError::store("The data of the last demo cannot be removed.", error))?;
        }
        let store = match held {
            Some(store) if is_sound(&store).await => store,
            Some(damaged) => {
                damaged.close().await;
                self.open_or_move_aside(&profile.account).await?
            }
            None => self.open_or_move_aside(&profile.account).await?,
        };
        if let Some(country) = &profile.home_country {
            store.set_account_country(country).await?;
        }
        if !is_demo {
            self.shared.profiles.remember(&profile).map_err(|error| {
                CoreError::store("The account cannot be remembered on this computer.", error)
            })?;
        }
        secrets.bind(profile.account.as_str(), credentials).await;
        let account = self.make_account(profile, store, secrets);
        account.begin(&self.shared.config).await?;
        account.go_online(client, &self.shared.config).await?;
        self.replace_opened(Opened::Account(account));
        self.announce_everything();
        Ok(())
    }

    /// Another account is open, or none: nothing that is on screen holds any more.
    pub(super) fn announce_everything(&self) {
        for event in [CoreEvent::SessionChanged, CoreEvent::Overflowed] {
            self.shared.changes.announce(event);
        }
    }

    pub(super) fn session_state(&self) -> SessionState {
        match &*self.shared.opened.read().unwrap_or_else(PoisonError::into_inner) {
            Opened::None => SessionState::SignedOut,
            Opened::Account(account) => account.session_state(),
            Opened::Unusable { profile, reason } => SessionState::SignInAgain {
                was: profile.signed_in.clone(),
                reason: reason.clone(),
            },
        }
    }

    pub(super) fn keychain_state(&self) -> KeychainState {
        match self.account() {
            // The demo keeps nothing; what matters is where a real sign-in would be kept.
            Ok(account) if account.profile.account != AccountKey::demo() => account.keychain_state(),
            _ => self.shared.config.secrets.state(),
        }
    }

    fn make_account(&self, profile: Profile, store: Store, secrets: Arc<AccountSecrets>) -> Arc<Account> {
        let folder = self.shared.profiles.folder(&profile.account);
        Arc::new(Account::new(
            profile,
            store,
            secrets,
            self.shared.notices.clone(),
            &folder,
            &self.shared.means,
            &self.shared.tesseract,
        ))
    }

    async fn open_store(&self, account: &AccountKey) -> Result<Store, StoreError> {
        let file = self.shared.profiles.store_file(account);
        let (clock, changes) = (self.shared.config.clock.clone(), self.shared.changes.clone());
        let store = Store::open(file, clock, changes).await?;
        self.carry_settings(&store).await;
        Ok(store)
    }

    /// The person signs in, knowing that what was damaged is put aside. Damage may lie deep in a file that opens, so all
    /// of it is looked at.
    async fn open_or_move_aside(&self, account: &AccountKey) -> Result<Store, CoreError> {
        match self.open_store(account).await {
            Ok(store) if is_sound(&store).await => return Ok(store),
            Ok(store) => store.close().await,
            Err(StoreError::Damaged { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let file = self.shared.profiles.store_file(account);
        let aside = Store::move_aside(&file, &self.shared.config.clock).await?;
        tracing::warn!(aside = %aside.display(), "a damaged store was put aside");
        Ok(self.open_store(account).await?)
    }
}

async fn is_sound(store: &Store) -> bool {
    store.problems().await.is_ok_and(|problems| problems.is_empty())
}

/// Takes up the sign-in of an earlier run, or says why it cannot be.
async fn take_up_sign_in(account: &Account, config: &Config) {
    match restored_client(account, config).await {
        Ok(Some(client)) => {
            if let Err(error) = account.go_online(client, config).await {
                account.lose_sign_in(error.to_string());
            } else {
                account.store.changes().announce(CoreEvent::SyncChanged);
            }
        }
        Ok(None) => {
            let reason = match account.keychain_state() {
                KeychainState::Available => "There is no sign-in on this computer.".to_owned(),
                KeychainState::MemoryOnly { reason } => {
                    format!("The sign-in could not be kept when the program was closed. {reason}")
                }
            };
            account.lose_sign_in(reason);
        }
        Err(error) => account.lose_sign_in(error.to_string()),
    }
}

async fn restored_client(account: &Account, config: &Config) -> Result<Option<Client>, CoreError> {
    let profile = &account.profile;
    let secrets = account.shared_secrets();
    let credentials = secrets
        .credentials()
        .await
        .map_err(|error| CoreError::store(error.message.clone(), error))?;
    let clock = account.store.clock();
    let client = sign_in::client(
        &profile.base_url,
        &profile.client_id,
        &credentials,
        secrets,
        clock,
        config.rate_windows_follow_clock,
    )?;
    let has_jwt = credentials.jwt.is_some();
    if let Some(jwt) = credentials.jwt {
        client.auth().remember_jwt(jwt).await;
    }
    let has_tokens = client.auth().restore().await?;
    Ok((has_tokens || has_jwt).then_some(client))
}
