//! One file of a fax that is to be sent: whether RingCentral takes its kind, how many pages it makes, and the pages.
//!
//! The kinds are those of developers.ringcentral.com/guide/messaging/fax/sending-faxes. Office documents are not really
//! converted: their pages carry their words where [`office`] finds them, and otherwise say what they stand for.

use bytes::Bytes;
use image::ImageReader;

use super::page::{Page, WIDTH};
use super::scan::{self, Scan};
use super::{merge, mix, office, pdf, tiff_pages};
use crate::world::OutgoingFile;

/// How a file becomes pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaxFileKind {
    Pdf,
    Tiff,
    Picture,
    Text,
    Office,
}

const PICTURES: [&str; 6] = ["gif", "jpg", "jpeg", "bmp", "png", "tga"];
const TEXTS: [&str; 11] = [
    "txt", "log", "h", "cpp", "c", "err", "hpp", "xml", "htm", "html", "csv",
];
/// Photoshop's and PC Paintbrush's formats are among them, as they too get pages that only stand for them.
const OFFICE: [&str; 25] = [
    "doc", "docx", "dot", "mcw", "xls", "xlsx", "xlsb", "ppt", "pptx", "vsd", "vdx", "pub", "wps", "wri",
    "awd", "rtf", "wk1", "wk3", "wk4", "wq1", "psd", "pcx", "dotx", "pps", "xlt",
];
/// A page of text: so many lines of so many letters.
const LINES: usize = 60;
const LETTERS: usize = 92;
const MOST_TEXT_PAGES: usize = 300;
/// The same of an office document whose words are found.
const OFFICE_LINES: usize = 40;
const OFFICE_LETTERS: usize = 84;
/// A page of any other office document is taken to be so many bytes, up to a limit.
const OFFICE_PAGE_BYTES: usize = 60_000;
const MOST_OFFICE_PAGES: usize = 30;

impl FaxFileKind {
    /// The kind of a file by its name's ending, else its MIME type, else its first bytes; `None` for what no fax can be
    /// made of.
    pub(crate) fn of(file: &OutgoingFile) -> Option<Self> {
        let ending = file
            .file_name
            .as_deref()
            .and_then(|name| name.rsplit_once('.'))
            .map(|(_, ending)| ending.to_ascii_lowercase());
        ending
            .and_then(|ending| Self::of_ending(&ending))
            .or_else(|| Self::of_content_type(&file.content_type))
            .or_else(|| Self::of_bytes(file))
    }

    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "pdf" => Self::Pdf,
            "tif" | "tiff" => Self::Tiff,
            _ if PICTURES.contains(&ending) => Self::Picture,
            _ if TEXTS.contains(&ending) => Self::Text,
            _ if OFFICE.contains(&ending) => Self::Office,
            _ => return None,
        })
    }

    fn of_content_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        Some(match essence.as_str() {
            "application/pdf" => Self::Pdf,
            "image/tiff" => Self::Tiff,
            "image/gif" | "image/jpeg" | "image/jpg" | "image/png" | "image/bmp" | "image/x-tga" => {
                Self::Picture
            }
            "text/plain" | "text/csv" | "text/html" | "text/xml" | "application/xml" => Self::Text,
            "application/msword" | "application/rtf" | "text/rtf" => Self::Office,
            other
                if other.starts_with("application/vnd.ms-")
                    || other.starts_with("application/vnd.openxmlformats-officedocument") =>
            {
                Self::Office
            }
            _ => return None,
        })
    }

    /// Files without a telling name or type, which `application/octet-stream` is not.
    fn of_bytes(file: &OutgoingFile) -> Option<Self> {
        if !file.content_type.starts_with("application/octet-stream") {
            return None;
        }
        let begins = |magic: &[u8]| file.bytes.starts_with(magic);
        if begins(b"%PDF-") {
            Some(Self::Pdf)
        } else if begins(b"II*\0") || begins(b"MM\0*") {
            Some(Self::Tiff)
        } else if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") || begins(b"BM") {
            Some(Self::Picture)
        } else if begins(b"PK\x03\x04") || begins(b"\xd0\xcf\x11\xe0") || begins(b"{\\rtf") {
            Some(Self::Office)
        } else {
            None
        }
    }
}

/// How many pages a file makes; `None` when it cannot be converted.
pub(crate) fn page_count(file: &OutgoingFile) -> Option<u32> {
    match FaxFileKind::of(file)? {
        FaxFileKind::Pdf => merge::page_count(&file.bytes),
        FaxFileKind::Tiff => tiff_pages::count(&file.bytes),
        FaxFileKind::Picture => {
            let (width, height) = reader(&file.bytes)?.into_dimensions().ok()?;
            (width > 0 && height > 0).then_some(1)
        }
        FaxFileKind::Text => u32::try_from(text_pages(&file.bytes).len()).ok(),
        FaxFileKind::Office => u32::try_from(office_pages(file).len()).ok(),
    }
}

/// The pages as a PDF; a PDF stays what it is.
pub(crate) fn to_pdf(file: &OutgoingFile) -> Option<Bytes> {
    Some(match FaxFileKind::of(file)? {
        FaxFileKind::Pdf => file.bytes.clone(),
        FaxFileKind::Tiff => Bytes::from(scan::write(&tiff_pages::read(&file.bytes)?)),
        FaxFileKind::Picture => {
            let picture = reader(&file.bytes)?.decode().ok()?.into_luma8();
            Bytes::from(scan::write(&[Scan::of_picture(&picture)?]))
        }
        FaxFileKind::Text => Bytes::from(pdf::write(&text_pages(&file.bytes))),
        FaxFileKind::Office => Bytes::from(pdf::write(&office_pages(file))),
    })
}

fn reader(bytes: &Bytes) -> Option<ImageReader<std::io::Cursor<&[u8]>>> {
    ImageReader::new(std::io::Cursor::new(&bytes[..]))
        .with_guessed_format()
        .ok()
}

/// Text as it stands, long lines broken, a form feed beginning a page. What is longer than any fax is not all laid out.
fn text_pages(bytes: &[u8]) -> Vec<Page> {
    let text = String::from_utf8_lossy(bytes);
    let mut pages = Vec::new();
    for part in text.trim_end().split('\u{c}') {
        pages.push(Page::default());
        let mut written = 0;
        for line in part.lines().flat_map(|line| broken(line, LETTERS)) {
            if written == LINES {
                pages.push(Page::default());
                written = 0;
            }
            if pages.len() > MOST_TEXT_PAGES {
                return pages;
            }
            if let Some(page) = pages.last_mut() {
                page.text((54.0, 56.0 + written as f32 * 11.8), 10.0, line);
            }
            written += 1;
        }
    }
    pages
}

/// A line in pieces of so many letters at most, broken at spaces where there are any.
pub(super) fn broken(line: &str, letters: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut push = |word: &str| {
        let length = |text: &str| text.chars().count();
        let is_full = pieces
            .last()
            .is_some_and(|piece| !piece.is_empty() && length(piece) + 1 + length(word) > letters);
        if is_full {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            if !piece.is_empty() {
                piece.push(' ');
            }
            piece.push_str(word);
        }
    };
    for word in line.trim_end().split(' ') {
        let word: Vec<char> = word.chars().collect();
        match word.len() {
            0 => push(""),
            _ => word
                .chunks(letters.max(1))
                .for_each(|part| push(&part.iter().collect::<String>())),
        }
    }
    pieces
}

/// What was converted carries its name and number above, as converters print it.
fn office_pages(file: &OutgoingFile) -> Vec<Page> {
    let mut pages = match office::words(&file.bytes) {
        Some(words) => written_pages(&words),
        None => hinted_pages(file),
    };
    let name = file.file_name.as_deref().unwrap_or("document");
    let count = pages.len();
    for (number, page) in (1..).zip(&mut pages) {
        page.bold((54.0, 70.0), 14.0, name);
        page.text((54.0, 88.0), 9.0, format!("converted, page {number} of {count}"));
        page.line((54.0, 96.0), (WIDTH - 54.0, 96.0), 0.8);
    }
    pages
}

fn written_pages(words: &str) -> Vec<Page> {
    let mut pages = Vec::new();
    for part in words.trim_end().split('\u{c}') {
        let lines: Vec<String> = part
            .lines()
            .flat_map(|line| broken(line, OFFICE_LETTERS))
            .collect();
        for lines in lines.chunks(OFFICE_LINES) {
            let mut page = Page::default();
            for (place, line) in lines.iter().enumerate() {
                page.text((54.0, 122.0 + place as f32 * 15.0), 11.0, line.clone());
            }
            pages.push(page);
        }
        if pages.len() >= MOST_TEXT_PAGES {
            break;
        }
    }
    pages
}

/// Paragraphs of lines of differing length, as a page of writing looks from afar.
fn hinted_pages(file: &OutgoingFile) -> Vec<Page> {
    let count = (1 + file.bytes.len() / OFFICE_PAGE_BYTES).min(MOST_OFFICE_PAGES);
    let seed = file
        .bytes
        .iter()
        .take(4_096)
        .fold(count as u64, |seed, byte| mix(seed, u64::from(*byte)));
    (0..count)
        .map(|number| {
            let mut page = Page::default();
            for line in 0..40u64 {
                let place = number as u64 * 64 + line;
                if !mix(seed, place).is_multiple_of(7) {
                    let length = 260.0 + (mix(seed, place + 7_000) % 240) as f32;
                    let y = 124.0 + line as f32 * 15.0;
                    page.line((54.0, y), (54.0 + length, y), 3.0);
                }
            }
            page
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content_type: &str, bytes: &[u8]) -> OutgoingFile {
        OutgoingFile {
            content_type: content_type.to_owned(),
            file_name: (!name.is_empty()).then(|| name.to_owned()),
            bytes: Bytes::copy_from_slice(bytes),
        }
    }

    fn pages_of(pdf: &[u8]) -> usize {
        lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
    }

    #[test]
    fn every_kind_is_told_by_name_type_or_first_bytes() {
        for (name, content_type, bytes, kind) in [
            ("a.PDF", "", &b""[..], Some(FaxFileKind::Pdf)),
            ("", "text/plain; charset=utf-8", b"", Some(FaxFileKind::Text)),
            ("1", "text/plain", b"", Some(FaxFileKind::Text)),
            (
                "",
                "application/octet-stream",
                b"%PDF-1.4",
                Some(FaxFileKind::Pdf),
            ),
            (
                "quote.docx",
                "application/octet-stream",
                b"PK",
                Some(FaxFileKind::Office),
            ),
            ("run.exe", "application/octet-stream", b"MZ", None),
            ("a.json", "application/json", b"{}", None),
            ("a.zip", "application/zip", b"PK\x03\x04", None),
        ] {
            assert_eq!(
                FaxFileKind::of(&file(name, content_type, bytes)),
                kind,
                "{name} {content_type}"
            );
        }
    }

    #[test]
    fn text_flows_onto_as_many_pages_as_it_needs() {
        let lines = vec!["8 no. 5 bars, 20 feet"; 130].join("\n");
        let text = file("a.txt", "text/plain", lines.as_bytes());
        assert_eq!(page_count(&text), Some(3));
        let pdf = to_pdf(&text).unwrap();
        assert_eq!(pages_of(&pdf), 3);
        let words = lopdf::Document::load_mem(&pdf)
            .unwrap()
            .extract_text(&[3])
            .unwrap();
        assert!(words.contains("8 no. 5 bars"), "{words}");
        assert_eq!(page_count(&file("a.txt", "text/plain", b"one\x0ctwo")), Some(2));
        assert_eq!(broken("aaa bbb ccc", 7), ["aaa bbb", "ccc"]);
        assert_eq!(broken("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
    }

    #[test]
    fn pictures_and_office_documents_become_pages_and_broken_files_none() {
        for number in [0, 3] {
            let picture = super::super::Picture::new(number);
            let uploaded = file(&picture.file_name(), picture.content_type(), &picture.bytes());
            assert_eq!(page_count(&uploaded), Some(1));
            assert_eq!(pages_of(&to_pdf(&uploaded).unwrap()), 1);
        }
        let office = file("quote.docx", "application/octet-stream", &vec![7; 130_000]);
        assert_eq!(page_count(&office), Some(3));
        let pdf = to_pdf(&office).unwrap();
        assert_eq!(pages_of(&pdf), 3);
        let words = lopdf::Document::load_mem(&pdf)
            .unwrap()
            .extract_text(&[1])
            .unwrap();
        assert!(words.contains("quote.docx"), "{words}");
        let letter = "<w:p><w:t>8 no. 5 bars, 20 feet</w:t></w:p>".repeat(90);
        let letter = super::super::office::tests::archive("word/document.xml", &letter);
        let office = file("letter.docx", "application/octet-stream", &letter);
        assert_eq!(page_count(&office), Some(3));
        let pdf = to_pdf(&office).unwrap();
        let words = lopdf::Document::load_mem(&pdf)
            .unwrap()
            .extract_text(&[3])
            .unwrap();
        assert!(
            words.contains("8 no. 5 bars") && words.contains("converted, page 3 of 3"),
            "{words}"
        );
        for broken in [
            file("a.pdf", "", b"%PDF-1.4 cut"),
            file("a.tif", "", b"II*\0"),
            file("a.png", "", b"\x89PNG cut"),
        ] {
            assert_eq!(page_count(&broken), None, "{broken:?}");
        }
    }
}
