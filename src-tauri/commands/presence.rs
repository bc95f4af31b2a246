//! Presence and the team.

use domain::ipc::presence::{
    GetOwnPresence, ListPresence, ListTeam, SetFavourite, SetOwnMessage, SetOwnQueue, SetOwnStatus,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_presence(core: State<'_, Core>, request: ListPresence) -> Reply<ListPresence> {
    Ok(core.get()?.list_presence(request).await?)
}

#[tauri::command]
pub(crate) async fn get_own_presence(
    core: State<'_, Core>,
    request: GetOwnPresence,
) -> Reply<GetOwnPresence> {
    Ok(core.get()?.get_own_presence(request).await?)
}

#[tauri::command]
pub(crate) async fn set_own_status(core: State<'_, Core>, request: SetOwnStatus) -> Reply<SetOwnStatus> {
    Ok(core.get()?.set_own_status(request).await?)
}

#[tauri::command]
pub(crate) async fn set_own_message(core: State<'_, Core>, request: SetOwnMessage) -> Reply<SetOwnMessage> {
    Ok(core.get()?.set_own_message(request).await?)
}

#[tauri::command]
pub(crate) async fn set_own_queue(core: State<'_, Core>, request: SetOwnQueue) -> Reply<SetOwnQueue> {
    Ok(core.get()?.set_own_queue(request).await?)
}

#[tauri::command]
pub(crate) async fn list_team(core: State<'_, Core>, request: ListTeam) -> Reply<ListTeam> {
    Ok(core.get()?.list_team(request).await?)
}

#[tauri::command]
pub(crate) async fn set_favourite(core: State<'_, Core>, request: SetFavourite) -> Reply<SetFavourite> {
    Ok(core.get()?.set_favourite(request).await?)
}
