//! The one state behind every socket of a running simulator.
//!
//! Each part has a lock of its own and none is held across another's, except that the world may be asked while the
//! authorization server is held.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::faults::FaultScript;
use crate::gateway::Gateway;
use crate::oauth::{OAuth, token_text};
use crate::rate_limit::Ledger;
use crate::request_log::RequestLog;
use crate::world::ids::{AccountId, ExtensionId};
use crate::world::{Clock, SharedWorld, World};

/// Everything a running simulator knows.
#[derive(Debug)]
pub(crate) struct Simulation {
    pub(crate) addresses: Addresses,
    pub(crate) account_id: AccountId,
    pub(crate) clock: Clock,
    pub(crate) world: SharedWorld,
    pub(crate) gateway: Gateway,
    pub(crate) oauth: Mutex<OAuth>,
    pub(crate) ledger: Mutex<Ledger>,
    pub(crate) faults: Mutex<FaultScript>,
    pub(crate) requests: Mutex<RequestLog>,
    /// Changes when all sync tokens are to be refused.
    pub(crate) sync_epoch: Mutex<String>,
    /// User permissions taken away from people, to provoke CMN-408.
    pub(crate) denied: Mutex<HashMap<ExtensionId, HashSet<String>>>,
}

/// Where the simulator listens, without a trailing slash.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub(crate) base_url: String,
    pub(crate) control_url: String,
}

impl Simulation {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.addresses.base_url
    }

    /// The media host: the same socket under a path of its own, as the vendor's is a host of its own.
    pub(crate) fn media_url(&self) -> String {
        format!("{}/media", self.addresses.base_url)
    }

    /// The WebSocket gateway's address.
    pub(crate) fn gateway_url(&self) -> String {
        format!("{}/ws", self.addresses.base_url.replacen("http", "ws", 1))
    }

    pub(crate) fn account_id(&self) -> AccountId {
        self.account_id
    }

    pub(crate) fn world<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.world.with(act)
    }

    pub(crate) fn oauth(&self) -> MutexGuard<'_, OAuth> {
        lock(&self.oauth)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultScript> {
        lock(&self.faults)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, RequestLog> {
        lock(&self.requests)
    }

    /// What sync tokens must carry to be accepted: they do not outlive the account, which a simulator usually makes up anew.
    pub(crate) fn sync_epoch(&self) -> String {
        lock(&self.sync_epoch).clone()
    }

    /// Makes every sync token handed out so far expire.
    pub(crate) fn expire_sync_tokens(&self) {
        *lock(&self.sync_epoch) = token_text::random_text(6);
    }

    pub(crate) fn denied(&self) -> MutexGuard<'_, HashMap<ExtensionId, HashSet<String>>> {
        lock(&self.denied)
    }
}

/// A lock whose holder panicked is taken over: a stand-in should go on answering.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
