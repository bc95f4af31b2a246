//! Everything at once, as in the program that is shipped: nobody steps anything, and what happens arrives by itself.

use crate::office::{Office, maria};
use domain::inbox::{InboxPage, InboxTab};
use domain::ipc::inbox::ListInbox;
use domain::ipc::session::{AppState, GetAppState, SignInWithJwt};
use domain::sync::{EventSourceState, SyncPhase};
use jiff::SignedDuration;
use std::time::Duration;
use switchboard_core::{Config, Switchboard};

/// Waits, by listening and never by sleeping, until the state is as wanted.
async fn until(board: &Switchboard, what: &str, is_so: impl AsyncFn(&AppState, &InboxPage) -> bool) {
    let mut events = board.events();
    let waiting = async {
        loop {
            let state = board.get_app_state(GetAppState {}).await.unwrap();
            let inbox = ListInbox {
                tab: InboxTab::All,
                after: None,
                limit: 50,
            };
            let inbox = board.list_inbox(inbox).await.unwrap();
            if is_so(&state, &inbox).await {
                return;
            }
            events.next().await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(60), waiting)
        .await
        .is_err()
    {
        panic!("in vain: {what}");
    }
}

#[tokio::test]
async fn what_happens_arrives_by_itself_and_the_program_ends_in_good_order() {
    let office = Office::closed().await;
    office.receive_text(maria(), "Before");
    office.pass(SignedDuration::from_secs(30));
    let board = Switchboard::open(Config {
        runs_in_background: true,
        ..office.config()
    })
    .await
    .unwrap();
    board
        .sign_in_with_jwt(SignInWithJwt {
            server: office.server(),
            jwt: office.jwt(),
        })
        .await
        .unwrap();
    until(&board, "the first text", async |_, inbox| inbox.rows.len() == 1).await;
    until(
        &board,
        "live events and everything up to date",
        async |state, _| {
            state.events == EventSourceState::Live
                && state.sync.phase == SyncPhase::UpToDate
                && state
                    .sync
                    .backfill
                    .as_ref()
                    .is_some_and(|history| history.is_finished)
        },
    )
    .await;

    let mut notices = board.notices();
    office.receive_text(maria(), "While it runs");
    office.pass(SignedDuration::from_secs(5));
    until(&board, "the text that came while it ran", async |_, inbox| {
        matches!(&inbox.rows[0].item.body, domain::communication::Body::Text { text, .. } if text == "While it runs")
    })
    .await;
    let notice = tokio::time::timeout(Duration::from_secs(30), notices.recv())
        .await
        .unwrap();
    assert!(
        matches!(notice, Some(switchboard_core::notices::NoticeChange::Show(_))),
        "{notice:?}"
    );

    board.shut_down().await;
    office.control.clear_requests();
    office.receive_text(maria(), "After");
    office.pass(SignedDuration::from_mins(30));
    assert_eq!(office.control.requests(), []);
    assert_eq!(office.control.open_sockets(), 0);
}
