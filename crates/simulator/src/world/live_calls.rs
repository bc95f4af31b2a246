//! What happens to a live call: ringing, answering, holding, transferring, ending.
//!
//! Every step moves one party, counts the session's sequence up by one and announces that party alone, as in the captured
//! sequences. What a finished call leaves behind is in [`super::outcome`].

mod engine;
mod handing_on;
mod party_control;
mod queueing;
mod verbs;

use jiff::SignedDuration;

use super::World;
use super::account::UsageType;
use super::calls::Direction;
use super::ids::{ExtensionId, PartyId, TelephonySessionId};
use super::messaging::SpokenMessage;
use super::number::{E164, Endpoint, PartyNumber};
use super::sessions::{PartyReason, PartyStatus, Session};
use super::timeline::Step;

pub use party_control::PartyVerb;

/// A thing that can happen to a live call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallVerb {
    /// Somebody takes it: the given extension, or whichever rings first; for outgoing calls the far end.
    Answer {
        /// Who.
        by: Option<ExtensionId>,
    },
    /// The account's end puts it on hold.
    Hold,
    /// And takes it back.
    Unhold,
    /// The account's end hangs up.
    HangUp,
    /// The far end hangs up.
    FarEndHangsUp,
    /// The extension declines it.
    Reject {
        /// Who; the first that rings if not said.
        by: Option<ExtensionId>,
    },
    /// Nobody took it: it ends unanswered, by the system's patience rather than the caller's.
    GiveUp,
    /// It goes to voicemail; the caller hears the greeting.
    ToVoicemail,
    /// The caller has spoken and hung up.
    LeaveVoicemail(SpokenMessage),
    /// The account's end hands it to another extension, which starts to ring.
    BlindTransfer {
        /// To whom.
        to: ExtensionId,
    },
    /// Another extension picks it up while it rings here.
    PickUpElsewhere {
        /// Who.
        by: ExtensionId,
    },
    /// An outgoing call reaches a busy line.
    FarEndBusy,
    /// The account's end leaves it at a park location, where anybody can take it.
    Park,
    /// An extension takes it from there.
    PickUpParked {
        /// Who.
        by: ExtensionId,
    },
    /// The account's end puts it on hold and asks a colleague in a call of its own whether to hand it on.
    Consult {
        /// Whom.
        with: ExtensionId,
    },
    /// The colleague takes that call.
    AnswerConsultation,
    /// The asked colleague takes over.
    CompleteTransfer,
    /// The asking ends, and whoever asked takes the call back.
    EndConsultation,
    /// One extension hangs up, or stops listening in.
    Leave {
        /// Who.
        who: ExtensionId,
    },
}

/// Why a call could not be steered that way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallControlError {
    /// No session of that identifier is known.
    #[error("there is no call session {0}")]
    NoSuchSession(TelephonySessionId),
    /// The session has no such party.
    #[error("the call has no party {0}")]
    NoSuchParty(PartyId),
    /// The call is not in a state that allows it.
    #[error("the call's state does not allow this")]
    WrongState,
    /// The number called is nobody's in this account.
    #[error("no extension answers {0}")]
    NobodyThere(String),
    /// The extension is not one of the account's.
    #[error("there is no extension {0}")]
    NoSuchExtension(ExtensionId),
}

type Verdict = Result<(), CallControlError>;

impl World {
    /// A session, live or lately ended.
    pub fn session(&self, id: TelephonySessionId) -> Option<&Session> {
        self.sessions.get(&id)
    }

    /// All sessions, live or lately ended.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// A call comes in for one of the account's numbers and starts to ring.
    ///
    /// # Errors
    /// When the number is nobody's.
    pub fn ring_number(
        &mut self,
        caller: Endpoint,
        dialled: E164,
    ) -> Result<TelephonySessionId, CallControlError> {
        let number = self
            .phone_number_by_e164(dialled)
            .ok_or_else(|| CallControlError::NobodyThere(dialled.to_string()))?;
        let target = number.owner.unwrap_or(self.account.operator);
        self.ring(caller, target, Some(dialled))
    }

    /// A call comes in for an extension (by its first number, or by none) and starts to ring. A call queue rings its
    /// available members.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn ring_extension(
        &mut self,
        caller: Endpoint,
        target: ExtensionId,
    ) -> Result<TelephonySessionId, CallControlError> {
        let dialled = self.primary_number(target);
        self.ring(caller, target, dialled)
    }

    fn ring(
        &mut self,
        caller: Endpoint,
        target: ExtensionId,
        dialled: Option<E164>,
    ) -> Result<TelephonySessionId, CallControlError> {
        let extension = self
            .extension(target)
            .ok_or(CallControlError::NoSuchExtension(target))?;
        let members = extension.is_queue().then(|| extension.queue_members.clone());
        let to = match dialled {
            Some(number) => self.line_endpoint(target, number),
            None => self.extension_endpoint(target),
        };
        let queue = members.is_some().then_some(target);
        let id = self.open_session(Direction::Inbound, caller.clone(), to.clone(), queue);
        let first = self.add_party(id, Some(target), Direction::Inbound, caller.clone(), to.clone());
        if members.is_none() && !self.takes_direct_calls(target) {
            self.send_to_voicemail(id)?;
            return Ok(id);
        }
        self.change(id, first, PartyStatus::Proceeding, None);
        for member in members.into_iter().flatten() {
            if self.is_rung_by(target, member) {
                self.ring_agent(id, member);
            }
        }
        Ok(id)
    }

    /// Somebody on do-not-disturb is not rung: the call goes to voicemail.
    pub(crate) fn takes_direct_calls(&self, extension: ExtensionId) -> bool {
        let settings = self.presence.get(&extension);
        settings.is_none_or(|settings| settings.dnd_status.takes_own_calls())
    }

    /// Whether somebody's do-not-disturb lets calls of queues through.
    pub(crate) fn takes_queue_calls(&self, member: ExtensionId) -> bool {
        let settings = self.presence.get(&member);
        settings.is_none_or(|settings| settings.dnd_status.takes_queue_calls())
    }

    /// An extension dials an outside number; the far end starts to ring.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn dial_out(
        &mut self,
        from: ExtensionId,
        to: Endpoint,
    ) -> Result<TelephonySessionId, CallControlError> {
        let shown = self.caller_id_of(from)?;
        let device_id = self.desk_phone(from);
        let id = self.open_session(Direction::Outbound, shown.clone(), to.clone(), None);
        let own = Endpoint {
            device_id,
            name: None,
            ..shown.clone()
        };
        let near = self.add_party(id, Some(from), Direction::Outbound, own, to.clone());
        let far = self.add_party(id, None, Direction::Inbound, shown, to);
        debug_assert_eq!((near, far), (1, 2));
        self.change(id, near, PartyStatus::Proceeding, None);
        Ok(id)
    }

    /// One extension calls another.
    ///
    /// # Errors
    /// When either is missing.
    pub fn dial_extension(
        &mut self,
        from: ExtensionId,
        to: ExtensionId,
    ) -> Result<TelephonySessionId, CallControlError> {
        if self.extension(to).is_none() {
            return Err(CallControlError::NoSuchExtension(to));
        }
        let shown = self.caller_id_of(from)?;
        let device_id = self.desk_phone(from);
        let callee = self.extension_endpoint(to);
        let caller = Endpoint {
            device_id,
            ..self.extension_endpoint(from)
        };
        let id = self.open_session(Direction::Outbound, caller.clone(), callee.clone(), None);
        let near = self.add_party(
            id,
            Some(from),
            Direction::Outbound,
            Endpoint { device_id, ..shown },
            callee.clone(),
        );
        let far = self.add_party(id, Some(to), Direction::Inbound, caller, callee);
        // In the capture of an internal call the caller's own leg is answered by the exchange before the callee rings.
        self.change(id, near, PartyStatus::Answered, None);
        self.change(id, far, PartyStatus::Proceeding, None);
        Ok(id)
    }

    pub(super) fn caller_id_of(&self, from: ExtensionId) -> Result<Endpoint, CallControlError> {
        if self.extension(from).is_none() {
            return Err(CallControlError::NoSuchExtension(from));
        }
        let main = self
            .phone_numbers()
            .find(|number| number.usage == UsageType::MainCompanyNumber);
        let number = self.primary_number(from).or(main.map(|number| number.number));
        Ok(match number {
            Some(number) => self.line_endpoint(from, number),
            None => self.extension_endpoint(from),
        })
    }

    /// Lets something happen to a call.
    ///
    /// # Errors
    /// When the call is unknown or in no state for it.
    pub fn call(&mut self, id: TelephonySessionId, verb: CallVerb) -> Verdict {
        match verb {
            CallVerb::Answer { by } => self.answer(id, by),
            CallVerb::Hold => self.switch(id, PartyStatus::Answered, PartyStatus::Hold),
            CallVerb::Unhold => self.switch(id, PartyStatus::Hold, PartyStatus::Answered),
            CallVerb::HangUp => self.end_call(id, false, None),
            CallVerb::FarEndHangsUp => self.end_call(id, true, None),
            CallVerb::GiveUp => self.end_call(id, false, Some(PartyReason::NoAnswer)),
            CallVerb::FarEndBusy => self.end_call(id, true, Some(PartyReason::TargetBusy)),
            CallVerb::Reject { by } => self.reject(id, by),
            CallVerb::ToVoicemail => self.send_to_voicemail(id),
            CallVerb::LeaveVoicemail(spoken) => self.leave_voicemail(id, spoken),
            CallVerb::BlindTransfer { to } => self.transfer(id, to),
            CallVerb::PickUpElsewhere { by } => self.pick_up_elsewhere(id, by),
            CallVerb::Park => self.park_own_end(id),
            CallVerb::PickUpParked { by } => self.pick_up_parked(id, by),
            CallVerb::Consult { with } => self.consult(id, with),
            CallVerb::AnswerConsultation => self.answer_consultation(id),
            CallVerb::CompleteTransfer => self.complete_transfer(id),
            CallVerb::EndConsultation => self.end_consultation(id),
            CallVerb::Leave { who } => self.leave_call(id, who),
        }
    }

    /// Plans something to happen to a call `delay` from now. If the call is then in no state for it, nothing happens.
    pub fn call_later(&mut self, id: TelephonySessionId, delay: SignedDuration, verb: CallVerb) {
        self.schedule_in(delay, Step::Call { session: id, verb });
    }

    /// How long after its end the call's record appears in the call log.
    ///
    /// # Errors
    /// When the session is unknown.
    pub fn delay_record(&mut self, id: TelephonySessionId, delay: SignedDuration) -> Verdict {
        let session = self
            .sessions
            .get_mut(&id)
            .ok_or(CallControlError::NoSuchSession(id))?;
        session.record_delay = delay;
        Ok(())
    }

    fn known(&self, id: TelephonySessionId) -> Result<&Session, CallControlError> {
        self.sessions.get(&id).ok_or(CallControlError::NoSuchSession(id))
    }
}

/// Whether an endpoint is an extension's short number (an internal call).
pub(super) fn is_internal(endpoint: &Endpoint) -> bool {
    matches!(endpoint.number, PartyNumber::Extension(_))
}
