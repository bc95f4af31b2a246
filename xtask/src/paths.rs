//! Where things are: the workspace's own folders and the private toolchain of `scripts/set-up`.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder that holds the workspace's Cargo.toml.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

/// Cargo's output folder, wherever the caller put it.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace().join("target"), |folder| workspace().join(folder))
}

/// The compiler that `scripts/set-up` unpacked from Debian's packages (`DEBIAN_RUST` there), where it did.
pub(crate) fn private_rustc() -> Option<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    let toolchain = cache.join("switchboard/rust-debian");
    toolchain
        .join("complete")
        .exists()
        .then(|| toolchain.join("bin/rustc"))
}
