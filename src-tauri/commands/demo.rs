//! Things a newcomer can let happen in the demo company.

use domain::ipc::{demo::TriggerDemo, session::StartDemo};
use tauri::{AppHandle, Runtime};

use super::Reply;
use crate::demo;

#[tauri::command]
pub(crate) async fn start_demo<R: Runtime>(app: AppHandle<R>, request: StartDemo) -> Reply<StartDemo> {
    let StartDemo {} = request;
    demo::start(&app).await
}

#[tauri::command]
pub(crate) async fn trigger_demo<R: Runtime>(app: AppHandle<R>, request: TriggerDemo) -> Reply<TriggerDemo> {
    demo::trigger(&app, request.event).await
}
