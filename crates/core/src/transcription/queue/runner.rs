//! Runs the transcriptions in the background, and wakes them when something arrives.

use super::{Step, Transcriptions};
use domain::event::CoreEvent;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A due instant is looked at again at least so often: timers stand still while the computer sleeps, clocks do not.
const LONGEST_NAP: SignedDuration = SignedDuration::from_secs(30);

/// After the store failed: full disks are not freed within a second.
const NAP_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// What arrives together is looked at once.
const PAUSE_AFTER_NEWS: Duration = Duration::from_millis(250);

impl Transcriptions {
    /// Runs until `shutdown`; what is under way then goes back into the queue.
    pub async fn run(&self, shutdown: CancellationToken) {
        let _stops = self.0.stopping.clone().drop_guard();
        let mut news = self.0.store.changes().listen();
        while !shutdown.is_cancelled() {
            let mut stirred = std::pin::pin!(self.0.stirred.notified());
            // Registered before looking, so that a new row in between is not missed.
            stirred.as_mut().enable();
            let mut step = std::pin::pin!(self.step());
            let stepped = tokio::select! {
                stepped = &mut step => stepped,
                () = shutdown.cancelled() => {
                    // Not dropped: it puts its row back into the queue first.
                    self.stop();
                    step.await
                }
            };
            let nap = match stepped {
                Ok(Step::Idle { until }) => nap(until, self.0.store.clock().now()),
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the transcriptions cannot use the store");
                    Some(NAP_AFTER_FAILURE)
                }
            };
            let slept = async {
                match nap {
                    Some(nap) => tokio::time::sleep(nap).await,
                    None => std::future::pending().await,
                }
            };
            let arrived = async {
                loop {
                    match news.next().await {
                        Some(
                            CoreEvent::CommunicationsChanged { .. }
                            | CoreEvent::SettingsChanged
                            | CoreEvent::Overflowed,
                        ) => break,
                        Some(_) => {}
                        None => std::future::pending().await,
                    }
                }
                tokio::time::sleep(PAUSE_AFTER_NEWS).await;
            };
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = slept => {}
                () = stirred => {}
                () = arrived => {}
            }
        }
    }
}

/// How long to sleep before looking again; `None` until something happens.
fn nap(until: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
    let wait = until?.duration_since(now).min(LONGEST_NAP);
    Some(
        Duration::try_from(wait)
            .unwrap_or(Duration::ZERO)
            .max(Duration::from_millis(50)),
    )
}
