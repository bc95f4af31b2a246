//! Commands about contacts.

use super::Switchboard;
use crate::contacts::import::decode_content;
use crate::error::CoreError;
use crate::sync::Lane;
use crate::{contacts, matching};
use domain::contact::Contact;
use domain::import::{ImportPreview, ImportReport};
use domain::ipc::Undoable;
use domain::ipc::contacts::{
    AddContact, AttachNumber, ChooseMatch, ContactPage, DeleteContacts, ExplainMatch, GetContact,
    ImportContacts, ListContacts, MergeContacts, PreviewImport, RefreshDirectory, SavedContact,
    UpdateContact,
};
use domain::matching::MatchExplanation;

impl Switchboard {
    /// Contacts by name.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`]; the same for all that only read.
    pub async fn list_contacts(&self, request: ListContacts) -> Result<ContactPage, CoreError> {
        let account = self.account()?;
        Ok(contacts::list(&account.store, &request.query, request.offset, request.limit).await?)
    }

    /// One contact.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was removed meanwhile; so for all that name a contact.
    pub async fn get_contact(&self, request: GetContact) -> Result<Contact, CoreError> {
        Ok(contacts::get(&self.account()?.store, request.id).await?)
    }

    /// Adds a contact and links its history.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when the form holds nothing or a number that is none; so for all that take a form.
    pub async fn add_contact(&self, request: AddContact) -> Result<SavedContact, CoreError> {
        Ok(contacts::add(&self.account()?.store, &request.draft).await?)
    }

    /// Replaces what the form holds and links the history anew.
    ///
    /// # Errors
    /// As [`Self::add_contact`] and [`Self::get_contact`].
    pub async fn update_contact(&self, request: UpdateContact) -> Result<SavedContact, CoreError> {
        Ok(contacts::update(&self.account()?.store, request.id, &request.draft).await?)
    }

    /// Makes one contact of two.
    ///
    /// # Errors
    /// As [`Self::get_contact`], and [`CoreError::Invalid`] when the two cannot be one.
    pub async fn merge_contacts(&self, request: MergeContacts) -> Result<SavedContact, CoreError> {
        Ok(contacts::merge(&self.account()?.store, request.keep, request.absorb).await?)
    }

    /// Deletes contacts; their history stays.
    ///
    /// # Errors
    /// As [`Self::list_contacts`].
    pub async fn delete_contacts(&self, request: DeleteContacts) -> Result<Undoable, CoreError> {
        Ok(contacts::delete(&self.account()?.store, &request.ids).await?)
    }

    /// Adds a number to a contact that exists.
    ///
    /// # Errors
    /// As [`Self::update_contact`].
    pub async fn attach_number(&self, request: AttachNumber) -> Result<SavedContact, CoreError> {
        let account = self.account()?;
        Ok(contacts::attach_number(&account.store, request.id, &request.number, request.label).await?)
    }

    /// Why an item is linked to whom it is.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the item was deleted meanwhile.
    pub async fn explain_match(&self, request: ExplainMatch) -> Result<MatchExplanation, CoreError> {
        Ok(matching::explain(&self.account()?.store, request.id).await?)
    }

    /// Of several candidates this one it is, now and from now on.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the contact does not have the number.
    pub async fn choose_match(&self, request: ChooseMatch) -> Result<(), CoreError> {
        Ok(matching::choose(&self.account()?.store, &request.number, request.contact).await?)
    }

    /// What importing a file would do.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when the file cannot be read or the mapping does not fit it.
    pub async fn preview_import(&self, request: PreviewImport) -> Result<ImportPreview, CoreError> {
        let account = self.account()?;
        let content = decode_content(&request.content_base64)?;
        Ok(contacts::import::preview(&account.store, request.format, content, request.mapping).await?)
    }

    /// Imports what the preview showed, all of it or nothing.
    ///
    /// # Errors
    /// As [`Self::preview_import`].
    pub async fn import_contacts(&self, request: ImportContacts) -> Result<ImportReport, CoreError> {
        let account = self.account()?;
        let content = decode_content(&request.content_base64)?;
        Ok(contacts::import::import(&account.store, request.format, content, request.mapping).await?)
    }

    /// Fetches the address book and the company directory again. Returns at once.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when nobody is signed in.
    pub async fn refresh_directory(&self, _request: RefreshDirectory) -> Result<(), CoreError> {
        let account = self.account()?;
        let sync = account.sync()?;
        for lane in [Lane::Lines, Lane::Directory, Lane::AddressBook] {
            sync.request(lane);
        }
        Ok(())
    }
}
