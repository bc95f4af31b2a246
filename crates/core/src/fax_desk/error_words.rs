//! What RingCentral says of a fax at a recipient, in words a receptionist understands: what happened, what to do about it, and
//! whether sending it again as it is can help.
//!
//! The codes are the reference's `FaxErrorCodeEnum`; what each means is told by its name, as the vendor explains none.
//! RingCentral itself dials a busy line several times before it gives up, so "again" here means: in a while, by a person.

use domain::communication::DeliveryState;
use ringcentral::api::message::{FaxErrorCode, MessageStatus};

/// What became of it at one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    pub state: DeliveryState,
    /// What a person can do; empty when nothing is wrong.
    pub advice: String,
    pub can_resend: bool,
}

/// A code in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, one sentence.
    pub reason: &'static str,
    /// What to do, one sentence or two.
    pub advice: &'static str,
    /// Sending it again as it is can help.
    pub can_resend: bool,
}

/// Understands the vendor's `messageStatus` and `faxErrorCode` of a recipient.
pub fn outcome(status: Option<&str>, error_code: Option<&str>) -> Meaning {
    let state = match status.map(MessageStatus::from) {
        Some(MessageStatus::Queued) => DeliveryState::Queued,
        Some(MessageStatus::Sent | MessageStatus::Delivered) => DeliveryState::Sent,
        Some(MessageStatus::SendingFailed | MessageStatus::DeliveryFailed) => {
            let code = error_code.map(FaxErrorCode::from);
            let explanation = code.as_ref().map_or(NO_REASON, explain);
            return Meaning {
                state: DeliveryState::Failed {
                    reason: explanation.reason.to_owned(),
                },
                advice: explanation.advice.to_owned(),
                can_resend: explanation.can_resend,
            };
        }
        Some(MessageStatus::Received | MessageStatus::Unknown(_)) | None => DeliveryState::Unknown,
    };
    Meaning {
        state,
        advice: String::new(),
        can_resend: false,
    }
}

/// Why RingCentral did not take a fax over, by the code of its refusal
/// (developers.ringcentral.com/guide/basics/errors); `None` for codes that say nothing about faxes.
pub fn of_refusal(code: &str) -> Option<&'static str> {
    Some(match code {
        "MSG-219" => "RingCentral was given no number to fax to. Add a recipient.",
        "MSG-240" => {
            "Your account may not fax to that country. An administrator of RingCentral can allow it."
        }
        "MSG-242" | "MSG-246" | "MSG-247" => {
            "RingCentral cannot fax to one of the numbers. Use full phone numbers only."
        }
        "MSG-243" => "One of the numbers is blocked in RingCentral. An administrator can unblock it.",
        "MSG-337" | "MSG-338" => "The documents are larger than RingCentral takes. Send fewer pages at once.",
        "MSG-340" | "MSG-341" => {
            "Your account may not send faxes. An administrator of RingCentral can allow it."
        }
        "MSG-343" => "RingCentral cannot send this fax again. Send its pages as a new fax.",
        "MSG-347" => "One of the documents is empty. Remove it and send the fax again.",
        "MSG-348" => "RingCentral cannot read one of the documents. Save it as a PDF and add that.",
        "MSG-349" | "MSG-350" | "MSG-351" => {
            "RingCentral did not understand the fax. Remove documents with unusual names and try again."
        }
        _ => return None,
    })
}

const NO_REASON: Explanation = Explanation {
    reason: "It could not be sent, and RingCentral gives no reason.",
    advice: "Send it again. If it fails once more, call them and ask for another fax number.",
    can_resend: true,
};

/// What a code means.
pub fn explain(code: &FaxErrorCode) -> Explanation {
    use FaxErrorCode as Code;
    match code {
        Code::AllLinesInUse => again("All of their lines were in use.", WAIT_A_WHILE),
        Code::LineBusy => again("Their line was busy.", WAIT_A_WHILE),
        Code::NoAnswer => again(
            "Nobody answered.",
            "Their machine may be switched off. Send it again later, or call and ask.",
        ),
        Code::NoFaxMachine => final_one(
            "A person or a machine that is no fax answered.",
            "Check that this is their fax number, and not the one for calls.",
        ),
        Code::CallerHungUp => again(
            "The connection was ended before all pages were through.",
            "Send it again. If it stops once more, send fewer pages at once.",
        ),
        Code::SentPartially => again(
            "Only some of the pages got through.",
            "Send it again, or ask which pages are missing and send those.",
        ),
        Code::NotAccepted => again(
            "Their machine did not accept the fax.",
            "It may be out of paper or memory. Call them, then send it again.",
        ),
        Code::CallDeclined => again(
            "The call was declined.",
            "Their machine may block unknown callers. Call them before you send it again.",
        ),
        Code::CallFailed => again("The call could not be made.", SOON_AGAIN),
        Code::TooManyCallsPerLine => again(
            "Too many calls were under way on your line.",
            "Wait until other calls and faxes have ended, then send it again.",
        ),
        Code::NoCallTime => final_one(
            "No calling time is left in the account.",
            "An administrator of RingCentral can add minutes. Send it again then.",
        ),
        Code::NotEnoughCredits => final_one(
            "The account has no calling credit left.",
            "An administrator of RingCentral can add credit. Send it again then.",
        ),
        Code::SkypeBillingFailed => final_one(
            "The call could not be billed.",
            "An administrator of RingCentral can look at the account's billing.",
        ),
        Code::AccountSuspended => final_one(
            "The RingCentral account is suspended.",
            "An administrator can find out why and have it opened again.",
        ),
        Code::NoFaxSendPermission => final_one(
            "You may not send faxes.",
            "An administrator of RingCentral can give you the permission.",
        ),
        Code::FaxSendingProhibited => final_one(
            "Sending faxes is switched off for this account.",
            "An administrator of RingCentral can allow it.",
        ),
        Code::NoInternationalPermission => final_one("You may not fax to other countries.", ASK_FOR_ABROAD),
        Code::InternationalCallingDisabled | Code::InternationalDisabled => final_one(
            "Calls to other countries are switched off for this account.",
            ASK_FOR_ABROAD,
        ),
        Code::DestinationCountryDisabled => final_one(
            "Calls to that country are switched off for this account.",
            ASK_FOR_ABROAD,
        ),
        Code::UnknownCountryCode => final_one(
            "The number begins with a country code that does not exist.",
            CHECK_NUMBER,
        ),
        Code::InvalidNumber => final_one("This is not a valid phone number.", CHECK_NUMBER),
        Code::WrongNumber => final_one("Nobody can be reached under this number.", CHECK_NUMBER),
        Code::ProhibitedNumber => final_one("RingCentral does not call this number.", ANOTHER_NUMBER),
        Code::ProhibitedDestination => {
            final_one("RingCentral does not call that destination.", ANOTHER_NUMBER)
        }
        Code::ThePhoneIsBlacklisted => {
            final_one("The number is on a list of blocked numbers.", ANOTHER_NUMBER)
        }
        Code::UserNotFound => final_one(
            "The person it was for is no longer at RingCentral.",
            "Check the number with them and send it as a new fax.",
        ),
        Code::RenderingFailed => final_one("RingCentral could not turn a document into fax pages.", AS_PDF),
        Code::ConvertError => final_one("RingCentral could not convert a document.", AS_PDF),
        Code::TooManyPages => final_one(
            "The fax has more pages than RingCentral sends at once.",
            "Send it in parts of at most 200 pages, the cover sheet included.",
        ),
        Code::InternalError => again("RingCentral had a problem of its own.", SOON_AGAIN),
        Code::DBGeneralError => again("RingCentral could not store or read the fax.", SOON_AGAIN),
        Code::ReturnToDBQueue => again("RingCentral put the fax back and did not send it.", SOON_AGAIN),
        Code::Undefined => NO_REASON,
        Code::Unknown(_) => Explanation {
            reason: "It could not be sent, for a reason that this version of Switchboard does not know.",
            ..NO_REASON
        },
    }
}

const WAIT_A_WHILE: &str = "Send it again in a while.";
const SOON_AGAIN: &str = "Send it again in a few minutes.";
const CHECK_NUMBER: &str = "Check the number and send it as a new fax.";
const ANOTHER_NUMBER: &str = "Ask them for another fax number.";
const ASK_FOR_ABROAD: &str = "An administrator of RingCentral can allow it. Send it again then.";
const AS_PDF: &str = "Save it as a PDF without a password and send that.";

fn again(reason: &'static str, advice: &'static str) -> Explanation {
    Explanation {
        reason,
        advice,
        can_resend: true,
    }
}

fn final_one(reason: &'static str, advice: &'static str) -> Explanation {
    Explanation {
        reason,
        advice,
        can_resend: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The reference's list, with whether sending it again as it is can help.
    const CODES: [(&str, bool); 34] = [
        ("AllLinesInUse", true),
        ("Undefined", true),
        ("NoFaxSendPermission", false),
        ("NoInternationalPermission", false),
        ("NoFaxMachine", false),
        ("NoAnswer", true),
        ("LineBusy", true),
        ("CallerHungUp", true),
        ("NotEnoughCredits", false),
        ("SentPartially", true),
        ("InternationalCallingDisabled", false),
        ("DestinationCountryDisabled", false),
        ("UnknownCountryCode", false),
        ("NotAccepted", true),
        ("InvalidNumber", false),
        ("CallDeclined", true),
        ("TooManyCallsPerLine", true),
        ("CallFailed", true),
        ("RenderingFailed", false),
        ("TooManyPages", false),
        ("ReturnToDBQueue", true),
        ("NoCallTime", false),
        ("WrongNumber", false),
        ("ProhibitedNumber", false),
        ("InternalError", true),
        ("FaxSendingProhibited", false),
        ("ThePhoneIsBlacklisted", false),
        ("UserNotFound", false),
        ("ConvertError", false),
        ("DBGeneralError", true),
        ("SkypeBillingFailed", false),
        ("AccountSuspended", false),
        ("ProhibitedDestination", false),
        ("InternationalDisabled", false),
    ];

    #[test]
    fn each_of_the_34_codes_says_what_happened_and_what_to_do() {
        let mut reasons = BTreeSet::new();
        for (code, can_resend) in CODES {
            let known = FaxErrorCode::from(code);
            assert!(!matches!(known, FaxErrorCode::Unknown(_)), "{code}");
            let words = explain(&known);
            for sentence in [words.reason, words.advice] {
                assert!(
                    sentence.ends_with('.') && sentence.len() > 10,
                    "{code}: {sentence}"
                );
                assert!(!sentence.contains(code), "{code} is no plain language");
            }
            assert_eq!(words.can_resend, can_resend, "{code}");
            reasons.insert(words.reason);
        }
        // The two ways to say that other countries are switched off are the same to a person.
        assert_eq!(reasons.len(), CODES.len() - 1);
    }

    #[test]
    fn a_code_nobody_has_heard_of_and_none_at_all_still_become_sentences() {
        let unknown = outcome(Some("SendingFailed"), Some("SunSpots"));
        assert!(unknown.can_resend && !unknown.advice.is_empty());
        let none = outcome(Some("SendingFailed"), None);
        assert!(matches!(none.state, DeliveryState::Failed { reason } if reason.contains("no reason")));
    }

    #[test]
    fn what_is_sent_or_still_queued_needs_no_advice() {
        for (status, state) in [("Sent", DeliveryState::Sent), ("Queued", DeliveryState::Queued)] {
            let meaning = outcome(Some(status), None);
            assert_eq!(
                (meaning.state, meaning.advice.as_str(), meaning.can_resend),
                (state, "", false)
            );
        }
    }
}
