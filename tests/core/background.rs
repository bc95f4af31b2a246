//! Everything at once, as in the program that is shipped: nobody steps anything, and what happens arrives by itself.

use crate::office::{ADA, Office, maria};
use domain::call::LiveCallState;
use domain::inbox::{InboxPage, InboxTab};
use domain::ipc::calls::ListCallerCards;
use domain::ipc::inbox::ListInbox;
use domain::ipc::presence::{ListTeam, SetOwnStatus};
use domain::ipc::session::{AppState, GetAppState, SignInWithJwt};
use domain::presence::{Availability, StatusChoice};
use domain::sync::{EventSourceState, SyncPhase};
use jiff::SignedDuration;
use simulator::scenario::{CallTarget, SteppedCall, caller};
use simulator::world::Clock;
use simulator::world::ids::ExtensionId;
use simulator::world::presence::{DndStatus, PresenceUpdate, UserStatus};
use simulator::{Effect, Fault, Options, demo};
use std::time::{Duration, Instant};
use switchboard_core::notices::{NoticeChange, NoticeKind};
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

/// The program as it is shipped, nobody signed in.
async fn running(office: &Office) -> Switchboard {
    Switchboard::open(Config {
        runs_in_background: true,
        ..office.config()
    })
    .await
    .unwrap()
}

fn ring(office: &Office, whom: ExtensionId) -> SteppedCall {
    office
        .world(|world| SteppedCall::ring(world, caller(maria(), None), CallTarget::Extension(whom)))
        .unwrap()
}

async fn sign_in(board: &Switchboard, office: &Office) {
    let request = SignInWithJwt {
        server: office.server(),
        jwt: office.jwt(),
    };
    board.sign_in_with_jwt(request).await.unwrap();
}

/// Waits until the call that rings has its one card and its one notice, and says how long that took.
async fn until_shown(
    board: &Switchboard,
    notices: &mut tokio::sync::mpsc::UnboundedReceiver<NoticeChange>,
) -> Duration {
    let began_at = Instant::now();
    let notice = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            match notices.recv().await {
                Some(NoticeChange::Show(notice)) if notice.kind == NoticeKind::IncomingCall => return notice,
                Some(_) => {}
                None => panic!("no more notices"),
            }
        }
    });
    notice.await.expect("the call is announced");
    let cards = board
        .list_caller_cards(ListCallerCards { only_wanted: true })
        .await
        .unwrap();
    let states: Vec<_> = cards.iter().map(|card| card.call.state).collect();
    assert_eq!(states, [LiveCallState::Ringing]);
    began_at.elapsed()
}

#[tokio::test]
async fn a_call_that_rang_before_somebody_signed_in_is_shown() {
    let office = Office::closed().await;
    ring(&office, ADA);
    let board = running(&office).await;
    let mut notices = board.notices();
    sign_in(&board, &office).await;
    until_shown(&board, &mut notices).await;
    board.shut_down().await;
}

#[tokio::test]
async fn a_call_that_comes_while_the_live_connection_is_refused_is_shown_at_once() {
    let office = Office::closed().await;
    let unwell = Effect::ServerError {
        status: 503,
        error_code: "CMN-201".to_owned(),
    };
    office
        .control
        .add_fault(Fault::once("authWsToken", unwell).times(1_000_000));
    ring(&office, ADA);
    let board = running(&office).await;
    let mut notices = board.notices();
    sign_in(&board, &office).await;
    let took = until_shown(&board, &mut notices).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    board.shut_down().await;
}

#[tokio::test]
async fn a_call_that_comes_right_after_the_sign_in_is_shown() {
    let office = Office::closed().await;
    let board = running(&office).await;
    let mut notices = board.notices();
    sign_in(&board, &office).await;
    ring(&office, ADA);
    until_shown(&board, &mut notices).await;
    board.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_does_not_wait_for_the_two_years_that_are_being_fetched() {
    let clock = Clock::manual("2026-03-04T18:30:00Z".parse().unwrap());
    let office = Office::of(Options::new(demo::world(7, clock)), demo::SIGNED_IN).await;
    let board = running(&office).await;
    let mut notices = board.notices();
    board.sign_in_demo(office.server(), office.jwt()).await.unwrap();
    until(&board, "the first items", async |_, inbox| !inbox.rows.is_empty()).await;
    ring(&office, demo::SIGNED_IN);
    let took = until_shown(&board, &mut notices).await;
    let state = board.get_app_state(GetAppState {}).await.unwrap();
    println!("shown after {took:?}, {:?}", state.sync);
    assert!(took < Duration::from_secs(10), "{took:?}");
    board.shut_down().await;
}

#[tokio::test]
async fn a_colleague_s_presence_shows_by_itself_before_anybody_asks_and_as_it_changes() {
    let office = Office::closed().await;
    let board = running(&office).await;
    let request = SignInWithJwt {
        server: office.server(),
        jwt: office.jwt(),
    };
    board.sign_in_with_jwt(request).await.unwrap();
    let ben = async || {
        let team = board.list_team(ListTeam {}).await.unwrap();
        let ben = team
            .members
            .into_iter()
            .find(|one| one.contact.name == "Ben Brandt");
        ben.and_then(|ben| ben.presence)
    };
    until(
        &board,
        "Ben is heard of, and events are live",
        async |state, _| {
            let is_known = ben().await.is_some_and(|ben| !ben.is_stale);
            is_known && state.events == EventSourceState::Live
        },
    )
    .await;
    office.world(|world| {
        let busy = PresenceUpdate {
            user_status: Some(UserStatus::Busy),
            ..PresenceUpdate::default()
        };
        world.update_presence(ExtensionId(ADA.0 + 1), busy).unwrap();
    });
    office.pass(SignedDuration::from_secs(1));
    until(&board, "Ben is busy", async |_, _| {
        ben()
            .await
            .is_some_and(|ben| ben.availability == Availability::Busy)
    })
    .await;
    let own = SetOwnStatus {
        choice: StatusChoice::DoNotDisturb,
    };
    let own = board.set_own_status(own).await.unwrap();
    assert_eq!(own.choice, Some(StatusChoice::DoNotDisturb));
    let there = office.world(|world| world.presence(ADA).unwrap().settings.dnd_status);
    assert_eq!(there, DndStatus::DoNotAcceptAnyCalls);
    board.shut_down().await;
}
