//! Where secrets are kept between two runs of the program: the keychain of the operating system, or nowhere.
//!
//! There is deliberately no third way. Where there is no keychain the program says so and forgets the secrets when it
//! ends; it never writes one into a file.

use async_trait::async_trait;
use domain::session::KeychainState;
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Under this name the keychain's own window lists our entries.
const SERVICE: &str = "Switchboard";

/// The name of an entry that is only there to be tried.
const PROBE: &str = "probe";

/// A keychain that shows a prompt may take as long as a person needs; one that hangs must not take the program along.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keeps small secrets under a name.
#[async_trait]
pub trait SecretKeeping: Send + Sync + std::fmt::Debug {
    /// Whether what is kept here outlives the program.
    fn state(&self) -> KeychainState;

    /// The secret kept under `name`, if there is one.
    async fn load(&self, name: &str) -> Result<Option<SecretString>, SecretKeepingError>;

    /// Keeps `secret` under `name`, in place of an earlier one. When this returns, it is safe.
    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), SecretKeepingError>;

    /// Forgets the secret; fine when there was none.
    async fn forget(&self, name: &str) -> Result<(), SecretKeepingError>;
}

/// Why a secret could not be kept or found. The message is plain language and names no secret.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct SecretKeepingError {
    pub message: String,
    #[source]
    source: Option<keyring::Error>,
}

/// The keychain of the operating system: Keychain Services, Credential Manager, or the Secret Service.
#[derive(Debug, Default)]
pub struct OsKeychain;

/// Keeps secrets until the program ends.
#[derive(Debug)]
pub struct InMemory {
    reason: String,
    secrets: Mutex<HashMap<String, SecretString>>,
}

impl OsKeychain {
    /// Tries the keychain out by looking for an entry that need not exist.
    ///
    /// # Errors
    /// [`SecretKeepingError`] with the reason why it cannot be used here.
    pub async fn probe(&self) -> Result<(), SecretKeepingError> {
        self.load(PROBE).await.map(|_| ())
    }

    /// Tries the keychain out in earnest: keeps something, finds it again and forgets it. A locked keychain may ask the
    /// person, so this is for somebody who asked.
    ///
    /// # Errors
    /// [`SecretKeepingError`] with the reason why it cannot be used here.
    pub async fn try_out(&self) -> Result<(), SecretKeepingError> {
        let secret = SecretString::from("nothing secret");
        self.keep(PROBE, &secret).await?;
        let found = self.load(PROBE).await?;
        self.forget(PROBE).await?;
        match found {
            Some(found) if found.expose_secret() == secret.expose_secret() => Ok(()),
            _ => Err(SecretKeepingError {
                message: "The keychain of this computer does not give back what it was given.".to_owned(),
                source: None,
            }),
        }
    }
}

#[async_trait]
impl SecretKeeping for OsKeychain {
    fn state(&self) -> KeychainState {
        KeychainState::Available
    }

    async fn load(&self, name: &str) -> Result<Option<SecretString>, SecretKeepingError> {
        let name = name.to_owned();
        blocking(move || match entry(&name)?.get_secret() {
            Ok(secret) => Ok(String::from_utf8(secret).ok().map(SecretString::from)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), SecretKeepingError> {
        let (name, secret) = (name.to_owned(), secret.clone());
        // As bytes: the Credential Manager of Windows would store a password as UTF-16 and has room for 2560 bytes.
        blocking(move || entry(&name)?.set_secret(secret.expose_secret().as_bytes())).await
    }

    async fn forget(&self, name: &str) -> Result<(), SecretKeepingError> {
        let name = name.to_owned();
        blocking(move || match entry(&name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }
}

impl InMemory {
    /// `reason` says in plain language why secrets are not kept any longer.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            secrets: Mutex::default(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretString>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SecretKeeping for InMemory {
    fn state(&self) -> KeychainState {
        KeychainState::MemoryOnly {
            reason: self.reason.clone(),
        }
    }

    async fn load(&self, name: &str) -> Result<Option<SecretString>, SecretKeepingError> {
        Ok(self.lock().get(name).cloned())
    }

    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), SecretKeepingError> {
        self.lock().insert(name.to_owned(), secret.clone());
        Ok(())
    }

    async fn forget(&self, name: &str) -> Result<(), SecretKeepingError> {
        self.lock().remove(name);
        Ok(())
    }
}

fn entry(name: &str) -> keyring::Result<keyring::Entry> {
    keyring::Entry::new(SERVICE, name)
}

/// Keychains answer in their own time, and a locked one asks the person first.
async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, SecretKeepingError> {
    let answer = tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(act)).await;
    match answer {
        Ok(Ok(Ok(value))) => Ok(value),
        Ok(Ok(Err(error))) => Err(SecretKeepingError {
            message: words(&error).to_owned(),
            source: Some(error),
        }),
        Ok(Err(_)) => Err(SecretKeepingError {
            message: "The keychain of this computer failed unexpectedly.".to_owned(),
            source: None,
        }),
        Err(_) => Err(SecretKeepingError {
            message: "The keychain of this computer does not answer.".to_owned(),
            source: None,
        }),
    }
}

fn words(error: &keyring::Error) -> &'static str {
    match error {
        keyring::Error::NoStorageAccess(_) => "The keychain of this computer is locked or refuses access.",
        keyring::Error::NoDefaultStore | keyring::Error::PlatformFailure(_) => {
            "This computer has no keychain that can be used (on Linux: a Secret Service such as GNOME Keyring or \
             KWallet)."
        }
        keyring::Error::TooLong(..) => "The keychain of this computer has no room for the sign-in.",
        _ => "The keychain of this computer cannot be used.",
    }
}
