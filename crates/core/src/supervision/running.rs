//! Supervisions that go on, from the phone's ringing to the supervisor's leaving. Pure but for asking what the calls show.

use super::chain::SupervisionFacts;
use crate::live_calls::{CompanyCalls, SessionView};
use domain::ids::CallSessionId;
use domain::supervision::{SupervisionMode, SupervisionResult};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// A supervisor who does not appear in the call for so long is not in it.
const APPEARS_WITHIN: SignedDuration = SignedDuration::from_secs(60);
/// The call is looked at so soon when no event has shown the supervisor.
const LOOKED_AT_AFTER: SignedDuration = SignedDuration::from_secs(10);

#[derive(Debug, Default)]
pub(super) struct Running(HashMap<CallSessionId, Run>);

#[derive(Debug, Clone)]
struct Run {
    attempt: i64,
    about: SupervisionFacts,
    since: Timestamp,
    stage: Stage,
    is_asked_after: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The reply was lost: it may have begun.
    Expected,
    /// RingCentral has said that it begins.
    Began,
    /// The call has shown the supervisor.
    Seen,
}

/// What a look has brought.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Lines to be added to the log.
    pub(super) lines: Vec<(CallSessionId, i64, SupervisionFacts, SupervisionResult)>,
    pub(super) to_ask: Vec<CallSessionId>,
}

impl Running {
    pub(super) fn began(
        &mut self,
        call: &SessionView,
        about: &SupervisionFacts,
        attempt: i64,
        now: Timestamp,
    ) {
        self.put(call, about, attempt, now, Stage::Began);
    }

    pub(super) fn expect(
        &mut self,
        call: &SessionView,
        about: &SupervisionFacts,
        attempt: i64,
        now: Timestamp,
    ) {
        self.put(call, about, attempt, now, Stage::Expected);
    }

    pub(super) fn has(&self, session: &CallSessionId) -> bool {
        self.0.contains_key(session)
    }

    pub(super) fn has_attempt(&self, attempt: i64) -> bool {
        self.0.values().any(|run| run.attempt == attempt)
    }

    /// Since when the person listens in to this call.
    pub(super) fn of(&self, session: &CallSessionId) -> Option<(SupervisionMode, Timestamp)> {
        let run = self.0.get(session)?;
        (run.stage != Stage::Expected).then_some((run.about.mode, run.since))
    }

    /// Compares with what the calls show now. Lines stay due until they are [`Self::noted`].
    pub(super) fn look(&mut self, calls: &CompanyCalls, now: Timestamp) -> Changes {
        let own = calls.own_extension().clone();
        let mut changes = Changes::default();
        for (session, run) in &mut self.0 {
            let is_in = calls.view(session).map(|view| view.supervisors.contains(&own));
            if let Some(result) = run.look(is_in, now) {
                let line = (session.clone(), run.attempt, run.about.clone(), result);
                changes.lines.push(line);
            } else if !run.is_asked_after && run.stage != Stage::Seen && run.waited(now) >= LOOKED_AT_AFTER {
                run.is_asked_after = true;
                changes.to_ask.push(session.clone());
            }
        }
        // Nothing ever showed that it began, and nothing said so.
        self.0
            .retain(|_, run| run.stage != Stage::Expected || run.waited(now) < APPEARS_WITHIN);
        changes
    }

    /// A line stands in the log.
    pub(super) fn noted(&mut self, session: &CallSessionId, result: &SupervisionResult) {
        match result {
            SupervisionResult::Running => {
                if let Some(run) = self.0.get_mut(session) {
                    run.stage = Stage::Seen;
                }
            }
            _ => {
                self.0.remove(session);
            }
        }
    }

    /// When it is to be looked again, should no call move.
    pub(super) fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        self.0
            .values()
            .filter(|run| run.stage != Stage::Seen)
            .map(|run| {
                let wait = if run.is_asked_after {
                    APPEARS_WITHIN
                } else {
                    LOOKED_AT_AFTER
                };
                (run.since + wait).max(now)
            })
            .min()
    }

    fn put(
        &mut self,
        call: &SessionView,
        about: &SupervisionFacts,
        attempt: i64,
        now: Timestamp,
        stage: Stage,
    ) {
        let run = Run {
            attempt,
            about: about.clone(),
            since: now,
            stage,
            is_asked_after: false,
        };
        self.0.insert(call.session_id.clone(), run);
    }
}

impl Run {
    /// `is_in`: whether the call shows the supervisor; `None` when the call is over.
    fn look(&mut self, is_in: Option<bool>, now: Timestamp) -> Option<SupervisionResult> {
        let ended = || {
            let seconds = now.duration_since(self.since).as_secs().max(0);
            SupervisionResult::Ended {
                seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
            }
        };
        match (self.stage, is_in) {
            (Stage::Expected, Some(true)) => Some(SupervisionResult::Running),
            (Stage::Expected, _) => None,
            (Stage::Began, Some(true)) => {
                self.stage = Stage::Seen;
                None
            }
            (Stage::Began, Some(false)) => (self.waited(now) >= APPEARS_WITHIN).then(ended),
            (Stage::Seen, Some(true)) => None,
            (Stage::Seen, Some(false)) | (Stage::Began | Stage::Seen, None) => Some(ended()),
        }
    }

    fn waited(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.since)
    }
}
