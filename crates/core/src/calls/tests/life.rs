//! A call from ring to hang-up.

use super::super::change::PartyStatus::*;
use super::*;

#[test]
fn a_call_rings_is_answered_held_resumed_and_ended() {
    let transitions = play(
        &mut board(),
        &[
            own(2, Setup),
            own(3, Proceeding),
            own(4, Answered),
            own(5, Hold),
            own(6, Answered),
            own(7, Disconnected),
        ],
    );
    use LiveCallState as S;
    assert_eq!(
        states(&transitions),
        [S::Ringing, S::Talking, S::OnHold, S::Talking, S::Ended]
    );
    assert_eq!(transitions[0].before, None);
    assert_eq!(
        transitions[1].call.answered_at,
        Some(start() + SignedDuration::from_secs(4))
    );
}

#[test]
fn a_call_that_has_only_reached_the_extension_has_no_card_yet() {
    let mut board = board();
    assert!(play(&mut board, &[own(2, Setup)]).is_empty());
    assert!(board.cards(start()).is_empty());
    assert_eq!(play(&mut board, &[own(3, Proceeding)]).len(), 1);
    assert_eq!(board.cards(start()).len(), 1);
}

#[test]
fn a_call_that_concerns_only_a_colleague_has_no_card() {
    let mut board = board();
    let transitions = play(
        &mut board,
        &[
            caller(2, Setup),
            party("p-2", Some(COLLEAGUE), 3, Proceeding),
            party("p-2", Some(COLLEAGUE), 4, Answered),
        ],
    );
    assert!(transitions.is_empty());
    assert!(board.cards(start()).is_empty());
}

#[test]
fn the_other_side_of_an_inbound_call_is_the_caller_and_of_an_outbound_one_the_called() {
    let inbound = play(&mut board(), &[own(2, Proceeding)]);
    assert_eq!(inbound[0].call.other.number.as_deref(), Some(CALLER));
    assert_eq!(inbound[0].call.line.number.as_deref(), Some("+14155550100"));

    let outbound = play(
        &mut board(),
        &[PartyChange {
            direction: Direction::Outbound,
            ..own(2, Setup)
        }],
    );
    assert_eq!(outbound[0].call.direction, Direction::Outbound);
    assert_eq!(outbound[0].call.state, LiveCallState::Ringing);
    assert_eq!(outbound[0].call.other.number.as_deref(), Some("+14155550100"));
}

#[test]
fn an_outbound_call_has_no_caller_card() {
    let mut board = board();
    let change = PartyChange {
        direction: Direction::Outbound,
        ..own(2, Proceeding)
    };
    assert_eq!(play(&mut board, &[change]).len(), 1);
    assert!(board.cards(start()).is_empty());
}

#[test]
fn our_own_phone_ringing_for_a_call_we_place_is_no_inbound_call() {
    let mut change = own(2, Proceeding);
    change.from.extension_id = Some(ExtensionId::from(OWN));
    assert!(play(&mut board(), &[change]).is_empty());
}

#[test]
fn listening_in_on_a_colleague_is_no_call_of_ours() {
    let change = because(DisconnectReason::Supervising, own(2, Answered));
    assert!(play(&mut board(), &[change]).is_empty());
}

#[test]
fn a_second_call_stands_under_the_first() {
    let mut board = board();
    let second = PartyChange {
        session_id: CallSessionId::from("s-0"),
        ..own(9, Proceeding)
    };
    play(&mut board, &[own(2, Proceeding), own(3, Answered), second]);
    let sessions: Vec<_> = board
        .cards(start())
        .into_iter()
        .map(|call| call.session_id.0)
        .collect();
    assert_eq!(sessions, ["s-1", "s-0"]);
}

#[test]
fn a_caller_id_name_that_comes_late_is_taken_up_without_a_change_of_state() {
    let mut named = own(4, Proceeding);
    named.from.name = Some("DIBYENDU".to_owned());
    named.from.number = None;
    let transitions = play(&mut board(), &[own(3, Proceeding), named]);
    assert_eq!(
        states(&transitions),
        [LiveCallState::Ringing, LiveCallState::Ringing]
    );
    assert_eq!(transitions[1].call.other.name.as_deref(), Some("DIBYENDU"));
    assert_eq!(transitions[1].call.other.number.as_deref(), Some(CALLER));
}

#[test]
fn a_call_whose_beginning_was_lost_is_joined_where_it_stands() {
    assert_eq!(state_after(&[own(6, Answered)]), Some(LiveCallState::Talking));
    assert_eq!(state_after(&[own(7, Hold)]), Some(LiveCallState::OnHold));
}

#[test]
fn an_ignored_call_has_no_card_but_goes_on() {
    let mut board = board();
    let session = CallSessionId::from("s-1");
    play(&mut board, &[own(2, Proceeding)]);
    assert!(board.ignore(&session).unwrap().is_ignored);
    assert!(board.cards(start()).is_empty());
    let transitions = play(&mut board, &[own(3, Answered)]);
    assert_eq!(states(&transitions), [LiveCallState::Talking]);
    assert!(board.cards(start()).is_empty());
    assert_eq!(board.ignore(&CallSessionId::from("s-9")), None);
}
