//! How campaigns read: states, counts, times.

use crate::components::Icon;
use crate::format::{counted, durations, grouped};
use domain::campaign::{Campaign, CampaignCounts, CampaignState, ResultKind};
use domain::ipc::templates::TemplatesImported;
use domain::outgoing::OutgoingState;

/// A state with the class of its tag.
pub(super) fn state(campaign: &Campaign) -> (&'static str, &'static str) {
    match campaign.state {
        CampaignState::Running => ("Sending", "tag tag-accent"),
        CampaignState::Paused => ("Paused", "tag tag-warn"),
        CampaignState::Cancelled => ("Cancelled", "tag"),
        CampaignState::Done if campaign.counts.failed > 0 => ("Done, some failed", "tag tag-bad"),
        CampaignState::Done => ("Done", "tag tag-good"),
    }
}

/// A kind of result, as a heading and in the middle of a sentence.
pub(super) fn kind(kind: ResultKind) -> (&'static str, &'static str) {
    match kind {
        ResultKind::Waiting => ("Waiting", "waiting"),
        ResultKind::Accepted => ("On the way", "on the way"),
        ResultKind::Delivered => ("Delivered", "delivered"),
        ResultKind::Failed => ("Failed", "failed"),
        ResultKind::Unknown => ("Unknown", "unknown"),
        ResultKind::Cancelled => ("Taken back", "taken back"),
    }
}

/// The class that colours a kind in bar, legend and rows.
pub(super) fn class(kind: ResultKind) -> &'static str {
    match kind {
        ResultKind::Waiting => "is-waiting",
        ResultKind::Accepted => "is-accepted",
        ResultKind::Delivered => "is-delivered",
        ResultKind::Failed => "is-failed",
        ResultKind::Unknown => "is-unknown",
        ResultKind::Cancelled => "is-cancelled",
    }
}

/// `148 delivered, 21 on the way, 2 failed, 43 waiting`: what has come farthest first, and nothing that is zero.
pub(super) fn counts(counts: &CampaignCounts) -> String {
    let order = [
        ResultKind::Delivered,
        ResultKind::Accepted,
        ResultKind::Failed,
        ResultKind::Unknown,
        ResultKind::Waiting,
        ResultKind::Cancelled,
    ];
    let parts: Vec<String> = order
        .into_iter()
        .filter(|kind| counts.of(*kind) > 0)
        .map(|one| format!("{} {}", grouped(counts.of(one).into()), kind(one).1))
        .collect();
    if parts.is_empty() {
        "Nobody".to_owned()
    } else {
        parts.join(", ")
    }
}

/// `1 segment`, `3 segments`.
pub(super) fn segments(count: u32) -> String {
    counted(count.into(), "segment", "segments")
}

/// `Less than a minute`, `About 4 min`, `About 1 h 10 min`.
pub(super) fn duration(seconds: u64) -> String {
    if seconds < 60 {
        "Less than a minute".to_owned()
    } else {
        format!("About {}", durations::waiting(seconds))
    }
}

/// How long it still takes, while that is known.
pub(super) fn time_left(campaign: &Campaign) -> Option<String> {
    match (campaign.state, campaign.seconds_left) {
        (CampaignState::Running, Some(seconds)) => Some(format!("{} left", duration(seconds))),
        _ => None,
    }
}

/// What became of one message: sign, words, and a sentence where there is one.
pub(super) fn outcome(state: &OutgoingState) -> (Icon, &'static str, Option<String>) {
    match state {
        OutgoingState::Queued { .. } => (Icon::Clock, "Waiting", None),
        OutgoingState::Sending => (Icon::Clock, "Leaving", None),
        OutgoingState::Accepted => (Icon::Check, "On the way", None),
        OutgoingState::Delivered => (Icon::CheckTwice, "Delivered", None),
        OutgoingState::Failed { reason, .. } => (Icon::Warning, "Failed", Some(reason.clone())),
        OutgoingState::Unknown { .. } => (
            Icon::Help,
            "Unknown",
            Some("The answer was lost. It is looked for at RingCentral and not sent again before that is known.".to_owned()),
        ),
        OutgoingState::Cancelled => (Icon::Close, "Taken back", None),
    }
}

/// What bringing templates in did.
pub(super) fn imported(counts: TemplatesImported) -> String {
    let mut parts = vec![if counts.added == 0 {
        "No template is new".to_owned()
    } else {
        counted(counts.added.into(), "template added", "templates added")
    }];
    if counts.unchanged > 0 {
        parts.push(counted(
            counts.unchanged.into(),
            "was here already",
            "were here already",
        ));
    }
    if counts.skipped > 0 {
        parts.push(format!(
            "{} left out for want of a name or text",
            grouped(counts.skipped.into())
        ));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_leave_out_what_is_zero_and_begin_with_what_has_arrived() {
        let made = CampaignCounts {
            total: 214,
            waiting: 43,
            accepted: 21,
            delivered: 1_148,
            failed: 2,
            ..CampaignCounts::default()
        };
        assert_eq!(
            counts(&made),
            "1,148 delivered, 21 on the way, 2 failed, 43 waiting"
        );
        assert_eq!(counts(&CampaignCounts::default()), "Nobody");
    }

    #[test]
    fn durations_are_only_as_exact_as_they_can_be() {
        assert_eq!(duration(12), "Less than a minute");
        assert_eq!(duration(250), "About 4 min");
        assert_eq!(duration(4_300), "About 1 h 11 min");
    }

    #[test]
    fn an_import_says_what_it_left_as_it_was() {
        let counts = TemplatesImported {
            added: 0,
            unchanged: 3,
            skipped: 1,
        };
        assert_eq!(
            imported(counts),
            "No template is new · 3 were here already · 1 left out for want of a name or text"
        );
    }
}
