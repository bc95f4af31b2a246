//! Who wants no texts any more, and the words with which people say so.
//!
//! RingCentral keeps consent per pair of sender and recipient and blocks what goes against it
//! (developers.ringcentral.com/guide/messaging/sms/messaging-consent-management). A keyword counts only when it is the
//! whole message: "please stop by at noon" opts nobody out. Nothing is stored or asked here.

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

/// One statement about one pair of numbers. The newest statement about a pair holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Our number; `None` for every number of the account, which RingCentral writes `*`.
    pub sender: Option<E164>,
    pub recipient: E164,
    pub state: ConsentState,
    pub source: ConsentSource,
    pub stated_at: Timestamp,
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
    /// The statement that holds for a pair: the newest about it, whether it names our number or all of them. Of two
    /// from the same instant the one that opts out.
    pub fn that_holds<'a>(
        stated: impl IntoIterator<Item = &'a Consent>,
        sender: &E164,
        recipient: &E164,
    ) -> Option<&'a Consent> {
        stated
            .into_iter()
            .filter(|one| {
                one.recipient == *recipient && one.sender.as_ref().is_none_or(|ours| ours == sender)
            })
            .max_by_key(|one| (one.stated_at, one.state == ConsentState::OptedOut))
    }

    /// No text may go out.
    pub fn forbids(&self) -> bool {
        self.state == ConsentState::OptedOut
    }
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
}
