//! A large company: the work is counted, not timed.

use super::super::{ANNOUNCED_AT_MOST_EVERY, CompanyCalls, LivePage};
use super::*;
use crate::live_calls::standing::Role;
use crate::store::testing::TestStore;
use domain::event::CoreEvent;
use ringcentral::api::telephony::TelephonySessionEvent;
use serde_json::json;

const CALLS: i64 = 120;
const EXTENSIONS: i64 = 300;

fn event(call: i64, sequence: i64, code: &str) -> TelephonySessionEvent {
    let extension = (1_000 + call % EXTENSIONS).to_string();
    serde_json::from_value(json!({
        "sequence": sequence,
        "telephonySessionId": format!("s-{call}"),
        "parties": [{
            "id": format!("p-{call}-1"),
            "extensionId": extension,
            "direction": "Inbound",
            "from": { "phoneNumber": format!("+1415555{:04}", call % 10_000) },
            "to": { "phoneNumber": "+15105550100", "extensionId": extension, "name": "Somebody" },
            "status": { "code": code },
        }],
    }))
    .unwrap()
}

#[tokio::test]
async fn twenty_events_a_second_among_120_calls_cost_one_look_each_four_announcements_a_second_and_no_questions()
 {
    let test = TestStore::new().await;
    let changes = test.store.changes().clone();
    let calls = CompanyCalls::new("1".into(), test.clock.clone(), changes.clone());
    calls.standing().role_is(Role::Allowed, test.clock.now());
    let page = LivePage::new(test.store.clone(), calls.clone());
    for call in 0..CALLS {
        calls.hear(&event(call, 2, "Answered"));
    }
    assert_eq!(page.get().await.unwrap().calls.len(), 120);
    calls.announce_due();
    let (looks, questions) = (calls.board().derivations, page.questions());

    let mut heard = changes.listen();
    let seconds = 30;
    for number in 0..seconds * 20 {
        test.clock.advance(SignedDuration::from_millis(50));
        let code = if number / CALLS % 2 == 0 {
            "Hold"
        } else {
            "Answered"
        };
        calls.hear(&event(number % CALLS, 3 + number / CALLS, code));
        calls.announce_due();
        if number % 5 == 0 {
            assert_eq!(page.get().await.unwrap().calls.len(), 120);
        }
    }
    assert_eq!(
        calls.board().derivations - looks,
        600,
        "an event touches its own call alone"
    );
    assert_eq!(page.questions(), questions, "names are looked up once");
    let mut announced = 0;
    while let Some(event) = heard.try_next() {
        announced += i64::from(event == CoreEvent::LiveCallsChanged);
    }
    assert!(
        (seconds * 3..=seconds * 4 + 1).contains(&announced),
        "{announced} in {seconds} s"
    );
}

#[tokio::test]
async fn what_changed_last_is_announced_though_nothing_follows() {
    let test = TestStore::new().await;
    let changes = test.store.changes().clone();
    let calls = CompanyCalls::new("1".into(), test.clock.clone(), changes.clone());
    let mut heard = changes.listen();
    calls.hear(&event(1, 2, "Proceeding"));
    assert_eq!(calls.announce_due(), None);
    assert_eq!(heard.try_next(), Some(CoreEvent::LiveCallsChanged));
    calls.hear(&event(1, 3, "Answered"));
    let next = calls.announce_due().expect("it is due a little later");
    assert_eq!(heard.try_next(), None);
    assert_eq!(next, test.clock.now() + ANNOUNCED_AT_MOST_EVERY);
    test.clock.set(next);
    calls.announce_due();
    assert_eq!(heard.try_next(), Some(CoreEvent::LiveCallsChanged));
    // The same news twice is none.
    calls.hear(&event(1, 3, "Answered"));
    assert_eq!(calls.announce_due(), None);
    assert_eq!(heard.try_next(), None);
}

#[test]
fn a_day_of_calls_does_not_pile_up() {
    let mut board = board();
    for number in 0..6_000 {
        let now = at(number * 10);
        let change = |sequence, status| PartyChange {
            session_id: CallSessionId::from(format!("s-{number}").as_str()),
            happened_at: now,
            ..called("p-1", ADA, sequence, status)
        };
        board.apply(&[change(2, PartyStatus::Answered)], now);
        board.apply(&[change(3, PartyStatus::Disconnected)], now);
        board.due(20, now);
    }
    assert!(board.len() <= 100, "{}", board.len());
    // A flood within minutes is bounded as well.
    for number in 0..5_000 {
        let flood = PartyChange {
            session_id: CallSessionId::from(format!("f-{number}").as_str()),
            ..called("p-1", ADA, 2, PartyStatus::Answered)
        };
        board.apply(&[flood], at(60_001));
    }
    assert!(board.len() <= 2_000, "{}", board.len());
}
