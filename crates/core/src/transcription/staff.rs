//! Who is at hand to write recordings down, and what hinders those who are not.

use super::courier::{Courier, may_not_leave};
use super::error::TranscribeError;
use super::gemini::{self, Gemini};
use super::local::{self, ThisComputer};
use super::models::Models;
use super::open_ai::{self, OpenAi};
use super::own_keys::OwnKeys;
use super::{Sound, Transcriber, Watch};
use crate::error::CoreError;
use crate::store::{Store, TranscriptRecord};
use async_trait::async_trait;
use bytes::Bytes;
use domain::transcription::{TranscriberKind, TranscriberState, TranscriptionSettings};
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// Two seconds of speech to try somebody with; where it comes from stands beside it.
const CLIP: &[u8] = include_bytes!("../../assets/test-clip.wav");

/// What a person has chosen, as it is now.
#[async_trait]
pub trait CurrentSettings: Send + Sync + fmt::Debug {
    /// Read anew each time.
    ///
    /// # Errors
    /// [`CoreError`] when it cannot be read.
    async fn current(&self) -> Result<TranscriptionSettings, CoreError>;
}

#[async_trait]
impl CurrentSettings for Store {
    async fn current(&self) -> Result<TranscriptionSettings, CoreError> {
        Ok(self.settings().await?.transcription)
    }
}

/// Settings that stand still, where no account is open.
#[async_trait]
impl CurrentSettings for TranscriptionSettings {
    async fn current(&self) -> Result<TranscriptionSettings, CoreError> {
        Ok(self.clone())
    }
}

/// Those who write down: the real ones in the product, a made-up one in tests.
#[async_trait]
pub trait Staff: Send + Sync + fmt::Debug {
    /// Everyone, with what hinders them at the moment.
    async fn states(&self, settings: &TranscriptionSettings) -> Vec<TranscriberState>;

    /// Has somebody write a recording down.
    async fn transcribe(
        &self,
        kind: TranscriberKind,
        sound: &Sound,
        watch: &Watch,
    ) -> Result<TranscriptRecord, TranscribeError>;
}

/// The transcribers that there are. Clones share what they know.
#[derive(Debug, Clone)]
pub struct Team {
    settings: Arc<dyn CurrentSettings>,
    courier: Courier,
    models: Models,
    keys: OwnKeys,
}

/// What transcribers need, whichever account they work for: shared by all of them.
#[derive(Debug, Clone)]
pub struct Means {
    pub models: Models,
    pub keys: OwnKeys,
    /// For recordings only, and only through the courier.
    http: reqwest::Client,
}

/// How a try went.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    pub text: String,
    pub seconds: f32,
}

impl Means {
    /// # Errors
    /// [`CoreError::Internal`] when this computer cannot speak HTTPS.
    pub fn new(models: Models, keys: OwnKeys) -> Result<Self, CoreError> {
        let http = Courier::connections()
            .map_err(|error| CoreError::internal("no connection can be made.", error))?;
        Ok(Self { models, keys, http })
    }
}

impl Team {
    /// Those who go by these settings.
    pub fn new(settings: Arc<dyn CurrentSettings>, means: &Means) -> Self {
        Self {
            courier: Courier::new(means.http.clone(), Arc::clone(&settings)),
            settings,
            models: means.models.clone(),
            keys: means.keys.clone(),
        }
    }

    #[cfg(test)]
    pub(super) fn courier(&self) -> &Courier {
        &self.courier
    }

    #[cfg(test)]
    pub(super) fn with_patience(self, patience: std::time::Duration) -> Self {
        Self {
            courier: self.courier.with_patience(patience),
            ..self
        }
    }

    /// Tries somebody with a clip that the program brings along.
    ///
    /// # Errors
    /// [`TranscribeError`] in words.
    pub async fn test(&self, kind: TranscriberKind) -> Result<Tested, TranscribeError> {
        let sound = Sound {
            content: Bytes::from_static(CLIP),
        };
        let began = Instant::now();
        let record = self.transcribe(kind, &sound, &Watch::idle()).await?;
        Ok(Tested {
            text: record.text,
            seconds: began.elapsed().as_secs_f32(),
        })
    }

    async fn hindrance(
        &self,
        kind: TranscriberKind,
        settings: &TranscriptionSettings,
        has_key: bool,
    ) -> Option<String> {
        match kind {
            // It writes by itself; whether, the person's contract with RingCentral says.
            TranscriberKind::RingCentral => None,
            TranscriberKind::ThisComputer => local::hindrance()
                .map(str::to_owned)
                .or_else(|| self.models.chosen(settings).err()),
            TranscriberKind::Gemini => may_not_leave(kind, settings)
                .or_else(|| gemini::address(&settings.gemini).err())
                .or_else(|| (!has_key).then(|| "The key of Google Gemini is missing.".to_owned())),
            TranscriberKind::OpenAi => may_not_leave(kind, settings)
                .or_else(|| open_ai::address(&settings.open_ai).err())
                .or_else(|| {
                    (!has_key && open_ai::needs_key(&settings.open_ai)).then(|| {
                        "The key of OpenAI is missing. A server of your own needs its address here instead.".to_owned()
                    })
                }),
        }
    }
}

#[async_trait]
impl Staff for Team {
    async fn states(&self, settings: &TranscriptionSettings) -> Vec<TranscriberState> {
        let mut states = Vec::new();
        for kind in [
            TranscriberKind::RingCentral,
            TranscriberKind::ThisComputer,
            TranscriberKind::Gemini,
            TranscriberKind::OpenAi,
        ] {
            let key = self.keys.get(kind).await;
            let has_key = matches!(key, Ok(Some(_)));
            let hindrance = match (&key, self.hindrance(kind, settings, has_key).await) {
                (Err(error), Some(_)) => Some(error.to_string()),
                (_, hindrance) => hindrance,
            };
            states.push(TranscriberState {
                kind,
                hindrance,
                has_key,
            });
        }
        states
    }

    async fn transcribe(
        &self,
        kind: TranscriberKind,
        sound: &Sound,
        watch: &Watch,
    ) -> Result<TranscriptRecord, TranscribeError> {
        let unreadable = "What you chose about transcription cannot be read.";
        let settings = self.settings.current().await;
        let settings = settings.map_err(|error| TranscribeError::later(unreadable).because(error))?;
        let key = self
            .keys
            .get(kind)
            .await
            .map_err(|error| TranscribeError::later(error.to_string()).because(error))?;
        if let Some(why) = self.hindrance(kind, &settings, key.is_some()).await {
            return Err(TranscribeError::refused(why, true));
        }
        let transcriber: Box<dyn Transcriber> = match (kind, key) {
            (TranscriberKind::ThisComputer, _) => {
                let model = self.models.chosen(&settings);
                let model = model.map_err(|why| TranscribeError::refused(why, true))?;
                Box::new(ThisComputer::new(model.file, model.name))
            }
            (TranscriberKind::Gemini, Some(key)) => Box::new(Gemini {
                courier: self.courier.clone(),
                settings: settings.gemini,
                key,
            }),
            (TranscriberKind::OpenAi, key) => Box::new(OpenAi {
                courier: self.courier.clone(),
                settings: settings.open_ai,
                key,
            }),
            (TranscriberKind::Gemini, None) | (TranscriberKind::RingCentral, _) => {
                return Err(TranscribeError::refused(
                    "RingCentral writes by itself and cannot be asked.",
                    false,
                ));
            }
        };
        transcriber.transcribe(sound, watch).await
    }
}
