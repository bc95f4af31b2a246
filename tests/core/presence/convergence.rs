//! Whatever people do and whatever befalls the events about it: after the way back and one refresh all is as it is there.

use super::reception::{CLEO, Reception};
use crate::calls::desk::{ADA, BEN};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use simulator::scenario::{SteppedCall, caller};
use simulator::world::number::E164;
use simulator::world::presence::{DndStatus, PresenceUpdate, UserStatus};
use simulator::{EventEffect, EventFault};

const PEOPLE: [simulator::world::ids::ExtensionId; 3] = [ADA, BEN, CLEO];
const STATUSES: [UserStatus; 3] = [UserStatus::Available, UserStatus::Busy, UserStatus::Offline];
const DNDS: [DndStatus; 3] = [
    DndStatus::TakeAllCalls,
    DndStatus::DoNotAcceptAnyCalls,
    DndStatus::DoNotAcceptDepartmentCalls,
];

#[derive(Debug, Clone)]
enum Happening {
    Says(usize, usize),
    Takes(usize, usize),
    Writes(usize, u8),
    Rings(usize),
    Answers(usize),
    HangsUp(usize),
    Mishap(usize),
    CutOff,
    ComesBack,
    Steps,
    Pass(i64),
}

fn mishap(index: usize) -> EventEffect {
    match index {
        0 => EventEffect::Lose,
        1 => EventEffect::Duplicate,
        2 => EventEffect::Late { by_events: 2 },
        _ => EventEffect::CloseSocket { code: 1001 },
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening as Is;
    prop_oneof![
        4 => (0..3usize, 0..3usize).prop_map(|(who, what)| Is::Says(who, what)),
        2 => (0..3usize, 0..3usize).prop_map(|(who, what)| Is::Takes(who, what)),
        1 => (0..3usize, any::<u8>()).prop_map(|(who, what)| Is::Writes(who, what)),
        3 => (0..3usize).prop_map(Is::Rings),
        2 => (0..4usize).prop_map(Is::Answers),
        2 => (0..4usize).prop_map(Is::HangsUp),
        4 => (0..4usize).prop_map(Is::Mishap),
        1 => Just(Is::CutOff),
        1 => Just(Is::ComesBack),
        4 => Just(Is::Steps),
        3 => (1..400i64).prop_map(Is::Pass),
    ]
}

#[derive(Default)]
struct Company {
    calls: Vec<SteppedCall>,
    is_cut_off: bool,
}

async fn happen(reception: &mut Reception, company: &mut Company, happening: &Happening) {
    let update = |who: usize, update: PresenceUpdate| {
        reception.world(|world| world.update_presence(PEOPLE[who], update).unwrap());
    };
    match *happening {
        Happening::Says(who, what) => update(
            who,
            PresenceUpdate {
                user_status: Some(STATUSES[what]),
                ..PresenceUpdate::default()
            },
        ),
        Happening::Takes(who, what) => update(
            who,
            PresenceUpdate {
                dnd_status: Some(DNDS[what]),
                ..PresenceUpdate::default()
            },
        ),
        Happening::Writes(who, what) => update(
            who,
            PresenceUpdate {
                message: Some((what > 60).then(|| format!("Back at {what}"))),
                ..PresenceUpdate::default()
            },
        ),
        Happening::Rings(who) => {
            let from = caller(E164::nanp(415, 5_550_120 + company.calls.len() as u32), None);
            company.calls.push(reception.desk.ring(from, PEOPLE[who]));
        }
        // A call may be over already.
        Happening::Answers(index) => {
            if let Some(call) = company.calls.get(index) {
                let _ = reception.world(|world| call.answer(world));
            }
        }
        Happening::HangsUp(index) => {
            if let Some(call) = company.calls.get(index) {
                let _ = reception.world(|world| call.caller_hangs_up(world));
            }
        }
        Happening::Mishap(index) => {
            let fault = EventFault::once("presence", mishap(index));
            reception.desk.control.add_event_fault(fault);
        }
        Happening::CutOff if !company.is_cut_off => {
            reception.cut_off().await;
            company.is_cut_off = true;
        }
        Happening::ComesBack if company.is_cut_off => {
            reception.come_back().await;
            company.is_cut_off = false;
        }
        Happening::CutOff | Happening::ComesBack => {}
        Happening::Steps => {
            reception.desk.control.settled().await;
            reception.desk.subscription.step().await;
            reception.desk.presence.step().await;
        }
        Happening::Pass(seconds) => {
            reception.pass(seconds);
            reception.desk.subscription.step().await;
            reception.desk.presence.step().await;
        }
    }
}

#[test]
fn after_the_way_back_and_one_refresh_everybody_is_as_the_company_says() {
    let cases = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // The same happenings at every run.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let happenings = prop::collection::vec(happening(), 1..40);
    TestRunner::new_with_rng(cases, random)
        .run(&happenings, |happenings| {
            runtime.block_on(async {
                let mut reception = Reception::live().await;
                let mut company = Company::default();
                for happening in &happenings {
                    happen(&mut reception, &mut company, happening).await;
                }
                // Back again after an outage in which whatever was under way got lost; then one refresh.
                if !company.is_cut_off {
                    reception.cut_off().await;
                }
                reception.desk.control.release_late_events();
                reception.pass(120);
                reception.come_back().await;
                reception.until_all_has_arrived().await;
                reception.pass(20);
                reception.desk.presence.step().await;
                reception.keep().await;
                reception.until_sure().await;
                reception.assert_as_in_world().await;
            });
            Ok(())
        })
        .unwrap();
}
