//! Whatever happens to an upload, the fax goes out once, or is shown as not sent.

use super::*;

#[tokio::test]
async fn whatever_happens_to_the_request_the_fax_goes_out_once() {
    for (name, effect) in [
        ("the reply is lost", Effect::LoseReply),
        ("the request is lost", Effect::LoseRequest),
        ("the upload is cut", Effect::CutUpload { after_bytes: 500 }),
        ("the reply is cut", Effect::CutBody { after_bytes: 40 }),
        ("the reply is garbage", Effect::GarbageBody),
        (
            "it is done and said to have failed",
            Effect::FailAfter {
                status: 500,
                error_code: "CMN-203".to_owned(),
            },
        ),
        (
            "too many requests",
            Effect::RateLimited {
                retry_after_seconds: Some(30),
            },
        ),
        ("the token is expired", Effect::ExpireToken),
    ] {
        let office = Office::ready().await;
        office.control.add_fault(Fault::once(FAX, effect));
        office.fax_maria().await;
        office.empty_outbox().await;
        office.let_faxes_arrive().await;
        assert_eq!(office.faxed().len(), 1, "{name}");
        assert_eq!(office.faxes().await, [], "{name}");
        office.assert_faults_met();
    }
}

#[tokio::test]
async fn a_text_does_not_wait_for_the_limit_of_faxes() {
    let office = Office::ready().await;
    let limited = Effect::RateLimited {
        retry_after_seconds: Some(60),
    };
    office.control.add_fault(Fault::once(FAX, limited));
    office.fax_maria().await;
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    assert!(matches!(
        office.faxes().await[0].state,
        OutgoingState::Queued { .. }
    ));
    assert!(
        office
            .board
            .get_outbox(GetOutbox {})
            .await
            .unwrap()
            .held_up
            .is_some()
    );
    office.text_maria("Meanwhile").await;
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    assert_eq!(office.sent().len(), 1);
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed().len(), 1);
}

#[tokio::test]
async fn cut_at_fifty_random_points_of_the_upload_a_fax_goes_out_once() {
    let office = Office::ready().await;
    let document = pdf(2, 400_000);
    let mut dice = ChaCha8Rng::seed_from_u64(5);
    for round in 1..=50 {
        let after_bytes = dice.random_range(1..document.len() + 2_000);
        office
            .control
            .add_fault(Fault::once(FAX, Effect::CutUpload { after_bytes }));
        let draft = office.new_fax(&[maria()]).await;
        let draft = office.drop_files(&draft, &[("Plan.pdf", document.clone())]).await;
        office.send_fax(&draft).await;
        office.empty_outbox().await;
        office.pass(SignedDuration::from_mins(30));
        let faxed = office.faxed();
        assert_eq!(faxed.len(), round, "cut after {after_bytes} bytes");
        assert_eq!(faxed[round - 1].files[0].sha256, sha256(&document));
        office.synchronise().await;
        assert_eq!(office.faxes().await, []);
    }
    office.assert_faults_met();
}

#[tokio::test]
async fn killed_at_fifty_random_points_of_the_upload_a_fax_goes_out_once() {
    let mut office = Office::ready().await;
    let document = pdf(2, 400_000);
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    let mut longest = 200;
    let mut kills = 0;
    for round in 1..=50 {
        let draft = office.new_fax(&[maria()]).await;
        let draft = office.drop_files(&draft, &[("Plan.pdf", document.clone())]).await;
        office.send_fax(&draft).await;
        office.pass(SignedDuration::from_secs(6));
        {
            let outbox = office.board.outbox().unwrap();
            let mut sending = pin!(outbox.step(Urgency::Upload));
            let polls = dice.random_range(1..=longest);
            let mut left = polls;
            let was_killed = std::future::poll_fn(|context| {
                left -= 1;
                match sending.as_mut().poll(context) {
                    Poll::Ready(_) => Poll::Ready(false),
                    Poll::Pending if left == 0 => Poll::Ready(true),
                    Poll::Pending => Poll::Pending,
                }
            })
            .await;
            if was_killed {
                kills += 1;
            } else {
                // So many moments there are; those that follow lie between them.
                longest = (polls - left).max(2);
            }
        }
        office.kill_and_reopen().await;
        office.empty_outbox().await;
        office.pass(SignedDuration::from_mins(30));
        let faxed = office.faxed();
        assert_eq!(faxed.len(), round, "killed {kills} times so far");
        assert_eq!(faxed[round - 1].files[0].sha256, sha256(&document));
        office.synchronise().await;
        assert_eq!(office.faxes().await, []);
    }
    assert!(kills > 25, "{kills} kills met the upload");
}

#[tokio::test]
async fn an_upload_is_seen_and_can_be_stopped_and_tried_again() {
    let office = Office::ready().await;
    let draft = office.new_fax(&[maria()]).await;
    let draft = office
        .drop_files(&draft, &[("Plan.pdf", pdf(1, 30_000_000))])
        .await;
    let id = office.send_fax(&draft).await;
    // The other side stands still, so that the end cannot leave before the stop.
    office.control.add_fault(Fault::once(
        FAX,
        Effect::StallUpload {
            after_bytes: 1_000_000,
            millis: 600_000,
        },
    ));
    office.pass(SignedDuration::from_secs(6));
    let outbox = office.board.outbox().unwrap();
    let mut events = office.board.events();
    let stopping = async {
        loop {
            if let Some(upload) = office.faxes().await[0]
                .upload
                .filter(|upload| upload.done_bytes > 0)
            {
                assert!(upload.total_bytes.is_some_and(|total| total > upload.done_bytes));
                break office
                    .board
                    .cancel_fax_upload(CancelFaxUpload { id })
                    .await
                    .unwrap();
            }
            events.next().await.unwrap();
        }
    };
    let (stepped, ()) = tokio::join!(outbox.step(Urgency::Upload), stopping);
    assert_eq!(stepped.unwrap(), Step::Refused(id));
    let fax = office.faxes().await.remove(0);
    let OutgoingState::Failed { reason, can_retry } = fax.state else {
        panic!("{fax:?}")
    };
    assert!(can_retry && reason.contains("stopped") && fax.upload.is_none());
    assert!(
        office
            .board
            .cancel_fax_upload(CancelFaxUpload { id })
            .await
            .is_err()
    );
    office.board.retry_fax(RetryFax { id }).await.unwrap();
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed().len(), 1);
    office.assert_faults_met();
}

#[tokio::test]
async fn an_upload_that_is_always_cut_waits_longer_each_time_and_is_then_left_to_a_person() {
    let office = Office::ready().await;
    let draft = office.new_fax(&[maria()]).await;
    let draft = office
        .drop_files(&draft, &[("Plan.pdf", pdf(2, 16_000_000))])
        .await;
    let id = office.send_fax(&draft).await;
    // More than a connection holds, so that the end has never left when it breaks.
    let cut = Effect::CutUpload { after_bytes: 400_000 };
    office.control.add_fault(Fault::once(FAX, cut.clone()).times(6));
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    let fax = office.faxes().await.remove(0);
    let said = fax.attempts.last().unwrap().words.clone().unwrap();
    assert!(
        said.starts_with("The connection broke off at ") && said.ends_with(" %."),
        "{said}"
    );
    assert!(matches!(fax.state, OutgoingState::Queued { not_before } if not_before > office.clock.now()));
    office.empty_outbox().await;
    let fax = office.faxes().await.remove(0);
    let OutgoingState::Failed { reason, can_retry } = &fax.state else {
        panic!("{fax:?}")
    };
    assert!(*can_retry && reason.contains("6 times"), "{reason}");
    assert_eq!(fax.attempts.len(), 6);
    office.assert_faults_met();
    assert!(office.faxed().is_empty());
    office.board.retry_fax(RetryFax { id }).await.unwrap();
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    assert_eq!(office.faxed().len(), 1);
}
