//! The program as a script sees it: arguments in, text or JSON and an exit code out, against the simulator.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may be blunt")]

use assert_cmd::Command;
use simulator::world::Clock;
use simulator::{Options, Simulator};
use std::path::Path;

/// A program that keeps its data in `folder` and asks nobody.
fn program(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("switchboardctl").unwrap();
    command
        .env_clear()
        .env("SWITCHBOARD_DATA_FOLDER", folder)
        .env("HOME", folder)
        .env("TZ", "UTC");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Signs in as the first person of the demo company and fetches what is new.
fn synced(folder: &Path, simulator: &Simulator) {
    let ready = simulator.ready();
    let person = ready.extensions.first().unwrap();
    program(folder)
        .args([
            "--server",
            &ready.base_url,
            "--client-id",
            &ready.client_id,
            "sync",
            "--once",
        ])
        .env("SWITCHBOARD_CLIENT_SECRET", &ready.client_secret)
        .env("SWITCHBOARD_JWT", &person.jwt)
        .assert()
        .code(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_synced_is_found_and_written_out_without_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(Options::demo(1, Clock::running()))
        .await
        .unwrap();
    synced(folder.path(), &simulator);
    drop(simulator);

    let found = program(folder.path())
        .args(["--json", "search", "rebar"])
        .assert()
        .code(0);
    let found: serde_json::Value = serde_json::from_slice(&found.get_output().stdout).unwrap();
    assert!(!found["communications"].as_array().unwrap().is_empty());

    let file = folder.path().join("out.csv");
    program(folder.path())
        .args(["export", "--output"])
        .arg(&file)
        .assert()
        .code(0);
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("occurred_at,kind,direction,contact"));
    assert!(written.lines().count() > 100, "{} lines", written.lines().count());
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_says_first_and_does_then() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(Options::demo(1, Clock::running()))
        .await
        .unwrap();
    synced(folder.path(), &simulator);
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "Name,Mobile\nZelda Quist,(415) 555-0199\n").unwrap();

    let preview = program(folder.path())
        .args(["contacts", "import", "--dry-run"])
        .arg(&file)
        .assert()
        .code(0);
    assert!(text(&preview.get_output().stdout).contains("1 would be added"));
    let before = program(folder.path()).args(["search", "Zelda"]).assert().code(0);
    assert!(text(&before.get_output().stdout).contains("Nothing found"));

    program(folder.path())
        .args(["contacts", "import"])
        .arg(&file)
        .assert()
        .code(0);
    let after = program(folder.path()).args(["search", "Zelda"]).assert().code(0);
    assert!(text(&after.get_output().stdout).contains("Zelda Quist"));
}

#[test]
fn without_a_sign_in_the_exit_code_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = program(folder.path())
        .args(["search", "anything"])
        .assert()
        .code(3);
    assert!(text(&outcome.get_output().stderr).contains("Nobody is signed in"));
}

#[test]
fn a_server_that_is_not_there_is_told_from_a_refusal() {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path())
        .args([
            "--server",
            "http://127.0.0.1:9",
            "--client-id",
            "any",
            "sync",
            "--once",
        ])
        .env("SWITCHBOARD_JWT", "any")
        .assert()
        .code(4);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = program(folder.path())
        .args(["contacts", "import", "/nowhere/people.csv"])
        .assert()
        .code(6);
    assert!(text(&outcome.get_output().stderr).contains("/nowhere/people.csv"));
}

#[test]
fn doctor_names_what_does_not_work_and_says_so_in_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = program(folder.path())
        .args(["--json", "--server", "http://127.0.0.1:9", "doctor"])
        .assert()
        .code(10);
    let checks: serde_json::Value = serde_json::from_slice(&outcome.get_output().stdout).unwrap();
    let works = |name: &str| {
        checks
            .as_array()
            .unwrap()
            .iter()
            .find(|check| check["name"] == name)
            .unwrap()["works"]
            .as_bool()
            .unwrap()
    };
    assert!(works("Data folder"));
    assert!(!works("Network"));
}

#[test]
fn a_command_line_that_makes_no_sense_is_refused_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path()).args(["sync"]).assert().code(2);
}
