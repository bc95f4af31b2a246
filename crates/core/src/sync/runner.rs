//! Runs the lanes in the background, each in its own time.
//!
//! All it does is wait: for the instant a lane is due, for somebody's asking, or for the end.

use super::{Lane, Sync};
use crate::subscription::SyncWanted;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A due instant is looked at again at least so often: timers stand still while the computer sleeps, clocks do not.
const LONGEST_NAP: SignedDuration = SignedDuration::from_secs(30);

impl Sync {
    /// Runs until `shutdown`; a step that is under way then is dropped, which costs its request and nothing else.
    /// `wanted` is where events leave their wishes.
    pub async fn run(&self, wanted: SyncWanted, shutdown: CancellationToken) {
        let wishes = async {
            loop {
                for scope in wanted.next().await {
                    self.request_scope(&scope);
                }
            }
        };
        let lanes = join_all(Lane::ALL.map(|lane| self.run_lane(lane)));
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = wishes => {}
            _ = lanes => {}
        }
    }

    async fn run_lane(&self, lane: Lane) {
        loop {
            let mut stirred = std::pin::pin!(self.0.stirred.notified());
            // Registered before looking, so that a wish in between is not missed.
            stirred.as_mut().enable();
            let due_at = self.lanes().with(lane, |state| state.pacing.due_at()).flatten();
            match nap(due_at, self.now()) {
                Some(Duration::ZERO) => {
                    self.step(lane).await;
                }
                Some(nap) => {
                    tokio::select! {
                        () = tokio::time::sleep(nap) => {}
                        () = stirred => {}
                    }
                }
                None => stirred.await,
            }
        }
    }
}

/// How long to sleep before looking again; `None` until somebody asks.
fn nap(due_at: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
    let wait = due_at?.duration_since(now).min(LONGEST_NAP);
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_instant_is_approached_in_short_naps() {
        let now = Timestamp::UNIX_EPOCH;
        let in_hours = now + SignedDuration::from_hours(3);
        assert_eq!(nap(Some(in_hours), now), Some(Duration::from_secs(30)));
        assert_eq!(nap(Some(now), in_hours), Some(Duration::ZERO));
        assert_eq!(nap(None, now), None);
    }
}
