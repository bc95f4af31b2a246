//! Forty calls in ten minutes, compared with what an onlooker of the company's world tells.

use super::{Lobby, Seat};
use domain::live_calls::CompanyCallState as State;
use domain::sync::EventSourceState;
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulator::scenario::{BusyMorning, busy_morning};
use simulator::world::onlooker::CallStanding;
use simulator::{EventEffect, EventFault, GatewaySettings};
use std::collections::BTreeMap;

/// State, since when, queue, who talks or holds, who listens in.
type Told = BTreeMap<String, (State, Timestamp, Option<String>, Vec<String>)>;

impl Lobby {
    async fn told_here(&self) -> Told {
        let shown = self.page().await.calls.into_iter().map(|call| {
            let view = self.desk.company.view(&call.session_id).unwrap();
            let mut members: Vec<String> = view
                .colleagues
                .iter()
                .filter(|one| matches!(one.state, State::Talking | State::OnHold | State::Parked))
                .map(|one| one.extension_id.as_str().to_owned())
                .collect();
            members.sort();
            let queue = view.queue_id.map(|id| id.as_str().to_owned());
            (call.session_id.0, (call.state, call.state_since, queue, members))
        });
        shown.collect()
    }

    fn told_there(&self) -> Told {
        let calls = self.world(|world| world.live_calls());
        let told = calls.into_iter().map(|call| {
            let state = match call.standing {
                CallStanding::Ringing if call.is_waiting => State::Waiting,
                CallStanding::Ringing => State::Ringing,
                CallStanding::Talking => State::Talking,
                CallStanding::OnHold => State::OnHold,
                CallStanding::Parked => State::Parked,
                CallStanding::InVoicemail => State::Voicemail,
            };
            let mut members: Vec<String> = call.members.iter().map(ToString::to_string).collect();
            members.sort();
            let queue = call.queue.map(|id| id.to_string());
            (
                call.session.to_string(),
                (state, call.standing_since, queue, members),
            )
        });
        told.collect()
    }
}

/// Without the instants: of a call whose events were lost, nobody can tell since when.
fn without_instants(told: Told) -> BTreeMap<String, (State, Option<String>, Vec<String>)> {
    let told = told.into_iter();
    told.map(|(id, (state, _, queue, members))| (id, (state, queue, members)))
        .collect()
}

#[tokio::test]
async fn at_every_moment_of_a_busy_morning_the_list_is_what_an_onlooker_tells() {
    let mut lobby = Lobby::open().await;
    let ends_at = lobby.world(|world| busy_morning(world, &BusyMorning::default()));
    let mut compared = 0;
    while lobby.desk.clock.now() < ends_at {
        lobby.pass(SignedDuration::from_secs(4)).await;
        lobby.settle().await;
        let (here, there) = (lobby.told_here().await, lobby.told_there());
        assert_eq!(
            without_instants(here.clone()),
            without_instants(there.clone()),
            "at {}",
            lobby.desk.clock.now()
        );
        for (id, (state, since, ..)) in &here {
            let apart = since.duration_since(there[id].1).abs();
            assert!(
                apart <= SignedDuration::from_secs(5),
                "{state:?} since {since} and not {}",
                there[id].1
            );
        }
        compared += here.len();
    }
    assert!(compared > 100, "{compared}");
    assert!(lobby.told_here().await.is_empty(), "the morning is over");
    lobby.desk.close();
}

#[tokio::test]
async fn after_losses_and_a_cut_in_a_busy_morning_one_refresh_is_enough() {
    for seed in 1..4 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut lobby = Lobby::of(Seat {
            gateway: GatewaySettings {
                recovery_timeout_seconds: 1,
                ..GatewaySettings::default()
            },
            ..Seat::default()
        })
        .await;
        let morning = BusyMorning {
            seed,
            ..BusyMorning::default()
        };
        lobby.world(|world| busy_morning(world, &morning));
        for _ in 0..30 {
            let effect = match rng.random_range(0..4) {
                0 => EventEffect::Lose,
                1 => EventEffect::Duplicate,
                _ => EventEffect::Late { by_events: 3 },
            };
            lobby
                .desk
                .control
                .add_event_fault(EventFault::once("telephony/sessions", effect));
            lobby.pass(SignedDuration::from_secs(6)).await;
        }
        lobby.block_gateway();
        lobby
            .desk
            .until("the connection is broken", |desk| {
                desk.handle.state() != EventSourceState::Live
            })
            .await;
        for _ in 0..15 {
            lobby.pass(SignedDuration::from_secs(12)).await;
        }
        lobby.desk.control.clear_faults();
        lobby.desk.control.release_late_events();
        lobby
            .desk
            .until("events are live again", |desk| {
                desk.handle.state() == EventSourceState::Live
            })
            .await;
        lobby.settle().await;
        lobby.pass(SignedDuration::from_secs(16)).await;
        lobby.settle().await;
        let (here, there) = (lobby.told_here().await, lobby.told_there());
        assert!(there.len() > 1, "something goes on");
        assert_eq!(without_instants(here), without_instants(there), "seed {seed}");
    }
}
