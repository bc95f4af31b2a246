//! A PDF that grows page by page.

use super::{PdfError, letters};
use domain::attachment::FaxPage;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::fmt::Write;

/// The letters that every reader has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fax_desk) enum Font {
    Plain,
    Bold,
    /// All letters are equally wide.
    Typewriter,
}

/// What is written on one page. Measured in points from the upper left corner.
#[derive(Debug, Default)]
pub(in crate::fax_desk) struct Sheet(String);

/// The pages so far.
#[derive(Debug)]
pub(in crate::fax_desk) struct Book {
    document: Document,
    root: ObjectId,
    fonts: ObjectId,
    kids: Vec<Object>,
}

impl Font {
    fn key(self) -> &'static str {
        match self {
            Self::Plain => "F1",
            Self::Bold => "F2",
            Self::Typewriter => "F3",
        }
    }
}

impl Sheet {
    /// One line of words; `y` is where the letters stand on.
    pub(in crate::fax_desk) fn write(&mut self, (x, y): (f32, f32), size: f32, font: Font, words: &str) {
        let mut letters = String::new();
        for byte in letters::encode(words) {
            let _ = write!(letters, "{byte:02X}");
        }
        let y = super::LETTER.height as f32 - y;
        let _ = writeln!(
            self.0,
            "BT /{} {size} Tf {x} {y} Td <{letters}> Tj ET",
            font.key()
        );
    }

    /// The page in PDF's own words.
    pub(super) fn into_content(self) -> String {
        self.0
    }

    /// A thin line from left to right.
    pub(in crate::fax_desk) fn rule(&mut self, from: f32, to: f32, y: f32) {
        let y = super::LETTER.height as f32 - y;
        let _ = writeln!(self.0, "0.8 w {from} {y} m {to} {y} l S");
    }
}

impl Book {
    pub(in crate::fax_desk) fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let root = document.new_object_id();
        let font = |name: &str| {
            Object::Dictionary(dictionary! {
                "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
            })
        };
        let fonts = document.add_object(dictionary! {
            "F1" => font("Helvetica"), "F2" => font("Helvetica-Bold"), "F3" => font("Courier"),
        });
        Self {
            document,
            root,
            fonts,
            kids: Vec::new(),
        }
    }

    pub(in crate::fax_desk) fn page_count(&self) -> usize {
        self.kids.len()
    }

    /// A page of words.
    pub(in crate::fax_desk) fn add_sheet(&mut self, sheet: Sheet) {
        self.add_page(super::LETTER, 0, Dictionary::new(), sheet.0);
    }

    /// Something that pages refer to, such as a picture.
    pub(super) fn add_object(&mut self, stream: Stream) -> ObjectId {
        self.document.add_object(stream)
    }

    /// A page with pictures, drawn by `content` in PDF's own words.
    pub(super) fn add_page(
        &mut self,
        size: FaxPage,
        quarter_turns: u8,
        pictures: Dictionary,
        content: String,
    ) {
        let mut content = Stream::new(Dictionary::new(), content.into_bytes());
        // What cannot be made smaller stays as it is.
        let _ = content.compress();
        let content = self.document.add_object(content);
        let page = self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.root,
            "MediaBox" => vec![0.into(), 0.into(), i64::from(size.width).into(), i64::from(size.height).into()],
            "Rotate" => i64::from(quarter_turns % 4) * 90,
            "Resources" => dictionary! { "Font" => self.fonts, "XObject" => pictures },
            "Contents" => content,
        });
        self.kids.push(page.into());
    }

    /// The bytes of the file.
    pub(in crate::fax_desk) fn finish(mut self) -> Result<Vec<u8>, PdfError> {
        let count = i64::try_from(self.kids.len()).unwrap_or(i64::MAX);
        let pages = dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count };
        self.document.objects.insert(self.root, Object::Dictionary(pages));
        let catalog = self
            .document
            .add_object(dictionary! { "Type" => "Catalog", "Pages" => self.root });
        self.document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).map_err(PdfError::unreadable)?;
        Ok(bytes)
    }
}
