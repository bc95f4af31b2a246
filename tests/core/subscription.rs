//! Live events of the simulated company: lost, late, refused, replaced and back.

use crate::calls::desk::{ADA, Desk, all_scopes};
use domain::call::LiveCallState as State;
use domain::sync::EventSourceState;
use jiff::SignedDuration;
use simulator::scenario::caller;
use simulator::world::consents::{ConsentSender, ConsentSource, OptStatus};
use simulator::world::number::E164;
use simulator::{Effect, EventEffect, EventFault, Fault, GatewaySettings};
use std::cell::RefCell;
use std::collections::BTreeSet;
use switchboard_core::store::SyncScope;

fn maria() -> E164 {
    E164::nanp(510, 5_550_147)
}

fn is_polling(desk: &Desk) -> bool {
    matches!(desk.handle.state(), EventSourceState::Polling { .. })
}

#[tokio::test]
async fn the_first_connection_wants_everything_and_says_that_it_is_live() {
    let mut desk = Desk::signed_in().await;
    assert_eq!(desk.handle.state(), EventSourceState::Off);
    desk.step().await;
    assert_eq!(desk.handle.state(), EventSourceState::Connecting);
    desk.until_live().await;
    desk.close();
}

#[tokio::test]
async fn a_new_message_is_wished_for_and_nothing_else() {
    let mut desk = Desk::open().await;
    desk.text_to_owner("Hello");
    let wanted = desk.wanted.clone();
    desk.until("the message is wished for", move |_| {
        wanted.take() == [SyncScope::MESSAGE_STORE]
    })
    .await;
    desk.close();
}

#[tokio::test]
async fn a_broken_socket_is_recovered_and_what_happened_meanwhile_is_replayed() {
    let mut desk = Desk::open().await;
    desk.control.add_event_fault(EventFault::once(
        "telephony/sessions",
        EventEffect::CloseSocket { code: 1001 },
    ));
    desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;
    desk.until("events are live again", |desk| {
        desk.handle.state() == EventSourceState::Live
    })
    .await;
    assert!(
        desk.wanted.take().is_empty(),
        "nothing was lost, so nothing is wanted"
    );
    desk.close();
}

#[tokio::test]
async fn a_socket_that_cannot_be_recovered_leaves_a_gap_that_is_closed() {
    let gateway = GatewaySettings {
        recovery_timeout_seconds: 1,
        ..GatewaySettings::default()
    };
    let mut desk = Desk::at_gateway(gateway).await;
    desk.until_live().await;
    let call = desk.ring(caller(maria(), None), ADA);
    desk.until("the call rings", |desk| desk.states() == [State::Ringing])
        .await;

    // The caller gives up while nobody hears of it, and the way back is blocked for too long.
    desk.control.add_fault(Fault {
        times: 1_000_000,
        ..Fault::once(
            "authWsToken",
            Effect::ServerError {
                status: 503,
                error_code: "CMN-201".to_owned(),
            },
        )
    });
    desk.control.close_sockets(1001);
    desk.until("the connection is broken", |desk| {
        desk.handle.state() == EventSourceState::Connecting
    })
    .await;
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.pass(SignedDuration::from_secs(2));
    desk.control.clear_faults();
    assert_eq!(desk.until_gap_is_closed().await, all_scopes());
    desk.step().await;
    assert!(desk.states().is_empty(), "the lost end was found out by asking");
    desk.until("events are live again", |desk| {
        desk.handle.state() == EventSourceState::Live
    })
    .await;
    desk.close();
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_by_one_round_of_synchronising_a_minute() {
    let mut desk = Desk::open().await;
    let broken = || {
        let event = "/restapi/v1.0/account/809646016/extension/809646016/telephony/sessions";
        vec![serde_json::json!({ "uuid": "1", "event": event, "body": { "sequence": "many" } })]
    };
    let send = |desk: &Desk| {
        desk.control
            .world(|world| simulator::scenario::replay(world, broken()))
    };
    send(&desk);
    assert_eq!(desk.until_gap_is_closed().await, all_scopes());
    for _ in 0..5 {
        send(&desk);
    }
    desk.until_all_has_arrived().await;
    for _ in 0..5 {
        desk.pass(SignedDuration::from_secs(10));
        desk.step().await;
        assert!(desk.wanted.take().is_empty());
    }
    desk.pass(SignedDuration::from_secs(10));
    desk.step().await;
    assert_eq!(desk.wanted.take(), all_scopes());
    desk.close();
}

#[tokio::test]
async fn without_the_permission_for_live_calls_only_these_are_polled_for() {
    let mut desk = Desk::signed_in().await;
    let client_id = desk.control.ready().client_id;
    let permissions = [
        "ReadAccounts",
        "ReadCallLog",
        "ReadMessages",
        "ReadPresence",
        "WebSocket",
    ];
    assert!(desk.control.set_application_permissions(&client_id, &permissions));
    desk.until_live().await;
    let call = desk.ring(caller(maria(), None), ADA);
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert_eq!(desk.states(), [State::Ringing]);
    assert_eq!(desk.handle.state(), EventSourceState::Live);
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert!(desk.states().is_empty());
    desk.close();
}

#[tokio::test]
async fn an_account_that_lacks_consents_loses_no_other_events() {
    let mut desk = Desk::signed_in().await;
    // The filters are refused together, though the documents say that each is refused alone.
    desk.control.add_fault(Fault::once(
        "createSubscription",
        Effect::Reply {
            status: 400,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body:
                r#"{"errorCode":"SUB-508","message":"no","errors":[{"errorCode":"SUB-508","message":"no"}]}"#
                    .to_owned(),
        },
    ));
    desk.until_live().await;
    desk.control.world(|world| {
        let (status, source) = (OptStatus::OptOut, ConsentSource::Recipient);
        assert!(world.record_consent(ConsentSender::Everyone, maria(), status, source));
    });
    desk.text_to_owner("Hello");
    let (wanted, heard) = (desk.wanted.clone(), RefCell::new(BTreeSet::new()));
    desk.until("the message is wished for", |_| {
        let mut heard = heard.borrow_mut();
        heard.extend(wanted.take().into_iter().map(|scope| scope.0));
        heard.contains(&SyncScope::MESSAGE_STORE.0)
    })
    .await;
    assert_eq!(heard.into_inner(), BTreeSet::from([SyncScope::MESSAGE_STORE.0]));
    desk.close();
}

#[tokio::test]
async fn a_call_that_began_in_a_gap_is_found_and_shown() {
    let mut desk = Desk::open().await;
    desk.control.add_event_fault(EventFault {
        times: 2,
        ..EventFault::once("telephony/sessions", EventEffect::Lose)
    });
    desk.ring(caller(maria(), None), ADA);
    desk.until_all_has_arrived().await;
    assert!(desk.states().is_empty());
    // The computer was asleep.
    desk.pass(SignedDuration::from_secs(90));
    desk.step().await;
    assert_eq!(desk.states(), [State::Ringing]);
    assert_eq!(desk.wanted.take(), all_scopes());
    desk.close();
}

#[tokio::test]
async fn a_forbidden_websocket_is_replaced_by_polling_that_sees_calls_ring_and_end() {
    let mut desk = Desk::signed_in().await;
    desk.control.add_fault(Fault {
        times: 1_000_000,
        ..Fault::once(
            "authWsToken",
            Effect::Reply {
                status: 403,
                headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
                body:
                    r#"{"errorCode":"InsufficientPermissions","message":"no","errors":[{"errorCode":"CMN-401",
                    "message":"no","permissionName":"WebSocket"}],"permissionName":"WebSocket"}"#
                        .to_owned(),
            },
        )
    });
    desk.until("it polls instead", is_polling).await;
    let EventSourceState::Polling { reason, .. } = desk.handle.state() else {
        unreachable!()
    };
    assert!(reason.contains("WebSocket"), "{reason}");
    assert_eq!(
        desk.wanted.take(),
        [SyncScope::CALL_LOG, SyncScope::MESSAGE_STORE]
    );

    let call = desk.ring(caller(maria(), None), ADA);
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert_eq!(desk.states(), [State::Ringing]);
    desk.let_it(|world| call.answer(world));
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert_eq!(desk.states(), [State::Talking]);
    desk.let_it(|world| call.caller_hangs_up(world));
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert!(desk.states().is_empty());
    desk.control.clear_faults();
    desk.close();
}

#[tokio::test]
async fn polling_ends_by_itself_when_the_websocket_can_be_had_again() {
    let mut desk = Desk::signed_in().await;
    desk.control.add_fault(Fault {
        times: 1_000_000,
        ..Fault::once(
            "authWsToken",
            Effect::ServerError {
                status: 503,
                error_code: "CMN-201".to_owned(),
            },
        )
    });
    desk.step().await;
    desk.pass(SignedDuration::from_secs(11));
    desk.until("it polls instead", is_polling).await;
    desk.control.clear_faults();
    desk.until("events are live", |desk| {
        desk.handle.state() == EventSourceState::Live
    })
    .await;
    desk.close();
}

#[tokio::test]
async fn who_wants_no_live_connection_gets_none_until_the_wish_changes() {
    let mut desk = Desk::open().await;
    desk.handle.set_polling_only(true);
    desk.until("it polls", is_polling).await;
    desk.until("the socket is closed", |desk| desk.control.open_sockets() == 0)
        .await;
    desk.handle.set_polling_only(false);
    desk.until("events are live", |desk| {
        desk.handle.state() == EventSourceState::Live
    })
    .await;
    desk.close();
}

#[tokio::test]
async fn polling_stays_far_below_the_rate_limits() {
    let mut desk = Desk::open().await;
    desk.handle.set_polling_only(true);
    desk.until("it polls", is_polling).await;
    desk.control.clear_requests();
    for _ in 0..60 {
        desk.pass(SignedDuration::from_secs(1));
        desk.step().await;
    }
    let asked = desk.control.requests().len();
    assert!((4..=16).contains(&asked), "{asked} requests in a minute");
    desk.close();
}

#[tokio::test]
async fn without_a_network_it_says_that_it_is_down() {
    let mut desk = Desk::open().await;
    desk.handle.set_polling_only(true);
    desk.control.add_fault(Fault {
        times: 1_000_000,
        ..Fault::once("readUserPresenceStatus", Effect::LoseReply)
    });
    desk.until("it is down", |desk| {
        matches!(desk.handle.state(), EventSourceState::Down { .. })
    })
    .await;
    desk.control.clear_faults();
    desk.pass(SignedDuration::from_secs(12));
    desk.step().await;
    assert!(is_polling(&desk));
    desk.close();
}
