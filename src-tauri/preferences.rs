//! Settings that concern the desktop: starting at login, closing to the tray, the keys that bring the window forward.
//!
//! It stores nothing: the core does, and announces every change.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_autostart::ManagerExt as _;

use crate::{core::Core, shortcut};

/// The argument that a start at login is made with: the app goes straight to the tray.
pub const HIDDEN: &str = "--hidden";

/// What must be known without asking, while a window closes.
#[derive(Debug)]
pub struct Preferences {
    closes_to_tray: AtomicBool,
}

impl Preferences {
    pub(crate) fn closes_to_tray(&self) -> bool {
        self.closes_to_tray.load(Ordering::Relaxed)
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            closes_to_tray: AtomicBool::new(true),
        }
    }
}

/// Makes the desktop agree with the settings as they are now.
pub(crate) async fn apply<R: Runtime>(app: &AppHandle<R>) {
    let Ok(state) = app.state::<Core>().app_state().await else {
        return;
    };
    let settings = state.settings;
    app.state::<Preferences>()
        .closes_to_tray
        .store(settings.closes_to_tray, Ordering::Relaxed);
    if let Err(error) = apply_start_at_login(app, settings.starts_at_login) {
        tracing::warn!(%error, "starting at login could not be changed");
    }
    shortcut::apply(app, settings.show_shortcut.as_deref());
}

fn apply_start_at_login<R: Runtime>(
    app: &AppHandle<R>,
    is_wanted: bool,
) -> Result<(), tauri_plugin_autostart::Error> {
    let autostart = app.autolaunch();
    match (is_wanted, autostart.is_enabled()?) {
        (true, false) => autostart.enable(),
        (false, true) => autostart.disable(),
        _ => Ok(()),
    }
}
