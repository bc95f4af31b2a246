//! What the parties of a call make of it, and what the server's answers change.

use super::super::corrected;
use super::*;
use crate::calls::PartyStatus::*;
use domain::live_calls::CompanyCallState as State;

fn state_after(changes: &[PartyChange]) -> Option<State> {
    view_after(changes).map(|view| view.state)
}

#[test]
fn a_call_rings_is_talked_on_held_and_over() {
    let ada = |sequence, status| called("p-1", ADA, sequence, status);
    let story = [
        ada(2, Setup),
        ada(3, Proceeding),
        ada(10, Answered),
        ada(20, Hold),
        ada(25, Answered),
        ada(40, Disconnected),
    ];
    let expected = [
        Some((State::Ringing, 2)),
        Some((State::Ringing, 2)),
        Some((State::Talking, 10)),
        Some((State::OnHold, 20)),
        Some((State::Talking, 25)),
        None,
    ];
    for (length, expected) in (1..).zip(expected) {
        let view = view_after(&story[..length]);
        let told = view.map(|view| (view.state, view.state_since));
        assert_eq!(
            told,
            expected.map(|(state, since)| (state, at(since))),
            "after {length}"
        );
    }
}

#[test]
fn a_second_notification_of_the_same_state_does_not_begin_it_anew() {
    let ada = |sequence, status| called("p-1", ADA, sequence, status);
    let mut story = vec![ada(2, Proceeding), ada(10, Answered)];
    // Muted and unmuted, again and again.
    story.extend((11..60).map(|sequence| ada(sequence, Answered)));
    let view = view_after(&story).unwrap();
    assert_eq!(view.state_since, at(10));
    assert_eq!((view.started_at, view.answered_at), (at(2), Some(at(10))));
}

#[test]
fn a_caller_waits_in_the_queue_while_phones_ring_until_somebody_talks() {
    let agent = |id: &str, extension: &str, sequence, status| PartyChange {
        is_queue_call: true,
        ..called(id, extension, sequence, status)
    };
    let mut story = vec![
        called("p-1", QUEUE, 2, Setup),
        // The queue plays music.
        called("p-1", QUEUE, 3, Answered),
        agent("p-2", ADA, 4, Proceeding),
        agent("p-3", BEN, 5, Proceeding),
    ];
    let view = view_after(&story).unwrap();
    assert_eq!((view.state, view.state_since), (State::Waiting, at(2)));
    assert_eq!(view.queue_name.as_deref(), Some("Sales"));
    assert_eq!(view.colleagues.len(), 2, "a queue is no colleague");
    assert_eq!(view.answered_at, None);

    story.extend([
        agent("p-3", BEN, 12, Answered),
        because(
            DisconnectReason::TakenElsewhere,
            called("p-1", QUEUE, 13, Disconnected),
        ),
        because(
            DisconnectReason::TakenElsewhere,
            agent("p-2", ADA, 14, Disconnected),
        ),
    ]);
    let view = view_after(&story).unwrap();
    assert_eq!((view.state, view.state_since), (State::Talking, at(12)));
    assert_eq!(
        view.queue_id,
        Some(ExtensionId::from(QUEUE)),
        "it came through the queue all the same"
    );
    let talking: Vec<&str> = view
        .colleagues
        .iter()
        .map(|one| one.extension_id.as_str())
        .collect();
    assert_eq!(talking, [BEN]);

    story.push(because(
        DisconnectReason::PassedOn,
        agent("p-3", BEN, 30, Disconnected),
    ));
    story.push(agent("p-4", ADA, 31, Proceeding));
    assert_eq!(
        state_after(&story),
        Some(State::Ringing),
        "whoever was talked to does not wait in the queue"
    );
}

#[test]
fn one_of_ours_who_calls_out_talks_when_the_other_end_does() {
    let ada = |sequence, status| calling("p-1", ADA, number(), sequence, status);
    let story = [
        ada(2, Setup),
        outside("p-2", 3, Proceeding),
        ada(4, Proceeding),
        outside("p-2", 9, Answered),
        ada(10, Answered),
    ];
    let view = view_after(&story[..3]).unwrap();
    assert_eq!(
        (view.state, view.direction),
        (State::Ringing, Direction::Outbound)
    );
    assert_eq!(view.other.number.as_deref(), Some(CALLER));
    let view = view_after(&story).unwrap();
    assert_eq!((view.state, view.answered_at), (State::Talking, Some(at(9))));
    assert!(!view.is_internal);
}

#[test]
fn a_colleague_who_is_called_rings_although_the_exchange_has_answered_the_caller() {
    let ben = Endpoint {
        number: Some("102".to_owned()),
        name: Some("Ben".to_owned()),
        extension_id: Some(ExtensionId::from(BEN)),
    };
    let to_ben = |sequence, status| PartyChange {
        from: Endpoint {
            number: Some("101".to_owned()),
            name: Some("Ada".to_owned()),
            extension_id: Some(ExtensionId::from(ADA)),
        },
        to: ben.clone(),
        ..called("p-2", BEN, sequence, status)
    };
    let story = [
        calling("p-1", ADA, ben.clone(), 2, Setup),
        to_ben(3, Setup),
        calling("p-1", ADA, ben.clone(), 4, Answered),
        to_ben(5, Proceeding),
        to_ben(9, Answered),
    ];
    let view = view_after(&story[..4]).unwrap();
    assert_eq!((view.state, view.is_internal), (State::Ringing, true));
    assert_eq!(view.answered_at, None);
    let view = view_after(&story).unwrap();
    assert_eq!((view.state, view.state_since), (State::Talking, at(9)));
    assert_eq!(view.other.name.as_deref(), Some("Ben"));
    assert!(
        view.colleagues
            .iter()
            .any(|one| one.is_other && one.extension_id.as_str() == BEN)
    );
}

#[test]
fn parked_calls_and_callers_who_leave_a_message_are_told_and_a_fax_is_no_call() {
    let ada = |sequence, status| called("p-1", ADA, sequence, status);
    assert_eq!(
        state_after(&[ada(2, Answered), ada(3, Parked)]),
        Some(State::Parked)
    );
    assert_eq!(
        state_after(&[ada(2, Proceeding), ada(3, Voicemail)]),
        Some(State::Voicemail)
    );
    assert_eq!(state_after(&[ada(2, Proceeding), ada(3, FaxReceive)]), None);
}

#[test]
fn whoever_listens_in_is_no_member_and_does_not_keep_the_call_alive() {
    let listens = |sequence, status| {
        because(
            DisconnectReason::Supervising,
            called("p-9", "555", sequence, status),
        )
    };
    let mut story = vec![called("p-1", ADA, 2, Answered), listens(5, Answered)];
    let view = view_after(&story).unwrap();
    assert_eq!(view.supervisors, [ExtensionId::from("555")]);
    assert_eq!(view.colleagues.len(), 1);
    assert_eq!((view.state, view.state_since), (State::Talking, at(2)));
    story.push(listens(8, Disconnected));
    assert!(view_after(&story).unwrap().supervisors.is_empty());
    let alone = [
        story[0].clone(),
        story[1].clone(),
        called("p-1", ADA, 9, Disconnected),
    ];
    assert_eq!(view_after(&alone), None);
}

#[test]
fn an_ended_call_is_not_revived_by_what_comes_late_nor_by_the_list() {
    let mut board = board();
    let ada = |sequence, status| called("p-1", ADA, sequence, status);
    play(&mut board, &[ada(2, Setup), ada(6, Disconnected)]);
    // Of a party that nobody had heard of, half a minute late: it may have been there, and only the server knows.
    board.apply(&[called("p-2", BEN, 4, Answered)], at(40));
    assert_eq!(board.view(&session()), None);
    assert_eq!(board.due(10, at(40)), [session()]);
    let order = board.order_of_answer(&session(), at(40));
    board.close(&session(), order, at(41));
    board.apply(&[called("p-2", BEN, 5, Hold)], at(42));
    assert_eq!(board.view(&session()), None);

    board.seen(&[asked(ada(0, Answered))], at(50), true, at(50));
    assert_eq!(board.view(&session()), None);
    assert!(
        board.due(10, at(50)).is_empty(),
        "ended calls linger in the list: nothing to look into"
    );
}

#[test]
fn notifications_that_overtake_each_other_end_nothing() {
    let mut board = board();
    let quick = |board: &mut Board, change: PartyChange| {
        board.apply(&[change], at(9));
    };
    quick(&mut board, called("p-1", QUEUE, 2, Setup));
    quick(
        &mut board,
        because(
            DisconnectReason::TakenElsewhere,
            called("p-1", QUEUE, 8, Disconnected),
        ),
    );
    quick(&mut board, called("p-2", BEN, 7, Answered));
    assert_eq!(
        board.view(&session()).map(|view| view.state),
        Some(State::Talking)
    );
}

#[test]
fn a_listed_call_that_is_unknown_is_shown_when_the_server_confirms_it() {
    let mut board = board();
    board.seen(&[asked(called("p-1", ADA, 3, Answered))], at(60), true, at(60));
    assert_eq!(
        board.view(&session()),
        None,
        "it may be over: ended calls linger there"
    );
    assert_eq!(board.due(10, at(60)), [session()]);
    let order = board.order_of_answer(&session(), at(60));
    let answer = PartyChange {
        order,
        ..called("p-1", ADA, 60, Hold)
    };
    board.answered(&session(), &[answer], Some(at(1)), order, at(60));
    let view = board.view(&session()).unwrap();
    assert_eq!((view.state, view.started_at), (State::OnHold, at(1)));
    // Whoever may not ask after single calls takes the list at its word.
    let mut without = super::board();
    without.seen(&[asked(called("p-1", ADA, 3, Answered))], at(60), false, at(60));
    assert!(without.view(&session()).is_some());
    without.seen(&[], at(90), false, at(90));
    assert_eq!(without.view(&session()), None);
}

#[test]
fn a_live_call_that_the_list_lacks_is_asked_after_but_not_before_the_list_can_have_it() {
    let mut board = board();
    play(&mut board, &[called("p-1", ADA, 2, Answered)]);
    board.seen(&[], at(10), true, at(10));
    assert!(board.due(10, at(10)).is_empty());
    board.seen(&[], at(20), true, at(20));
    assert_eq!(board.due(10, at(20)), [session()]);
    assert!(
        board.view(&session()).is_some(),
        "it is shown until the server has said otherwise"
    );
}

#[test]
fn whoever_an_answer_does_not_name_has_left() {
    let mut board = board();
    play(
        &mut board,
        &[called("p-1", ADA, 2, Answered), called("p-2", BEN, 3, Proceeding)],
    );
    let order = board.order_of_answer(&session(), at(30));
    let answer = PartyChange {
        order,
        ..called("p-2", BEN, 30, Answered)
    };
    board.answered(&session(), &[answer], None, order, at(30));
    let view = board.view(&session()).unwrap();
    assert_eq!(view.colleagues.len(), 1);
    assert_eq!(view.colleagues[0].extension_id.as_str(), BEN);
}

#[test]
fn when_the_other_end_has_hung_up_and_ours_does_not_leave_the_call_is_looked_at_soon() {
    let mut board = board();
    let ada = |sequence, status| calling("p-1", ADA, number(), sequence, status);
    play(
        &mut board,
        &[
            ada(2, Setup),
            outside("p-2", 3, Answered),
            ada(4, Answered),
            outside("p-2", 9, Disconnected),
        ],
    );
    assert!(board.due(10, at(11)).is_empty());
    assert_eq!(board.due(10, at(13)), [session()]);
}

#[test]
fn instants_of_the_server_are_put_on_our_clock_and_nothing_happens_in_the_future() {
    let ahead = SignedDuration::from_mins(7);
    assert_eq!(corrected(at(420), Some(ahead), at(30)), at(0));
    assert_eq!(corrected(at(0), Some(-ahead), at(430)), at(420));
    assert_eq!(corrected(at(500), Some(ahead), at(30)), at(30));
    assert_eq!(
        corrected(at(0), None, at(30)),
        at(30),
        "without an offset it happened when it was heard"
    );
}
