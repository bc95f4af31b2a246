//! What our presence shows, and how long anything is believed that nobody can vouch for.

use super::super::Calls;
use super::super::change::PartyStatus::*;
use super::*;
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use ringcentral::api::presence::Presence;

fn session() -> CallSessionId {
    CallSessionId::from("s-1")
}

fn after(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

#[test]
fn a_call_that_only_presence_shows_is_asked_after_in_a_moment() {
    let mut board = board();
    board.glance(&[session()], after(0));
    assert!(board.cards(after(0)).is_empty());
    assert!(board.tick(after(2)).to_ask.is_empty());
    assert_eq!(board.next_due(), Some(after(3)));
    assert_eq!(board.tick(after(3)).to_ask, [session()]);
    board.apply(&[asked(own(0, Proceeding))], after(3));
    assert_eq!(board.cards(after(3)).len(), 1);
}

#[test]
fn a_call_whose_notifications_come_after_its_presence_is_not_asked_after() {
    let mut board = board();
    board.glance(&[session()], after(0));
    play(&mut board, &[own(1, Setup), own(2, Proceeding)]);
    assert!(board.tick(after(30)).to_ask.is_empty());
}

#[test]
fn a_live_call_that_presence_no_longer_shows_is_asked_after_in_a_moment() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(3, Answered)]);
    board.glance(&[], after(60));
    assert_eq!(board.tick(after(63)).to_ask, [session()]);
    board.close(&session(), after(63));
    board.glance(&[], after(70));
    assert!(board.tick(after(80)).to_ask.is_empty(), "it is over");
}

#[test]
fn the_presence_of_a_colleague_says_nothing_about_our_calls() {
    let calls = Calls::new(ExtensionId::from(OWN), Clock::manual(start()), ChangeFeed::new());
    let presence = |extension: &str| -> Presence {
        let call = serde_json::json!({ "telephonySessionId": "s-1", "telephonyStatus": "Ringing" });
        serde_json::from_value(serde_json::json!({ "extensionId": extension, "activeCalls": [call] }))
            .unwrap()
    };
    calls.glance(&presence(COLLEAGUE));
    assert_eq!(calls.next_due(), None);
    calls.glance(&presence(OWN));
    assert_eq!(calls.next_due(), Some(after(3)));
}

#[test]
fn a_call_that_rings_and_that_nobody_can_vouch_for_ends_after_five_minutes() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding)]);
    let mut now = after(2);
    let expired = loop {
        now += SignedDuration::from_secs(5);
        let tick = board.tick(now);
        for id in &tick.to_ask {
            board.question_failed(id, now);
        }
        if !tick.expired.is_empty() {
            break tick.expired;
        }
    };
    assert_eq!(expired, [session()]);
    assert_eq!(now.duration_since(after(2)), SignedDuration::from_mins(5));
    board.close(&session(), now);
    assert!(board.cards(now).is_empty());
    assert_eq!(board.next_due(), None);
}

#[test]
fn a_call_that_the_server_vouches_for_rings_on() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding)]);
    for minute in 1..20 {
        let now = after(60 * minute);
        board.apply(&[asked(own(2, Proceeding))], now);
        assert!(board.tick(now).expired.is_empty());
    }
    assert_eq!(board.cards(after(1200)).len(), 1);
}
