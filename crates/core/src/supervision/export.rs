//! The whole log as a table, for keeping it elsewhere.

use super::chain::{hex, kind_word};
use crate::error::CoreError;
use crate::spreadsheet::{BYTE_ORDER_MARK, guarded};
use crate::store::SupervisionLine;
use domain::supervision::{SupervisionMode, SupervisionResult};

/// As CSV, one row per line of the log. What people and callers are called is disarmed: it must not calculate.
pub(super) fn csv(lines: &[SupervisionLine]) -> Result<Vec<u8>, CoreError> {
    let failed = |error: csv::Error| CoreError::internal("the log could not be written", error);
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    writer
        .write_record([
            "Line",
            "Belongs to",
            "When (UTC)",
            "What",
            "Mode",
            "Supervisor",
            "Supervisor id",
            "Colleague",
            "Colleague id",
            "Other end",
            "Call",
            "Reason",
            "Seconds",
            "SHA-256",
        ])
        .map_err(failed)?;
    for line in lines {
        let (facts, about) = (&line.facts, &line.facts.about);
        let (reason, seconds) = match &facts.result {
            SupervisionResult::Refused { reason } => (reason.as_str(), String::new()),
            SupervisionResult::Ended { seconds } => ("", seconds.to_string()),
            SupervisionResult::Asked | SupervisionResult::Running => ("", String::new()),
        };
        writer
            .write_record([
                facts.number.to_string(),
                facts.attempt.to_string(),
                facts.at.to_string(),
                kind_word(&facts.result).to_owned(),
                mode(about.mode).to_owned(),
                guarded(&about.supervisor),
                guarded(&about.supervisor_id),
                guarded(&about.agent),
                guarded(&about.agent_id),
                guarded(&about.party),
                guarded(about.session_id.as_str()),
                guarded(reason),
                seconds,
                hex(&line.hash),
            ])
            .map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| CoreError::internal("the log could not be written", error.to_string()))
}

fn mode(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Listen => "Listen",
        SupervisionMode::Whisper => "Whisper",
        SupervisionMode::Barge => "Barge",
        SupervisionMode::TakeOver => "Take over",
    }
}
