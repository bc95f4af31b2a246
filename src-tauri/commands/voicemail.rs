//! Listening to voicemail.

use domain::ipc::voicemail::{DeleteVoicemail, GetVoicemail, NextUnheard, RememberPosition, SaveVoicemail};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn get_voicemail(core: State<'_, Core>, request: GetVoicemail) -> Reply<GetVoicemail> {
    Ok(core.get()?.get_voicemail(request).await?)
}

#[tauri::command]
pub(crate) async fn remember_position(
    core: State<'_, Core>,
    request: RememberPosition,
) -> Reply<RememberPosition> {
    Ok(core.get()?.remember_position(request).await?)
}

#[tauri::command]
pub(crate) async fn next_unheard(core: State<'_, Core>, request: NextUnheard) -> Reply<NextUnheard> {
    Ok(core.get()?.next_unheard(request).await?)
}

#[tauri::command]
pub(crate) async fn save_voicemail(core: State<'_, Core>, request: SaveVoicemail) -> Reply<SaveVoicemail> {
    Ok(core.get()?.save_voicemail(request).await?)
}

#[tauri::command]
pub(crate) async fn delete_voicemail(
    core: State<'_, Core>,
    request: DeleteVoicemail,
) -> Reply<DeleteVoicemail> {
    Ok(core.get()?.delete_voicemail(request).await?)
}
