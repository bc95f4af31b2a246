//! Why a text or fax was not delivered, in words a receptionist understands.
//!
//! A fax has RingCentral's `faxErrorCode` on its recipients; the codes are explained where faxes are sent, and those of texts
//! where texts are.

use crate::fax_desk::error_words;
use crate::texting::delivery_words;
use ringcentral::api::message::{FaxErrorCode, Message, MessageStatus, MessageType};

/// The reason, always whole sentences.
pub(super) fn why_it_failed(message: &Message) -> String {
    let words = if message.kind == MessageType::Fax {
        fax(message)
    } else {
        let code = message.delivery_error_code.as_deref();
        code.map(|code| delivery_words::of_delivery(code).to_string())
    };
    words.unwrap_or_else(|| "RingCentral gave no reason.".to_owned())
}

/// With several recipients it is said how many of them it did not reach.
fn fax(message: &Message) -> Option<String> {
    let failed: Vec<Option<&FaxErrorCode>> = message
        .to
        .iter()
        .filter(|one| {
            one.fax_error_code.is_some() || one.message_status == Some(MessageStatus::SendingFailed)
        })
        .map(|one| one.fax_error_code.as_ref())
        .collect();
    let code = failed.iter().flatten().next()?;
    let words = error_words::explain(code);
    let all = message.to.len();
    Some(if all > 1 {
        format!(
            "It did not reach {} of {all}. {} {}",
            failed.len(),
            words.reason,
            words.advice
        )
    } else {
        format!("{} {}", words.reason, words.advice)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(to: serde_json::Value) -> Message {
        serde_json::from_value(serde_json::json!({
            "id": 1, "type": "Fax", "direction": "Outbound", "creationTime": "2026-03-02T20:00:00Z",
            "messageStatus": "SendingFailed", "to": to,
        }))
        .unwrap()
    }

    #[test]
    fn a_fax_says_why_it_failed_and_what_to_do() {
        let one =
            message(serde_json::json!([{"messageStatus": "SendingFailed", "faxErrorCode": "LineBusy"}]));
        assert_eq!(
            why_it_failed(&one),
            "Their line was busy. Send it again in a while."
        );
        let none = message(serde_json::json!([{"messageStatus": "SendingFailed"}]));
        assert_eq!(why_it_failed(&none), "RingCentral gave no reason.");
    }

    #[test]
    fn a_fax_to_several_says_how_many_it_did_not_reach() {
        let two = message(serde_json::json!([
            {"messageStatus": "Sent"},
            {"messageStatus": "SendingFailed", "faxErrorCode": "NoAnswer"},
        ]));
        assert!(why_it_failed(&two).starts_with("It did not reach 1 of 2. Nobody answered."));
    }
}
