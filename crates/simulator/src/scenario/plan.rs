//! How a played call goes: when which step happens.

use jiff::SignedDuration;

use crate::world::ids::{ExtensionId, TelephonySessionId};
use crate::world::messages::TranscriptionStatus;
use crate::world::{CallControlError, CallVerb, SpokenMessage, World};

/// How a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Taken and talked on, then hung up.
    Answered {
        /// Who takes it; whoever rings first if not said.
        by: Option<ExtensionId>,
        /// How long they talk.
        talk: SignedDuration,
    },
    /// Taken, put on hold half-way for a moment, and talked to the end.
    AnsweredWithHold {
        /// Who takes it.
        by: Option<ExtensionId>,
        /// How long it is on, hold included.
        talk: SignedDuration,
    },
    /// Taken by one extension and handed on to another, who takes it as well.
    Transferred {
        /// Who takes it first.
        by: Option<ExtensionId>,
        /// To whom it is handed.
        to: ExtensionId,
        /// How long each of them talks.
        talk: SignedDuration,
    },
    /// The caller gives up while it rings.
    Missed,
    /// The caller speaks on the voicemail.
    Voicemail {
        /// Which recorded clip.
        clip: usize,
        /// How its transcription ends, a few seconds later.
        transcription: TranscriptionStatus,
    },
    /// Declined.
    Rejected {
        /// Who declines.
        by: Option<ExtensionId>,
    },
    /// Another extension picks it up.
    PickedUpElsewhere {
        /// Who.
        by: ExtensionId,
        /// How long they talk.
        talk: SignedDuration,
    },
    /// Outgoing calls: the line is busy.
    Busy,
    /// Outgoing calls: nobody answers.
    Unanswered,
}

/// A call to be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPlan {
    /// How long it rings first.
    pub ring: SignedDuration,
    /// How it ends.
    pub ending: Ending,
    /// How long after the end its record appears in the call log.
    pub record_delay: SignedDuration,
}

/// The greeting before a caller may speak.
const GREETING: SignedDuration = SignedDuration::from_secs(6);
/// How long a played hold lasts.
const HOLD: SignedDuration = SignedDuration::from_secs(5);
/// Seconds until a played voicemail's transcript is final.
const TRANSCRIPTION_S: u32 = 8;

impl CallPlan {
    /// Eight seconds of ringing, then this; the record appears at once.
    pub fn new(ending: Ending) -> Self {
        CallPlan {
            ring: SignedDuration::from_secs(8),
            ending,
            record_delay: SignedDuration::ZERO,
        }
    }

    /// Plans every step from now. What is due at once happens at once.
    pub(super) fn play(
        &self,
        world: &mut World,
        session: TelephonySessionId,
    ) -> Result<(), CallControlError> {
        world.delay_record(session, self.record_delay)?;
        for (after, verb) in self.steps() {
            if after.is_zero() {
                world.call(session, verb)?;
            } else {
                world.call_later(session, after, verb);
            }
        }
        Ok(())
    }

    fn steps(&self) -> Vec<(SignedDuration, CallVerb)> {
        let ring = self.ring;
        let after = |later: SignedDuration| ring.saturating_add(later);
        match &self.ending {
            Ending::Answered { by, talk } => {
                vec![
                    (ring, CallVerb::Answer { by: *by }),
                    (after(*talk), CallVerb::FarEndHangsUp),
                ]
            }
            Ending::AnsweredWithHold { by, talk } => {
                let half = *talk / 2;
                vec![
                    (ring, CallVerb::Answer { by: *by }),
                    (after(half), CallVerb::Hold),
                    (after(half.saturating_add(HOLD)), CallVerb::Unhold),
                    (after((*talk).max(half.saturating_add(HOLD))), CallVerb::HangUp),
                ]
            }
            Ending::Transferred { by, to, talk } => vec![
                (ring, CallVerb::Answer { by: *by }),
                (after(*talk), CallVerb::BlindTransfer { to: *to }),
                (
                    after(*talk).saturating_add(ring),
                    CallVerb::Answer { by: Some(*to) },
                ),
                (
                    after(*talk).saturating_add(ring).saturating_add(*talk),
                    CallVerb::HangUp,
                ),
            ],
            Ending::Missed => vec![(ring, CallVerb::FarEndHangsUp)],
            Ending::Voicemail { clip, transcription } => {
                let spoken = SignedDuration::from_secs(i64::from(crate::media::clip(*clip).duration_s));
                let message = SpokenMessage::new(*clip)
                    .ending(*transcription)
                    .transcribed_after(TRANSCRIPTION_S);
                vec![
                    (ring, CallVerb::ToVoicemail),
                    (
                        after(GREETING.saturating_add(spoken)),
                        CallVerb::LeaveVoicemail(message),
                    ),
                ]
            }
            Ending::Rejected { by } => vec![(ring, CallVerb::Reject { by: *by })],
            Ending::PickedUpElsewhere { by, talk } => {
                vec![
                    (ring, CallVerb::PickUpElsewhere { by: *by }),
                    (after(*talk), CallVerb::FarEndHangsUp),
                ]
            }
            Ending::Busy => vec![(ring, CallVerb::FarEndBusy)],
            Ending::Unanswered => vec![(ring, CallVerb::GiveUp)],
        }
    }
}
