//! The WebSocket gateway: connections, their one subscription each, and the notifications that go out on them
//! (developers.ringcentral.com/guide/notifications/websockets).
//!
//! What a frame looks like is in `frame`, what may be subscribed to in `filter`. Webhooks are not simulated.

mod connection;
mod delivery;
pub(crate) mod filter;
mod frame;
mod link;
mod notification;
pub(crate) mod subscription;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

pub(crate) use connection::upgrade;
pub(crate) use delivery::pump;
pub(crate) use link::{Link, Outbound};
pub(crate) use subscription::Subscription;

use crate::oauth::session::Session;
use crate::oauth::token_text;
use crate::simulation::lock;
use crate::wire::instant;
use crate::world::ids::ExtensionId;

/// The limits that ConnectionDetails announces, and the ping rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GatewaySettings {
    pub max_connections_per_session: u32,
    /// How many notifications are kept for a connection that broke.
    pub recovery_buffer_size: usize,
    /// How long a broken connection can be recovered.
    pub recovery_timeout_seconds: i64,
    pub idle_timeout_seconds: i64,
    pub absolute_timeout_seconds: i64,
    pub max_active_requests: u32,
    pub token_life_seconds: i64,
    /// Between pings, in real time; a pong is awaited for ten seconds.
    pub ping_interval_seconds: u64,
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self {
            max_connections_per_session: 50,
            recovery_buffer_size: 100,
            recovery_timeout_seconds: 180,
            idle_timeout_seconds: 1_800,
            absolute_timeout_seconds: 86_400,
            max_active_requests: 10,
            token_life_seconds: 60,
            ping_interval_seconds: 30,
        }
    }
}

/// All connections, open or waiting to be recovered.
#[derive(Debug)]
pub(crate) struct Gateway {
    settings: GatewaySettings,
    links: Mutex<Links>,
    waiting: mpsc::UnboundedSender<oneshot::Sender<()>>,
}

#[derive(Debug, Default)]
struct Links {
    last_number: u64,
    by_number: BTreeMap<u64, Link>,
}

/// A connection just accepted.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) number: u64,
    pub(crate) outbound: mpsc::UnboundedReceiver<Outbound>,
}

impl Gateway {
    /// A gateway, and the queue of those who wait for deliveries, which belongs to [`pump`].
    pub(crate) fn new(settings: GatewaySettings) -> (Self, mpsc::UnboundedReceiver<oneshot::Sender<()>>) {
        let (waiting, queue) = mpsc::unbounded_channel();
        let gateway = Self {
            settings,
            links: Mutex::default(),
            waiting,
        };
        (gateway, queue)
    }

    /// Waits until everything the world has announced so far stands in its connections' queues.
    pub(crate) async fn settled(&self) {
        let (told, heard) = oneshot::channel();
        if self.waiting.send(told).is_ok() {
            // Without a pump nothing will ever be delivered, so there is nothing to wait for.
            let _ = heard.await;
        }
    }

    /// Sends an answer on a connection, behind what already waits there.
    fn reply(&self, number: u64, text: String) {
        if let Some(link) = self.links().by_number.get(&number) {
            link.send(text);
        }
    }

    pub(crate) fn settings(&self) -> GatewaySettings {
        self.settings
    }

    fn links(&self) -> MutexGuard<'_, Links> {
        lock(&self.links)
    }

    /// Opens a connection for a session, recovering an earlier one when `wsc` allows. ConnectionDetails and what was
    /// missed already wait in the outbound queue.
    pub(crate) fn accept(&self, session: &Session, wsc: Option<&str>, now: Timestamp) -> Accepted {
        let (sender, outbound) = mpsc::unbounded_channel();
        let mut links = self.links();
        let recovered = wsc.and_then(|wsc| self.recover(&mut links, session, wsc, now));
        let (number, details) = match recovered {
            Some((number, seen)) => (
                number,
                self.details(now, Some(json!({"recoveryState": "Successful"})), seen),
            ),
            None => {
                links.last_number += 1;
                let number = links.last_number;
                let link = Link::new(token_text::random_text(24), session, now);
                links.by_number.insert(number, link);
                let failed = json!({"recoveryState": "Failed", "recoveryErrorCode": "WSG-1005"});
                (number, self.details(now, wsc.map(|_| failed), 1))
            }
        };
        if let Some(link) = links.by_number.get_mut(&number) {
            link.attach(sender, details, now);
        }
        Accepted { number, outbound }
    }

    /// The connection a `wsc` names, if it may still be recovered, and the last sequence its client has seen.
    fn recover(&self, links: &mut Links, session: &Session, wsc: &str, now: Timestamp) -> Option<(u64, u64)> {
        let (token, seen) = link::read_wsc(wsc)?;
        let (number, link) = links.by_number.iter_mut().find(|(_, link)| link.token == token)?;
        let patience = SignedDuration::from_secs(self.settings.recovery_timeout_seconds);
        let is_in_time = link
            .disconnected_at
            .is_none_or(|at| now.duration_since(at) <= patience);
        let is_same_owner = link.extension_id == session.extension_id && link.client_id == session.client_id;
        if !is_in_time || !is_same_owner {
            return None;
        }
        link.session_id = session.id.clone();
        Some((*number, seen))
    }

    fn details(&self, now: Timestamp, recovery: Option<Value>, sequence: u64) -> link::Details {
        let settings = self.settings;
        let mut body = json!({
            "creationTime": instant(now),
            "maxConnectionsPerSession": settings.max_connections_per_session,
            "recoveryBufferSize": settings.recovery_buffer_size,
            "recoveryTimeout": settings.recovery_timeout_seconds,
            "idleTimeout": settings.idle_timeout_seconds,
            "absoluteTimeout": settings.absolute_timeout_seconds,
            "maxActiveRequests": settings.max_active_requests,
        });
        if let (Some(Value::Object(recovery)), Some(fields)) = (recovery, body.as_object_mut()) {
            fields.extend(recovery);
        }
        link::Details { body, sequence }
    }

    /// The session behind a connection.
    pub(crate) fn session_of(&self, number: u64) -> Option<String> {
        self.links()
            .by_number
            .get(&number)
            .map(|link| link.session_id.clone())
    }

    /// Notes that the client said something, which keeps the connection from being idle.
    pub(crate) fn heard_from(&self, number: u64, now: Timestamp) {
        if let Some(link) = self.links().by_number.get_mut(&number) {
            link.last_heard_at = now;
        }
    }

    /// The socket is gone; what happens from now on waits for a recovery.
    pub(crate) fn disconnected(&self, number: u64, now: Timestamp, is_orderly: bool) {
        let mut links = self.links();
        if let Some(link) = links.by_number.get_mut(&number)
            && link.detach(now)
            && is_orderly
            && link.subscription.is_none()
        {
            links.by_number.remove(&number);
        }
    }

    /// Closes what was silent or open for too long, and forgets what can no longer be recovered.
    pub(crate) fn enforce_timeouts(&self, now: Timestamp) {
        let settings = self.settings;
        let patience = SignedDuration::from_secs(settings.recovery_timeout_seconds);
        let mut links = self.links();
        links.by_number.retain(|_, link| {
            link.disconnected_at
                .is_none_or(|at| now.duration_since(at) <= patience)
        });
        for link in links.by_number.values_mut() {
            link.enforce_timeouts(settings, now);
        }
    }

    /// Gives a connection its subscription, in place of the one it had.
    pub(crate) fn subscribe(&self, number: u64, subscription: Subscription) {
        if let Some(link) = self.links().by_number.get_mut(&number) {
            link.subscription = Some(subscription);
        }
    }

    /// The subscriptions of a person's application.
    pub(crate) fn subscriptions_of(
        &self,
        extension_id: ExtensionId,
        client_id: &str,
    ) -> Vec<(u64, Subscription)> {
        let links = self.links();
        links
            .by_number
            .iter()
            .filter(|(_, link)| link.extension_id == extension_id && link.client_id == client_id)
            .filter_map(|(number, link)| link.subscription.clone().map(|one| (*number, one)))
            .collect()
    }

    pub(crate) fn unsubscribe(&self, number: u64) {
        if let Some(link) = self.links().by_number.get_mut(&number) {
            link.subscription = None;
        }
    }

    /// Closes every open socket, as an outage does.
    pub(crate) fn close_all(&self, code: u16, now: Timestamp) -> usize {
        self.links()
            .by_number
            .values_mut()
            .filter_map(|link| link.close(code, "closed by order", now))
            .count()
    }

    /// Sends everything held back by a `Late` fault.
    pub(crate) fn release_late(&self) -> usize {
        let size = self.settings.recovery_buffer_size;
        self.links()
            .by_number
            .values_mut()
            .map(|link| link.release_late(size))
            .sum()
    }

    /// How many sockets are open.
    pub(crate) fn open_connections(&self) -> usize {
        self.links()
            .by_number
            .values()
            .filter(|link| link.is_connected())
            .count()
    }
}
