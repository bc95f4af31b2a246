//! Listening in to calls: when it is refused, and the supervisor's party in a session.
//!
//! Only listening: whispering, barging in and taking over have no request and are not simulated.

use jiff::SignedDuration;

use super::World;
use super::account::DeviceType;
use super::calls::Direction;
use super::ids::{DeviceId, ExtensionId, PartyId, TelephonySessionId};
use super::number::Endpoint;
use super::sessions::{Party, PartyReason, PartyStatus, Session, Supervision};
use super::timeline::Step;

/// How long a supervisor's phone rings that does not answer by itself.
const PICKED_UP_AFTER: SignedDuration = SignedDuration::from_secs(4);

/// A request to listen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSupervision {
    /// The call.
    pub session: TelephonySessionId,
    /// Who listens.
    pub supervisor: ExtensionId,
    /// On which phone.
    pub device: DeviceId,
    /// To whom.
    pub agent: ExtensionId,
    /// Only this party is to be heard.
    pub channel: Option<PartyId>,
    /// The phone answers by itself.
    pub is_answered_at_once: bool,
}

/// Why listening in is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SupervisionRefusal {
    /// No such call, or it is over.
    #[error("there is no such call")]
    NoSuchCall,
    /// No such party in it.
    #[error("the call has no such party")]
    NoSuchParty,
    /// No such extension.
    #[error("there is no such extension")]
    NoSuchAgent,
    /// No group has the two as monitoring and monitored.
    #[error("no monitoring group allows this pair")]
    NotAllowed,
    /// The agent is not, or no longer, in the call.
    #[error("the agent is not in the call")]
    AgentNotThere,
    /// The device is unknown or somebody else's.
    #[error("the device is not the supervisor's")]
    NotOwnDevice,
    /// Web and mobile phones cannot listen in.
    #[error("this kind of device cannot listen in")]
    UnfitDevice,
    /// The device is not registered.
    #[error("the device is offline")]
    DeviceOffline,
    /// The agent does not talk yet.
    #[error("the call's state does not allow this")]
    WrongState,
    /// More than two talk, so there is no one channel to listen to.
    #[error("more than two take part in the call")]
    TooManyParties,
    /// Somebody listens already.
    #[error("the call is supervised already")]
    Taken,
    /// The device listens to another call.
    #[error("the device supervises another call")]
    DeviceBusy,
}

impl World {
    /// Lets a supervisor listen in and gives the supervisor's party.
    ///
    /// # Errors
    /// For every reason in [`SupervisionRefusal`], checked in about that order.
    pub fn supervise(&mut self, new: NewSupervision) -> Result<Party, SupervisionRefusal> {
        self.check_supervision(&new)?;
        let NewSupervision {
            session: id,
            supervisor,
            device,
            agent,
            channel,
            is_answered_at_once,
        } = new;
        let gone = || SupervisionRefusal::NoSuchCall;
        let from = Endpoint {
            device_id: Some(device),
            ..self.caller_id_of(supervisor).map_err(|_| gone())?
        };
        let line = match self.primary_number(agent) {
            Some(number) => self.line_endpoint(agent, number),
            None => self.extension_endpoint(agent),
        };
        // As in the vendor's sample, the end that is called has a number and nothing else.
        let to = Endpoint {
            extension_id: None,
            device_id: None,
            name: None,
            ..line
        };
        let number = self.push_party(id, Some(supervisor), Direction::Outbound, from, to);
        let party = self.party_mut(id, number).ok_or_else(gone)?;
        party.supervises = Some(Supervision {
            agent,
            channel: channel.map(|party| party.number),
        });
        party.is_queue_call = false;
        let party_id = party.id;
        let status = if is_answered_at_once {
            PartyStatus::Answered
        } else {
            self.schedule_in(PICKED_UP_AFTER, Step::SupervisorPicksUp { party: party_id });
            PartyStatus::Proceeding
        };
        self.change(id, number, status, Some(PartyReason::Supervising));
        let added = self.session(id).and_then(|session| session.party(party_id));
        added.cloned().ok_or_else(gone)
    }

    fn check_supervision(&self, new: &NewSupervision) -> Result<(), SupervisionRefusal> {
        use SupervisionRefusal as Refusal;
        let session = self
            .session(new.session)
            .filter(|session| session.ended_at.is_none())
            .ok_or(Refusal::NoSuchCall)?;
        if let Some(channel) = new.channel {
            session
                .party(channel)
                .filter(|party| party.supervises.is_none())
                .ok_or(Refusal::NoSuchParty)?;
        }
        self.extension(new.agent).ok_or(Refusal::NoSuchAgent)?;
        if !self.may_monitor(new.supervisor, new.agent) {
            return Err(Refusal::NotAllowed);
        }
        let agent = session
            .parties
            .iter()
            .find(|party| party.extension_id == Some(new.agent) && party.is_live() && party.is_own_end())
            .ok_or(Refusal::AgentNotThere)?;
        let device = self
            .devices_of(new.supervisor)
            .find(|device| device.id == new.device)
            .ok_or(Refusal::NotOwnDevice)?;
        if !matches!(device.kind, DeviceType::HardPhone | DeviceType::SoftPhone) {
            return Err(Refusal::UnfitDevice);
        }
        if !device.is_online {
            return Err(Refusal::DeviceOffline);
        }
        if !agent.is_connected() {
            return Err(Refusal::WrongState);
        }
        if new.channel.is_some() && taking_part(session) > 2 {
            return Err(Refusal::TooManyParties);
        }
        let is_same_channel = |party: &Party| {
            // The second channel of a call is the same supervision's, on the same phone.
            let known = party.supervises.and_then(|known| known.channel);
            known.is_none()
                || known == new.channel.map(|channel| channel.number)
                || new.channel.is_none()
                || party.extension_id != Some(new.supervisor)
        };
        if listeners(session).any(is_same_channel) {
            return Err(Refusal::Taken);
        }
        let is_busy = self
            .sessions()
            .filter(|other| other.telephony_session_id != new.session)
            .any(|other| listeners(other).any(|party| party.from.device_id == Some(new.device)));
        if is_busy {
            return Err(Refusal::DeviceBusy);
        }
        Ok(())
    }

    /// A supervisor's phone that rang is picked up.
    pub(super) fn supervisor_picks_up(&mut self, party: PartyId) {
        let rings = self
            .session(party.session)
            .and_then(|session| session.party(party))
            .is_some_and(Party::is_ringing);
        if rings {
            let reason = Some(PartyReason::Supervising);
            self.change(party.session, party.number, PartyStatus::Answered, reason);
        }
    }

    /// Whoever listens to an agent who has left the call hears nothing any more and is let go.
    pub(super) fn release_supervisors(&mut self, id: TelephonySessionId) {
        let Some(session) = self.session(id) else {
            return;
        };
        let is_there = |agent: ExtensionId| {
            session
                .parties
                .iter()
                .any(|party| party.extension_id == Some(agent) && party.is_own_end() && party.is_connected())
        };
        let released: Vec<u16> = listeners(session)
            .filter(|party| party.supervises.is_some_and(|known| !is_there(known.agent)))
            .map(|party| party.id.number)
            .collect();
        for number in released {
            self.change(id, number, PartyStatus::Disconnected, None);
        }
    }
}

fn listeners(session: &Session) -> impl Iterator<Item = &Party> {
    session
        .parties
        .iter()
        .filter(|party| party.supervises.is_some() && party.is_live())
}

/// Both ends of a call with the outside are counted, though the caller of an incoming call has no party of its own.
fn taking_part(session: &Session) -> usize {
    let connected = session
        .parties
        .iter()
        .filter(|party| party.supervises.is_none() && party.is_connected());
    let has_unseen_caller = session.direction == Direction::Inbound;
    connected.count() + usize::from(has_unseen_caller)
}
