//! Phone numbers and the ends of a call or message.
//!
//! Numbers are E.164 digits; what a caller typed or a network withheld is kept verbatim. There is no parsing of national
//! formats here: the vendor has already done that when a record is written.

use std::fmt;
use std::sync::Arc;

use super::ids::{DeviceId, ExtensionId};

/// An E.164 number as its digits, country code first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164(pub u64);

impl E164 {
    /// A North American number from area code and the seven digits after it.
    pub const fn nanp(area: u16, subscriber: u32) -> Self {
        E164(10_000_000_000 + area as u64 * 10_000_000 + subscriber as u64)
    }

    /// Reads `+15105550100` or `15105550100`; `None` for anything else (letters, short codes, extensions).
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let plausible = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        plausible.then(|| digits.parse().ok().map(E164)).flatten()
    }

    /// The digits without the plus sign, which is how call log filters expect a number.
    pub fn digits(self) -> String {
        self.0.to_string()
    }

    /// The North American area code, where the number has one.
    pub fn area_code(self) -> Option<u16> {
        let national = self
            .0
            .checked_sub(10_000_000_000)
            .filter(|rest| *rest < 10_000_000_000)?;
        u16::try_from(national / 10_000_000).ok()
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

/// What stands in a party's number field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PartyNumber {
    /// A full number.
    E164(E164),
    /// A short internal number such as `101`.
    Extension(u32),
    /// Something else that is passed on as it came: `anonymous`, a short code, a malformed caller id.
    Verbatim(Arc<str>),
    /// The field is absent.
    Absent,
}

/// One end of a call, message or party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The number, extension or nothing.
    pub number: PartyNumber,
    /// The extension behind it, when it is one of the account's.
    pub extension_id: Option<ExtensionId>,
    /// The device in use, when it is one of the account's.
    pub device_id: Option<DeviceId>,
    /// The name shown: an extension's own, or the network's caller name.
    pub name: Option<Arc<str>>,
}

impl Endpoint {
    /// An outside number, with the network's caller name if it sent one.
    pub fn outside(number: E164, name: Option<&str>) -> Self {
        Endpoint {
            number: PartyNumber::E164(number),
            extension_id: None,
            device_id: None,
            name: name.map(Arc::from),
        }
    }

    /// A caller who withheld the number: telephony says `anonymous`.
    pub fn anonymous() -> Self {
        Endpoint {
            number: PartyNumber::Verbatim(Arc::from("anonymous")),
            extension_id: None,
            device_id: None,
            name: Some(Arc::from("Anonymous")),
        }
    }

    /// A number taken as it came, such as a short code.
    pub fn verbatim(text: &str) -> Self {
        match E164::parse(text) {
            Some(number) if text.starts_with('+') => Endpoint::outside(number, None),
            _ => Endpoint {
                number: PartyNumber::Verbatim(Arc::from(text)),
                extension_id: None,
                device_id: None,
                name: None,
            },
        }
    }

    /// The full number, when there is one.
    pub fn e164(&self) -> Option<E164> {
        match self.number {
            PartyNumber::E164(number) => Some(number),
            _ => None,
        }
    }

    /// Whether the caller withheld the number.
    pub fn is_anonymous(&self) -> bool {
        match &self.number {
            PartyNumber::Verbatim(text) => &**text == "anonymous",
            PartyNumber::Absent => true,
            _ => false,
        }
    }

    /// `phoneNumber` as message store and call log write it: absent for extensions and for withheld numbers.
    pub fn phone_number(&self) -> Option<String> {
        match &self.number {
            PartyNumber::E164(number) => Some(number.to_string()),
            PartyNumber::Verbatim(text) if &**text != "anonymous" => Some(text.to_string()),
            _ => None,
        }
    }

    /// `phoneNumber` as telephony and presence write it: extensions and `anonymous` stand in the same field.
    pub fn telephony_number(&self) -> Option<String> {
        match &self.number {
            PartyNumber::E164(number) => Some(number.to_string()),
            PartyNumber::Extension(number) => Some(number.to_string()),
            PartyNumber::Verbatim(text) => Some(text.to_string()),
            PartyNumber::Absent => None,
        }
    }

    /// `extensionNumber`, when the party was reached by its short number.
    pub fn extension_number(&self) -> Option<String> {
        match self.number {
            PartyNumber::Extension(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// City and state by area code, as the vendor adds it; absent for toll-free and foreign numbers.
    pub fn location(&self) -> Option<&'static str> {
        location_of(self.e164()?)
    }

    /// Whether a `phoneNumber` filter (digits with or without plus) matches this end.
    pub fn matches_number(&self, filter: &str) -> bool {
        let wanted = filter.trim().trim_start_matches('+');
        match &self.number {
            PartyNumber::E164(number) => number.digits() == wanted,
            PartyNumber::Extension(number) => number.to_string() == wanted,
            PartyNumber::Verbatim(text) => &**text == wanted,
            PartyNumber::Absent => false,
        }
    }
}

/// City and state of an area code of the demo company's world.
pub fn location_of(number: E164) -> Option<&'static str> {
    Some(match number.area_code()? {
        510 => "Oakland, CA",
        415 | 628 => "San Francisco, CA",
        925 => "Concord, CA",
        408 => "San Jose, CA",
        650 => "San Mateo, CA",
        707 => "Vallejo, CA",
        209 => "Stockton, CA",
        916 => "Sacramento, CA",
        831 => "Salinas, CA",
        530 => "Redding, CA",
        559 => "Fresno, CA",
        775 => "Reno, NV",
        213 | 323 => "Los Angeles, CA",
        503 => "Portland, OR",
        206 => "Seattle, WA",
        602 => "Phoenix, AZ",
        212 => "New York, NY",
        312 => "Chicago, IL",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_with_and_without_plus_and_print_e164() {
        let number = E164::nanp(510, 5_550_100);
        assert_eq!(number.to_string(), "+15105550100");
        assert_eq!(E164::parse("15105550100"), Some(number));
        assert_eq!(E164::parse("+15105550100"), Some(number));
        assert_eq!(E164::parse("72645"), None);
        assert_eq!(number.area_code(), Some(510));
        assert_eq!(location_of(number), Some("Oakland, CA"));
    }

    #[test]
    fn a_withheld_number_is_a_word_to_telephony_and_nothing_to_the_call_log() {
        let caller = Endpoint::anonymous();
        assert_eq!(caller.telephony_number().as_deref(), Some("anonymous"));
        assert_eq!(caller.phone_number(), None);
        assert!(caller.is_anonymous());
    }
}
