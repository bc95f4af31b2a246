//! Whom something goes to: the chosen people as chips, and a field that finds more.
//!
//! Who can be found, and how many there may be, is for texts and faxes to say.

mod field;
mod suggestions;

pub(crate) use field::RecipientsField;

use domain::ids::ContactId;

/// Fewer digits are no number of the public network (ITU-T E.164).
const FEWEST_DIGITS: usize = 7;
const MOST_DIGITS: usize = 15;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipient {
    /// To ask the core with.
    pub(crate) number: String,
    pub(crate) label: String,
}

/// Somebody who could be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub(crate) recipient: Recipient,
    /// Company and number, or that it is a number as typed.
    pub(crate) detail: String,
    pub(crate) is_contact: bool,
    /// Somebody of the team, whose presence is shown.
    pub(crate) colleague: Option<ContactId>,
}

impl Recipient {
    /// A number as somebody typed it.
    pub(crate) fn typed(number: &str) -> Self {
        Self {
            number: number.to_owned(),
            label: number.to_owned(),
        }
    }
}

/// What was typed, when it can be a whole number.
pub(crate) fn as_number(typed: &str) -> Option<Recipient> {
    let typed = typed.trim();
    let is_number = typed
        .chars()
        .all(|letter| letter.is_ascii_digit() || " +-.()".contains(letter));
    let digits = digits(typed).len();
    (is_number && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits)).then(|| Recipient::typed(typed))
}

/// Whether two spellings are of one number: the shorter may lack the country.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (digits(one), digits(other));
    let shorter = one.len().min(other.len());
    shorter >= FEWEST_DIGITS && (one.ends_with(&other) || other.ends_with(&one))
}

/// The figures in it.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_can_be_taken_as_typed() {
        assert_eq!(
            as_number(" (415) 555-0132 "),
            Some(Recipient::typed("(415) 555-0132"))
        );
        for no_number in ["555", "maria", "1234567890123456", "415-555-013x"] {
            assert_eq!(as_number(no_number), None, "{no_number}");
        }
    }

    #[test]
    fn a_number_is_the_same_with_and_without_its_country() {
        assert!(is_same("+15105550147", "510-555-0147"));
        assert!(!is_same("+15105550147", "510-555-0148"));
        assert!(!is_same("0147", "+15105550147"));
    }
}
