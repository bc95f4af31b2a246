//! RingOut: a call in two legs. First the caller's own phone rings, and when it is picked up, the number called
//! (developers.ringcentral.com/guide/voice/ringout).
//!
//! Both legs are parties of an ordinary session, so call log, presence and telephony events follow by themselves. Numbers
//! of call queues are rung like outside numbers; nobody is hunted.

mod steps;

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;

use super::World;
use super::account::ExtensionType;
use super::calls::Direction;
use super::ids::{ExtensionId, TelephonySessionId};
use super::live_calls::CallControlError;
use super::number::{E164, Endpoint, PartyNumber};
use super::sessions::{Party, PartyReason, PartyStatus, Session, SessionOrigin};
use super::vendor_enum::vendor_enum;

/// How long the status of a call that failed can still be read. A connected call that ended is gone at once.
const STATUS_KEPT: SignedDuration = SignedDuration::from_secs(30);

vendor_enum!(
    /// State of the call or of one leg (`CallingStatusInfo`).
    RingOutStatus {
        InProgress = "InProgress",
        Success = "Success",
        Busy = "Busy",
        NoAnswer = "NoAnswer",
        Rejected = "Rejected",
        Finished = "Finished",
        GenericError = "GenericError",
        CannotReach = "CannotReach",
        InternationalDisabled = "InternationalDisabled",
    }
);

/// What somebody does whose phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegBehaviour {
    /// Picks up.
    Answers {
        /// After so long.
        after: SignedDuration,
        /// Hangs up after so long; only the number called does.
        talk: SignedDuration,
    },
    /// Is on the phone already.
    Busy,
    /// Lets it ring.
    NoAnswer,
    /// Declines.
    Rejects,
    /// The network cannot get there.
    Unreachable,
    /// Whatever [`World::settle_ring_out_leg`] says.
    ByHand,
}

/// How a leg that rings goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegOutcome {
    /// It is picked up.
    Answered,
    /// It failed, and this is the word for it.
    Failed(RingOutStatus),
}

/// A step of a RingOut call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RingOutStep {
    Caller(LegOutcome),
    DialCallee,
    Callee(LegOutcome),
    HangUp,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewRingOut {
    /// Who calls.
    pub owner: ExtensionId,
    /// The phone that rings first.
    pub phone: Endpoint,
    /// The number called.
    pub to: Endpoint,
    /// The number shown, if not the caller's own.
    pub caller_id: Option<E164>,
    /// Whether the caller has to press 1 first.
    pub has_prompt: bool,
}

/// States of a RingOut call and its legs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingOutState {
    /// The call.
    pub call: RingOutStatus,
    /// The caller's own phone.
    pub caller: RingOutStatus,
    /// The number called.
    pub callee: RingOutStatus,
}

/// A RingOut call.
#[derive(Debug, Clone)]
pub struct RingOut {
    /// Its identifier on the wire.
    pub id: String,
    /// Who calls.
    pub owner: ExtensionId,
    /// Its session.
    pub session: TelephonySessionId,
    to: Endpoint,
    callee: Option<ExtensionId>,
    has_prompt: bool,
    is_cancelled: bool,
    /// The word for the leg that failed; the callee's when the caller's was connected.
    failure: Option<RingOutStatus>,
}

/// All of them, and how numbers behave.
#[derive(Debug, Default)]
pub(super) struct RingOuts {
    by_session: BTreeMap<TelephonySessionId, RingOut>,
    behaviours: BTreeMap<E164, LegBehaviour>,
}

impl World {
    /// From now on whoever has this number behaves like this when RingOut rings it, as the caller's own phone or as the
    /// number called.
    pub fn set_leg_behaviour(&mut self, number: E164, behaviour: LegBehaviour) {
        self.ring_outs.behaviours.insert(number, behaviour);
    }

    /// Starts a RingOut call: the caller's own phone rings.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn start_ring_out(&mut self, new: NewRingOut) -> Result<RingOut, CallControlError> {
        let shown = match new.caller_id {
            Some(number) => self.line_endpoint(new.owner, number),
            None => self.caller_id_of(new.owner)?,
        };
        let callee = self.person_at(&new.to);
        let to = match callee {
            Some(extension) => Endpoint {
                number: new.to.number.clone(),
                ..self.extension_endpoint(extension)
            },
            None => new.to,
        };
        let session = self.open_session(Direction::Outbound, shown.clone(), to.clone(), None);
        let mut id = String::new();
        if let Some(opened) = self.sessions.get_mut(&session) {
            opened.origin = SessionOrigin::RingOut;
            opened.ring_out_phone = Some(new.phone.clone());
            let host = opened.server_id.trim_end_matches(".TAM");
            id = BASE64_URL_SAFE_NO_PAD.encode(format!("cs{}@{host}", opened.id));
        }
        let ring_out = RingOut {
            id,
            owner: new.owner,
            session,
            to: to.clone(),
            callee,
            has_prompt: new.has_prompt,
            is_cancelled: false,
            failure: None,
        };
        self.ring_outs
            .by_session
            .retain(|known, _| self.sessions.contains_key(known));
        self.ring_outs.by_session.insert(session, ring_out.clone());
        let near = self.add_party(session, Some(new.owner), Direction::Outbound, shown, to);
        self.change(session, near, PartyStatus::Proceeding, None);
        let usual = LegBehaviour::Answers {
            after: SignedDuration::from_secs(4),
            talk: SignedDuration::ZERO,
        };
        let behaviour = self.behaviour_of(&new.phone, usual);
        self.plan_leg(session, behaviour, RingOutStep::Caller);
        Ok(ring_out)
    }

    /// One of an extension's RingOut calls.
    pub fn ring_out(&self, owner: ExtensionId, id: &str) -> Option<&RingOut> {
        let mut all = self.ring_outs.by_session.values();
        all.find(|one| one.owner == owner && one.id == id)
    }

    /// All RingOut calls whose state can be read.
    pub fn ring_outs(&self) -> impl Iterator<Item = (&RingOut, RingOutState)> {
        let all = self.ring_outs.by_session.values();
        all.filter_map(|one| Some((one, self.ring_out_state(one)?)))
    }

    /// How far it is; `None` once it is over.
    pub fn ring_out_state(&self, ring_out: &RingOut) -> Option<RingOutState> {
        let session = self
            .session(ring_out.session)
            .filter(|_| !ring_out.is_cancelled)?;
        let (near, far) = legs(session)?;
        let is_connected = far.is_some_and(|far| far.answered_at.is_some());
        let word = |leg: &Party| {
            if leg.answered_at.is_some() {
                RingOutStatus::Success
            } else {
                RingOutStatus::InProgress
            }
        };
        let Some(ended_at) = session.ended_at else {
            return Some(RingOutState {
                call: if is_connected {
                    RingOutStatus::Success
                } else {
                    RingOutStatus::InProgress
                },
                caller: word(near),
                callee: far.map_or(RingOutStatus::InProgress, word),
            });
        };
        if is_connected || self.now().duration_since(ended_at) >= STATUS_KEPT {
            return None;
        }
        let is_caller_there = near.answered_at.is_some();
        let failure = ring_out.failure.unwrap_or(RingOutStatus::Rejected);
        Some(RingOutState {
            call: RingOutStatus::CannotReach,
            caller: if is_caller_there {
                RingOutStatus::Finished
            } else {
                failure
            },
            // A caller who drops out while the second leg rings leaves it rejected.
            callee: if is_caller_there {
                failure
            } else {
                RingOutStatus::Rejected
            },
        })
    }

    /// Cancels a call that is not connected yet; a connected one goes on. `false` when there is nothing to cancel.
    pub fn cancel_ring_out(&mut self, owner: ExtensionId, id: &str) -> bool {
        let found = self.ring_out(owner, id).cloned();
        let Some((ring_out, state)) = found.and_then(|one| Some((one.clone(), self.ring_out_state(&one)?)))
        else {
            return false;
        };
        let is_live = self
            .session(ring_out.session)
            .is_some_and(|one| one.ended_at.is_none());
        if state.call == RingOutStatus::InProgress && is_live {
            if let Some(session) = self.sessions.get_mut(&ring_out.session) {
                session.is_ended_by_caller = true;
            }
            if let Some(known) = self.ring_outs.by_session.get_mut(&ring_out.session) {
                known.is_cancelled = true;
            }
            // The session was looked up a line ago.
            drop(self.finish_rest(ring_out.session, Some(PartyReason::Cancelled)));
        }
        true
    }

    /// Lets the leg that rings go on by hand.
    ///
    /// # Errors
    /// When nothing of such a call rings.
    pub fn settle_ring_out_leg(
        &mut self,
        session: TelephonySessionId,
        outcome: LegOutcome,
    ) -> Result<(), CallControlError> {
        let known = self
            .session(session)
            .filter(|known| known.origin == SessionOrigin::RingOut)
            .ok_or(CallControlError::NoSuchSession(session))?;
        let (near, far) = legs(known).ok_or(CallControlError::WrongState)?;
        let step = match far {
            None if near.is_ringing() => RingOutStep::Caller(outcome),
            Some(far) if far.is_ringing() => RingOutStep::Callee(outcome),
            _ => return Err(CallControlError::WrongState),
        };
        self.move_ring_out(session, step);
        Ok(())
    }

    /// The person who has this number of the account's, or this extension.
    fn person_at(&self, end: &Endpoint) -> Option<ExtensionId> {
        let extension = match &end.number {
            PartyNumber::E164(number) => {
                self.extension(self.phone_number_by_e164(*number).and_then(|known| known.owner)?)
            }
            PartyNumber::Extension(number) => self.extension_by_number(*number),
            _ => None,
        };
        extension
            .filter(|one| one.kind == ExtensionType::User)
            .map(|one| one.id)
    }
}

/// The caller's own leg and, once it is dialled, the other one.
fn legs(session: &Session) -> Option<(&Party, Option<&Party>)> {
    let mut parties = session.parties.iter();
    let near = parties.next()?;
    Some((near, parties.next()))
}
