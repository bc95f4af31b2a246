//! Which letters can be written, how wide words become, and where they are broken into lines.

use super::Font;
use std::borrow::Cow;
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The signs of the words, each with its letter; what cannot be written becomes a question mark.
pub(super) fn signs(words: &str, font: Font) -> Vec<(u16, char)> {
    composed(words)
        .chars()
        .filter(|letter| !is_nothing(*letter))
        .filter_map(|letter| match font.sign(letter) {
            Some(sign) => Some((sign, letter)),
            None => font.sign('?').map(|sign| (sign, '?')),
        })
        .collect()
}

/// The first letters that cannot be written.
pub(in crate::fax_desk) fn unwritable(words: &str, font: Font) -> Vec<char> {
    // A text may have millions of letters, and hardly any that are not ASCII's.
    let odd: BTreeSet<char> = composed(words)
        .chars()
        .filter(|letter| !letter.is_ascii_graphic() && !is_nothing(*letter))
        .filter(|letter| !matches!(letter, ' ' | '\n' | '\r' | '\t' | '\x0c'))
        .collect();
    let missing = odd.into_iter().filter(|letter| font.sign(*letter).is_none());
    missing.take(5).collect()
}

/// How wide words become.
pub(in crate::fax_desk) fn width(words: &str, size: f32, font: Font) -> f32 {
    words.chars().map(|letter| letter_width(letter, size, font)).sum()
}

fn letter_width(letter: char, size: f32, font: Font) -> f32 {
    let sign = font.sign(letter).or_else(|| font.sign('?'));
    sign.map_or(size, |sign| font.width(sign) / 1_000.0 * size)
}

/// A letter and its accent as one, where they come as two.
fn composed(words: &str) -> Cow<'_, str> {
    if is_nfc(words) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.nfc().collect())
    }
}

/// Marks that nobody sees: of the order of bytes, and of places where words may be joined or broken.
fn is_nothing(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
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
