//! Where tokens are kept between runs.
//!
//! This crate keeps them in memory only. A keychain is the caller's business, because only the caller can tell the
//! person when there is none.

use std::sync::Mutex;

use async_trait::async_trait;

use super::Tokens;

/// Keeps one set of tokens. Calls never overlap. Implementations must not log what they are given.
#[async_trait]
pub trait TokenStore: Send + Sync + std::fmt::Debug {
    /// The tokens kept last, if any.
    async fn load(&self) -> Result<Option<Tokens>, TokenStoreError>;

    /// Keeps these tokens in place of all earlier ones. Returns when they are safe: the client uses them only then,
    /// because their first use ends the earlier refresh token.
    async fn save(&self, tokens: &Tokens) -> Result<(), TokenStoreError>;

    /// Forgets the tokens.
    async fn clear(&self) -> Result<(), TokenStoreError>;
}

/// Why tokens could not be kept or found.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TokenStoreError {
    message: String,
    #[source]
    source: Option<crate::error::Cause>,
}

impl TokenStoreError {
    /// An error with a sentence for the person.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// The same with its cause.
    pub fn with_source(message: impl Into<String>, source: impl Into<crate::error::Cause>) -> Self {
        Self {
            message: message.into(),
            source: Some(source.into()),
        }
    }
}

/// Keeps tokens in memory: they are gone when the program ends.
#[derive(Debug, Default)]
pub struct MemoryTokenStore(Mutex<Option<Tokens>>);

impl MemoryTokenStore {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Tokens>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self) -> Result<Option<Tokens>, TokenStoreError> {
        Ok(self.lock().clone())
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), TokenStoreError> {
        *self.lock() = Some(tokens.clone());
        Ok(())
    }

    async fn clear(&self) -> Result<(), TokenStoreError> {
        *self.lock() = None;
        Ok(())
    }
}
