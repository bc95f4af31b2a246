//! One party's change of state, as the call state machine wants to hear it.
//!
//! It holds what a notification or an answer of the server said about one party, in few words and with its place in
//! the order of the session. It does not judge what that means for the signed-in person: that is `leg` and `session`.

use domain::communication::Direction;
use domain::ids::CallSessionId;
use jiff::Timestamp;
use ringcentral::id::{ExtensionId, PartyId};

/// What one notification says about one party of a telephony session.
///
/// Captured notifications carry exactly one party, the one that changed; an answer to a question carries them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyChange {
    pub session_id: CallSessionId,
    pub party_id: PartyId,
    pub order: ChangeOrder,
    pub happened_at: Timestamp,
    /// Whose party it is; absent for callers outside the account.
    pub extension_id: Option<ExtensionId>,
    /// The technical direction: inbound is from RingCentral to the endpoint.
    pub direction: Direction,
    pub from: Endpoint,
    pub to: Endpoint,
    pub status: PartyStatus,
    pub reason: Option<DisconnectReason>,
    /// The vendor calls it missed by this party.
    pub is_missed: bool,
    pub is_queue_call: bool,
    /// The queue's name, when the vendor sent one to display.
    pub queue_name: Option<String>,
}

/// One end of a party's connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// As the vendor wrote it; absent when withheld.
    pub number: Option<String>,
    pub name: Option<String>,
    pub extension_id: Option<ExtensionId>,
}

/// Where a change stands among the changes of its session: the greater one is the newer one.
///
/// Notifications arrive out of order; `sequence` is what puts them in order within a `telephonySessionId`
/// (developers.ringcentral.com/guide/voice/telephony-session-notifications). An answer to a question has no sequence
/// and takes that of the last notification known when it was asked, just after it; of two answers the later counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeOrder {
    pub sequence: i64,
    pub heard: Heard,
}

/// How we came to know of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heard {
    /// The server told us.
    Notified,
    /// We asked, and when.
    Asked { at: Timestamp },
}

/// Where a party stands. Ordered so that of two changes with one sequence the more final one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyStatus {
    /// The call has reached the extension; its phones do not ring yet.
    Setup,
    /// The phones ring.
    Proceeding,
    Answered,
    Hold,
    Parked,
    /// The caller is leaving a message, overheard or not.
    Voicemail,
    FaxReceive,
    /// It goes on in another session.
    Gone,
    Disconnected,
}

/// Why a party left, as far as it makes a difference to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisconnectReason {
    /// Somebody else, or another device, has taken the call.
    TakenElsewhere,
    /// It was passed on: transferred, redirected, parked, declined.
    PassedOn,
    SentToVoicemail,
    /// This party listened in on a call.
    Supervising,
    /// Any other: hung up, no answer, busy, or a word this version does not know.
    Other,
}

impl PartyStatus {
    /// Reads the vendor's code without regard to case and punctuation, because its documents write `VoiceMail`,
    /// `Voicemail`, `VoiceMailScreening` and `VMScreening`. `None` for a code this version does not know.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match plain(code).as_str() {
            "setup" => Self::Setup,
            "proceeding" | "ringing" => Self::Proceeding,
            "answered" => Self::Answered,
            "hold" => Self::Hold,
            "parked" => Self::Parked,
            "voicemail" | "voicemailscreening" | "vmscreening" => Self::Voicemail,
            "faxreceive" => Self::FaxReceive,
            "gone" => Self::Gone,
            "disconnected" => Self::Disconnected,
            _ => return None,
        })
    }
}

impl DisconnectReason {
    /// Sorts the vendor's reason, without regard to case and punctuation.
    pub fn from_word(word: &str) -> Self {
        match plain(word).as_str() {
            "pickup" | "takeover" | "agentanswered" | "callflip" | "callswitch" | "answeredelsewhere" => {
                Self::TakenElsewhere
            }
            "blindtransfer"
            | "attendedtransfer"
            | "rcctransfer"
            | "dtmftransfer"
            | "callredirected"
            | "callerinputredirect"
            | "callreplied"
            | "callpark"
            | "parklocation"
            | "rejected" => Self::PassedOn,
            "voicemail" => Self::SentToVoicemail,
            "supervising" => Self::Supervising,
            _ => Self::Other,
        }
    }
}

fn plain(word: &str) -> String {
    word.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_every_spelling_the_vendor_uses() {
        for code in [
            "VoiceMail",
            "Voicemail",
            "VoiceMailScreening",
            "VMScreening",
            "Voice Mail",
        ] {
            assert_eq!(
                PartyStatus::from_code(code),
                Some(PartyStatus::Voicemail),
                "{code}"
            );
        }
        assert_eq!(PartyStatus::from_code("Answered"), Some(PartyStatus::Answered));
        assert_eq!(PartyStatus::from_code("Teleported"), None);
        assert_eq!(PartyStatus::from_code("Tds"), None);
    }

    #[test]
    fn an_unknown_reason_is_any_other_reason() {
        assert_eq!(
            DisconnectReason::from_word("AgentAnswered"),
            DisconnectReason::TakenElsewhere
        );
        assert_eq!(
            DisconnectReason::from_word("Voicemail"),
            DisconnectReason::SentToVoicemail
        );
        assert_eq!(DisconnectReason::from_word("SolarFlare"), DisconnectReason::Other);
    }

    #[test]
    fn an_answer_outranks_the_notification_it_was_asked_after_and_yields_to_the_next() {
        let notified = |sequence| ChangeOrder {
            sequence,
            heard: Heard::Notified,
        };
        let asked = |second| ChangeOrder {
            sequence: 5,
            heard: Heard::Asked {
                at: Timestamp::from_second(second).unwrap(),
            },
        };
        assert!(asked(1) > notified(5));
        assert!(asked(2) > asked(1));
        assert!(asked(2) < notified(6));
    }
}
