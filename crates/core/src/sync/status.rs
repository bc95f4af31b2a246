//! What the lanes do, put into the one state that a person is shown.
//!
//! Pure. Only the lanes that make the inbox current count: an address book that may not be read is no reason to call
//! everything failed. A store that cannot be written concerns everything.

use super::pacing::{Pacing, Trouble};
use domain::sync::{BackfillProgress, SyncPhase};
use jiff::Timestamp;

/// A lane as the state sees it.
#[derive(Debug, Clone, Copy)]
pub struct LaneView<'a> {
    pub pacing: &'a Pacing,
    pub is_running: bool,
    /// The inbox is not current without it.
    pub is_essential: bool,
}

/// The state of the synchronisation as a whole.
pub fn phase(lanes: &[LaneView<'_>], now: Timestamp) -> SyncPhase {
    if lanes
        .iter()
        .any(|lane| lane.pacing.trouble() == Some(&Trouble::SignInRequired))
    {
        return SyncPhase::SignInRequired;
    }
    if let Some(message) = not_stored(lanes) {
        return SyncPhase::Failed {
            message: message.to_owned(),
        };
    }
    let essential = || lanes.iter().filter(|lane| lane.is_essential);
    let troubles = || essential().filter_map(|lane| Some((lane, lane.pacing.trouble()?)));
    if troubles().any(|(_, trouble)| *trouble == Trouble::Offline) {
        return SyncPhase::Offline;
    }
    let waits = troubles().filter(|(_, trouble)| matches!(trouble, Trouble::RateLimited { .. }));
    if let Some(retry_at) = waits.filter_map(|(lane, _)| lane.pacing.due_at()).max() {
        return SyncPhase::RateLimited { retry_at };
    }
    let failure = troubles().find_map(|(_, trouble)| match trouble {
        Trouble::Failed { message } | Trouble::Forbidden { message } => Some(message.clone()),
        _ => None,
    });
    if let Some(message) = failure {
        return SyncPhase::Failed { message };
    }
    if essential().any(|lane| lane.is_running || lane.pacing.is_due(now)) {
        SyncPhase::Syncing
    } else {
        SyncPhase::UpToDate
    }
}

/// Why something that came could not be stored, if so.
pub fn not_stored<'a>(lanes: &'a [LaneView<'_>]) -> Option<&'a str> {
    lanes.iter().find_map(|lane| match lane.pacing.trouble() {
        Some(Trouble::NotStored { message }) => Some(message.as_str()),
        _ => None,
    })
}

/// Several histories as one: complete since the later of their instants, finished when all are.
pub fn progress(parts: &[BackfillProgress]) -> Option<BackfillProgress> {
    let first = parts.first()?;
    Some(BackfillProgress {
        records: parts.iter().map(|part| part.records).sum(),
        complete_since: parts
            .iter()
            .map(|part| part.complete_since)
            .reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other)))
            .flatten(),
        target: parts
            .iter()
            .map(|part| part.target)
            .fold(first.target, Timestamp::min),
        is_paused: parts.iter().any(|part| part.is_paused && !part.is_finished),
        is_finished: parts.iter().all(|part| part.is_finished),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn lane(pacing: &Pacing, is_essential: bool) -> LaneView<'_> {
        LaneView {
            pacing,
            is_running: false,
            is_essential,
        }
    }

    fn resting() -> Pacing {
        let mut pacing = Pacing::default();
        pacing.succeeded(at(0), Some(SignedDuration::from_secs(100)));
        pacing
    }

    fn troubled(trouble: Trouble) -> Pacing {
        let mut pacing = Pacing::due(at(0));
        pacing.failed(at(0), trouble);
        pacing
    }

    #[test]
    fn a_missing_permission_for_a_side_matter_does_not_spoil_the_state() {
        let (calm, refused) = (resting(), troubled(Trouble::Forbidden { message: "no".into() }));
        assert_eq!(
            phase(&[lane(&calm, true), lane(&refused, false)], at(1)),
            SyncPhase::UpToDate
        );
        assert_eq!(
            phase(&[lane(&refused, true)], at(1)),
            SyncPhase::Failed { message: "no".into() }
        );
    }

    #[test]
    fn a_full_disk_is_told_wherever_it_was_met() {
        let (calm, full) = (
            resting(),
            troubled(Trouble::NotStored {
                message: "full".into(),
            }),
        );
        let lanes = [lane(&calm, true), lane(&full, false)];
        assert_eq!(
            phase(&lanes, at(1)),
            SyncPhase::Failed {
                message: "full".into()
            }
        );
    }

    #[test]
    fn a_lost_sign_in_anywhere_is_what_is_said() {
        let (lost, offline) = (troubled(Trouble::SignInRequired), troubled(Trouble::Offline));
        assert_eq!(
            phase(&[lane(&offline, true), lane(&lost, false)], at(1)),
            SyncPhase::SignInRequired
        );
    }

    #[test]
    fn the_wait_that_the_server_asked_for_is_told_with_its_end() {
        let limited = troubled(Trouble::RateLimited {
            retry_after: SignedDuration::from_secs(60),
        });
        assert_eq!(
            phase(&[lane(&limited, true)], at(1)),
            SyncPhase::RateLimited { retry_at: at(60) }
        );
    }

    #[test]
    fn two_histories_are_as_complete_as_the_one_that_lags() {
        let part = |since: Option<i64>, is_finished| BackfillProgress {
            records: 10,
            complete_since: since.map(at),
            target: at(0),
            is_paused: false,
            is_finished,
        };
        let both = progress(&[part(Some(50), true), part(Some(80), false)]).unwrap();
        assert_eq!(
            (both.records, both.complete_since, both.is_finished),
            (20, Some(at(80)), false)
        );
        assert_eq!(
            progress(&[part(Some(50), true), part(None, false)])
                .unwrap()
                .complete_since,
            None
        );
        assert_eq!(progress(&[]), None);
    }
}
