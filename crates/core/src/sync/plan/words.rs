//! Why a text or fax was not delivered, in words a receptionist understands.
//!
//! A fax has RingCentral's `faxErrorCode` on its recipient and is explained here; the codes of texts are explained
//! where texts are.

use crate::texting::delivery_words;
use ringcentral::api::message::{FaxErrorCode, Message, MessageType};

/// The reason, always a whole sentence.
pub(super) fn why_it_failed(message: &Message) -> String {
    let words = if message.kind == MessageType::Fax {
        message
            .to
            .iter()
            .find_map(|recipient| recipient.fax_error_code.as_ref())
            .map(|code| fax(code).to_owned())
    } else {
        let code = message.delivery_error_code.as_deref();
        code.map(|code| delivery_words::of_delivery(code).to_string())
    };
    words.unwrap_or_else(|| "RingCentral gave no reason.".to_owned())
}

fn fax(code: &FaxErrorCode) -> &'static str {
    use FaxErrorCode as Code;
    match code {
        Code::AllLinesInUse => "All lines were in use.",
        Code::NoFaxMachine => "No fax machine answered.",
        Code::NoAnswer => "Nobody answered.",
        Code::LineBusy => "The line was busy.",
        Code::CallerHungUp => "The transmission was ended early.",
        Code::SentPartially => "Only a part of the pages got through.",
        Code::InvalidNumber | Code::WrongNumber | Code::UnknownCountryCode => "The number does not exist.",
        Code::CallDeclined | Code::NotAccepted => "The other side declined the call.",
        Code::CallFailed | Code::NoCallTime | Code::TooManyCallsPerLine => "The call could not be made.",
        Code::RenderingFailed | Code::ConvertError => "The document could not be turned into fax pages.",
        Code::TooManyPages => "The document has too many pages.",
        Code::NoFaxSendPermission | Code::FaxSendingProhibited => "Your account may not send faxes.",
        Code::NoInternationalPermission
        | Code::InternationalCallingDisabled
        | Code::InternationalDisabled
        | Code::DestinationCountryDisabled => "Your account may not send faxes to that country.",
        Code::ProhibitedNumber | Code::ProhibitedDestination | Code::ThePhoneIsBlacklisted => {
            "Faxes to this number are blocked."
        }
        Code::NotEnoughCredits | Code::SkypeBillingFailed => "The account has no calling credit left.",
        Code::AccountSuspended => "The account is suspended.",
        Code::UserNotFound => "The recipient does not exist any more.",
        Code::Undefined
        | Code::InternalError
        | Code::DBGeneralError
        | Code::ReturnToDBQueue
        | Code::Unknown(_) => "RingCentral could not send the fax.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_nobody_has_heard_of_still_becomes_a_sentence() {
        assert_eq!(
            fax(&FaxErrorCode::Unknown("SunSpots".into())),
            "RingCentral could not send the fax."
        );
    }
}
