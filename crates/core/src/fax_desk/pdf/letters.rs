//! The widths of the letters, and which of them can be written at all: those of Windows' western European set, which is what
//! the standard fonts of every PDF reader have.

use super::Font;
use encoding_rs::WINDOWS_1252;

/// Thousandths of the size, from the space to the tilde (Adobe's metrics of Helvetica).
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Wide enough for nearly all of the others.
const OTHERS: u16 = 667;
const TYPEWRITER: f32 = 0.6;
/// Bold letters are so much wider at most.
const BOLD: f32 = 1.1;

/// The bytes of the words; what cannot be written becomes a question mark.
pub(super) fn encode(words: &str) -> Vec<u8> {
    words
        .chars()
        .map(|letter| byte_of(letter).unwrap_or(b'?'))
        .collect()
}

/// The first letters that cannot be written.
pub(in crate::fax_desk) fn unwritable(words: &str) -> Vec<char> {
    let mut missing: Vec<char> = words
        .chars()
        .filter(|letter| !matches!(letter, '\n' | '\r' | '\t') && byte_of(*letter).is_none())
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing.truncate(5);
    missing
}

fn byte_of(letter: char) -> Option<u8> {
    if letter.is_control() {
        return None;
    }
    let mut text = [0; 4];
    let (bytes, _, is_missing) = WINDOWS_1252.encode(letter.encode_utf8(&mut text));
    match bytes.as_ref() {
        [byte] if !is_missing => Some(*byte),
        _ => None,
    }
}

/// How wide words become, never less than they are.
pub(in crate::fax_desk) fn width(words: &str, size: f32, font: Font) -> f32 {
    words.chars().map(|letter| letter_width(letter, size, font)).sum()
}

fn letter_width(letter: char, size: f32, font: Font) -> f32 {
    let of = |scale: f32| {
        let index = u32::from(letter)
            .checked_sub(32)
            .and_then(|index| usize::try_from(index).ok());
        let thousandths = index
            .and_then(|index| HELVETICA.get(index))
            .copied()
            .unwrap_or(OTHERS);
        f32::from(thousandths) / 1000.0 * size * scale
    };
    match font {
        Font::Plain => of(1.0),
        Font::Bold => of(BOLD),
        Font::Typewriter => TYPEWRITER * size,
    }
}

/// Breaks words into lines that are no wider than this. A word that is wider by itself is broken where it has to be.
pub(in crate::fax_desk) fn wrap(words: &str, size: f32, font: Font, widest: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in words
        .replace("\r\n", "\n")
        .replace('\t', "    ")
        .split(['\n', '\r'])
    {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let joined = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if width(&joined, size, font) <= widest {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                if width(&line, size, font) + letter_width(letter, size, font) > widest && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        lines.push(line);
    }
    lines
}
