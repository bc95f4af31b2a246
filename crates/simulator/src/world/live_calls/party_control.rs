//! Steering one party of a call by its identifier, as the call control endpoints do.
//!
//! The call as a whole is steered by verbs; here the question is always which end does it.

use super::super::World;
use super::super::calls::Direction;
use super::super::ids::{ExtensionId, PartyId, RecordingId};
use super::super::sessions::{LiveRecording, Party, PartyReason, PartyStatus};
use super::{CallControlError, CallVerb};

/// What a party can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyVerb {
    /// Take the call.
    Answer,
    /// Put it on hold.
    Hold,
    /// Take it back.
    Unhold,
    /// Decline it.
    Reject,
    /// Send it to voicemail.
    ToVoicemail,
    /// Leave; when it is the account's only connected end, that ends the call.
    HangUp,
    /// Mute or unmute.
    Mute(bool),
    /// Hand it to another extension.
    Transfer(ExtensionId),
    /// Let it ring at another extension instead.
    Forward(ExtensionId),
    /// Leave a queue's call to the other agents.
    Ignore,
    /// Leave an incoming call at a park location.
    Park,
}

impl World {
    /// Tells one party what to do and gives its state afterwards.
    ///
    /// # Errors
    /// When there is no such party, or its state does not allow it.
    pub fn control_party(&mut self, party: PartyId, verb: PartyVerb) -> Result<Party, CallControlError> {
        let session = self
            .session(party.session)
            .ok_or(CallControlError::NoSuchSession(party.session))?;
        let current = session
            .party(party)
            .ok_or(CallControlError::NoSuchParty(party))?
            .clone();
        let by = current.extension_id;
        match verb {
            PartyVerb::HangUp if current.supervises.is_some() && current.is_live() => {
                self.change(party.session, party.number, PartyStatus::Disconnected, None);
            }
            _ if current.supervises.is_some() => return Err(CallControlError::WrongState),
            PartyVerb::Answer if current.is_ringing() => self.call(party.session, CallVerb::Answer { by })?,
            PartyVerb::Reject if current.is_ringing() => self.call(party.session, CallVerb::Reject { by })?,
            PartyVerb::ToVoicemail if current.is_ringing() => {
                self.call(party.session, CallVerb::ToVoicemail)?
            }
            PartyVerb::Hold if current.status == PartyStatus::Answered => self.put(party, PartyStatus::Hold),
            PartyVerb::Unhold if current.status == PartyStatus::Hold => {
                self.put(party, PartyStatus::Answered)
            }
            PartyVerb::HangUp if current.is_live() => self.leave(&current)?,
            PartyVerb::Mute(is_muted) if current.is_connected() => {
                if let Some(own) = self.party_mut(party.session, party.number) {
                    own.is_muted = is_muted;
                }
                self.change(party.session, party.number, current.status, current.reason);
            }
            PartyVerb::Transfer(to) if current.is_connected() && by.is_some() => {
                self.call(party.session, CallVerb::BlindTransfer { to })?;
            }
            PartyVerb::Forward(to) if current.is_ringing() && by.is_some() => {
                self.forward(party, to)?;
            }
            PartyVerb::Park if current.is_connected() && current.direction == Direction::Inbound => {
                self.park(party)?;
            }
            PartyVerb::Ignore if current.is_ringing() && current.is_queue_call => self.leave(&current)?,
            _ => return Err(CallControlError::WrongState),
        }
        let after = self
            .session(party.session)
            .and_then(|session| session.party(party));
        after.cloned().ok_or(CallControlError::NoSuchParty(party))
    }

    /// Starts to record a conversation.
    ///
    /// # Errors
    /// When there is no such party, or it does not talk or is recorded already.
    pub fn start_recording(&mut self, party: PartyId) -> Result<LiveRecording, CallControlError> {
        let current = self.connected(party)?;
        if current.recording.is_some() {
            return Err(CallControlError::WrongState);
        }
        let recording = LiveRecording {
            id: RecordingId(self.mint.other()),
            is_active: true,
        };
        self.note_recording(&current, recording);
        Ok(recording)
    }

    /// Pauses or resumes a recording; `None` when the party has no such recording.
    ///
    /// # Errors
    /// When there is no such party, or it does not talk.
    pub fn switch_recording(
        &mut self,
        party: PartyId,
        id: RecordingId,
        is_active: bool,
    ) -> Result<Option<LiveRecording>, CallControlError> {
        let current = self.connected(party)?;
        if current.recording.is_none_or(|known| known.id != id) {
            return Ok(None);
        }
        let recording = LiveRecording { id, is_active };
        self.note_recording(&current, recording);
        Ok(Some(recording))
    }

    fn connected(&self, party: PartyId) -> Result<Party, CallControlError> {
        let session = self
            .session(party.session)
            .ok_or(CallControlError::NoSuchSession(party.session))?;
        let current = session.party(party).ok_or(CallControlError::NoSuchParty(party))?;
        if current.is_connected() {
            Ok(current.clone())
        } else {
            Err(CallControlError::WrongState)
        }
    }

    fn note_recording(&mut self, current: &Party, recording: LiveRecording) {
        if let Some(own) = self.party_mut(current.id.session, current.id.number) {
            own.recording = Some(recording);
        }
        self.change(
            current.id.session,
            current.id.number,
            current.status,
            current.reason,
        );
    }

    fn put(&mut self, party: PartyId, status: PartyStatus) {
        self.change(party.session, party.number, status, None);
    }

    /// A ringing agent of a queue drops out alone; any other end takes the call down with it.
    fn leave(&mut self, party: &Party) -> Result<(), CallControlError> {
        let others_ring = self.session(party.id.session).is_some_and(|session| {
            session.queue.is_some()
                && session
                    .parties
                    .iter()
                    .any(|other| other.id != party.id && other.is_ringing())
        });
        if party.is_ringing() && others_ring {
            self.change(
                party.id.session,
                party.id.number,
                PartyStatus::Disconnected,
                Some(PartyReason::AgentDropped),
            );
            return Ok(());
        }
        let is_outside = party.extension_id.is_none();
        self.call(
            party.id.session,
            if is_outside {
                CallVerb::FarEndHangsUp
            } else {
                CallVerb::HangUp
            },
        )
    }
}
