//! Holds this crate against the vendor's own papers: the API reference (`openapi.yml`) and the example payloads.
//!
//! They are not part of this repository. `SWITCHBOARD_VENDOR_DOCS` names a folder that holds them; without it these
//! tests say so and pass.

mod examples;
mod reference;
mod requests;

use std::path::PathBuf;

/// The folder of the vendor's papers, or `None` with a word about it.
fn vendor_docs(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SWITCHBOARD_VENDOR_DOCS").map(PathBuf::from);
    let path = folder
        .map(|folder| folder.join(file))
        .filter(|path| path.exists());
    if path.is_none() {
        println!("skipped: SWITCHBOARD_VENDOR_DOCS names no folder with {file}");
    }
    path
}
