//! The keychain where there is one, else memory: decided once, at the first use.
//!
//! Asking a keychain may take long (it may ask the person), so opening the program does not wait for it.

use super::secret_keeping::{InMemory, OsKeychain, SecretKeeping, SecretKeepingError};
use async_trait::async_trait;
use domain::session::KeychainState;
use secrecy::SecretString;
use tokio::sync::OnceCell;

/// Tries the operating system's keychain first.
#[derive(Debug, Default)]
pub struct KeychainOrMemory {
    keychain: OsKeychain,
    /// Set to memory when the keychain turned out not to work here.
    fallback: OnceCell<Option<InMemory>>,
}

impl KeychainOrMemory {
    async fn chosen(&self) -> &dyn SecretKeeping {
        let fallback = self
            .fallback
            .get_or_init(|| async {
                let refusal = self.keychain.probe().await.err()?;
                tracing::warn!(%refusal, "no keychain; the sign-in is kept in memory only");
                Some(InMemory::new(refusal.message))
            })
            .await;
        match fallback {
            Some(memory) => memory,
            None => &self.keychain,
        }
    }
}

#[async_trait]
impl SecretKeeping for KeychainOrMemory {
    fn state(&self) -> KeychainState {
        match self.fallback.get() {
            Some(Some(memory)) => memory.state(),
            _ => KeychainState::Available,
        }
    }

    async fn load(&self, name: &str) -> Result<Option<SecretString>, SecretKeepingError> {
        self.chosen().await.load(name).await
    }

    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), SecretKeepingError> {
        self.chosen().await.keep(name, secret).await
    }

    async fn forget(&self, name: &str) -> Result<(), SecretKeepingError> {
        self.chosen().await.forget(name).await
    }
}
