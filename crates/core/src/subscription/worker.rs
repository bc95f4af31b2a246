//! The worker that listens to the source in use and passes the news on.
//!
//! It is stepped: [`Subscription::step`] takes what has arrived and what is due and never waits for a timer, so tests
//! drive it with their clock; [`Subscription::run`] is the same with the waiting.

use super::fallback::{Fallback, LiveFailure};
use super::gap::{BEAT, Gap, Pulse, own_address};
use super::polling::PollingSource;
use super::source::{Coverage, EventSource, News};
use super::wanted::SyncWanted;
use super::websocket::WebSocketSource;
use crate::calls::Calls;
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use crate::live_calls::{CompanyCalls, CompanyEvents};
use crate::presence::Presences;
use domain::event::CoreEvent;
use domain::sync::EventSourceState;
use jiff::{SignedDuration, Timestamp};
use ringcentral::Client;
use ringcentral::websocket::Timing;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Unreadable notifications are answered by at most one round of synchronising in this time.
const UNREADABLE_PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// Opens a live source whenever one is wanted.
#[derive(Clone)]
pub struct LiveSources(Arc<dyn Fn() -> Box<dyn EventSource> + Send + Sync>);

/// Listens to the source in use and passes the news on.
#[derive(Debug)]
pub struct Subscription {
    calls: Calls,
    presences: Option<Presences>,
    company: Option<CompanyCalls>,
    wanted: SyncWanted,
    clock: Clock,
    changes: ChangeFeed,
    live_sources: LiveSources,
    live: Option<Box<dyn EventSource>>,
    covers: Coverage,
    polling: PollingSource,
    polling_failure: Option<LiveFailure>,
    fallback: Fallback,
    pulse: Pulse,
    unreadable: Unreadable,
    polling_only: watch::Receiver<bool>,
    state: watch::Sender<EventSourceState>,
}

/// Steers a [`Subscription`] that runs, and tells how it is.
#[derive(Debug, Clone)]
pub struct SubscriptionHandle {
    polling_only: Arc<watch::Sender<bool>>,
    state: watch::Receiver<EventSourceState>,
}

/// When the last gap of unreadable notifications was closed, and whether another has opened since.
#[derive(Debug, Default)]
struct Unreadable {
    closed_at: Option<Timestamp>,
    is_open: bool,
}

impl LiveSources {
    /// WebSockets of this client. `timing` is the clockwork of each.
    pub fn web_socket(client: Client, timing: Timing) -> Self {
        Self::new(move || Box::new(WebSocketSource::open(client.clone(), timing.clone())))
    }

    /// The same for whoever wants to hear of the calls of the whole company as well ([`Subscription::telling`]).
    pub fn web_socket_for_company(client: Client, timing: Timing) -> Self {
        Self::new(move || Box::new(WebSocketSource::open_for_company(client.clone(), timing.clone())))
    }

    /// Any other kind of source.
    pub fn new(open: impl Fn() -> Box<dyn EventSource> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }
}

impl fmt::Debug for LiveSources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LiveSources")
    }
}

impl Subscription {
    /// A subscription that has not begun: the first step opens the source.
    pub fn new(
        live_sources: LiveSources,
        client: Client,
        calls: Calls,
        wanted: SyncWanted,
        clock: Clock,
        changes: ChangeFeed,
        polling_only: bool,
    ) -> (Self, SubscriptionHandle) {
        let now = clock.now();
        let fallback = Fallback::new(polling_only, now);
        let (polling_only_sender, polling_only) = watch::channel(polling_only);
        let (state, state_receiver) = watch::channel(EventSourceState::Off);
        let subscription = Self {
            polling: PollingSource::new(client, &changes, now),
            polling_failure: None,
            fallback,
            pulse: Pulse::new(now, own_address()),
            unreadable: Unreadable::default(),
            live: None,
            covers: Coverage::NONE,
            calls,
            presences: None,
            company: None,
            wanted,
            clock,
            changes,
            live_sources,
            polling_only,
            state,
        };
        let handle = SubscriptionHandle {
            polling_only: Arc::new(polling_only_sender),
            state: state_receiver,
        };
        (subscription, handle)
    }

    /// Whose presence is told goes there.
    #[must_use]
    pub fn with_presences(mut self, presences: Presences) -> Self {
        self.presences = Some(presences);
        self
    }

    /// The calls of the whole company are told of as well.
    #[must_use]
    pub fn telling(mut self, company: CompanyCalls) -> Self {
        self.company = Some(company);
        if *self.polling_only.borrow() {
            self.company_events_are(CompanyEvents::Down);
        }
        self
    }

    /// Takes what has arrived and does what is due. Returns when something is due next.
    pub async fn step(&mut self) -> Timestamp {
        let now = self.clock.now();
        self.obey(now);
        if let Some(gap) = self.pulse.beat(now, own_address()) {
            self.jumped(gap, now);
        }
        if let Some(mut live) = self.live.take() {
            for news in live.take(now).await {
                self.hear_live(news, now);
            }
            self.live = Some(live);
        }
        self.unreadable_due(now);
        self.poll(now).await;
        self.tell();
        self.next_due(now)
    }

    /// Waits until the live source has something, or the person has decided otherwise. Safe to cancel.
    pub async fn stirred(&mut self) {
        tokio::select! {
            () = stirred(&mut self.live) => {}
            changed = self.polling_only.changed() => if changed.is_err() {
                // Nobody can steer any more; the source still tells.
                stirred(&mut self.live).await;
            }
        }
    }

    /// Steps whenever something has arrived or is due, for ever.
    pub async fn run(mut self) {
        loop {
            let until = self
                .step()
                .await
                .duration_since(self.clock.now())
                .max(SignedDuration::ZERO);
            let nap = until
                .unsigned_abs()
                .clamp(Duration::from_millis(10), BEAT.unsigned_abs());
            tokio::select! {
                () = tokio::time::sleep(nap) => {}
                () = self.stirred() => {}
            }
        }
    }

    /// The person's wish about live connections, when it is new or has changed.
    fn obey(&mut self, now: Timestamp) {
        let has_changed = self.polling_only.has_changed().unwrap_or(false);
        let polling_only = *self.polling_only.borrow_and_update();
        if has_changed {
            self.fallback = Fallback::new(polling_only, now);
            self.live = None;
            self.covers = Coverage::NONE;
            self.team_flows(false);
            self.company_events_are(CompanyEvents::Down);
        }
        if !polling_only && self.live.is_none() {
            self.live = Some((self.live_sources.0)());
        }
    }

    fn jumped(&mut self, gap: Gap, now: Timestamp) {
        self.fallback.clock_jumped(now);
        self.polling.renew();
        match (gap, &mut self.live) {
            (Gap::ClockJumped, _) => self.calls.wake(),
            (Gap::NetworkChanged, Some(live)) => live.renew(),
            _ => {}
        }
        self.close_gap(gap);
    }

    fn hear_live(&mut self, news: News, now: Timestamp) {
        match news {
            News::Up(covers) => {
                self.fallback.up(now);
                self.covers = covers;
            }
            News::Down(failure) => {
                self.fallback.down(failure, now);
                self.covers = Coverage::NONE;
                self.team_flows(false);
                self.company_events_are(CompanyEvents::Down);
            }
            News::CompanyCalls { are_served } => self.company_events_are(if are_served {
                CompanyEvents::Live
            } else {
                CompanyEvents::OwnOnly
            }),
            News::Gap(Gap::Unreadable) => self.unreadable.is_open = true,
            other => self.hear(other),
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Call(event) => {
                // The filter of all calls tells of others' as well; those are no business of the caller cards.
                if self.calls.concerns(&event) {
                    self.calls.hear(&event);
                }
                if let Some(company) = &self.company {
                    company.hear(&event);
                }
            }
            News::CompanyCalls { .. } => {}
            News::LiveCalls(active) => self.calls.see(&active),
            News::Presence(presence) => self.calls.glance(&presence),
            News::TeamPresence { presence, sent_at } => {
                if let Some(presences) = &self.presences {
                    presences.hear(&presence, sent_at);
                }
            }
            News::TeamPresenceFlows(is_flowing) => self.team_flows(is_flowing),
            News::Changed(scope) => self.wanted.want(scope),
            News::Gap(gap) => self.close_gap(gap),
            News::Up(_) => self.polling_failure = None,
            News::Down(failure) => self.polling_failure = Some(failure),
        }
    }

    async fn poll(&mut self, now: Timestamp) {
        let covers = if self.fallback.needs_polling(now) {
            Coverage::ALL
        } else if self.fallback.is_up() {
            self.covers.missing()
        } else {
            Coverage::NONE
        };
        self.polling.cover(covers, now);
        if covers == Coverage::NONE {
            self.polling_failure = None;
            return;
        }
        for news in self.polling.take(now).await {
            self.hear(news);
        }
    }

    /// Whatever was lost, this brings it: everything is synchronised and every live call asked after.
    fn close_gap(&self, gap: Gap) {
        tracing::info!(?gap, "events may have been lost: synchronising");
        self.wanted.want_all();
        self.calls.doubt_all();
        if let Some(presences) = &self.presences {
            presences.doubt_all();
        }
        if let Some(company) = &self.company {
            company.doubt_all();
        }
    }

    fn team_flows(&self, is_flowing: bool) {
        if let Some(presences) = &self.presences {
            presences.flow(is_flowing);
        }
    }

    fn company_events_are(&self, events: CompanyEvents) {
        if let Some(company) = &self.company {
            company.events_are(events);
        }
    }

    fn unreadable_due(&mut self, now: Timestamp) {
        if self.unreadable.is_open && self.unreadable.due_at().is_none_or(|at| at <= now) {
            self.unreadable = Unreadable {
                closed_at: Some(now),
                is_open: false,
            };
            self.close_gap(Gap::Unreadable);
        }
    }

    fn next_due(&self, now: Timestamp) -> Timestamp {
        let unreadable = self
            .unreadable
            .is_open
            .then(|| self.unreadable.due_at())
            .flatten();
        [self.fallback.due_at(now), self.polling.due_at(), unreadable]
            .into_iter()
            .flatten()
            .chain(self.live.as_ref().and_then(|live| live.due_at()))
            .fold(now + BEAT, Timestamp::min)
    }

    fn tell(&self) {
        let state = self.present_state();
        let has_changed = self.state.send_if_modified(|known| {
            let has_changed = *known != state;
            *known = state;
            has_changed
        });
        if has_changed {
            self.changes.announce(CoreEvent::EventSourceChanged);
        }
    }

    fn present_state(&self) -> EventSourceState {
        if self.fallback.is_up() {
            return EventSourceState::Live;
        }
        let now = self.clock.now();
        let reason = self.fallback.reason().to_owned();
        match &self.polling_failure {
            _ if self.fallback.needs_sign_in() => EventSourceState::Down { reason },
            _ if !self.fallback.needs_polling(now) => EventSourceState::Connecting,
            // Messages still come; that calls do not is said in words.
            Some(LiveFailure::Refused { reason: refusal }) => EventSourceState::Polling {
                every_seconds: self.polling.every_seconds(),
                reason: format!("{reason} {refusal}"),
            },
            Some(LiveFailure::Unreachable { reason } | LiveFailure::SignInRequired { reason }) => {
                EventSourceState::Down {
                    reason: reason.clone(),
                }
            }
            None => EventSourceState::Polling {
                every_seconds: self.polling.every_seconds(),
                reason,
            },
        }
    }
}

impl SubscriptionHandle {
    /// Takes up the person's wish about live connections; at once, and again and again without harm.
    pub fn set_polling_only(&self, polling_only: bool) {
        self.polling_only.send_if_modified(|known| {
            let has_changed = *known != polling_only;
            *known = polling_only;
            has_changed
        });
    }

    /// How news reaches this computer now.
    pub fn state(&self) -> EventSourceState {
        self.state.borrow().clone()
    }
}

impl Unreadable {
    fn due_at(&self) -> Option<Timestamp> {
        self.closed_at.map(|at| at + UNREADABLE_PAUSE)
    }
}

async fn stirred(source: &mut Option<Box<dyn EventSource>>) {
    match source {
        Some(source) => source.stirred().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
