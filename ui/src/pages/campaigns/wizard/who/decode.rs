//! From the bytes of a list to text. Spreadsheets still write the old encodings.

/// UTF-16 where a mark says so, UTF-8 where it is valid, else Latin-1.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8_or_latin1(rest),
        all => utf8_or_latin1(all),
    }
}

fn utf8_or_latin1(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Every byte is the character with its number there.
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .filter_map(|pair| Some(unit(pair.try_into().ok()?)))
        .collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_at_the_beginning_is_no_part_of_the_first_header() {
        assert_eq!(decode(b"\xEF\xBB\xBFPhone"), "Phone");
        assert_eq!(decode(b"\xFF\xFEP\0h\0"), "Ph");
        assert_eq!(decode(b"\xFE\xFF\0P\0h"), "Ph");
    }

    #[test]
    fn names_survive_in_new_and_old_encodings() {
        assert_eq!(decode("Núñez".as_bytes()), "Núñez");
        assert_eq!(decode(b"N\xFA\xF1ez"), "Núñez");
    }
}
