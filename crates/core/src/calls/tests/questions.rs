//! When the server is asked, and what its answer does.

use super::super::change::PartyStatus::*;
use super::*;

fn session() -> CallSessionId {
    CallSessionId::from("s-1")
}

fn after(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

#[test]
fn a_call_that_rings_too_long_is_asked_after() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding)]);
    assert!(board.tick(after(60)).to_ask.is_empty());
    let due = board.next_due().unwrap();
    assert_eq!(due, after(62));
    assert_eq!(board.tick(due).to_ask, [session()]);
    assert!(board.tick(due).to_ask.is_empty(), "one question at a time");
}

#[test]
fn a_call_that_reached_us_and_never_rings_is_asked_after_soon() {
    let mut board = board();
    play(&mut board, &[own(2, Setup)]);
    assert_eq!(board.tick(after(8)).to_ask, [session()]);
}

#[test]
fn a_session_the_server_does_not_know_any_more_is_closed() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(3, Answered)]);
    let transition = board.close(&session(), after(10)).unwrap();
    assert_eq!(transition.call.state, LiveCallState::Ended);
    assert!(!transition.call.is_undecided);
    assert!(board.cards(after(10)).is_empty());
}

#[test]
fn a_ringing_call_that_the_server_forgot_is_ended_and_left_to_the_call_log() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding)]);
    let transition = board.close(&session(), after(10)).unwrap();
    assert_eq!(transition.call.state, LiveCallState::Ended);
    assert!(transition.call.is_undecided);
}

#[test]
fn an_answer_settles_what_the_notifications_left_open() {
    let mut board = board();
    play(
        &mut board,
        &[queued(own(3, Proceeding)), queued(own(4, Disconnected))],
    );
    let answer = [
        asked(own(4, Disconnected)),
        asked(queued(party("p-3", Some(COLLEAGUE), 4, Answered))),
    ];
    let transitions = board.apply(&answer, after(6));
    assert_eq!(states(&transitions), [LiveCallState::AnsweredElsewhere]);
    assert!(board.tick(after(600)).to_ask.is_empty());
}

#[test]
fn a_notification_that_comes_after_the_answer_counts_and_one_from_before_does_not() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(5, Hold)]);
    let answer = asked(own(5, Answered));
    assert_eq!(
        states(&board.apply(&[answer], after(6))),
        [LiveCallState::Talking]
    );
    assert_eq!(
        states(&board.apply(&[own(4, Parked)], after(7))),
        [LiveCallState::Talking]
    );
    assert_eq!(
        states(&board.apply(&[own(6, Disconnected)], after(8))),
        [LiveCallState::Ended]
    );
}

#[test]
fn a_question_that_failed_is_put_again_later_each_time() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding)]);
    let mut now = after(100);
    let mut waits = Vec::new();
    for _ in 0..4 {
        assert_eq!(board.tick(now).to_ask.len(), 1);
        board.question_failed(&session(), now);
        let due = board.next_due().unwrap();
        waits.push(due.duration_since(now).as_secs());
        now = due;
    }
    assert_eq!(waits, [10, 20, 40, 80]);
}

#[test]
fn after_a_gap_every_live_call_is_asked_after_and_no_other() {
    let mut board = board();
    let other = PartyChange {
        session_id: CallSessionId::from("s-2"),
        ..own(4, Disconnected)
    };
    play(&mut board, &[own(2, Proceeding), own(3, Answered), other]);
    board.tick(after(5));
    board.ask_after_all(after(6));
    assert_eq!(board.tick(after(6)).to_ask, [session()]);
}

#[test]
fn a_call_that_ended_while_the_computer_slept_never_rings() {
    let mut board = board();
    let hours_later = after(7200);
    board.wake(hours_later);
    assert!(board.apply(&[own(2, Proceeding)], hours_later).is_empty());
    assert!(board.cards(hours_later).is_empty());
    assert_eq!(board.tick(hours_later).to_ask, [session()]);
    assert_eq!(board.close(&session(), hours_later), None);
    assert!(board.cards(hours_later).is_empty());
}

#[test]
fn an_old_call_that_the_server_still_knows_is_shown() {
    let mut board = board();
    let later = after(1200);
    board.wake(later);
    assert!(board.apply(&[own(3, Answered)], later).is_empty());
    board.tick(later);
    let transitions = board.apply(&[asked(own(3, Answered))], later);
    assert_eq!(states(&transitions), [LiveCallState::Talking]);
    assert_eq!(board.cards(later).len(), 1);
}

#[test]
fn an_ended_call_is_forgotten_only_when_no_replay_can_bring_it_back() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(3, Disconnected)]);
    board.tick(after(600));
    assert!(board.knows(&session()));
    assert!(board.apply(&[own(2, Proceeding)], after(600)).is_empty());
    board.tick(after(1000));
    assert!(!board.knows(&session()));
}
