//! The sign-in in a real keychain: a GNOME Keyring on a message bus of its own, with a home folder that is empty.
//!
//! Skipped, in words, where the two programs are not installed.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may be blunt")]

use assert_cmd::cargo::cargo_bin;
use simulator::world::Clock;
use simulator::{Options, Simulator};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const UNLOCKED: &str = "printf secret | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1";
/// A keychain is there, made by an earlier session with a password that nobody has entered in this one.
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets > /dev/null 2>&1";

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}

/// Whether the test can run here; says so if not.
fn has_keychain() -> bool {
    let missing = ["dbus-run-session", "gnome-keyring-daemon"]
        .into_iter()
        .find(|program| !is_installed(program));
    if let Some(missing) = missing {
        eprintln!("skipped: {missing} is not installed, so there is no keychain to try");
    }
    missing.is_none()
}

/// Runs a shell script on a bus of its own; `$CTL` is the program.
async fn session(folder: &Path, simulator: &Simulator, script: String) -> Output {
    let runtime = folder.join("run");
    std::fs::create_dir_all(&runtime).unwrap();
    std::fs::set_permissions(&runtime, std::fs::Permissions::from_mode(0o700)).unwrap();
    let ready = simulator.ready();
    let mut command = Command::new("dbus-run-session");
    command
        .args(["--", "sh", "-uc", &script])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", runtime)
        .env("CTL", cargo_bin("switchboardctl"))
        .env("SWITCHBOARD_DATA_FOLDER", folder.join("data"))
        .env("SWITCHBOARD_SERVER", &ready.base_url)
        .env("SWITCHBOARD_CLIENT_ID", &ready.client_id)
        .env("SWITCHBOARD_CLIENT_SECRET", &ready.client_secret)
        .env("SWITCHBOARD_JWT", &ready.extensions.first().unwrap().jwt);
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

fn words(output: &Output) -> String {
    let streams = [&output.stdout, &output.stderr];
    streams.map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

async fn company() -> Simulator {
    Simulator::start(Options::small_company(Clock::running()))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_kept_in_the_keychain_and_taken_up_by_the_next_start() {
    if !has_keychain() {
        return;
    }
    let (folder, simulator) = (tempfile::tempdir().unwrap(), company().await);
    let script = format!("{UNLOCKED}; \"$CTL\" sync --once");
    let first = session(folder.path(), &simulator, script).await;
    assert_eq!(first.status.code(), Some(0), "{}", words(&first));

    // Another session of the same person: nothing but the keychain knows the sign-in.
    let script = format!("{UNLOCKED}; unset SWITCHBOARD_JWT SWITCHBOARD_CLIENT_SECRET; \"$CTL\" sync --once");
    let again = session(folder.path(), &simulator, script).await;
    assert_eq!(again.status.code(), Some(0), "{}", words(&again));
    assert!(folder.path().join(".local/share/keyrings").exists());
    let jwt = simulator.ready().extensions.remove(0).jwt;
    assert!(!is_written_below(folder.path(), jwt.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_sign_in_is_kept_in_memory_and_the_next_start_says_so() {
    if !has_keychain() {
        return;
    }
    let (folder, simulator) = (tempfile::tempdir().unwrap(), company().await);
    let first = session(folder.path(), &simulator, "\"$CTL\" sync --once".to_owned()).await;
    assert_eq!(first.status.code(), Some(0), "{}", words(&first));
    let script = "unset SWITCHBOARD_JWT; \"$CTL\" sync --once".to_owned();
    let again = session(folder.path(), &simulator, script).await;
    assert_eq!(again.status.code(), Some(3), "{}", words(&again));
    let examined = session(folder.path(), &simulator, "\"$CTL\" doctor".to_owned()).await;
    assert_eq!(examined.status.code(), Some(10));
    assert!(words(&examined).contains("BAD Keychain"), "{}", words(&examined));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_stays_locked_is_told_and_holds_nothing_up() {
    if !has_keychain() {
        return;
    }
    let (folder, simulator) = (tempfile::tempdir().unwrap(), company().await);
    let script = format!("{UNLOCKED}; \"$CTL\" sync --once");
    let first = session(folder.path(), &simulator, script).await;
    assert_eq!(first.status.code(), Some(0), "{}", words(&first));

    let script = format!("{LOCKED}; \"$CTL\" sync --once");
    let signed_in_anew = session(folder.path(), &simulator, script).await;
    assert_eq!(
        signed_in_anew.status.code(),
        Some(0),
        "{}",
        words(&signed_in_anew)
    );
    let script = format!("{LOCKED}; unset SWITCHBOARD_JWT; \"$CTL\" sync --once");
    let without = session(folder.path(), &simulator, script).await;
    assert_eq!(without.status.code(), Some(3), "{}", words(&without));
    let examined = session(folder.path(), &simulator, format!("{LOCKED}; \"$CTL\" doctor")).await;
    assert!(words(&examined).contains("BAD Keychain"), "{}", words(&examined));
}

/// Whether a file anywhere below holds these bytes.
fn is_written_below(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            is_written_below(&entry.path(), bytes)
        } else {
            let held = if kind.is_file() {
                std::fs::read(entry.path()).unwrap()
            } else {
                Vec::new()
            };
            held.windows(bytes.len()).any(|window| window == bytes)
        }
    })
}
