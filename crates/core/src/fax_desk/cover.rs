//! Our own cover sheet, and a sketch of RingCentral's.
//!
//! Ours is what is sent. RingCentral draws its own and shows none before; the sketch holds what will stand there, not how it looks.

use super::pdf::{self, Book, Font, PdfError, Sheet};

const LEFT: f32 = 64.0;
const RIGHT: f32 = 548.0;
/// Where the values of the table begin.
const VALUES: f32 = 140.0;
const BODY: f32 = 11.0;
const LEADING: f32 = 15.0;
const BOTTOM: f32 = 732.0;
/// More recipients than these are only counted.
const MOST_NAMED: usize = 6;

/// What stands on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CoverFacts {
    pub(super) company: String,
    pub(super) from: String,
    /// One line for each.
    pub(super) to: Vec<String>,
    pub(super) date: String,
    /// Of the documents behind it; `None` when nobody can tell.
    pub(super) document_pages: Option<u32>,
    pub(super) subject: String,
    pub(super) note: String,
}

impl CoverFacts {
    /// Everything that is written on it, to see whether it can be.
    pub(super) fn words(&self) -> String {
        let to = self.to.join("\n");
        [
            self.company.as_str(),
            self.from.as_str(),
            to.as_str(),
            self.subject.as_str(),
            self.note.as_str(),
        ]
        .join("\n")
    }
}

/// How many pages our sheet takes.
pub(super) fn page_count(facts: &CoverFacts) -> u32 {
    u32::try_from(lay_out(facts, None).page_count()).unwrap_or(1)
}

/// Our sheet as a PDF.
pub(super) fn own(facts: &CoverFacts) -> Result<Vec<u8>, PdfError> {
    let total = facts
        .document_pages
        .map(|pages| pages.saturating_add(page_count(facts)));
    lay_out(facts, total).finish()
}

/// What RingCentral's sheet of this name will hold.
pub(super) fn sketch(facts: &CoverFacts, sheet_name: &str) -> Result<Vec<u8>, PdfError> {
    let mut book = Book::new();
    let mut sheet = Sheet::default();
    sheet.write(
        (LEFT, 60.0),
        9.0,
        Font::Plain,
        "A sketch: RingCentral draws this sheet itself, in a look of its own.",
    );
    sheet.rule(LEFT, RIGHT, 70.0);
    sheet.write((LEFT, 112.0), 24.0, Font::Bold, sheet_name);
    let mut y = 150.0;
    let total = facts.document_pages.map(|pages| pages.saturating_add(1));
    for (label, values) in table(facts, total) {
        y = row(&mut sheet, y, label, &values);
    }
    sheet.rule(LEFT, RIGHT, y);
    y += 26.0;
    for line in pdf::wrap(&facts.note, BODY, Font::Plain, RIGHT - LEFT) {
        if y > BOTTOM {
            break;
        }
        sheet.write((LEFT, y), BODY, Font::Plain, &line);
        y += LEADING;
    }
    book.add_sheet(sheet);
    book.finish()
}

fn lay_out(facts: &CoverFacts, total: Option<u32>) -> Book {
    let mut book = Book::new();
    let mut sheet = Sheet::default();
    let mut y = 84.0;
    for line in pdf::wrap(&facts.company, 18.0, Font::Bold, 350.0)
        .into_iter()
        .take(2)
    {
        sheet.write((LEFT, y), 18.0, Font::Bold, &line);
        y += 22.0;
    }
    sheet.write(
        (RIGHT - pdf::width("FAX", 30.0, Font::Bold), 90.0),
        30.0,
        Font::Bold,
        "FAX",
    );
    y = y.max(106.0);
    sheet.rule(LEFT, RIGHT, y);
    y += 26.0;
    for (label, values) in table(facts, total) {
        y = row(&mut sheet, y, label, &values);
    }
    if !facts.subject.trim().is_empty() {
        y = row(&mut sheet, y, "Subject", std::slice::from_ref(&facts.subject));
    }
    sheet.rule(LEFT, RIGHT, y);
    y += 30.0;
    if !facts.note.trim().is_empty() {
        for line in pdf::wrap(facts.note.trim_end(), BODY, Font::Plain, RIGHT - LEFT) {
            if y > BOTTOM {
                book.add_sheet(std::mem::take(&mut sheet));
                y = 84.0;
            }
            sheet.write((LEFT, y), BODY, Font::Plain, &line);
            y += LEADING;
        }
    }
    book.add_sheet(sheet);
    book
}

fn table(facts: &CoverFacts, total: Option<u32>) -> Vec<(&'static str, Vec<String>)> {
    let mut to: Vec<String> = facts.to.iter().take(MOST_NAMED).cloned().collect();
    match facts.to.len().saturating_sub(MOST_NAMED) {
        0 => {}
        1 => to.push("and 1 other".to_owned()),
        others => to.push(format!("and {others} others")),
    }
    let mut rows = vec![
        ("To", to),
        ("From", vec![facts.from.clone()]),
        ("Date", vec![facts.date.clone()]),
    ];
    if let Some(total) = total {
        rows.push(("Pages", vec![format!("{total}, this sheet included")]));
    }
    rows
}

/// Answers where the next row begins.
fn row(sheet: &mut Sheet, mut y: f32, label: &str, values: &[String]) -> f32 {
    sheet.write((LEFT, y), BODY, Font::Bold, label);
    for value in values {
        for line in pdf::wrap(value, BODY, Font::Plain, RIGHT - VALUES)
            .into_iter()
            .take(4)
        {
            sheet.write((VALUES, y), BODY, Font::Plain, &line);
            y += LEADING;
        }
    }
    y + 6.0
}
