//! Reading faxes and sending them.

use std::sync::{Mutex, PoisonError};

use domain::ipc::{
    IpcError,
    fax::{
        AddDroppedFiles, CallBackFax, CancelFaxUpload, CancelFaxWords, CheckFax, ChooseFaxFiles, DiscardFax,
        DiscardFaxDraft, EditFax, GetFaxDraft, GetFaxOptions, GetFaxTransfer, ListFaxDrafts, ListFaxWords,
        NewFax, OpenFax, ReadFaxCover, ReadFaxDraftPage, ReadFaxPart, ReadFaxWords, RemoveFaxFile, ResendFax,
        RestoreFax, RetryFax, SaveFax, SendFax, SetFaxCover, SetFaxPages, SetFaxRecipients, SetFaxSending,
        SuggestFaxRecipients, TakeBackFax, TurnFaxPage,
    },
};
use std::path::PathBuf;
use tauri::{AppHandle, Manager as _, Runtime, State, ipc::Response};
use tauri_plugin_dialog::DialogExt as _;

use super::Reply;
use crate::core::Core;

/// The files that were dropped on the window last and that nobody has taken yet. The page never learns where they are.
#[derive(Debug, Default)]
pub(crate) struct Dropped(Mutex<Vec<PathBuf>>);

impl Dropped {
    pub(crate) fn put(&self, files: Vec<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = files;
    }

    fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[tauri::command]
pub(crate) async fn open_fax(core: State<'_, Core>, request: OpenFax) -> Reply<OpenFax> {
    Ok(core.get()?.open_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn get_fax_transfer(
    core: State<'_, Core>,
    request: GetFaxTransfer,
) -> Reply<GetFaxTransfer> {
    Ok(core.get()?.get_fax_transfer(request).await?)
}

#[tauri::command]
pub(crate) async fn read_fax_part(core: State<'_, Core>, request: ReadFaxPart) -> Result<Response, IpcError> {
    Ok(Response::new(core.get()?.read_fax_part(request).await?))
}

#[tauri::command]
pub(crate) async fn turn_fax_page(core: State<'_, Core>, request: TurnFaxPage) -> Reply<TurnFaxPage> {
    Ok(core.get()?.turn_fax_page(request).await?)
}

#[tauri::command]
pub(crate) async fn save_fax(core: State<'_, Core>, request: SaveFax) -> Reply<SaveFax> {
    Ok(core.get()?.save_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn read_fax_words(core: State<'_, Core>, request: ReadFaxWords) -> Reply<ReadFaxWords> {
    Ok(core.get()?.read_fax_words(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_fax_words(
    core: State<'_, Core>,
    request: CancelFaxWords,
) -> Reply<CancelFaxWords> {
    Ok(core.get()?.cancel_fax_words(request).await?)
}

#[tauri::command]
pub(crate) async fn list_fax_words(core: State<'_, Core>, request: ListFaxWords) -> Reply<ListFaxWords> {
    Ok(core.get()?.list_fax_words(request).await?)
}

#[tauri::command]
pub(crate) async fn get_fax_options(core: State<'_, Core>, request: GetFaxOptions) -> Reply<GetFaxOptions> {
    Ok(core.get()?.get_fax_options(request).await?)
}

#[tauri::command]
pub(crate) async fn new_fax(core: State<'_, Core>, request: NewFax) -> Reply<NewFax> {
    Ok(core.get()?.new_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn get_fax_draft(core: State<'_, Core>, request: GetFaxDraft) -> Reply<GetFaxDraft> {
    Ok(core.get()?.get_fax_draft(request).await?)
}

#[tauri::command]
pub(crate) async fn list_fax_drafts(core: State<'_, Core>, request: ListFaxDrafts) -> Reply<ListFaxDrafts> {
    Ok(core.get()?.list_fax_drafts(request).await?)
}

#[tauri::command]
pub(crate) async fn add_dropped_files<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, Core>,
    request: AddDroppedFiles,
) -> Reply<AddDroppedFiles> {
    let files = app.state::<Dropped>().take();
    Ok(core.get()?.add_fax_files(request.draft, files).await?)
}

/// The system's own file chooser, so that the page never learns what files there are.
#[tauri::command]
pub(crate) async fn choose_fax_files<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, Core>,
    request: ChooseFaxFiles,
) -> Reply<ChooseFaxFiles> {
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title("Choose what to fax")
        .pick_files(move |files| {
            // Nobody waits any more when the window is gone.
            let _ = chosen.send(files);
        });
    let files: Vec<PathBuf> = choice
        .await
        .ok()
        .flatten()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|file| file.into_path().ok())
        .collect();
    if files.is_empty() {
        return Ok(None);
    }
    Ok(Some(core.get()?.add_fax_files(request.draft, files).await?))
}

#[tauri::command]
pub(crate) async fn remove_fax_file(core: State<'_, Core>, request: RemoveFaxFile) -> Reply<RemoveFaxFile> {
    Ok(core.get()?.remove_fax_file(request).await?)
}

#[tauri::command]
pub(crate) async fn set_fax_recipients(
    core: State<'_, Core>,
    request: SetFaxRecipients,
) -> Reply<SetFaxRecipients> {
    Ok(core.get()?.set_fax_recipients(request).await?)
}

#[tauri::command]
pub(crate) async fn set_fax_pages(core: State<'_, Core>, request: SetFaxPages) -> Reply<SetFaxPages> {
    Ok(core.get()?.set_fax_pages(request).await?)
}

#[tauri::command]
pub(crate) async fn set_fax_cover(core: State<'_, Core>, request: SetFaxCover) -> Reply<SetFaxCover> {
    Ok(core.get()?.set_fax_cover(request).await?)
}

#[tauri::command]
pub(crate) async fn set_fax_sending(core: State<'_, Core>, request: SetFaxSending) -> Reply<SetFaxSending> {
    Ok(core.get()?.set_fax_sending(request).await?)
}

#[tauri::command]
pub(crate) async fn suggest_fax_recipients(
    core: State<'_, Core>,
    request: SuggestFaxRecipients,
) -> Reply<SuggestFaxRecipients> {
    Ok(core.get()?.suggest_fax_recipients(request).await?)
}

#[tauri::command]
pub(crate) async fn check_fax(core: State<'_, Core>, request: CheckFax) -> Reply<CheckFax> {
    Ok(core.get()?.check_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn read_fax_draft_page(
    core: State<'_, Core>,
    request: ReadFaxDraftPage,
) -> Result<Response, IpcError> {
    Ok(Response::new(core.get()?.read_fax_draft_page(request).await?))
}

#[tauri::command]
pub(crate) async fn read_fax_cover(
    core: State<'_, Core>,
    request: ReadFaxCover,
) -> Result<Response, IpcError> {
    Ok(Response::new(core.get()?.read_fax_cover(request).await?))
}

#[tauri::command]
pub(crate) async fn send_fax(core: State<'_, Core>, request: SendFax) -> Reply<SendFax> {
    Ok(core.get()?.send_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn discard_fax_draft(
    core: State<'_, Core>,
    request: DiscardFaxDraft,
) -> Reply<DiscardFaxDraft> {
    Ok(core.get()?.discard_fax_draft(request).await?)
}

#[tauri::command]
pub(crate) async fn take_back_fax(core: State<'_, Core>, request: TakeBackFax) -> Reply<TakeBackFax> {
    Ok(core.get()?.take_back_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_fax_upload(
    core: State<'_, Core>,
    request: CancelFaxUpload,
) -> Reply<CancelFaxUpload> {
    Ok(core.get()?.cancel_fax_upload(request).await?)
}

#[tauri::command]
pub(crate) async fn call_back_fax(core: State<'_, Core>, request: CallBackFax) -> Reply<CallBackFax> {
    Ok(core.get()?.call_back_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn retry_fax(core: State<'_, Core>, request: RetryFax) -> Reply<RetryFax> {
    Ok(core.get()?.retry_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn edit_fax(core: State<'_, Core>, request: EditFax) -> Reply<EditFax> {
    Ok(core.get()?.edit_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn discard_fax(core: State<'_, Core>, request: DiscardFax) -> Reply<DiscardFax> {
    Ok(core.get()?.discard_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn restore_fax(core: State<'_, Core>, request: RestoreFax) -> Reply<RestoreFax> {
    Ok(core.get()?.restore_fax(request).await?)
}

#[tauri::command]
pub(crate) async fn resend_fax(core: State<'_, Core>, request: ResendFax) -> Reply<ResendFax> {
    Ok(core.get()?.resend_fax(request).await?)
}
