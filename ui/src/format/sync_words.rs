//! How current everything is, said in words.

use super::dates::Now;
use super::durations::waiting;
use super::grouped;
use crate::components::icon::Icon;
use domain::sync::{BackfillProgress, EventSourceState, SyncPhase, SyncStatus};

/// How much attention a state deserves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    Calm,
    Busy,
    Warning,
}

/// What the top bar says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyncWords {
    pub short: String,
    pub icon: Icon,
    pub urgency: Urgency,
}

/// The two or three words of the top bar.
pub(crate) fn short(status: &SyncStatus, now: &Now) -> SyncWords {
    let words = |short: &str, icon, urgency| SyncWords {
        short: short.to_owned(),
        icon,
        urgency,
    };
    match &status.phase {
        SyncPhase::Off => words("Not signed in", Icon::Offline, Urgency::Calm),
        SyncPhase::UpToDate if is_backfilling(status) => words("Fetching history", Icon::Sync, Urgency::Busy),
        SyncPhase::UpToDate => words("Up to date", Icon::Check, Urgency::Calm),
        SyncPhase::Syncing => words("Updating", Icon::Sync, Urgency::Busy),
        SyncPhase::Offline => words("Offline", Icon::Offline, Urgency::Warning),
        SyncPhase::RateLimited { retry_at } => words(
            &format!("Waiting until {}", now.time_of_day(*retry_at)),
            Icon::Clock,
            Urgency::Warning,
        ),
        SyncPhase::SignInRequired => words("Sign in again", Icon::Warning, Urgency::Warning),
        SyncPhase::Failed { .. } => words("Not up to date", Icon::Warning, Urgency::Warning),
    }
}

/// The same as a sentence that says what it means.
pub(crate) fn sentence(status: &SyncStatus, now: &Now) -> String {
    match &status.phase {
        SyncPhase::Off => "Nobody is signed in.".to_owned(),
        SyncPhase::UpToDate if is_backfilling(status) => {
            "Everything new is on this computer. Older history is on its way.".to_owned()
        }
        SyncPhase::UpToDate => "Everything new is on this computer.".to_owned(),
        SyncPhase::Syncing => "Fetching what is new.".to_owned(),
        SyncPhase::Offline => {
            "RingCentral cannot be reached. What is on this computer can be read; the rest follows by itself."
                .to_owned()
        }
        SyncPhase::RateLimited { retry_at } => format!(
            "RingCentral asked us to slow down. It goes on by itself at {}.",
            now.time_of_day(*retry_at)
        ),
        SyncPhase::SignInRequired => {
            "The sign-in no longer works. Sign in again to get what is new.".to_owned()
        }
        SyncPhase::Failed { message } => message.clone(),
    }
}

/// When it was last complete: `just now`, `22 min ago`, or the time.
pub(crate) fn last_synced(status: &SyncStatus, now: &Now) -> String {
    let Some(at) = status.last_synced_at else {
        return "not yet".to_owned();
    };
    match now.seconds_since(at) {
        0..60 => "just now".to_owned(),
        seconds @ 60..3600 => format!("{} ago", waiting(seconds)),
        _ => now.list_time(at),
    }
}

/// How news arrives.
pub(crate) fn events(state: &EventSourceState) -> String {
    match state {
        EventSourceState::Off => "Off".to_owned(),
        EventSourceState::Connecting => "Connecting".to_owned(),
        EventSourceState::Live => "Live".to_owned(),
        EventSourceState::Polling {
            every_seconds,
            reason,
        } => format!("Asked every {every_seconds} s: {reason}"),
        EventSourceState::Down { reason } => format!("Interrupted: {reason}"),
    }
}

/// How far older history has arrived.
pub(crate) fn history(progress: &BackfillProgress, now: &Now) -> String {
    let records = grouped(progress.records);
    match (progress.is_finished, progress.complete_since) {
        (true, _) => format!(
            "Complete since {}, {records} items",
            now.brief_time(progress.target)
        ),
        (false, Some(since)) => format!("Back to {} so far, {records} items", now.brief_time(since)),
        (false, None) => format!("{records} items so far"),
    }
}

/// Hundredths of the way to the target, by time; what the bar shows.
pub(crate) fn history_percent(progress: &BackfillProgress, now: &Now) -> u8 {
    if progress.is_finished {
        return 100;
    }
    let Some(since) = progress.complete_since else {
        return 0;
    };
    let whole = now.seconds_since(progress.target).max(1);
    u8::try_from(now.seconds_since(since) * 100 / whole)
        .unwrap_or(100)
        .min(99)
}

/// Older history is on its way.
pub(crate) fn is_backfilling(status: &SyncStatus) -> bool {
    status
        .backfill
        .as_ref()
        .is_some_and(|progress| !progress.is_paused && !progress.is_finished)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn now() -> Now {
        Now {
            at: "2026-11-17T15:20:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn progress(since: Option<&str>) -> BackfillProgress {
        BackfillProgress {
            records: 12_345,
            complete_since: since.map(|text| text.parse().unwrap()),
            target: "2024-11-17T15:20:00Z".parse().unwrap(),
            is_paused: false,
            is_finished: false,
        }
    }

    fn status(phase: SyncPhase, backfill: Option<BackfillProgress>) -> SyncStatus {
        SyncStatus {
            phase,
            last_synced_at: None,
            backfill,
            set_aside: 0,
        }
    }

    #[test]
    fn up_to_date_is_said_only_when_history_is_not_running() {
        assert_eq!(
            short(&status(SyncPhase::UpToDate, None), &now()).short,
            "Up to date"
        );
        assert_eq!(
            short(&status(SyncPhase::UpToDate, Some(progress(None))), &now()).short,
            "Fetching history"
        );
        let paused = BackfillProgress {
            is_paused: true,
            ..progress(None)
        };
        assert_eq!(
            short(&status(SyncPhase::UpToDate, Some(paused)), &now()).short,
            "Up to date"
        );
    }

    #[test]
    fn waiting_for_the_vendor_says_until_when() {
        let retry_at = "2026-11-17T15:21:00Z".parse().unwrap();
        assert_eq!(
            short(&status(SyncPhase::RateLimited { retry_at }, None), &now()).short,
            "Waiting until 3:21 PM"
        );
    }

    #[test]
    fn progress_is_measured_by_time_and_full_only_when_finished() {
        assert_eq!(history_percent(&progress(None), &now()), 0);
        assert_eq!(
            history_percent(&progress(Some("2025-11-17T15:20:00Z")), &now()),
            50
        );
        assert_eq!(
            history_percent(&progress(Some("2020-01-01T00:00:00Z")), &now()),
            99
        );
        assert_eq!(
            history_percent(
                &BackfillProgress {
                    is_finished: true,
                    ..progress(None)
                },
                &now()
            ),
            100
        );
    }

    #[test]
    fn history_says_how_far_back_it_reaches() {
        assert_eq!(
            history(&progress(Some("2025-06-14T00:00:00Z")), &now()),
            "Back to 6/14/2025 so far, 12,345 items"
        );
    }
}
