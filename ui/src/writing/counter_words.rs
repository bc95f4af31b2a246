//! What a text costs, in words.

use crate::format::{counted, grouped};
use domain::segments::{Encoding, ForcingCharacter, LONGEST_TEXT_UTF16_UNITS, Segments};

/// `1 segment · 42 of 160`, `3 segments · 344 characters, 115 left`.
pub(super) fn cost(count: &Segments) -> String {
    let capacity = count.encoding.units_alone();
    match count.segments {
        0 => format!("0 of {capacity}"),
        1 => format!("1 segment · {} of {capacity}", grouped(count.units.into())),
        many => format!(
            "{} · {}, {} left",
            counted(many.into(), "segment", "segments"),
            counted(count.units.into(), "character", "characters"),
            grouped(count.units_left_in_segment.into())
        ),
    }
}

/// `12 characters too long: RingCentral takes 1,000.`
pub(super) fn surplus(count: &Segments) -> Option<String> {
    count.over_limit.then(|| {
        let surplus = count.utf16_units.saturating_sub(LONGEST_TEXT_UTF16_UNITS);
        format!(
            "{} too long: RingCentral takes {}.",
            counted(surplus.into(), "character", "characters"),
            grouped(LONGEST_TEXT_UTF16_UNITS.into())
        )
    })
}

/// What makes segments short: `“—” leaves room for 70 characters in a segment instead of 160.`
pub(super) fn forcing(character: &ForcingCharacter) -> String {
    let name = if character.character.trim().is_empty() {
        "An invisible character".to_owned()
    } else {
        format!("“{}”", character.character)
    };
    format!(
        "{name} leaves room for {} characters in a segment instead of {}.",
        Encoding::Ucs2.units_alone(),
        Encoding::Gsm7.units_alone()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::segments::count;

    #[test]
    fn one_segment_is_shown_as_what_fits() {
        assert_eq!(cost(&count("")), "0 of 160");
        assert_eq!(cost(&count("Hello")), "1 segment · 5 of 160");
        assert_eq!(cost(&count("Hello 🏗")), "1 segment · 8 of 70");
    }

    #[test]
    fn of_several_the_rest_of_the_last_is_told() {
        let text = "a".repeat(344);
        assert_eq!(cost(&count(&text)), "3 segments · 344 characters, 115 left");
    }

    #[test]
    fn what_is_too_long_says_by_how_much() {
        assert_eq!(surplus(&count(&"a".repeat(1_000))), None);
        assert_eq!(
            surplus(&count(&"a".repeat(1_012))).as_deref(),
            Some("12 characters too long: RingCentral takes 1,000.")
        );
    }

    #[test]
    fn the_character_that_shortens_segments_is_named() {
        let counted = count("Friday — yard");
        let character = counted.forces_ucs2.unwrap();
        assert_eq!(
            forcing(&character),
            "“—” leaves room for 70 characters in a segment instead of 160."
        );
    }
}
