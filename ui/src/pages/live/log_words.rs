//! The words of the log of supervisions. Pure.

use crate::format::durations;
use domain::supervision::SupervisionResult;

/// `Ended after 4 min 12 s`.
pub(super) fn result(result: &SupervisionResult) -> String {
    match result {
        SupervisionResult::Asked => "Asked for; no more is known".to_owned(),
        SupervisionResult::Refused { reason } => format!("Refused: {reason}"),
        SupervisionResult::Running => "Going on".to_owned(),
        SupervisionResult::Ended { seconds } => format!("Ended after {}", durations::talk_time(*seconds)),
    }
}

/// What a line that does not fit means.
pub(super) fn broken(number: i64) -> String {
    format!(
        "Line {number} does not follow from the line before it: lines of this log were changed or taken away outside of Switchboard. \
         What stands from there on cannot be relied on."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_says_what_became_of_it() {
        assert_eq!(
            result(&SupervisionResult::Ended { seconds: 252 }),
            "Ended after 4 min 12 s"
        );
        let refused = SupervisionResult::Refused {
            reason: "not in a group".to_owned(),
        };
        assert_eq!(result(&refused), "Refused: not in a group");
    }

    #[test]
    fn a_broken_chain_names_its_first_line() {
        assert!(broken(17).starts_with("Line 17 "));
    }
}
