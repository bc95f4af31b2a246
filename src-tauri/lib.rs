//! The shell.
pub fn run() {
    tauri::Builder::default()
        .setup(|app| {
            tauri::WebviewWindowBuilder::from_config(app.handle(), &app.config().app.windows[0])?.build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .unwrap_or_else(|error| tracing::error!(%error, "the window could not be opened"));
}
