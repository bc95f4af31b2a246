//! The list, the conversation, and what can be done with an item.

use domain::ipc::{
    IpcError,
    inbox::{
        ListFaxPages, ListInbox, ListTimeline, OpenItem, ReadAttachment, ReadFaxPage, SaveAttachment, Search,
        SetDone, SetRead, Undo,
    },
};
use tauri::{State, ipc::Response};

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_inbox(core: State<'_, Core>, request: ListInbox) -> Reply<ListInbox> {
    Ok(core.get()?.list_inbox(request).await?)
}

#[tauri::command]
pub(crate) async fn open_item(core: State<'_, Core>, request: OpenItem) -> Reply<OpenItem> {
    Ok(core.get()?.open_item(request).await?)
}

#[tauri::command]
pub(crate) async fn list_timeline(core: State<'_, Core>, request: ListTimeline) -> Reply<ListTimeline> {
    Ok(core.get()?.list_timeline(request).await?)
}

#[tauri::command]
pub(crate) async fn set_read(core: State<'_, Core>, request: SetRead) -> Reply<SetRead> {
    Ok(core.get()?.set_read(request).await?)
}

#[tauri::command]
pub(crate) async fn set_done(core: State<'_, Core>, request: SetDone) -> Reply<SetDone> {
    Ok(core.get()?.set_done(request).await?)
}

#[tauri::command]
pub(crate) async fn undo(core: State<'_, Core>, request: Undo) -> Reply<Undo> {
    Ok(core.get()?.undo(request).await?)
}

#[tauri::command]
pub(crate) async fn search(core: State<'_, Core>, request: Search) -> Reply<Search> {
    Ok(core.get()?.search(request).await?)
}

#[tauri::command]
pub(crate) async fn save_attachment(core: State<'_, Core>, request: SaveAttachment) -> Reply<SaveAttachment> {
    Ok(core.get()?.save_attachment(request).await?)
}

/// Bytes cross as they are; as JSON a fax of a megabyte would take four.
#[tauri::command]
pub(crate) async fn read_attachment(
    core: State<'_, Core>,
    request: ReadAttachment,
) -> Result<Response, IpcError> {
    Ok(Response::new(core.get()?.read_attachment(request).await?))
}

#[tauri::command]
pub(crate) async fn list_fax_pages(core: State<'_, Core>, request: ListFaxPages) -> Reply<ListFaxPages> {
    Ok(core.get()?.list_fax_pages(request).await?)
}

/// As bytes, like an attachment.
#[tauri::command]
pub(crate) async fn read_fax_page(core: State<'_, Core>, request: ReadFaxPage) -> Result<Response, IpcError> {
    Ok(Response::new(core.get()?.read_fax_page(request).await?))
}
