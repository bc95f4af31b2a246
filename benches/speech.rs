//! How well and how fast voicemail is written down on this computer: words that are wrong, time, memory.
//!
//! It reads the folder in `SWITCHBOARD_SPEECH`: a model (`*.bin`), recordings (`*.wav`) and `references.json`, which says what
//! is said in each. Recordings whose names begin with `ss` are of people, the others of machines. Without the folder it says
//! that it skips. It prints and fails when people are understood worse than the product promises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement may be blunt"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use switchboard_core::transcription::{Sound, ThisComputer, Transcriber as _, Watch};

/// What the product promises for people on the telephone.
const MOST_WRONG_WORDS: f64 = 0.06;
const MOST_TIME: f64 = 0.25;

#[derive(Default)]
struct Group {
    words: usize,
    wrong: usize,
    spoken_seconds: f64,
    took_seconds: f64,
}

fn main() -> ExitCode {
    let Some(folder) = std::env::var_os("SWITCHBOARD_SPEECH").map(PathBuf::from) else {
        println!(
            "Skipped: SWITCHBOARD_SPEECH does not name a folder with a model, recordings and references.json."
        );
        return ExitCode::SUCCESS;
    };
    let Some(model) = files(&folder, "bin").into_iter().next() else {
        println!("Skipped: there is no model in {}.", folder.display());
        return ExitCode::SUCCESS;
    };
    let references = std::fs::read(folder.join("references.json")).expect("references.json");
    let references: BTreeMap<String, String> = serde_json::from_slice(&references).expect("references.json");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let before = memory("VmRSS");
    let transcriber = ThisComputer::new(&model, "measured");
    let (mut people, mut machines) = (Group::default(), Group::default());
    println!(
        "{:<18} {:>7} {:>7} {:>8}  heard",
        "recording", "wrong", "time", "sure"
    );
    for (name, said) in &references {
        let content = std::fs::read(folder.join(name)).unwrap();
        // Telephone recordings: one byte is one sample.
        let spoken_seconds = content.len() as f64 / 8000.0;
        let sound = Sound {
            content: content.into(),
        };
        let began = Busy::begin();
        let written = runtime
            .block_on(transcriber.transcribe(&sound, &Watch::idle()))
            .unwrap();
        let took_seconds = began.seconds();
        let (said, heard) = (words(said), words(&written.text));
        let wrong = distance(&said, &heard);
        println!(
            "{name:<18} {:>6.1}% {took_seconds:>6.2}s {:>8.2}  {}",
            100.0 * wrong as f64 / said.len() as f64,
            written.confidence.unwrap_or_default(),
            written.text
        );
        let group = if name.starts_with("ss") {
            &mut people
        } else {
            &mut machines
        };
        group.words += said.len();
        group.wrong += wrong;
        group.spoken_seconds += spoken_seconds;
        group.took_seconds += took_seconds;
    }
    for (who, group) in [("people", &people), ("machines", &machines)] {
        println!(
            "{who:<9} word error rate {:>5.1} %, {:>5.3} of real time on one thread ({} words, {:.0} s)",
            100.0 * group.error_rate(),
            group.time(),
            group.words,
            group.spoken_seconds
        );
    }
    println!(
        "memory    {} MB before, {} MB at most, {} MB after",
        megabytes(before),
        megabytes(memory("VmHWM")),
        megabytes(memory("VmRSS"))
    );
    let time = (people.took_seconds + machines.took_seconds)
        / (people.spoken_seconds + machines.spoken_seconds).max(0.001);
    println!("all       {time:>5.3} of real time on one thread");
    if people.words > 0 && (people.error_rate() > MOST_WRONG_WORDS || people.time() > MOST_TIME) {
        println!(
            "Worse than promised for people: at most {MOST_WRONG_WORDS} of the words wrong, at most {MOST_TIME} of real time."
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

impl Group {
    fn error_rate(&self) -> f64 {
        self.wrong as f64 / self.words.max(1) as f64
    }

    fn time(&self) -> f64 {
        self.took_seconds / self.spoken_seconds.max(0.001)
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .collect();
    files.sort();
    files
}

/// Words in comparable form: case, signs and the ways to write numbers do not count.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\'', '’'], "");
    let mut words: Vec<String> = Vec::new();
    for word in text
        .split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let word = folded(word);
        let is_number = |word: &str| word.bytes().all(|one| one.is_ascii_digit());
        match words.last_mut() {
            Some(last) if is_number(last) && is_number(word) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn folded(word: &str) -> &str {
    match word {
        "mr" => "mister",
        "mrs" => "missus",
        "ok" => "okay",
        "zero" => "0",
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "thirty" => "30",
        "twelfth" => "12th",
        word => word,
    }
}

/// How many words have to be changed, added or left out.
fn distance(said: &[String], heard: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (line, one) in said.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in heard.iter().enumerate() {
            let changed = diagonal + usize::from(one != other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[heard.len()]
}

/// Counts the time that a processor was busy with us, so that other programs do not spoil the figure; elsewhere than on
/// Linux, the time that passed.
struct Busy {
    began: Instant,
    ticks: Option<u64>,
}

/// `USER_HZ`, which is a hundred on every architecture that Linux runs desktops on (proc(5), time(7)).
const TICKS_PER_SECOND: f64 = 100.0;

impl Busy {
    fn begin() -> Self {
        Self {
            began: Instant::now(),
            ticks: ticks(),
        }
    }

    fn seconds(&self) -> f64 {
        match (self.ticks, ticks()) {
            (Some(before), Some(now)) => (now - before) as f64 / TICKS_PER_SECOND,
            _ => self.began.elapsed().as_secs_f64(),
        }
    }
}

/// In user and in system mode, of all threads: fields 14 and 15 (proc(5)).
fn ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// A line of what Linux says of this process, in kilobytes; 0 elsewhere.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or_default()
}

fn megabytes(kilobytes: u64) -> u64 {
    kilobytes / 1024
}
