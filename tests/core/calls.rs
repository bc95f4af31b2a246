//! Calls of the simulated company, as they arrive at a desk.

pub(crate) mod desk;

use desk::{ADA, BEN, Desk, QUEUE, Seat, recorded};
use domain::call::LiveCallState as State;
use domain::communication::{Body, CallOutcome};
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use domain::inbox::InboxTab;
use domain::matching::NoMatchReason;
use jiff::{SignedDuration, Timestamp};
use simulator::scenario::{CallTarget, SteppedCall, caller, withheld};
use simulator::world::number::E164;
use simulator::{EventEffect, EventFault};
use switchboard_core::notices::NoticeChange;

const MARIA: fn() -> E164 = || E164::nanp(510, 5_550_147);

#[tokio::test]
async fn a_known_caller_has_one_card_with_name_line_and_reason() {
    let mut desk = Desk::open().await;
    desk.knows_maria(MARIA()).await;
    desk.knows_lines().await;
    let call = desk.ring(caller(MARIA(), Some("LOPEZ M")), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;

    let card = desk.cards.card(&desk.calls.with_cards()[0]).await.unwrap();
    assert_eq!(card.call.party.label, "Maria Lopez");
    assert_eq!(card.call.party.caller_id_name.as_deref(), Some("LOPEZ M"));
    assert_eq!(card.explanation.sentence, "Mobile of Maria Lopez");
    assert_eq!(card.call.line.name, "Your direct line");
    assert!(!card.call.line.is_queue);
    assert_eq!(card.notes.as_deref(), Some("Asks for delivery before noon"));

    desk.let_it(|world| call.answer(world));
    desk.until("the call is answered", |desk| desk.states() == [State::Talking])
        .await;
    desk.let_it(|world| call.hold(world));
    desk.until("the call is on hold", |desk| desk.states() == [State::OnHold])
        .await;
    desk.let_it(|world| call.unhold(world));
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.until("the card has left", |desk| desk.states().is_empty())
        .await;
    desk.close();
}

#[tokio::test]
async fn a_card_tells_how_long_it_has_rung_however_far_the_servers_clock_is_off() {
    for ahead in [SignedDuration::from_mins(10), SignedDuration::from_mins(-10)] {
        let mut desk = Desk::of(Seat {
            server_is_ahead: ahead,
            ..Seat::default()
        })
        .await;
        desk.until_live().await;
        // `Date` counts whole seconds.
        let is_near = |told: Timestamp, true_at: Timestamp| {
            told.duration_since(true_at).abs() <= SignedDuration::from_secs(2)
        };
        let call = desk.ring(caller(MARIA(), None), ADA);
        desk.until("the call rings", |desk| desk.states() == [State::Ringing])
            .await;
        let rings = desk.calls.with_cards().remove(0);
        let now = desk.clock.now();
        assert!(
            is_near(rings.started_at, now),
            "{} for {now}, {ahead}",
            rings.started_at
        );

        desk.let_it(|world| call.answer(world));
        desk.until("the call is answered", |desk| desk.states() == [State::Talking])
            .await;
        let talks = desk.calls.with_cards().remove(0);
        let (answered_at, now) = (talks.answered_at.unwrap(), desk.clock.now());
        assert!(is_near(answered_at, now), "{answered_at} for {now}, {ahead}");
        desk.close();
    }
}

#[tokio::test]
async fn an_unknown_caller_is_shown_with_the_number_and_matches_nobody() {
    let mut desk = Desk::open().await;
    desk.ring(caller(MARIA(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    let card = desk.cards.card(&desk.calls.with_cards()[0]).await.unwrap();
    assert_eq!(card.call.party.label, "(510) 555-0147");
    assert_eq!(card.explanation.no_match, Some(NoMatchReason::UnknownNumber));
    assert!(card.recent.is_empty());
    desk.close();
}

#[tokio::test]
async fn a_withheld_number_matches_nobody() {
    let mut desk = Desk::open().await;
    desk.ring(withheld(), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    let card = desk.cards.card(&desk.calls.with_cards()[0]).await.unwrap();
    assert_eq!(card.call.party.label, "Withheld number");
    assert_eq!(card.call.party.number, None);
    assert_eq!(card.explanation.no_match, Some(NoMatchReason::Withheld));
    desk.close();
}

#[tokio::test]
async fn a_second_call_has_its_own_card_under_the_first() {
    let mut desk = Desk::open().await;
    let first = desk.ring(caller(MARIA(), None), ADA);
    desk.until("the first call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| first.answer(world));
    desk.pass(SignedDuration::from_secs(2));
    let second = desk.ring(caller(E164::nanp(510, 5_550_148), None), ADA);
    desk.until("the second call rings", |desk| {
        desk.states() == [State::Talking, State::Ringing]
    })
    .await;
    desk.let_it(|world| second.caller_hangs_up(world));
    desk.until("the second call is missed", |desk| {
        desk.states() == [State::Talking, State::Missed]
    })
    .await;
    desk.pass(switchboard_core::calls::MISSED_LINGER);
    desk.step().await;
    assert_eq!(desk.states(), [State::Talking]);
    desk.close();
}

#[tokio::test]
async fn a_queue_call_names_the_queue_and_its_card_leaves_when_a_colleague_answers() {
    let mut desk = Desk::open().await;
    desk.knows_lines().await;
    let call = desk.ring(caller(MARIA(), None), QUEUE);
    desk.until("the queue rings here", |desk| desk.states() == [State::Ringing])
        .await;
    let card = desk.cards.card(&desk.calls.with_cards()[0]).await.unwrap();
    assert_eq!(card.call.line.name, "Sales queue");
    assert!(card.call.line.is_queue);

    desk.let_it(|world| call.answer_by(world, BEN));
    desk.until("the card has left", |desk| desk.states().is_empty())
        .await;
    let session = CallSessionId(call.session().to_string());
    assert_eq!(desk.calls.view(&session).unwrap().state, State::AnsweredElsewhere);
    desk.close();
}

#[tokio::test]
async fn a_call_picked_up_by_a_colleague_is_answered_elsewhere() {
    let mut desk = Desk::open().await;
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| call.answered_elsewhere(world, BEN));
    let session = CallSessionId(call.session().to_string());
    desk.until("it is answered elsewhere", |desk| {
        desk.calls
            .view(&session)
            .is_some_and(|call| call.state == State::AnsweredElsewhere)
    })
    .await;
    assert!(desk.states().is_empty());
    desk.close();
}

#[tokio::test]
async fn a_missed_call_becomes_an_owed_item_as_soon_as_the_late_call_log_has_it() {
    let mut desk = Desk::open().await;
    desk.sync.run_until_idle().await;
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.control
        .world(|world| world.delay_record(call.session(), SignedDuration::from_secs(20)))
        .unwrap();
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.until("the call is missed", |desk| desk.states() == [State::Missed])
        .await;

    let mut waited = 0;
    loop {
        desk.pass(SignedDuration::from_secs(1));
        waited += 1;
        desk.step().await;
        desk.synchronise().await;
        let owed = desk
            .store
            .list_inbox(InboxTab::Missed, None, 10)
            .await
            .unwrap()
            .rows;
        if let [row] = owed.as_slice() {
            let Body::Call {
                outcome, session_id, ..
            } = &row.item.body
            else {
                panic!("{row:?}")
            };
            assert_eq!(*outcome, CallOutcome::Missed);
            assert_eq!(
                session_id.as_ref().map(|id| id.0.clone()),
                Some(call.session().to_string())
            );
            break;
        }
        assert!(owed.is_empty() && waited < 60, "waited {waited} s");
    }
    assert!(waited >= 20, "the record was late");
    desk.close();
}

#[tokio::test]
async fn doubled_and_late_events_leave_one_card_with_the_right_state() {
    let mut desk = Desk::open().await;
    for effect in [
        EventEffect::Duplicate,
        EventEffect::Late { by_events: 1 },
        EventEffect::Duplicate,
    ] {
        desk.control
            .add_event_fault(EventFault::once("telephony/sessions", effect));
    }
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.let_it(|world| call.answer(world));
    desk.let_it(|world| call.hold(world));
    desk.let_it(|world| call.unhold(world));
    desk.control.release_late_events();
    desk.until_all_has_arrived().await;
    assert_eq!(desk.states(), [State::Talking]);
    desk.close();
}

#[tokio::test]
async fn a_call_whose_ringing_was_lost_is_asked_after() {
    let mut desk = Desk::open().await;
    let lost = EventFault {
        skip: 1,
        ..EventFault::once("telephony/sessions", EventEffect::Lose)
    };
    desk.control.add_event_fault(lost);
    desk.ring(caller(MARIA(), None), ADA);
    desk.until_all_has_arrived().await;
    assert!(
        desk.states().is_empty(),
        "it has only reached the extension as far as is known"
    );
    desk.pass(SignedDuration::from_secs(6));
    desk.step().await;
    assert_eq!(desk.states(), [State::Ringing]);
    desk.close();
}

#[tokio::test]
async fn a_call_of_which_only_presence_tells_comes_and_goes_in_moments() {
    let mut desk = Desk::open().await;
    desk.control.add_event_fault(EventFault {
        times: 1_000,
        ..EventFault::once("telephony/sessions", EventEffect::Lose)
    });
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.until_all_has_arrived().await;
    assert!(desk.states().is_empty());
    desk.pass(SignedDuration::from_secs(4));
    desk.step().await;
    assert_eq!(desk.states(), [State::Ringing]);

    desk.let_it(|world| call.answer(world));
    desk.until_all_has_arrived().await;
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.until_all_has_arrived().await;
    desk.pass(SignedDuration::from_secs(4));
    desk.step().await;
    assert!(desk.states().is_empty());
    desk.control.clear_faults();
    desk.close();
}

#[tokio::test]
async fn a_call_whose_end_was_lost_is_closed_by_asking() {
    let mut desk = Desk::open().await;
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| call.answer(world));
    desk.until("the call is answered", |desk| desk.states() == [State::Talking])
        .await;
    desk.control.add_event_fault(EventFault {
        times: 1,
        ..EventFault::once("telephony/sessions", EventEffect::Lose)
    });
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.until_all_has_arrived().await;
    assert_eq!(desk.states(), [State::Talking]);
    for _ in 0..50 {
        desk.pass(SignedDuration::from_secs(14));
        desk.step().await;
    }
    assert!(desk.states().is_empty());
    desk.close();
}

#[tokio::test]
async fn the_vendor_s_recorded_calls_give_one_card_each_with_the_right_end() {
    // The desk's owner has the very id of the callee of the one recording and the caller of the other.
    for (recording, session, cards) in [
        (
            "RingCentral-RingCentral.json",
            "s-f9badb80011344259059d6894a30ace2",
            vec![vec![State::Ringing], vec![State::Talking]],
        ),
        (
            "RingCentral-PSTN.json",
            "s-c23b203d62db4f6aaee00717bafa99be",
            vec![],
        ),
    ] {
        let Some(notifications) = recorded(recording) else {
            return;
        };
        // Years after the recording: its instants say nothing about what happens now.
        let mut desk = Desk::open().await;
        let mut shown = Vec::new();
        for notification in notifications {
            desk.control
                .world(|world| simulator::scenario::replay(world, vec![notification]));
            desk.until_all_has_arrived().await;
            let states = desk.states();
            if shown.last() != Some(&states) {
                shown.push(states);
            }
        }
        shown.retain(|states| !states.is_empty());
        let view = desk.calls.view(&CallSessionId::from(session)).unwrap();
        assert_eq!(view.state, State::Ended);
        assert!(view.answered_at.is_some());
        assert!(desk.states().is_empty());
        assert_eq!(shown, cards, "{recording}");
        desk.close();
    }
}

#[tokio::test]
async fn the_workers_bring_a_call_to_the_window_by_themselves() {
    let desk = Desk::open().await;
    let mut changes = desk.store.changes().listen();
    let Desk {
        subscription,
        follower,
        mut notices,
        mut shown,
        calls,
        control,
        simulator,
        ..
    } = desk;
    let workers = [
        tokio::spawn(subscription.run()),
        tokio::spawn(follower.run()),
        tokio::spawn(async move { notices.run().await }),
    ];
    control
        .world(|world| SteppedCall::ring(world, caller(MARIA(), None), CallTarget::Extension(ADA)))
        .unwrap();
    let arrival = async {
        while !matches!(changes.next().await, Some(CoreEvent::CallChanged { .. })) {}
        assert_eq!(calls.with_cards().len(), 1);
        assert!(matches!(shown.recv().await, Some(NoticeChange::Show(_))));
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), arrival)
        .await
        .expect("the call arrives");
    for worker in workers {
        worker.abort();
    }
    drop(simulator);
}

#[tokio::test]
async fn an_ignored_call_loses_its_card_and_its_notice_but_goes_on() {
    let mut desk = Desk::open().await;
    let call = desk.ring(caller(MARIA(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    assert_eq!(desk.notice_titles().len(), 1);
    let session = CallSessionId(call.session().to_string());
    assert!(desk.calls.ignore(&session));
    desk.step().await;
    assert!(desk.states().is_empty());
    assert_eq!(desk.notice_titles(), [None]);
    assert_eq!(desk.calls.view(&session).unwrap().state, State::Ringing);
    desk.let_it(|world| call.answer(world));
    desk.until("the call itself goes on", |desk| {
        desk.calls
            .view(&session)
            .is_some_and(|call| call.state == State::Talking)
    })
    .await;
    desk.close();
}

#[tokio::test]
async fn a_queue_that_rings_on_elsewhere_is_no_missed_call_here() {
    let mut desk = Desk::open().await;
    let call = desk.ring(caller(MARIA(), None), QUEUE);
    desk.until("the queue rings here", |desk| desk.states() == [State::Ringing])
        .await;
    desk.let_it(|world| {
        world.call(
            call.session(),
            simulator::world::CallVerb::Reject { by: Some(ADA) },
        )
    });
    desk.until("the card has left", |desk| desk.states().is_empty())
        .await;
    let session = CallSessionId(call.session().to_string());
    assert_eq!(desk.calls.view(&session).unwrap().state, State::Ended);
    desk.close();
}
