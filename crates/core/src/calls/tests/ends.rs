//! How a call ends, and what the person is told of it.

use super::super::change::PartyStatus::*;
use super::super::tracked::MISSED_LINGER;
use super::*;

#[test]
fn a_call_that_rang_in_vain_is_missed() {
    assert_eq!(
        state_after(&[own(2, Proceeding), own(3, Disconnected)]),
        Some(LiveCallState::Missed)
    );
    assert_eq!(
        state_after(&[own(2, Proceeding), missed(own(3, Disconnected))]),
        Some(LiveCallState::Missed)
    );
}

#[test]
fn a_call_that_somebody_else_took_is_answered_elsewhere() {
    let taken = because(DisconnectReason::TakenElsewhere, own(3, Disconnected));
    assert_eq!(
        state_after(&[own(2, Proceeding), taken]),
        Some(LiveCallState::AnsweredElsewhere)
    );
}

#[test]
fn a_queue_call_that_a_colleague_took_is_answered_elsewhere() {
    let mut board = board();
    let transitions = play(
        &mut board,
        &[
            queued(own(3, Proceeding)),
            queued(party("p-3", Some(COLLEAGUE), 4, Proceeding)),
            queued(party("p-3", Some(COLLEAGUE), 5, Answered)),
            queued(own(6, Disconnected)),
        ],
    );
    assert_eq!(
        states(&transitions),
        [LiveCallState::Ringing, LiveCallState::AnsweredElsewhere]
    );
    assert!(!transitions[1].call.is_undecided);
}

#[test]
fn a_queue_that_found_an_agent_says_so_even_when_the_agent_is_not_seen() {
    let changes = [
        party("p-9", Some(QUEUE), 2, Setup),
        queued(own(3, Proceeding)),
        because(
            DisconnectReason::TakenElsewhere,
            party("p-9", Some(QUEUE), 4, Disconnected),
        ),
        queued(own(5, Disconnected)),
    ];
    assert_eq!(state_after(&changes), Some(LiveCallState::AnsweredElsewhere));
}

#[test]
fn a_colleague_who_passed_the_call_on_to_us_did_not_take_it() {
    let changes = [
        party("p-3", Some(COLLEAGUE), 2, Proceeding),
        party("p-3", Some(COLLEAGUE), 3, Answered),
        because(
            DisconnectReason::PassedOn,
            party("p-3", Some(COLLEAGUE), 4, Disconnected),
        ),
        own(5, Proceeding),
        missed(own(6, Disconnected)),
    ];
    assert_eq!(state_after(&changes), Some(LiveCallState::Missed));
}

#[test]
fn a_queue_that_plays_music_has_not_taken_the_call() {
    let mut board = board();
    let transitions = play(
        &mut board,
        &[
            party("p-9", Some(QUEUE), 2, Setup),
            queued(own(3, Proceeding)),
            party("p-9", Some(QUEUE), 4, Answered),
            queued(own(5, Disconnected)),
        ],
    );
    assert_eq!(
        states(&transitions),
        [LiveCallState::Ringing, LiveCallState::Ended]
    );
}

#[test]
fn a_queue_call_that_stops_ringing_here_without_a_word_is_left_open_and_asked_after() {
    let mut board = board();
    let transitions = play(
        &mut board,
        &[queued(own(3, Proceeding)), queued(own(4, Disconnected))],
    );
    assert_eq!(
        states(&transitions),
        [LiveCallState::Ringing, LiveCallState::Ended]
    );
    assert!(transitions[1].call.is_undecided);
    let due = start() + SignedDuration::from_secs(5);
    assert_eq!(board.tick(due).to_ask, [CallSessionId::from("s-1")]);
}

#[test]
fn a_caller_who_is_sent_to_voicemail_is_not_missed() {
    for changes in [
        vec![own(2, Setup), own(3, Proceeding), own(4, Voicemail)],
        vec![
            own(2, Setup),
            own(3, Proceeding),
            own(4, Voicemail),
            missed(own(5, Disconnected)),
        ],
        vec![
            own(3, Proceeding),
            because(DisconnectReason::SentToVoicemail, own(4, Disconnected)),
        ],
        vec![own(2, Setup), own(3, Voicemail)],
    ] {
        assert_eq!(
            state_after(&changes),
            Some(LiveCallState::Voicemail),
            "{changes:?}"
        );
    }
}

#[test]
fn a_caller_taken_out_of_voicemail_is_talked_to() {
    let changes = [own(2, Proceeding), own(3, Voicemail), own(4, Answered)];
    assert_eq!(state_after(&changes), Some(LiveCallState::Talking));
    let changes = [
        own(2, Proceeding),
        own(3, Voicemail),
        own(4, Answered),
        own(5, Disconnected),
    ];
    assert_eq!(state_after(&changes), Some(LiveCallState::Ended));
}

#[test]
fn a_fax_is_no_call_to_answer() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(3, FaxReceive)]);
    assert!(board.cards(start()).is_empty());
    assert_eq!(
        state_after(&[own(2, Proceeding), own(3, FaxReceive), own(4, Disconnected)]),
        Some(LiveCallState::Ended)
    );
}

#[test]
fn a_call_that_we_transferred_or_declined_has_ended_for_us() {
    let passed_on = because(DisconnectReason::PassedOn, own(4, Disconnected));
    assert_eq!(
        state_after(&[own(2, Proceeding), own(3, Answered), passed_on.clone()]),
        Some(LiveCallState::Ended)
    );
    assert_eq!(
        state_after(&[own(2, Proceeding), passed_on]),
        Some(LiveCallState::Ended)
    );
    assert_eq!(
        state_after(&[own(2, Answered), own(3, Gone)]),
        Some(LiveCallState::Ended)
    );
}

#[test]
fn a_parked_call_goes_on() {
    let changes = [own(2, Proceeding), own(3, Answered), own(4, Parked)];
    assert_eq!(state_after(&changes), Some(LiveCallState::Parked));
}

#[test]
fn a_call_transferred_back_rings_again_in_the_same_card() {
    let mut board = board();
    let transitions = play(
        &mut board,
        &[
            own(2, Proceeding),
            own(3, Answered),
            because(DisconnectReason::PassedOn, own(4, Disconnected)),
            party("p-5", Some(OWN), 5, Proceeding),
        ],
    );
    use LiveCallState as S;
    assert_eq!(
        states(&transitions),
        [S::Ringing, S::Talking, S::Ended, S::Ringing]
    );
    assert_eq!(board.cards(start()).len(), 1);
}

#[test]
fn a_caller_who_hung_up_ends_the_call_even_when_our_own_end_was_lost() {
    assert_eq!(
        state_after(&[own(2, Proceeding), caller(3, Disconnected)]),
        Some(LiveCallState::Missed)
    );
    assert_eq!(
        state_after(&[own(2, Proceeding), own(3, Answered), caller(4, Disconnected)]),
        Some(LiveCallState::Ended)
    );
}

#[test]
fn the_card_of_a_missed_call_lingers_and_the_others_leave_at_once() {
    let mut board = board();
    play(&mut board, &[own(2, Proceeding), own(3, Disconnected)]);
    let ended_at = start() + SignedDuration::from_secs(3);
    let gone_at = ended_at + MISSED_LINGER;
    assert_eq!(board.cards(ended_at).len(), 1);
    assert_eq!(board.card_leaves_at(ended_at), Some(gone_at));
    assert!(board.let_cards_leave(ended_at).is_empty());
    assert!(board.cards(gone_at).is_empty());
    assert_eq!(board.let_cards_leave(gone_at), [CallSessionId::from("s-1")]);
    assert!(board.let_cards_leave(gone_at).is_empty());
    assert_eq!(board.card_leaves_at(gone_at), None);

    let mut board = super::board();
    let taken = because(DisconnectReason::TakenElsewhere, own(3, Disconnected));
    play(&mut board, &[own(2, Proceeding), taken]);
    assert!(board.cards(ended_at).is_empty());
    assert!(board.let_cards_leave(ended_at).is_empty());
}
