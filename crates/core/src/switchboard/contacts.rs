//! Commands about contacts.

use super::Switchboard;
use crate::error::CoreError;
use domain::contact::Contact;
use domain::import::{ImportPreview, ImportReport};
use domain::ipc::Undoable;
use domain::ipc::contacts::*;
use domain::matching::MatchExplanation;

impl Switchboard {
    /// Contacts by name.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn list_contacts(&self, _request: ListContacts) -> Result<ContactPage, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// One contact.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn get_contact(&self, _request: GetContact) -> Result<Contact, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Adds a contact and links its history.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn add_contact(&self, _request: AddContact) -> Result<SavedContact, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Replaces what the form holds and links its history anew.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn update_contact(&self, _request: UpdateContact) -> Result<SavedContact, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Makes one contact of two.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn merge_contacts(&self, _request: MergeContacts) -> Result<SavedContact, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Deletes contacts; their history stays.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn delete_contacts(&self, _request: DeleteContacts) -> Result<Undoable, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Adds a number to a contact that exists.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn attach_number(&self, _request: AttachNumber) -> Result<SavedContact, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Why an item is linked to whom it is.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn explain_match(&self, _request: ExplainMatch) -> Result<MatchExplanation, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Of several candidates this one it is, now and from now on.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn choose_match(&self, _request: ChooseMatch) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// What importing a file would do.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn preview_import(&self, _request: PreviewImport) -> Result<ImportPreview, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Imports what the preview showed.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn import_contacts(&self, _request: ImportContacts) -> Result<ImportReport, CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }

    /// Fetches the address book and the company directory again.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn refresh_directory(&self, _request: RefreshDirectory) -> Result<(), CoreError> {
        let _account = self.account()?;
        Err(CoreError::SignInRequired)
    }
}
