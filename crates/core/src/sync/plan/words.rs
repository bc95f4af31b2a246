//! Why a text or fax was not delivered, in words a receptionist understands.
//!
//! The codes are RingCentral's: `faxErrorCode` of a fax's recipient, and the delivery errors of texts
//! (developers.ringcentral.com/guide/messaging/sms/sms-errors), of which the number after the last hyphen counts and
//! the part before says who refused.

use ringcentral::api::message::{FaxErrorCode, Message, MessageType};

/// The reason, always a whole sentence.
pub(super) fn why_it_failed(message: &Message) -> String {
    let words = if message.kind == MessageType::Fax {
        message
            .to
            .iter()
            .find_map(|recipient| recipient.fax_error_code.as_ref())
            .map(fax)
    } else {
        message.delivery_error_code.as_deref().map(text)
    };
    words.unwrap_or("RingCentral gave no reason.").to_owned()
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

fn text(code: &str) -> &'static str {
    let number = code.rsplit('-').next().unwrap_or_default();
    match number {
        "413" => "The recipient has opted out of your texts.",
        "410" | "411" | "412" => "The number cannot receive texts.",
        "430" | "431" => "The carrier took it for spam.",
        "450" | "451" | "403" => "The daily limit of texts is used up.",
        "452" => "The carrier's limit of texts is used up.",
        "461" => "The sending number is not verified with the carriers.",
        "432" => "The text is too long for the carrier.",
        "434" => "The picture is too large for the carrier.",
        "435" => "The carrier blocks shortened links.",
        "104" => "The carrier has not said what became of it.",
        _ if code.starts_with("SMS-CAR") => "The recipient's carrier refused it.",
        _ if code.starts_with("SMS-UP") => "A carrier on the way refused it.",
        _ => "RingCentral could not send it.",
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
        assert_eq!(text("SMS-CAR-999"), "The recipient's carrier refused it.");
        assert_eq!(text(""), "RingCentral could not send it.");
    }
}
