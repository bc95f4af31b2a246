//! Shows the core's notices on the desktop, and carries back what a person does with them.
//!
//! A notice of a call goes through notify-rust, which has actions and can withdraw it when somebody else answers; plain notices
//! go through Tauri's plugin. What deserves a notice, and what it may say, the core has decided.

#[cfg(target_os = "linux")]
mod calls;

use switchboard_core::notices::{Notice, NoticeChange, NoticeKind};
use tauri::{AppHandle, Runtime};
use tauri_plugin_notification::NotificationExt as _;
use tokio::sync::mpsc::UnboundedReceiver;

/// Shows and withdraws notices until the core ends.
pub(crate) fn follow<R: Runtime>(app: AppHandle<R>, mut changes: UnboundedReceiver<NoticeChange>) {
    tauri::async_runtime::spawn(async move {
        #[cfg(target_os = "linux")]
        let mut calls = calls::CallNotices::new(app.clone());
        while let Some(change) = changes.recv().await {
            match change {
                #[cfg(target_os = "linux")]
                NoticeChange::Show(notice) if notice.kind == NoticeKind::IncomingCall => calls.show(notice),
                NoticeChange::Show(notice) => {
                    // "Missed call" takes the place of the call that rang.
                    #[cfg(target_os = "linux")]
                    calls.close(&notice.tag);
                    show_plain(&app, &notice);
                }
                #[cfg(target_os = "linux")]
                NoticeChange::Close(tag) => calls.close(&tag),
                #[cfg(not(target_os = "linux"))]
                NoticeChange::Close(_) => {}
            }
        }
    });
}

fn show_plain<R: Runtime>(app: &AppHandle<R>, notice: &Notice) {
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
