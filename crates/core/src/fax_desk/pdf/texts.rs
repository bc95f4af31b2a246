//! Plain texts as pages: typewriter letters, lines as they are, long ones broken.

use super::{Book, Font, PdfError, Sheet, Turned};
use encoding_rs::{UTF_8, WINDOWS_1252};

const SIZE: f32 = 10.0;
const LEADING: f32 = 12.0;
const MARGIN: f32 = 54.0;
/// Letters of a line: seven inches at twelve to the inch.
const COLUMNS: usize = 84;
const LINES: usize = 57;
const TAB: usize = 8;
/// Beyond this nobody faxes a text.
const MOST_PAGES: usize = 1_000;

/// The lines of each page.
pub(in crate::fax_desk) fn decoded(content: &[u8]) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    for part in words_of(content).split('\x0c') {
        let mut lines: Vec<String> = Vec::new();
        for line in part.replace("\r\n", "\n").split(['\n', '\r']) {
            lines.extend(broken(line));
        }
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        pages.extend(lines.chunks(LINES).map(<[String]>::to_vec));
        if pages.len() > MOST_PAGES {
            pages.truncate(MOST_PAGES);
            break;
        }
    }
    pages
}

/// A PDF of these pages of a text.
pub(in crate::fax_desk) fn text(content: &[u8], chosen: &[Turned]) -> Result<Vec<u8>, PdfError> {
    let pages = decoded(content);
    let mut book = Book::new();
    for one in chosen {
        let index = usize::try_from(one.index).unwrap_or(usize::MAX);
        let lines = pages.get(index).ok_or(PdfError::NoSuchPage)?;
        let mut sheet = Sheet::default();
        let mut y = MARGIN + SIZE;
        for line in lines {
            sheet.write((MARGIN, y), SIZE, Font::Typewriter, line);
            y += LEADING;
        }
        book.add_turned_sheet(sheet, one.quarter_turns);
    }
    book.finish()
}

/// UTF-8, or what its mark says, else what Windows writes in the west.
pub(in crate::fax_desk) fn words_of(content: &[u8]) -> String {
    let (text, _, is_broken) = UTF_8.decode(content);
    if is_broken {
        WINDOWS_1252.decode(content).0.into_owned()
    } else {
        text.into_owned()
    }
}

fn broken(line: &str) -> Vec<String> {
    let mut spread = String::new();
    for letter in line.chars() {
        if letter == '\t' {
            let column = spread.chars().count();
            spread.extend(std::iter::repeat_n(' ', TAB - column % TAB));
        } else {
            spread.push(letter);
        }
    }
    let letters: Vec<char> = spread.trim_end().chars().collect();
    if letters.is_empty() {
        return vec![String::new()];
    }
    letters
        .chunks(COLUMNS)
        .map(|part| part.iter().collect())
        .collect()
}
