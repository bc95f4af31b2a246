//! Asks the server what notifications leave open, and the synchronisation for the record of an ended call.
//!
//! A worker that is stepped: [`CallFollower::step`] does what is due and never waits for a timer, so tests drive it
//! with their clock; [`CallFollower::run`] is the same with the waiting. It never changes a call at the server.

use super::log_wait::LogWait;
use super::{CallTransition, Calls};
use crate::clock::Clock;
use crate::store::{Store, SyncScope};
use crate::subscription::SyncWanted;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::ExtensionRef;
use ringcentral::{Client, Error, Priority};
use std::time::Duration;
use tokio::sync::broadcast::{self, error::TryRecvError};

/// It looks up from its waiting at least so often, as a manual or moved clock rings no bell.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// Follows live calls to their end and into the call log.
#[derive(Debug)]
pub struct CallFollower {
    calls: Calls,
    client: Client,
    store: Store,
    wanted: SyncWanted,
    clock: Clock,
    transitions: broadcast::Receiver<CallTransition>,
    log_wait: LogWait,
    search: Search,
}

/// Looking for calls that began without our hearing of it.
#[derive(Debug, Default)]
struct Search {
    due_at: Option<Timestamp>,
    failures: u32,
}

/// A search that failed is tried again after this; it doubles.
const SEARCH_AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// So many failures in a row are an outage, and its end will raise the doubt anew.
const SEARCHES_AT_MOST: u32 = 6;

impl CallFollower {
    /// Follows the calls of `calls` from now on.
    pub fn new(calls: Calls, client: Client, store: Store, wanted: SyncWanted) -> Self {
        calls.go_online(client.clone());
        Self {
            transitions: calls.listen(),
            clock: store.clock().clone(),
            calls,
            client,
            store,
            wanted,
            log_wait: LogWait::default(),
            search: Search::default(),
        }
    }

    /// Does what is due now. Returns when there is something to do next, as far as is known.
    pub async fn step(&mut self) -> Option<Timestamp> {
        self.note_transitions();
        let card_leaves_at = self.calls.let_cards_leave();
        self.search_for_calls().await;
        for session in self.calls.tick() {
            self.ask_after(&session).await;
        }
        self.note_transitions();
        self.look_into_call_log().await;
        [
            self.calls.next_due(),
            self.log_wait.next_due(),
            self.search.due_at,
            card_leaves_at,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Steps whenever something is due, for ever.
    pub async fn run(self) {
        let (calls, clock) = (self.calls.clone(), self.clock.clone());
        tokio::join!(self.follow(), let_cards_leave(calls, clock));
    }

    async fn follow(mut self) {
        loop {
            let next = self.step().await;
            tokio::select! {
                () = tokio::time::sleep(nap_until(next, &self.clock)) => {}
                () = self.calls.stirred() => {}
            }
        }
    }

    async fn search_for_calls(&mut self) {
        let now = self.clock.now();
        if self.calls.take_doubt() {
            self.search = Search {
                due_at: Some(now),
                failures: 0,
            };
        }
        if self.search.due_at.is_none_or(|at| at > now) {
            return;
        }
        self.search.due_at = None;
        match self
            .client
            .presence()
            .get(&ExtensionRef::Own, Priority::Event)
            .await
        {
            Ok(presence) => self.calls.see(&presence.active_calls.unwrap_or_default()),
            Err(Error::Forbidden { .. }) => {
                tracing::debug!("our presence may not be read, so no calls are looked for")
            }
            Err(error) => {
                tracing::debug!(%error, "the calls of our presence could not be read");
                self.search.failures += 1;
                if self.search.failures < SEARCHES_AT_MOST {
                    let wait = SEARCH_AGAIN.saturating_mul(1 << self.search.failures);
                    self.search.due_at = Some(self.clock.now() + wait);
                }
            }
        }
    }

    async fn ask_after(&mut self, session: &ringcentral::id::TelephonySessionId) {
        let id = super::heard::session_id(session);
        let asked = self.calls.order_of_answer(&id);
        match self.client.telephony().session(session, Priority::Event).await {
            Ok(answer) => self.calls.answered(&answer, asked),
            Err(error) if error.is_not_found() => self.calls.is_gone(&id),
            Err(Error::Forbidden { .. }) => self.ask_presence(&id).await,
            Err(error) => {
                tracing::debug!(%error, "a call could not be asked after");
                self.calls.could_not_ask(&id);
            }
        }
    }

    /// Without the permission to see sessions (`CallControl`), our own presence still says which calls there are.
    async fn ask_presence(&mut self, id: &domain::ids::CallSessionId) {
        match self
            .client
            .presence()
            .get(&ExtensionRef::Own, Priority::Event)
            .await
        {
            Ok(presence) => {
                let are_all_there = presence.shows_all_calls();
                let active = presence.active_calls.unwrap_or_default();
                let is_there = active.iter().any(|call| {
                    call.telephony_session_id
                        .as_ref()
                        .is_some_and(|session| session.as_str() == id.as_str())
                        && super::heard::is_live(call)
                });
                if is_there {
                    self.calls.see(&active);
                } else if are_all_there {
                    self.calls.is_gone(id);
                } else {
                    self.calls.could_not_ask(id);
                }
            }
            Err(error) => {
                tracing::debug!(%error, "the calls of our presence could not be read");
                self.calls.could_not_ask(id);
            }
        }
    }

    fn note_transitions(&mut self) {
        loop {
            match self.transitions.try_recv() {
                Ok(transition) if transition.call.state.is_over() => {
                    self.log_wait.ended(&transition.call.session_id, self.clock.now());
                }
                Ok(transition) => self.log_wait.settled(&transition.call.session_id),
                // Whatever was missed, the call log is asked once and tells.
                Err(TryRecvError::Lagged(_)) => self.wanted.want(SyncScope::CALL_LOG),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    async fn look_into_call_log(&mut self) {
        let mut is_missing = false;
        for session in self.log_wait.due(self.clock.now()) {
            match self.store.has_ended_call(&session).await {
                Ok(true) => self.log_wait.settled(&session),
                Ok(false) => is_missing = true,
                Err(error) => tracing::warn!(%error, "the store could not be asked for a call"),
            }
        }
        if is_missing {
            self.wanted.want(SyncScope::CALL_LOG);
        }
    }
}

/// Cards leave in time even while an answer of the server is waited for.
async fn let_cards_leave(calls: Calls, clock: Clock) {
    loop {
        let next = calls.let_cards_leave();
        tokio::select! {
            () = tokio::time::sleep(nap_until(next, &clock)) => {}
            () = calls.changed() => {}
        }
    }
}

fn nap_until(next: Option<Timestamp>, clock: &Clock) -> Duration {
    next.map_or(LONGEST_NAP, |at| {
        let until = at.duration_since(clock.now()).max(SignedDuration::ZERO);
        until.unsigned_abs().clamp(Duration::from_millis(10), LONGEST_NAP)
    })
}
