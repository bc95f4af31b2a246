//! Whatever the network does to the order of things, the call looks the same in the end.

use super::*;
use crate::calls::PartyStatus::*;
use proptest::prelude::*;

fn calls() -> Vec<Vec<PartyChange>> {
    let agent = |id: &str, extension: &str, sequence, status| PartyChange {
        is_queue_call: true,
        ..called(id, extension, sequence, status)
    };
    let queue = vec![
        called("p-1", QUEUE, 2, Setup),
        called("p-1", QUEUE, 3, Proceeding),
        agent("p-2", ADA, 4, Setup),
        agent("p-2", ADA, 5, Proceeding),
        agent("p-3", BEN, 6, Setup),
        agent("p-3", BEN, 7, Proceeding),
        agent("p-3", BEN, 8, Answered),
        because(
            DisconnectReason::TakenElsewhere,
            called("p-1", QUEUE, 9, Disconnected),
        ),
        because(
            DisconnectReason::TakenElsewhere,
            agent("p-2", ADA, 10, Disconnected),
        ),
        agent("p-3", BEN, 11, Hold),
        agent("p-3", BEN, 12, Answered),
    ];
    let mut passed_on = queue.clone();
    passed_on.extend([
        because(DisconnectReason::PassedOn, agent("p-3", BEN, 13, Disconnected)),
        called("p-4", ADA, 14, Setup),
        called("p-4", ADA, 15, Proceeding),
        called("p-4", ADA, 16, Answered),
        because(DisconnectReason::Supervising, called("p-5", "555", 17, Answered)),
    ]);
    let mut over = passed_on.clone();
    over.extend([
        called("p-4", ADA, 18, Disconnected),
        because(
            DisconnectReason::Supervising,
            called("p-5", "555", 19, Disconnected),
        ),
    ]);
    let out = vec![
        calling("p-1", ADA, number(), 2, Setup),
        outside("p-2", 3, Proceeding),
        calling("p-1", ADA, number(), 4, Proceeding),
        outside("p-2", 5, Answered),
        calling("p-1", ADA, number(), 6, Answered),
        calling("p-1", ADA, number(), 7, Hold),
    ];
    vec![queue, passed_on, over, out]
}

fn shuffled() -> impl Strategy<Value = (Vec<PartyChange>, Vec<PartyChange>)> {
    (0..calls().len()).prop_flat_map(|index| {
        let story = calls().swap_remove(index);
        let doubled: Vec<PartyChange> = story.iter().chain(&story).cloned().collect();
        (Just(story), Just(doubled).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn doubled_and_in_any_order_a_call_comes_out_the_same((story, heard) in shuffled()) {
        let mut board = board();
        for change in &heard {
            // All within a moment.
            board.apply(std::slice::from_ref(change), at(20));
        }
        prop_assert_eq!(board.view(&session()).cloned(), view_after(&story));
    }
}
