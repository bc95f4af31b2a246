//! The process itself dies, or the disk refuses it: killed at any moment of a synchronisation, and a disk that is full.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may be blunt")]

use assert_cmd::cargo::cargo_bin;
use jiff::{SignedDuration, Timestamp};
use simulator::scenario::{caller, incoming_text};
use simulator::world::Clock;
use simulator::world::number::E164;
use simulator::{Options, RateLimits, Simulator};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// More than one answer holds, so that there is history to be fetched too.
const TEXTS: u32 = 600;
const EVERYTHING: [&str; 3] = ["sync", "--once", "--backfill"];

/// A small company that was written to every half hour until now.
async fn company() -> Simulator {
    let all = SignedDuration::from_mins(30) * i32::try_from(TEXTS).unwrap();
    let clock = Clock::manual(Timestamp::now() - all);
    let options = Options::small_company(clock).rate_limits(RateLimits::raised());
    let simulator = Simulator::start(options).await.unwrap();
    let to = simulator.ready().extensions.remove(0).phone_number;
    let to = E164::parse(&to).unwrap();
    for number in 0..TEXTS {
        let from = caller(E164::nanp(415, 5_550_200 + number % 90), None);
        let words = format!("Text number {number}");
        simulator
            .control()
            .world(|world| incoming_text(world, from, to, &words, &[]).unwrap());
        simulator.control().advance(SignedDuration::from_mins(30));
    }
    simulator
}

/// The program with these arguments, signed in with a JWT.
fn program(folder: &Path, simulator: &Simulator, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("switchboardctl"));
    command.args(arguments);
    in_environment(command, folder, simulator)
}

fn in_environment(mut command: Command, folder: &Path, simulator: &Simulator) -> Command {
    let ready = simulator.ready();
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
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
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    output.await.unwrap()
}

fn words(output: &Output) -> String {
    let streams = [&output.stdout, &output.stderr];
    streams.map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

/// Every text is there once: each says its number.
fn assert_every_text_once(exported: &str) {
    let mut numbers: Vec<u32> = exported
        .lines()
        .filter_map(|line| line.split("Text number ").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    numbers.sort_unstable();
    assert!(
        numbers.into_iter().eq(0..TEXTS),
        "something is missing or doubled"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_ever_other_moments_it_ends_with_everything_once() {
    let simulator = company().await;
    let folder = tempfile::tempdir().unwrap();
    for requests in 1..=16 {
        simulator.control().clear_requests();
        let mut child = program(folder.path(), &simulator, &EVERYTHING).spawn().unwrap();
        while simulator.control().requests().len() < requests && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // What was answered last is being stored now. The signal is the one that cannot be caught.
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let output = run(program(folder.path(), &simulator, &EVERYTHING)).await;
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let exported = run(program(
        folder.path(),
        &simulator,
        &["export", "--format", "jsonl"],
    ))
    .await;
    assert_every_text_once(&String::from_utf8(exported.stdout).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_it_says_so_and_goes_on_when_there_is_room() {
    // A disk of its own, which nobody else sees and which goes with the shell.
    let own_disk = ["--user", "--map-root-user", "--mount", "sh", "-uc"];
    let is_allowed = Command::new("unshare")
        .args(own_disk)
        .arg("mount -t tmpfs tmpfs /mnt")
        .output()
        .is_ok_and(|output| output.status.success());
    if !is_allowed {
        eprintln!("skipped: this computer lets nobody make a small disk of their own (unshare, mount)");
        return;
    }
    let simulator = company().await;
    let folder = tempfile::tempdir().unwrap();
    // Something else takes what is left of it, but for so much that the older history has no room.
    let script = "mkdir \"$SWITCHBOARD_DATA_FOLDER\"; mount -t tmpfs -o size=64m tmpfs \"$SWITCHBOARD_DATA_FOLDER\"; \
        \"$CTL\" sync --once >&2; \
        left=$(df --output=avail -k \"$SWITCHBOARD_DATA_FOLDER\" | tail -n 1); \
        head -c $(((left - 100) * 1024)) /dev/zero > \"$SWITCHBOARD_DATA_FOLDER/ballast\"; \
        \"$CTL\" sync --once --backfill >&2; echo \"full: $?\" >&2; \
        rm \"$SWITCHBOARD_DATA_FOLDER/ballast\"; \
        \"$CTL\" sync --once --backfill >&2; echo \"room: $?\" >&2; \
        \"$CTL\" export --format jsonl";
    let mut shell = Command::new("unshare");
    shell.args(own_disk).arg(script);
    let mut shell = in_environment(shell, folder.path(), &simulator);
    shell.env("CTL", cargo_bin("switchboardctl"));
    let output = run(shell).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("The disk is full") && said.contains("full: 6"),
        "{said}"
    );
    assert!(said.contains("room: 0"), "{said}");
    assert_every_text_once(&String::from_utf8(output.stdout).unwrap());
}
