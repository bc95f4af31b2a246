//! A busy morning: many calls in a short time, of every kind an office knows.
//!
//! Who calls, when, and what becomes of it follows from the seed and the company. Somebody's do-not-disturb or a member who
//! stays out of a queue is minded, so that a morning may go differently for a company that is set up differently.

use jiff::{SignedDuration, Timestamp};

use super::placed::{Opening, PlacedCall, Placing};
use crate::demo::dice::Dice;
use crate::demo::{known_callers, unknown_numbers};
use crate::world::account::{ExtensionStatus, ExtensionType};
use crate::world::ids::ExtensionId;
use crate::world::number::Endpoint;
use crate::world::{CallVerb, SpokenMessage, World};

/// How the morning is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BusyMorning {
    /// How many calls.
    pub calls: u32,
    /// Within what time they begin.
    pub over: SignedDuration,
    /// How many times as fast everything happens: 10 makes a minute of ten.
    pub speed: f64,
    /// The same seed in the same company gives the same morning.
    pub seed: u64,
}

impl Default for BusyMorning {
    fn default() -> Self {
        BusyMorning {
            calls: 40,
            over: SignedDuration::from_mins(10),
            speed: 1.0,
            seed: 1,
        }
    }
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    QueueAnswered,
    QueueHeld,
    QueueGivesUp,
    QueueVoicemail,
    Answered,
    BlindTransfer,
    AttendedTransfer,
    Parked,
    Missed,
    Rejected,
    PickedUpElsewhere,
    GoesOut,
    LineBusy,
    NobodyAnswers,
    Inside,
}

/// Forty calls; more or fewer take from it in turn.
const FATES: [(Fate, usize); 15] = [
    (Fate::QueueAnswered, 6),
    (Fate::QueueHeld, 2),
    (Fate::QueueGivesUp, 3),
    (Fate::QueueVoicemail, 2),
    (Fate::Answered, 4),
    (Fate::BlindTransfer, 3),
    (Fate::AttendedTransfer, 3),
    (Fate::Parked, 3),
    (Fate::Missed, 3),
    (Fate::Rejected, 1),
    (Fate::PickedUpElsewhere, 1),
    (Fate::GoesOut, 4),
    (Fate::LineBusy, 1),
    (Fate::NobodyAnswers, 1),
    (Fate::Inside, 3),
];

/// Lets the morning begin, now; gives the instant by which every planned step is over. From then on queues ring only those
/// who are free, and let callers wait.
pub fn busy_morning(world: &mut World, morning: &BusyMorning) -> Timestamp {
    let calls = plan(world, morning);
    let longest = calls.iter().map(PlacedCall::ends_after).max().unwrap_or_default();
    world.set_queues_wait(true);
    world.begin(Placing::new(calls));
    let ends = world.now().saturating_add(longest);
    ends.unwrap_or(Timestamp::MAX)
}

/// The calls of a morning, without placing them.
pub fn plan(world: &World, morning: &BusyMorning) -> Vec<PlacedCall> {
    let mut planner = Planner::new(world, morning.seed);
    let fates = planner.shuffled();
    let count = u64::from(morning.calls.max(1));
    let over_ms = u64::try_from(morning.over.as_millis()).unwrap_or(0);
    let slot_ms = over_ms / count;
    let mut calls = Vec::new();
    for place in 0..u64::from(morning.calls) {
        let fate = usize::try_from(place)
            .ok()
            .and_then(|place| fates.get(place % fates.len().max(1)))
            .copied()
            .unwrap_or(Fate::Missed);
        let at_ms = place * slot_ms + planner.dice.below(slot_ms.max(1));
        let at = SignedDuration::from_millis(i64::try_from(at_ms).unwrap_or(i64::MAX));
        calls.extend(planner.call(at, fate));
    }
    for call in &mut calls {
        quicken(call, morning.speed);
    }
    calls
}

fn quicken(call: &mut PlacedCall, speed: f64) {
    let quicker = |span: SignedDuration| {
        let divided = span.as_secs_f64() / speed.clamp(0.01, 1_000.0);
        // In whole milliseconds, as instants are told.
        let divided = SignedDuration::try_from_secs_f64((divided * 1_000.0).round() / 1_000.0);
        divided.unwrap_or(span)
    };
    call.at = quicker(call.at);
    for (after, _) in &mut call.steps {
        *after = quicker(*after);
    }
}

/// Who is free when, as far as the plan knows.
struct Planner {
    dice: Dice,
    queues: Vec<ExtensionId>,
    /// People who are called directly, and until when each is taken.
    people: Vec<(ExtensionId, SignedDuration)>,
    outside: Vec<Endpoint>,
    turn: usize,
}

impl Planner {
    fn new(world: &World, seed: u64) -> Self {
        let in_use = || {
            world
                .extensions()
                .filter(|one| one.status == ExtensionStatus::Enabled)
        };
        let queues: Vec<ExtensionId> = in_use().filter(|one| one.is_queue()).map(|one| one.id).collect();
        let everybody: Vec<ExtensionId> = in_use()
            .filter(|one| one.kind == ExtensionType::User && world.takes_direct_calls(one.id))
            .map(|one| one.id)
            .collect();
        // Agents are left to the queues, where there are others.
        let others: Vec<ExtensionId> = everybody
            .iter()
            .copied()
            .filter(|id| world.queues_of(*id).next().is_none())
            .collect();
        let called = if others.len() > 2 { others } else { everybody };
        let known = known_callers(world.seed())
            .into_iter()
            .map(|one| Endpoint::outside(one.number, Some(&one.caller_name)));
        let unknown = unknown_numbers(world.seed())
            .into_iter()
            .map(|number| Endpoint::outside(number, None));
        Planner {
            dice: Dice::new(seed ^ world.seed().rotate_left(17)),
            queues,
            people: called.into_iter().map(|id| (id, SignedDuration::ZERO)).collect(),
            // Three in four callers are known.
            outside: mixed(known.take(90).collect(), unknown.take(30).collect()),
            turn: 0,
        }
    }

    fn shuffled(&mut self) -> Vec<Fate> {
        let mut fates: Vec<Fate> = FATES
            .iter()
            .flat_map(|(fate, times)| std::iter::repeat_n(*fate, *times))
            .collect();
        for last in (1..fates.len()).rev() {
            fates.swap(last, self.dice.place(last + 1));
        }
        fates
    }

    fn seconds(&mut self, low: u64, high: u64) -> SignedDuration {
        let seconds = self.dice.between(low, high);
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0))
    }

    fn caller(&mut self) -> Endpoint {
        let place = self.dice.place(self.outside.len());
        if self.dice.chance(4) {
            return Endpoint::anonymous();
        }
        let found = self.outside.get(place).cloned();
        found.unwrap_or_else(Endpoint::anonymous)
    }

    fn queue(&mut self) -> Option<ExtensionId> {
        self.turn += 1;
        let count = self.queues.len().max(1);
        self.queues.get(self.turn % count).copied()
    }

    /// Somebody who is free from `at` on, taken until `until` then.
    fn person(&mut self, at: SignedDuration, until: SignedDuration) -> Option<ExtensionId> {
        let start = self.dice.place(self.people.len());
        let count = self.people.len();
        let free = (0..count)
            .map(|step| (start + step) % count)
            .find(|place| self.people.get(*place).is_some_and(|(_, taken)| *taken <= at))?;
        let (id, taken) = self.people.get_mut(free)?;
        // A moment to write down what was said.
        *taken = until.saturating_add(SignedDuration::from_secs(4));
        Some(*id)
    }

    fn call(&mut self, at: SignedDuration, fate: Fate) -> Option<PlacedCall> {
        let (opening, steps) = match fate {
            Fate::QueueAnswered | Fate::QueueHeld | Fate::QueueGivesUp | Fate::QueueVoicemail => {
                self.queue_call(fate)?
            }
            Fate::GoesOut | Fate::LineBusy | Fate::NobodyAnswers | Fate::Inside => {
                self.call_of_somebody_inside(at, fate)?
            }
            _ => self.direct_call(at, fate)?,
        };
        Some(PlacedCall { at, opening, steps })
    }

    fn queue_call(&mut self, fate: Fate) -> Option<(Opening, Vec<(SignedDuration, CallVerb)>)> {
        let opening = Opening::ComesIn {
            from: self.caller(),
            to: self.queue()?,
        };
        let ring = self.seconds(4, 14);
        let later = |seconds: i64| ring.saturating_add(SignedDuration::from_secs(seconds));
        let talk = self.seconds(35, 90);
        let steps = match fate {
            Fate::QueueGivesUp => vec![(self.seconds(25, 55), CallVerb::FarEndHangsUp)],
            Fate::QueueVoicemail => {
                let spoken = SpokenMessage::new(self.dice.place(12)).transcribed_after(8);
                vec![
                    (later(20), CallVerb::ToVoicemail),
                    (later(45), CallVerb::LeaveVoicemail(spoken)),
                ]
            }
            _ => {
                // Whoever rings by then takes it; a caller for whom nobody was free waits for the next chance.
                let answer = || CallVerb::Answer { by: None };
                let mut steps = vec![(ring, answer()), (later(13), answer()), (later(29), answer())];
                if fate == Fate::QueueHeld {
                    steps.push((later(40), CallVerb::Hold));
                    steps.push((later(58), CallVerb::Unhold));
                }
                steps.push((later(62).saturating_add(talk), CallVerb::FarEndHangsUp));
                steps
            }
        };
        Some((opening, steps))
    }

    fn call_of_somebody_inside(
        &mut self,
        at: SignedDuration,
        fate: Fate,
    ) -> Option<(Opening, Vec<(SignedDuration, CallVerb)>)> {
        let ring = self.seconds(4, 12);
        let talk = self.seconds(20, 70);
        let ends = ring.saturating_add(talk);
        let until = at.saturating_add(ends);
        let from = self.person(at, until)?;
        let answered = || vec![(ring, CallVerb::Answer { by: None }), (ends, CallVerb::HangUp)];
        if fate == Fate::Inside {
            let to = self.person(at, until)?;
            return Some((Opening::Inside { from, to }, answered()));
        }
        let to = self.caller_with_number();
        let steps = match fate {
            Fate::LineBusy => vec![(ring, CallVerb::FarEndBusy)],
            Fate::NobodyAnswers => vec![(self.seconds(20, 30), CallVerb::GiveUp)],
            _ => answered(),
        };
        Some((Opening::GoesOut { from, to }, steps))
    }

    fn caller_with_number(&mut self) -> Endpoint {
        let place = self.dice.place(self.outside.len());
        let found = self.outside.get(place).cloned();
        found.unwrap_or_else(Endpoint::anonymous)
    }

    fn direct_call(
        &mut self,
        at: SignedDuration,
        fate: Fate,
    ) -> Option<(Opening, Vec<(SignedDuration, CallVerb)>)> {
        let ring = self.seconds(3, 12);
        let first = self.seconds(15, 40);
        let second = self.seconds(15, 45);
        let after = |spans: &[SignedDuration]| {
            let sum = |sum: SignedDuration, span: &SignedDuration| sum.saturating_add(*span);
            spans.iter().fold(ring, sum)
        };
        let moment = SignedDuration::from_secs(6);
        let ends = after(&[first, moment, moment, second]);
        let until = at.saturating_add(ends);
        let first_until = match fate {
            Fate::Missed | Fate::Rejected | Fate::PickedUpElsewhere => at.saturating_add(ring),
            Fate::Answered => at.saturating_add(after(&[first])),
            _ => at.saturating_add(after(&[first, moment, moment])),
        };
        let to = self.person(at, first_until)?;
        let opening = Opening::ComesIn {
            from: self.caller(),
            to,
        };
        let answer = (ring, CallVerb::Answer { by: Some(to) });
        let simple = vec![answer.clone(), (after(&[first]), CallVerb::FarEndHangsUp)];
        // Where nobody else is free, the first one deals with it alone.
        let colleague = match fate {
            Fate::Answered | Fate::Missed | Fate::Rejected => None,
            _ => self.person(at, until),
        };
        let steps = match (fate, colleague) {
            (Fate::Missed, _) => vec![(ring.saturating_add(moment), CallVerb::FarEndHangsUp)],
            (Fate::Rejected, _) => vec![(ring, CallVerb::Reject { by: Some(to) })],
            (Fate::PickedUpElsewhere, Some(by)) => vec![
                (ring, CallVerb::PickUpElsewhere { by }),
                (ends, CallVerb::FarEndHangsUp),
            ],
            (Fate::BlindTransfer, Some(to)) => vec![
                answer,
                (after(&[first]), CallVerb::BlindTransfer { to }),
                (after(&[first, moment]), CallVerb::Answer { by: Some(to) }),
                (ends, CallVerb::HangUp),
            ],
            (Fate::AttendedTransfer, Some(with)) => vec![
                answer,
                (after(&[first]), CallVerb::Consult { with }),
                (after(&[first, moment]), CallVerb::AnswerConsultation),
                (after(&[first, moment, moment]), CallVerb::CompleteTransfer),
                (ends, CallVerb::EndConsultation),
                (ends, CallVerb::FarEndHangsUp),
            ],
            (Fate::Parked, Some(by)) => vec![
                answer,
                (after(&[first]), CallVerb::Park),
                (after(&[first, moment, moment]), CallVerb::PickUpParked { by }),
                (ends, CallVerb::FarEndHangsUp),
            ],
            _ => simple,
        };
        Some((opening, steps))
    }
}

/// Both lists, evenly mixed.
fn mixed(mut many: Vec<Endpoint>, few: Vec<Endpoint>) -> Vec<Endpoint> {
    for (place, one) in few.into_iter().enumerate() {
        let at = (place * 4).min(many.len());
        many.insert(at, one);
    }
    many
}
