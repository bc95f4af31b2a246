//! Calls that are going on, and their cards.

use domain::ipc::{
    ErrorCode, IpcError,
    calls::{AddCaller, FitCard, IgnoreCall, ListCallerCards, ShowCaller, TextCaller},
};
use tauri::{AppHandle, Runtime, State};

use super::Reply;
use crate::{card, core::Core};

#[tauri::command]
pub(crate) async fn list_caller_cards(
    core: State<'_, Core>,
    request: ListCallerCards,
) -> Reply<ListCallerCards> {
    Ok(core.get()?.list_caller_cards(request).await?)
}

#[tauri::command]
pub(crate) async fn ignore_call(core: State<'_, Core>, request: IgnoreCall) -> Reply<IgnoreCall> {
    Ok(core.get()?.ignore_call(request).await?)
}

#[tauri::command]
pub(crate) async fn show_caller(core: State<'_, Core>, request: ShowCaller) -> Reply<ShowCaller> {
    Ok(core.get()?.show_caller(request).await?)
}

#[tauri::command]
pub(crate) async fn add_caller(core: State<'_, Core>, request: AddCaller) -> Reply<AddCaller> {
    Ok(core.get()?.add_caller(request).await?)
}

#[tauri::command]
pub(crate) async fn text_caller(core: State<'_, Core>, request: TextCaller) -> Reply<TextCaller> {
    Ok(core.get()?.text_caller(request).await?)
}

/// The only request that is the shell's own: how large a window is, the core does not know.
#[tauri::command]
pub(crate) async fn fit_card<R: Runtime>(app: AppHandle<R>, request: FitCard) -> Reply<FitCard> {
    card::fit(&app, request.height_px, request.accepts_typing).map_err(refused)
}

fn refused(error: tauri::Error) -> IpcError {
    IpcError {
        code: ErrorCode::Internal,
        message: format!("The desktop refused the window of the caller's card: {error}"),
        retry_after_seconds: None,
    }
}
