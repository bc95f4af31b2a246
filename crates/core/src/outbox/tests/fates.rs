use super::vendor::{Desk, Fate, Sight, job};
use crate::outbox::Step;
use crate::store::{NewJob, Urgency};
use domain::outgoing::{AttemptOutcome, HeldUp, OutgoingState};
use jiff::SignedDuration;

#[tokio::test]
async fn a_text_goes_out_once_and_is_accepted() {
    let mut desk = Desk::open().await;
    let id = desk.write("Ready", Urgency::Person).await;
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["Ready"]);
}

#[tokio::test]
async fn a_lost_answer_does_not_send_twice() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::ReplyLost]);
    let id = desk.write("Ready", Urgency::Person).await;
    assert_eq!(desk.step(Urgency::Person).await, Some(Step::Unknown(id)));
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["Ready"]);
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again_once_that_is_certain() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::NeverArrived]);
    let id = desk.write("Ready", Urgency::Person).await;
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["Ready"]);
    let attempts = desk.store.job(id).await.unwrap().attempts;
    let outcomes: Vec<_> = attempts.iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(
        outcomes,
        [Some(AttemptOutcome::Unknown), Some(AttemptOutcome::Accepted)]
    );
}

#[tokio::test]
async fn a_request_that_is_carried_out_late_is_waited_for() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::CarriedOutLate(150)]);
    let id = desk.write("Ready", Urgency::Person).await;
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["Ready"]);
}

#[tokio::test]
async fn killed_before_or_after_the_request_it_goes_out_once() {
    for fate in [Fate::KilledBefore, Fate::KilledAfter] {
        let mut desk = Desk::open().await;
        desk.expect(&[fate]);
        let id = desk.write("Ready", Urgency::Person).await;
        assert_eq!(desk.step(Urgency::Person).await, None);
        assert!(matches!(desk.state(id).await, OutgoingState::Unknown { .. }));
        desk.settle().await;
        assert_eq!(desk.state(id).await, OutgoingState::Accepted);
        assert_eq!(desk.carried_out(), ["Ready"]);
    }
}

#[tokio::test]
async fn without_network_everything_waits_and_goes_out_in_its_order_when_it_is_back() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::Offline, Fate::Offline]);
    desk.write_all(&["a one", "a two", "b three"], Urgency::Person)
        .await;
    assert!(matches!(desk.step(Urgency::Person).await, Some(Step::NotSent(_))));
    assert_eq!(desk.outbox.held_up(), Some(HeldUp::Offline));
    assert!(matches!(
        desk.step(Urgency::Person).await,
        Some(Step::Idle { until: Some(_) })
    ));
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["a one", "a two", "b three"]);
    assert_eq!(desk.outbox.held_up(), None);
}

#[tokio::test]
async fn the_wait_that_the_server_asked_for_is_kept_even_when_a_person_is_impatient() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::RateLimited]);
    desk.write("Ready", Urgency::Person).await;
    desk.step(Urgency::Person).await;
    desk.outbox.retry_now().await.unwrap();
    desk.pass(SignedDuration::from_secs(59));
    assert!(matches!(
        desk.step(Urgency::Person).await,
        Some(Step::Idle { .. })
    ));
    desk.pass(SignedDuration::from_secs(1));
    assert!(matches!(
        desk.step(Urgency::Person).await,
        Some(Step::Accepted(_))
    ));
}

#[tokio::test]
async fn a_refused_text_is_kept_with_its_reason_and_goes_out_when_a_person_tries_again() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::Refused]);
    let id = desk.write("Ready", Urgency::Person).await;
    desk.settle().await;
    let OutgoingState::Failed { reason, can_retry } = desk.state(id).await else {
        panic!("it was refused")
    };
    assert_eq!((reason.as_str(), can_retry), ("The number is blocked.", false));
    assert_eq!(desk.carried_out(), Vec::<String>::new());
    assert_eq!(desk.store.retry_job(id).await.unwrap(), id);
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
}

#[tokio::test]
async fn a_row_that_the_server_fails_at_again_and_again_is_left_to_a_person_and_others_go_on() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::ServerError; 5]);
    let poisoned = desk.write("a poisoned", Urgency::Person).await;
    desk.write("b sound", Urgency::Person).await;
    desk.settle().await;
    assert!(matches!(
        desk.state(poisoned).await,
        OutgoingState::Failed { can_retry: true, .. }
    ));
    assert_eq!(desk.carried_out(), ["b sound"]);
}

#[tokio::test]
async fn tries_without_a_network_are_not_counted_when_the_server_fails_later() {
    for waiting in [Fate::Offline, Fate::RateLimited] {
        let mut desk = Desk::open().await;
        desk.expect(&[waiting; 7]);
        desk.expect(&[Fate::ServerError, Fate::ServerError, waiting, Fate::ServerError]);
        let id = desk.write("Ready", Urgency::Person).await;
        desk.settle().await;
        assert_eq!(desk.state(id).await, OutgoingState::Accepted, "{waiting:?}");
        assert_eq!(desk.carried_out(), ["Ready"]);
        let attempts = desk.store.job(id).await.unwrap().attempts;
        let numbers: Vec<_> = attempts.iter().map(|attempt| attempt.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4], "{waiting:?}");
    }
}

#[tokio::test]
async fn what_was_taken_back_in_time_never_leaves() {
    let mut desk = Desk::open().await;
    let not_before = desk.clock.now() + SignedDuration::from_secs(5);
    let new = NewJob::for_person(job("Ready"), not_before);
    let id = desk.store.enqueue(&[new]).await.unwrap()[0];
    assert_eq!(
        desk.step(Urgency::Person).await,
        Some(Step::Idle {
            until: Some(not_before)
        })
    );
    assert_eq!(desk.store.cancel_job(id).await.unwrap(), Some(job("Ready")));
    desk.settle().await;
    assert_eq!(desk.carried_out(), Vec::<String>::new());
    assert_eq!(desk.store.cancel_job(id).await.unwrap(), None);
}

#[tokio::test]
async fn texts_to_the_same_person_keep_their_order_even_while_one_is_looked_for() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::NeverArrived]);
    desk.write_all(&["a first", "a second", "b other"], Urgency::Person)
        .await;
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["b other", "a first", "a second"]);
}

#[tokio::test]
async fn what_depends_on_a_failed_row_fails_with_it_and_what_depends_on_a_carried_out_one_goes() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::Refused]);
    let first = desk.write("a first", Urgency::Person).await;
    let then = |text: &str, depends_on| NewJob {
        depends_on: Some(depends_on),
        ..NewJob::for_person(job(text), desk.clock.now())
    };
    let second = desk.store.enqueue(&[then("b second", first)]).await.unwrap()[0];
    let third = desk.store.enqueue(&[then("c third", second)]).await.unwrap()[0];
    desk.settle().await;
    assert!(matches!(desk.state(third).await, OutgoingState::Failed { .. }));

    let first = desk.write("d first", Urgency::Person).await;
    let then = NewJob {
        depends_on: Some(first),
        ..NewJob::for_person(job("e second"), desk.clock.now())
    };
    desk.store.enqueue(&[then]).await.unwrap();
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["d first", "e second"]);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_begun() {
    let mut desk = Desk::open().await;
    let new = NewJob {
        expires_at: Some(desk.clock.now() + SignedDuration::from_secs(15)),
        ..NewJob::for_person(job("Ready"), desk.clock.now())
    };
    let id = desk.store.enqueue(&[new]).await.unwrap()[0];
    desk.pass(SignedDuration::from_secs(16));
    desk.settle().await;
    assert!(matches!(
        desk.state(id).await,
        OutgoingState::Failed { can_retry: true, .. }
    ));
    assert_eq!(desk.carried_out(), Vec::<String>::new());
}

#[tokio::test]
async fn a_person_is_not_kept_waiting_by_a_campaign() {
    let mut desk = Desk::open().await;
    let texts: Vec<String> = (0..10)
        .map(|number| format!("{number} of the campaign"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    desk.write_all(&texts, Urgency::Campaign).await;
    assert!(matches!(
        desk.step(Urgency::Campaign).await,
        Some(Step::Accepted(_))
    ));
    // The campaign waits for its next place; a person takes it at once.
    assert!(matches!(
        desk.step(Urgency::Campaign).await,
        Some(Step::Idle { until: Some(_) })
    ));
    desk.write("z from a person", Urgency::Person).await;
    assert!(matches!(
        desk.step(Urgency::Person).await,
        Some(Step::Accepted(_))
    ));
    desk.settle().await;
    assert_eq!(desk.carried_out()[1], "z from a person");
    assert_eq!(desk.carried_out().len(), 11);
}

#[tokio::test]
async fn a_clock_that_is_set_back_by_a_day_does_not_hold_anything_up() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::ReplyLost, Fate::Offline]);
    desk.write_all(&["a one", "b two", "c three"], Urgency::Person)
        .await;
    desk.step(Urgency::Person).await;
    desk.step(Urgency::Person).await;
    desk.clock.advance(SignedDuration::from_hours(-24));
    for _ in 0..4 {
        desk.step(Urgency::Person).await;
    }
    assert_eq!(desk.carried_out(), ["a one", "b two", "c three"]);
}

#[tokio::test]
async fn an_unknown_text_that_a_person_turned_away_from_is_not_sent_again() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::NeverArrived]);
    let id = desk.write("Ready", Urgency::Person).await;
    desk.step(Urgency::Person).await;
    assert_eq!(desk.store.dismiss_job(id).await.unwrap(), Some(job("Ready")));
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Cancelled);
    assert_eq!(desk.carried_out(), Vec::<String>::new());
}

#[tokio::test]
async fn looking_waits_for_the_network_too_and_outlives_a_kill() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::ReplyLost]);
    desk.vendor
        .with(|_, sights| sights.extend([Sight::Offline, Sight::Killed, Sight::Offline]));
    let id = desk.write("Ready", Urgency::Person).await;
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["Ready"]);
}
