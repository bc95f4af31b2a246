//! Asks RingCentral who can be reached where events leave it open, and keeps what was heard.
//!
//! A worker that is stepped: [`PresenceFollower::step`] does what is due and never waits for a timer, so tests drive it
//! with their clock; [`PresenceFollower::run`] is the same with the waiting. It never changes anything at the server.

mod asking;

use super::{Presences, team};
use crate::change_feed::ChangeListener;
use crate::store::QueueRecord;
use crate::sync::trouble_of;
use asking::Asking;
use domain::event::CoreEvent;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::ExtensionRef;
use ringcentral::id::ExtensionId;
use ringcentral::{Client, Error, Priority};
use std::sync::Arc;
use std::time::Duration;

/// Changes are told at most four times a second, however many come.
const BETWEEN_BATCHES: SignedDuration = SignedDuration::from_millis(250);

/// It looks up from its waiting at least so often, as a manual or moved clock rings no bell.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// Members of queues change seldom, and each queue is a request (Medium).
const QUEUES_GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);
const QUEUES_AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// Colleagues asked after in one step.
const LOOKS_AT_ONCE: usize = 5;

/// Follows the presence of everybody. Clones share one round.
#[derive(Debug, Clone)]
pub struct PresenceFollower(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    presences: Presences,
    client: Client,
    asking: tokio::sync::Mutex<Asking>,
    keeping: tokio::sync::Mutex<Keeping>,
    /// The queues are not read before.
    queues_not_before: tokio::sync::Mutex<Option<Timestamp>>,
}

#[derive(Debug)]
struct Keeping {
    changes: ChangeListener,
    kept_at: Option<Timestamp>,
    told_stale: Option<usize>,
    with_presence: Option<u64>,
}

impl PresenceFollower {
    /// Follows from now on.
    pub fn new(presences: Presences, client: Client) -> Self {
        let changes = presences.0.store.changes().listen();
        Self(Arc::new(Shared {
            presences,
            client,
            asking: tokio::sync::Mutex::default(),
            keeping: tokio::sync::Mutex::new(Keeping {
                changes,
                kept_at: None,
                told_stale: None,
                with_presence: None,
            }),
            queues_not_before: tokio::sync::Mutex::default(),
        }))
    }

    /// Does what is due now. Returns when there is something to do next, as far as is known.
    pub async fn step(&self) -> Timestamp {
        let ask = self.ask().await;
        let queues = self.read_queues().await;
        self.keep().await.min(ask).min(queues)
    }

    /// Steps whenever something has been heard or is due, for ever. What is heard is told even while an answer is waited for.
    pub async fn run(self) {
        let keep = async {
            loop {
                let next = self.keep().await;
                tokio::select! {
                    () = tokio::time::sleep(self.nap_until(next)) => {}
                    () = self.0.presences.0.heard.notified() => {}
                }
            }
        };
        let ask = async {
            loop {
                let next = self.ask().await;
                tokio::select! {
                    () = tokio::time::sleep(self.nap_until(next)) => {}
                    () = self.0.presences.0.wanted.notified() => {}
                }
            }
        };
        let queues = async {
            loop {
                let next = self.read_queues().await;
                tokio::time::sleep(self.nap_until(next).max(LONGEST_NAP)).await;
            }
        };
        tokio::join!(keep, ask, queues);
    }

    /// Writes what was heard and tells of it. Returns when the next batch may go.
    async fn keep(&self) -> Timestamp {
        let presences = &self.0.presences;
        let mut keeping = self.0.keeping.lock().await;
        let now = presences.clock().now();
        let may_go_at = keeping
            .kept_at
            .and_then(|at| at.checked_add(BETWEEN_BATCHES).ok())
            // A clock that was put back must not hold the next batch up.
            .filter(|at| at.duration_since(now) <= BETWEEN_BATCHES);
        let (has_batch, stale) = {
            let board = presences.board();
            (board.has_batch(), board.stale(now))
        };
        let became_stale = keeping.told_stale.is_some_and(|told| stale > told);
        let later = now + SignedDuration::from_secs(1);
        if let Some(at) = may_go_at.filter(|at| *at > now) {
            return if has_batch || became_stale { at } else { later };
        }
        let contacts_came = self.contacts_came(&mut keeping).await;
        if has_batch {
            if let Err(error) = presences.keep().await {
                tracing::warn!(%error, "presence could not be kept");
            }
            keeping.kept_at = Some(now);
        }
        if became_stale || contacts_came {
            let everybody = CoreEvent::PresenceChanged { contacts: Vec::new() };
            presences.0.store.changes().announce(everybody);
            keeping.kept_at = Some(now);
        }
        keeping.told_stale = Some(stale);
        later
    }

    /// Whether the directory has made people known whose presence was here before.
    async fn contacts_came(&self, keeping: &mut Keeping) -> bool {
        let mut may_have_come = keeping.with_presence.is_none();
        while let Some(event) = keeping.changes.try_next() {
            may_have_come |= matches!(event, CoreEvent::ContactsChanged { .. } | CoreEvent::Overflowed);
        }
        if !may_have_come {
            return false;
        }
        let Ok(count) = self.0.presences.0.store.contacts_with_presence().await else {
            return false;
        };
        let before = keeping.with_presence.replace(count);
        before.is_some_and(|before| count > before)
    }

    /// Asks what is to be asked. Returns when there is something to ask next.
    async fn ask(&self) -> Timestamp {
        let presences = &self.0.presences;
        let mut asking = self.0.asking.lock().await;
        let now = presences.clock().now();
        asking.clock_may_have_jumped(now);
        if asking.list_due_at(&presences.board()) <= now {
            self.ask_after_all(&mut asking).await;
        }
        let now = presences.clock().now();
        if asking.is_own_due(&presences.board(), now) {
            presences.board().doubt_one(presences.own(), now);
        }
        let most = asking.looks_left(now).min(LOOKS_AT_ONCE);
        let mut to_ask = presences.board().to_ask(usize::MAX, now);
        to_ask.sort_by_key(|user| user != presences.own());
        for user in to_ask.into_iter().take(most) {
            self.ask_after(&user, &mut asking).await;
        }
        self.read_own_queues().await;
        let now = presences.clock().now();
        let board = presences.board();
        let looks = board.ask_due_at().map(|at| at.max(asking.may_look_at(now)));
        [Some(asking.list_due_at(&board)), looks, asking.own_due_at(&board)]
            .into_iter()
            .flatten()
            .fold(now + SignedDuration::from_mins(10), Timestamp::min)
    }

    async fn ask_after_all(&self, asking: &mut Asking) {
        let presences = &self.0.presences;
        let asked = presences.board().ask(presences.clock().now());
        asking.asked(presences.clock().now());
        let answer = self.0.client.presence().of_account(Priority::Event).await;
        let now = presences.now();
        match answer {
            Ok(page) => {
                presences
                    .board()
                    .see_all(&page.records, page.malformed.is_empty(), asked, now);
                if !page.malformed.is_empty() {
                    tracing::warn!(count = page.malformed.len(), "presences could not be read");
                }
                presences.set_refusal(None);
                asking.answered(now.here);
                presences.0.heard.notify_one();
            }
            Err(error) => {
                tracing::debug!(%error, "presence could not be read");
                if matches!(error, Error::Forbidden { .. }) {
                    let words = team::refused(&trouble_of(&error));
                    presences.set_refusal(Some(words));
                }
                asking.failed(&error, presences.board().sureness().loss(), now.here);
            }
        }
    }

    async fn ask_after(&self, user: &str, asking: &mut Asking) {
        let presences = &self.0.presences;
        let asked = presences.board().ask(presences.clock().now());
        asking.looked(presences.clock().now());
        let is_own = user == presences.own();
        let extension = if is_own {
            ExtensionRef::Own
        } else {
            ExtensionRef::Id(ExtensionId::new(user))
        };
        if is_own {
            asking.looked_at_own(presences.clock().now());
        }
        match self.0.client.presence().get(&extension, Priority::Event).await {
            Ok(presence) => {
                let now = presences.now();
                presences.board().see(user, &presence, asked, now);
                presences.0.heard.notify_one();
            }
            Err(error) if error.is_transient() => {
                tracing::debug!(%error, "a presence could not be asked after");
                asking.look_failed(presences.clock().now());
            }
            Err(error) => {
                tracing::debug!(%error, "a presence may not be asked after");
                presences.board().give_up_on(user);
            }
        }
    }

    /// Reads who belongs to which queue, if that was long ago. Returns when it is due next.
    async fn read_queues(&self) -> Timestamp {
        let presences = &self.0.presences;
        let now = presences.clock().now();
        let mut not_before = self.0.queues_not_before.lock().await;
        if let Some(at) = not_before.filter(|at| *at > now && at.duration_since(now) <= QUEUES_GOOD_FOR) {
            return at;
        }
        let read_at = presences.0.store.queues_read_at().await.ok().flatten();
        let due_at = read_at
            .and_then(|at| at.checked_add(QUEUES_GOOD_FOR).ok())
            .filter(|at| *at > now && at.duration_since(now) <= QUEUES_GOOD_FOR);
        if let Some(due_at) = due_at {
            *not_before = Some(due_at);
            return due_at;
        }
        let wait = match self.queues().await {
            Ok(queues) => match presences.0.store.replace_queues(&queues).await {
                Ok(()) => QUEUES_GOOD_FOR,
                Err(error) => {
                    tracing::warn!(%error, "the queues could not be kept");
                    QUEUES_AGAIN
                }
            },
            Err(Error::Forbidden { .. }) => QUEUES_GOOD_FOR,
            Err(error) if error.is_transient() => {
                tracing::debug!(%error, "the queues could not be read");
                SignedDuration::from_mins(2)
            }
            Err(error) => {
                tracing::debug!(%error, "the queues could not be read");
                QUEUES_AGAIN
            }
        };
        let next = presences.clock().now() + wait;
        *not_before = Some(next);
        next
    }

    async fn queues(&self) -> Result<Vec<QueueRecord>, Error> {
        let queues = self.0.client.call_queues();
        let mut records = Vec::new();
        for queue in queues.list_all(Priority::Backfill).await?.records {
            let members = match queues.members(&queue.id, Priority::Backfill).await {
                Ok(page) => page.records,
                // A queue that went away meanwhile has no members.
                Err(error) if error.is_not_found() => continue,
                Err(error) => return Err(error),
            };
            let number = queue.extension_number.unwrap_or_default();
            records.push(QueueRecord {
                id: queue.id.as_str().to_owned(),
                name: queue
                    .name
                    .filter(|name| !name.trim().is_empty())
                    .unwrap_or_else(|| format!("Queue {number}")),
                members: members
                    .into_iter()
                    .map(|member| member.id.as_str().to_owned())
                    .collect(),
            });
        }
        Ok(records)
    }

    /// Reads the queues of the signed-in person, when somebody has looked at them and they may be out of date.
    async fn read_own_queues(&self) {
        let presences = &self.0.presences;
        if !presences.own_queues().begin_reading(presences.clock().now()) {
            return;
        }
        let asked = presences.own_queues().turn();
        let answer = self
            .0
            .client
            .queue_presence()
            .of_extension(&ExtensionRef::Own, false, Priority::Event)
            .await;
        match answer {
            Ok(queues) => {
                let has_changed = presences.own_queues().read(&queues, Some(asked));
                if has_changed {
                    presences.announce_own().await;
                }
            }
            Err(error) => tracing::debug!(%error, "the own queues could not be read"),
        }
    }

    fn nap_until(&self, next: Timestamp) -> Duration {
        let until = next
            .duration_since(self.0.presences.clock().now())
            .max(SignedDuration::ZERO);
        until.unsigned_abs().clamp(Duration::from_millis(10), LONGEST_NAP)
    }
}
