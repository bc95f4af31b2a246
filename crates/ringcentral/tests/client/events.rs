use std::time::Duration;

use simulator::{
    Effect, Fault,
    world::{
        IncomingText,
        number::{E164, Endpoint},
    },
};
use switchboard_ringcentral::{
    Client,
    api::{ExtensionRef, subscriptions::EventFilter},
    notification::NotificationBody,
    websocket::{DisconnectReason, EventSession, GapReason, SessionEvent, SessionOptions},
};

use crate::support::{Lab, quick_timing};

fn filters() -> Vec<EventFilter> {
    vec![EventFilter::instant_sms(&ExtensionRef::Own)]
}

fn open(client: &Client) -> EventSession {
    let options = SessionOptions {
        timing: quick_timing(),
        ..SessionOptions::new(filters())
    };
    EventSession::open(client.clone(), options)
}

/// The next event; a test that waits for one that never comes fails instead of hanging.
async fn next(session: &mut EventSession) -> SessionEvent {
    tokio::time::timeout(Duration::from_secs(20), session.next())
        .await
        .expect("an event")
        .unwrap()
}

async fn next_connected(session: &mut EventSession) -> bool {
    loop {
        if let SessionEvent::Connected { is_recovered, .. } = next(session).await {
            return is_recovered;
        }
    }
}

async fn next_text(session: &mut EventSession) -> String {
    loop {
        if let SessionEvent::Notification(news) = next(session).await {
            let NotificationBody::InstantSms(message) = news.body else {
                panic!("{news:?}")
            };
            return message.subject.unwrap();
        }
    }
}

fn text(lab: &Lab, words: &str) {
    let text = IncomingText {
        from: Endpoint::outside(E164::nanp(415, 5_550_132), None),
        to: E164::nanp(510, 5_550_101),
        others: Vec::new(),
        text: words.to_owned(),
        pictures: Vec::new(),
    };
    lab.simulator
        .control()
        .world(|world| world.receive_text(text))
        .unwrap();
}

#[tokio::test]
async fn a_session_connects_says_that_it_is_new_and_brings_news() {
    let lab = Lab::new().await;
    let mut session = open(&lab.signed_in().await);
    let SessionEvent::Connected {
        is_recovered: false,
        subscription,
    } = next(&mut session).await
    else {
        panic!()
    };
    assert_eq!(subscription.event_filters.len(), 1);
    assert!(matches!(
        next(&mut session).await,
        SessionEvent::Gap(GapReason::NewSession)
    ));
    text(&lab, "is the rebar ready?");
    assert_eq!(next_text(&mut session).await, "is the rebar ready?");
}

#[tokio::test]
async fn what_happens_during_a_break_is_replayed() {
    let lab = Lab::new().await;
    let mut session = open(&lab.signed_in().await);
    next_connected(&mut session).await;
    text(&lab, "before");
    assert_eq!(next_text(&mut session).await, "before");
    lab.simulator.control().close_sockets(1011);
    text(&lab, "meanwhile");
    assert!(matches!(
        next(&mut session).await,
        SessionEvent::Disconnected {
            reason: DisconnectReason::Closed { .. } | DisconnectReason::Unreachable(_),
            ..
        }
    ));
    let SessionEvent::Connected {
        is_recovered: true, ..
    } = next(&mut session).await
    else {
        panic!()
    };
    assert_eq!(next_text(&mut session).await, "meanwhile");
}

#[tokio::test]
async fn a_sleep_beyond_the_recovery_time_is_a_gap() {
    let lab = Lab::new().await;
    let mut session = open(&lab.signed_in().await);
    next_connected(&mut session).await;
    lab.advance_secs(200).await;
    assert!(!next_connected(&mut session).await);
    assert!(matches!(
        next(&mut session).await,
        SessionEvent::Gap(GapReason::NewSession)
    ));
    text(&lab, "good morning");
    assert_eq!(next_text(&mut session).await, "good morning");
}

#[tokio::test]
async fn new_filters_take_effect_on_the_open_connection() {
    let lab = Lab::new().await;
    let mut session = open(&lab.signed_in().await);
    next_connected(&mut session).await;
    let more = [filters(), vec![EventFilter::message_store(&ExtensionRef::Own)]].concat();
    session.handle().set_filters(more);
    loop {
        if let SessionEvent::Connected { subscription, .. } = next(&mut session).await {
            assert_eq!(subscription.event_filters.len(), 2);
            break;
        }
    }
    assert_eq!(lab.simulator.control().open_sockets(), 1);
    assert_eq!(lab.count("authWsToken"), 1);
}

#[tokio::test]
async fn without_a_sign_in_the_session_waits_for_one() {
    let lab = Lab::new().await;
    let client = lab.client();
    let mut session = open(&client);
    assert!(matches!(
        next(&mut session).await,
        SessionEvent::Disconnected {
            reason: DisconnectReason::SignInRequired(_),
            retry_in: None
        }
    ));
    client.auth().sign_in_with_jwt(lab.jwt()).await.unwrap();
    assert!(!next_connected(&mut session).await);
}

#[tokio::test]
async fn a_gateway_that_refuses_good_tokens_for_a_moment_is_asked_again() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let refusal = Effect::Unauthorized {
        error_code: "OAU-213".to_owned(),
    };
    // As often as one request looks, and once more.
    let control = lab.simulator.control();
    control.add_fault(Fault::once("authWsToken", refusal).times(7));
    let mut session = open(&client);
    let event = next(&mut session).await;
    let SessionEvent::Disconnected {
        reason: DisconnectReason::SignInRequired(_),
        retry_in: Some(_),
    } = event
    else {
        panic!("{event:?}")
    };
    assert!(!next_connected(&mut session).await);
}

#[tokio::test]
async fn a_missing_permission_for_events_is_told_and_not_hammered() {
    let lab = Lab::new().await;
    let id = lab.simulator.ready().client_id;
    let client = lab.signed_in().await;
    lab.simulator
        .control()
        .set_application_permissions(&id, &["ReadAccounts"]);
    let mut session = open(&client);
    let event = next(&mut session).await;
    let SessionEvent::Disconnected {
        reason: DisconnectReason::SubscriptionRefused(_),
        retry_in,
    } = event
    else {
        panic!("{event:?}")
    };
    assert!(retry_in.unwrap() >= Duration::from_secs(300));
    assert_eq!(lab.count("authWsToken"), 1);
}

#[tokio::test]
async fn dropping_the_session_closes_its_socket() {
    let lab = Lab::new().await;
    let mut session = open(&lab.signed_in().await);
    next_connected(&mut session).await;
    drop(session);
    let closed = async {
        while lab.simulator.control().open_sockets() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), closed)
        .await
        .unwrap();
}
