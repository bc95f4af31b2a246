//! Jobs: each voicemail is written down once, whatever happens meanwhile.

use super::super::error::TranscribeError;
use super::super::queue::Step;
use super::made_up::{Desk, Fate};
use crate::error::CoreError;
use crate::search::Query;
use crate::store::TranscriptState::{Failed, InProgress, NotAvailable, Ready};
use crate::store::Urgency;
use domain::ids::CommunicationId;
use domain::transcription::{TranscriberKind, TranscriptionWork};
use jiff::SignedDuration;
use std::task::Poll;

/// Polls a step until it waits for something, then lets the caller do what it wants.
macro_rules! begun {
    ($step:ident, $desk:expr) => {
        let transcriptions = $desk.transcriptions.clone();
        let mut $step = Box::pin(async move { transcriptions.step().await.unwrap() });
        loop {
            let polled = futures_util::poll!(&mut $step);
            assert!(polled.is_pending(), "{polled:?}");
            if $desk.asked() > 0 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
}

async fn work(desk: &Desk, item: CommunicationId) -> Option<TranscriptionWork> {
    desk.transcriptions.state(item).await.unwrap().work
}

#[tokio::test]
async fn a_new_voicemail_is_written_down_once_and_found_by_its_words() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    assert_eq!(desk.step().await, Step::Written(item));
    assert!(matches!(desk.step().await, Step::Idle { until: None }));
    assert_eq!(desk.text(item).await.as_deref(), Some("Please call me back"));
    let found = desk
        .test
        .store
        .find_communications(&Query::read("back"), 10)
        .await;
    assert_eq!(found.unwrap().len(), 1);
    assert_eq!(work(&desk, item).await, None);
}

#[tokio::test]
async fn what_ringcentral_may_still_write_is_waited_for() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, InProgress).await;
    let Step::Idle { until: Some(until) } = desk.step().await else {
        panic!()
    };
    desk.test.clock.set(until);
    assert_eq!(desk.step().await, Step::Written(item));
}

#[tokio::test]
async fn history_is_written_down_only_when_somebody_asks_for_all() {
    let desk = Desk::new().await;
    let old = desk.receive("1", -2 * 24 * 60, Failed).await;
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    assert_eq!(desk.transcriptions.want_all().await.unwrap(), 1);
    assert_eq!(desk.transcriptions.want_all().await.unwrap(), 0);
    assert_eq!(desk.step().await, Step::Written(old));
}

#[tokio::test]
async fn nothing_is_written_down_by_itself_when_a_person_does_not_want_that() {
    let desk = Desk::new().await;
    let mut settings = desk.test.store.settings().await.unwrap();
    settings.transcription.is_automatic = false;
    desk.test.store.save_settings(&settings).await.unwrap();
    desk.receive("1", 0, NotAvailable).await;
    assert!(matches!(desk.step().await, Step::Idle { until: None }));
}

#[tokio::test]
async fn what_is_asked_for_twice_is_done_once() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, InProgress).await;
    desk.transcriptions.want(item, None).await.unwrap();
    desk.transcriptions
        .want(item, Some(TranscriberKind::Gemini))
        .await
        .unwrap();
    assert_eq!(work(&desk, item).await, Some(TranscriptionWork::Waiting));
    assert_eq!(desk.step().await, Step::Written(item));
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    assert_eq!(*desk.made_up.asked.lock().unwrap(), [TranscriberKind::Gemini]);
}

#[tokio::test]
async fn what_a_person_asks_for_goes_before_all_the_rest() {
    let desk = Desk::new().await;
    let first = desk.receive("1", -3000, NotAvailable).await;
    let second = desk.receive("2", -2900, NotAvailable).await;
    desk.transcriptions.want_all().await.unwrap();
    desk.transcriptions.want(first, None).await.unwrap();
    assert_eq!(desk.step().await, Step::Written(first));
    assert_eq!(desk.step().await, Step::Written(second));
}

#[tokio::test]
async fn trouble_that_passes_is_waited_out_while_others_go_on_and_is_given_up_in_the_end() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    let mut waits = Vec::new();
    loop {
        desk.expect([Fate::Trouble(TranscribeError::later("It has a fault."))]);
        let began_at = desk.test.clock.now();
        match desk.step().await {
            Step::Waits(waiting) => assert_eq!(waiting, item),
            Step::Failed(failed) => break assert_eq!(failed, item),
            other => panic!("{other:?}"),
        }
        let Step::Idle { until: Some(until) } = desk.step().await else {
            panic!()
        };
        waits.push(until.duration_since(began_at).as_secs());
        if waits.len() == 1 {
            let other = desk.receive("2", 0, NotAvailable).await;
            assert_eq!(desk.step().await, Step::Written(other));
        }
        desk.test.clock.set(until);
    }
    assert_eq!(waits, [20, 40, 80, 160, 320]);
    let expected = TranscriptionWork::Failed {
        reason: "It has a fault.".to_owned(),
        can_retry: true,
    };
    assert_eq!(work(&desk, item).await, Some(expected));
    // A person may want it once more.
    desk.transcriptions.want(item, None).await.unwrap();
    assert_eq!(desk.step().await, Step::Written(item));
}

#[tokio::test]
async fn without_network_it_waits_as_long_as_it_takes() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    for _ in 0..50 {
        *desk.made_up.unfetched.lock().unwrap() = Some(CoreError::Offline { source: None });
        assert_eq!(desk.step().await, Step::Waits(item));
        desk.test.clock.advance(SignedDuration::from_mins(1));
    }
    *desk.made_up.unfetched.lock().unwrap() = Some(CoreError::SignInRequired);
    assert_eq!(desk.step().await, Step::Waits(item));
    assert!(matches!(desk.step().await, Step::Idle { until: Some(_) }));
    // Somebody signed in.
    desk.transcriptions.retry_now().await.unwrap();
    assert_eq!(desk.step().await, Step::Written(item));
}

#[tokio::test]
async fn a_refusal_is_said_and_not_tried_again_by_itself() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.expect([Fate::Trouble(TranscribeError::refused("It is damaged.", false))]);
    assert_eq!(desk.step().await, Step::Failed(item));
    desk.test.clock.advance(SignedDuration::from_hours(1));
    assert!(matches!(desk.step().await, Step::Idle { until: None }));
    let expected = TranscriptionWork::Failed {
        reason: "It is damaged.".to_owned(),
        can_retry: false,
    };
    assert_eq!(work(&desk, item).await, Some(expected));
}

#[tokio::test]
async fn a_killed_program_takes_up_what_it_was_doing_and_writes_it_once() {
    let mut desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.expect([Fate::Hangs]);
    {
        begun!(step, desk);
        let expected = TranscriptionWork::Running { percent: Some(40) };
        assert_eq!(work(&desk, item).await, Some(expected));
    }
    desk.restart().await;
    assert_eq!(desk.step().await, Step::Written(item));
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    assert_eq!(desk.asked(), 2);
}

#[tokio::test]
async fn a_recording_that_ends_the_program_each_time_is_left_to_a_person() {
    let mut desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    for _ in 0..6 {
        desk.made_up.asked.lock().unwrap().clear();
        desk.expect([Fate::Hangs]);
        {
            begun!(step, desk);
        }
        desk.restart().await;
    }
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    assert!(matches!(
        work(&desk, item).await,
        Some(TranscriptionWork::Failed { can_retry: true, .. })
    ));
}

#[tokio::test]
async fn a_program_that_ends_in_good_order_puts_it_back_and_counts_nothing() {
    let mut desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    for _ in 0..10 {
        desk.made_up.asked.lock().unwrap().clear();
        desk.expect([Fate::Hangs]);
        begun!(step, desk);
        desk.transcriptions.stop();
        assert_eq!(step.await, Step::Dropped(item));
        desk.restart().await;
    }
    assert_eq!(work(&desk, item).await, Some(TranscriptionWork::Waiting));
    assert_eq!(desk.step().await, Step::Written(item));
}

#[tokio::test]
async fn what_is_stopped_ends_at_once_and_is_not_begun_again() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.expect([Fate::Hangs]);
    begun!(step, desk);
    assert_eq!(desk.transcriptions.cancel(Some(item)).await.unwrap(), 1);
    assert_eq!(step.await, Step::Dropped(item));
    assert_eq!(work(&desk, item).await, None);
    assert!(matches!(desk.step().await, Step::Idle { until: None }));
    assert_eq!(desk.text(item).await, None);
}

#[tokio::test]
async fn everything_that_waits_is_stopped_together() {
    let desk = Desk::new().await;
    for id in ["1", "2", "3"] {
        desk.receive(id, -3000, NotAvailable).await;
    }
    desk.transcriptions.want_all().await.unwrap();
    assert_eq!(desk.transcriptions.cancel(None).await.unwrap(), 3);
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    assert_eq!(desk.asked(), 0);
}

#[tokio::test]
async fn the_words_of_ringcentral_make_a_job_that_waits_needless() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, Ready { is_partial: false }).await;
    desk.transcriptions.want(item, None).await.unwrap();
    desk.test
        .store
        .set_transcript(item, "From RingCentral")
        .await
        .unwrap();
    assert_eq!(desk.step().await, Step::Dropped(item));
    assert_eq!(desk.text(item).await.as_deref(), Some("From RingCentral"));
    assert_eq!(desk.asked(), 0);
}

#[tokio::test]
async fn when_nobody_can_it_is_said_why() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    *desk.made_up.hindered.lock().unwrap() = vec![
        TranscriberKind::ThisComputer,
        TranscriberKind::Gemini,
        TranscriberKind::OpenAi,
    ];
    // Nothing is queued only to fail.
    assert!(matches!(desk.step().await, Step::Idle { .. }));
    for refused in [
        desk.transcriptions.want(item, None).await.unwrap_err(),
        desk.transcriptions.want_all().await.unwrap_err(),
    ] {
        assert!(refused.to_string().contains("ThisComputer is away."), "{refused}");
    }
    desk.made_up.hindered.lock().unwrap().pop();
    assert_eq!(desk.step().await, Step::Written(item));
}

#[tokio::test]
async fn a_voicemail_that_is_deleted_meanwhile_leaves_nothing() {
    let desk = Desk::new().await;
    let item = desk.receive("1", 0, NotAvailable).await;
    desk.transcriptions.want(item, None).await.unwrap();
    desk.test
        .apply(vec![crate::store::Change::Delete {
            source: crate::store::Source::MessageStore,
            remote_id: "1".to_owned(),
        }])
        .await;
    assert_eq!(desk.step().await, Step::Dropped(item));
    assert!(matches!(desk.step().await, Step::Idle { until: None }));
}

#[tokio::test]
async fn texts_neither_wait_for_transcriptions_nor_are_counted_with_them() {
    let desk = Desk::new().await;
    let store = &desk.test.store;
    desk.receive("1", -3000, NotAvailable).await;
    let other = desk.receive("2", -3000, NotAvailable).await;
    desk.transcriptions.want_all().await.unwrap();
    desk.transcriptions.want(other, None).await.unwrap();
    desk.expect([Fate::Hangs]);
    begun!(step, desk);
    let now = desk.test.clock.now();
    for urgency in [Urgency::Person, Urgency::Campaign] {
        assert_eq!(store.due_jobs(urgency, now).await.unwrap(), []);
        assert_eq!(store.next_job_at(urgency).await.unwrap(), None);
    }
    // The outbox of texts, which opens when somebody signs in, does not doubt what is being written down.
    assert_eq!(store.doubt_unfinished_jobs().await.unwrap(), 0);
    assert_eq!(store.outbox_counts().await.unwrap(), Default::default());
    desk.transcriptions.cancel(None).await.unwrap();
    assert!(matches!(
        futures_util::poll!(&mut step),
        Poll::Ready(_) | Poll::Pending
    ));
    assert_eq!(store.failed_jobs(10).await.unwrap(), []);
}
