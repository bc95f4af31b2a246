//! An ordinary day at the office, live: colleagues come and go, calls come and go, gently.
//!
//! The person the demo signs in as is rung once in several minutes at most; what happens to her otherwise, the Demo menu says.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::{known_callers, staff};
use crate::world::ids::ExtensionId;
use crate::world::number::Endpoint;
use crate::world::presence::{DndStatus, MeetingStatus, PresenceUpdate, UserStatus};
use crate::world::{CallVerb, Scene, World, scene};

/// Never more often does a call ring for the signed-in person.
const BETWEEN_RINGS_S: u64 = 360;
/// As many calls are on at most.
const MOST_CALLS: usize = 4;

/// The scene.
#[derive(Debug)]
pub(crate) struct OfficeLife {
    dice: Dice,
    callers: Vec<Endpoint>,
    began: bool,
    /// From when on the signed-in person may be rung.
    quiet_until: Option<Timestamp>,
}

/// What people say of themselves.
const MESSAGES: [&str; 6] = [
    "Back in 20 minutes",
    "At the yard",
    "Site visit, call my mobile",
    "Lunch",
    "On the plans for Harrison St",
    "With a customer",
];

impl OfficeLife {
    pub(crate) fn new(seed: u64) -> Self {
        let callers = known_callers(seed)
            .into_iter()
            .map(|one| Endpoint::outside(one.number, Some(&one.caller_name)));
        OfficeLife {
            dice: Dice::new(seed ^ 0x0ff1_ce00),
            callers: callers.collect(),
            began: false,
            quiet_until: None,
        }
    }

    fn seconds(&mut self, low: u64, high: u64) -> SignedDuration {
        let seconds = self.dice.between(low, high);
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0))
    }

    fn outsider(&mut self) -> Endpoint {
        let found = self.dice.pick(&self.callers).cloned();
        found.unwrap_or_else(Endpoint::anonymous)
    }

    /// A colleague at their desk who has no call.
    fn colleague(&mut self, world: &World, but: Option<ExtensionId>) -> Option<ExtensionId> {
        let free: Vec<ExtensionId> = staff::everybody()
            .filter(|id| *id != staff::ROSA && Some(*id) != but)
            .filter(|id| world.takes_direct_calls(*id) && !world.is_on_the_phone(*id))
            .filter(|id| {
                let known = world.presence(*id);
                known.is_some_and(|one| one.settings.user_status != UserStatus::Offline)
            })
            .collect();
        self.dice.pick(&free).copied()
    }

    fn something_happens(&mut self, world: &mut World) {
        let now = world.now();
        if self.quiet_until.is_none_or(|until| now >= until) {
            self.quiet_until = now.saturating_add(self.seconds(BETWEEN_RINGS_S, 540)).ok();
            self.ring_the_queue(world);
            return;
        }
        let calls_on = world
            .sessions()
            .filter(|session| session.ended_at.is_none())
            .count();
        if calls_on >= MOST_CALLS || self.dice.chance(35) {
            self.change_presence(world);
        } else {
            self.place_call(world);
        }
    }

    /// A call for Sales rings the signed-in person too, until a colleague takes it.
    fn ring_the_queue(&mut self, world: &mut World) {
        let from = self.outsider();
        let ring = self.seconds(6, 9);
        let talk = self.seconds(50, 140);
        let members = world
            .extension(staff::SALES_QUEUE)
            .map(|queue| queue.queue_members.clone());
        let taker = members
            .unwrap_or_default()
            .into_iter()
            .find(|id| *id != staff::ROSA && world.takes_queue_calls(*id) && !world.is_on_the_phone(*id));
        let Ok(call) = world.ring_extension(from, staff::SALES_QUEUE) else {
            return;
        };
        // With nobody to take it, the caller gives up soon.
        let Some(by) = taker else {
            world.call_later(call, ring.saturating_add(ring), CallVerb::FarEndHangsUp);
            return;
        };
        world.call_later(call, ring, CallVerb::Answer { by: Some(by) });
        world.call_later(call, ring.saturating_add(talk), CallVerb::FarEndHangsUp);
    }

    fn place_call(&mut self, world: &mut World) {
        let Some(one) = self.colleague(world, None) else {
            return;
        };
        let outside = self.outsider();
        let other = self.colleague(world, Some(one));
        let ring = self.seconds(4, 12);
        let talk = self.seconds(40, 200);
        let placed = match (self.dice.below(10), other) {
            (0..5, _) => world.ring_extension(outside, one),
            (5..7, Some(other)) => world.dial_extension(one, other),
            _ => world.dial_out(one, outside),
        };
        let Ok(call) = placed else {
            return;
        };
        world.call_later(call, ring, CallVerb::Answer { by: None });
        let hangs_up_at = ring.saturating_add(talk);
        if self.dice.chance(25) {
            let half = ring.saturating_add(talk / 2);
            world.call_later(call, half, CallVerb::Hold);
            world.call_later(
                call,
                half.saturating_add(SignedDuration::from_secs(12)),
                CallVerb::Unhold,
            );
        }
        let hangs_up_at = hangs_up_at.saturating_add(SignedDuration::from_secs(12));
        world.call_later(call, hangs_up_at, CallVerb::FarEndHangsUp);
    }

    fn change_presence(&mut self, world: &mut World) {
        let others: Vec<ExtensionId> = staff::everybody().filter(|id| *id != staff::ROSA).collect();
        let Some(who) = self.dice.pick(&others).copied() else {
            return;
        };
        let update = match self.dice.below(10) {
            0..4 => PresenceUpdate {
                user_status: Some(UserStatus::Available),
                dnd_status: Some(DndStatus::TakeAllCalls),
                meeting_status: Some(MeetingStatus::Disconnected),
                message: Some(None),
                ..PresenceUpdate::default()
            },
            4..6 => PresenceUpdate {
                user_status: Some(UserStatus::Busy),
                message: Some(Some(self.dice.word(&MESSAGES).to_owned())),
                ..PresenceUpdate::default()
            },
            6 => PresenceUpdate {
                user_status: Some(UserStatus::Offline),
                ..PresenceUpdate::default()
            },
            7 => PresenceUpdate {
                dnd_status: Some(DndStatus::DoNotAcceptAnyCalls),
                ..PresenceUpdate::default()
            },
            _ => PresenceUpdate {
                user_status: Some(UserStatus::Available),
                meeting_status: Some(MeetingStatus::Connected),
                ..PresenceUpdate::default()
            },
        };
        // Everybody who works there has a presence.
        let _ = world.update_presence(who, update);
    }
}

impl Scene for OfficeLife {
    fn go_on(&mut self, world: &mut World) -> Option<SignedDuration> {
        if self.began {
            self.something_happens(world);
        } else {
            // The office is not found empty.
            let calm = self.seconds(BETWEEN_RINGS_S, 540);
            self.quiet_until = world.now().saturating_add(calm).ok();
            self.began = true;
            self.place_call(world);
            self.place_call(world);
        }
        Some(self.seconds(12, 40))
    }

    fn shift(&mut self, by: SignedDuration) {
        self.quiet_until.iter_mut().for_each(|at| scene::shift(at, by));
    }
}
