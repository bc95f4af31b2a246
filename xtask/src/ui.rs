//! Turns the `ui` crate into the pages that the app shows: WebAssembly, its JavaScript glue, pages and styles in `ui/dist`.
//!
//! Files are written only when their content changed, as a new time stamp there makes cargo link the whole app again. It does not shrink the
//! WebAssembly further: the release profile does, and Debian's wasm-opt cannot read what today's compiler writes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::paths;

const TARGET: &str = "wasm32-unknown-unknown";
const CRATE: &str = "switchboard-ui";
/// Starts the front end. A file of its own, as the content security policy allows no script inside a page.
const START: (&str, &str) = (
    "start.js",
    "import init from './switchboard-ui.js';\ninit({ module_or_path: './switchboard-ui_bg.wasm' });\n",
);

/// What the front end is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bundle {
    Development,
    Release,
    /// Answers from sample data instead of the core. In folders of its own, so that no app can pick it up.
    Preview,
}

/// Builds the front end into `ui/dist`, the preview into `target/ui-preview`.
pub(crate) fn build(bundle: Bundle) -> anyhow::Result<()> {
    let ui = paths::workspace().join("ui");
    let dist = match bundle {
        Bundle::Development | Bundle::Release => ui.join("dist"),
        Bundle::Preview => paths::target().join("ui-preview"),
    };
    let target_dir = paths::target().join(if bundle == Bundle::Preview {
        "wasm-preview"
    } else {
        "wasm"
    });
    fs::create_dir_all(&dist)?;
    let wasm = compile(bundle, &target_dir)?;
    bind(bundle, &wasm, &target_dir.join("bindgen"), &dist)?;
    write_if_changed(&dist.join(START.0), START.1.as_bytes())?;
    for page in files_in(&ui, Some("html"))? {
        copy_if_changed(&page, &dist.join(page.file_name().unwrap_or_default()))?;
    }
    for folder in ["styles", "assets"] {
        mirror(&ui.join(folder), &dist.join(folder))?;
    }
    Ok(())
}

fn compile(bundle: Bundle, target_dir: &Path) -> anyhow::Result<PathBuf> {
    let profile = if bundle == Bundle::Release {
        "ui-release"
    } else {
        "ui-dev"
    };
    let mut cargo = Command::new("cargo");
    // What the outer cargo sets for its own children would bind the inner one to the outer's compiler.
    for name in [
        "CARGO",
        "RUSTC",
        "RUSTUP_TOOLCHAIN",
        "LD_LIBRARY_PATH",
        "CARGO_TARGET_DIR",
    ] {
        cargo.env_remove(name);
    }
    if let Some(rustc) = compiler()? {
        cargo.env("RUSTC", rustc);
    }
    let status = cargo
        .current_dir(paths::workspace())
        .args([
            "build",
            "--quiet",
            "--package",
            CRATE,
            "--target",
            TARGET,
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(target_dir)
        .args((bundle == Bundle::Preview).then_some("--features=preview"))
        .status()
        .context("cargo could not be started")?;
    if !status.success() {
        bail!("the front end does not compile (see above)");
    }
    Ok(target_dir
        .join(TARGET)
        .join(profile)
        .join(format!("{CRATE}.wasm")))
}

/// The compiler to use instead of the ordinary one, when that lacks the standard library for WebAssembly.
fn compiler() -> anyhow::Result<Option<PathBuf>> {
    let mut rustc = Command::new("rustc");
    for name in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        rustc.env_remove(name);
    }
    let asked = rustc
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .context("rustc could not be started")?;
    if Path::new(String::from_utf8_lossy(&asked.stdout).trim()).is_dir() {
        return Ok(None);
    }
    match paths::private_rustc() {
        Some(rustc) => Ok(Some(rustc)),
        None => bail!("the standard library for WebAssembly is not installed; `make set-up` installs it"),
    }
}

/// Writes the JavaScript glue, unless it was made from this very file.
fn bind(bundle: Bundle, wasm: &Path, fresh: &Path, dist: &Path) -> anyhow::Result<()> {
    let stamp = wasm.with_extension("bound");
    let now = fs::read(wasm).with_context(|| format!("{} is missing", wasm.display()))?;
    let glue = dist.join(format!("{CRATE}.js"));
    // The other profile may have written the glue since, so the stamp counts only when it is the younger of the two.
    let is_bound = fs::read(&stamp).is_ok_and(|then| then == now) && is_younger(&stamp, &glue);
    if is_bound {
        return Ok(());
    }
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .remove_name_section(bundle == Bundle::Release)
        .out_name(CRATE)
        .generate(fresh)?;
    mirror_files(fresh, dist)?;
    fs::write(&stamp, now)?;
    Ok(())
}

fn is_younger(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|facts| facts.modified());
    matches!((time(file), time(than)), (Ok(file), Ok(than)) if file >= than)
}

/// Makes `to` hold the files of `from` and no others; a folder that does not exist counts as empty.
fn mirror(from: &Path, to: &Path) -> anyhow::Result<()> {
    let wanted = mirror_files(from, to)?;
    for there in files_in(to, None)? {
        if !wanted.contains(&there) {
            fs::remove_file(there)?;
        }
    }
    Ok(())
}

fn mirror_files(from: &Path, to: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for file in files_in(from, None)? {
        let copy = to.join(file.strip_prefix(from)?);
        copy_if_changed(&file, &copy)?;
        written.push(copy);
    }
    Ok(written)
}

/// The files of a folder: with an extension only those directly in it, without one all below it.
fn files_in(folder: &Path, extension: Option<&str>) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        match extension {
            None if path.is_dir() => files.extend(files_in(&path, None)?),
            Some(wanted) if path.extension().is_none_or(|extension| extension != wanted) => {}
            _ => files.push(path),
        }
    }
    Ok(files)
}

fn copy_if_changed(from: &Path, to: &Path) -> anyhow::Result<()> {
    write_if_changed(
        to,
        &fs::read(from).with_context(|| format!("{} cannot be read", from.display()))?,
    )
}

fn write_if_changed(file: &Path, content: &[u8]) -> anyhow::Result<()> {
    if fs::read(file).is_ok_and(|there| there == content) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, content).with_context(|| format!("{} cannot be written", file.display()))
}
