//! What a text costs, in words. Pure; the counting itself is [`domain::segments`].

use crate::format::grouped;
use domain::segments::{self, LONGEST_TEXT_UTF16_UNITS};

/// The line beside the send button.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// `44 / 160`, `2 parts · 168 / 306`, `1,043 / 1,000`.
    pub(super) figures: String,
    /// The same for those who hear it.
    pub(super) spoken: String,
    pub(super) is_over: bool,
    pub(super) shortens: Option<Shortens>,
}

/// The character that makes the parts short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shortens {
    /// `“—” makes it short`.
    pub(super) words: String,
    /// What that means.
    pub(super) meaning: String,
    /// `Use “-”`, with the whole text after it.
    pub(super) offer: Option<(String, String)>,
}

/// Counts; nothing is said about an empty text. With pictures a text is not cut into parts.
pub(super) fn count(text: &str, has_pictures: bool) -> Option<Count> {
    if text.is_empty() {
        return None;
    }
    let counted = segments::count(text);
    if counted.over_limit || has_pictures {
        let limit = grouped(u64::from(LONGEST_TEXT_UTF16_UNITS));
        let units = grouped(u64::from(counted.utf16_units));
        return Some(Count {
            figures: format!("{units} / {limit}"),
            spoken: format!("{units} of {limit} characters"),
            is_over: counted.over_limit,
            shortens: None,
        });
    }
    let capacity = counted.units + counted.units_left_in_segment;
    let figures = format!("{} / {capacity}", counted.units);
    let figures = if counted.segments > 1 {
        format!("{} parts · {figures}", counted.segments)
    } else {
        figures
    };
    let spoken = match counted.segments {
        0 | 1 => format!("{} of {capacity} characters", counted.units),
        parts => format!("{} of {capacity} characters, {parts} parts", counted.units),
    };
    Some(Count {
        figures,
        spoken,
        is_over: false,
        shortens: counted.forces_ucs2.map(|forcing| shortens(text, &forcing)),
    })
}

fn shortens(text: &str, forcing: &segments::ForcingCharacter) -> Shortens {
    let meaning = "Every part of a text with such a character holds 70 characters instead of 160.".to_owned();
    // Replacing one character helps only when all of them can be replaced: else the one that stays is named.
    if let Some(stays) = segments::unreplaceable(text).into_iter().next() {
        return Shortens {
            words: format!("“{stays}” makes it short"),
            meaning,
            offer: None,
        };
    }
    let plain = segments::plain(text);
    let is_hidden = forcing.replacement.as_deref() == Some("");
    let words = if is_hidden {
        "A hidden character makes it short".to_owned()
    } else {
        format!("“{}” makes it short", forcing.character)
    };
    let label = match forcing.replacement.as_deref() {
        Some("") => "Remove it".to_owned(),
        Some(" ") => "Use a plain space".to_owned(),
        Some(plain) => format!("Use “{plain}”"),
        None => "Use plain characters".to_owned(),
    };
    Shortens {
        words,
        meaning,
        offer: Some((label, plain)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> String {
        count(text, false).unwrap().figures
    }

    #[test]
    fn one_part_says_how_much_fits_and_several_how_many_they_are() {
        assert_eq!(figures("Hello"), "5 / 160");
        assert_eq!(figures(&"a".repeat(161)), "2 parts · 161 / 306");
        assert_eq!(figures("На месте"), "8 / 70");
        assert_eq!(count("", false), None);
    }

    #[test]
    fn the_character_is_named_with_its_replacement() {
        let shortens = count("Thursday works — 40 bundles", false)
            .unwrap()
            .shortens
            .unwrap();
        assert_eq!(shortens.words, "“—” makes it short");
        assert_eq!(
            shortens.offer,
            Some(("Use “-”".to_owned(), "Thursday works - 40 bundles".to_owned()))
        );
        assert_eq!(count("plain", false).unwrap().shortens, None);
    }

    #[test]
    fn a_replacement_that_would_not_help_is_not_offered() {
        let shortens = count("Great — thanks 🙂", false).unwrap().shortens.unwrap();
        assert_eq!(
            (shortens.words.as_str(), shortens.offer),
            ("“🙂” makes it short", None)
        );
    }

    #[test]
    fn more_than_ringcentral_takes_is_over() {
        let count = count(&"a".repeat(1_043), false).unwrap();
        assert_eq!((count.figures.as_str(), count.is_over), ("1,043 / 1,000", true));
    }

    #[test]
    fn a_text_with_pictures_is_counted_as_a_whole() {
        assert_eq!(count(&"a".repeat(200), true).unwrap().figures, "200 / 1,000");
    }
}
