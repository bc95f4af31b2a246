//! Click to call.

use domain::ipc::ring_out::{CancelRingOut, GetRingOut, ListOwnPhones, PlaceCall};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_own_phones(core: State<'_, Core>, request: ListOwnPhones) -> Reply<ListOwnPhones> {
    Ok(core.get()?.list_own_phones(request).await?)
}

#[tauri::command]
pub(crate) async fn place_call(core: State<'_, Core>, request: PlaceCall) -> Reply<PlaceCall> {
    Ok(core.get()?.place_call(request).await?)
}

#[tauri::command]
pub(crate) async fn get_ring_out(core: State<'_, Core>, request: GetRingOut) -> Reply<GetRingOut> {
    Ok(core.get()?.get_ring_out(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_ring_out(core: State<'_, Core>, request: CancelRingOut) -> Reply<CancelRingOut> {
    Ok(core.get()?.cancel_ring_out(request).await?)
}
