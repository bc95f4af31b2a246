//! What is wanted from the synchronisation, until it gets round to it.
//!
//! A letter box, not a queue: ten wishes for the same scope are one. Whoever wishes never waits; the synchronisation
//! takes everything out at once. It fetches nothing itself.

use crate::store::SyncScope;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Scopes of which an incremental synchronisation (`ISync`) is wanted. Clones share one box.
#[derive(Debug, Clone, Default)]
pub struct SyncWanted(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    scopes: Mutex<BTreeSet<String>>,
    arrived: Notify,
}

impl SyncWanted {
    /// Every scope in which something may have been missed.
    pub const ALL: [SyncScope; 5] = [
        SyncScope::MESSAGE_STORE,
        SyncScope::CALL_LOG,
        SyncScope::ADDRESS_BOOK,
        SyncScope::DIRECTORY,
        SyncScope::CONSENTS,
    ];

    /// Wishes for one scope.
    pub fn want(&self, scope: SyncScope) {
        self.scopes().insert(scope.0.into_owned());
        self.0.arrived.notify_one();
    }

    /// Wishes for all scopes, as after a gap.
    pub fn want_all(&self) {
        for scope in Self::ALL {
            self.want(scope);
        }
    }

    /// Takes all wishes out, without waiting.
    pub fn take(&self) -> Vec<SyncScope> {
        std::mem::take(&mut *self.scopes())
            .into_iter()
            .map(|scope| SyncScope(scope.into()))
            .collect()
    }

    /// Waits until there is a wish and takes all out. Safe to cancel: nothing is lost.
    pub async fn next(&self) -> Vec<SyncScope> {
        loop {
            let wishes = self.take();
            if !wishes.is_empty() {
                return wishes;
            }
            self.0.arrived.notified().await;
        }
    }

    fn scopes(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.0.scopes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn many_wishes_for_one_scope_are_one() {
        let wanted = SyncWanted::default();
        for _ in 0..10 {
            wanted.want(SyncScope::CALL_LOG);
        }
        wanted.want(SyncScope::MESSAGE_STORE);
        assert_eq!(
            wanted.next().await,
            [SyncScope::CALL_LOG, SyncScope::MESSAGE_STORE]
        );
        assert!(wanted.take().is_empty());
    }

    #[tokio::test]
    async fn a_wish_made_before_anybody_waited_is_not_lost() {
        let wanted = SyncWanted::default();
        let clone = wanted.clone();
        clone.want(SyncScope::CALL_LOG);
        assert_eq!(wanted.next().await, [SyncScope::CALL_LOG]);
    }
}
