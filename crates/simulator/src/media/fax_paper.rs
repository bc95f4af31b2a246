//! A fax on its way out: the files as they came, the cover page before them, and the document RingCentral makes of both.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use jiff::Timestamp;

use super::{fax_file, merge, pdf, sheets};
use crate::world::OutgoingFile;

/// The files of a fax, looked at once: what they are does not change when they are sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxPaper {
    files: Vec<OutgoingFile>,
    sheets: Option<u32>,
}

/// What stands on a cover page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaxCover {
    /// RingCentral's index, from 1.
    pub index: u32,
    /// To whom, with name and number.
    pub to: Vec<String>,
    /// From whom.
    pub from: String,
    /// When it was written.
    pub at: Timestamp,
    /// The sender's note.
    pub note: Option<String>,
}

/// The document that is sent, and that the message shows as its rendered one.
#[derive(Debug, Clone)]
pub struct SentFax {
    paper: Arc<FaxPaper>,
    cover: Option<FaxCover>,
    rendered: OnceLock<Option<Bytes>>,
}

impl FaxPaper {
    /// Looks at the files. A fax of nothing but its cover page has none.
    pub fn new(files: Vec<OutgoingFile>) -> Self {
        let sheets = files.iter().map(fax_file::page_count).sum();
        FaxPaper { files, sheets }
    }

    /// The files as they came, in order.
    pub fn files(&self) -> &[OutgoingFile] {
        &self.files
    }

    /// How many pages they make; `None` when one of them cannot be converted.
    pub fn sheets(&self) -> Option<u32> {
        self.sheets
    }
}

impl PartialEq for SentFax {
    fn eq(&self, other: &Self) -> bool {
        self.paper == other.paper && self.cover == other.cover
    }
}

impl Eq for SentFax {}

impl SentFax {
    /// The files behind their cover page, if they have one.
    pub fn new(paper: Arc<FaxPaper>, cover: Option<FaxCover>) -> Self {
        SentFax {
            paper,
            cover,
            rendered: OnceLock::new(),
        }
    }

    /// How many pages go over the line; `None` when there is nothing that could.
    pub fn pages(&self) -> Option<u32> {
        let sheets = self.paper.sheets()?;
        Some(sheets + u32::from(self.cover.is_some())).filter(|pages| *pages > 0)
    }

    /// The PDF, made when somebody asks for it first; empty when a file cannot be converted.
    pub fn bytes(&self) -> Bytes {
        let made = self.rendered.get_or_init(|| self.render());
        made.clone().unwrap_or_default()
    }

    fn render(&self) -> Option<Bytes> {
        let pages = self.pages()?;
        let mut parts = Vec::new();
        if let Some(cover) = &self.cover {
            parts.push(Bytes::from(pdf::write(&[sheets::fax_cover(cover, pages)])));
        }
        for file in self.paper.files() {
            parts.push(fax_file::to_pdf(file)?);
        }
        match parts.as_slice() {
            [only] => Some(only.clone()),
            _ => merge::merge(&parts).map(Bytes::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: impl Into<Bytes>) -> OutgoingFile {
        OutgoingFile {
            content_type: "application/octet-stream".to_owned(),
            file_name: Some(name.to_owned()),
            bytes: bytes.into(),
        }
    }

    fn cover(note: &str) -> FaxCover {
        FaxCover {
            index: 7,
            to: vec!["Kim Lee +14155550199".to_owned()],
            from: "Ada Alvarez +15105550101".to_owned(),
            at: "2026-03-02T16:00:00Z".parse().unwrap(),
            note: Some(note.to_owned()),
        }
    }

    #[test]
    fn the_cover_page_with_its_note_comes_first_and_the_files_follow_in_order() {
        let quote = super::super::Document::cover_letter(1, 2).render();
        let files = vec![file("note.txt", "Bars for Thursday"), file("quote.pdf", quote)];
        let sent = SentFax::new(
            Arc::new(FaxPaper::new(files)),
            Some(cover("Call me about the dowels")),
        );
        assert_eq!(sent.pages(), Some(4));
        let opened = lopdf::Document::load_mem(&sent.bytes()).unwrap();
        assert_eq!(opened.get_pages().len(), 4);
        let words = |number| opened.extract_text(&[number]).unwrap();
        assert!(
            words(1).contains("Call me about the dowels") && words(1).contains("Kim Lee"),
            "{}",
            words(1)
        );
        assert!(words(2).contains("Bars for Thursday"));
        assert!(words(3).contains("FAX"));
    }

    #[test]
    fn cover_pages_differ_by_their_index_and_say_the_same() {
        let drawn = |index| {
            let cover = FaxCover {
                index,
                ..cover("Call me about the dowels")
            };
            pdf::write(&[sheets::fax_cover(&cover, 4)])
        };
        for index in 1..=13 {
            let opened = lopdf::Document::load_mem(&drawn(index)).unwrap();
            let words = opened.extract_text(&[1]).unwrap();
            for said in ["Kim Lee", "Ada Alvarez", "2026-03-02", "4", "about the dowels"] {
                assert!(words.contains(said), "{index}: {words}");
            }
        }
        assert!(drawn(1) != drawn(2) && drawn(2) != drawn(3) && drawn(1) != drawn(3));
    }

    #[test]
    fn a_pdf_without_a_cover_is_sent_byte_for_byte() {
        let bytes = super::super::Document::cover_letter(1, 2).render();
        let sent = SentFax::new(Arc::new(FaxPaper::new(vec![file("a.pdf", bytes.clone())])), None);
        assert_eq!(sent.bytes(), Bytes::from(bytes));
    }

    #[test]
    fn one_broken_file_spoils_the_whole() {
        let files = vec![file("a.txt", "x"), file("b.pdf", "%PDF-1.4 cut")];
        let sent = SentFax::new(Arc::new(FaxPaper::new(files)), Some(cover("x")));
        assert_eq!((sent.pages(), sent.bytes().len()), (None, 0));
    }
}
