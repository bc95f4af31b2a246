//! Somebody at the desk who keeps an eye on everybody, and the company's own word for it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy exempts tests, but not what they share"
)]

use crate::calls::desk::{ADA, Desk, small_company};
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::presence::{Availability, MemberPresence};
use domain::sync::EventSourceState;
use jiff::SignedDuration;
use simulator::world::account::ExtensionType;
use simulator::world::ids::ExtensionId;
use simulator::world::presence::{DndStatus, PresenceStatus, PresenceUpdate, TelephonyStatus, UserStatus};
use simulator::world::{NewExtension, World};
use simulator::{Effect, Fault, GatewaySettings, Options};
use std::collections::BTreeMap;
use std::time::Duration;
use switchboard_core::change_feed::ChangeListener;
use switchboard_core::store::SyncScope;

pub(crate) const CLEO: ExtensionId = ExtensionId(809_646_018);

/// What has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Reception {
    pub(crate) desk: Desk,
}

impl Reception {
    /// The directory is known; nothing was asked of presence yet, and no event has come.
    pub(crate) async fn open(desk: Desk) -> Self {
        desk.sync.request_scope(&SyncScope::DIRECTORY);
        desk.sync.run_until_idle().await;
        Self { desk }
    }

    /// The same with live events, and everybody heard of. A broken connection cannot be recovered after a second.
    pub(crate) async fn live() -> Self {
        let gateway = GatewaySettings {
            recovery_timeout_seconds: 1,
            ..GatewaySettings::default()
        };
        let mut reception = Self::open(Desk::at_gateway(gateway).await).await;
        reception.go_live().await;
        reception
    }

    pub(crate) async fn go_live(&mut self) {
        self.desk.until_live().await;
        self.until_sure().await;
        // The gap of the first connection is answered, and the pause after it over.
        self.listen(20).await;
    }

    pub(crate) fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.desk.control.world(act)
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.desk.pass(SignedDuration::from_secs(seconds));
    }

    /// Time passes while it is listened.
    pub(crate) async fn listen(&mut self, seconds: i64) {
        for _ in 0..seconds / 20 {
            self.pass(20);
            self.desk.subscription.step().await;
            self.desk.presence.step().await;
        }
    }

    pub(crate) fn asked(&self, operation: &str) -> usize {
        let requests = self.desk.control.requests();
        requests
            .iter()
            .filter(|request| request.operation == Some(operation))
            .count()
    }

    /// The connection breaks, cannot be recovered, and does not come back.
    pub(crate) async fn cut_off(&mut self) {
        self.desk.control.add_fault(Fault {
            times: 1_000_000,
            ..Fault::once(
                "authWsToken",
                Effect::ServerError {
                    status: 503,
                    error_code: "CMN-201".to_owned(),
                },
            )
        });
        self.desk.control.close_sockets(1001);
        self.desk
            .until("the connection is broken", |desk| {
                desk.handle.state() != EventSourceState::Live
            })
            .await;
        self.pass(2);
    }

    /// The connection comes back.
    pub(crate) async fn come_back(&mut self) {
        self.desk.control.clear_faults();
        self.desk
            .until("events are live again", |desk| {
                desk.handle.state() == EventSourceState::Live
            })
            .await;
    }

    /// Steps until nobody is stale.
    pub(crate) async fn until_sure(&mut self) {
        for _ in 0..20 {
            self.desk.subscription.step().await;
            self.desk.presence.step().await;
            if self.everybody().await.values().all(|one| !one.is_stale) {
                return;
            }
            self.pass(5);
        }
        panic!("somebody stays stale: {:?}", self.everybody().await);
    }

    /// Steps, as events arrive, until somebody's dot says so.
    pub(crate) async fn until_dot(&mut self, who: ExtensionId, availability: Availability) {
        let waiting = async {
            loop {
                self.desk.subscription.step().await;
                self.keep().await;
                if self.of(who).await.availability == availability {
                    return;
                }
                self.desk.subscription.stirred().await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            panic!("never {availability:?}: {:?}", self.of(who).await);
        }
    }

    /// What was heard is kept, though no time passes between one batch and the next.
    pub(crate) async fn keep(&self) {
        self.desk.presence.step().await;
        self.desk.presences.keep().await.unwrap();
    }

    /// Steps until every event that the server has sent so far has arrived.
    pub(crate) async fn until_all_has_arrived(&mut self) {
        self.desk.until_all_has_arrived().await;
        self.keep().await;
    }

    pub(crate) async fn of(&self, who: ExtensionId) -> MemberPresence {
        self.everybody().await.remove(&who).unwrap()
    }

    /// What is shown, by extension.
    pub(crate) async fn everybody(&self) -> BTreeMap<ExtensionId, MemberPresence> {
        let contacts = self.contacts().await;
        let shown = self.desk.presences.list(&[]).await.unwrap();
        shown
            .into_iter()
            .map(|one| (contacts[&one.contact], one))
            .collect()
    }

    /// Nobody is stale, and everybody is as the company says.
    pub(crate) async fn assert_as_in_world(&self) {
        let shown = self.everybody().await;
        let people: Vec<ExtensionId> = self.world(|world| {
            world
                .extensions()
                .filter(|one| one.kind == ExtensionType::User)
                .map(|one| one.id)
                .collect()
        });
        assert_eq!(shown.len(), people.len());
        for id in people {
            let one = &shown[&id];
            let (dot, message) = self.world(|world| dot_in_world(world, id));
            assert_eq!(
                (one.availability, &one.message),
                (dot, &message),
                "extension {id}"
            );
            assert!(!one.is_stale, "extension {id}");
        }
    }

    pub(crate) fn close(self) {
        self.desk.close();
    }

    async fn contacts(&self) -> BTreeMap<ContactId, ExtensionId> {
        let team = self.desk.store.team().await.unwrap();
        team.into_iter()
            .map(|one| (one.contact.id, one.user.parse().unwrap()))
            .collect()
    }
}

/// Somebody says what they are, on another device.
pub(crate) fn set(reception: &Reception, who: ExtensionId, status: UserStatus) {
    let update = PresenceUpdate {
        user_status: Some(status),
        ..PresenceUpdate::default()
    };
    reception.world(|world| world.update_presence(who, update).unwrap());
}

/// Whom each announcement since the last look named.
pub(crate) fn announced(changes: &mut ChangeListener) -> Vec<Vec<ContactId>> {
    let mut told = Vec::new();
    while let Some(event) = changes.try_next() {
        match event {
            CoreEvent::PresenceChanged { contacts } => told.push(contacts),
            CoreEvent::Overflowed => panic!("more was announced than anybody can listen to"),
            _ => {}
        }
    }
    told
}

/// A company of so many people with Ada among them, and the others.
pub(crate) fn company_of(people: u64) -> (Options, Vec<ExtensionId>) {
    let mut options = small_company();
    let mut others = vec![ExtensionId(ADA.0 + 1), CLEO];
    for number in 3..people {
        let id = ExtensionId(ADA.0 + 1_000 + number);
        options.world.add_extension(
            id,
            NewExtension {
                number: 1_000 + u32::try_from(number).unwrap(),
                kind: ExtensionType::User,
                first_name: "Person",
                last_name: &number.to_string(),
                email: &format!("person{number}@small.example.com"),
                job_title: "Agent",
                department: "Service",
                is_admin: false,
                contact_phone: None,
                queue_members: Vec::new(),
                message_recipient: None,
            },
        );
        others.push(id);
    }
    (options, others)
}

/// The rule of the vendor's facts, written down once more: no calls at all, then the phone, then the sum.
fn dot_in_world(world: &World, id: ExtensionId) -> (Availability, Option<String>) {
    let snapshot = world.presence(id).unwrap();
    let dot = match (
        snapshot.settings.dnd_status,
        snapshot.telephony_status,
        snapshot.presence_status,
    ) {
        (DndStatus::DoNotAcceptAnyCalls, _, _) => Availability::DoNotDisturb,
        (_, TelephonyStatus::Ringing, _) => Availability::Ringing,
        (_, TelephonyStatus::CallConnected | TelephonyStatus::OnHold | TelephonyStatus::ParkedCall, _) => {
            Availability::OnCall
        }
        (_, TelephonyStatus::NoCall, PresenceStatus::Available) => Availability::Available,
        (_, TelephonyStatus::NoCall, PresenceStatus::Busy) => Availability::Busy,
        (_, TelephonyStatus::NoCall, PresenceStatus::Offline) => Availability::Offline,
    };
    (dot, snapshot.settings.message)
}
