//! The main window: opening it, bringing it forward, keeping it on its own pages, closing it to the tray.
//!
//! The card of an inbound call is a window of another kind: see [`crate::card`].

use domain::event::CoreEvent;
use tauri::{
    AppHandle, DragDropEvent, Manager as _, Runtime, Theme, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent, window::Color,
};

use crate::{StartError, commands::fax::Dropped, events, tray};

/// Label of the main window, in tauri.conf.json and the capabilities.
pub(crate) const MAIN: &str = "main";

/// Opens the main window as tauri.conf.json describes it.
///
/// # Errors
/// When the desktop refuses a window or the configuration has none.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>, is_visible: bool) -> Result<(), StartError> {
    let windows = &app.config().app.windows;
    let config = windows
        .iter()
        .find(|window| window.label == MAIN)
        .ok_or(StartError::NoMainWindow)?;
    let window = WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(is_own_page)
        .visible(is_visible)
        .build()?;
    match_theme(
        &window,
        Color(0xf4, 0xf5, 0xf7, 0xff),
        Color(0x15, 0x17, 0x1b, 0xff),
    )?;
    let handle = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            close_main(&handle);
        }
        WindowEvent::DragDrop(drag) => dragged(&handle, drag),
        _ => {}
    });
    Ok(())
}

/// Gives a window the colour of its page for the moment before the page has painted, so that a dark desktop does not flash white.
/// `light` and `dark` are the page's background in the style sheet's tokens.
///
/// # Errors
/// When the desktop refuses.
pub(crate) fn match_theme<R: Runtime>(
    window: &WebviewWindow<R>,
    light: Color,
    dark: Color,
) -> tauri::Result<()> {
    let is_dark = window.theme()? == Theme::Dark;
    window.set_background_color(Some(if is_dark { dark } else { light }))
}

/// Brings the main window in front of everything else, with the keyboard focus.
pub(crate) fn show_main<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the main window could not be brought forward");
    }
}

/// A window with pages of our own, and none else: what an attacker might smuggle in must not replace them.
pub(crate) fn own_page<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    label: &str,
    page: &str,
) -> WebviewWindowBuilder<'a, R, AppHandle<R>> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into())).on_navigation(is_own_page)
}

/// Files over the window, or dropped on it: the page shows the place and asks for them.
fn dragged<R: Runtime>(app: &AppHandle<R>, drag: &DragDropEvent) {
    match drag {
        // Words that are dragged within the page have no files.
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => {
            events::emit(app, &CoreEvent::FilesOverWindow { is_over: true });
        }
        DragDropEvent::Drop { paths, .. } if !paths.is_empty() => {
            app.state::<Dropped>().put(paths.clone());
            events::emit(app, &CoreEvent::FilesOverWindow { is_over: false });
            events::emit(app, &CoreEvent::FilesDropped);
        }
        DragDropEvent::Leave | DragDropEvent::Drop { .. } => {
            events::emit(app, &CoreEvent::FilesOverWindow { is_over: false });
        }
        _ => {}
    }
}

fn close_main<R: Runtime>(app: &AppHandle<R>) {
    // Without a tray nothing would be left on the screen to bring it back or to quit.
    if tray::keeps_app_running(app) {
        if let Some(window) = app.get_webview_window(MAIN)
            && let Err(error) = WebviewWindow::hide(&window)
        {
            tracing::warn!(%error, "the main window could not be hidden");
        }
    } else {
        app.exit(0);
    }
}

/// `tauri:` on Linux and macOS, `http://tauri.localhost` on Windows; `about:` while a window is being made.
fn is_own_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) | ("about", None)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_allowed(url: &str) -> bool {
        is_own_page(&Url::parse(url).unwrap())
    }

    #[test]
    fn the_windows_stay_on_their_own_pages() {
        assert!(is_allowed("tauri://localhost/index.html"));
        assert!(is_allowed("http://tauri.localhost/card.html"));
        assert!(!is_allowed("blob:tauri://localhost/5e0c"));
        assert!(!is_allowed("https://platform.ringcentral.com/"));
        assert!(!is_allowed("http://localhost/"));
        assert!(!is_allowed("http://tauri.localhost.example.org/"));
        assert!(!is_allowed("file:///etc/passwd"));
        assert!(!is_allowed("data:text/html,hello"));
    }
}
