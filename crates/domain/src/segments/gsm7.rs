//! The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1).
//!
//! National language shift tables are left out: RingCentral's senders are North American, and carriers there use none.

/// Everything with a code of its own, letters and digits aside. Escape is no character of a text.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";

/// What follows an escape; the last is the form feed.
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

/// What a character costs; `None` when the alphabet lacks it.
pub(super) fn septets(c: char) -> Option<u32> {
    if c.is_ascii_alphanumeric() || BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_its_127_characters_and_the_extension_ten() {
        let all = (0..0x11_0000).filter_map(char::from_u32);
        let (basic, extension): (Vec<char>, Vec<char>) = all
            .filter(|c| septets(*c).is_some())
            .partition(|c| septets(*c) == Some(1));
        assert_eq!(basic.len(), 127, "128 codes less the escape");
        assert_eq!(extension.len(), 10);
    }

    #[test]
    fn a_capital_cedilla_is_in_the_alphabet_and_the_small_one_is_not() {
        assert_eq!(septets('Ç'), Some(1));
        assert_eq!(septets('ç'), None);
        assert_eq!(septets('`'), None);
        assert_eq!(septets('\t'), None);
        assert_eq!(septets('€'), Some(2));
    }
}
