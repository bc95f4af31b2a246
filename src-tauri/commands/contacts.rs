//! Contacts: looking at them, changing them, bringing them in.

use domain::ipc::contacts::{
    AddContact, AttachNumber, ChooseMatch, DeleteContacts, ExplainMatch, GetContact, ImportContacts,
    ListContacts, MergeContacts, PreviewImport, RefreshDirectory, UpdateContact,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_contacts(core: State<'_, Core>, request: ListContacts) -> Reply<ListContacts> {
    Ok(core.get()?.list_contacts(request).await?)
}

#[tauri::command]
pub(crate) async fn get_contact(core: State<'_, Core>, request: GetContact) -> Reply<GetContact> {
    Ok(core.get()?.get_contact(request).await?)
}

#[tauri::command]
pub(crate) async fn add_contact(core: State<'_, Core>, request: AddContact) -> Reply<AddContact> {
    Ok(core.get()?.add_contact(request).await?)
}

#[tauri::command]
pub(crate) async fn update_contact(core: State<'_, Core>, request: UpdateContact) -> Reply<UpdateContact> {
    Ok(core.get()?.update_contact(request).await?)
}

#[tauri::command]
pub(crate) async fn merge_contacts(core: State<'_, Core>, request: MergeContacts) -> Reply<MergeContacts> {
    Ok(core.get()?.merge_contacts(request).await?)
}

#[tauri::command]
pub(crate) async fn delete_contacts(core: State<'_, Core>, request: DeleteContacts) -> Reply<DeleteContacts> {
    Ok(core.get()?.delete_contacts(request).await?)
}

#[tauri::command]
pub(crate) async fn attach_number(core: State<'_, Core>, request: AttachNumber) -> Reply<AttachNumber> {
    Ok(core.get()?.attach_number(request).await?)
}

#[tauri::command]
pub(crate) async fn explain_match(core: State<'_, Core>, request: ExplainMatch) -> Reply<ExplainMatch> {
    Ok(core.get()?.explain_match(request).await?)
}

#[tauri::command]
pub(crate) async fn choose_match(core: State<'_, Core>, request: ChooseMatch) -> Reply<ChooseMatch> {
    Ok(core.get()?.choose_match(request).await?)
}

#[tauri::command]
pub(crate) async fn preview_import(core: State<'_, Core>, request: PreviewImport) -> Reply<PreviewImport> {
    Ok(core.get()?.preview_import(request).await?)
}

#[tauri::command]
pub(crate) async fn import_contacts(core: State<'_, Core>, request: ImportContacts) -> Reply<ImportContacts> {
    Ok(core.get()?.import_contacts(request).await?)
}

#[tauri::command]
pub(crate) async fn refresh_directory(
    core: State<'_, Core>,
    request: RefreshDirectory,
) -> Reply<RefreshDirectory> {
    Ok(core.get()?.refresh_directory(request).await?)
}
