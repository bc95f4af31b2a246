//! Shows the core's notices on the desktop, and carries back what a person does with them.
//!
//! On Linux they go through notify-rust, which tells of clicks and can withdraw them when somebody else answers; elsewhere
//! through Tauri's plugin. What deserves a notice, and what it may say, the core has decided.

#[cfg(target_os = "linux")]
mod desktop;

use switchboard_core::notices::NoticeChange;
use tauri::{AppHandle, Runtime};
use tauri_plugin_notification::NotificationExt as _;
use tokio::sync::mpsc::UnboundedReceiver;

/// Shows and withdraws notices until the core ends.
pub(crate) fn follow<R: Runtime>(app: AppHandle<R>, mut changes: UnboundedReceiver<NoticeChange>) {
    tauri::async_runtime::spawn(async move {
        #[cfg(target_os = "linux")]
        let mut shown = desktop::DesktopNotices::new(app);
        while let Some(change) = changes.recv().await {
            match change {
                #[cfg(target_os = "linux")]
                NoticeChange::Show(notice) => shown.show(notice),
                #[cfg(target_os = "linux")]
                NoticeChange::Close(tag) => shown.close(&tag),
                #[cfg(not(target_os = "linux"))]
                NoticeChange::Show(notice) => say(&app, &notice.title, &notice.body),
                #[cfg(not(target_os = "linux"))]
                NoticeChange::Close(_) => {}
            }
        }
    });
}

/// Shows words of the shell's own, which nobody has to act on.
pub(crate) fn say<R: Runtime>(app: &AppHandle<R>, title: &str, body: &str) {
    let shown = app.notification().builder().title(title).body(body).show();
    if let Err(error) = shown {
        // Neither title nor body: they may name people.
        tracing::warn!(%error, "a notice could not be shown");
    }
}
