//! Whatever the network does to the order of things, the card is one and the end is the same.

use super::super::change::PartyStatus::*;
use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

/// Believable calls, each with the state that it ends in.
fn calls() -> Vec<(Vec<PartyChange>, LiveCallState)> {
    vec![
        (
            vec![
                caller(2, Setup),
                own(3, Setup),
                caller(4, Answered),
                own(5, Proceeding),
                own(6, Answered),
                own(7, Hold),
                own(8, Answered),
                own(9, Disconnected),
                caller(10, Disconnected),
            ],
            LiveCallState::Ended,
        ),
        (
            vec![
                caller(2, Setup),
                own(3, Setup),
                own(4, Proceeding),
                missed(own(5, Disconnected)),
                caller(6, Disconnected),
            ],
            LiveCallState::Missed,
        ),
        (
            vec![
                own(2, Setup),
                own(3, Proceeding),
                own(4, Voicemail),
                missed(own(5, Disconnected)),
            ],
            LiveCallState::Voicemail,
        ),
        (
            vec![
                party("p-9", Some(QUEUE), 2, Setup),
                queued(own(3, Proceeding)),
                queued(party("p-3", Some(COLLEAGUE), 4, Proceeding)),
                queued(party("p-3", Some(COLLEAGUE), 5, Answered)),
                queued(own(6, Disconnected)),
                queued(party("p-3", Some(COLLEAGUE), 7, Disconnected)),
            ],
            LiveCallState::AnsweredElsewhere,
        ),
        (
            vec![
                own(2, Proceeding),
                own(3, Answered),
                because(DisconnectReason::PassedOn, own(4, Disconnected)),
                party("p-5", Some(OWN), 5, Proceeding),
                party("p-5", Some(OWN), 6, Answered),
                party("p-5", Some(OWN), 7, Disconnected),
            ],
            LiveCallState::Ended,
        ),
        (vec![own(2, Setup), own(3, Proceeding)], LiveCallState::Ringing),
    ]
}

/// A call whose events arrive in any order, any of them several times.
fn shaken() -> impl Strategy<Value = (Vec<PartyChange>, LiveCallState)> {
    (0..calls().len(), proptest::collection::vec(any::<Index>(), 0..8)).prop_flat_map(|(which, copies)| {
        let (mut changes, state) = calls().swap_remove(which);
        for copy in copies {
            changes.push(copy.get(&changes).clone());
        }
        (Just(changes).prop_shuffle(), Just(state))
    })
}

proptest! {
    #[test]
    fn any_order_and_any_number_of_copies_gives_one_card_and_the_same_end((changes, state) in shaken()) {
        let mut board = board();
        for change in &changes {
            // All arrive late, but within what a recovery replays.
            board.apply(std::slice::from_ref(change), start() + SignedDuration::from_secs(60));
            prop_assert!(board.cards(start()).len() <= 1);
        }
        prop_assert_eq!(board.view(&CallSessionId::from("s-1")).map(|view| view.state), Some(state));
    }

    #[test]
    fn two_orders_of_the_same_events_leave_the_very_same_call(
        (changes, _) in shaken(),
        swaps in proptest::collection::vec((any::<Index>(), any::<Index>()), 0..20),
    ) {
        let mut other = changes.clone();
        for (a, b) in swaps {
            let (a, b) = (a.index(other.len()), b.index(other.len()));
            other.swap(a, b);
        }
        let session = CallSessionId::from("s-1");
        let [one, two] = [changes, other].map(|changes| {
            let mut board = board();
            for change in changes {
                board.apply(&[change], start() + SignedDuration::from_secs(60));
            }
            board.view(&session).cloned()
        });
        prop_assert_eq!(one, two);
    }

    #[test]
    fn lost_events_are_made_good_by_one_answer(
        which in 0..calls().len(),
        kept in subsequence((0..9).collect::<Vec<usize>>(), 0..9),
    ) {
        let (changes, _) = calls().swap_remove(which);
        let session = CallSessionId::from("s-1");
        let mut board = board();
        let heard: Vec<_> = kept.iter().filter_map(|&index| changes.get(index)).cloned().collect();
        play(&mut board, &heard);
        board.close(&session, start() + SignedDuration::from_secs(60));
        let state = board.view(&session).map(|view| view.state);
        prop_assert!(state.is_none_or(LiveCallState::is_over), "{:?}", state);
        prop_assert!(board.cards(start() + SignedDuration::from_secs(120)).is_empty());
    }
}
