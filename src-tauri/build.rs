//! Lets Tauri check its configuration and the windows' capabilities when the app is compiled.

use tauri_build::{AppManifest, Attributes};

fn main() {
    // Naming the requests makes each of them a permission, so that a window may make only those its capability lists.
    let requests: Vec<&str> = domain::ipc::all_names().collect();
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(AppManifest::new().commands(requests.leak()));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
