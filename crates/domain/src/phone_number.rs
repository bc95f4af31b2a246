//! Phone numbers as they are shown and compared.
//!
//! Parsing and formatting need libphonenumber's tables and live in the core; here is only the shape.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number in E.164: `+`, country code, subscriber number; 7 to 15 digits in all (ITU-T E.164).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(String);

/// The text was no E.164 number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotE164;

/// A number as a person reads it, with what is needed to compare and dial it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// The comparable form; `None` for internal extensions, short codes and numbers that cannot be parsed.
    pub e164: Option<E164>,
    /// How it is written in the account's country: `(510) 555-0147`, or international when foreign.
    pub formatted: String,
    /// Internal extension number, such as `104`, when this is one or when one was dialled after the number.
    pub extension: Option<String>,
    /// Where the number is at home, in words: `San Francisco, CA`, `Germany`; for unknown callers.
    pub region: Option<String>,
}

impl PhoneNumber {
    /// The comparable form, or what is written where there is none: what to look the number up by.
    pub fn to_look_up(&self) -> String {
        self.e164
            .as_ref()
            .map_or_else(|| self.formatted.clone(), ToString::to_string)
    }
}

impl E164 {
    /// Accepts exactly `+` and 7 to 15 digits of which the first is not zero.
    ///
    /// # Errors
    /// [`NotE164`] for anything else; nothing is repaired here.
    pub fn new(text: impl Into<String>) -> Result<Self, NotE164> {
        let text = text.into();
        match text.strip_prefix('+') {
            Some(digits)
                if (7..=15).contains(&digits.len())
                    && !digits.starts_with('0')
                    && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Ok(Self(text))
            }
            _ => Err(NotE164),
        }
    }

    /// The number with its leading `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for E164 {
    type Error = NotE164;

    fn try_from(text: String) -> Result<Self, NotE164> {
        Self::new(text)
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.0
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotE164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a phone number in E.164 form")
    }
}

impl std::error::Error for NotE164 {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plus_and_seven_to_fifteen_digits_are_e164() {
        for good in ["+15105550147", "+4930123456", "+1234567"] {
            assert!(E164::new(good).is_ok(), "{good}");
        }
        for bad in [
            "15105550147",
            "+1510555014a",
            "+0123456789",
            "+123456",
            "+1234567890123456",
            "",
            "+",
        ] {
            assert!(E164::new(bad).is_err(), "{bad}");
        }
    }
}
