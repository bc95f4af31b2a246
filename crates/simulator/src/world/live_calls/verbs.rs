//! What each verb does to the parties of a call.

use super::super::World;
use super::super::account::DeviceType;
use super::super::calls::{Direction, LinkedMessage};
use super::super::ids::{DeviceId, ExtensionId, PartyId, TelephonySessionId};
use super::super::messages::MessageType;
use super::super::messaging::SpokenMessage;
use super::super::number::Endpoint;
use super::super::sessions::{Party, PartyReason, PartyStatus};
use super::{CallControlError, Verdict};

impl World {
    pub(in crate::world) fn answer(&mut self, id: TelephonySessionId, by: Option<ExtensionId>) -> Verdict {
        let session = self.known(id)?;
        let is_wanted = |party: &&Party| {
            let is_person = session.queue.is_none() || party.extension_id != session.queue;
            let is_asked = by.is_none() || party.extension_id == by;
            party.is_ringing() && party.direction == Direction::Inbound && is_person && is_asked
        };
        let taker = session
            .parties
            .iter()
            .find(is_wanted)
            .ok_or(CallControlError::WrongState)?;
        let (number, extension) = (taker.id.number, taker.extension_id);
        let others: Vec<u16> = session
            .parties
            .iter()
            .filter(|party| {
                party.id.number != number && party.is_ringing() && party.direction == Direction::Inbound
            })
            .map(|party| party.id.number)
            .collect();
        let caller = session
            .parties
            .iter()
            .find(|party| {
                party.direction == Direction::Outbound && party.is_ringing() && party.supervises.is_none()
            })
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
            self.change(
                id,
                other,
                PartyStatus::Disconnected,
                Some(PartyReason::AgentAnswered),
            );
        }
        Ok(())
    }

    /// Moves the account's own connected party, such as into hold.
    pub(super) fn switch(&mut self, id: TelephonySessionId, from: PartyStatus, to: PartyStatus) -> Verdict {
        let number = self
            .known(id)?
            .parties
            .iter()
            .find(|party| party.is_own_end() && party.status == from)
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        self.change(id, number, to, None);
        Ok(())
    }

    pub(in crate::world) fn end_call(
        &mut self,
        id: TelephonySessionId,
        by_far_end: bool,
        reason: Option<PartyReason>,
    ) -> Verdict {
        let session = self.known(id)?;
        let was_answered = session
            .parties
            .iter()
            .any(|party| party.is_connected() && party.direction == Direction::Inbound);
        let live: Vec<(u16, bool)> = session
            .parties
            .iter()
            .filter(|party| party.is_live())
            .map(|party| {
                (
                    party.id.number,
                    party.direction == Direction::Inbound && party.is_ringing(),
                )
            })
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

    pub(super) fn reject(&mut self, id: TelephonySessionId, by: Option<ExtensionId>) -> Verdict {
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
        self.change(
            id,
            refuser,
            PartyStatus::Disconnected,
            Some(PartyReason::Rejected),
        );
        let someone_rings = self.known(id)?.parties.iter().any(|party| {
            party.is_ringing() && party.direction == Direction::Inbound && party.extension_id != queue
        });
        if someone_rings {
            Ok(())
        } else {
            self.finish_rest(id, Some(PartyReason::Rejected))
        }
    }

    /// Ends whoever is left and closes the session.
    pub(in crate::world) fn finish_rest(
        &mut self,
        id: TelephonySessionId,
        reason: Option<PartyReason>,
    ) -> Verdict {
        let rest: Vec<u16> = self
            .known(id)?
            .parties
            .iter()
            .filter(|party| party.is_live())
            .map(|party| party.id.number)
            .collect();
        for number in rest {
            self.change(id, number, PartyStatus::Disconnected, reason);
        }
        self.close_session(id);
        Ok(())
    }

    pub(super) fn send_to_voicemail(&mut self, id: TelephonySessionId) -> Verdict {
        let ringing: Vec<u16> = self
            .known(id)?
            .parties
            .iter()
            .filter(|party| {
                party.is_ringing() && party.direction == Direction::Inbound && party.extension_id.is_some()
            })
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

    pub(super) fn leave_voicemail(&mut self, id: TelephonySessionId, spoken: SpokenMessage) -> Verdict {
        let session = self.known(id)?;
        let mailbox = session
            .parties
            .iter()
            .find(|party| party.status == PartyStatus::VoiceMail)
            .and_then(|party| Some((party.id.number, party.extension_id?)))
            .ok_or(CallControlError::WrongState)?;
        let caller = session.caller.clone();
        let holder = self.holder_of_messages(mailbox.1);
        let message = self.take_voicemail(mailbox.1, caller, spoken);
        if let Some(session) = self.sessions.get_mut(&id) {
            session.voicemail = Some(LinkedMessage {
                id: message,
                kind: MessageType::VoiceMail,
                holder: (holder != mailbox.1).then_some(holder),
            });
            session.is_ended_by_caller = true;
        }
        self.finish_rest(id, None)
    }

    pub(super) fn transfer(&mut self, id: TelephonySessionId, to: ExtensionId) -> Verdict {
        if self.extension(to).is_none() {
            return Err(CallControlError::NoSuchExtension(to));
        }
        let session = self.known(id)?;
        let giver = session
            .parties
            .iter()
            .find(|party| party.is_own_end() && party.is_connected())
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        self.hand_over(id, giver, PartyReason::BlindTransfer, to)
    }

    /// A party that rings stops, and another extension rings in its place.
    pub(super) fn forward(&mut self, party: PartyId, to: ExtensionId) -> Verdict {
        if self.extension(to).is_none() {
            return Err(CallControlError::NoSuchExtension(to));
        }
        self.hand_over(party.session, party.number, PartyReason::CallRedirected, to)
    }

    fn hand_over(
        &mut self,
        id: TelephonySessionId,
        giver: u16,
        reason: PartyReason,
        to: ExtensionId,
    ) -> Verdict {
        let session = self.known(id)?;
        let (caller, dialled) = (session.caller.clone(), session.dialled.number.clone());
        self.change(id, giver, PartyStatus::Disconnected, Some(reason));
        self.release_supervisors(id);
        let target = Endpoint {
            number: dialled,
            ..self.extension_endpoint(to)
        };
        let party = self.add_party(id, Some(to), Direction::Inbound, caller, target);
        self.change(id, party, PartyStatus::Proceeding, None);
        Ok(())
    }

    pub(super) fn pick_up_elsewhere(&mut self, id: TelephonySessionId, by: ExtensionId) -> Verdict {
        if self.extension(by).is_none() {
            return Err(CallControlError::NoSuchExtension(by));
        }
        let session = self.known(id)?;
        let ringing: Vec<u16> = session
            .parties
            .iter()
            .filter(|party| {
                party.is_ringing() && party.direction == Direction::Inbound && party.extension_id.is_some()
            })
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

    pub(in crate::world) fn desk_phone(&self, extension: ExtensionId) -> Option<DeviceId> {
        let mut own = self.devices_of(extension);
        let first = own.next()?;
        let rank = |kind| if kind == DeviceType::HardPhone { 0 } else { 1 };
        Some(
            own.fold(first, |best, next| {
                if rank(next.kind) < rank(best.kind) {
                    next
                } else {
                    best
                }
            })
            .id,
        )
    }
}
