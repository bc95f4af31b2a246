//! Who wants no texts any more, and the words with which people say so.
//!
//! RingCentral keeps consent per pair of sender and recipient and blocks what goes against it
//! (developers.ringcentral.com/guide/messaging/sms/messaging-consent-management). A keyword counts only when it is the
//! whole message: "please stop by at noon" opts nobody out. What somebody here notes counts as long as the other side has
//! not said otherwise: it can never bring texts to a person who refused them. Nothing is stored or asked here.

use crate::ids::CommunicationId;
use crate::phone_number::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Words that opt out (developers.ringcentral.com/guide/messaging/sms/high-volume/opt-out).
const OPT_OUT: [&str; 5] = ["STOP", "UNSUBSCRIBE", "QUIT", "CANCEL", "END"];
/// Words that opt in again.
const OPT_IN: [&str; 5] = ["START", "SUBSCRIBE", "RESUME", "CONTINUE", "UNSTOP"];

/// What a message of one word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Keyword {
    OptOut,
    OptIn,
}

/// Whether texts are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsentState {
    OptedOut,
    /// Opted out once and in again.
    OptedIn,
}

/// Where we know it from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentSource {
    /// They wrote the keyword; this message proves it.
    Message {
        communication: CommunicationId,
        text: String,
    },
    /// RingCentral's list of consents, without the message.
    RingCentral,
    /// A text came back with the news that they had opted out.
    RefusedText,
    /// Somebody here entered it, after a call for instance.
    EnteredHere,
}

/// One statement about one pair of numbers. Which of them holds, [`Consent::that_holds`] says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Our number; `None` for every number of the account, which RingCentral writes `*`.
    pub sender: Option<E164>,
    pub recipient: E164,
    pub state: ConsentState,
    pub source: ConsentSource,
    pub stated_at: Timestamp,
}

/// What can be noted here about somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentChoice {
    /// Texts may go out; that they are not wanted can be noted.
    OptOut,
    /// Somebody here noted that they are not wanted from `sender`, or, without one, from any of our numbers. That they are
    /// wanted again can be noted.
    OptIn { sender: Option<E164> },
    /// They said so themselves, or RingCentral's list does. Only their own START changes that.
    TheirsAlone,
}

impl Keyword {
    /// The keyword that a message is; `None` when it says anything else. Case and outer blanks do not matter.
    pub fn of_message(text: &str) -> Option<Self> {
        let word = text.trim();
        let is_one_of = |words: &[&str]| words.iter().any(|keyword| keyword.eq_ignore_ascii_case(word));
        if is_one_of(&OPT_OUT) {
            Some(Self::OptOut)
        } else if is_one_of(&OPT_IN) {
            Some(Self::OptIn)
        } else {
            None
        }
    }

    /// What holds after it.
    pub fn state(self) -> ConsentState {
        match self {
            Self::OptOut => ConsentState::OptedOut,
            Self::OptIn => ConsentState::OptedIn,
        }
    }
}

impl Consent {
    /// The statement that holds for a pair, whether it names our number or all of them.
    ///
    /// Theirs are their own words and what RingCentral knows; of these the newest counts. Where it refuses texts, nothing
    /// that was entered here helps. Where it does not, the newest of all counts. Of two from the same instant it is the
    /// one that opts out.
    pub fn that_holds<'a>(
        stated: impl IntoIterator<Item = &'a Consent>,
        sender: &E164,
        recipient: &E164,
    ) -> Option<&'a Consent> {
        let (here, theirs): (Vec<_>, Vec<_>) = stated
            .into_iter()
            .filter(|one| {
                one.recipient == *recipient && one.sender.as_ref().is_none_or(|ours| ours == sender)
            })
            .partition(|one| one.is_entered_here());
        let theirs = newest(theirs);
        theirs
            .filter(|theirs| theirs.forbids())
            .or_else(|| newest(newest(here).into_iter().chain(theirs)))
    }

    /// What can be noted here about a pair.
    pub fn choice<'a>(
        stated: impl IntoIterator<Item = &'a Consent>,
        sender: &E164,
        recipient: &E164,
    ) -> ConsentChoice {
        match Self::that_holds(stated, sender, recipient) {
            Some(holds) if holds.forbids() && holds.is_entered_here() => ConsentChoice::OptIn {
                sender: holds.sender.clone(),
            },
            Some(holds) if holds.forbids() => ConsentChoice::TheirsAlone,
            _ => ConsentChoice::OptOut,
        }
    }

    /// No text may go out.
    pub fn forbids(&self) -> bool {
        self.state == ConsentState::OptedOut
    }

    /// Somebody here said so, on the other side's behalf.
    pub fn is_entered_here(&self) -> bool {
        self.source == ConsentSource::EnteredHere
    }
}

fn newest<'a>(stated: impl IntoIterator<Item = &'a Consent>) -> Option<&'a Consent> {
    stated
        .into_iter()
        .max_by_key(|one| (one.stated_at, one.forbids()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn stated(sender: Option<&str>, state: ConsentState, seconds: i64) -> Consent {
        Consent {
            sender: sender.map(|number| E164::new(number).unwrap()),
            recipient: E164::new("+15105550147").unwrap(),
            state,
            source: ConsentSource::RingCentral,
            stated_at: Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds),
        }
    }

    #[test]
    fn a_keyword_counts_in_any_case_and_only_as_the_whole_message() {
        for out in ["STOP", "stop", " Stop\n", "Unsubscribe", "quit", "CANCEL", "end"] {
            assert_eq!(Keyword::of_message(out), Some(Keyword::OptOut), "{out}");
        }
        for back in ["START", "unstop", "Resume", "continue", "subscribe "] {
            assert_eq!(Keyword::of_message(back), Some(Keyword::OptIn), "{back}");
        }
        for neither in [
            "",
            " ",
            "please stop by at noon",
            "STOP it",
            "the end",
            "STOPALL",
            "stop.",
            "S T O P",
        ] {
            assert_eq!(Keyword::of_message(neither), None, "{neither}");
        }
    }

    #[test]
    fn the_newest_statement_about_the_pair_holds() {
        use ConsentState::{OptedIn, OptedOut};
        let [ours, recipient] = ["+12095550100", "+15105550147"].map(|number| E164::new(number).unwrap());
        let holds = |stated: &[Consent]| Consent::that_holds(stated, &ours, &recipient).map(|one| one.state);
        let us = Some("+12095550100");
        assert_eq!(holds(&[]), None);
        assert_eq!(
            holds(&[stated(us, OptedOut, 1), stated(us, OptedIn, 2)]),
            Some(OptedIn)
        );
        assert_eq!(
            holds(&[stated(us, OptedIn, 1), stated(None, OptedOut, 2)]),
            Some(OptedOut)
        );
        assert_eq!(
            holds(&[stated(Some("+12095550199"), OptedOut, 5)]),
            None,
            "another of our numbers"
        );
        assert_eq!(
            holds(&[stated(us, OptedOut, 3), stated(us, OptedIn, 3)]),
            Some(OptedOut)
        );
    }

    fn entered(sender: Option<&str>, state: ConsentState, seconds: i64) -> Consent {
        Consent {
            source: ConsentSource::EnteredHere,
            ..stated(sender, state, seconds)
        }
    }

    fn pair() -> [E164; 2] {
        ["+12095550100", "+15105550147"].map(|number| E164::new(number).unwrap())
    }

    #[test]
    fn what_is_entered_here_never_overrules_a_refusal_of_theirs_and_start_overrules_what_is_entered() {
        use ConsentState::{OptedIn, OptedOut};
        let [ours, recipient] = pair();
        let us = Some("+12095550100");
        let holds = |stated: &[Consent]| {
            let holds = Consent::that_holds(stated, &ours, &recipient).unwrap();
            (holds.state, holds.is_entered_here())
        };
        for source in [
            ConsentSource::RingCentral,
            ConsentSource::RefusedText,
            ConsentSource::Message {
                communication: CommunicationId(1),
                text: "STOP".to_owned(),
            },
        ] {
            let refusal = Consent {
                source: source.clone(),
                ..stated(us, OptedOut, 1)
            };
            let later = entered(None, OptedIn, 9);
            assert_eq!(holds(&[refusal, later]), (OptedOut, false), "{source:?}");
        }
        assert_eq!(
            holds(&[entered(None, OptedOut, 1), stated(us, OptedIn, 2)]),
            (OptedIn, false),
            "they wrote START since"
        );
        assert_eq!(
            holds(&[stated(us, OptedIn, 2), entered(None, OptedOut, 3)]),
            (OptedOut, true),
            "and then said otherwise on the phone"
        );
        assert_eq!(
            holds(&[stated(us, OptedIn, 3), entered(us, OptedOut, 3)]),
            (OptedOut, true)
        );
    }

    #[test]
    fn among_what_is_entered_here_the_newest_counts_for_one_number_as_for_all() {
        use ConsentState::{OptedIn, OptedOut};
        let [ours, recipient] = pair();
        let us = Some("+12095550100");
        let state = |stated: &[Consent]| Consent::that_holds(stated, &ours, &recipient).unwrap().state;
        assert_eq!(
            state(&[entered(None, OptedOut, 1), entered(us, OptedIn, 2)]),
            OptedIn
        );
        assert_eq!(
            state(&[entered(us, OptedIn, 1), entered(None, OptedOut, 2)]),
            OptedOut
        );
    }

    #[test]
    fn only_what_was_entered_here_can_be_lifted_here_and_as_widely_as_it_was_entered() {
        use ConsentState::{OptedIn, OptedOut};
        let [ours, recipient] = pair();
        let us = Some("+12095550100");
        let choice = |stated: &[Consent]| Consent::choice(stated, &ours, &recipient);
        assert_eq!(choice(&[]), ConsentChoice::OptOut);
        assert_eq!(choice(&[stated(us, OptedIn, 1)]), ConsentChoice::OptOut);
        assert_eq!(
            choice(&[entered(None, OptedOut, 1)]),
            ConsentChoice::OptIn { sender: None }
        );
        assert_eq!(
            choice(&[entered(us, OptedOut, 1)]),
            ConsentChoice::OptIn {
                sender: Some(ours.clone())
            }
        );
        assert_eq!(
            choice(&[entered(us, OptedOut, 2), stated(None, OptedOut, 1)]),
            ConsentChoice::TheirsAlone
        );
    }
}
