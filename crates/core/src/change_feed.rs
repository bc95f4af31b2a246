//! Tells whoever listens what changed.
//!
//! The store announces every write here itself, so no writer can forget to. An event names what changed and carries
//! no data: whoever cares asks again. Nobody has to listen, and nobody can slow a writer down by listening slowly.

use domain::event::CoreEvent;
use domain::ids::{CommunicationId, ContactId};
use tokio::sync::broadcast::{self, error::RecvError};

/// Events a slow listener may fall behind before it has to reload everything.
const CAPACITY: usize = 1024;

/// More changed things than this are not named one by one.
const NAMED_AT_MOST: usize = 200;

/// Where changes are announced. Clones announce to the same listeners.
#[derive(Debug, Clone)]
pub struct ChangeFeed(broadcast::Sender<CoreEvent>);

/// One listener.
#[derive(Debug)]
pub struct ChangeListener(broadcast::Receiver<CoreEvent>);

impl ChangeFeed {
    /// A feed that nobody listens to yet.
    pub fn new() -> Self {
        Self(broadcast::Sender::new(CAPACITY))
    }

    /// Tells everyone who listens now.
    pub fn announce(&self, event: CoreEvent) {
        // An error only says that nobody listens.
        let _ = self.0.send(event);
    }

    /// Announces changed communications, unless there are none.
    pub fn communications_changed(&self, ids: &[CommunicationId]) {
        if !ids.is_empty() {
            self.announce(CoreEvent::CommunicationsChanged { ids: named(ids) });
        }
    }

    /// Announces changed contacts, unless there are none.
    pub fn contacts_changed(&self, ids: &[ContactId]) {
        if !ids.is_empty() {
            self.announce(CoreEvent::ContactsChanged { ids: named(ids) });
        }
    }

    /// Hears everything that is announced from now on.
    pub fn listen(&self) -> ChangeListener {
        ChangeListener(self.0.subscribe())
    }
}

impl Default for ChangeFeed {
    fn default() -> Self {
        Self::new()
    }
}

impl ChangeListener {
    /// The next event; [`CoreEvent::Overflowed`] when some were lost; `None` when nobody can announce any more.
    pub async fn next(&mut self) -> Option<CoreEvent> {
        match self.0.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(_)) => Some(CoreEvent::Overflowed),
            Err(RecvError::Closed) => None,
        }
    }

    /// An event that was announced already, without waiting.
    pub fn try_next(&mut self) -> Option<CoreEvent> {
        match self.0.try_recv() {
            Ok(event) => Some(event),
            Err(broadcast::error::TryRecvError::Lagged(_)) => Some(CoreEvent::Overflowed),
            Err(_) => None,
        }
    }
}

/// An empty list means "too many to name".
fn named<T: Clone>(ids: &[T]) -> Vec<T> {
    if ids.len() > NAMED_AT_MOST {
        Vec::new()
    } else {
        ids.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_listener_that_fell_behind_is_told_to_reload() {
        let feed = ChangeFeed::new();
        let mut listener = feed.listen();
        for _ in 0..=CAPACITY {
            feed.announce(CoreEvent::SyncChanged);
        }
        assert_eq!(listener.next().await, Some(CoreEvent::Overflowed));
        assert_eq!(listener.next().await, Some(CoreEvent::SyncChanged));
    }

    #[test]
    fn very_many_changes_are_announced_without_names() {
        let feed = ChangeFeed::new();
        let mut listener = feed.listen();
        let ids: Vec<_> = (0..=NAMED_AT_MOST as i64).map(ContactId).collect();
        feed.contacts_changed(&ids);
        assert_eq!(
            listener.try_next(),
            Some(CoreEvent::ContactsChanged { ids: Vec::new() })
        );
        feed.contacts_changed(&[]);
        assert_eq!(listener.try_next(), None);
    }
}
