//! The tray: what the account is doing, how much is unread, the person's own status, and the way back to the window.
//!
//! Not every desktop has a tray. Without one the app works, and closing its window quits it.

mod badge;
mod status;

use std::{panic, sync::Arc, time::Duration};

use domain::{ipc::session::AppState, session::SessionState, sync::EventSourceState};
use tauri::{
    AppHandle, Manager as _, Runtime,
    image::Image,
    menu::{MenuBuilder, MenuItem, MenuItemBuilder},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};
use tokio::sync::Notify;

use self::status::StatusMenu;
use crate::{core::Core, preferences::Preferences, windows};

/// While a long history arrives, changes come by the hundred; the tray follows at this pace.
const PACE: Duration = Duration::from_millis(500);

const ICON: Image<'_> = tauri::include_image!("./icons/32x32.png");

/// The parts that change. Managed by Tauri; absent where the desktop has no tray.
struct Tray<R: Runtime> {
    icon: TrayIcon<R>,
    line: MenuItem<R>,
    status: StatusMenu<R>,
    changed: Arc<Notify>,
}

/// Puts the icon into the tray.
///
/// # Errors
/// In words, when this desktop has none.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) -> Result<(), String> {
    // The tray's library is loaded when it is first used, and where it is missing that panics instead of failing.
    let built = panic::catch_unwind(panic::AssertUnwindSafe(|| build(app)));
    let (icon, line, status) = match built {
        Ok(Ok(parts)) => parts,
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("the library libayatana-appindicator3 is not installed".to_owned()),
    };
    let changed = Arc::new(Notify::new());
    app.manage(Tray {
        icon,
        line,
        status,
        changed: Arc::clone(&changed),
    });
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            update(&app).await;
            tokio::time::sleep(PACE).await;
            changed.notified().await;
        }
    });
    Ok(())
}

/// Has the tray show what is true now.
pub(crate) fn refresh<R: Runtime>(app: &AppHandle<R>) {
    if let Some(tray) = app.try_state::<Tray<R>>() {
        tray.changed.notify_one();
    }
}

/// Whether closing the main window leaves the app in the tray.
pub(crate) fn keeps_app_running<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.try_state::<Tray<R>>().is_some() && app.state::<Preferences>().closes_to_tray()
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<(TrayIcon<R>, MenuItem<R>, StatusMenu<R>)> {
    let status = StatusMenu::build(app)?;
    let line = MenuItemBuilder::with_id("line", "Switchboard")
        .enabled(false)
        .build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&line)
        .separator()
        .item(status.menu())
        .separator()
        .text("open", "Open Switchboard")
        .separator()
        .text("quit", "Quit")
        .build()?;
    let icon = TrayIconBuilder::with_id("switchboard")
        .icon(ICON)
        .tooltip("Switchboard")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => windows::show_main(app),
            "quit" => app.exit(0),
            id => status::chosen(app, id),
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                windows::show_main(tray.app_handle());
            }
        })
        .build(app)?;
    Ok((icon, line, status))
}

async fn update<R: Runtime>(app: &AppHandle<R>) {
    let Some(tray) = app.try_state::<Tray<R>>() else {
        return;
    };
    let Ok(state) = app.state::<Core>().app_state().await else {
        return;
    };
    let own = app.state::<Core>().own_presence().await;
    let words = words(&state);
    let unread = state.counts.unread > 0;
    let icon = if unread { badge::with_dot(&ICON) } else { ICON };
    let shown = tray
        .line
        .set_text(&words)
        .and_then(|()| tray.icon.set_tooltip(Some(format!("Switchboard: {words}"))))
        .and_then(|()| tray.icon.set_icon(Some(icon)));
    if let Err(error) = shown.and_then(|()| tray.status.show(own.as_ref().ok())) {
        tracing::warn!(%error, "the tray could not be updated");
    }
}

/// The first line of the menu.
fn words(state: &AppState) -> String {
    match &state.session {
        SessionState::SignedOut => "Not signed in".to_owned(),
        SessionState::WaitingForBrowser | SessionState::SigningIn => "Signing in".to_owned(),
        SessionState::SignInAgain { .. } => "Sign in again".to_owned(),
        SessionState::SignedIn(_) => {
            let mut parts = Vec::new();
            if matches!(state.events, EventSourceState::Down { .. }) {
                parts.push("Offline".to_owned());
            }
            if state.counts.owed > 0 {
                parts.push(format!("{} to call back", state.counts.owed));
            }
            if state.counts.unread > 0 {
                parts.push(format!("{} unread", state.counts.unread));
            }
            if parts.is_empty() {
                "Nothing unread".to_owned()
            } else {
                parts.join(", ")
            }
        }
    }
}
