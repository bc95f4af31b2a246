//! What happens to a live call: ringing, answering, holding, transferring, ending.
//!
//! Every step moves one party, counts the session's sequence up by one and announces that party alone, as in the captured
//! sequences. What a finished call leaves behind is in [`super::outcome`].

use jiff::{SignedDuration, Timestamp};

use super::World;
use super::account::{DeviceType, UsageType};
use super::calls::Direction;
use super::events::{Change, TelephonyChange};
use super::ids::{self, ExtensionId, PartyId, TelephonySessionId};
use super::messages::TranscriptionStatus;
use super::number::{E164, Endpoint, PartyNumber};
use super::sessions::{Party, PartyReason, PartyStatus, Session, SessionOrigin};
use super::timeline::Step;

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
    LeaveVoicemail {
        /// Which of the recorded clips it is.
        clip: usize,
        /// How its transcription will end.
        transcription: TranscriptionStatus,
        /// Seconds until it has ended.
        transcription_delay_s: u32,
    },
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

/// Who is to change into what; decided first, carried out after.
struct Move {
    party: u16,
    status: PartyStatus,
    reason: Option<PartyReason>,
}

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
    pub fn ring_number(&mut self, caller: Endpoint, dialled: E164) -> Result<TelephonySessionId, CallControlError> {
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
        let extension = self.extension(target).ok_or(CallControlError::NoSuchExtension(target))?;
        let members = extension.is_queue().then(|| extension.queue_members.clone());
        let to = match dialled {
            Some(number) => self.line_endpoint(target, number),
            None => self.extension_endpoint(target),
        };
        let queue = members.is_some().then_some(target);
        let id = self.open_session(Direction::Inbound, caller.clone(), to.clone(), queue);
        let first = self.add_party(id, Some(target), Direction::Inbound, caller.clone(), to.clone());
        self.change(id, first, PartyStatus::Proceeding, None);
        for member in members.into_iter().flatten() {
            if !self.takes_queue_calls(member) {
                continue;
            }
            let agent = Endpoint { number: to.number.clone(), ..self.extension_endpoint(member) };
            let party = self.add_party(id, Some(member), Direction::Inbound, caller.clone(), agent);
            self.change(id, party, PartyStatus::Proceeding, None);
        }
        Ok(id)
    }

    fn takes_queue_calls(&self, member: ExtensionId) -> bool {
        use super::presence::DndStatus;
        self.presence.get(&member).is_none_or(|settings| {
            matches!(settings.dnd_status, DndStatus::TakeAllCalls | DndStatus::TakeDepartmentCallsOnly)
        })
    }

    /// An extension dials an outside number; the far end starts to ring.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn dial_out(&mut self, from: ExtensionId, to: Endpoint) -> Result<TelephonySessionId, CallControlError> {
        let shown = self.caller_id_of(from)?;
        let device_id = self.desk_phone(from);
        let id = self.open_session(Direction::Outbound, shown.clone(), to.clone(), None);
        let own = Endpoint { device_id, name: None, ..shown.clone() };
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
        let caller = Endpoint { device_id, ..self.extension_endpoint(from) };
        let id = self.open_session(Direction::Outbound, caller.clone(), callee.clone(), None);
        let near = self.add_party(id, Some(from), Direction::Outbound, Endpoint { device_id, ..shown }, callee.clone());
        let far = self.add_party(id, Some(to), Direction::Inbound, caller, callee);
        // In the capture of an internal call the caller's own leg is answered by the exchange before the callee rings.
        self.change(id, near, PartyStatus::Answered, None);
        self.change(id, far, PartyStatus::Proceeding, None);
        Ok(id)
    }

    fn caller_id_of(&self, from: ExtensionId) -> Result<Endpoint, CallControlError> {
        if self.extension(from).is_none() {
            return Err(CallControlError::NoSuchExtension(from));
        }
        let main = self.phone_numbers().find(|number| number.usage == UsageType::MainCompanyNumber);
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
            CallVerb::LeaveVoicemail { clip, transcription, transcription_delay_s } => {
                self.leave_voicemail(id, clip, transcription, transcription_delay_s)
            }
            CallVerb::BlindTransfer { to } => self.transfer(id, to),
            CallVerb::PickUpElsewhere { by } => self.pick_up_elsewhere(id, by),
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
        let session = self.sessions.get_mut(&id).ok_or(CallControlError::NoSuchSession(id))?;
        session.record_delay = delay;
        Ok(())
    }

    /// Mutes or unmutes a party.
    ///
    /// # Errors
    /// When there is no such party, or it is not in the call.
    pub fn mute(&mut self, party: PartyId, is_muted: bool) -> Verdict {
        let session = self.known(party.session)?;
        let current = session.party(party).ok_or(CallControlError::NoSuchParty(party))?;
        if !current.is_connected() {
            return Err(CallControlError::WrongState);
        }
        let (status, reason) = (current.status, current.reason);
        if let Some(party) = self.party_mut(party.session, party.number) {
            party.is_muted = is_muted;
        }
        self.change(party.session, party.number, status, reason);
        Ok(())
    }

    fn known(&self, id: TelephonySessionId) -> Result<&Session, CallControlError> {
        self.sessions.get(&id).ok_or(CallControlError::NoSuchSession(id))
    }

    fn answer(&mut self, id: TelephonySessionId, by: Option<ExtensionId>) -> Verdict {
        let session = self.known(id)?;
        let is_wanted = |party: &&Party| {
            let is_person = session.queue.is_none() || party.extension_id != session.queue;
            let is_asked = by.is_none() || party.extension_id == by;
            party.is_ringing() && party.direction == Direction::Inbound && is_person && is_asked
        };
        let taker = session.parties.iter().find(is_wanted).ok_or(CallControlError::WrongState)?;
        let (number, extension) = (taker.id.number, taker.extension_id);
        let others: Vec<u16> = session
            .parties
            .iter()
            .filter(|party| party.id.number != number && party.is_ringing() && party.direction == Direction::Inbound)
            .map(|party| party.id.number)
            .collect();
        let caller = session
            .parties
            .iter()
            .find(|party| party.direction == Direction::Outbound && party.is_ringing())
            .map(|party| party.id.number);
        if let Some(extension) = extension {
            let device_id = self.desk_phone(extension);
            if let Some(party) = self.party_mut(id, number) {
                party.to.device_id = device_id;
            }
        }
        self.change(id, number, PartyStatus::Answered, None);
        if let Some(caller) = caller {
            self.change(id, caller, PartyStatus::Answered, None);
        }
        for other in others {
            self.change(id, other, PartyStatus::Disconnected, Some(PartyReason::AgentAnswered));
        }
        Ok(())
    }

    /// Moves the account's own connected party, such as into hold.
    fn switch(&mut self, id: TelephonySessionId, from: PartyStatus, to: PartyStatus) -> Verdict {
        let number = self
            .known(id)?
            .parties
            .iter()
            .find(|party| party.extension_id.is_some() && party.status == from)
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        self.change(id, number, to, None);
        Ok(())
    }

    fn end_call(&mut self, id: TelephonySessionId, by_far_end: bool, reason: Option<PartyReason>) -> Verdict {
        let session = self.known(id)?;
        let was_answered = session.parties.iter().any(|party| party.is_connected() && party.direction == Direction::Inbound);
        let live: Vec<(u16, bool)> = session
            .parties
            .iter()
            .filter(|party| party.is_live())
            .map(|party| (party.id.number, party.direction == Direction::Inbound && party.is_ringing()))
            .collect();
        if live.is_empty() {
            return Err(CallControlError::WrongState);
        }
        if let Some(session) = self.sessions.get_mut(&id) {
            session.is_ended_by_caller = by_far_end == (session.direction == Direction::Inbound);
        }
        for (number, was_ringing) in live {
            if was_ringing && let Some(party) = self.party_mut(id, number) {
                party.is_missed_call = !was_answered && party.extension_id.is_some();
            }
            self.change(id, number, PartyStatus::Disconnected, reason);
        }
        self.close_session(id);
        Ok(())
    }

    fn reject(&mut self, id: TelephonySessionId, by: Option<ExtensionId>) -> Verdict {
        let session = self.known(id)?;
        let refuser = session
            .parties
            .iter()
            .find(|party| {
                party.is_ringing()
                    && party.direction == Direction::Inbound
                    && party.extension_id.is_some()
                    && (by.is_none() || party.extension_id == by)
            })
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        let queue = session.queue;
        self.change(id, refuser, PartyStatus::Disconnected, Some(PartyReason::Rejected));
        let someone_rings = self.known(id)?.parties.iter().any(|party| {
            party.is_ringing() && party.direction == Direction::Inbound && party.extension_id != queue
        });
        if someone_rings { Ok(()) } else { self.finish_rest(id, Some(PartyReason::Rejected)) }
    }

    /// Ends whoever is left and closes the session.
    fn finish_rest(&mut self, id: TelephonySessionId, reason: Option<PartyReason>) -> Verdict {
        let rest: Vec<u16> =
            self.known(id)?.parties.iter().filter(|party| party.is_live()).map(|party| party.id.number).collect();
        for number in rest {
            self.change(id, number, PartyStatus::Disconnected, reason);
        }
        self.close_session(id);
        Ok(())
    }

    fn send_to_voicemail(&mut self, id: TelephonySessionId) -> Verdict {
        let ringing: Vec<u16> = self
            .known(id)?
            .parties
            .iter()
            .filter(|party| party.is_ringing() && party.direction == Direction::Inbound && party.extension_id.is_some())
            .map(|party| party.id.number)
            .collect();
        // The first inbound party is the extension or the queue that was called; its mailbox takes the message.
        let (mailbox, agents) = ringing.split_first().ok_or(CallControlError::WrongState)?;
        for agent in agents {
            if let Some(party) = self.party_mut(id, *agent) {
                party.is_missed_call = true;
            }
            self.change(id, *agent, PartyStatus::Disconnected, Some(PartyReason::NoAnswer));
        }
        if let Some(party) = self.party_mut(id, *mailbox) {
            party.is_missed_call = true;
            party.went_to_voicemail = true;
        }
        self.change(id, *mailbox, PartyStatus::VoiceMail, None);
        Ok(())
    }

    fn leave_voicemail(
        &mut self,
        id: TelephonySessionId,
        clip: usize,
        transcription: TranscriptionStatus,
        transcription_delay_s: u32,
    ) -> Verdict {
        let session = self.known(id)?;
        let mailbox = session
            .parties
            .iter()
            .find(|party| party.status == PartyStatus::VoiceMail)
            .and_then(|party| Some((party.id.number, party.extension_id?)))
            .ok_or(CallControlError::WrongState)?;
        let caller = session.caller.clone();
        let message = self.take_voicemail(mailbox.1, caller, clip, transcription, transcription_delay_s);
        if let Some(session) = self.sessions.get_mut(&id) {
            session.voicemail = Some(message);
            session.is_ended_by_caller = true;
        }
        self.finish_rest(id, None)
    }

    fn transfer(&mut self, id: TelephonySessionId, to: ExtensionId) -> Verdict {
        if self.extension(to).is_none() {
            return Err(CallControlError::NoSuchExtension(to));
        }
        let session = self.known(id)?;
        let giver = session
            .parties
            .iter()
            .find(|party| party.extension_id.is_some() && party.is_connected())
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        let (caller, dialled) = (session.caller.clone(), session.dialled.number.clone());
        self.change(id, giver, PartyStatus::Disconnected, Some(PartyReason::BlindTransfer));
        let target = Endpoint { number: dialled, ..self.extension_endpoint(to) };
        let party = self.add_party(id, Some(to), Direction::Inbound, caller, target);
        self.change(id, party, PartyStatus::Proceeding, None);
        Ok(())
    }

    fn pick_up_elsewhere(&mut self, id: TelephonySessionId, by: ExtensionId) -> Verdict {
        if self.extension(by).is_none() {
            return Err(CallControlError::NoSuchExtension(by));
        }
        let session = self.known(id)?;
        let ringing: Vec<u16> = session
            .parties
            .iter()
            .filter(|party| party.is_ringing() && party.direction == Direction::Inbound && party.extension_id.is_some())
            .map(|party| party.id.number)
            .collect();
        if ringing.is_empty() {
            return Err(CallControlError::WrongState);
        }
        let (caller, dialled) = (session.caller.clone(), session.dialled.number.clone());
        let taker = Endpoint {
            number: dialled,
            device_id: self.desk_phone(by),
            ..self.extension_endpoint(by)
        };
        for number in ringing {
            self.change(id, number, PartyStatus::Disconnected, Some(PartyReason::Pickup));
        }
        let party = self.add_party(id, Some(by), Direction::Inbound, caller, taker);
        self.change(id, party, PartyStatus::Answered, Some(PartyReason::Pickup));
        Ok(())
    }

    fn desk_phone(&self, extension: ExtensionId) -> Option<ids::DeviceId> {
        let mut own = self.devices_of(extension);
        let first = own.next()?;
        let rank = |kind| if kind == DeviceType::HardPhone { 0 } else { 1 };
        Some(own.fold(first, |best, next| if rank(next.kind) < rank(best.kind) { next } else { best }).id)
    }
}

/// The machinery below the verbs.
impl World {
    fn open_session(
        &mut self,
        direction: Direction,
        caller: Endpoint,
        dialled: Endpoint,
        queue: Option<ExtensionId>,
    ) -> TelephonySessionId {
        self.forget_old_sessions();
        let telephony_session_id = ids::telephony_session_id(&mut self.rng);
        let id = self.mint.session();
        let server = 200 + id.0 / 1000 % 50;
        let session = Session {
            id,
            telephony_session_id,
            server_id: format!("10.13.22.{server}.TAM"),
            origin: SessionOrigin::Call,
            began_at: self.now(),
            sequence: 1,
            parties: Vec::new(),
            direction,
            caller,
            dialled,
            queue,
            is_ended_by_caller: false,
            voicemail: None,
            record_delay: SignedDuration::ZERO,
            ended_at: None,
        };
        self.sessions.insert(telephony_session_id, session);
        telephony_session_id
    }

    fn forget_old_sessions(&mut self) {
        const KEPT: SignedDuration = SignedDuration::from_mins(10);
        let now = self.now();
        self.sessions.retain(|_, session| session.ended_at.is_none_or(|ended| now.duration_since(ended) < KEPT));
    }

    /// Adds a party in `Setup` (or, for the far end of an outgoing call, already ringing) and announces it.
    fn add_party(
        &mut self,
        id: TelephonySessionId,
        extension_id: Option<ExtensionId>,
        direction: Direction,
        from: Endpoint,
        to: Endpoint,
    ) -> u16 {
        let now = self.now();
        let record_id = extension_id.map(|_| self.call_log.reserve());
        let Some(session) = self.sessions.get_mut(&id) else { return 0 };
        let number = u16::try_from(session.parties.len() + 1).unwrap_or(u16::MAX);
        let status = if extension_id.is_some() { PartyStatus::Setup } else { PartyStatus::Proceeding };
        session.parties.push(Party {
            id: PartyId { session: id, number },
            extension_id,
            direction,
            from,
            to,
            status,
            reason: None,
            is_queue_call: session.queue.is_some(),
            is_missed_call: false,
            is_muted: false,
            went_to_voicemail: false,
            record_id,
            began_at: now,
            answered_at: None,
            ended_at: None,
        });
        self.change(id, number, status, None);
        number
    }

    fn party_mut(&mut self, id: TelephonySessionId, number: u16) -> Option<&mut Party> {
        self.sessions.get_mut(&id)?.parties.iter_mut().find(|party| party.id.number == number)
    }

    /// Moves one party, counts the sequence up and announces party and presence.
    fn change(&mut self, id: TelephonySessionId, number: u16, status: PartyStatus, reason: Option<PartyReason>) {
        let now = self.now();
        let Some(party) = self.party_mut(id, number) else { return };
        let next = Move { party: number, status, reason };
        apply(party, &next, now);
        let party = party.clone();
        let Some(session) = self.sessions.get_mut(&id) else { return };
        session.sequence += 1;
        let change = TelephonyChange {
            sequence: session.sequence,
            session_id: session.id,
            telephony_session_id: id,
            server_id: session.server_id.clone(),
            event_at: now,
            origin: session.origin,
            party: party.clone(),
        };
        self.announce(Change::Telephony(change));
        if status != PartyStatus::Setup && let Some(extension) = party.extension_id {
            self.announce_presence_of_party(extension, &party);
        }
    }

    fn close_session(&mut self, id: TelephonySessionId) {
        let now = self.now();
        if let Some(session) = self.sessions.get_mut(&id) {
            session.ended_at = Some(now);
        }
        self.leave_records(id);
    }
}

fn apply(party: &mut Party, next: &Move, now: Timestamp) {
    debug_assert_eq!(party.id.number, next.party);
    party.status = next.status;
    party.reason = next.reason;
    if next.status == PartyStatus::Answered && party.answered_at.is_none() {
        party.answered_at = Some(now);
    }
    if !party.is_live() && party.ended_at.is_none() {
        party.ended_at = Some(now);
    }
}

/// Whether an endpoint is an extension's short number (an internal call).
pub(super) fn is_internal(endpoint: &Endpoint) -> bool {
    matches!(endpoint.number, PartyNumber::Extension(_))
}
