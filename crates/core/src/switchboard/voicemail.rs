//! Commands about listening to voicemail.

use super::Switchboard;
use crate::error::CoreError;
use crate::sync::Lane;
use domain::ids::CommunicationId;
use domain::ipc::Undoable;
use domain::ipc::inbox::SavedFile;
use domain::ipc::voicemail::{DeleteVoicemail, GetVoicemail, NextUnheard, RememberPosition, SaveVoicemail};
use domain::voicemail::Voicemail;

impl Switchboard {
    /// What the player shows; the sound is brought here and looked at first when that is wanted.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile; [`CoreError::Offline`] and other errors of the server when
    /// the sound has to be fetched and cannot; [`CoreError::Store`] when the disk is full.
    pub async fn get_voicemail(&self, request: GetVoicemail) -> Result<Voicemail, CoreError> {
        let account = self.account()?;
        account
            .voicemails
            .get(account.client(), request.item, request.fetch)
            .await
    }

    /// Remembers where somebody stopped listening.
    ///
    /// # Errors
    /// [`CoreError::NotFound`], [`CoreError::Store`].
    pub async fn remember_position(&self, request: RememberPosition) -> Result<(), CoreError> {
        let account = self.account()?;
        account
            .voicemails
            .remember_position(request.item, request.position_ms)
            .await
    }

    /// The next voicemail that nobody has heard.
    ///
    /// # Errors
    /// As [`Self::list_inbox`].
    pub async fn next_unheard(&self, request: NextUnheard) -> Result<Option<CommunicationId>, CoreError> {
        self.account()?.voicemails.next_unheard(request.after).await
    }

    /// Saves the sound into the person's download folder; nothing there is overwritten.
    ///
    /// # Errors
    /// As [`Self::get_voicemail`], and [`CoreError::Store`] when the folder cannot be written.
    pub async fn save_voicemail(&self, request: SaveVoicemail) -> Result<SavedFile, CoreError> {
        let account = self.account()?;
        let downloads = &self.shared.config.downloads_folder;
        let path = account
            .voicemails
            .save(account.client(), request.item, request.format, downloads)
            .await?;
        Ok(SavedFile {
            path: path.to_string_lossy().into_owned(),
        })
    }

    /// Deletes a voicemail here at once, and at RingCentral when that cannot be taken back any more.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it is not here.
    pub async fn delete_voicemail(&self, request: DeleteVoicemail) -> Result<Undoable, CoreError> {
        let account = self.account()?;
        let done = account.voicemails.delete(request.item).await?;
        account.request(Lane::Deletions);
        Ok(done)
    }
}
