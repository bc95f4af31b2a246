//! The calls of the company.

use domain::ipc::live_calls::{
    ExportSupervisions, GetLiveCalls, GetSupervision, ListSupervisions, Supervise,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn get_live_calls(core: State<'_, Core>, request: GetLiveCalls) -> Reply<GetLiveCalls> {
    Ok(core.get()?.get_live_calls(request).await?)
}

#[tauri::command]
pub(crate) async fn get_supervision(core: State<'_, Core>, request: GetSupervision) -> Reply<GetSupervision> {
    Ok(core.get()?.get_supervision(request).await?)
}

#[tauri::command]
pub(crate) async fn supervise(core: State<'_, Core>, request: Supervise) -> Reply<Supervise> {
    Ok(core.get()?.supervise(request).await?)
}

#[tauri::command]
pub(crate) async fn list_supervisions(
    core: State<'_, Core>,
    request: ListSupervisions,
) -> Reply<ListSupervisions> {
    Ok(core.get()?.list_supervisions(request).await?)
}

#[tauri::command]
pub(crate) async fn export_supervisions(
    core: State<'_, Core>,
    request: ExportSupervisions,
) -> Reply<ExportSupervisions> {
    Ok(core.get()?.export_supervisions(request).await?)
}
