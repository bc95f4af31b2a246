//! The calls of the simulated company, as its owner sees them, compared with what the company's world holds.

mod busy_morning;

use crate::calls::desk::{ADA, BEN, Desk, QUEUE, Seat};
use domain::event::CoreEvent;
use domain::live_calls::{CallsSeen, CompanyCallState as State, LiveCalls};
use domain::sync::EventSourceState;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulator::scenario::caller;
use simulator::world::calls::Direction;
use simulator::world::ids::{ExtensionId, TelephonySessionId};
use simulator::world::number::E164;
use simulator::world::sessions::{Party, PartyStatus, Session};
use simulator::world::{CallVerb, World};
use simulator::{Effect, EventEffect, EventFault, Fault, GatewaySettings};
use std::collections::{BTreeMap, BTreeSet};
use switchboard_core::live_calls::{CompanyFollower, LivePage};

const CLEO: ExtensionId = ExtensionId(809_646_018);

/// A call as both sides can tell it: its state, and the colleagues in it.
type Told = BTreeMap<String, (State, BTreeSet<String>)>;

fn maria() -> E164 {
    E164::nanp(510, 5_550_147)
}

fn stranger(index: u32) -> E164 {
    E164::nanp(415, 5_550_200 + index % 90)
}

struct Lobby {
    desk: Desk,
    follower: CompanyFollower,
    page: LivePage,
}

impl Lobby {
    async fn open() -> Self {
        Self::of(Seat::default()).await
    }

    async fn of(seat: Seat) -> Self {
        let mut desk = Desk::of(Seat {
            hears_company: true,
            ..seat
        })
        .await;
        let mut follower = desk.company_follower();
        desk.company.doubt_all();
        desk.until_live().await;
        follower.step().await;
        let page = LivePage::in_zone(desk.store.clone(), desk.company.clone(), TimeZone::UTC);
        Self { desk, follower, page }
    }

    async fn page(&self) -> LiveCalls {
        self.page.get().await.unwrap()
    }

    /// Everything that the server has sent has arrived, and what is due has been asked.
    async fn settle(&mut self) {
        self.desk.until_all_has_arrived().await;
        self.follower.step().await;
    }

    async fn pass(&mut self, time: SignedDuration) {
        self.desk.pass(time);
        self.desk.step().await;
        self.follower.step().await;
    }

    fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.desk.control.world(act)
    }

    fn call(&self, session: TelephonySessionId, verb: CallVerb) {
        self.world(|world| world.call(session, verb)).unwrap();
    }

    fn ring(&self, from: E164, to: ExtensionId) -> TelephonySessionId {
        self.world(|world| world.ring_extension(caller(from, None), to))
            .unwrap()
    }

    /// What is shown.
    async fn here(&self) -> Told {
        let shown = self.page().await.calls.into_iter().map(|call| {
            // Of a call between colleagues the one who was called stands at the other end of the page.
            let view = self.desk.company.view(&call.session_id).unwrap();
            let members: BTreeSet<String> = view
                .colleagues
                .into_iter()
                .map(|colleague| colleague.extension_id.as_str().to_owned())
                .collect();
            (call.session_id.0, (call.state, members))
        });
        shown.collect()
    }

    /// What there is.
    fn there(&self) -> Told {
        self.world(|world| {
            let live = world.sessions().filter(|session| session.ended_at.is_none());
            live.map(|session| (session.telephony_session_id.to_string(), truth(session)))
                .collect()
        })
    }

    fn asked(&self, operation: &str) -> usize {
        let requests = self.desk.control.requests();
        requests
            .iter()
            .filter(|request| request.operation == Some(operation))
            .count()
    }

    /// The way to the event gateway is blocked.
    fn block_gateway(&self) {
        let effect = Effect::ServerError {
            status: 503,
            error_code: "CMN-201".to_owned(),
        };
        self.desk.control.add_fault(Fault {
            times: 1_000_000,
            ..Fault::once("authWsToken", effect)
        });
        self.desk.control.close_sockets(1001);
    }
}

/// Where a call stands, told by the simulator's own parties.
fn truth(session: &Session) -> (State, BTreeSet<String>) {
    let queue = session.queue;
    let people: Vec<&Party> = session
        .parties
        .iter()
        .filter(|party| party.is_live() && party.extension_id.is_some() && party.extension_id != queue)
        .collect();
    let of_status = |status: PartyStatus| session.parties.iter().any(|party| party.status == status);
    let is_queued = session
        .parties
        .iter()
        .any(|party| queue.is_some() && party.extension_id == queue && party.is_live());
    let caller_is_ours = session.direction == Direction::Outbound
        && session
            .parties
            .iter()
            .any(|party| party.direction == Direction::Outbound && party.is_live());
    let called: Vec<&Party> = session
        .parties
        .iter()
        .filter(|party| {
            party.direction == Direction::Inbound && (queue.is_none() || party.extension_id != queue)
        })
        // When ours has passed the call on, the outside end waits however connected it is.
        .filter(|party| caller_is_ours || party.extension_id.is_some())
        .collect();
    let called_talks = called.iter().any(|party| party.status == PartyStatus::Answered);
    let was_answered = called.iter().any(|party| party.answered_at.is_some());
    let state = if people.iter().any(|party| party.status == PartyStatus::Hold) {
        State::OnHold
    } else if called_talks {
        State::Talking
    } else if of_status(PartyStatus::VoiceMail) {
        State::Voicemail
    } else if is_queued || (queue.is_some() && !was_answered) {
        State::Waiting
    } else {
        State::Ringing
    };
    let members = people
        .iter()
        .filter_map(|party| party.extension_id)
        .map(|id| id.to_string())
        // The mailbox of a person is that person's.
        .collect();
    (state, members)
}

/// Something happens in the company.
fn happen(world: &mut World, rng: &mut ChaCha8Rng) {
    let people = [ADA, BEN, CLEO];
    let someone = people[rng.random_range(0..people.len())];
    let other = people[rng.random_range(0..people.len())];
    let live: Vec<TelephonySessionId> = world
        .sessions()
        .filter(|session| session.ended_at.is_none())
        .map(|session| session.telephony_session_id)
        .collect();
    if live.is_empty() || rng.random_range(0..5) == 0 {
        let number = stranger(rng.random_range(0..90));
        let _ = match rng.random_range(0..4) {
            0 => world.ring_extension(caller(number, None), QUEUE),
            1 => world.dial_out(someone, caller(number, None)),
            2 if someone != other => world.dial_extension(someone, other),
            _ => world.ring_extension(caller(number, None), someone),
        };
        return;
    }
    let session = live[rng.random_range(0..live.len())];
    let verb = match rng.random_range(0..9) {
        0..=2 => CallVerb::Answer { by: None },
        3 => CallVerb::Hold,
        4 => CallVerb::Unhold,
        5 => CallVerb::HangUp,
        6 => CallVerb::FarEndHangsUp,
        7 => CallVerb::BlindTransfer { to: someone },
        _ => CallVerb::PickUpElsewhere { by: someone },
    };
    // What a call is in no state for does not happen.
    let _ = world.call(session, verb);
}

#[tokio::test]
async fn the_owner_sees_every_call_of_the_company_with_who_is_in_it_and_since_when() {
    let mut lobby = Lobby::open().await;
    lobby.desk.knows_maria(maria()).await;
    let call = lobby.ring(maria(), BEN);
    lobby.settle().await;
    let page = lobby.page().await;
    assert_eq!(page.seen, CallsSeen::Company);
    assert_eq!(page.stale, None);
    let [shown] = page.calls.as_slice() else {
        panic!("{page:?}")
    };
    assert_eq!(shown.party.label, "Maria Lopez");
    assert_eq!(shown.state, State::Ringing);
    assert_eq!(shown.members[0].extension_id, BEN.to_string());
    let rang_at = lobby.desk.clock.now();

    lobby.pass(SignedDuration::from_secs(7)).await;
    lobby.call(call, CallVerb::Answer { by: None });
    lobby.settle().await;
    let talking_since = lobby.desk.clock.now();
    lobby.pass(SignedDuration::from_secs(100)).await;
    let page = lobby.page().await;
    assert_eq!(page.calls[0].state, State::Talking);
    assert_eq!(page.calls[0].started_at, rang_at);
    assert_eq!(page.calls[0].state_since, talking_since);
    assert_eq!(page.calls[0].answered_at, Some(talking_since));

    lobby.call(call, CallVerb::FarEndHangsUp);
    lobby.settle().await;
    assert!(lobby.page().await.calls.is_empty());
    lobby.desk.close();
}

#[tokio::test]
async fn the_cards_of_ones_own_calls_are_as_they_were_and_count_a_call_once() {
    let mut lobby = Lobby::open().await;
    let others = lobby.ring(stranger(1), BEN);
    let own = lobby.ring(stranger(2), ADA);
    lobby.settle().await;
    assert_eq!(
        lobby.desk.states(),
        [domain::call::LiveCallState::Ringing],
        "only the own call has a card"
    );
    assert_eq!(lobby.here().await.len(), 2);
    lobby.call(own, CallVerb::Answer { by: None });
    lobby.call(others, CallVerb::Answer { by: None });
    lobby.settle().await;
    assert_eq!(lobby.desk.states(), [domain::call::LiveCallState::Talking]);
    lobby.desk.close();
}

#[tokio::test]
async fn whoever_may_not_see_the_company_sees_their_own_calls_and_why() {
    let mut lobby = Lobby::of(Seat {
        number: "102",
        ..Seat::default()
    })
    .await;
    lobby.ring(stranger(1), ADA);
    let own = lobby.ring(stranger(2), BEN);
    lobby.settle().await;
    let page = lobby.page().await;
    let CallsSeen::Own { reason } = &page.seen else {
        panic!("Ben is no administrator")
    };
    assert!(reason.contains("administrator"), "{reason}");
    let shown: Vec<&str> = page.calls.iter().map(|call| call.session_id.as_str()).collect();
    assert_eq!(shown, [own.to_string()]);
    assert!(page.queues.is_empty());
    assert_eq!(
        lobby.asked("listCompanyActiveCalls"),
        0,
        "nothing of the company is even asked for"
    );
    lobby.desk.close();
}

#[tokio::test]
async fn a_queue_tells_who_waits_who_has_waited_longest_and_who_talks() {
    let mut lobby = Lobby::open().await;
    let first = lobby.ring(stranger(1), QUEUE);
    let since = lobby.desk.clock.now();
    lobby.settle().await;
    lobby.pass(SignedDuration::from_secs(20)).await;
    let second = lobby.ring(stranger(2), QUEUE);
    lobby.settle().await;
    let page = lobby.page().await;
    let [queue] = page.queues.as_slice() else {
        panic!("{:?}", page.queues)
    };
    assert_eq!((queue.waiting, queue.talking), (2, 0));
    assert_eq!(queue.longest_since, Some(since));
    assert_eq!(
        page.calls[0].session_id.as_str(),
        first.to_string(),
        "the longest wait comes first"
    );
    assert_eq!(page.calls[0].queue.as_deref(), Some("Sales"));
    assert!(
        page.calls[0]
            .members
            .iter()
            .all(|member| member.extension_id != QUEUE.to_string())
    );

    lobby.call(first, CallVerb::Answer { by: Some(BEN) });
    lobby.settle().await;
    let page = lobby.page().await;
    assert_eq!((page.queues[0].waiting, page.queues[0].talking), (1, 1));
    assert_eq!(page.calls[0].session_id.as_str(), second.to_string());
    lobby.desk.close();
}

#[tokio::test]
async fn calls_that_began_before_the_program_are_found_and_ended_ones_that_linger_in_the_list_are_not_shown()
{
    let mut desk = Desk::of(Seat {
        hears_company: true,
        ..Seat::default()
    })
    .await;
    let (live, over) = desk.control.world(|world| {
        let live = world.ring_extension(caller(stranger(1), None), BEN).unwrap();
        world.call(live, CallVerb::Answer { by: None }).unwrap();
        let over = world.ring_extension(caller(stranger(2), None), CLEO).unwrap();
        world.call(over, CallVerb::Answer { by: None }).unwrap();
        (live, over)
    });
    desk.pass(SignedDuration::from_secs(40));
    desk.let_it(|world| world.call(over, CallVerb::HangUp));
    desk.pass(SignedDuration::from_secs(15));
    let mut follower = desk.company_follower();
    desk.company.doubt_all();
    desk.until_live().await;
    follower.step().await;
    let page = LivePage::new(desk.store.clone(), desk.company.clone());
    let shown = page.get().await.unwrap();
    let ids: Vec<&str> = shown.calls.iter().map(|call| call.session_id.as_str()).collect();
    assert_eq!(ids, [live.to_string()]);
    assert_eq!(shown.calls[0].state, State::Talking);
    desk.close();
}

#[tokio::test]
async fn durations_are_right_however_far_the_servers_clock_is_off() {
    for ahead in [SignedDuration::from_mins(10), SignedDuration::from_mins(-10)] {
        let mut lobby = Lobby::of(Seat {
            server_is_ahead: ahead,
            ..Seat::default()
        })
        .await;
        let began = lobby.desk.clock.now();
        let call = lobby.ring(stranger(1), BEN);
        lobby.settle().await;
        lobby.pass(SignedDuration::from_secs(8)).await;
        lobby.call(call, CallVerb::Answer { by: None });
        lobby.settle().await;
        let answered = lobby.desk.clock.now();
        let page = lobby.page().await;
        // `Date` counts whole seconds.
        let is_near = |told: Timestamp, true_at: Timestamp| {
            told.duration_since(true_at).abs() <= SignedDuration::from_secs(2)
        };
        let shown = &page.calls[0];
        assert!(
            is_near(shown.started_at, began),
            "{} for {began}, {ahead}",
            shown.started_at
        );
        assert!(
            is_near(shown.state_since, answered),
            "{} for {answered}, {ahead}",
            shown.state_since
        );
        lobby.desk.close();
    }
}

#[tokio::test]
async fn whatever_is_lost_doubled_or_late_after_one_refresh_the_list_is_the_companys_world() {
    for seed in 0..6 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut lobby = Lobby::of(Seat {
            gateway: GatewaySettings {
                recovery_timeout_seconds: 1,
                ..GatewaySettings::default()
            },
            ..Seat::default()
        })
        .await;
        for _ in 0..40 {
            let effect = match rng.random_range(0..8) {
                0 | 1 => Some(EventEffect::Lose),
                2 => Some(EventEffect::Duplicate),
                3 => Some(EventEffect::Late {
                    by_events: rng.random_range(1..5),
                }),
                _ => None,
            };
            if let Some(effect) = effect {
                lobby
                    .desk
                    .control
                    .add_event_fault(EventFault::once("telephony/sessions", effect));
            }
            lobby.world(|world| happen(world, &mut rng));
            lobby
                .pass(SignedDuration::from_secs(rng.random_range(0..5)))
                .await;
        }
        // The socket is cut for minutes, in which things go on.
        lobby.block_gateway();
        lobby
            .desk
            .until("the connection is broken", |desk| {
                desk.handle.state() != EventSourceState::Live
            })
            .await;
        for _ in 0..15 {
            lobby.world(|world| happen(world, &mut rng));
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
        lobby.pass(SignedDuration::from_secs(61)).await;
        lobby.settle().await;
        lobby.pass(SignedDuration::from_secs(16)).await;
        assert_eq!(lobby.here().await, lobby.there(), "seed {seed}");
    }
}

#[tokio::test]
async fn without_events_the_list_is_marked_as_old_and_looked_at_each_minute() {
    let mut lobby = Lobby::open().await;
    lobby.block_gateway();
    lobby
        .desk
        .until("the connection is broken", |desk| {
            desk.handle.state() != EventSourceState::Live
        })
        .await;
    assert_eq!(lobby.page().await.stale, None, "a moment is nothing");
    let mut heard = lobby.desk.store.changes().listen();
    lobby.pass(SignedDuration::from_secs(31)).await;
    let mut has_heard = false;
    while let Some(event) = heard.try_next() {
        has_heard |= event == CoreEvent::LiveCallsChanged;
    }
    assert!(has_heard, "the window is told to look again");
    let stale = lobby.page().await.stale;
    assert!(stale.is_some_and(|words| words.contains("interrupted")));
    let call = lobby.ring(stranger(3), CLEO);
    lobby.call(call, CallVerb::Answer { by: None });
    lobby.pass(SignedDuration::from_secs(65)).await;
    assert_eq!(lobby.here().await, lobby.there());
    lobby.desk.control.clear_faults();
}

#[tokio::test]
async fn a_call_whose_end_was_lost_is_asked_after_and_leaves() {
    let mut lobby = Lobby::open().await;
    let call = lobby.ring(stranger(1), BEN);
    lobby.call(call, CallVerb::Answer { by: None });
    lobby.settle().await;
    lobby
        .desk
        .control
        .add_event_fault(EventFault::once("telephony/sessions", EventEffect::Lose));
    lobby.call(call, CallVerb::HangUp);
    lobby.settle().await;
    assert_eq!(lobby.here().await.len(), 1, "nobody has said that it is over");
    for _ in 0..11 {
        lobby.pass(SignedDuration::from_mins(1)).await;
    }
    assert!(lobby.here().await.is_empty());
    assert!(
        lobby.asked("listCompanyActiveCalls") <= 16,
        "the list is asked for seldom"
    );
    lobby.desk.close();
}

#[tokio::test]
async fn the_window_hears_of_changes_at_once_and_at_most_four_times_a_second() {
    let mut lobby = Lobby::open().await;
    lobby.pass(SignedDuration::from_secs(1)).await;
    let mut heard = lobby.desk.store.changes().listen();
    lobby.ring(stranger(1), BEN);
    lobby.settle().await;
    let count = |heard: &mut switchboard_core::change_feed::ChangeListener| {
        let mut count = 0;
        while let Some(event) = heard.try_next() {
            count += usize::from(event == CoreEvent::LiveCallsChanged);
        }
        count
    };
    assert_eq!(count(&mut heard), 1);
    for index in 2..22 {
        lobby.ring(stranger(index), BEN);
        lobby.settle().await;
    }
    assert_eq!(count(&mut heard), 0, "not a quarter of a second has passed");
    lobby.pass(SignedDuration::from_millis(250)).await;
    assert_eq!(count(&mut heard), 1);
    lobby.desk.close();
}

#[tokio::test]
async fn the_day_of_a_queue_is_counted_from_the_call_log_and_begins_at_midnight() {
    let mut lobby = Lobby::open().await;
    lobby.desk.synchronise_everything().await;
    for taken in [true, true, false] {
        let call = lobby.ring(stranger(1), QUEUE);
        lobby.pass(SignedDuration::from_secs(5)).await;
        if taken {
            lobby.call(call, CallVerb::Answer { by: Some(ADA) });
            lobby.pass(SignedDuration::from_secs(30)).await;
        }
        lobby.call(call, CallVerb::FarEndHangsUp);
        lobby.pass(SignedDuration::from_secs(60)).await;
    }
    lobby.desk.synchronise_everything().await;
    lobby.pass(SignedDuration::from_secs(11)).await;
    let today = lobby.page().await.queues[0].today.clone();
    assert_eq!((today.offered, today.answered, today.missed), (3, 2, 1));
    // The office's midnight, which here is that of the clock.
    lobby.pass(SignedDuration::from_hours(8)).await;
    assert_eq!(
        lobby.page().await.queues[0].today,
        domain::live_calls::QueueToday::default()
    );
}

#[tokio::test]
async fn where_the_filter_of_all_calls_is_refused_one_hears_of_ones_own_and_why() {
    let mut desk = Desk::of(Seat {
        hears_company: true,
        ..Seat::default()
    })
    .await;
    // All filters are refused because of the one.
    desk.control.add_fault(Fault::once(
        "createSubscription",
        Effect::Reply {
            status: 403,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body:
                r#"{"errorCode":"CMN-408","message":"no","errors":[{"errorCode":"CMN-408","message":"no"}]}"#
                    .to_owned(),
        },
    ));
    let mut follower = desk.company_follower();
    desk.company.doubt_all();
    desk.until_live().await;
    follower.step().await;
    let page = LivePage::in_zone(desk.store.clone(), desk.company.clone(), TimeZone::UTC);
    let mut lobby = Lobby { desk, follower, page };
    lobby.ring(stranger(1), BEN);
    let own = lobby.ring(stranger(2), ADA);
    lobby.settle().await;
    let page = lobby.page().await;
    let CallsSeen::Own { reason } = &page.seen else {
        panic!("nothing tells of the company's calls")
    };
    assert!(reason.contains("Call control"), "{reason}");
    let shown: Vec<&str> = page.calls.iter().map(|call| call.session_id.as_str()).collect();
    assert_eq!(shown, [own.to_string()]);
    assert_eq!(lobby.desk.states(), [domain::call::LiveCallState::Ringing]);
    lobby.desk.close();
}
