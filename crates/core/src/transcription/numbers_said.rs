//! Telephone numbers that are said in a transcript. Pure.
//!
//! Machines mishear digits, so a number that was found is shown and never dialled by itself.

use crate::numbers::{NumberingPlan, ParsedNumber, TextReach, text_reach};
use domain::phone_number::E164;
use domain::transcription::SpokenNumber;
use std::ops::Range;

/// Fewer digits are dates, amounts and orders.
const FEWEST_DIGITS: usize = 10;
/// "The maximum length is 15 digits" (ITU-T E.164).
const MOST_DIGITS: usize = 15;

/// A group of digits, written or spelt out.
#[derive(Debug)]
struct Group {
    place: Range<usize>,
    digits: String,
    /// Belongs to the group before it: nothing but spaces and punctuation of numbers lies between them.
    follows_on: bool,
}

/// The numbers in a text, in their order, each once. A text without a country code is read by `plan`.
pub fn numbers_said(text: &str, plan: NumberingPlan) -> Vec<SpokenNumber> {
    let groups = groups(text);
    let mut found: Vec<SpokenNumber> = Vec::new();
    let mut from = 0;
    while from < groups.len() {
        match number_at(text, &groups, from, plan) {
            Some((until, number)) => {
                if found.iter().all(|one| one.e164 != number.e164) {
                    found.push(number);
                }
                from = until;
            }
            None => from += 1,
        }
    }
    found
}

/// The shortest run of groups from `from` on that is a number.
fn number_at(
    text: &str,
    groups: &[Group],
    from: usize,
    plan: NumberingPlan,
) -> Option<(usize, SpokenNumber)> {
    let first = groups.get(from)?;
    let before = text.get(..first.place.start)?;
    let plus = if before.ends_with('+') { "+" } else { "" };
    let mut digits = String::new();
    for (index, group) in groups.iter().enumerate().skip(from) {
        if index > from && !group.follows_on {
            return None;
        }
        digits.push_str(&group.digits);
        if digits.len() > MOST_DIGITS {
            return None;
        }
        if digits.len() >= FEWEST_DIGITS
            && let Some(e164) = dialled(&format!("{plus}{digits}"), plan)
        {
            let start = first.place.start - opening(before);
            let written = text.get(start..group.place.end)?.to_owned();
            return Some((index + 1, SpokenNumber { written, e164 }));
        }
    }
    None
}

/// A plus or a bracket before the first digit belongs to the number.
fn opening(before: &str) -> usize {
    before.len() - before.trim_end_matches(['+', '(']).len()
}

fn dialled(number: &str, plan: NumberingPlan) -> Option<E164> {
    match plan.parse(number) {
        ParsedNumber::Number { e164, .. } if text_reach(&e164) != TextReach::Invalid => Some(e164),
        _ => None,
    }
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_interrupted = true;
    let mut end_of_last = 0;
    for word in words(text) {
        let between = text.get(end_of_last..word.start).unwrap_or_default();
        end_of_last = word.end;
        let Some(digits) = text.get(word.clone()).and_then(digits_of) else {
            is_interrupted = true;
            continue;
        };
        let is_joined = between
            .chars()
            .all(|one| one.is_whitespace() || "-.,()/".contains(one));
        groups.push(Group {
            place: word,
            digits,
            follows_on: is_joined && !is_interrupted,
        });
        is_interrupted = false;
    }
    groups
}

/// The places of words and figures.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (place, one) in text.char_indices() {
        match (one.is_alphanumeric(), start) {
            (true, None) => start = Some(place),
            (false, Some(from)) => {
                words.push(from..place);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

fn digits_of(word: &str) -> Option<String> {
    if word.bytes().all(|one| one.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    let digit = match word.to_ascii_lowercase().as_str() {
        "zero" | "oh" | "o" => "0",
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        _ => return None,
    };
    Some(digit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        numbers_said(text, NumberingPlan::default())
            .into_iter()
            .map(|number| (number.written, number.e164.to_string()))
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let mut found = found(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        for (text, written) in [
            ("Call me back at 415 555 0132. Thanks.", "415 555 0132"),
            ("My cell is 415-555-0132, any time", "415-555-0132"),
            ("It's (415) 555-0132", "(415) 555-0132"),
            (
                "four one five, five five five, zero one three two",
                "four one five, five five five, zero one three two",
            ),
            (
                "Four one five 555 oh one three two",
                "Four one five 555 oh one three two",
            ),
            ("415-5550132 is ours", "415-5550132"),
        ] {
            assert_eq!(one(text), (written.to_owned(), "+14155550132".to_owned()));
        }
    }

    #[test]
    fn a_country_code_is_understood() {
        assert_eq!(one("ring +44 20 7946 0958 please").1, "+442079460958");
        assert_eq!(one("1 415 555 0132").1, "+14155550132");
    }

    #[test]
    fn orders_dates_and_amounts_are_no_numbers() {
        for text in [
            "My order number is 4 7 2 9 9 1",
            "Thursday, March 12 at 2:30, that is 2026",
            "invoice 20817 over 1,250 dollars",
            "one two three testing",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_comes_before_and_after_a_number_does_not_hide_it() {
        assert_eq!(one("PO 4471. 925 555 0148. 6 guys").0, "925 555 0148");
        assert_eq!(found("415 555 0132 or 510 555 0167, again 415 555 0132").len(), 2);
    }
}
