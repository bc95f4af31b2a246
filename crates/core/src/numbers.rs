//! Telephone numbers: from what somebody wrote to what can be compared, and back to what a person reads.
//!
//! libphonenumber's tables decide. No number is looked up anywhere and nothing is stored here.

pub(crate) mod regions;

use domain::phone_number::{E164, PhoneNumber};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumber as Parsed, PhoneNumberFormat, PhoneNumberType, Region, ValidationError,
};

/// Longest internal number or short code; anything longer is a telephone number or nothing.
const SHORT_AT_MOST: usize = 6;

/// Stand-ins that networks send for a caller who hides the number: the word spelt on a telephone keypad
/// (ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE). They look like numbers and belong to nobody.
const SPELT_WITHHELD: [&str; 5] = [
    "+266696687",
    "+7378742833",
    "+2562533",
    "+8656696",
    "+86282452253",
];

/// Words that stand where a number should be.
const WITHHELD_WORDS: [&str; 9] = [
    "anonymous",
    "blocked",
    "no caller id",
    "not available",
    "private",
    "restricted",
    "unavailable",
    "unknown",
    "withheld",
];

/// How numbers without a country code are read, and which are shown without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberingPlan {
    home: Region,
}

impl Default for NumberingPlan {
    /// The North American plan, until the account's country is known.
    fn default() -> Self {
        Self { home: Region::US }
    }
}

/// What a piece of text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParsedNumber {
    /// A telephone number, with the extension that is dialled after it, if any.
    Number { e164: E164, extension: Option<String> },
    /// A short code, service or internal number; it belongs to no person by itself.
    Short(String),
    /// No number was given, or the caller hides it.
    Withheld,
    /// Something else: too short, too long, masked by the vendor, or no number at all.
    Malformed(String),
}

/// Whether a number can receive texts, as far as the number itself tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextReach {
    /// It may; in North America landlines and mobiles look alike.
    Possible,
    Landline,
    /// No such number is given out.
    Invalid,
}

/// What the number itself tells about receiving texts.
pub fn text_reach(number: &E164) -> TextReach {
    let Ok(parsed) = PHONE_NUMBER_UTIL.parse(number.as_str(), None) else {
        return TextReach::Invalid;
    };
    match PHONE_NUMBER_UTIL.get_number_type(&parsed) {
        PhoneNumberType::FixedLine => TextReach::Landline,
        PhoneNumberType::Unknown => TextReach::Invalid,
        _ => TextReach::Possible,
    }
}

impl NumberingPlan {
    /// The plan of a country by its ISO 3166-1 alpha-2 code; `None` for codes libphonenumber does not know.
    pub fn of_country(code: &str) -> Option<Self> {
        let home: Region = code.trim().to_ascii_uppercase().parse().ok()?;
        PHONE_NUMBER_UTIL.get_country_code_for_region(home)?;
        Some(Self { home })
    }

    /// Understands what somebody wrote or a vendor sent.
    pub fn parse(&self, text: &str) -> ParsedNumber {
        let text = visible(text);
        if is_withheld(&text) {
            return ParsedNumber::Withheld;
        }
        if is_masked(&text) || is_rounded(&text) {
            return ParsedNumber::Malformed(text);
        }
        let dialled = without_uri(&text);
        let digits = dialled.chars().filter(char::is_ascii_digit).count();
        if !dialled.starts_with('+')
            && digits <= SHORT_AT_MOST
            && dialled.chars().all(is_short_code_character)
        {
            return if digits == 0 {
                ParsedNumber::Malformed(text)
            } else {
                ParsedNumber::Short(
                    dialled
                        .chars()
                        .filter(|c| c.is_ascii_digit() || "*#".contains(*c))
                        .collect(),
                )
            };
        }
        self.parse_number(dialled)
            .unwrap_or(ParsedNumber::Malformed(text))
    }

    /// How a number is shown to a person in this country.
    pub fn show(&self, e164: &E164, extension: Option<&str>) -> PhoneNumber {
        let Ok(mut parsed) = PHONE_NUMBER_UTIL.parse(e164.as_str(), None) else {
            return PhoneNumber {
                e164: Some(e164.clone()),
                formatted: e164.to_string(),
                extension: extension.map(str::to_owned),
                region: None,
            };
        };
        let region = regions::in_words(&parsed, e164);
        if let Some(extension) = extension {
            parsed.extension = Some(extension.to_owned());
        }
        PhoneNumber {
            e164: Some(e164.clone()),
            formatted: parsed.format_as(self.format_for(&parsed)).into_owned(),
            extension: extension.map(str::to_owned),
            region,
        }
    }

    /// How something that is no telephone number is shown: a short code, or just what was sent.
    pub fn show_as_it_is(text: &str) -> PhoneNumber {
        PhoneNumber {
            e164: None,
            formatted: text.to_owned(),
            extension: None,
            region: None,
        }
    }

    /// How an internal extension is shown.
    pub fn show_extension(extension: &str) -> PhoneNumber {
        PhoneNumber {
            e164: None,
            formatted: format!("Ext. {extension}"),
            extension: Some(extension.to_owned()),
            region: None,
        }
    }

    /// The vendor writes numbers with and without `+` (developers.ringcentral.com/guide/basics/phone-numbers), so
    /// digits that make no number at home are tried as an international number before giving up.
    fn parse_number(&self, text: &str) -> Option<ParsedNumber> {
        let at_home = PHONE_NUMBER_UTIL.parse(text, Some(self.home)).ok();
        if let Some(parsed) = &at_home
            && (text.starts_with('+') || parsed.is_valid())
        {
            return number(parsed);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if !text.starts_with('+') && digits.len() > 7 {
            let abroad = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).ok();
            if let Some(parsed) = abroad.filter(Parsed::is_valid) {
                return number(&parsed);
            }
        }
        number(&at_home?)
    }

    fn format_for(&self, parsed: &Parsed) -> PhoneNumberFormat {
        if PHONE_NUMBER_UTIL.get_country_code_for_region(self.home) == Some(parsed.country_code) {
            PhoneNumberFormat::National
        } else {
            PhoneNumberFormat::International
        }
    }
}

/// The comparable form, if the length can be right. Ranges that libphonenumber's tables do not know yet still match.
fn number(parsed: &Parsed) -> Option<ParsedNumber> {
    match parsed.is_possible_with_reason() {
        Ok(rlibphonenumber::NumberLengthType::IsPossible) => {}
        Ok(_) | Err(ValidationError::TooShort | ValidationError::TooLong) => return None,
        Err(_) => return None,
    }
    Some(ParsedNumber::Number {
        e164: E164::new(parsed.format_as(PhoneNumberFormat::E164)).ok()?,
        extension: parsed.extension.clone().filter(|extension| !extension.is_empty()),
    })
}

/// Without the invisible marks that address books and spreadsheets put around numbers.
fn visible(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| {
            !c.is_control()
                && !('\u{200b}'..='\u{200f}').contains(c)
                && !('\u{202a}'..='\u{202e}').contains(c)
        })
        .collect();
    kept.trim().to_owned()
}

fn is_withheld(text: &str) -> bool {
    let word = text.to_lowercase();
    word.is_empty() || WITHHELD_WORDS.contains(&word.as_str()) || SPELT_WITHHELD.contains(&text)
}

/// `+1855201XXXX`: the call log hides digits of some callers. libphonenumber would read the letters as keypad digits.
fn is_masked(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("xx")
        || lower.contains("**")
        || (lower.ends_with('x') && lower.contains(|c: char| c.is_ascii_digit()))
}

/// `1.51056E+10`: what a spreadsheet makes of a number that it takes for a quantity. The digits are lost.
fn is_rounded(text: &str) -> bool {
    text.to_ascii_uppercase()
        .split_once("E+")
        .is_some_and(|(mantissa, exponent)| {
            let is_digit = |c: char| c.is_ascii_digit();
            mantissa.ends_with(is_digit) && exponent.starts_with(is_digit)
        })
}

/// `sip:+15105550147@example.com` and `tel:+1-510-555-0147` name a number as well.
fn without_uri(text: &str) -> &str {
    let rest = match text.split_once(':') {
        Some((scheme, rest))
            if ["sip", "sips", "tel", "callto", "sms"].contains(&scheme.to_ascii_lowercase().as_str()) =>
        {
            rest
        }
        _ => return text,
    };
    rest.split(['@', ';', '?']).next().unwrap_or(rest).trim()
}

fn is_short_code_character(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '-' | '*' | '#')
}

#[cfg(test)]
mod tests;
