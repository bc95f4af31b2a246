use super::super::plan::*;
use domain::presence::Availability;
use jiff::{SignedDuration, Timestamp};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn heard(sequence: u64) -> Order {
    Order {
        sequence: Some(sequence),
        ..Order::default()
    }
}

const CERTAIN: Verdict = Verdict::News { is_certain: true };
const UNCERTAIN: Verdict = Verdict::News { is_certain: false };

#[test]
fn a_lower_number_is_older_news_and_the_same_number_the_same() {
    let order = heard(2698);
    assert_eq!(order.judge(Some(2697), Some(at(9))), Verdict::Older);
    assert_eq!(order.judge(Some(2698), Some(at(9))), Verdict::Repeated);
    assert_eq!(order.judge(Some(2699), Some(at(9))), CERTAIN);
    // Far behind is only late: no answer has said since that numbers start over.
    assert_eq!(order.judge(Some(3), Some(at(9))), Verdict::Older);
}

#[test]
fn what_was_sent_before_an_answer_was_asked_for_does_not_undo_it() {
    let mut order = heard(10);
    order.answered(Some(at(100)));
    assert_eq!(order.judge(Some(11), Some(at(90))), Verdict::Doubtful);
    assert_eq!(order.judge(Some(9), Some(at(90))), Verdict::Older);
    assert_eq!(order.judge(Some(11), Some(at(120))), CERTAIN);
    // So close that nobody can tell: it is taken, and asked after.
    assert_eq!(order.judge(Some(11), Some(at(99))), UNCERTAIN);
    assert_eq!(order.judge(Some(11), None), UNCERTAIN);
}

#[test]
fn numbers_that_start_over_after_an_answer_go_on_from_there() {
    let mut order = heard(2698);
    order.answered(Some(at(100)));
    let verdict = order.judge(Some(5), Some(at(4000)));
    assert_eq!(verdict, UNCERTAIN);
    order.note(Some(5), verdict);
    assert_eq!(order.sequence, Some(5));
    assert_eq!(order.judge(Some(6), Some(at(4010))), CERTAIN);
    // What lay about from the time before is not taken, and changes nothing for those that follow.
    let verdict = order.judge(Some(2699), Some(at(50)));
    assert_eq!(verdict, Verdict::Doubtful);
    order.note(Some(2699), verdict);
    assert_eq!(order.sequence, Some(5));
}

#[test]
fn an_event_without_a_number_is_taken_and_asked_after() {
    assert_eq!(heard(7).judge(None, Some(at(0))), UNCERTAIN);
    let mut order = heard(7);
    order.note(None, UNCERTAIN);
    assert_eq!(order.sequence, Some(7));
}

fn before(availability: Availability, since: Option<i64>, updated: i64) -> Option<Before> {
    Some(Before {
        availability,
        since: since.map(at),
        updated_at: at(updated),
        is_of_this_run: true,
    })
}

const ANSWER: Told = Told::Answer { call_began_at: None };

#[test]
fn time_in_state_begins_anew_only_with_another_state() {
    let held = before(Availability::Available, Some(10), 20);
    let event = |second| Told::Event {
        happened_at: at(second),
    };
    assert_eq!(
        since(held, Availability::Available, event(30), at(30)),
        Some(at(10))
    );
    assert_eq!(since(held, Availability::OnCall, event(30), at(31)), Some(at(30)));
    assert_eq!(since(held, Availability::Busy, Told::Wish, at(31)), Some(at(31)));
}

#[test]
fn an_answer_that_differs_does_not_invent_when_it_began() {
    let held = before(Availability::Available, Some(10), 20);
    assert_eq!(since(held, Availability::Busy, ANSWER, at(600)), None);
    // Told only just now that it was otherwise: it began just now.
    assert_eq!(since(held, Availability::Busy, ANSWER, at(40)), Some(at(40)));
    let on_call = Told::Answer {
        call_began_at: Some(at(300)),
    };
    assert_eq!(since(held, Availability::OnCall, on_call, at(600)), Some(at(300)));
    assert_eq!(since(None, Availability::OnCall, on_call, at(600)), Some(at(300)));
}

#[test]
fn what_held_yesterday_is_not_said_to_have_held_all_night() {
    let held = before(Availability::Available, Some(10), 20);
    let night = SignedDuration::from_hours(12).as_secs();
    assert_eq!(since(held, Availability::Available, ANSWER, at(night)), None);
    assert_eq!(
        since(held, Availability::Available, ANSWER, at(3600)),
        Some(at(10))
    );
}
