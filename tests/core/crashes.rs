//! Killed at any point, it goes on where it was: nothing lost, nothing doubled.

use crate::office::{Office, maria};
use domain::ipc::session::{PauseBackfill, ResumeBackfill};
use simulator::{Effect, Fault};
use std::pin::pin;
use std::task::Poll;

/// The history and the first synchronisation of an office that is killed take fewer requests than this.
const MOST_REQUESTS: u32 = 40;

async fn busy_office() -> Office {
    let office = Office::open().await;
    office.weeks_of_texts(270);
    office.weeks_of_calls(270);
    office.an_hour_passes();
    office
}

#[tokio::test]
async fn killed_at_each_request_it_goes_on_where_it_was() {
    let mut office = busy_office().await;
    for request in 0..MOST_REQUESTS {
        office
            .board
            .sign_out(domain::ipc::session::SignOut { erases_data: true })
            .await
            .unwrap();
        office.sign_in().await;
        office.control.clear_requests();
        // From this request on nothing comes back any more; then the program is gone.
        office.control.add_fault(
            Fault::once("GET /restapi/**", Effect::LoseReply)
                .after(request)
                .times(1000),
        );
        office.synchronise().await;
        office.control.clear_faults();
        let answered = office
            .control
            .requests()
            .iter()
            .filter(|request| request.status == 200)
            .count();
        office.kill_and_reopen().await;
        office.synchronise().await;
        office.assert_converged().await;
        assert!(office.status().await.backfill.unwrap().is_finished);
        if answered < request as usize {
            return;
        }
    }
    panic!("a synchronisation takes more than {MOST_REQUESTS} requests; raise the number");
}

#[tokio::test]
async fn killed_at_any_moment_of_a_step_it_goes_on_where_it_was() {
    let mut office = busy_office().await;
    for kills in 0..4 {
        office
            .board
            .sign_out(domain::ipc::session::SignOut { erases_data: true })
            .await
            .unwrap();
        office.sign_in().await;
        // The program is cut off again and again, each time a little later, in the middle of whatever it does.
        for polls in 1..60 {
            let sync = office.sync();
            sync.retry_all();
            {
                let mut run = pin!(sync.run_until_idle());
                let mut left = polls * (kills + 1);
                std::future::poll_fn(|context| {
                    left -= 1;
                    if run.as_mut().poll(context).is_ready() || left == 0 {
                        Poll::Ready(())
                    } else {
                        Poll::Pending
                    }
                })
                .await;
            }
            if polls % 7 == 0 {
                office.kill_and_reopen().await;
            }
        }
        office.synchronise().await;
        office.assert_converged().await;
    }
}

#[tokio::test]
async fn a_paused_history_stays_paused_over_a_restart_and_goes_on_when_asked() {
    let mut office = busy_office().await;
    office.board.pause_backfill(PauseBackfill {}).await.unwrap();
    office.synchronise().await;
    let paused = office.status().await.backfill.unwrap();
    assert!(paused.is_paused && !paused.is_finished);
    office.kill_and_reopen().await;
    office.control.clear_requests();
    office.synchronise().await;
    assert_eq!(
        (office.asked("listMessages"), office.asked("readUserCallLog")),
        (0, 0)
    );
    // What is new comes all the same.
    office.receive_text(maria(), "New");
    office.pass(jiff::SignedDuration::from_secs(30));
    office.synchronise().await;
    assert!(office.there().len() > office.here().await.len());

    office.board.resume_backfill(ResumeBackfill {}).await.unwrap();
    office.synchronise().await;
    office.assert_converged().await;
    let finished = office.status().await.backfill.unwrap();
    assert!(finished.is_finished && !finished.is_paused);
}
