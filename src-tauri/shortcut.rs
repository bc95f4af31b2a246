//! The keys that bring the window forward from anywhere on the desktop.
//!
//! Which keys, the settings say. Wayland has no way for a program to ask for keys: there, nothing comes of it but a notice.

use std::sync::Mutex;

use tauri::{AppHandle, Manager as _, Runtime, plugin::TauriPlugin};
use tauri_plugin_global_shortcut::{Builder, GlobalShortcutExt as _, ShortcutState};

use crate::{notifications, windows};

/// The keys that are asked for now. Managed by Tauri.
#[derive(Debug, Default)]
pub(crate) struct Shortcut(Mutex<Option<String>>);

/// The plugin. One set of keys at a time, so whatever arrives means the same.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new()
        .with_handler(|app, _keys, event| {
            if event.state() == ShortcutState::Pressed {
                windows::show_main(app);
            }
        })
        .build()
}

/// Asks the desktop for these keys, and for no others any more.
pub(crate) fn apply<R: Runtime>(app: &AppHandle<R>, wanted: Option<&str>) {
    let Some(shortcut) = app.try_state::<Shortcut>() else {
        return;
    };
    let mut held = shortcut
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if held.as_deref() == wanted {
        return;
    }
    if let Err(error) = app.global_shortcut().unregister_all() {
        tracing::warn!(%error, "the desktop keeps the keys of before");
    }
    *held = wanted.map(str::to_owned);
    let Some(keys) = wanted else { return };
    // The plugin asks X11, and takes its silence for consent.
    if cfg!(target_os = "linux") && std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return refused(app, keys);
    }
    if let Err(error) = app.global_shortcut().register(keys) {
        tracing::warn!(%error, "the desktop does not give the keys");
        refused(app, keys);
    }
}

fn refused<R: Runtime>(app: &AppHandle<R>, keys: &str) {
    notifications::say(
        app,
        &format!("{keys} does not bring Switchboard forward"),
        "Another program has these keys, or this desktop gives none away. Choose others in the settings.",
    );
}
