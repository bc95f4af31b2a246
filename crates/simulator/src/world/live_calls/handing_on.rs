//! Calls that change hands with care: parked and picked up, or announced to a colleague first.
//!
//! Blind transfers are in [`super::verbs`].

use super::super::World;
use super::super::calls::Direction;
use super::super::ids::{ExtensionId, PartyId, TelephonySessionId};
use super::super::number::Endpoint;
use super::super::sessions::{Party, PartyReason, PartyStatus, Peer};
use super::{CallControlError, CallVerb, Verdict};

/// Park locations are `*801` to `*899`, of which fifty can be taken at once.
const FIRST_LOCATION: u16 = 801;
const LOCATIONS: u16 = 50;

impl World {
    pub(super) fn park_own_end(&mut self, id: TelephonySessionId) -> Verdict {
        let own = self
            .known(id)?
            .parties
            .iter()
            .find(|party| party.is_own_end() && party.is_connected() && party.direction == Direction::Inbound)
            .map(|party| party.id)
            .ok_or(CallControlError::WrongState)?;
        self.park(own)
    }

    pub(super) fn park(&mut self, party: PartyId) -> Verdict {
        let taken: Vec<u16> = self
            .sessions()
            .flat_map(|session| &session.parties)
            .filter(|other| other.status == PartyStatus::Parked)
            .filter_map(|other| other.park_location)
            .collect();
        let location = (FIRST_LOCATION..FIRST_LOCATION + LOCATIONS)
            .find(|location| !taken.contains(location))
            .ok_or(CallControlError::WrongState)?;
        if let Some(own) = self.party_mut(party.session, party.number) {
            own.park_location = Some(location);
        }
        self.change(party.session, party.number, PartyStatus::Parked, None);
        self.release_supervisors(party.session);
        Ok(())
    }

    /// Takes a parked call on an extension's phone.
    pub(super) fn pick_up_parked(&mut self, id: TelephonySessionId, by: ExtensionId) -> Verdict {
        self.take_parked(id, by).map(drop)
    }

    /// Takes a parked call on an extension's phone and gives the new party.
    ///
    /// # Errors
    /// When there is no such call or extension, or the call is not parked.
    pub fn take_parked(
        &mut self,
        id: TelephonySessionId,
        by: ExtensionId,
    ) -> Result<Party, CallControlError> {
        if self.extension(by).is_none() {
            return Err(CallControlError::NoSuchExtension(by));
        }
        let parked = self
            .known(id)?
            .parties
            .iter()
            .find(|party| party.status == PartyStatus::Parked)
            .map(|party| party.id.number)
            .ok_or(CallControlError::WrongState)?;
        self.change(id, parked, PartyStatus::Disconnected, Some(PartyReason::Pickup));
        let number = self.let_take_over(id, by, PartyReason::Pickup)?;
        let party = PartyId { session: id, number };
        let taken = self.session(id).and_then(|session| session.party(party));
        taken.cloned().ok_or(CallControlError::NoSuchParty(party))
    }

    /// An extension is on the call from now on.
    fn let_take_over(
        &mut self,
        id: TelephonySessionId,
        by: ExtensionId,
        reason: PartyReason,
    ) -> Result<u16, CallControlError> {
        let session = self.known(id)?;
        let (caller, dialled) = (session.caller.clone(), session.dialled.number.clone());
        let taker = Endpoint {
            number: dialled,
            device_id: self.desk_phone(by),
            ..self.extension_endpoint(by)
        };
        let party = self.add_party(id, Some(by), Direction::Inbound, caller, taker);
        self.change(id, party, PartyStatus::Answered, Some(reason));
        Ok(party)
    }

    pub(super) fn consult(&mut self, id: TelephonySessionId, with: ExtensionId) -> Verdict {
        let (number, own) = self
            .known(id)?
            .parties
            .iter()
            .filter(|party| party.is_own_end() && party.status == PartyStatus::Answered)
            .find_map(|party| Some((party.id.number, party.extension_id?)))
            .ok_or(CallControlError::WrongState)?;
        if self.extension(with).is_none() {
            return Err(CallControlError::NoSuchExtension(with));
        }
        self.change(id, number, PartyStatus::Hold, None);
        let second = self.dial_extension(own, with)?;
        if let Some(session) = self.sessions.get_mut(&id) {
            session.consultation = Some(second);
        }
        Ok(())
    }

    pub(super) fn answer_consultation(&mut self, id: TelephonySessionId) -> Verdict {
        let second = self.consultation(id)?;
        self.call(second, CallVerb::Answer { by: None })
    }

    pub(super) fn end_consultation(&mut self, id: TelephonySessionId) -> Verdict {
        let second = self.consultation(id)?;
        self.call(second, CallVerb::HangUp)
    }

    fn consultation(&self, id: TelephonySessionId) -> Result<TelephonySessionId, CallControlError> {
        self.known(id)?.consultation.ok_or(CallControlError::WrongState)
    }

    /// The asked colleague goes on in the first session; their party of the second one is `Gone` there.
    pub(super) fn complete_transfer(&mut self, id: TelephonySessionId) -> Verdict {
        let second = self.consultation(id)?;
        let giver = self
            .known(id)?
            .parties
            .iter()
            .find(|party| party.is_own_end() && party.is_connected())
            .map(|party| (party.id.number, party.extension_id))
            .ok_or(CallControlError::WrongState)?;
        let asked = self
            .known(second)?
            .parties
            .iter()
            .filter(|party| party.direction == Direction::Inbound && party.is_connected())
            .find_map(|party| Some((party.id.number, party.extension_id?)))
            .ok_or(CallControlError::WrongState)?;
        let reason = PartyReason::AttendedTransfer;
        let number = self.let_take_over(id, asked.1, reason)?;
        self.change(id, giver.0, PartyStatus::Disconnected, Some(reason));
        self.release_supervisors(id);
        let session_id = self.known(id)?.id;
        let party = PartyId { session: id, number };
        if let Some(gone) = self.party_mut(second, asked.0) {
            gone.peer = Some(Peer { session_id, party });
        }
        self.change(second, asked.0, PartyStatus::Gone, Some(reason));
        self.finish_rest(second, Some(reason))
    }

    pub(super) fn leave_call(&mut self, id: TelephonySessionId, who: ExtensionId) -> Verdict {
        let party = self
            .known(id)?
            .live_party_of(who)
            .map(|party| party.id)
            .ok_or(CallControlError::WrongState)?;
        self.control_party(party, super::PartyVerb::HangUp).map(drop)
    }
}
