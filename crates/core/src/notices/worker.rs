//! Feeds the policy: calls as they change, communications as the store announces them.
//!
//! Stepped like the other workers: [`NoticeWorker::step`] takes what has been announced and never waits. It decides
//! nothing; what it cannot read it leaves out, because a notice is not worth an error.

use super::{CallNews, NoticeFeed, NoticePolicy, UnsentFax, in_force};
use crate::calls::{CallTransition, CallView, CallerCards, Calls};
use crate::change_feed::ChangeListener;
use crate::outbox::STOPPED;
use crate::presence::Presences;
use crate::store::{Store, StoreError};
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::settings::NotificationSettings;
use jiff::Zoned;
use jiff::tz::TimeZone;
use tokio::sync::broadcast::{self, error::TryRecvError};

/// Turns what happens in one account into notices.
#[derive(Debug)]
pub struct NoticeWorker {
    policy: NoticePolicy,
    feed: NoticeFeed,
    store: Store,
    calls: Calls,
    presences: Option<Presences>,
    cards: CallerCards,
    transitions: broadcast::Receiver<CallTransition>,
    changes: ChangeListener,
    /// The faxes are known that were on their way when the watch began.
    knows_faxes: bool,
}

impl NoticeWorker {
    /// Announces what happens from now on; what is older is no news.
    pub fn new(store: Store, calls: Calls, feed: NoticeFeed) -> Self {
        Self {
            policy: NoticePolicy::new(store.clock().now()),
            transitions: calls.listen(),
            changes: store.changes().listen(),
            cards: CallerCards::new(store.clone()),
            knows_faxes: false,
            presences: None,
            feed,
            store,
            calls,
        }
    }

    /// The person's own presence says when to leave them alone.
    #[must_use]
    pub fn respecting(mut self, presences: Presences) -> Self {
        self.presences = Some(presences);
        self
    }

    /// Takes everything that has been announced. A call does not wait for the thousands of items of a first
    /// synchronisation.
    pub async fn step(&mut self) {
        self.look_for_faxes().await;
        loop {
            self.take_calls().await;
            match self.changes.try_next() {
                Some(event) => self.on_change(event).await,
                None => break,
            }
        }
    }

    async fn take_calls(&mut self) {
        loop {
            match self.transitions.try_recv() {
                Ok(transition) => self.on_transition(Some(transition)).await,
                Err(TryRecvError::Lagged(_)) => self.on_transition(None).await,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
    }

    /// Steps whenever something is announced, for ever.
    pub async fn run(&mut self) {
        loop {
            self.step().await;
            tokio::select! {
                transition = self.transitions.recv() => match transition {
                    Ok(transition) => self.on_transition(Some(transition)).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.on_transition(None).await,
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                change = self.changes.next() => match change {
                    Some(event) => self.on_change(event).await,
                    None => return,
                },
            }
        }
    }

    /// Takes back everything that is shown, as when somebody signs out.
    pub fn close_all(&mut self) {
        let changes = self.policy.close_all();
        self.feed.send(changes);
    }

    /// A call changed; `None` when some changes were lost, so that all calls are looked at anew.
    async fn on_transition(&mut self, transition: Option<CallTransition>) {
        match transition {
            Some(transition) => self.on_call(&transition.call, transition.is_ignored).await,
            None => self.look_at_calls().await,
        }
    }

    async fn on_change(&mut self, event: CoreEvent) {
        match event {
            CoreEvent::CommunicationsChanged { ids } => self.on_items(&ids).await,
            // The caller may have a name now.
            CoreEvent::ContactsChanged { .. } => self.look_at_calls().await,
            CoreEvent::OutboxChanged => self.look_at_unsent_faxes().await,
            _ => {}
        }
    }

    async fn look_for_faxes(&mut self) {
        if self.knows_faxes {
            return;
        }
        let known = async {
            let under_way = self.store.faxes_in_transit().await?;
            Ok::<_, StoreError>((under_way, self.store.unsent_faxes().await?))
        };
        match known.await {
            Ok((under_way, unsent)) => {
                self.policy.watch_faxes(under_way);
                self.policy
                    .know_unsent_faxes(unsent.into_iter().map(|fax| fax.id));
                self.knows_faxes = true;
            }
            Err(error) => tracing::warn!(%error, "how earlier faxes end will not be announced"),
        }
    }

    async fn look_at_unsent_faxes(&mut self) {
        if !self.knows_faxes {
            return;
        }
        let unsent = match self.unsent_faxes().await {
            Ok(unsent) => unsent,
            Err(error) => {
                tracing::warn!(%error, "faxes that did not leave could not be announced");
                return;
            }
        };
        let settings = self.settings().await;
        let changes = self
            .policy
            .on_unsent_faxes(&unsent, &settings, self.store.clock().now());
        self.feed.send(changes);
    }

    async fn unsent_faxes(&self) -> Result<Vec<UnsentFax>, StoreError> {
        let mut unsent = Vec::new();
        for fax in self.store.unsent_faxes().await? {
            // Whoever stopped it knows.
            if fax.code.as_deref() == Some(STOPPED) {
                continue;
            }
            unsent.push(UnsentFax {
                id: fax.id,
                to: self.store.parties(&fax.to).await?,
                reason: fax.reason,
            });
        }
        Ok(unsent)
    }

    async fn look_at_calls(&mut self) {
        for session in self.policy.shown_calls() {
            match self.calls.view(&session) {
                Some(call) => self.on_call(&call, self.calls.is_ignored(&session)).await,
                None => {
                    let changes = self.policy.on_call_forgotten(&session);
                    self.feed.send(changes);
                }
            }
        }
    }

    async fn on_call(&mut self, call: &CallView, is_ignored: bool) {
        let live_call = match self.cards.live_call(call).await {
            Ok(live_call) => live_call,
            Err(error) => {
                tracing::warn!(%error, "a call could not be announced");
                return;
            }
        };
        let news = CallNews {
            call: live_call,
            is_ignored,
            is_undecided: call.is_undecided,
        };
        let settings = self.settings().await;
        let changes = self.policy.on_call(&news, &settings, self.store.clock().now());
        self.feed.send(changes);
    }

    async fn on_items(&mut self, ids: &[CommunicationId]) {
        // No names means very many at once: history, and no news.
        if ids.is_empty() {
            return;
        }
        let items = match self.store.communications_by_ids(ids).await {
            Ok(items) => items,
            Err(error) => {
                tracing::warn!(%error, "what has arrived could not be announced");
                return;
            }
        };
        let settings = self.settings().await;
        let now = self.store.clock().now();
        let mut changes = self.policy.on_items(&items, &settings, now);
        for id in ids {
            if !items.iter().any(|item| item.id == *id) {
                changes.extend(self.policy.on_gone(*id));
            }
        }
        self.feed.send(changes);
    }

    fn does_not_disturb(&self) -> bool {
        self.presences.as_ref().is_some_and(Presences::does_not_disturb)
    }

    /// Now, by the clock of this computer.
    fn here(&self) -> Zoned {
        self.store.clock().now().to_zoned(TimeZone::system())
    }

    /// Without readable settings nothing is said aloud that privacy mode would hide.
    async fn settings(&self) -> NotificationSettings {
        match self.store.settings().await {
            Ok(settings) => in_force(settings.notifications, &self.here(), self.does_not_disturb()),
            Err(error) => {
                tracing::warn!(%error, "the settings could not be read");
                NotificationSettings {
                    hides_names: true,
                    ..NotificationSettings::default()
                }
            }
        }
    }
}
