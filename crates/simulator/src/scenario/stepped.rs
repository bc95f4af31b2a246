//! A call that is moved by hand, one step at a time.

use crate::world::ids::{ExtensionId, TelephonySessionId};
use crate::world::number::Endpoint;
use crate::world::{CallControlError, CallVerb, SpokenMessage, World};

use super::CallTarget;

/// A handle on one call. It holds no state of its own: the world does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SteppedCall {
    session: TelephonySessionId,
}

type Step = Result<(), CallControlError>;

impl SteppedCall {
    /// A call comes in and rings.
    ///
    /// # Errors
    /// When nobody can be reached under the target.
    pub fn ring(world: &mut World, from: Endpoint, to: CallTarget) -> Result<Self, CallControlError> {
        let session = match to {
            CallTarget::Number(number) => world.ring_number(from, number)?,
            CallTarget::Extension(extension) => world.ring_extension(from, extension)?,
        };
        Ok(SteppedCall { session })
    }

    /// An extension calls an outside number.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn dial(world: &mut World, from: ExtensionId, to: Endpoint) -> Result<Self, CallControlError> {
        world.dial_out(from, to).map(|session| SteppedCall { session })
    }

    /// A call that is already on.
    pub fn of(session: TelephonySessionId) -> Self {
        SteppedCall { session }
    }

    /// Its session.
    pub fn session(self) -> TelephonySessionId {
        self.session
    }

    /// Whoever rings first takes it; for an outgoing call, the far end does.
    ///
    /// # Errors
    /// When nothing rings.
    pub fn answer(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::Answer { by: None })
    }

    /// A certain extension takes it.
    ///
    /// # Errors
    /// When it does not ring there.
    pub fn answer_by(self, world: &mut World, by: ExtensionId) -> Step {
        world.call(self.session, CallVerb::Answer { by: Some(by) })
    }

    /// Puts it on hold.
    ///
    /// # Errors
    /// When nobody of the account talks on it.
    pub fn hold(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::Hold)
    }

    /// Takes it back from hold.
    ///
    /// # Errors
    /// When it is not on hold.
    pub fn unhold(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::Unhold)
    }

    /// Hands it to another extension.
    ///
    /// # Errors
    /// When nobody talks on it, or there is no such extension.
    pub fn transfer(self, world: &mut World, to: ExtensionId) -> Step {
        world.call(self.session, CallVerb::BlindTransfer { to })
    }

    /// Leaves it at a park location.
    ///
    /// # Errors
    /// When nobody of the account talks on it, or it did not come in.
    pub fn park(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::Park)
    }

    /// Takes it from there.
    ///
    /// # Errors
    /// When it is not parked, or there is no such extension.
    pub fn pick_up_parked(self, world: &mut World, by: ExtensionId) -> Step {
        world.call(self.session, CallVerb::PickUpParked { by })
    }

    /// Puts it on hold and asks a colleague, in a call of its own.
    ///
    /// # Errors
    /// When nobody talks on it, or there is no such extension.
    pub fn consult(self, world: &mut World, with: ExtensionId) -> Step {
        world.call(self.session, CallVerb::Consult { with })
    }

    /// The asked colleague takes that call.
    ///
    /// # Errors
    /// When nobody is being asked.
    pub fn answer_consultation(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::AnswerConsultation)
    }

    /// The asked colleague takes over.
    ///
    /// # Errors
    /// When nobody was asked, or they have not answered.
    pub fn complete_transfer(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::CompleteTransfer)
    }

    /// One extension hangs up, or stops listening in.
    ///
    /// # Errors
    /// When it is not on the call.
    pub fn leave(self, world: &mut World, who: ExtensionId) -> Step {
        world.call(self.session, CallVerb::Leave { who })
    }

    /// Another extension picks it up while it rings.
    ///
    /// # Errors
    /// When nothing rings, or there is no such extension.
    pub fn answered_elsewhere(self, world: &mut World, by: ExtensionId) -> Step {
        world.call(self.session, CallVerb::PickUpElsewhere { by })
    }

    /// It is declined.
    ///
    /// # Errors
    /// When nothing rings.
    pub fn reject(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::Reject { by: None })
    }

    /// The account's end hangs up.
    ///
    /// # Errors
    /// When it has ended already.
    pub fn hang_up(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::HangUp)
    }

    /// The far end hangs up; while it rings, this makes a missed call.
    ///
    /// # Errors
    /// When it has ended already.
    pub fn caller_hangs_up(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::FarEndHangsUp)
    }

    /// It goes to voicemail.
    ///
    /// # Errors
    /// When nothing rings.
    pub fn to_voicemail(self, world: &mut World) -> Step {
        world.call(self.session, CallVerb::ToVoicemail)
    }

    /// The caller has spoken a clip and hung up; the transcript is complete after `transcription_delay_s` seconds.
    ///
    /// # Errors
    /// When it is not in voicemail.
    pub fn leave_voicemail(self, world: &mut World, clip: usize, transcription_delay_s: u32) -> Step {
        world.call(
            self.session,
            CallVerb::LeaveVoicemail(SpokenMessage::new(clip).transcribed_after(transcription_delay_s)),
        )
    }

    /// The caller has spoken, whatever it was, and hung up.
    ///
    /// # Errors
    /// When it is not in voicemail.
    pub fn leave_message(self, world: &mut World, message: SpokenMessage) -> Step {
        world.call(self.session, CallVerb::LeaveVoicemail(message))
    }
}
