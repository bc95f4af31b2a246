//! Steering from Rust. What the world can do is reached through [`Control::world`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Ready, ReadyExtension};
use crate::faults::{EventFault, Fault, UnmetFault};
use crate::rate_limit::RateLimits;
use crate::request_log::{LoggedRequest, UnmatchedRequest};
use crate::simulation::Simulation;
use crate::world::ids::ExtensionId;
use crate::world::outbound::LedgerEntry;
use crate::world::{Clock, World};

/// A handle on a running simulator; clones steer the same one.
#[derive(Debug, Clone)]
pub struct Control {
    sim: Arc<Simulation>,
}

impl Control {
    pub(crate) fn new(sim: Arc<Simulation>) -> Self {
        Self { sim }
    }

    /// Addresses, credentials and people.
    pub fn ready(&self) -> Ready {
        let people = self.sim.oauth().people.clone();
        let client = self.sim.oauth().clients.first().cloned().unwrap_or_default();
        let extensions = self.sim.world(|world| {
            people
                .iter()
                .map(|person| ReadyExtension {
                    number: person.extension_number.clone(),
                    name: person.name.clone(),
                    jwt: person.jwt.clone(),
                    phone_number: world
                        .primary_number(person.extension_id)
                        .map(|number| number.to_string())
                        .unwrap_or_default(),
                })
                .collect()
        });
        Ready {
            base_url: self.sim.base_url().to_owned(),
            control_url: self.sim.addresses.control_url.clone(),
            client_id: client.id,
            client_secret: client.secret,
            extensions,
        }
    }

    /// Reads or changes the world; what it announces goes out to subscribers.
    pub fn world<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.sim.world(act)
    }

    /// The simulator's clock.
    pub fn clock(&self) -> Clock {
        self.sim.clock.clone()
    }

    /// Moves time forward; due steps happen on the way, tokens and sockets age.
    pub fn advance(&self, by: SignedDuration) {
        self.sim.world(|world| world.advance(by));
        self.sim.gateway.enforce_timeouts(self.sim.now());
    }

    /// Moves time forward to an instant, letting what falls due on the way happen at its own; an instant of the past does
    /// nothing.
    pub fn step_to(&self, at: Timestamp) {
        let by = at.duration_since(self.sim.now());
        if by.is_positive() {
            self.advance(by);
        }
    }

    /// Puts the server's clock off from where it was by so much: the `Date` header and every instant it tells, and not
    /// when what is planned happens.
    pub fn set_clock_skew(&self, skew: SignedDuration) {
        self.sim.world(|world| world.set_clock_skew(skew));
        self.sim.gateway.enforce_timeouts(self.sim.now());
    }

    /// Places the clock; what is then overdue happens at once.
    pub fn set_now(&self, to: Timestamp) {
        self.sim.world(|world| world.set_now(to));
        self.sim.gateway.enforce_timeouts(self.sim.now());
    }

    /// Orders a fault on requests.
    pub fn add_fault(&self, fault: Fault) -> u64 {
        self.sim.faults().add(fault)
    }

    /// Orders a fault on notifications.
    pub fn add_event_fault(&self, fault: EventFault) -> u64 {
        self.sim.faults().add_event(fault)
    }

    /// Faults that have not happened as often as ordered.
    pub fn unmet_faults(&self) -> Vec<UnmetFault> {
        self.sim.faults().unmet()
    }

    /// Cancels all faults.
    pub fn clear_faults(&self) {
        self.sim.faults().clear();
    }

    /// Requests no operation stands for.
    pub fn unmatched(&self) -> Vec<UnmatchedRequest> {
        self.sim.requests().unmatched()
    }

    /// Everything that was asked, oldest first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.sim.requests().entries()
    }

    /// Forgets what was asked.
    pub fn clear_requests(&self) {
        self.sim.requests().clear();
    }

    /// Every message that left for the outside world, in order, whatever became of the response to its request.
    pub fn message_ledger(&self) -> Vec<LedgerEntry> {
        self.sim.world(|world| world.message_ledger().to_vec())
    }

    /// Forgets what left so far.
    pub fn clear_message_ledger(&self) {
        self.sim.world(|world| world.clear_message_ledger());
    }

    /// The limits in force.
    pub fn rate_limits(&self) -> RateLimits {
        self.sim.ledger().limits()
    }

    /// Changes the limits from now on.
    pub fn set_rate_limits(&self, limits: RateLimits) {
        self.sim.ledger().set_limits(limits);
    }

    /// Makes access tokens expire: of one person, or of everybody. Says how many.
    pub fn expire_access_tokens(&self, person: Option<ExtensionId>) -> usize {
        let now = self.sim.now();
        self.sim.oauth().sessions.expire_access_tokens(person, now)
    }

    /// Makes every sync token handed out so far expire.
    pub fn expire_sync_tokens(&self) {
        self.sim.expire_sync_tokens();
    }

    /// Ends sessions as an administrator would: of one person, or of everybody. Says how many.
    pub fn revoke_sessions(&self, person: Option<ExtensionId>) -> usize {
        self.sim.oauth().sessions.end_all_of(person)
    }

    /// Changes an application's permissions, of its living sessions too. `false` when there is no such application.
    pub fn set_application_permissions(&self, client_id: &str, permissions: &[&str]) -> bool {
        let permissions: Vec<String> = permissions.iter().map(|&name| name.to_owned()).collect();
        let mut oauth = self.sim.oauth();
        oauth.sessions.set_permissions(client_id, &permissions);
        match oauth.clients.iter_mut().find(|client| client.id == client_id) {
            Some(client) => {
                client.permissions = permissions;
                true
            }
            None => false,
        }
    }

    /// Takes user permissions away from a person; an empty list gives everything back.
    pub fn deny_user_permissions(&self, person: ExtensionId, names: &[&str]) {
        self.sim
            .denied()
            .insert(person, names.iter().map(|&name| name.to_owned()).collect());
    }

    /// Closes every open WebSocket with this code. Says how many.
    pub fn close_sockets(&self, code: u16) -> usize {
        self.sim.gateway.close_all(code, self.sim.now())
    }

    /// Sends what `Late` faults hold back. Says how many notifications.
    pub fn release_late_events(&self) -> usize {
        self.sim.gateway.release_late()
    }

    /// Waits until everything that has happened so far is on its way to the subscribers.
    pub async fn settled(&self) {
        self.sim.gateway.settled().await;
    }

    /// How many WebSockets are open.
    pub fn open_sockets(&self) -> usize {
        self.sim.gateway.open_connections()
    }
}
