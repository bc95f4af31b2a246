//! The page one starts from.

use domain::ipc::overview::GetOverview;
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn get_overview(core: State<'_, Core>, request: GetOverview) -> Reply<GetOverview> {
    Ok(core.get()?.get_overview(request).await?)
}
