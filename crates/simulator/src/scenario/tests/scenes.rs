//! Scenes: a busy morning, a load, and the demo company living.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::demo;
use crate::scenario::{BusyMorning, Load, busy_morning, load};
use crate::simulator::Options;
use crate::world::calls::CallResult;
use crate::world::events::{Change, WorldEvent};
use crate::world::ids::{ExtensionId, PartyId, TelephonySessionId};
use crate::world::onlooker::{CallStanding, CallWay, Doing};
use crate::world::sessions::{Party, PartyReason, PartyStatus};
use crate::world::{Clock, World};

fn company() -> World {
    demo::company(1, Clock::manual("2026-03-02T16:00:00Z".parse().unwrap()))
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// Everything that was announced, as one text.
fn heard(events: &mut UnboundedReceiver<Arc<WorldEvent>>) -> String {
    let mut text = String::new();
    while let Ok(event) = events.try_recv() {
        text.push_str(&format!("{event:?}\n"));
    }
    text
}

#[test]
fn a_busy_morning_is_the_same_for_the_same_seed_and_another_for_another() {
    let play = |seed: u64| {
        let mut world = company();
        let mut events = world.subscribe();
        let morning = BusyMorning {
            seed,
            ..BusyMorning::default()
        };
        busy_morning(&mut world, &morning);
        world.advance(SignedDuration::from_mins(15));
        heard(&mut events)
    };
    let first = play(7);
    assert!(first.len() > 10_000);
    assert!(first == play(7), "the same seed gives the same morning");
    assert!(first != play(8), "another seed gives another");
}

#[test]
fn it_does_not_matter_in_which_steps_the_clock_moves() {
    let play = |step: i64| {
        let mut world = company();
        let mut events = world.subscribe();
        busy_morning(&mut world, &BusyMorning::default());
        for _ in 0..(900 / step) {
            world.advance(seconds(step));
        }
        heard(&mut events)
    };
    assert!(play(900) == play(1));
}

#[test]
fn forty_calls_of_every_kind_come_and_go_within_a_busy_morning() {
    let mut world = company();
    let mut events = world.subscribe();
    let ends = busy_morning(&mut world, &BusyMorning::default());
    let (mut sessions, mut ways, mut standings) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut longest_queue, mut most_at_once) = (0, 0);
    while world.now() < ends {
        world.advance(seconds(1));
        let live = world.live_calls();
        most_at_once = most_at_once.max(live.len());
        longest_queue = longest_queue.max(live.iter().filter(|call| call.is_waiting).count());
        for call in live {
            ways.insert(call.way);
            standings.insert(call.standing);
            sessions.insert(call.session);
        }
    }
    assert!(world.live_calls().is_empty(), "{:#?}", world.live_calls());
    // Announced transfers are calls of their own.
    assert!((40..=44).contains(&sessions.len()), "{}", sessions.len());
    assert_eq!(ways.len(), 3, "{ways:?}");
    assert_eq!(standings.len(), 5, "{standings:?}");
    assert!(most_at_once >= 5, "{most_at_once}");
    assert!(longest_queue >= 2, "{longest_queue}");
    let mut reasons = BTreeSet::new();
    while let Ok(event) = events.try_recv() {
        if let Change::Telephony(change) = &event.change {
            reasons.extend(change.party.reason);
        }
    }
    for reason in [
        PartyReason::BlindTransfer,
        PartyReason::AttendedTransfer,
        PartyReason::Pickup,
        PartyReason::AgentAnswered,
        PartyReason::Rejected,
    ] {
        assert!(reasons.contains(&reason), "{reason} is missing in {reasons:?}");
    }
    let all = crate::world::call_log::CallLogScope::Account;
    let results: BTreeSet<CallResult> = world
        .call_records_changed_since(all, Timestamp::MIN)
        .iter()
        .map(|record| record.result)
        .collect();
    for result in [
        CallResult::Accepted,
        CallResult::Missed,
        CallResult::Voicemail,
        CallResult::Busy,
    ] {
        assert!(results.contains(&result), "{result} is missing in {results:?}");
    }
}

#[test]
fn at_ten_times_the_speed_the_same_calls_take_a_minute() {
    let mut world = company();
    let morning = BusyMorning {
        speed: 10.0,
        ..BusyMorning::default()
    };
    let began = world.now();
    let ends = busy_morning(&mut world, &morning);
    let took = ends.duration_since(began);
    assert!(took < seconds(80) && took > seconds(40), "{took:?}");
    world.advance(took.saturating_add(seconds(1)));
    assert!(world.live_calls().is_empty());
    assert!(world.call_record_count() >= 40);
}

/// What somebody knows who hears only the parties' changes.
#[derive(Default)]
struct Hearsay(BTreeMap<TelephonySessionId, BTreeMap<PartyId, Party>>);

impl Hearsay {
    fn hear(&mut self, events: &mut UnboundedReceiver<Arc<WorldEvent>>) {
        while let Ok(event) = events.try_recv() {
            if let Change::Telephony(change) = &event.change {
                let parties = self.0.entry(change.telephony_session_id).or_default();
                parties.insert(change.party.id, change.party.clone());
            }
        }
    }

    /// Sessions with a live end of the account's, and who is connected or has it parked.
    fn live(&self) -> BTreeMap<TelephonySessionId, BTreeSet<ExtensionId>> {
        let mut live = BTreeMap::new();
        for (session, parties) in &self.0 {
            let own = parties
                .values()
                .filter(|party| party.is_live() && party.is_own_end());
            if own.clone().next().is_some() {
                let on_it = own.filter(|party| party.is_connected() || party.status == PartyStatus::Parked);
                live.insert(*session, on_it.filter_map(|party| party.extension_id).collect());
            }
        }
        live
    }
}

#[test]
fn the_onlooker_and_the_notifications_tell_of_the_same_calls_at_every_second() {
    let mut world = company();
    let mut events = world.subscribe();
    let mut hearsay = Hearsay::default();
    let ends = busy_morning(
        &mut world,
        &BusyMorning {
            seed: 3,
            ..BusyMorning::default()
        },
    );
    while world.now() < ends {
        world.advance(seconds(1));
        hearsay.hear(&mut events);
        let seen: BTreeMap<_, BTreeSet<ExtensionId>> = world
            .live_calls()
            .into_iter()
            .map(|call| (call.session, call.members.into_iter().collect()))
            .collect();
        assert_eq!(hearsay.live(), seen, "at {}", world.now());
        for (snapshot, doing) in world.presences() {
            let talks = seen
                .values()
                .any(|members| members.contains(&snapshot.extension_id));
            assert_eq!(
                talks,
                doing == Doing::OnCall || (talks && doing == Doing::DoNotDisturb),
                "{} at {}",
                snapshot.extension_id,
                world.now()
            );
        }
    }
}

#[test]
fn a_caller_waits_in_the_queue_until_somebody_is_free() {
    let mut world = company();
    world.set_queues_wait(true);
    let queue = world.extension_by_number(203).unwrap().id;
    let caller = || crate::scenario::caller(crate::world::number::E164::nanp(415, 5_550_199), None);
    let first: Vec<TelephonySessionId> = (0..3)
        .map(|_| {
            let call = world.ring_extension(caller(), queue).unwrap();
            world
                .call(call, crate::world::CallVerb::Answer { by: None })
                .unwrap();
            call
        })
        .collect();
    let waiting = world.ring_extension(caller(), queue).unwrap();
    let told = |world: &World| {
        let live = world.live_calls();
        live.into_iter().find(|call| call.session == waiting).unwrap()
    };
    assert_eq!(
        (
            told(&world).standing,
            told(&world).is_waiting,
            told(&world).ringing.len()
        ),
        (CallStanding::Ringing, true, 0)
    );
    world.advance(seconds(30));
    assert!(told(&world).ringing.is_empty(), "everybody talks");
    world.call(first[1], crate::world::CallVerb::HangUp).unwrap();
    world.advance(seconds(3));
    assert_eq!(told(&world).ringing.len(), 1);
    world
        .call(waiting, crate::world::CallVerb::Answer { by: None })
        .unwrap();
    let answered = told(&world);
    assert_eq!(
        (answered.standing, answered.is_waiting),
        (CallStanding::Talking, false)
    );
    assert_eq!(answered.way, CallWay::Inbound);
}

#[test]
fn a_load_keeps_its_calls_and_its_rate() {
    let clock = Clock::manual("2026-03-02T16:00:00Z".parse().unwrap());
    let mut world = Options::big_company(clock).world;
    assert_eq!(world.extensions().count(), 300);
    load(
        &mut world,
        &Load {
            lasts: Some(seconds(60)),
            ..Load::default()
        },
    );
    world.advance(seconds(1));
    assert_eq!(world.live_calls().len(), 120);
    let before = world.live_announcements();
    for _ in 0..50 {
        world.advance(seconds(1));
        let live = world.live_calls().len();
        assert!((115..=120).contains(&live), "{live} calls are on");
    }
    let told = world.live_announcements() - before;
    assert!((950..=1050).contains(&told), "{told} in fifty seconds");
    world.advance(seconds(10));
    assert!(world.live_calls().is_empty(), "then everybody hangs up");
}

#[test]
fn a_living_office_rings_the_signed_in_person_once_in_several_minutes() {
    let mut world = company();
    let mut events = world.subscribe();
    demo::come_alive(&mut world);
    let (mut rings, mut changes, mut calls) = (Vec::new(), 0, BTreeSet::new());
    for _ in 0..120 {
        world.advance(seconds(30));
        while let Ok(event) = events.try_recv() {
            match &event.change {
                Change::Telephony(change) => {
                    calls.insert(change.telephony_session_id);
                    let is_rung = change.party.extension_id == Some(demo::SIGNED_IN)
                        && change.party.status == PartyStatus::Proceeding;
                    rings.extend(is_rung.then_some(event.at));
                }
                Change::Presence(_) => changes += 1,
                _ => {}
            }
        }
        assert!(world.live_calls().len() <= 6);
    }
    assert!((6..=10).contains(&rings.len()), "{rings:?}");
    for pair in rings.windows(2) {
        assert!(pair[1].duration_since(pair[0]) >= seconds(300), "{rings:?}");
    }
    assert!(changes > 100 && calls.len() > 40, "{changes} {}", calls.len());
    world.end_scenes();
    world.advance(SignedDuration::from_mins(10));
    assert!(world.live_calls().is_empty(), "what was on has ended");
}

#[test]
fn a_company_that_nobody_brings_to_life_stays_as_it_is() {
    let mut world = company();
    let mut events = world.subscribe();
    world.advance(SignedDuration::from_hours(2));
    assert_eq!(heard(&mut events), "");
}

#[test]
fn a_clock_that_is_put_off_changes_what_is_told_and_not_what_happens() {
    let play = |skew: i64| {
        let mut world = company();
        busy_morning(&mut world, &BusyMorning::default());
        world.advance(seconds(200));
        world.set_clock_skew(seconds(skew));
        let now = world.now();
        let ages = |world: &World| -> Vec<(CallStanding, SignedDuration, SignedDuration)> {
            let live = world.live_calls();
            let age = |at: Timestamp| world.now().duration_since(at);
            live.iter()
                .map(|call| (call.standing, age(call.began_at), age(call.standing_since)))
                .collect()
        };
        let at_once = ages(&world);
        assert!(!at_once.is_empty());
        world.advance(seconds(100));
        (now, at_once, ages(&world))
    };
    let (straight, ahead, behind) = (play(0), play(3600), play(-90));
    assert_eq!((&straight.1, &straight.2), (&ahead.1, &ahead.2));
    assert_eq!((&straight.1, &straight.2), (&behind.1, &behind.2));
    assert_eq!(ahead.0.duration_since(straight.0), seconds(3600));
    assert_eq!(behind.0.duration_since(straight.0), seconds(-90));
}
