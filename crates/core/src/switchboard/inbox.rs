//! Commands about the inbox and what lies in it.

use super::Switchboard;
use crate::error::CoreError;
use crate::sync::Lane;
use crate::{inbox, search};
use domain::attachment::FaxPage;
use domain::inbox::{InboxPage, ItemDetail, Timeline};
use domain::ipc::Undoable;
use domain::ipc::inbox::{
    ListFaxPages, ListInbox, ListTimeline, OpenItem, ReadAttachment, ReadFaxPage, SaveAttachment, SavedFile,
    Search, SetDone, SetRead, Undo,
};
use domain::search::SearchResults;

impl Switchboard {
    /// A page of the list, newest first.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`]; the same for all that only read.
    pub async fn list_inbox(&self, request: ListInbox) -> Result<InboxPage, CoreError> {
        let account = self.account()?;
        Ok(account
            .store
            .list_inbox(request.tab, request.after.as_ref(), request.limit)
            .await?)
    }

    /// What the reading pane and the contact panel show.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile.
    pub async fn open_item(&self, request: OpenItem) -> Result<ItemDetail, CoreError> {
        Ok(inbox::open_item(&self.account()?.store, request.id).await?)
    }

    /// An earlier part of somebody's history.
    ///
    /// # Errors
    /// As [`Self::list_inbox`].
    pub async fn list_timeline(&self, request: ListTimeline) -> Result<Timeline, CoreError> {
        let account = self.account()?;
        Ok(account
            .store
            .timeline(&request.subject, request.before.as_ref(), request.limit)
            .await?)
    }

    /// Marks items as read or unread here, and at RingCentral as soon as it can be reached.
    ///
    /// # Errors
    /// As [`Self::list_inbox`].
    pub async fn set_read(&self, request: SetRead) -> Result<(), CoreError> {
        let account = self.account()?;
        account.store.set_read(&request.ids, request.is_read).await?;
        account.request(Lane::ReadStates);
        Ok(())
    }

    /// Moves items out of the inbox, or back in.
    ///
    /// # Errors
    /// As [`Self::list_inbox`].
    pub async fn set_done(&self, request: SetDone) -> Result<Undoable, CoreError> {
        Ok(self
            .account()?
            .store
            .set_done(&request.ids, request.is_done)
            .await?)
    }

    /// Takes a change back.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it was changed since.
    pub async fn undo(&self, request: Undo) -> Result<(), CoreError> {
        let account = self.account()?;
        account.store.undo(&request.token).await?;
        if !account.store.consents_to_upload().await?.is_empty() {
            account.request(Lane::Consents);
        }
        Ok(())
    }

    /// Finds people, numbers by any part of them, and words in texts and transcripts.
    ///
    /// # Errors
    /// As [`Self::list_inbox`].
    pub async fn search(&self, request: Search) -> Result<SearchResults, CoreError> {
        Ok(search::search(&self.account()?.store, &request.query, request.limit).await?)
    }

    /// The bytes of an attachment, fetched first when they are not on this computer.
    ///
    /// # Errors
    /// [`CoreError::Offline`] and other errors of the server when it has to be fetched and cannot.
    pub async fn read_attachment(&self, request: ReadAttachment) -> Result<Vec<u8>, CoreError> {
        let account = self.account()?;
        account.attachments.read(account.client(), request.id).await
    }

    /// The pages of a fax, in order.
    ///
    /// # Errors
    /// As [`Self::read_attachment`], and [`CoreError::Store`] when the document cannot be shown.
    pub async fn list_fax_pages(&self, request: ListFaxPages) -> Result<Vec<FaxPage>, CoreError> {
        let account = self.account()?;
        account.faxes.pages(account.client(), request.id).await
    }

    /// A page of a fax as PNG.
    ///
    /// # Errors
    /// As [`Self::list_fax_pages`].
    pub async fn read_fax_page(&self, request: ReadFaxPage) -> Result<Vec<u8>, CoreError> {
        let account = self.account()?;
        account
            .faxes
            .page(account.client(), request.id, request.index, request.width_px)
            .await
    }

    /// Saves an attachment into the person's download folder; nothing there is overwritten.
    ///
    /// # Errors
    /// As [`Self::read_attachment`], and [`CoreError::Store`] when the folder cannot be written.
    pub async fn save_attachment(&self, request: SaveAttachment) -> Result<SavedFile, CoreError> {
        let account = self.account()?;
        let downloads = &self.shared.config.downloads_folder;
        let path = account
            .attachments
            .save(account.client(), request.id, downloads)
            .await?;
        Ok(SavedFile {
            path: path.to_string_lossy().into_owned(),
        })
    }
}
