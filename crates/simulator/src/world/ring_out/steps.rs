//! What happens to a RingOut call by itself: each leg rings and is settled, the second one once the first is connected.

use jiff::SignedDuration;

use super::super::World;
use super::super::calls::Direction;
use super::super::ids::TelephonySessionId;
use super::super::number::Endpoint;
use super::super::sessions::{Party, PartyReason, PartyStatus};
use super::super::timeline::Step;
use super::{LegBehaviour, LegOutcome, RingOutStatus, RingOutStep, legs};

/// How long a phone rings before the exchange gives up.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);
/// How long a refusal takes to come back.
const REFUSAL: SignedDuration = SignedDuration::from_secs(2);
/// How long the caller takes to press 1.
const PROMPT: SignedDuration = SignedDuration::from_secs(3);

impl World {
    /// A step falls due. What no longer applies, because the call went another way, is left out.
    pub(in crate::world) fn move_ring_out(&mut self, id: TelephonySessionId, step: RingOutStep) {
        let (Some(session), Some(ring_out)) = (self.session(id), self.ring_outs.by_session.get(&id)) else {
            return;
        };
        let (Some((near, far)), None) = (legs(session), session.ended_at) else {
            return;
        };
        let (near_rings, near_talks, near) = (near.is_ringing(), near.is_connected(), near.id.number);
        let (far_rings, is_dialled) = (far.is_some_and(Party::is_ringing), far.is_some());
        let has_prompt = ring_out.has_prompt;
        match step {
            RingOutStep::Caller(LegOutcome::Answered) if near_rings && !is_dialled => {
                self.change(id, near, PartyStatus::Answered, None);
                if has_prompt {
                    let step = RingOutStep::DialCallee;
                    self.schedule_in(PROMPT, Step::RingOut { session: id, step });
                } else {
                    self.dial_callee(id);
                }
            }
            RingOutStep::DialCallee if near_talks && !is_dialled => self.dial_callee(id),
            RingOutStep::Callee(LegOutcome::Answered) if far_rings => {
                // The far leg rings, so it can be answered.
                drop(self.answer(id, None));
                let behaviour = self.callee_behaviour(id);
                if let LegBehaviour::Answers { talk, .. } = behaviour {
                    let step = RingOutStep::HangUp;
                    self.schedule_in(talk, Step::RingOut { session: id, step });
                }
            }
            RingOutStep::Caller(LegOutcome::Failed(word)) if near_rings && !is_dialled => self.fail(id, word),
            RingOutStep::Callee(LegOutcome::Failed(word)) if far_rings => self.fail(id, word),
            // It may have been ended by hand in between.
            RingOutStep::HangUp => drop(self.end_call(id, true, None)),
            _ => {}
        }
    }

    fn dial_callee(&mut self, id: TelephonySessionId) {
        let (Some(session), Some(ring_out)) = (self.session(id), self.ring_outs.by_session.get(&id)) else {
            return;
        };
        let (shown, to, callee) = (session.caller.clone(), ring_out.to.clone(), ring_out.callee);
        let far = self.add_party(id, callee, Direction::Inbound, shown, to.clone());
        if callee.is_some() {
            self.change(id, far, PartyStatus::Proceeding, None);
        }
        let is_abroad = to.e164().is_some_and(|number| number.area_code().is_none());
        if is_abroad {
            // Nobody in the account may call other countries (`internationalCalling` of an extension's permissions).
            let step = RingOutStep::Callee(LegOutcome::Failed(RingOutStatus::InternationalDisabled));
            self.schedule_in(REFUSAL, Step::RingOut { session: id, step });
            return;
        }
        let behaviour = self.callee_behaviour(id);
        self.plan_leg(id, behaviour, RingOutStep::Callee);
    }

    fn callee_behaviour(&self, id: TelephonySessionId) -> LegBehaviour {
        let usual = LegBehaviour::Answers {
            after: SignedDuration::from_secs(6),
            talk: SignedDuration::from_secs(45),
        };
        match self.ring_outs.by_session.get(&id) {
            Some(ring_out) => self.behaviour_of(&ring_out.to, usual),
            None => usual,
        }
    }

    pub(super) fn behaviour_of(&self, end: &Endpoint, usual: LegBehaviour) -> LegBehaviour {
        let known = end
            .e164()
            .or_else(|| self.primary_number(end.extension_id?))
            .and_then(|number| self.ring_outs.behaviours.get(&number));
        known.copied().unwrap_or(usual)
    }

    pub(super) fn plan_leg(
        &mut self,
        session: TelephonySessionId,
        behaviour: LegBehaviour,
        step: fn(LegOutcome) -> RingOutStep,
    ) {
        let (after, outcome) = match behaviour {
            LegBehaviour::Answers { after, .. } => (after, LegOutcome::Answered),
            LegBehaviour::Busy => (REFUSAL, LegOutcome::Failed(RingOutStatus::Busy)),
            LegBehaviour::NoAnswer => (PATIENCE, LegOutcome::Failed(RingOutStatus::NoAnswer)),
            LegBehaviour::Rejects => (REFUSAL, LegOutcome::Failed(RingOutStatus::Rejected)),
            LegBehaviour::Unreachable => (REFUSAL, LegOutcome::Failed(RingOutStatus::GenericError)),
            LegBehaviour::ByHand => return,
        };
        let step = step(outcome);
        self.schedule_in(after, Step::RingOut { session, step });
    }

    fn fail(&mut self, id: TelephonySessionId, word: RingOutStatus) {
        if let Some(known) = self.ring_outs.by_session.get_mut(&id) {
            known.failure = Some(word);
        }
        let reason = match word {
            RingOutStatus::Busy => Some(PartyReason::TargetBusy),
            RingOutStatus::NoAnswer => Some(PartyReason::NoAnswer),
            RingOutStatus::Rejected => Some(PartyReason::Rejected),
            _ => Some(PartyReason::CallDropped),
        };
        // The session was looked up by the step that failed.
        drop(self.end_call(id, true, reason));
    }
}
