//! How a text is cut into segments (3GPP TS 23.038): septets of the basic alphabet and its extension table, or UTF-16 units
//! as soon as one character is outside of both. Nothing that takes two places is torn apart between two segments.

/// Characters of the basic alphabet beside letters and digits.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Characters that are written as an escape and a second septet.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many places a segment has: alone, and as one of several, whose header takes some.
const SEPTETS: (usize, usize) = (160, 153);
const UTF16_UNITS: (usize, usize) = (70, 67);

/// How many segments a text makes; an empty one makes one.
pub(super) fn segment_count(text: &str) -> u32 {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (widths, (alone, of_several)) = match septets {
        Some(widths) => (widths, SEPTETS),
        None => (text.chars().map(char::len_utf16).collect(), UTF16_UNITS),
    };
    if widths.iter().sum::<usize>() <= alone {
        return 1;
    }
    let mut count = 1;
    let mut used = 0;
    for width in widths {
        if used + width > of_several {
            count += 1;
            used = 0;
        }
        used += width;
    }
    count
}

/// Septets of one character; `None` when it is in neither table.
fn septets(character: char) -> Option<usize> {
    if character.is_ascii_alphanumeric() || BASIC.contains(character) {
        Some(1)
    } else {
        EXTENSION.contains(character).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_basic_alphabet_fits_160_alone_and_153_together() {
        for (length, expected) in [(0, 1), (160, 1), (161, 2), (306, 2), (307, 3)] {
            assert_eq!(segment_count(&"a".repeat(length)), expected, "{length}");
            assert_eq!(segment_count(&"ñ".repeat(length)), expected, "{length}");
        }
    }

    #[test]
    fn one_character_outside_makes_it_70_alone_and_67_together() {
        for (length, expected) in [(69, 1), (70, 2), (133, 2), (134, 3)] {
            let text = format!("ç{}", "a".repeat(length));
            assert_eq!(segment_count(&text), expected, "{length}");
        }
    }

    #[test]
    fn an_escape_and_its_character_stay_together() {
        assert_eq!(segment_count(&"€".repeat(80)), 1);
        assert_eq!(segment_count(&"€".repeat(81)), 2);
        // 76 fit into 153 septets, the last septet stays empty.
        assert_eq!(segment_count(&"€".repeat(152)), 2);
        assert_eq!(segment_count(&format!("{}a", "€".repeat(152))), 2);
        assert_eq!(segment_count(&"€".repeat(153)), 3);
    }

    #[test]
    fn the_halves_of_an_emoji_stay_together() {
        assert_eq!(segment_count(&"🙂".repeat(35)), 1);
        assert_eq!(segment_count(&"🙂".repeat(36)), 2);
        // 33 fit into 67 units, the last unit stays empty.
        assert_eq!(segment_count(&"🙂".repeat(66)), 2);
        assert_eq!(segment_count(&"🙂".repeat(67)), 3);
    }
}
