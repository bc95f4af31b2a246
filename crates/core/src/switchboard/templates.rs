//! Commands about templates.

use super::Switchboard;
use crate::attachments::write_new;
use crate::error::CoreError;
use crate::templates;
use domain::ipc::Undoable;
use domain::ipc::inbox::SavedFile;
use domain::ipc::templates::{
    DeleteTemplate, DuplicateTemplate, ExportTemplates, ImportTemplates, ImportVendorTemplates,
    ListTemplates, PreviewTemplate, SaveTemplate, TemplatePreview, TemplatesImported,
};
use domain::template::MessageTemplate;
use ringcentral::Priority;
use ringcentral::api::ExtensionRef;

/// The name under which templates are saved.
const FILE_NAME: &str = "Text templates.json";

impl Switchboard {
    /// All templates.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`]; so for everything here.
    pub async fn list_templates(&self, _: ListTemplates) -> Result<Vec<MessageTemplate>, CoreError> {
        Ok(self.account()?.store.templates().await?)
    }

    /// Stores a new template, or replaces what an existing one says.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] without a name or a text, [`CoreError::NotFound`].
    pub async fn save_template(&self, request: SaveTemplate) -> Result<MessageTemplate, CoreError> {
        let account = self.account()?;
        templates::save(&account.store, &account.author(), request.id, request.draft).await
    }

    /// A copy beside it.
    ///
    /// # Errors
    /// [`CoreError::NotFound`].
    pub async fn duplicate_template(&self, request: DuplicateTemplate) -> Result<MessageTemplate, CoreError> {
        let account = self.account()?;
        templates::duplicate(&account.store, &account.author(), request.id).await
    }

    /// Deletes a template; it can be taken back.
    ///
    /// # Errors
    /// [`CoreError::NotFound`].
    pub async fn delete_template(&self, request: DeleteTemplate) -> Result<Undoable, CoreError> {
        Ok(self.account()?.store.delete_template(request.id).await?)
    }

    /// What a body becomes for somebody.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the contact is gone.
    pub async fn preview_template(&self, request: PreviewTemplate) -> Result<TemplatePreview, CoreError> {
        let account = self.account()?;
        templates::preview(&account.store, &account.author(), &request.body, request.contact).await
    }

    /// Copies what RingCentral's own store of templates holds.
    ///
    /// # Errors
    /// [`CoreError::Offline`] and other errors of the server; [`CoreError::NotFound`] where it has no such store.
    pub async fn import_vendor_templates(
        &self,
        _: ImportVendorTemplates,
    ) -> Result<TemplatesImported, CoreError> {
        let account = self.account()?;
        let client = account.client().ok_or(CoreError::SignInRequired)?;
        let store = client.message_templates();
        let personal = store.personal(&ExtensionRef::Own, Priority::Interactive).await?;
        let of_company = store.of_company(Priority::Interactive).await?;
        let found = personal.records.into_iter().chain(of_company.records).collect();
        templates::import_vendor(&account.store, &account.author(), found).await
    }

    /// Saves all templates into the person's download folder.
    ///
    /// # Errors
    /// [`CoreError::Store`] when the folder cannot be written.
    pub async fn export_templates(&self, _: ExportTemplates) -> Result<SavedFile, CoreError> {
        let account = self.account()?;
        let content = templates::to_file(&account.store).await?;
        self.save_download(FILE_NAME, content.as_bytes()).await
    }

    /// Brings in the content of such a file.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it is none.
    pub async fn import_templates(&self, request: ImportTemplates) -> Result<TemplatesImported, CoreError> {
        let account = self.account()?;
        templates::import_file(&account.store, &account.author(), &request.content).await
    }

    /// Writes a file into the person's download folder; nothing there is overwritten.
    pub(super) async fn save_download(&self, name: &str, content: &[u8]) -> Result<SavedFile, CoreError> {
        let folder = &self.shared.config.downloads_folder;
        let words = "The file could not be saved in the download folder.";
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| CoreError::store(words, error))?;
        let path = write_new(folder, name, content)
            .await
            .map_err(|error| CoreError::store(words, error))?;
        Ok(SavedFile {
            path: path.to_string_lossy().into_owned(),
        })
    }
}
