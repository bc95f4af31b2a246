//! The process itself dies: killed at any moment of a synchronisation, or refused by a disk that is full.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may be blunt")]

use assert_cmd::cargo::cargo_bin;
use simulator::world::Clock;
use simulator::{Options, RateLimits, Simulator};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn sync(folder: &Path, simulator: &Simulator, arguments: &[&str]) -> Command {
    let ready = simulator.ready();
    let mut command = Command::new(cargo_bin("switchboardctl"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .env("SWITCHBOARD_DATA_FOLDER", folder.join("data"))
        .env("SWITCHBOARD_SERVER", &ready.base_url)
        .env("SWITCHBOARD_CLIENT_ID", &ready.client_id)
        .env("SWITCHBOARD_CLIENT_SECRET", &ready.client_secret)
        .env("SWITCHBOARD_JWT", &ready.extensions.first().unwrap().jwt)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

async fn company() -> Simulator {
    let options = Options::demo(1, Clock::running()).rate_limits(RateLimits::raised());
    Simulator::start(options).await.unwrap()
}

/// Everything that is here, in no order: what arrived at the same moment is numbered as it came.
async fn exported(folder: &Path, simulator: &Simulator) -> Vec<String> {
    let output = run(sync(folder, simulator, &["export", "--format", "jsonl"])).await;
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut lines: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    lines.sort_unstable();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_ends_with_what_an_undisturbed_run_has() {
    let simulator = company().await;
    let (undisturbed, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let output = run(sync(undisturbed.path(), &simulator, &["sync", "--once"])).await;
    assert_eq!(output.status.code(), Some(0));

    for requests in 1..=12 {
        simulator.control().clear_requests();
        let mut child = sync(killed.path(), &simulator, &["sync", "--once"])
            .spawn()
            .unwrap();
        while simulator.control().requests().len() < requests && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // The signal that cannot be caught. What has been answered is being stored now.
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let output = run(sync(killed.path(), &simulator, &["sync", "--once"])).await;
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let (here, there) = (
        exported(killed.path(), &simulator).await,
        exported(undisturbed.path(), &simulator).await,
    );
    assert!(here.len() > 100, "{}", here.len());
    assert_eq!(here, there);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_it_says_so_and_goes_on_when_there_is_room() {
    let simulator = company().await;
    let folder = tempfile::tempdir().unwrap();
    // No file may grow beyond this: what SQLite meets then is the same as on a full disk. The signal that goes with it
    // is ignored, as a write on a full disk sends none.
    let mut limited = Command::new("sh");
    let whole = sync(folder.path(), &simulator, &["sync", "--once"]);
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 600; exec \"$0\" sync --once"])
        .arg(whole.get_program());
    limited.env_clear().stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, value) in whole.get_envs() {
        limited.env(name, value.unwrap());
    }
    let refused = run(limited).await;
    let words =
        String::from_utf8_lossy(&refused.stderr).into_owned() + &String::from_utf8_lossy(&refused.stdout);
    assert_eq!(refused.status.code(), Some(6), "{words}");
    assert!(words.contains("disk is full"), "{words}");

    let output = run(whole).await;
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(exported(folder.path(), &simulator).await.len() > 100);
}
