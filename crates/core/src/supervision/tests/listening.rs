//! What happens when it is allowed.

use super::desk::*;
use axum::http::StatusCode;
use domain::supervision::{SupervisionMode as Mode, SupervisionResult, SupervisionWay};
use jiff::SignedDuration;
use serde_json::json;

fn way(shown: &domain::supervision::Supervision, mode: Mode) -> SupervisionWay {
    let offers = &shown.agents[0].modes;
    offers
        .iter()
        .find(|offer| offer.mode == mode)
        .unwrap()
        .way
        .clone()
}

#[tokio::test]
async fn a_supervisor_of_the_group_listens_in_and_the_log_tells_for_how_long() {
    let desk = Desk::open().await;
    let offered = desk
        .supervisions
        .possible(&desk.client, &SESSION.into())
        .await
        .unwrap();
    assert_eq!(offered.agents[0].name, "Ben Brandt");
    assert_eq!(way(&offered, Mode::Listen), SupervisionWay::RingsDevice);
    assert_eq!(offered.devices[0].id, "d-1");
    assert_eq!(offered.running, None);

    let begun = desk.supervise(Mode::Listen).await.unwrap();
    assert_eq!(begun.running, Some((Mode::Listen, desk.test.clock.now())));
    assert_eq!(desk.rang(), 1);
    desk.hear(3, supervising());
    desk.supervisions.step().await.unwrap();
    desk.test.clock.advance(SignedDuration::from_secs(75));
    desk.supervisions.step().await.unwrap();
    assert_eq!(desk.lines().await, ["asked", "running"]);

    let mut left = supervising();
    left["status"]["code"] = json!("Disconnected");
    desk.hear(4, left);
    desk.supervisions.step().await.unwrap();
    desk.supervisions.step().await.unwrap();
    assert_eq!(desk.lines().await, ["asked", "running", "ended"]);
    let log = desk.supervisions.log(Some(&desk.client), None, 50).await.unwrap();
    assert_eq!(log.entries.len(), 1, "one supervision, however many lines it has");
    let entry = &log.entries[0];
    assert_eq!(entry.result, SupervisionResult::Ended { seconds: 75 });
    assert_eq!(
        (entry.supervisor.as_str(), entry.agent.as_str()),
        ("Ada Alvarez", "Ben Brandt")
    );
    assert_eq!(entry.party, "(510) 555-0147");
    let now = desk
        .supervisions
        .possible(&desk.client, &SESSION.into())
        .await
        .unwrap();
    assert_eq!(now.running, None);
}

#[tokio::test]
async fn a_supervision_ends_with_its_call() {
    let desk = Desk::open().await;
    desk.supervise(Mode::Listen).await.unwrap();
    desk.hear(3, supervising());
    desk.supervisions.step().await.unwrap();
    let mut over = talking();
    over["status"]["code"] = json!("Disconnected");
    desk.hear(4, over);
    desk.supervisions.step().await.unwrap();
    assert_eq!(desk.lines().await, ["asked", "running", "ended"]);
}

#[tokio::test]
async fn the_keys_are_shown_for_what_ringcentral_has_no_request_for_and_nothing_is_sent() {
    let desk = Desk::open().await;
    for (mode, code) in [
        (Mode::Whisper, "*81"),
        (Mode::Barge, "*82"),
        (Mode::TakeOver, "*83"),
    ] {
        let shown = desk.supervise(mode).await.unwrap();
        let keys = SupervisionWay::Dial {
            code: code.to_owned(),
            then: "102#".to_owned(),
        };
        assert_eq!(way(&shown, mode), keys);
    }
    assert_eq!(desk.rang(), 0);
    assert_eq!(desk.lines().await, ["asked", "asked", "asked"]);
    let log = desk.supervisions.log(Some(&desk.client), None, 2).await.unwrap();
    assert!(log.has_more);
    assert_eq!(log.entries[0].mode, Mode::TakeOver, "the newest comes first");
    let older = desk
        .supervisions
        .log(Some(&desk.client), Some(log.entries[1].number), 2)
        .await
        .unwrap();
    assert_eq!(older.entries[0].mode, Mode::Whisper);
    assert!(!older.has_more);
}

#[tokio::test]
async fn when_the_reply_is_lost_the_call_is_looked_at_and_no_phone_rings_twice() {
    let desk = Desk::open().await;
    desk.server(|server| {
        server.supervise = (StatusCode::BAD_GATEWAY, json!({}));
        server.parties = Some(json!([talking(), supervising()]));
    });
    let begun = desk.supervise(Mode::Listen).await.unwrap();
    assert!(begun.running.is_some(), "it had begun");
    assert_eq!(desk.rang(), 1);
    assert_eq!(desk.lines().await, ["asked", "running"]);
}

#[tokio::test]
async fn when_nobody_knows_whether_it_began_it_is_not_begun_again_until_that_is_clear() {
    let desk = Desk::open().await;
    desk.server(|server| server.supervise = (StatusCode::BAD_GATEWAY, json!({})));
    let error = desk.supervise(Mode::Listen).await.unwrap_err();
    assert!(error.to_string().contains("your phone rings"), "{error}");
    assert_eq!(
        desk.lines().await,
        ["asked"],
        "it is known to be neither refused nor begun"
    );
    // The person tries at once.
    desk.server(|server| server.supervise = (StatusCode::CREATED, supervising()));
    assert!(desk.supervise(Mode::Listen).await.is_err());
    assert_eq!(desk.rang(), 1);
    // The phone was rung after all.
    desk.hear(3, supervising());
    desk.supervisions.step().await.unwrap();
    assert_eq!(desk.lines().await, ["asked", "asked", "refused", "running"]);

    let other = Desk::open().await;
    other.server(|server| server.supervise = (StatusCode::BAD_GATEWAY, json!({})));
    assert!(other.supervise(Mode::Listen).await.is_err());
    other.test.clock.advance(SignedDuration::from_secs(61));
    other.supervisions.step().await.unwrap();
    other.server(|server| server.supervise = (StatusCode::CREATED, supervising()));
    assert!(
        other.supervise(Mode::Listen).await.is_ok(),
        "it never began, so it may be tried again"
    );
    assert_eq!(other.rang(), 2);
}

#[tokio::test]
async fn two_requests_at_once_ring_one_phone_once() {
    let desk = Desk::open().await;
    let (one, other) = tokio::join!(desk.supervise(Mode::Listen), desk.supervise(Mode::Listen));
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(desk.rang(), 1);
}
