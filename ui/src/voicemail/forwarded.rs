//! A voicemail as the words of a text to somebody else. Pure.

use crate::format::dates::Now;
use crate::format::durations::talk_time;
use domain::communication::Communication;

/// Who, when, and what was said. Plain quotation marks, because curly ones would make the text twice as dear.
pub(super) fn words(item: &Communication, seconds: u32, transcript: Option<&str>, now: &Now) -> String {
    let number = item
        .party
        .number
        .as_ref()
        .map(|number| number.formatted.as_str())
        .filter(|number| !number.is_empty() && *number != item.party.label);
    let who = match number {
        Some(number) => format!("{}, {number}", item.party.label),
        None => item.party.label.clone(),
    };
    let when = now.written_time(item.occurred_at);
    match transcript.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("Voicemail from {who}, {when}: \"{text}\""),
        None => format!("Voicemail from {who}, {when}, {}.", talk_time(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::inbox::fixtures::{call, now};
    use domain::phone_number::PhoneNumber;

    fn with_number(formatted: &str) -> Communication {
        let mut item = call(1, "2026-11-17T15:14:00Z");
        item.party.number = Some(PhoneNumber {
            e164: None,
            formatted: formatted.to_owned(),
            extension: None,
            region: None,
        });
        item
    }

    #[test]
    fn it_says_who_when_and_what() {
        assert_eq!(
            words(&with_number("(510) 555-0147"), 32, Some("Call me. "), &now()),
            "Voicemail from Maria Lopez, (510) 555-0147, Nov 17, 3:14 PM: \"Call me.\""
        );
    }

    #[test]
    fn without_words_it_says_how_long_and_a_bare_number_stands_once() {
        let mut item = with_number("(415) 555-0132");
        item.party.label = "(415) 555-0132".to_owned();
        assert_eq!(
            words(&item, 32, None, &now()),
            "Voicemail from (415) 555-0132, Nov 17, 3:14 PM, 32 s."
        );
    }
}
