//! Commands about the words of voicemail.

use super::Switchboard;
use crate::error::CoreError;
use crate::transcription::models::check_file;
use crate::transcription::{OwnKeys, Staff as _, Team, TranscribeError};
use domain::event::CoreEvent;
use domain::ipc::settings::SaveSettings;
use domain::ipc::voicemail::{
    CancelAllTranscriptions, CancelModelDownload, CancelTranscription, CorrectTranscript, DeleteModel,
    DownloadModel, GetTranscript, GetTranscription, SetTranscriberKey, TestTranscriber, Transcribe,
    TranscribeAll,
};
use domain::settings::Settings;
use domain::transcription::{TranscriptState, TranscriptionOverview};
use secrecy::SecretString;
use std::path::Path;
use std::sync::Arc;

/// Longer than any voicemail; a mistake of the window.
const LONGEST_TEXT: usize = 200_000;

impl Switchboard {
    /// The words of a voicemail and what is being done about them.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn get_transcript(&self, request: GetTranscript) -> Result<TranscriptState, CoreError> {
        Ok(self.account()?.transcriptions.state(request.item).await?)
    }

    /// Has a voicemail written down.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when nobody can, in words; [`CoreError::NotFound`].
    pub async fn transcribe(&self, request: Transcribe) -> Result<(), CoreError> {
        self.account()?
            .transcriptions
            .want(request.item, request.by)
            .await
    }

    /// Has all written down that have no words; says how many.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when nobody can, in words.
    pub async fn transcribe_all(&self, _: TranscribeAll) -> Result<u32, CoreError> {
        self.account()?.transcriptions.want_all().await
    }

    /// Stops what was asked for.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn cancel_transcription(&self, request: CancelTranscription) -> Result<(), CoreError> {
        self.account()?.transcriptions.cancel(Some(request.item)).await?;
        Ok(())
    }

    /// Stops everything that was asked for; says how many.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn cancel_all_transcriptions(&self, _: CancelAllTranscriptions) -> Result<u32, CoreError> {
        Ok(self.account()?.transcriptions.cancel(None).await?)
    }

    /// Keeps the text as a person corrected it.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for an empty or endless text, [`CoreError::NotFound`] when there is nothing to correct.
    pub async fn correct_transcript(&self, request: CorrectTranscript) -> Result<(), CoreError> {
        let text = request.text.as_deref().map(str::trim);
        if text.is_some_and(|text| text.is_empty() || text.len() > LONGEST_TEXT) {
            return Err(CoreError::Invalid(
                "The corrected text is empty, or far too long.".to_owned(),
            ));
        }
        let text = text.map(|text| text.replace('\0', ""));
        let account = self.account()?;
        Ok(account
            .store
            .correct_transcript(request.item, text.as_deref())
            .await?)
    }

    /// What the settings show of transcription. Nobody needs to be signed in.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn get_transcription(&self, _: GetTranscription) -> Result<TranscriptionOverview, CoreError> {
        let settings = self.present_settings().await?.transcription;
        let (waiting, without_words) = match self.account() {
            Ok(account) => (
                account.store.open_transcriptions().await?,
                account.store.voicemail_without_words().await?.len(),
            ),
            Err(_) => (0, 0),
        };
        Ok(TranscriptionOverview {
            transcribers: self.team().await?.states(&settings).await,
            models: self.shared.means.models.list(),
            waiting,
            without_words: u32::try_from(without_words).unwrap_or(u32::MAX),
        })
    }

    /// Keeps the key of a service in the keychain, or forgets it.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for somebody who has no key, or no key that could be one; [`CoreError::Store`] when the
    /// keychain refuses.
    pub async fn set_transcriber_key(&self, request: SetTranscriberKey) -> Result<(), CoreError> {
        if !OwnKeys::is_for(request.kind) {
            return Err(CoreError::Invalid("This transcriber needs no key.".to_owned()));
        }
        let key = request
            .key
            .as_deref()
            .map(str::trim)
            .filter(|key| !key.is_empty());
        if key.is_some_and(|key| !key.bytes().all(|one| one.is_ascii_graphic())) {
            return Err(CoreError::Invalid(
                "That is not a key: keys have no spaces and no special letters.".to_owned(),
            ));
        }
        let kept = self
            .shared
            .means
            .keys
            .set(request.kind, key.map(SecretString::from));
        kept.await
            .map_err(|error| CoreError::store(error.message.clone(), error))?;
        self.announce(CoreEvent::TranscriptionChanged);
        Ok(())
    }

    /// Tries a transcriber with a clip that the program brings along; says in words what came of it.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in words, when it does not work.
    pub async fn test_transcriber(&self, request: TestTranscriber) -> Result<String, CoreError> {
        let tested = self.team().await?.test(request.kind).await;
        let tested = tested.map_err(|error| match error {
            TranscribeError::Cancelled => CoreError::Cancelled,
            error => CoreError::Invalid(error.to_string()),
        })?;
        if tested.text.is_empty() {
            return Ok("It answered, but understood nothing of the test recording.".to_owned());
        }
        Ok(format!(
            "It works: “{}” {}.",
            tested.text,
            how_long(tested.seconds)
        ))
    }

    /// Downloads a model, or goes on with it, and uses it when it is here. Answers as soon as it has begun, where things run
    /// in the background.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] for a name that the catalogue does not know; how it ended is told by the overview.
    pub async fn download_model(&self, request: DownloadModel) -> Result<(), CoreError> {
        let models = self.shared.means.models.list();
        if models.iter().all(|model| model.name != request.name) {
            return Err(CoreError::NotFound {
                what: "This speech model",
            });
        }
        let address = self.present_settings().await?.transcription.models_address;
        if !self.shared.config.runs_in_background {
            return self.fetch_model(&request.name, &address).await;
        }
        let board = self.clone();
        tokio::spawn(async move {
            // The overview says why it ended.
            let _ = board.fetch_model(&request.name, &address).await;
        });
        Ok(())
    }

    /// Stops a download; what has arrived is kept.
    ///
    /// # Errors
    /// None today.
    pub async fn cancel_model_download(&self, request: CancelModelDownload) -> Result<(), CoreError> {
        self.shared.means.models.cancel(&request.name);
        Ok(())
    }

    /// Deletes a model, or what has arrived of it.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::Store`] when the disk refuses.
    pub async fn delete_model(&self, request: DeleteModel) -> Result<(), CoreError> {
        self.shared.means.models.delete(&request.name).await?;
        if self.present_settings().await?.transcription.model == request.name {
            self.use_model(String::new()).await?;
        }
        Ok(())
    }

    /// Uses a model file that a person chose; answers what it is called now.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it is no Whisper model.
    pub async fn use_model_file(&self, file: &Path) -> Result<String, CoreError> {
        let chosen = file.to_path_buf();
        tokio::task::spawn_blocking(move || check_file(&chosen))
            .await
            .map_err(|error| CoreError::internal("a file was looked at.", error))?
            .map_err(CoreError::Invalid)?;
        let name = file
            .to_str()
            .ok_or_else(|| CoreError::Invalid("The path of this file cannot be remembered.".to_owned()))?;
        self.use_model(name.to_owned()).await?;
        Ok(name.to_owned())
    }

    async fn fetch_model(&self, name: &str, address: &str) -> Result<(), CoreError> {
        self.shared.means.models.download(name, address).await?;
        self.use_model(name.to_owned()).await
    }

    async fn use_model(&self, model: String) -> Result<(), CoreError> {
        let mut settings = self.present_settings().await?;
        settings.transcription.model = model;
        self.save_settings(SaveSettings { settings }).await?;
        self.announce(CoreEvent::TranscriptionChanged);
        Ok(())
    }

    async fn present_settings(&self) -> Result<Settings, CoreError> {
        match self.account() {
            Ok(account) => Ok(account.store.settings().await?),
            Err(_) => Ok(self.settings_of_computer()),
        }
    }

    async fn team(&self) -> Result<Team, CoreError> {
        match self.account() {
            Ok(account) => Ok(account.team.clone()),
            Err(_) => {
                let settings = self.settings_of_computer().transcription;
                Ok(Team::new(Arc::new(settings), &self.shared.means))
            }
        }
    }
}

fn how_long(seconds: f32) -> String {
    if seconds < 0.1 {
        "at once".to_owned()
    } else {
        format!("in {seconds:.1} seconds")
    }
}
