//! The chain of the log: each line carries a hash of itself and of the line before it. Pure.
//!
//! A line that is changed, taken out or put in no longer fits to the one after it.

use domain::ids::CallSessionId;
use domain::supervision::{SupervisionMode, SupervisionResult};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// What stands before the first line.
pub const BEGINNING: Hash = [0; 32];

/// Whom a supervision is about; names as they were then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionFacts {
    pub supervisor_id: String,
    pub supervisor: String,
    pub agent_id: String,
    pub agent: String,
    pub party: String,
    pub session_id: CallSessionId,
    pub mode: SupervisionMode,
}

/// A line without its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFacts {
    pub number: i64,
    /// The number of the line with which this supervision began.
    pub attempt: i64,
    pub at: Timestamp,
    pub about: SupervisionFacts,
    pub result: SupervisionResult,
}

/// The hash of a line that comes after the one with the hash `before`. A JSON array tells every field from the next.
pub fn hash(before: &Hash, line: &LineFacts) -> Hash {
    let (reason, seconds) = match &line.result {
        SupervisionResult::Refused { reason } => (Some(reason), None),
        SupervisionResult::Ended { seconds } => (None, Some(seconds)),
        SupervisionResult::Asked | SupervisionResult::Running => (None, None),
    };
    let about = &line.about;
    let content = json!([
        line.number,
        line.attempt,
        line.at.as_millisecond(),
        kind_word(&line.result),
        about.supervisor_id,
        about.supervisor,
        about.agent_id,
        about.agent,
        about.party,
        about.session_id.as_str(),
        mode_word(about.mode),
        reason,
        seconds,
    ]);
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(content.to_string().as_bytes());
    hasher.finalize().into()
}

/// The number of the first line that does not fit to the one before it; `last_number` is the greatest that was ever given.
pub fn broken_at<'a>(
    lines: impl IntoIterator<Item = (&'a LineFacts, &'a Hash)>,
    last_number: i64,
) -> Option<i64> {
    let mut before = BEGINNING;
    let mut next = 1;
    for (line, stored) in lines {
        // The hash of a line whose predecessor is missing does not fit; the number says the same sooner.
        if line.number != next || hash(&before, line) != *stored {
            return Some(next.min(line.number));
        }
        before = *stored;
        next += 1;
    }
    (next <= last_number).then_some(next)
}

/// Reads a stored hash; one of another length fits to nothing.
pub fn read(bytes: &[u8]) -> Hash {
    bytes.try_into().unwrap_or(BEGINNING)
}

/// As people compare it.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn kind_word(result: &SupervisionResult) -> &'static str {
    match result {
        SupervisionResult::Asked => "asked",
        SupervisionResult::Refused { .. } => "refused",
        SupervisionResult::Running => "running",
        SupervisionResult::Ended { .. } => "ended",
    }
}

pub fn mode_word(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "listen",
        SupervisionMode::Whisper => "whisper",
        SupervisionMode::Barge => "barge",
        SupervisionMode::TakeOver => "take_over",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: i64, agent: &str, result: SupervisionResult) -> LineFacts {
        LineFacts {
            number,
            attempt: 1,
            at: Timestamp::from_second(1_770_000_000 + number).unwrap(),
            about: SupervisionFacts {
                supervisor_id: "1".into(),
                supervisor: "Ada".into(),
                agent_id: "2".into(),
                agent: agent.into(),
                party: "Maria Lopez".into(),
                session_id: "s-1".into(),
                mode: SupervisionMode::Listen,
            },
            result,
        }
    }

    fn log() -> Vec<(LineFacts, Hash)> {
        let mut before = BEGINNING;
        let results = [
            SupervisionResult::Asked,
            SupervisionResult::Running,
            SupervisionResult::Ended { seconds: 30 },
            SupervisionResult::Asked,
        ];
        (1..)
            .zip(results)
            .map(|(number, result)| {
                let line = line(number, "Ben", result);
                before = hash(&before, &line);
                (line, before)
            })
            .collect()
    }

    fn broken(log: &[(LineFacts, Hash)]) -> Option<i64> {
        broken_at(log.iter().map(|(line, hash)| (line, hash)), 4)
    }

    #[test]
    fn a_whole_chain_holds() {
        assert_eq!(broken(&log()), None);
        assert_eq!(broken_at([], 0), None);
    }

    #[test]
    fn a_line_that_was_taken_out_changed_or_cut_off_is_found() {
        let mut without = log();
        without.remove(1);
        assert_eq!(broken(&without), Some(2));
        let mut without_first = log();
        without_first.remove(0);
        assert_eq!(broken(&without_first), Some(1));
        let mut cut_off = log();
        cut_off.pop();
        assert_eq!(broken(&cut_off), Some(4));
        let mut changed = log();
        changed[2].0.about.agent = "Cleo".into();
        assert_eq!(broken(&changed), Some(3));
        let mut shorter = log();
        shorter[2].0.result = SupervisionResult::Ended { seconds: 3 };
        assert_eq!(broken(&shorter), Some(3));
        // Somebody who knows how a line is hashed, and changes that one alone.
        let mut hashed_anew = log();
        hashed_anew[1].0.about.agent = "Cleo".into();
        let before = hashed_anew[0].1;
        hashed_anew[1].1 = hash(&before, &hashed_anew[1].0);
        assert_eq!(broken(&hashed_anew), Some(3));
        let mut renumbered = log();
        renumbered.remove(1);
        for (number, (line, _)) in (1..).zip(&mut renumbered) {
            line.number = number;
        }
        assert_eq!(
            broken(&renumbered),
            Some(2),
            "numbers that were closed up do not help"
        );
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let mut one = line(1, "Ben", SupervisionResult::Asked);
        let mut other = one.clone();
        one.about.agent = "Ben\",\"Maria".into();
        one.about.party = String::new();
        other.about.agent = "Ben".into();
        other.about.party = "Maria".into();
        assert_ne!(hash(&BEGINNING, &one), hash(&BEGINNING, &other));
    }
}
