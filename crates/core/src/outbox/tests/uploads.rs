use super::vendor::{Desk, Fate, job};
use crate::outbox::Step;
use crate::store::{NewJob, Urgency};
use domain::outgoing::OutgoingState;
use jiff::SignedDuration;

#[tokio::test]
async fn an_upload_that_is_killed_before_its_last_piece_is_sent_again_at_once() {
    let mut desk = Desk::open().await;
    let id = desk.write("fax ready", Urgency::Person).await;
    desk.expect(&[Fate::KilledBefore]);
    assert_eq!(desk.step(Urgency::Upload).await, None);
    assert!(matches!(desk.state(id).await, OutgoingState::Queued { .. }));
    assert_eq!(desk.step(Urgency::Upload).await, Some(Step::Accepted(id)));
    assert_eq!(desk.carried_out(), ["fax ready"]);
}

#[tokio::test]
async fn an_upload_that_is_killed_at_its_last_piece_is_looked_for_before_it_is_sent_again() {
    for (fate, sent) in [(Fate::KilledAtTheEnd, 1), (Fate::KilledAfter, 1)] {
        let mut desk = Desk::open().await;
        let id = desk.write("fax ready", Urgency::Person).await;
        desk.expect(&[fate]);
        assert_eq!(desk.step(Urgency::Upload).await, None);
        assert!(matches!(desk.state(id).await, OutgoingState::Unknown { .. }));
        desk.settle().await;
        assert_eq!(desk.carried_out().len(), sent, "{fate:?}");
    }
}

#[tokio::test]
async fn a_text_goes_while_a_fax_is_uploaded_and_waits_for_no_trouble_of_its() {
    let mut desk = Desk::open().await;
    desk.write("fax ready", Urgency::Person).await;
    let text = desk.write("a ready", Urgency::Person).await;
    desk.expect(&[Fate::RateLimited]);
    assert!(matches!(desk.step(Urgency::Upload).await, Some(Step::NotSent(_))));
    assert_eq!(desk.step(Urgency::Person).await, Some(Step::Accepted(text)));
    assert!(desk.outbox.held_up().is_none() && desk.outbox.uploads_held_up().is_some());
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["a ready", "fax ready"]);
}

#[tokio::test]
async fn an_upload_that_breaks_off_waits_says_why_and_lets_others_go() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::CutOff]);
    let large = desk.write("fax large", Urgency::Person).await;
    assert_eq!(desk.step(Urgency::Upload).await, Some(Step::NotSent(large)));
    let row = desk.store.job(large).await.unwrap();
    let not_before = desk.clock.now() + SignedDuration::from_secs(10);
    assert_eq!(row.state, OutgoingState::Queued { not_before });
    let words = row.attempts.last().unwrap().words.as_deref();
    assert_eq!(words, Some("The connection broke off at 40 %."));
    assert!(desk.outbox.uploads_held_up().is_none());
    let small = desk.write_to_others("fax small").await;
    assert_eq!(desk.step(Urgency::Upload).await, Some(Step::Accepted(small)));
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["fax small", "fax large"]);
}

#[tokio::test]
async fn an_upload_that_is_always_cut_is_left_to_a_person_who_can_try_it_as_often_again() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::CutOff; 6]);
    let id = desk.write("fax large", Urgency::Person).await;
    let began = desk.clock.now();
    desk.settle().await;
    let OutgoingState::Failed { reason, can_retry } = desk.state(id).await else {
        panic!("it was cut each time")
    };
    assert!(
        can_retry && reason.contains("40 %") && reason.contains("6 times"),
        "{reason}"
    );
    assert!(desk.clock.now().duration_since(began) >= SignedDuration::from_mins(20));
    assert_eq!(desk.store.retry_job(id).await.unwrap(), id);
    desk.expect(&[Fate::CutOff; 5]);
    desk.settle().await;
    assert_eq!(desk.state(id).await, OutgoingState::Accepted);
    assert_eq!(desk.carried_out(), ["fax large"]);
}

#[tokio::test]
async fn a_lost_network_is_not_counted_among_cut_uploads() {
    let mut desk = Desk::open().await;
    let cut_in_a_tunnel = [Fate::CutOff, Fate::Offline, Fate::Offline, Fate::Offline];
    for _ in 0..5 {
        desk.expect(&cut_in_a_tunnel);
    }
    desk.write("fax large", Urgency::Person).await;
    desk.settle().await;
    assert_eq!(desk.carried_out(), ["fax large"]);
}

#[tokio::test]
async fn a_person_can_try_an_upload_that_broke_off_without_waiting() {
    let mut desk = Desk::open().await;
    desk.expect(&[Fate::CutOff, Fate::CutOff]);
    let id = desk.write("fax large", Urgency::Person).await;
    desk.step(Urgency::Upload).await;
    assert!(matches!(
        desk.step(Urgency::Upload).await,
        Some(Step::Idle { .. })
    ));
    for stepped in [Step::NotSent(id), Step::Accepted(id)] {
        desk.outbox.retry_now().await.unwrap();
        assert_eq!(desk.step(Urgency::Upload).await, Some(stepped));
    }
    assert_eq!(desk.carried_out(), ["fax large"]);
}

#[tokio::test]
async fn trying_at_once_does_not_hurry_what_was_written_to_leave_later() {
    let mut desk = Desk::open().await;
    let later = |name: &str| NewJob::for_person(job(name), desk.clock.now() + SignedDuration::from_secs(5));
    let jobs = [later("fax ready"), later("a ready")];
    desk.store.enqueue(&jobs).await.unwrap();
    desk.outbox.retry_now().await.unwrap();
    for urgency in [Urgency::Upload, Urgency::Person] {
        assert!(matches!(
            desk.step(urgency).await,
            Some(Step::Idle { until: Some(_) })
        ));
    }
    assert_eq!(desk.carried_out(), Vec::<String>::new());
}
