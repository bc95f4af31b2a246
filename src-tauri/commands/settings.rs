//! Settings.

use domain::ipc::settings::{SaveSettings, SendTestNotification};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn save_settings(core: State<'_, Core>, request: SaveSettings) -> Reply<SaveSettings> {
    Ok(core.get()?.save_settings(request).await?)
}

#[tauri::command]
pub(crate) async fn send_test_notification(
    core: State<'_, Core>,
    request: SendTestNotification,
) -> Reply<SendTestNotification> {
    Ok(core.get()?.send_test_notification(request).await?)
}
