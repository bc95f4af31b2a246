//! The keys of services, in the keychain. Read once, as a keychain may ask the person each time.
//!
//! A key is never logged, never in an address, and never shown again after it was typed in.

use crate::session::{SecretKeeping, SecretKeepingError};
use domain::transcription::TranscriberKind;
use secrecy::SecretString;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The keys of the services that write down. Clones share them.
#[derive(Debug, Clone)]
pub struct OwnKeys {
    keeping: Arc<dyn SecretKeeping>,
    read: Arc<Mutex<HashMap<TranscriberKind, Option<SecretString>>>>,
}

impl OwnKeys {
    pub fn new(keeping: Arc<dyn SecretKeeping>) -> Self {
        Self {
            keeping,
            read: Arc::default(),
        }
    }

    /// The key of a service, if there is one.
    ///
    /// # Errors
    /// [`SecretKeepingError`] when the keychain cannot be read.
    pub async fn get(&self, kind: TranscriberKind) -> Result<Option<SecretString>, SecretKeepingError> {
        let Some(name) = entry(kind) else {
            return Ok(None);
        };
        let mut read = self.read.lock().await;
        if let Some(known) = read.get(&kind) {
            return Ok(known.clone());
        }
        let key = self.keeping.load(name).await?;
        read.insert(kind, key.clone());
        Ok(key)
    }

    /// Keeps the key of a service; `None` forgets it.
    ///
    /// # Errors
    /// [`SecretKeepingError`] when the keychain refuses.
    pub async fn set(
        &self,
        kind: TranscriberKind,
        key: Option<SecretString>,
    ) -> Result<(), SecretKeepingError> {
        let Some(name) = entry(kind) else {
            return Ok(());
        };
        let mut read = self.read.lock().await;
        match &key {
            Some(key) => self.keeping.keep(name, key).await?,
            None => self.keeping.forget(name).await?,
        }
        read.insert(kind, key);
        Ok(())
    }

    /// Whether this transcriber is one that has a key.
    pub fn is_for(kind: TranscriberKind) -> bool {
        entry(kind).is_some()
    }
}

fn entry(kind: TranscriberKind) -> Option<&'static str> {
    match kind {
        TranscriberKind::Gemini => Some("transcription/gemini"),
        TranscriberKind::OpenAi => Some("transcription/open-ai"),
        TranscriberKind::RingCentral | TranscriberKind::ThisComputer => None,
    }
}
