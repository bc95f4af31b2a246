//! The result of a campaign as a table.

use crate::error::CoreError;
use crate::spreadsheet::{BYTE_ORDER_MARK, guarded};
use domain::campaign::CampaignResult;
use domain::outgoing::OutgoingState;

/// As CSV. Numbers keep their plus: a telephone number is no formula.
pub(super) fn csv(results: &[CampaignResult]) -> Result<Vec<u8>, CoreError> {
    let failed = |error: csv::Error| CoreError::internal("the result could not be written", error);
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    writer
        .write_record(["Name", "Number", "Result", "Reason", "Text"])
        .map_err(failed)?;
    for result in results {
        let (state, reason) = words(&result.state);
        let number = result.number.to_look_up();
        writer
            .write_record([
                guarded(&result.label).as_str(),
                number.as_str(),
                state,
                guarded(reason).as_str(),
                guarded(&result.text).as_str(),
            ])
            .map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| CoreError::internal("the result could not be written", error.to_string()))
}

fn words(state: &OutgoingState) -> (&'static str, &str) {
    match state {
        OutgoingState::Queued { .. } | OutgoingState::Sending => ("Waiting", ""),
        OutgoingState::Accepted => ("Sent", ""),
        OutgoingState::Delivered => ("Delivered", ""),
        OutgoingState::Failed { reason, .. } => ("Failed", reason),
        OutgoingState::Unknown { .. } => ("Unknown", "It is being found out whether it went out."),
        OutgoingState::Cancelled => ("Cancelled", ""),
    }
}
