//! The words of office documents, so that their pages can say what stands in them: Word's and OpenDocument's files, which are
//! archives with XML in them, and RTF.
//!
//! Only words and the breaks between them: no styles, tables, headers or pictures.

use std::io::Read;

use flate2::read::DeflateDecoder;

/// No letter has more.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// The end of an archive's table, with the longest remark behind it (APPNOTE.TXT 4.3.16).
const TABLE_END: [u8; 4] = *b"PK\x05\x06";
const LONGEST_REMARK: usize = 65_535 + 22;

/// The words, lines apart, a form feed where a page begins; `None` when there are none to be found.
pub(crate) fn words(bytes: &[u8]) -> Option<String> {
    let text = if bytes.starts_with(b"{\\rtf") {
        of_rtf(bytes)
    } else {
        let parts = ["word/document.xml", "content.xml"];
        let xml = parts.iter().find_map(|name| entry(bytes, name))?;
        of_xml(&String::from_utf8_lossy(&xml))
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// A file out of an archive, found through the archive's own table.
fn entry(archive: &[u8], name: &str) -> Option<Vec<u8>> {
    let from = archive.len().saturating_sub(LONGEST_REMARK);
    let end = archive
        .get(from..)?
        .windows(4)
        .rposition(|four| four == TABLE_END)?
        + from;
    // Without its last two bytes the table's end was cut off.
    archive.get(end..end + 22)?;
    let short = |at: usize| {
        Some(usize::from(u16::from_le_bytes(
            archive.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    let long =
        |at: usize| usize::try_from(u32::from_le_bytes(archive.get(at..at + 4)?.try_into().ok()?)).ok();
    let mut at = long(end + 16)?;
    for _ in 0..short(end + 10)? {
        if archive.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let (name_length, further) = (short(at + 28)?, short(at + 30)? + short(at + 32)?);
        if archive.get(at + 46..at + 46 + name_length)? == name.as_bytes() {
            let (method, length, head) = (short(at + 10)?, long(at + 20)?, long(at + 42)?);
            let data = head.checked_add(30 + short(head.checked_add(26)?)? + short(head + 28)?)?;
            let packed = archive.get(data..data.checked_add(length)?)?;
            return match method {
                0 => Some(packed.to_vec()),
                8 => {
                    let mut unpacked = Vec::new();
                    let mut decoder = DeflateDecoder::new(packed).take(MOST_BYTES);
                    decoder.read_to_end(&mut unpacked).ok()?;
                    Some(unpacked)
                }
                _ => None,
            };
        }
        at = at.checked_add(46 + name_length + further)?;
    }
    None
}

/// What stands in paragraphs: in `w:t` of Word's, and anywhere below `text:p` and `text:h` of OpenDocument's.
fn of_xml(xml: &str) -> String {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((before, behind)) = rest.split_once('<') {
        let is_said = open
            .last()
            .is_some_and(|name| *name == "w:t" || name.starts_with("text:"));
        if is_said {
            text.push_str(&plain(before));
        }
        let Some((tag, further)) = behind.split_once('>') else {
            break;
        };
        rest = further;
        let name = tag.trim_start_matches('/');
        let name = name
            .split([' ', '/', '\n', '\r', '\t'])
            .next()
            .unwrap_or_default();
        let is_end = tag.starts_with('/');
        match name {
            "w:p" | "text:p" | "text:h" if is_end || tag.ends_with('/') => text.push('\n'),
            "w:br" if tag.contains("w:type=\"page\"") => text.push('\u{c}'),
            "w:br" | "text:line-break" => text.push('\n'),
            "w:tab" | "text:tab" if open.last() != Some(&"w:tabs") => text.push_str("    "),
            "text:s" => text.push(' '),
            _ => {}
        }
        if is_end {
            if open.last() == Some(&name) {
                open.pop();
            }
        } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) {
            open.push(name);
        }
    }
    text
}

/// Text without XML's names for letters.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let Some((name, further)) = behind.split_once(';') else {
            plain.push('&');
            rest = behind;
            break;
        };
        rest = further;
        let number = match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(hex), _) => u32::from_str_radix(hex, 16).ok(),
            (None, Some(number)) => number.parse().ok(),
            _ => None,
        };
        match (name, number.and_then(char::from_u32)) {
            ("amp", _) => plain.push('&'),
            ("lt", _) => plain.push('<'),
            ("gt", _) => plain.push('>'),
            ("quot", _) => plain.push('"'),
            ("apos", _) => plain.push('\''),
            (_, Some(letter)) => plain.push(letter),
            _ => {}
        }
    }
    plain.push_str(rest);
    plain
}

/// Groups that hold no words of the letter.
const SILENT: [&str; 12] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "listtable",
    "generator",
    "themedata",
    "fldinst",
];

fn of_rtf(bytes: &[u8]) -> String {
    let mut text = String::new();
    // For each open group, whether it is silent.
    let mut groups = vec![false];
    let mut letters = bytes.iter().map(|byte| char::from(*byte)).peekable();
    // Letters that follow one told by its number, for programs that know no such numbers.
    let mut skip = 0_u8;
    while let Some(letter) = letters.next() {
        let is_silent = groups.last().copied().unwrap_or(true);
        match letter {
            '{' => groups.push(is_silent),
            '}' => drop(groups.pop()),
            '\n' | '\r' => {}
            '\\' => {
                let Some(next) = letters.next() else { break };
                if !next.is_ascii_alphabetic() {
                    match next {
                        '*' => groups
                            .iter_mut()
                            .last()
                            .into_iter()
                            .for_each(|group| *group = true),
                        '\'' => {
                            let hex: String = letters.by_ref().take(2).collect();
                            let told = u8::from_str_radix(&hex, 16).unwrap_or(b'?');
                            if skip > 0 {
                                skip -= 1;
                            } else if !is_silent {
                                text.push(char::from(told));
                            }
                        }
                        '~' if !is_silent => text.push(' '),
                        '\\' | '{' | '}' if !is_silent => text.push(next),
                        _ => {}
                    }
                    continue;
                }
                let mut word = String::from(next);
                while let Some(more) = letters.next_if(char::is_ascii_alphabetic) {
                    word.push(more);
                }
                let mut number = String::new();
                while let Some(more) = letters.next_if(|one| one.is_ascii_digit() || *one == '-') {
                    number.push(more);
                }
                letters.next_if_eq(&' ');
                if SILENT.contains(&word.as_str()) {
                    groups
                        .iter_mut()
                        .last()
                        .into_iter()
                        .for_each(|group| *group = true);
                } else if !is_silent {
                    match word.as_str() {
                        "par" | "line" | "row" => text.push('\n'),
                        "page" => text.push('\u{c}'),
                        "tab" | "cell" => text.push_str("    "),
                        "u" => {
                            let told = number.parse::<i32>().unwrap_or(63);
                            let told = u32::try_from(if told < 0 { told + 65_536 } else { told });
                            text.extend(told.ok().and_then(char::from_u32));
                            skip = 1;
                        }
                        _ => {}
                    }
                }
            }
            _ if skip > 0 => skip -= 1,
            _ if !is_silent => text.push(letter),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use std::io::Write;

    /// An archive of one file, packed.
    pub(in crate::media) fn archive(name: &str, content: &str) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content.as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        let facts = |packed: &[u8]| {
            let mut facts = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            facts.extend((packed.len() as u32).to_le_bytes());
            facts.extend((content.len() as u32).to_le_bytes());
            facts.extend((name.len() as u16).to_le_bytes());
            facts.extend([0, 0]);
            facts
        };
        let mut file = b"PK\x03\x04".to_vec();
        file.extend(facts(&packed));
        file.extend(name.as_bytes());
        file.extend(&packed);
        let table_at = file.len() as u32;
        file.extend(b"PK\x01\x02\x14\0");
        file.extend(facts(&packed));
        file.extend([0; 14]);
        file.extend(name.as_bytes());
        let table_length = file.len() as u32 - table_at;
        file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        file.extend(table_length.to_le_bytes());
        file.extend(table_at.to_le_bytes());
        file.extend([0, 0]);
        file
    }

    #[test]
    fn the_words_of_a_letter_are_found_in_every_format() {
        let word = archive(
            "word/document.xml",
            "<?xml version=\"1.0\"?><w:document><w:body><w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\
             <w:r><w:t xml:space=\"preserve\">Bars &amp; dow</w:t></w:r><w:r><w:t>els</w:t></w:r></w:p><w:p/>\
             <w:p><w:r><w:instrText>PAGE</w:instrText><w:br w:type=\"page\"/><w:t>Caf&#233;</w:t></w:r></w:p></w:body>",
        );
        assert_eq!(words(&word).unwrap(), "Bars & dowels\n\n\u{c}Café\n");
        let open_document = archive(
            "content.xml",
            "<office:body><office:text>\n <text:p>Bars<text:s/>&amp; <text:span>dow</text:span>els</text:p>\n \
             <text:h>Café</text:h></office:text></office:body>",
        );
        assert_eq!(words(&open_document).unwrap(), "Bars & dowels\nCafé\n");
        let rtf = b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\f0 Bars & \\b dow\\b0 els\\par\nCaf\\'e9 \\u8364?5\\}}";
        assert_eq!(words(rtf).unwrap(), "Bars & dowels\nCafé €5}");
    }

    #[test]
    fn what_was_cut_off_or_is_something_else_has_no_words() {
        let whole = archive("word/document.xml", "<w:p><w:t>Bars</w:t></w:p>");
        for end in 0..whole.len() {
            assert_eq!(words(&whole[..end]), None, "{end}");
        }
        assert_eq!(words(&archive("xl/workbook.xml", "<w:t>Bars</w:t>")), None);
        assert_eq!(words(b"\xd0\xcf\x11\xe0"), None);
        assert!(words(b"{\\rtf1 Bars").is_some());
    }
}
