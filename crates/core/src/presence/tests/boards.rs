use super::super::board::*;
use super::presence;
use crate::store::PresenceRecord;
use domain::presence::Availability;
use jiff::Timestamp;
use ringcentral::api::presence::Presence;
use serde_json::json;

const ANA: &str = "104";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// Both clocks agree.
fn now(seconds: i64) -> Now {
    Now {
        here: at(seconds),
        there: Some(at(seconds)),
    }
}

fn event(sequence: u64, user: &str) -> Presence {
    presence(json!({ "sequence": sequence, "presenceStatus": user, "userStatus": user }))
}

fn answer(user: &str) -> Presence {
    presence(json!({ "presenceStatus": user, "userStatus": user }))
}

/// Ana was available when everybody was asked after, and events flow.
fn board() -> Board {
    let mut board = Board::new(Vec::new(), at(0));
    board.flow(true, at(0));
    let asked = board.ask(at(0));
    board.see_all(&[answer("Available")], true, asked, now(0));
    board.take_batch();
    board
}

fn dot(board: &Board) -> Availability {
    board.record(ANA).unwrap().availability
}

#[test]
fn events_count_by_their_number_in_whatever_order_they_come() {
    let mut board = board();
    for (second, sequence, user) in [
        (60, 12, "Busy"),
        (61, 11, "Offline"),
        (62, 12, "Busy"),
        (63, 10, "Available"),
    ] {
        board.hear(&event(sequence, user), Some(at(60)), now(second));
    }
    assert_eq!(dot(&board), Availability::Busy);
    assert_eq!(board.record(ANA).unwrap().since, Some(at(60)));
}

#[test]
fn an_answer_that_was_asked_for_before_an_event_came_does_not_undo_it() {
    let mut board = board();
    let asked = board.ask(at(60));
    board.hear(&event(11, "Busy"), Some(at(61)), now(61));
    board.see_all(&[answer("Available")], true, asked, now(62));
    assert_eq!(dot(&board), Availability::Busy);
    // Which of the two was later, only asking tells.
    assert_eq!(board.to_ask(9, at(62)), [ANA]);
    let asked = board.ask(at(63));
    board.see(ANA, &answer("Available"), asked, now(63));
    assert_eq!(dot(&board), Availability::Available);
    assert!(board.to_ask(9, at(99)).is_empty());
}

#[test]
fn what_we_asked_for_ourselves_is_so_though_its_event_overtakes_the_answer() {
    let mut board = board();
    let asked = board.ask(at(60));
    board.hear(&event(11, "Busy"), Some(at(60)), now(60));
    let mut taken_over = answer("Busy");
    taken_over.message = Some("In a meeting".to_owned());
    board.changed_by_us(ANA, &taken_over, true, asked, now(61));
    assert_eq!(
        board.record(ANA).unwrap().message.as_deref(),
        Some("In a meeting")
    );
    assert_eq!(board.record(ANA).unwrap().since, Some(at(60)));
    // Somebody else may have changed it in between.
    assert_eq!(board.to_ask(9, at(61)), [ANA]);
}

#[test]
fn whoever_hides_from_now_on_is_not_shown_as_before() {
    let mut board = board();
    let hidden: Presence =
        serde_json::from_value(json!({ "extensionId": ANA, "presenceStatus": "Offline" })).unwrap();
    let asked = board.ask(at(60));
    board.see_all(&[hidden], true, asked, now(60));
    assert_eq!(dot(&board), Availability::Offline);
}

#[test]
fn an_event_that_lay_about_while_everybody_was_asked_after_changes_nothing() {
    let mut board = board();
    let asked = board.ask(at(60));
    board.see_all(&[answer("Busy")], true, asked, now(60));
    board.hear(&event(11, "Available"), Some(at(30)), now(70));
    assert_eq!(dot(&board), Availability::Busy);
    // Should the server's clocks differ among themselves, the look tells.
    assert_eq!(board.to_ask(9, at(70)), [ANA]);
    board.hear(&event(12, "Offline"), Some(at(80)), now(80));
    assert_eq!(dot(&board), Availability::Offline);
}

#[test]
fn a_clock_that_is_an_hour_off_moves_no_duration() {
    let mut board = board();
    let skewed = Now {
        here: at(100),
        there: Some(at(3700)),
    };
    // Replayed after 40 seconds.
    board.hear(&event(11, "Busy"), Some(at(3660)), skewed);
    assert_eq!(board.record(ANA).unwrap().since, Some(at(60)));
    // Without the server's clock it began when it was heard.
    let unknown = Now {
        here: at(110),
        there: None,
    };
    board.hear(&event(12, "Available"), Some(at(3700)), unknown);
    assert_eq!(board.record(ANA).unwrap().since, Some(at(110)));
}

#[test]
fn the_call_that_an_answer_shows_began_by_our_clock() {
    let mut board = board();
    let skewed = Now {
        here: at(100),
        there: Some(at(3700)),
    };
    let on_call = presence(json!({
        "telephonyStatus": "CallConnected", "presenceStatus": "Busy",
        "activeCalls": [{ "telephonyStatus": "CallConnected", "startTime": at(3640).to_string() }],
    }));
    let asked = board.ask(at(100));
    board.see(ANA, &on_call, asked, skewed);
    assert_eq!(board.record(ANA).unwrap().since, Some(at(40)));
}

#[test]
fn what_an_earlier_run_has_kept_is_stale_until_it_is_heard() {
    let kept = |user: &str| PresenceRecord {
        user: user.to_owned(),
        availability: Availability::Available,
        words: Default::default(),
        message: None,
        sequence: Some(10),
        since: Some(at(-9000)),
        updated_at: at(-9000),
    };
    let mut board = Board::new(vec![kept(ANA), kept("105")], at(0));
    assert_eq!(board.stale(at(0)), 2);
    board.flow(true, at(0));
    board.hear(&event(11, "Busy"), Some(at(1)), now(1));
    assert!(!board.is_stale(ANA, at(1)) && board.is_stale("105", at(1)));
    let asked = board.ask(at(2));
    board.see_all(&[answer("Busy")], true, asked, now(2));
    assert_eq!(board.stale(at(2)), 0);
    // Whoever is not in a whole answer is gone.
    assert_eq!(board.take_batch().gone, ["105"]);
}

#[test]
fn events_that_are_away_for_seconds_are_not_worth_a_word_and_for_longer_they_are() {
    let mut board = board();
    board.flow(false, at(100));
    assert!(!board.is_stale(ANA, at(130)));
    assert!(board.is_stale(ANA, at(131)));
    // Back without a loss: everything that happened was replayed.
    board.flow(true, at(140));
    assert!(!board.is_stale(ANA, at(141)));
    // Back with a loss: stale until everybody was asked after.
    board.flow(false, at(200));
    board.flow(true, at(300));
    board.doubt(at(300));
    assert!(
        board.is_stale(ANA, at(301)),
        "nobody has said otherwise for 100 seconds"
    );
    let asked = board.ask(at(340));
    board.see_all(&[answer("Available")], true, asked, now(340));
    assert!(!board.is_stale(ANA, at(9000)));
}

#[test]
fn without_events_an_answer_is_good_for_some_minutes() {
    let mut board = board();
    board.flow(false, at(100));
    let asked = board.ask(at(130));
    board.see_all(&[answer("Available")], true, asked, now(130));
    assert!(!board.is_stale(ANA, at(130 + 700)));
    assert!(board.is_stale(ANA, at(130 + 721)));
}

#[test]
fn an_answer_that_was_asked_for_before_the_loss_does_not_close_it() {
    let mut board = board();
    let asked = board.ask(at(10));
    board.doubt(at(11));
    board.see_all(&[answer("Available")], true, asked, now(12));
    assert!(board.sureness().loss().is_some());
}

#[test]
fn an_event_that_shows_nothing_new_is_asked_after_because_messages_are_not_in_events() {
    let mut board = board();
    board.hear(&event(11, "Available"), Some(at(60)), now(60));
    assert_eq!(board.to_ask(9, at(60)), [ANA]);
    let asked = board.ask(at(60));
    let mut with_message = answer("Available");
    with_message.message = Some("At lunch".to_owned());
    board.see(ANA, &with_message, asked, now(60));
    assert_eq!(board.record(ANA).unwrap().message.as_deref(), Some("At lunch"));
    // An event without a message leaves it; the next look at the same colleague waits.
    board.hear(&event(12, "Available"), Some(at(70)), now(70));
    assert_eq!(board.record(ANA).unwrap().message.as_deref(), Some("At lunch"));
    assert!(board.to_ask(9, at(70)).is_empty());
    assert_eq!(board.to_ask(9, at(120)), [ANA]);
}

#[test]
fn only_what_looks_different_is_told() {
    let mut board = board();
    board.hear(&event(11, "Busy"), Some(at(60)), now(60));
    assert_eq!(board.take_batch().changed, [ANA]);
    let asked = board.ask(at(70));
    board.see_all(&[answer("Busy")], true, asked, now(70));
    let batch = board.take_batch();
    assert!(batch.changed.is_empty());
    assert_eq!(batch.records.len(), 1, "that it was heard is kept");
    assert!(!board.has_batch());
}

#[test]
fn what_could_not_be_written_is_in_the_next_batch() {
    let mut board = board();
    board.hear(&event(11, "Busy"), Some(at(60)), now(60));
    let batch = board.take_batch();
    board.put_back(batch);
    let again = board.take_batch();
    assert_eq!((again.records.len(), again.changed.len()), (1, 1));
}

#[test]
fn extensions_that_are_no_people_have_no_presence() {
    let mut board = board();
    let queue: Presence = serde_json::from_value(json!({
        "extension": { "id": 300 }, "presenceStatus": "Offline" }))
    .unwrap();
    let asked = board.ask(at(10));
    board.see_all(&[answer("Available"), queue], true, asked, now(10));
    assert!(board.record("300").is_none());
}

#[test]
fn any_order_of_any_events_and_one_answer_end_as_the_world_is() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    const STATES: [&str; 3] = ["Available", "Busy", "Offline"];
    let cases = Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    // Each change: the state, seconds until it, whether the event is lost, and how much later it arrives, maybe twice.
    let change = (0..3usize, 1..20i64, any::<bool>(), 0..60i64, any::<bool>());
    let story = (prop::collection::vec(change, 1..12), 0..200i64, 1..10i64);
    TestRunner::new_with_rng(cases, random)
        .run(&story, |(changes, asked_at, answer_takes)| {
            let mut board = board();
            let mut world: Vec<(i64, &str)> = vec![(0, "Available")];
            let mut arrivals: Vec<(i64, i64, u64, &str)> = Vec::new();
            let mut second = 10;
            for (number, (state, wait, is_lost, late, is_twice)) in (1u64..).zip(changes) {
                second += wait;
                let state = STATES[state];
                world.push((second, state));
                if !is_lost {
                    arrivals.push((second + late, second, 10 + number, state));
                }
                if is_twice && !is_lost {
                    arrivals.push((second + late * 2, second, 10 + number, state));
                }
            }
            let end = second + 200;
            let state_at = |at: i64| world.iter().rev().find(|(when, _)| *when <= at).unwrap().1;
            arrivals.sort();
            let mut asked = None;
            // One refresh: asked somewhen after the last loss can have happened, answered with the state at the asking.
            let asked_at = second + asked_at;
            let answered_at = asked_at + answer_takes;
            for tick in 10..=end + 200 {
                if tick == asked_at {
                    asked = Some(board.ask(at(tick)));
                }
                for (_, sent, number, state) in arrivals.iter().filter(|(arrival, ..)| *arrival == tick) {
                    board.hear(&event(*number, state), Some(at(*sent)), now(tick));
                }
                if tick == answered_at {
                    board.see_all(&[answer(state_at(asked_at))], true, asked.unwrap(), now(tick));
                }
                if asked.is_some() {
                    for user in board.to_ask(9, at(tick)) {
                        let asked = board.ask(at(tick));
                        board.see(&user, &answer(state_at(tick)), asked, now(tick));
                    }
                }
            }
            prop_assert_eq!(
                board.record(ANA).unwrap().words.user_status.as_deref().unwrap(),
                state_at(end)
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn three_hundred_people_at_twenty_events_a_second_are_few_batches() {
    let mut board = Board::new(Vec::new(), at(0));
    board.flow(true, at(0));
    let everybody: Vec<Presence> = (0..300)
        .map(|id| presence(json!({ "extensionId": id.to_string() })))
        .collect();
    let asked = board.ask(at(0));
    board.see_all(&everybody, true, asked, now(0));
    assert_eq!(board.take_batch().records.len(), 300);
    let mut written = 0;
    for second in 10..20i64 {
        for quarter in 0..4 {
            for one in 0..5u64 {
                let id = (second.unsigned_abs() * 20 + quarter * 5 + one) % 300;
                let calls = presence(json!({
                    "extensionId": id.to_string(), "sequence": 100 + second, "telephonyStatus": "Ringing" }));
                board.hear(&calls, Some(at(second)), now(second));
            }
            written += board.take_batch().records.len();
        }
    }
    assert_eq!(written, 200, "only who changed is written");
    assert_eq!(board.stale(at(20)), 0);
}
