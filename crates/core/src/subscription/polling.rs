//! The source that needs no connection: it asks every so often.
//!
//! Our own presence (Light) shows ringing and live calls; messages are wished for from the synchronisation (Light)
//! often, the call log (Heavy) seldom. It asks less when nothing happens and when the server asks for it, and covers
//! only what the live source does not. Active calls of the call log are not asked for: they are Heavy, lag by up to
//! ten seconds and do not tell ringing from talking (developers.ringcentral.com/guide/voice/finding-active-calls).

use super::fallback::LiveFailure;
use super::pace::{Bounds, Pace};
use super::source::{Coverage, EventSource, News};
use crate::change_feed::{ChangeFeed, ChangeListener};
use crate::store::SyncScope;
use async_trait::async_trait;
use domain::event::CoreEvent;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::ExtensionRef;
use ringcentral::{Client, Error, Priority};

/// Phones ring for some twenty seconds: a caller should be seen well before.
const CALLS: Bounds = Bounds {
    shortest: SignedDuration::from_secs(4),
    longest: SignedDuration::from_secs(10),
};
const MESSAGES: Bounds = Bounds {
    shortest: SignedDuration::from_secs(10),
    longest: SignedDuration::from_secs(60),
};
const CALL_LOG: Bounds = Bounds {
    shortest: SignedDuration::from_mins(1),
    longest: SignedDuration::from_mins(5),
};
/// A permission that is missing does not come back within the hour.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(1);

/// Asks instead of being told.
#[derive(Debug)]
pub struct PollingSource {
    client: Client,
    covers: Coverage,
    calls: Pace,
    messages: Pace,
    call_log: Pace,
    changes: ChangeListener,
    had_calls: bool,
}

impl PollingSource {
    /// A source that covers nothing yet.
    pub fn new(client: Client, changes: &ChangeFeed, now: Timestamp) -> Self {
        Self {
            client,
            covers: Coverage::NONE,
            calls: Pace::new(CALLS, now),
            messages: Pace::new(MESSAGES, now),
            call_log: Pace::new(CALL_LOG, now),
            changes: changes.listen(),
            had_calls: false,
        }
    }

    /// What to ask for from now on. What is new among it is asked for at once.
    pub fn cover(&mut self, covers: Coverage, now: Timestamp) {
        if covers.calls && !self.covers.calls {
            self.calls.start_over(now);
        }
        if covers.messages && !self.covers.messages {
            self.messages.start_over(now);
            self.call_log.start_over(now);
        }
        self.covers = covers;
    }

    /// How often it asks for messages now, in seconds; for calls when it asks only for these.
    pub fn every_seconds(&self) -> u32 {
        let pace = if self.covers.messages {
            &self.messages
        } else {
            &self.calls
        };
        u32::try_from(pace.interval().as_secs()).unwrap_or(u32::MAX)
    }

    async fn take_calls(&mut self, now: Timestamp) -> News {
        match self
            .client
            .presence()
            .get(&ExtensionRef::Own, Priority::Event)
            .await
        {
            Ok(presence) => {
                let active = presence.active_calls.unwrap_or_default();
                if active.is_empty() {
                    self.calls.found_nothing(now);
                } else {
                    self.calls.found_news(now);
                }
                self.had_calls = !active.is_empty();
                News::LiveCalls(active)
            }
            Err(error) => {
                self.calls.failed(wait_after(&error), now);
                News::Down(failure(&error))
            }
        }
    }
}

#[async_trait]
impl EventSource for PollingSource {
    async fn stirred(&mut self) {
        std::future::pending().await
    }

    async fn take(&mut self, now: Timestamp) -> Vec<News> {
        let mut news = Vec::new();
        if self.covers.calls && self.calls.is_due(now) {
            let had_calls = self.had_calls;
            let told = self.take_calls(now).await;
            if matches!(told, News::LiveCalls(_)) {
                news.push(News::Up(self.covers));
            }
            news.push(told);
            if had_calls != self.had_calls {
                // A call has begun or ended: the rest will have changed with it.
                self.messages.make_due(now);
            }
        }
        if self.covers.messages {
            let is_lively = has_news(&mut self.changes);
            for (pace, scope) in [
                (&mut self.messages, SyncScope::MESSAGE_STORE),
                (&mut self.call_log, SyncScope::CALL_LOG),
            ] {
                if pace.is_due(now) {
                    if is_lively {
                        pace.found_news(now);
                    } else {
                        pace.found_nothing(now);
                    }
                    news.push(News::Changed(scope));
                }
            }
        }
        news
    }

    fn due_at(&self) -> Option<Timestamp> {
        let calls = self.covers.calls.then(|| self.calls.due_at());
        let messages = self
            .covers
            .messages
            .then(|| self.messages.due_at().min(self.call_log.due_at()));
        calls.into_iter().chain(messages).min()
    }

    fn renew(&mut self) {
        for pace in [&mut self.calls, &mut self.messages, &mut self.call_log] {
            pace.start_over(Timestamp::MIN);
        }
    }
}

/// Communications have come or changed since the last look.
fn has_news(changes: &mut ChangeListener) -> bool {
    let mut has_news = false;
    while let Some(event) = changes.try_next() {
        has_news |= matches!(
            event,
            CoreEvent::CommunicationsChanged { .. } | CoreEvent::Overflowed
        );
    }
    has_news
}

fn wait_after(error: &Error) -> Option<SignedDuration> {
    match error {
        Error::Forbidden { .. } => Some(AFTER_REFUSAL),
        error => error
            .retry_after()
            .and_then(|wait| SignedDuration::try_from(wait).ok()),
    }
}

fn failure(error: &Error) -> LiveFailure {
    match error {
        Error::SignInRequired { .. } => LiveFailure::SignInRequired {
            reason: "The sign-in has ended. Sign in again to get calls and messages.".to_owned(),
        },
        Error::Forbidden { .. } => LiveFailure::Refused {
            reason: "RingCentral does not let this app see calls that ring.".to_owned(),
        },
        Error::RateLimited { .. } => LiveFailure::Unreachable {
            reason: "RingCentral asked us to slow down.".to_owned(),
        },
        _ => LiveFailure::Unreachable {
            reason: "RingCentral cannot be reached.".to_owned(),
        },
    }
}
