//! Commands about the inbox and what lies in it.

use super::Switchboard;
use crate::error::CoreError;
use domain::inbox::{InboxPage, ItemDetail, Timeline};
use domain::ipc::Undoable;
use domain::ipc::inbox::*;
use domain::search::SearchResults;

impl Switchboard {
    /// A page of the list, newest first.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn list_inbox(&self, _request: ListInbox) -> Result<InboxPage, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// What the reading pane and the contact panel show.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn open_item(&self, _request: OpenItem) -> Result<ItemDetail, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// An earlier part of somebody's history.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn list_timeline(&self, _request: ListTimeline) -> Result<Timeline, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Marks items as read or unread, here and at RingCentral.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn set_read(&self, _request: SetRead) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Moves items out of the inbox, or back in.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn set_done(&self, _request: SetDone) -> Result<Undoable, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Takes a change back.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn undo(&self, _request: Undo) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Finds people, numbers and words.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn search(&self, _request: Search) -> Result<SearchResults, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// The bytes of an attachment, fetched first when they are not on this computer.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn read_attachment(&self, _request: ReadAttachment) -> Result<Vec<u8>, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Saves an attachment into the person's download folder.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn save_attachment(&self, _request: SaveAttachment) -> Result<SavedFile, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }
}
