//! What each entry of the Demo menu makes the simulated company do.

use domain::ipc::demo::DemoEvent;
use jiff::SignedDuration;
use simulator::{
    demo::{self, KnownCaller},
    media::{DocumentDesign, DocumentFormat},
    scenario::{self, CallPlan, CallTarget, Ending, SteppedCall},
    world::{
        World,
        account::ExtensionType,
        number::{E164, Endpoint},
        sessions::Session,
    },
};

/// Long enough to look at the card; then the caller gives up.
const RING: SignedDuration = SignedDuration::from_secs(45);

const TEXTS: [&str; 4] = [
    "Can you get 40 sticks of #5 to the Harrison St job by Thursday?",
    "Driver says gate B is locked. Who has the code?",
    "Got the bending schedule, thanks. Two bars on page 2 look short, can you check?",
    "Running 20 min late for the pickup",
];

/// Goes round the company's callers, so that not always the same one calls.
#[derive(Debug)]
pub(super) struct Happenings {
    known: Vec<KnownCaller>,
    unknown: Vec<E164>,
    turn: usize,
}

impl Happenings {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            known: demo::known_callers(seed),
            unknown: demo::unknown_numbers(seed),
            turn: 0,
        }
    }

    /// Makes it happen; an error says in plain words why it cannot.
    pub(super) fn happen(&mut self, world: &mut World, event: DemoEvent) -> Result<(), String> {
        self.turn += 1;
        match event {
            DemoEvent::KnownCaller => ring(world, self.known_caller()),
            DemoEvent::UnknownCaller => ring(world, self.unknown_caller()),
            DemoEvent::WithheldCaller => ring(world, scenario::withheld()),
            DemoEvent::Answer => {
                let call = find(world, rings, "No call is ringing.")?;
                call.answer_by(world, demo::SIGNED_IN).map_err(words)
            }
            DemoEvent::AnswerElsewhere => {
                let call = find(world, rings, "No call is ringing.")?;
                let colleague = world
                    .extensions()
                    .find(|one| one.kind == ExtensionType::User && one.id != demo::SIGNED_IN)
                    .map(|one| one.id)
                    .ok_or("There is no colleague.")?;
                call.answered_elsewhere(world, colleague).map_err(words)
            }
            DemoEvent::HangUp => {
                find(world, is_on, "No call is going on.")?;
                while let Ok(call) = find(world, is_on, "") {
                    call.caller_hangs_up(world).map_err(words)?;
                }
                Ok(())
            }
            DemoEvent::Text => {
                let to = world
                    .primary_number(demo::SIGNED_IN)
                    .ok_or("The signed-in person has no number.")?;
                let text = TEXTS
                    .iter()
                    .cycle()
                    .nth(self.turn % TEXTS.len())
                    .copied()
                    .unwrap_or_default();
                scenario::incoming_text(world, self.known_caller(), to, text, &[])
                    .map(drop)
                    .map_err(words)
            }
            DemoEvent::Voicemail => {
                let target = CallTarget::Extension(demo::SIGNED_IN);
                scenario::incoming_voicemail(world, self.known_caller(), target, self.turn)
                    .map(drop)
                    .map_err(words)
            }
            DemoEvent::Fax => {
                let (design, format) = (DocumentDesign::BendingSchedule, DocumentFormat::Pdf);
                scenario::incoming_fax(world, self.known_caller(), demo::SIGNED_IN, design, 3, format);
                Ok(())
            }
        }
    }

    fn known_caller(&self) -> Endpoint {
        match self.known.iter().cycle().nth(self.turn % self.known.len().max(1)) {
            Some(caller) => scenario::caller(caller.number, Some(&caller.caller_name)),
            None => scenario::withheld(),
        }
    }

    fn unknown_caller(&self) -> Endpoint {
        match self
            .unknown
            .iter()
            .cycle()
            .nth(self.turn % self.unknown.len().max(1))
        {
            Some(number) => scenario::caller(*number, None),
            None => scenario::withheld(),
        }
    }
}

fn ring(world: &mut World, from: Endpoint) -> Result<(), String> {
    let plan = CallPlan {
        ring: RING,
        ..CallPlan::new(Ending::Missed)
    };
    scenario::incoming_call(world, from, CallTarget::Number(demo::MAIN_NUMBER), &plan)
        .map(drop)
        .map_err(words)
}

/// The call of the signed-in person that began last.
fn find(world: &World, is_it: impl Fn(&Session) -> bool, none: &str) -> Result<SteppedCall, String> {
    world
        .sessions()
        .filter(|session| is_it(session))
        .max_by_key(|session| session.began_at)
        .map(|session| SteppedCall::of(session.telephony_session_id))
        .ok_or_else(|| none.to_owned())
}

fn rings(session: &Session) -> bool {
    session
        .live_party_of(demo::SIGNED_IN)
        .is_some_and(|party| party.is_ringing())
}

fn is_on(session: &Session) -> bool {
    session.live_party_of(demo::SIGNED_IN).is_some()
}

fn words(error: impl std::error::Error) -> String {
    format!("The demo company could not do that: {error}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulator::world::Clock;

    #[test]
    fn a_call_rings_can_be_answered_and_hung_up() {
        let mut world = demo::company(1, Clock::manual("2026-03-02T18:00:00Z".parse().unwrap()));
        let mut happenings = Happenings::new(1);
        assert!(happenings.happen(&mut world, DemoEvent::Answer).is_err());
        happenings.happen(&mut world, DemoEvent::KnownCaller).unwrap();
        assert!(world.sessions().any(rings));
        happenings.happen(&mut world, DemoEvent::Answer).unwrap();
        assert!(world.sessions().any(is_on) && !world.sessions().any(rings));
        happenings.happen(&mut world, DemoEvent::HangUp).unwrap();
        assert!(!world.sessions().any(is_on));
        assert_eq!(
            happenings.happen(&mut world, DemoEvent::HangUp).unwrap_err(),
            "No call is going on."
        );
    }

    #[test]
    fn callers_differ_from_one_call_to_the_next() {
        let mut world = demo::company(1, Clock::manual("2026-03-02T18:00:00Z".parse().unwrap()));
        let mut happenings = Happenings::new(1);
        happenings.happen(&mut world, DemoEvent::UnknownCaller).unwrap();
        let first = happenings.unknown_caller();
        happenings.happen(&mut world, DemoEvent::UnknownCaller).unwrap();
        assert_ne!(first, happenings.unknown_caller());
    }
}
