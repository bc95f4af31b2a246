//! Signing in and out, and the state the window starts from.

use domain::ipc::session::{
    CancelSignIn, GetAppState, PauseBackfill, ResumeBackfill, SignInWithBrowser, SignInWithJwt, SignOut,
    SyncNow, TakeStartingLink,
};
use tauri::State;

use super::Reply;
use crate::{core::Core, links::Links};

#[tauri::command]
pub(crate) async fn get_app_state(core: State<'_, Core>, request: GetAppState) -> Reply<GetAppState> {
    Ok(core.get()?.get_app_state(request).await?)
}

#[tauri::command]
pub(crate) async fn sign_in_with_browser(
    core: State<'_, Core>,
    request: SignInWithBrowser,
) -> Reply<SignInWithBrowser> {
    Ok(core.get()?.sign_in_with_browser(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_sign_in(core: State<'_, Core>, request: CancelSignIn) -> Reply<CancelSignIn> {
    Ok(core.get()?.cancel_sign_in(request).await?)
}

#[tauri::command]
pub(crate) async fn sign_in_with_jwt(core: State<'_, Core>, request: SignInWithJwt) -> Reply<SignInWithJwt> {
    Ok(core.get()?.sign_in_with_jwt(request).await?)
}

#[tauri::command]
pub(crate) async fn sign_out(core: State<'_, Core>, request: SignOut) -> Reply<SignOut> {
    Ok(core.get()?.sign_out(request).await?)
}

#[tauri::command]
pub(crate) async fn take_starting_link(
    links: State<'_, Links>,
    _request: TakeStartingLink,
) -> Reply<TakeStartingLink> {
    Ok(links.take())
}

#[tauri::command]
pub(crate) async fn sync_now(core: State<'_, Core>, request: SyncNow) -> Reply<SyncNow> {
    Ok(core.get()?.sync_now(request).await?)
}

#[tauri::command]
pub(crate) async fn pause_backfill(core: State<'_, Core>, request: PauseBackfill) -> Reply<PauseBackfill> {
    Ok(core.get()?.pause_backfill(request).await?)
}

#[tauri::command]
pub(crate) async fn resume_backfill(core: State<'_, Core>, request: ResumeBackfill) -> Reply<ResumeBackfill> {
    Ok(core.get()?.resume_backfill(request).await?)
}
