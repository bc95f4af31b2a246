//! Believable calls and what is shown of them: one card for each call, whoever else it rings at.

use super::super::tracked::MISSED_LINGER;
use super::story::told;
use domain::call::LiveCallState::{self, *};
use jiff::SignedDuration;

/// What happens; the cards shown, whenever they change; how the call stands in the end.
type Row = (&'static str, &'static str, &'static str, Option<LiveCallState>);

const DIRECT: &[Row] = &[
    (
        "answered, held, taken back, and the caller hangs up",
        "caller Setup, me Setup, caller Proceeding, me Proceeding, caller Answered, me Answered, me Hold, me Answered, \
         caller Disconnected, me Disconnected",
        "Ringing Talking OnHold Talking -",
        Some(Ended),
    ),
    (
        "the caller puts us on hold",
        "caller Setup, me Proceeding, me Answered, caller Hold, caller Answered, me Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "the caller gives up while it rings",
        "caller Setup, me Setup, me Proceeding, caller Disconnected, me Disconnected missed",
        "Ringing Missed",
        Some(Missed),
    ),
    (
        "the caller gives up before it rings",
        "caller Setup, me Setup, caller Disconnected, me Disconnected missed",
        "",
        Some(Missed),
    ),
    (
        "nobody answers",
        "me Setup, me Proceeding, me Disconnected:NoAnswer",
        "Ringing Missed",
        Some(Missed),
    ),
    (
        "declined",
        "me Setup, me Proceeding, me Disconnected:Rejected",
        "Ringing -",
        Some(Ended),
    ),
    (
        "answered with a message",
        "me Proceeding, me Disconnected:CallReplied",
        "Ringing -",
        Some(Ended),
    ),
    (
        "a message is left",
        "me Setup, me Proceeding, me VoiceMail, me Disconnected missed",
        "Ringing -",
        Some(Voicemail),
    ),
    (
        "sent to voicemail in the older spelling",
        "me Proceeding, me Voicemail, caller Disconnected, me Disconnected",
        "Ringing -",
        Some(Voicemail),
    ),
    (
        "taken out of a screened message",
        "me Proceeding, me VoiceMailScreening, me Answered, me Disconnected",
        "Ringing - Talking -",
        Some(Ended),
    ),
    (
        "calls do not ring here, the mailbox answers",
        "me Setup, me VoiceMail, me Disconnected",
        "",
        Some(Voicemail),
    ),
    (
        "forwarded to a mobile phone and answered there",
        "me Setup, me Proceeding, outside Setup, outside Proceeding, outside Answered, me Answered, me Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "a fax",
        "me Setup, me FaxReceive, me Disconnected",
        "",
        Some(Ended),
    ),
    (
        "a colleague calls and hangs up",
        "ben-calling Setup, me Setup, ben-calling Answered, me Proceeding, me Answered, ben-calling Hold, \
         ben-calling Answered, ben-calling Disconnected, me Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "through the menu of the company",
        "menu Setup, menu Answered, menu Disconnected:CallerInputRedirect, me Setup, me Proceeding, me Answered",
        "Ringing Talking",
        Some(Talking),
    ),
    (
        "a state that nobody has heard of yet",
        "me Proceeding, me Teleported, me Tds, me Answered, me Levitating, me Disconnected:Whimsy",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "a second call during the first",
        "me Proceeding, me Answered, me Proceeding s-2, me Hold, me Answered s-2, me Disconnected s-2, me Answered",
        "Ringing Talking Talking+Ringing OnHold+Ringing OnHold+Talking OnHold Talking",
        Some(Talking),
    ),
];

const QUEUES: &[Row] = &[
    (
        "answered here",
        "queue Setup, queue Answered, me Setup queue, me Proceeding queue, ben Proceeding queue, me Answered queue, \
         queue Disconnected:AgentAnswered, ben Disconnected queue, me Disconnected queue",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "a colleague answers",
        "queue Setup, me Setup queue, ben Setup queue, me Proceeding queue, ben Proceeding queue, ben Answered queue, \
         me Disconnected queue missed, queue Disconnected:AgentAnswered, ben Disconnected queue",
        "Ringing -",
        Some(AnsweredElsewhere),
    ),
    (
        "a colleague answers, of which only our own party tells",
        "me Setup queue, me Proceeding queue, me Disconnected:AgentAnswered queue",
        "Ringing -",
        Some(AnsweredElsewhere),
    ),
    (
        "a colleague answers, of which only the queue tells",
        "queue Setup, me Proceeding queue, queue Disconnected:Pickup, me Disconnected queue",
        "Ringing -",
        Some(AnsweredElsewhere),
    ),
    (
        "nobody answers, and a message is left for the queue",
        "queue Setup, me Proceeding queue, me Disconnected:AgentDropped queue, ben Proceeding queue, \
         ben Disconnected:AgentDropped queue, queue VoiceMail, queue Disconnected",
        "Ringing -",
        Some(Voicemail),
    ),
    (
        "it comes round to us again",
        "me Proceeding queue, me Disconnected:AgentDropped queue, ben Proceeding queue, ben Disconnected queue, \
         me2 Setup queue, me2 Proceeding queue, me2 Answered queue, me2 Disconnected queue",
        "Ringing - Ringing Talking -",
        Some(Ended),
    ),
    (
        "it rings colleagues only",
        "queue Setup, ben Setup queue, ben Proceeding queue, cem Proceeding queue, cem Answered queue",
        "",
        None,
    ),
    (
        "a ringing call is picked up by a colleague",
        "me Proceeding, ben Answered, me Disconnected:Pickup",
        "Ringing -",
        Some(AnsweredElsewhere),
    ),
    (
        "our ringing party becomes the colleague's who picks it up",
        "me Proceeding, me Answered:Pickup @102, me Disconnected @102",
        "Ringing -",
        Some(AnsweredElsewhere),
    ),
    (
        "our ringing party rings on at a colleague's",
        "me Proceeding, me Proceeding @102",
        "Ringing -",
        Some(Ended),
    ),
];

const PASSED_ON: &[Row] = &[
    (
        "a colleague passes a call on to us",
        "caller Setup, ben Proceeding, ben Answered, ben Disconnected:BlindTransfer, me Setup, me Proceeding, \
         me Answered, me Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "what a colleague passes on to us is missed",
        "ben Answered, ben Disconnected:BlindTransfer, me Setup, me Proceeding, me Disconnected missed",
        "Ringing Missed",
        Some(Missed),
    ),
    (
        "we pass a call on",
        "me Proceeding, me Answered, me Disconnected:BlindTransfer, ben Setup, ben Proceeding, ben Answered, \
         ben Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "what we passed on comes back",
        "me Proceeding, me Answered, me Disconnected:BlindTransfer, ben Proceeding, ben Disconnected:NoAnswer, \
         me2 Setup, me2 Proceeding, me2 Answered, me2 Disconnected",
        "Ringing Talking - Ringing Talking -",
        Some(Ended),
    ),
    (
        "redirected while it rings",
        "me Proceeding, me Disconnected:CallRedirected, cem Setup, cem Proceeding",
        "Ringing -",
        Some(Ended),
    ),
    (
        "a colleague asks us first and then connects the caller",
        "ben-calling Setup s-2, me Setup s-2, me Proceeding s-2, me Answered s-2, me Gone:AttendedTransfer s-2, \
         me2 Answered, ben-calling Gone:AttendedTransfer s-2, me2 Disconnected",
        "Ringing Talking - Talking -",
        Some(Ended),
    ),
    (
        "moved to our other phone",
        "me Proceeding, me Answered, me2 Setup, me2 Proceeding, me2 Answered, me Disconnected:CallFlip, \
         me2 Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "parked and fetched by a colleague",
        "me Proceeding, me Answered, me Parked, ben Answered, me Disconnected:Pickup",
        "Ringing Talking Parked -",
        Some(Ended),
    ),
    (
        "parked and forgotten, so that it comes back",
        "me Proceeding, me Answered, me Parked, me2 Setup, me2 Proceeding, me2 Answered, me Disconnected:ParkLocation, \
         me2 Disconnected",
        "Ringing Talking Parked Ringing Talking -",
        Some(Ended),
    ),
    (
        "joined into a conference",
        "me Proceeding, me Answered, i Setup s-2 origin=Conference, i Answered s-2 origin=Conference, \
         me Gone:RccTransfer",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "a supervisor takes our conversation over",
        "me Proceeding, me Answered, ben Answered:Supervising, me Disconnected:TakeOver",
        "Ringing Talking -",
        Some(Ended),
    ),
];

const NO_CALLER: &[Row] = &[
    (
        "we call somebody outside",
        "i Setup, outside Proceeding from=me, i Proceeding, outside Answered from=me, i Answered, i Hold, i Answered, \
         i Disconnected, outside Disconnected from=me",
        "",
        Some(Ended),
    ),
    (
        "we call a colleague who passes us on",
        "i Setup, ben Proceeding from=me, ben Answered from=me, ben Disconnected:BlindTransfer from=me, \
         cem Proceeding from=me, cem Answered from=me, i Disconnected",
        "",
        Some(Ended),
    ),
    (
        "our phone rings first for a call that we place from the screen",
        "me Setup role=Initiator origin=RingOut, me Proceeding role=Initiator origin=RingOut, \
         me Answered role=Initiator origin=RingOut, outside Proceeding from=me origin=RingOut, \
         me Disconnected role=Initiator origin=RingOut",
        "",
        Some(Ended),
    ),
    (
        "the same where it says so only once",
        "me Setup role=Initiator origin=RingOut, me Proceeding origin=RingOut, me Answered origin=RingOut",
        "",
        Some(Talking),
    ),
    (
        "the same where it says so by the caller's number only",
        "me Setup from=me origin=RingOut, me Proceeding from=me origin=RingOut",
        "",
        None,
    ),
    (
        "a greeting is recorded over the phone",
        "me Setup origin=GreetingsRecording, me Proceeding origin=GreetingsRecording, \
         me Answered origin=GreetingsRecording, me Disconnected origin=GreetingsRecording",
        "",
        Some(Ended),
    ),
    (
        "we listen in on a colleague",
        "ben Answered, supervisor Answered:Supervising, supervisor Disconnected",
        "",
        None,
    ),
    (
        "our phone rings to let us listen in",
        "ben Answered, me Proceeding, me Answered:Supervising, me Disconnected",
        "Ringing -",
        Some(Ended),
    ),
];

const STILL_A_CALLER: &[Row] = &[
    (
        "a colleague calls us from the screen",
        "me Proceeding role=Target origin=RingOut, me Answered role=Target origin=RingOut",
        "Ringing Talking",
        Some(Talking),
    ),
    (
        "the number is withheld",
        "me Proceeding from=, me Answered from=",
        "Ringing Talking",
        Some(Talking),
    ),
    (
        "the number is withheld in a word",
        "me Proceeding from=anonymous name=Anonymous",
        "Ringing",
        Some(Ringing),
    ),
    (
        "the number comes without its plus, and later with it",
        "me Setup from=15105550147, me Proceeding from=15105550147, me Proceeding",
        "Ringing",
        Some(Ringing),
    ),
];

const BROKEN: &[Row] = &[
    (
        "the beginning was lost",
        "me Hold #7, me Answered #8, me Disconnected #9",
        "OnHold Talking -",
        Some(Ended),
    ),
    (
        "the answer was lost",
        "me Proceeding, me Hold #5, me Disconnected #6",
        "Ringing OnHold -",
        Some(Ended),
    ),
    (
        "our own end was lost, but the caller's is heard",
        "me Proceeding, me Answered, caller Disconnected",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "everything comes twice, from the account and from the extension",
        "me Setup #2, me Setup #2, me Proceeding #3, me Proceeding #3, me Answered #4, me Answered #4, \
         me Proceeding #3, me Disconnected #5, me Answered #4, me Proceeding #3, me Disconnected #5",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "the end comes first",
        "me Disconnected #5, me Answered #4, me Proceeding #3, me Setup #2",
        "",
        Some(Ended),
    ),
    (
        "nothing is numbered",
        "me Setup #-, me Proceeding #-, me Answered #-, me Hold #-, me Answered #-, me Disconnected #-",
        "Ringing Talking OnHold Talking -",
        Some(Ended),
    ),
    (
        "one is not numbered, and an old one comes late",
        "me Proceeding #3, me Answered #-, me Proceeding #- at=2026-03-02T16:00:01Z, me Hold #5, me Disconnected #6",
        "Ringing Talking OnHold -",
        Some(Ended),
    ),
    (
        "the clock of the vendor is years behind, as in a recording",
        "me Setup at=2020-06-23T01:17:14.349Z, me Proceeding at=2020-06-23T01:17:14.410+0000, \
         me Answered at=2020-06-23T01:17:21.084735035Z, me Disconnected at=2020-06-23T01:17:35Z",
        "Ringing Talking -",
        Some(Ended),
    ),
    (
        "instants that nobody can read",
        "me Proceeding at=soon, me Answered at=1592875034330, me Disconnected at=",
        "Ringing Talking -",
        Some(Ended),
    ),
];

#[test]
fn every_call_is_shown_once_and_in_its_right_state() {
    let mut wrong = Vec::new();
    for (what, story, cards, end) in [DIRECT, QUEUES, PASSED_ON, NO_CALLER, STILL_A_CALLER, BROKEN].concat() {
        let told = told(story);
        if told.cards != cards || told.end() != end {
            wrong.push(format!(
                "{what}:\n  {:?} {:?}\n  not {cards:?} {end:?}",
                told.cards,
                told.end()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_card_of_a_missed_call_leaves_by_itself() {
    let told = told("me Proceeding, me Disconnected missed");
    assert_eq!(told.shown(), "Missed");
    told.clock.advance(MISSED_LINGER);
    assert_eq!(told.shown(), "-");
}

#[test]
fn who_is_connected_to_us_by_a_transfer_is_the_caller_with_a_name_of_their_own() {
    let told = told("me Proceeding from=103 name=Cat, me Answered from=103, me Answered from=+15105550147");
    let call = told.calls.with_cards().remove(0);
    assert_eq!(call.other.number.as_deref(), Some("+15105550147"));
    assert_eq!(call.other.name, None);
}

#[test]
fn what_a_computer_finds_in_its_socket_on_waking_up_does_not_ring() {
    let mut told = told("caller Setup");
    told.clock.advance(SignedDuration::from_hours(2));
    told.calls.wake();
    told.go_on("me Proceeding #3");
    assert_eq!(told.shown(), "-");
    told.clock.advance(SignedDuration::from_mins(2));
    told.go_on("me Proceeding s-2");
    assert_eq!(
        told.shown(),
        "Ringing",
        "that was long ago, and its clock may go wrong"
    );
}

#[test]
fn a_thousand_calls_at_once_leave_every_card_that_is_ours_in_its_state() {
    let mut told = told("me Proceeding");
    for number in 0..1000 {
        let session = format!("s-1{number}");
        told.go_on(&format!("ben Proceeding {session}, ben Answered {session}"));
    }
    told.go_on("me Answered #9");
    assert_eq!(told.cards, "Ringing Talking");
}
