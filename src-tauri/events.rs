//! Carries what the core announces to the windows, and lets the shell's own parts react to it.
//!
//! It decides nothing: who cares asks the core again.

use domain::event::{CORE_EVENT, CoreEvent};
use switchboard_core::change_feed::ChangeListener;
use tauri::{AppHandle, Emitter as _, Runtime};

use crate::{demo, preferences, tray, windows};

/// Forwards everything the core announces, until it ends.
pub(crate) fn forward<R: Runtime>(app: AppHandle<R>, mut announced: ChangeListener) {
    tauri::async_runtime::spawn(async move {
        while let Some(event) = announced.next().await {
            emit(&app, &event);
            react(&app, &event).await;
        }
    });
}

/// Sends one event to every window.
pub(crate) fn emit<R: Runtime>(app: &AppHandle<R>, event: &CoreEvent) {
    if let Err(error) = app.emit(CORE_EVENT, event) {
        tracing::error!(%error, "an event did not reach the windows");
    }
}

async fn react<R: Runtime>(app: &AppHandle<R>, event: &CoreEvent) {
    match event {
        CoreEvent::OpenCommunication { .. }
        | CoreEvent::AddContactFor { .. }
        | CoreEvent::CallNumber { .. }
        | CoreEvent::TextNumber { .. }
        | CoreEvent::FindNumber { .. } => {
            windows::show_main(app);
        }
        CoreEvent::SettingsChanged => preferences::apply(app).await,
        CoreEvent::SessionChanged => {
            demo::follow_session(app).await;
            tray::refresh(app);
        }
        CoreEvent::CommunicationsChanged { .. }
        | CoreEvent::PresenceChanged { .. }
        | CoreEvent::SyncChanged => tray::refresh(app),
        CoreEvent::Overflowed => {
            preferences::apply(app).await;
            tray::refresh(app);
        }
        CoreEvent::ContactsChanged { .. }
        | CoreEvent::CallChanged { .. }
        | CoreEvent::LiveCallsChanged
        | CoreEvent::OutboxChanged
        | CoreEvent::FaxDraftChanged { .. }
        | CoreEvent::FilesOverWindow { .. }
        | CoreEvent::FilesDropped
        | CoreEvent::TemplatesChanged
        | CoreEvent::TranscriptionChanged
        | CoreEvent::EventSourceChanged => {}
    }
}
