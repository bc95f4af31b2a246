//! Runs the outbox in the background: what people wait for, uploads and campaigns side by side, so that none waits for an
//! answer to another.

use super::{Carrier, Outbox, Step};
use crate::store::Urgency;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A due instant is looked at again at least so often: timers stand still while the computer sleeps, clocks do not.
const LONGEST_NAP: SignedDuration = SignedDuration::from_secs(30);

/// After the store failed: full disks are not freed within a second.
const NAP_AFTER_FAILURE: Duration = Duration::from_secs(10);

impl<C: Carrier> Outbox<C> {
    /// Runs until `shutdown`. A send that is under way is finished first, so that its answer is not lost.
    pub async fn run(&self, shutdown: CancellationToken) {
        tokio::join!(
            self.run_lane(Urgency::Person, &shutdown),
            self.run_lane(Urgency::Upload, &shutdown),
            self.run_lane(Urgency::Campaign, &shutdown)
        );
    }

    async fn run_lane(&self, urgency: Urgency, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            let mut stirred = std::pin::pin!(self.0.stirred.notified());
            // Registered before looking, so that a new row in between is not missed.
            stirred.as_mut().enable();
            let nap = match self.step(urgency).await {
                Ok(Step::Idle { until }) => nap(until, self.now()),
                Ok(_) => Some(Duration::ZERO),
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot use the store");
                    Some(NAP_AFTER_FAILURE)
                }
            };
            let slept = async {
                match nap {
                    Some(Duration::ZERO) => {}
                    Some(nap) => tokio::time::sleep(nap).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = slept => {}
                () = stirred => {}
            }
        }
    }
}

/// How long to sleep before looking again; `None` until somebody stirs.
fn nap(until: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
    let wait = until?.duration_since(now).min(LONGEST_NAP);
    Some(
        Duration::try_from(wait)
            .unwrap_or(Duration::ZERO)
            .max(Duration::from_millis(1)),
    )
}
