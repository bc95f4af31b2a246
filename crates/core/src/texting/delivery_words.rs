//! Why a text was refused or not delivered, in words a receptionist understands: what happened, what it means, what to
//! do, and whether sending it again can help.
//!
//! RingCentral answers a request to send with an error code, or accepts it and puts a `deliveryErrorCode` on the
//! message later. Both are explained here; retrying and showing are done by others. The vendor's own sentences are
//! never shown: they quote numbers and speak to programmers.

mod codes;
mod meaning;

pub use meaning::{Meaning, Retry};

use std::fmt;

/// A code explained. Its `Display` is all three sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// `None` for a code that this version does not know.
    pub meaning: Option<Meaning>,
    pub what_happened: String,
    pub what_it_means: String,
    pub what_to_do: String,
    pub retry: Retry,
}

/// Who reported a failed delivery: the middle of `SMS-CAR-411`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    RingCentral,
    /// The provider between RingCentral and the carriers.
    Gateway,
    Carrier,
}

/// Explains the `deliveryErrorCode` of a message.
pub fn of_delivery(code: &str) -> Explanation {
    let code = code.trim().to_ascii_uppercase();
    match find(codes::DELIVERY, &code) {
        Some(meaning) => meaning.into(),
        None => unknown_delivery(&code),
    }
}

/// Explains the error code with which RingCentral refused to send; `parameter` is the part of the request it blames.
pub fn of_refusal(code: &str, parameter: Option<&str>) -> Explanation {
    let code = code.trim().to_ascii_uppercase();
    let by_parameter = || {
        parameter
            .filter(|_| code == "CMN-101")
            .and_then(codes::of_parameter)
    };
    match find(codes::REFUSALS, &code).or_else(by_parameter) {
        Some(meaning) => meaning.into(),
        None => unknown(&code, "RingCentral refused the text."),
    }
}

impl From<Meaning> for Explanation {
    fn from(meaning: Meaning) -> Self {
        let words = meaning.words();
        Self {
            meaning: Some(meaning),
            what_happened: words.happened.to_owned(),
            what_it_means: words.means.to_owned(),
            what_to_do: words.what_to_do.to_owned(),
            retry: words.retry,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {}",
            self.what_happened, self.what_it_means, self.what_to_do
        )
    }
}

fn find(table: &[(&str, Meaning)], code: &str) -> Option<Meaning> {
    table
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, meaning)| *meaning)
}

fn unknown_delivery(code: &str) -> Explanation {
    match parse(code) {
        // The same number means the same at every layer in these, whoever happened to notice.
        Some((_, 413)) => Meaning::OptedOut.into(),
        Some((Layer::RingCentral, _)) => unknown(code, "RingCentral could not send the text."),
        Some((Layer::Gateway, _)) => unknown(
            code,
            "The text was refused on its way to the recipient's carrier.",
        ),
        Some((Layer::Carrier, _)) => unknown(code, "The recipient's carrier refused the text."),
        None => unknown(code, "The text was not delivered."),
    }
}

fn unknown(code: &str, happened: &str) -> Explanation {
    let what_it_means = if code.is_empty() {
        "RingCentral gave no reason.".to_owned()
    } else {
        format!("RingCentral gave the reason {code}, which Switchboard does not know.")
    };
    Explanation {
        meaning: None,
        what_happened: happened.to_owned(),
        what_it_means,
        what_to_do: "Check the number and the wording and send it again, or call.".to_owned(),
        retry: Retry::AfterChange,
    }
}

/// `SMS-<layer>-<number>`.
fn parse(code: &str) -> Option<(Layer, u16)> {
    let (layer, number) = code.strip_prefix("SMS-")?.rsplit_once('-')?;
    let layer = match layer {
        "RC" => Layer::RingCentral,
        "UP" => Layer::Gateway,
        "CAR" => Layer::Carrier,
        _ => return None,
    };
    Some((layer, number.parse().ok()?))
}

#[cfg(test)]
mod tests;
