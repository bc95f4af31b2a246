//! A PDF that grows page by page.

use super::faces::{Font, Used};
use super::{PdfError, letters};
use domain::attachment::FaxPage;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is written on one page. Measured in points from the upper left corner.
#[derive(Debug, Default)]
pub(in crate::fax_desk) struct Sheet {
    /// In PDF's own words.
    content: String,
    used: BTreeMap<Font, Used>,
}

/// The pages so far.
#[derive(Debug)]
pub(in crate::fax_desk) struct Book {
    document: Document,
    root: ObjectId,
    fonts: ObjectId,
    kids: Vec<Object>,
    used: BTreeMap<Font, Used>,
}

impl Sheet {
    /// One line of words; `y` is where the letters stand on.
    pub(in crate::fax_desk) fn write(&mut self, (x, y): (f32, f32), size: f32, font: Font, words: &str) {
        let used = self.used.entry(font).or_default();
        let mut signs = String::new();
        for (sign, letter) in letters::signs(words, font) {
            used.insert(sign, letter);
            let _ = write!(signs, "{sign:04X}");
        }
        let y = super::LETTER.height as f32 - y;
        let _ = writeln!(
            self.content,
            "BT /{} {size} Tf {x} {y} Td <{signs}> Tj ET",
            font.key()
        );
    }

    /// A thin line from left to right.
    pub(in crate::fax_desk) fn rule(&mut self, from: f32, to: f32, y: f32) {
        let y = super::LETTER.height as f32 - y;
        let _ = writeln!(self.content, "0.8 w {from} {y} m {to} {y} l S");
    }
}

impl Book {
    pub(in crate::fax_desk) fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let root = document.new_object_id();
        let fonts = document.new_object_id();
        Self {
            document,
            root,
            fonts,
            kids: Vec::new(),
            used: BTreeMap::new(),
        }
    }

    pub(in crate::fax_desk) fn page_count(&self) -> usize {
        self.kids.len()
    }

    /// A page of words.
    pub(in crate::fax_desk) fn add_sheet(&mut self, sheet: Sheet) {
        self.add_turned_sheet(sheet, 0);
    }

    pub(super) fn add_turned_sheet(&mut self, sheet: Sheet, quarter_turns: u8) {
        for (font, used) in sheet.used {
            self.used.entry(font).or_default().extend(used);
        }
        self.add_page(super::LETTER, quarter_turns, Dictionary::new(), sheet.content);
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
        let mut fonts = Dictionary::new();
        for (font, used) in &self.used {
            fonts.set(font.key(), font.embed(&mut self.document, used)?);
        }
        self.document
            .objects
            .insert(self.fonts, Object::Dictionary(fonts));
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
