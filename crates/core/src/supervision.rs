//! Listening in to calls of colleagues, for those whom RingCentral lets, and the log of it.
//!
//! Whether somebody may is read from RingCentral's monitoring groups each time, by the core: no setting and no window can
//! say yes (`rights`, `offer`: pure). Nothing is begun that is not in the log first, and what is refused is in it too
//! (`chain`, and the store). To begin is never repeated: each request rings the supervisor's phone; after a lost reply the
//! call itself is looked at instead.
//!
//! Nothing here dials, hears or sends sound: whisper, barge and take over are keys that the supervisor presses.

pub mod chain;
mod export;
mod log;
mod offer;
mod refusal;
mod rights;
mod running;
#[cfg(test)]
mod tests;

use crate::error::CoreError;
use crate::live_calls::{CompanyCalls, LivePage, SessionView};
use crate::store::Store;
use chain::SupervisionFacts;
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use domain::ipc::live_calls::Supervise;
use domain::supervision::{Supervision, SupervisionResult, SupervisorDevice};
use jiff::{SignedDuration, Timestamp};
use offer::{Offer, Phones, Way};
use rights::Rights;
use ringcentral::api::ExtensionRef;
use ringcentral::api::call_monitoring::SuperviseRequest;
use ringcentral::api::telephony::{CallSession, PartyStatusCode, PartyStatusReason};
use ringcentral::error::RequestOutcome;
use ringcentral::id::{DeviceId, ExtensionId, TelephonySessionId};
use ringcentral::{Client, Priority};
use running::Running;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Supervision by the signed-in person. Clones share what runs.
#[derive(Debug, Clone)]
pub struct Supervisions(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    store: Store,
    calls: CompanyCalls,
    page: LivePage,
    /// The signed-in person's name, as it is logged.
    supervisor: String,
    rights: Mutex<Option<Rights>>,
    /// When RingCentral said last that the log may be read.
    admin_since: Mutex<Option<Timestamp>>,
    running: Mutex<Running>,
    /// One request at a time: two that cross would both ring.
    turn: tokio::sync::Mutex<()>,
}

/// What is possible for a call now.
struct Possible {
    offers: Vec<Offer>,
    phones: Phones,
}

/// Why a supervision did not begin.
enum Failure {
    Refused(CoreError),
    /// Nobody knows whether it did.
    Unknown(CoreError),
}

impl Supervisions {
    pub fn new(store: Store, calls: CompanyCalls, page: LivePage, supervisor: String) -> Self {
        Self(Arc::new(Shared {
            store,
            calls,
            page,
            supervisor,
            rights: Mutex::default(),
            admin_since: Mutex::default(),
            running: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }))
    }

    /// What the signed-in person can do about a call.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it is over or not theirs to see, and errors of the server.
    pub async fn possible(&self, client: &Client, session: &CallSessionId) -> Result<Supervision, CoreError> {
        let call = self.call(session)?;
        let possible = self.look(client, &call).await?;
        Ok(self.shown(&call, &possible))
    }

    /// Begins to listen in, or notes that the keys for another mode were shown. Asked for and refused, it is in the log.
    ///
    /// # Errors
    /// [`CoreError::NotPermitted`] when RingCentral does not let this person, [`CoreError::Invalid`] when it is not possible
    /// now, [`CoreError::NotFound`] when the call is over, and errors of the server.
    pub async fn supervise(
        &self,
        client: Option<&Client>,
        request: &Supervise,
    ) -> Result<Supervision, CoreError> {
        let _turn = self.0.turn.lock().await;
        let call = self.call(&request.session_id);
        let about = self.about(request, call.as_ref().ok()).await?;
        // Nothing is begun that is not in the log first.
        let attempt = self.0.store.supervision_asked(&about).await?;
        let begun = match (call, client) {
            (Err(over), _) => Err(Failure::Refused(over)),
            (Ok(_), None) => Err(Failure::Refused(CoreError::SignInRequired)),
            (Ok(call), Some(client)) => self.begin(client, &call, request, &about, attempt).await,
        };
        match begun {
            Ok(shown) => Ok(shown),
            Err(Failure::Unknown(error)) => Err(error),
            Err(Failure::Refused(error)) => {
                let reason = error.to_string();
                let refused = SupervisionResult::Refused { reason };
                self.0.store.supervision_became(attempt, &about, refused).await?;
                Err(error)
            }
        }
    }

    /// Notes in the log what has begun or ended meanwhile. Returns when it is to be looked again by time alone.
    ///
    /// # Errors
    /// [`CoreError::Store`]; it is tried again with the next step.
    pub async fn step(&self) -> Result<Option<Timestamp>, CoreError> {
        let now = self.0.store.clock().now();
        let changes = self.running().look(&self.0.calls, now);
        for session in &changes.to_ask {
            self.0.calls.ask_after(session);
        }
        for (session, attempt, about, result) in changes.lines {
            self.0
                .store
                .supervision_became(attempt, &about, result.clone())
                .await?;
            self.running().noted(&session, &result);
        }
        Ok(self.running().next_look(now))
    }

    /// Steps whenever calls move, for ever.
    pub async fn run(self) {
        let mut moved = self.0.calls.watch();
        loop {
            moved.mark_unchanged();
            let next = self.step().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the log of supervisions could not be written");
                None
            });
            let now = self.0.store.clock().now();
            let nap = next.map_or(SignedDuration::from_secs(60), |at| at.duration_since(now));
            let nap = nap.clamp(SignedDuration::from_secs(1), SignedDuration::from_secs(60));
            tokio::select! {
                () = tokio::time::sleep(nap.unsigned_abs()) => {}
                _ = moved.changed() => {}
            }
        }
    }

    async fn begin(
        &self,
        client: &Client,
        call: &SessionView,
        request: &Supervise,
        about: &SupervisionFacts,
        attempt: i64,
    ) -> Result<Supervision, Failure> {
        let possible = self.look(client, call).await.map_err(Failure::Refused)?;
        let agent = ExtensionId::from(request.extension_id.as_str());
        let offer = possible
            .offers
            .iter()
            .find(|offer| offer.extension_id == agent)
            .ok_or_else(|| {
                Failure::Refused(CoreError::Invalid(
                    "This colleague is not in the call any more.".to_owned(),
                ))
            })?;
        match offer.way(request.mode) {
            Some(Way::RingsDevice) => {
                let device = chosen(&possible.phones, request.device.as_deref()).map_err(Failure::Refused)?;
                if self.running().has(&call.session_id) {
                    let words =
                        "A supervision of this call has been begun already. See whether your phone rings.";
                    return Err(Failure::Refused(CoreError::Invalid(words.to_owned())));
                }
                self.ring(client, call, about, attempt, &agent, device).await?;
            }
            // What the person does with the keys, nobody hears of.
            Some(Way::Dial { .. }) => {}
            Some(Way::Not(obstacle)) => {
                let message = obstacle.words();
                return Err(Failure::Refused(if obstacle.is_forbidden {
                    CoreError::NotPermitted {
                        message,
                        source: None,
                    }
                } else {
                    CoreError::Invalid(message)
                }));
            }
            None => {
                let words = "RingCentral knows no such way to take part.";
                return Err(Failure::Refused(CoreError::Invalid(words.to_owned())));
            }
        }
        Ok(self.shown(call, &possible))
    }

    /// Has RingCentral ring the supervisor's phone. Sent once, whatever happens.
    async fn ring(
        &self,
        client: &Client,
        call: &SessionView,
        about: &SupervisionFacts,
        attempt: i64,
        agent: &ExtensionId,
        device: DeviceId,
    ) -> Result<(), Failure> {
        let session = TelephonySessionId::from(call.session_id.as_str());
        let wanted = SuperviseRequest::listen(device, agent.clone());
        let sent = client
            .call_monitoring()
            .supervise(&session, &wanted, Priority::Interactive)
            .await;
        let now = self.0.store.clock().now();
        match sent {
            Ok(_) => {}
            Err(error) if error.outcome() == RequestOutcome::NotCarriedOut => {
                return Err(Failure::Refused(refusal::error(error, &about.agent)));
            }
            Err(error) => {
                tracing::warn!(%error, "nobody knows whether a supervision has begun: looking at the call");
                if !self.is_in(client, &session).await {
                    self.running().expect(call, about, attempt, now);
                    self.0.calls.ask_after(&call.session_id);
                    return Err(Failure::Unknown(CoreError::Vendor {
                        message: "RingCentral did not answer, and does not show you in the call yet. If your phone rings in the \
                                  next moments, pick it up; otherwise try again in a minute."
                            .to_owned(),
                        source: Some(error.into()),
                    }));
                }
            }
        }
        self.running().began(call, about, attempt, now);
        self.0.calls.ask_after(&call.session_id);
        let running = SupervisionResult::Running;
        if let Err(error) = self.0.store.supervision_became(attempt, about, running).await {
            // It has begun all the same.
            tracing::warn!(%error, "that a supervision has begun could not be logged");
        }
        self.0.store.changes().announce(CoreEvent::LiveCallsChanged);
        Ok(())
    }

    /// Whether the call shows us as a supervisor.
    async fn is_in(&self, client: &Client, session: &TelephonySessionId) -> bool {
        let own = self.0.calls.own_extension();
        let asked = self.0.calls.order_of_answer(&session.as_str().into());
        match client.telephony().session(session, Priority::Interactive).await {
            Ok(answer) => {
                self.0.calls.answered(&answer, asked);
                shows_supervisor(&answer, own)
            }
            Err(error) => {
                tracing::debug!(%error, "the call could not be looked at");
                false
            }
        }
    }

    async fn look(&self, client: &Client, call: &SessionView) -> Result<Possible, CoreError> {
        let own = self.0.calls.own_extension();
        let now = self.0.store.clock().now();
        let known = self.rights().clone().filter(|rights| rights.is_good(now));
        let rights = match known {
            Some(rights) => rights,
            None => {
                let rights = Rights::read(client, own, now).await?;
                *self.rights() = Some(rights.clone());
                rights
            }
        };
        let is_any_allowed = call.colleagues.iter().any(|one| rights.allow(&one.extension_id));
        let phones = if is_any_allowed {
            let devices = client
                .devices()
                .of_extension(&ExtensionRef::Own, Priority::Interactive)
                .await?;
            Phones::of(&devices.records)
        } else {
            Phones::default()
        };
        self.0.page.look_up_call(call).await?;
        let offers = offer::offers(call, own, &rights, &phones, |one| self.0.page.name_of(one));
        Ok(Possible { offers, phones })
    }

    fn call(&self, session: &CallSessionId) -> Result<SessionView, CoreError> {
        let call = self.0.calls.view(session);
        call.ok_or(CoreError::NotFound { what: "This call" })
    }

    fn shown(&self, call: &SessionView, possible: &Possible) -> Supervision {
        Supervision {
            session_id: call.session_id.clone(),
            agents: possible.offers.iter().map(Offer::to_domain).collect(),
            devices: possible.phones.ringing.clone(),
            running: self.running().of(&call.session_id),
        }
    }

    async fn about(
        &self,
        request: &Supervise,
        call: Option<&SessionView>,
    ) -> Result<SupervisionFacts, CoreError> {
        let mut agent = request.extension_id.clone();
        let mut party = String::new();
        if let Some(call) = call {
            party = self.0.page.label(call).await?;
            let colleague = call
                .colleagues
                .iter()
                .find(|one| one.extension_id.as_str() == request.extension_id);
            if let Some(colleague) = colleague {
                agent = self.0.page.name_of(colleague);
            }
        }
        Ok(SupervisionFacts {
            supervisor_id: self.0.calls.own_extension().as_str().to_owned(),
            supervisor: self.0.supervisor.clone(),
            agent_id: request.extension_id.clone(),
            agent,
            party,
            session_id: request.session_id.clone(),
            mode: request.mode,
        })
    }

    fn rights(&self) -> MutexGuard<'_, Option<Rights>> {
        lock(&self.0.rights)
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        lock(&self.0.running)
    }
}

/// The wanted phone, or the first.
fn chosen(phones: &Phones, wanted: Option<&str>) -> Result<DeviceId, CoreError> {
    let is_wanted = |device: &&SupervisorDevice| wanted.is_none_or(|wanted| device.id == wanted);
    let device = phones.ringing.iter().find(is_wanted);
    device
        .map(|device| DeviceId::from(device.id.as_str()))
        .ok_or_else(|| {
            let words = "This is none of your phones that RingCentral can ring now. Choose another one.";
            CoreError::Invalid(words.to_owned())
        })
}

fn shows_supervisor(call: &CallSession, own: &ExtensionId) -> bool {
    call.parties.iter().any(|party| {
        let owner = party.owner.as_ref().and_then(|owner| owner.extension_id.as_ref());
        let is_there = !matches!(
            party.status.code,
            PartyStatusCode::Disconnected | PartyStatusCode::Gone
        );
        is_there
            && party.status.reason == Some(PartyStatusReason::Supervising)
            && party.extension_id.as_ref().or(owner) == Some(own)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
