//! A load: so many calls at once, and so many notifications a second about them, for as long as wanted.
//!
//! It is for measuring clients. Calls are answered, held, taken back, ended and replaced by others at random.

use jiff::{SignedDuration, Timestamp};

use crate::demo::dice::Dice;
use crate::demo::known_callers;
use crate::world::account::{ExtensionStatus, ExtensionType};
use crate::world::ids::{ExtensionId, TelephonySessionId};
use crate::world::number::{E164, Endpoint};
use crate::world::sessions::PartyStatus;
use crate::world::{CallVerb, Scene, World, scene};

/// How much is to go on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Calls that are on at any time.
    pub concurrent: usize,
    /// Notifications of parties and presences a second, on the average.
    pub events_per_second: f64,
    /// For how long; until scenes are ended if not said. Then everybody hangs up.
    pub lasts: Option<SignedDuration>,
    /// The same seed gives the same load.
    pub seed: u64,
}

impl Default for Load {
    fn default() -> Self {
        Load {
            concurrent: 120,
            events_per_second: 20.0,
            lasts: None,
            seed: 1,
        }
    }
}

/// How often it goes on.
const ROUND: SignedDuration = SignedDuration::from_millis(100);
/// No round does more than this, whatever is due: a clock that jumped is not caught up with.
const MOST_PER_ROUND: usize = 200;

/// Lets the load begin: its calls are on at once, and the rate is kept from then on.
pub fn load(world: &mut World, load: &Load) {
    let scene = Loading::new(world, load);
    world.set_queues_wait(true);
    world.begin(scene);
}

#[derive(Debug)]
struct Loading {
    load: Load,
    dice: Dice,
    people: Vec<ExtensionId>,
    queues: Vec<ExtensionId>,
    outside: Vec<Endpoint>,
    next_person: usize,
    calls: Vec<TelephonySessionId>,
    /// Since when the rate is kept, and how many had been told by then.
    since: Option<(Timestamp, u64)>,
}

impl Loading {
    fn new(world: &World, load: &Load) -> Self {
        let in_use = || {
            world
                .extensions()
                .filter(|one| one.status == ExtensionStatus::Enabled)
        };
        let people =
            in_use().filter(|one| one.kind == ExtensionType::User && world.takes_direct_calls(one.id));
        let outside = known_callers(world.seed())
            .into_iter()
            .map(|one| Endpoint::outside(one.number, Some(&one.caller_name)));
        Loading {
            load: *load,
            dice: Dice::new(load.seed),
            people: people.map(|one| one.id).collect(),
            queues: in_use().filter(|one| one.is_queue()).map(|one| one.id).collect(),
            outside: outside.take(200).collect(),
            next_person: 0,
            calls: Vec::new(),
            since: None,
        }
    }

    fn begin(&mut self, world: &mut World) {
        for _ in 0..self.load.concurrent {
            self.open(world);
        }
        // Most of them are under way already.
        for id in self.calls.clone() {
            if self.dice.chance(90) {
                let _ = world.call(id, CallVerb::Answer { by: None });
            }
            if self.dice.chance(10) {
                let _ = world.call(id, CallVerb::Hold);
            }
        }
    }

    fn free_person(&mut self, world: &World) -> Option<ExtensionId> {
        for _ in 0..self.people.len() {
            self.next_person = (self.next_person + 1) % self.people.len().max(1);
            let person = self.people.get(self.next_person).copied()?;
            if !world.is_on_the_phone(person) {
                return Some(person);
            }
        }
        None
    }

    fn open(&mut self, world: &mut World) {
        let stranger = || Endpoint::outside(E164::nanp(415, 5_550_199), None);
        let outside = self.dice.pick(&self.outside).cloned().unwrap_or_else(stranger);
        let kind = self.dice.below(100);
        let queue = self.dice.pick(&self.queues).copied();
        let opened = match (kind, queue) {
            (0..10, Some(queue)) => world.ring_extension(outside, queue),
            _ => match self.free_person(world) {
                Some(person) if kind < 30 => world.dial_out(person, outside),
                Some(person) => world.ring_extension(outside, person),
                None => return,
            },
        };
        self.calls.extend(opened);
    }

    /// One thing happens to one call.
    fn act(&mut self, world: &mut World) {
        let place = self.dice.place(self.calls.len());
        let Some(id) = self.calls.get(place).copied() else {
            self.open(world);
            return;
        };
        let session = world.session(id).filter(|session| session.ended_at.is_none());
        let Some(session) = session else {
            self.calls.swap_remove(place);
            self.open(world);
            return;
        };
        let own = session.parties.iter().filter(|party| party.is_own_end());
        let is_held = own.clone().any(|party| party.status == PartyStatus::Hold);
        let talks = own.clone().any(|party| party.status == PartyStatus::Answered);
        let verb = match (is_held, talks) {
            (true, _) => CallVerb::Unhold,
            (false, true) if self.dice.chance(70) => CallVerb::Hold,
            (false, true) => CallVerb::FarEndHangsUp,
            (false, false) if self.dice.chance(90) => CallVerb::Answer { by: None },
            (false, false) => CallVerb::FarEndHangsUp,
        };
        let ends = verb == CallVerb::FarEndHangsUp;
        let has_happened = world.call(id, verb).is_ok();
        if ends && has_happened {
            self.calls.swap_remove(place);
            self.open(world);
        }
    }

    fn is_over(&self, since: Timestamp, now: Timestamp) -> bool {
        let passed = now.duration_since(since);
        self.load.lasts.is_some_and(|lasts| passed >= lasts)
    }
}

impl Scene for Loading {
    fn go_on(&mut self, world: &mut World) -> Option<SignedDuration> {
        let now = world.now();
        let Some((since, told_then)) = self.since else {
            self.begin(world);
            self.since = Some((now, world.live_announcements()));
            return Some(ROUND);
        };
        if self.is_over(since, now) {
            for id in self.calls.drain(..) {
                let _ = world.call(id, CallVerb::FarEndHangsUp);
            }
            return None;
        }
        let due = now.duration_since(since).as_secs_f64() * self.load.events_per_second;
        for _ in 0..MOST_PER_ROUND {
            let told = world.live_announcements().saturating_sub(told_then);
            // Counts of this size are exact in a double.
            #[allow(clippy::cast_precision_loss)]
            if told as f64 >= due {
                break;
            }
            self.act(world);
        }
        Some(ROUND)
    }

    fn shift(&mut self, by: SignedDuration) {
        self.since.iter_mut().for_each(|(at, _)| scene::shift(at, by));
    }
}
