//! Commands about reading faxes.

use super::Switchboard;
use crate::error::CoreError;
use crate::fax::Part;
use domain::fax::{FaxView, FaxWord, Transfer};
use domain::ipc::fax::{
    CancelFaxWords, GetFaxTransfer, ListFaxWords, OpenFax, ReadFaxPart, ReadFaxWords, SaveFax, TurnFaxPage,
};
use domain::ipc::inbox::SavedFile;

impl Switchboard {
    /// What is known of a fax. With `fetch` its pages as well, for the viewer: documents that are not on this computer are
    /// fetched first. Without it no document is touched, for a history of many.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile; [`CoreError::Offline`] and other errors of the server when nothing
    /// of it is here and it cannot be fetched; [`CoreError::Store`] when the disk is full.
    pub async fn open_fax(&self, request: OpenFax) -> Result<FaxView, CoreError> {
        let account = self.account()?;
        if request.fetch {
            account.faxes.open(account.client(), request.item).await
        } else {
            account.faxes.known(request.item).await
        }
    }

    /// How far the documents are that are being fetched; none when none is.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was deleted meanwhile.
    pub async fn get_fax_transfer(&self, request: GetFaxTransfer) -> Result<Option<Transfer>, CoreError> {
        self.account()?.faxes.transfer(request.item).await
    }

    /// A part of a page as PNG: the page is drawn `page_width_px` wide, and the part of it from `left` and `top` on is
    /// answered, at most `width` by `height` pixels. For zooms at which a whole page would be too large a picture. Replies
    /// with raw bytes.
    ///
    /// # Errors
    /// As [`Self::read_fax_page`].
    pub async fn read_fax_part(&self, request: ReadFaxPart) -> Result<Vec<u8>, CoreError> {
        let account = self.account()?;
        let part = Part {
            page_width: request.page_width_px,
            left: request.left,
            top: request.top,
            width: request.width,
            height: request.height,
        };
        account
            .faxes
            .part(account.client(), request.id, request.index, part)
            .await
    }

    /// Remembers how a page is turned.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when its document was deleted meanwhile.
    pub async fn turn_fax_page(&self, request: TurnFaxPage) -> Result<(), CoreError> {
        let account = self.account()?;
        account
            .faxes
            .turn(request.id, request.index, request.quarter_turns)
            .await
    }

    /// Saves a fax into the person's download folder under the other side's name and the day; pictures into a folder there.
    ///
    /// # Errors
    /// As [`Self::open_fax`], and [`CoreError::Store`] when the folder cannot be written or a document cannot be read.
    pub async fn save_fax(&self, request: SaveFax) -> Result<SavedFile, CoreError> {
        let account = self.account()?;
        let downloads = &self.shared.config.downloads_folder;
        let path = account
            .faxes
            .save(account.client(), request.item, request.format, downloads)
            .await?;
        Ok(SavedFile {
            path: path.to_string_lossy().into_owned(),
        })
    }

    /// Has the words of a fax read, by tesseract on this computer. What is asked for already is not asked for twice.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when tesseract is not installed, [`CoreError::NotFound`] when there is no such fax.
    pub async fn read_fax_words(&self, request: ReadFaxWords) -> Result<(), CoreError> {
        self.account()?.readings.want(request.item).await
    }

    /// Stops that.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn cancel_fax_words(&self, request: CancelFaxWords) -> Result<(), CoreError> {
        self.account()?.readings.cancel(request.item).await
    }

    /// The words on a page; none while they were not read.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn list_fax_words(&self, request: ListFaxWords) -> Result<Vec<FaxWord>, CoreError> {
        self.account()?.faxes.words(request.id, request.index).await
    }
}
