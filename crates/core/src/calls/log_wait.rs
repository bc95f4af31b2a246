//! Waits for ended calls to appear in the call log.
//!
//! The call log lags: a record appears seconds, sometimes minutes after the call
//! (developers.ringcentral.com/guide/voice/call-log/sync). Until it is there, synchronising is asked for again, each
//! time after a longer while. Pure: it says what is due and is told what has appeared.

use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Seconds after the call's end, then between the tries: eight tries within ten minutes, as call-log-sync is Heavy.
const WAITS: [i64; 8] = [2, 4, 8, 16, 30, 60, 120, 300];

/// Calls that have ended and are not in the call log yet.
#[derive(Debug, Default)]
pub(super) struct LogWait {
    waiting: HashMap<CallSessionId, Wait>,
}

#[derive(Debug)]
struct Wait {
    tries: usize,
    due_at: Timestamp,
}

impl LogWait {
    /// A call has ended. Saying so again changes nothing.
    pub(super) fn ended(&mut self, session: &CallSessionId, now: Timestamp) {
        self.waiting.entry(session.clone()).or_insert_with(|| Wait {
            tries: 0,
            due_at: now + SignedDuration::from_secs(first_wait()),
        });
    }

    /// It goes on after all, or its record is there.
    pub(super) fn settled(&mut self, session: &CallSessionId) {
        self.waiting.remove(session);
    }

    /// Calls whose record should be looked for now, and asked for when it is not there.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<CallSessionId> {
        let mut due = Vec::new();
        self.waiting.retain(|session, wait| {
            if wait.due_at > now {
                return true;
            }
            due.push(session.clone());
            wait.tries += 1;
            match WAITS.get(wait.tries) {
                Some(&seconds) => {
                    wait.due_at = now + SignedDuration::from_secs(seconds);
                    true
                }
                // Given up: the regular synchronisation will bring it, if it comes at all.
                None => false,
            }
        });
        due.sort();
        due
    }

    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.waiting.values().map(|wait| wait.due_at).min()
    }
}

fn first_wait() -> i64 {
    WAITS.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_record_is_looked_for_again_and_again_with_longer_waits_and_then_given_up() {
        let session = CallSessionId::from("s-1");
        let mut wait = LogWait::default();
        wait.ended(&session, at(0));
        let mut looked_at = Vec::new();
        while let Some(due_at) = wait.next_due() {
            assert_eq!(wait.due(due_at), std::slice::from_ref(&session));
            looked_at.push(due_at.duration_since(at(0)).as_secs());
        }
        assert_eq!(looked_at, [2, 6, 14, 30, 60, 120, 240, 540]);
    }

    #[test]
    fn a_record_that_has_appeared_is_not_looked_for_any_more() {
        let session = CallSessionId::from("s-1");
        let mut wait = LogWait::default();
        wait.ended(&session, at(0));
        wait.ended(&session, at(100));
        assert_eq!(wait.next_due(), Some(at(2)));
        wait.settled(&session);
        assert_eq!(wait.next_due(), None);
        assert!(wait.due(at(1000)).is_empty());
    }
}
