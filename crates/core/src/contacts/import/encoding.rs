//! Makes text of bytes whose encoding nobody says: UTF-8, UTF-16 with or without a mark, else Windows-1252.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Enough of a file to tell its encoding from.
const LOOKED_AT: usize = 4096;

/// Reads a file as text. Every byte sequence is valid Windows-1252, so there is always some text.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match unmarked_utf_16(bytes) {
            Some(encoding) => encoding,
            None => match std::str::from_utf8(bytes) {
                Ok(text) => return text.to_owned(),
                Err(_) => WINDOWS_1252,
            },
        },
    };
    encoding.decode(bytes).0.into_owned()
}

/// In UTF-16 every other byte of western text is zero; in no other encoding is any.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or(bytes);
    let zeros = |first: usize| {
        beginning
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = beginning.len() / 8;
    if odd > many && even < odd {
        Some(UTF_16LE)
    } else if even > many {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_office_programs_reads_the_same() {
        let text = "Name;Ort\nJosé Müller;Zürich\n";
        let windows: Vec<u8> = WINDOWS_1252.encode(text).0.into_owned();
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(text.as_bytes());
        for bytes in [
            text.as_bytes().to_vec(),
            marked,
            windows,
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
            utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes),
        ] {
            assert_eq!(decode(&bytes), text);
        }
    }

    #[test]
    fn no_bytes_at_all_are_no_text() {
        assert_eq!(decode(b""), "");
        assert_eq!(decode(b"\xff\xfe"), "");
    }
}
