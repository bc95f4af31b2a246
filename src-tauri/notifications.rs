//! Shows the core's notices on the desktop, and carries back what a person does with them.
//!
//! On Linux they go through notify-rust, which tells of clicks and can withdraw them when somebody else answers; elsewhere
//! through Tauri's plugin. What deserves a notice, and what it may say, the core has decided.

#[cfg(target_os = "linux")]
mod desktop;

use switchboard_core::notices::NoticeChange;
use tauri::{AppHandle, Runtime};
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
                NoticeChange::Show(notice) => show_plain(&app, &notice),
                #[cfg(not(target_os = "linux"))]
                NoticeChange::Close(_) => {}
            }
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn show_plain<R: Runtime>(app: &AppHandle<R>, notice: &switchboard_core::notices::Notice) {
    use tauri_plugin_notification::NotificationExt as _;

    let shown = app
        .notification()
        .builder()
        .title(&notice.title)
        .body(&notice.body)
        .show();
    if let Err(error) = shown {
        // Neither title nor body: they name people.
        tracing::warn!(kind = ?notice.kind, %error, "a notice could not be shown");
    }
}
