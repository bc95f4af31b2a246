//! RingCentral's cover pages, as far as the simulator has them: the same fields under thirteen names, in three looks.

use super::super::fax_file::broken;
use super::super::fax_paper::FaxCover;
use super::super::page::{HEIGHT, Page, WIDTH};

/// Letters of the note in one line of the widest look.
const NOTE_LETTERS: usize = 78;
/// More recipients than that are counted.
const MOST_NAMED: usize = 3;

/// The page before a fax of so many pages, itself included. Which look an index has is the simulator's own choice.
pub(crate) fn fax_cover(cover: &FaxCover, pages: u32) -> Page {
    let fields = fields(cover, pages);
    let note = cover.note.as_deref().unwrap_or_default();
    match cover.index % 3 {
        1 => ruled(cover.index, fields, note),
        2 => boxed(fields, note),
        _ => barred(fields, note),
    }
}

type Fields = [(&'static str, String); 4];

fn fields(cover: &FaxCover, pages: u32) -> Fields {
    let named = cover.to.iter().take(MOST_NAMED).cloned();
    let mut to = named.collect::<Vec<_>>().join(", ");
    let unnamed = cover.to.len().saturating_sub(MOST_NAMED);
    if unnamed > 0 {
        to.push_str(&format!(" and {unnamed} more"));
    }
    [
        ("To", to),
        ("From", cover.from.clone()),
        ("Date", cover.at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
        ("Pages", pages.to_string()),
    ]
}

/// A rule under the head, as heavy as the design has it, and the note in a frame.
fn ruled(index: u32, fields: Fields, note: &str) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 100.0), 34.0, "FAX");
    page.line((54.0, 112.0), (WIDTH - 54.0, 112.0), 1.0 + (index % 5) as f32);
    for (place, (label, value)) in fields.into_iter().enumerate() {
        let y = 150.0 + place as f32 * 26.0;
        page.bold((60.0, y), 12.0, label);
        page.text((130.0, y), 12.0, value);
    }
    page.frame((54.0, 270.0), (WIDTH - 108.0, 440.0), 1.0);
    write_note(&mut page, note, NOTE_LETTERS, (66.0, 294.0), 17.0, 24);
    page
}

/// Each field in a box of its own, the head on the right.
fn boxed(fields: Fields, note: &str) -> Page {
    let mut page = Page::default();
    page.bold((WIDTH - 190.0, 84.0), 26.0, "Facsimile");
    for (place, (label, value)) in fields.into_iter().enumerate() {
        let y = 110.0 + place as f32 * 46.0;
        page.frame((54.0, y), (WIDTH - 108.0, 40.0), 0.8);
        page.text((62.0, y + 12.0), 8.0, label);
        page.bold((62.0, y + 30.0), 12.0, value);
    }
    page.frame((54.0, 300.0), (WIDTH - 108.0, 420.0), 2.0);
    write_note(&mut page, note, NOTE_LETTERS, (66.0, 326.0), 17.0, 23);
    page
}

/// A bar along the left side, and the note on ruled paper.
fn barred(fields: Fields, note: &str) -> Page {
    const LINES: usize = 21;
    let mut page = Page::default();
    page.fill((36.0, 36.0), (30.0, HEIGHT - 72.0));
    page.bold((90.0, 96.0), 40.0, "Fax");
    for (place, (label, value)) in fields.into_iter().enumerate() {
        let y = 140.0 + place as f32 * 22.0;
        page.text((90.0, y), 11.0, format!("{label}:"));
        page.text((150.0, y), 11.0, value);
    }
    for line in 0..LINES {
        let y = 270.0 + line as f32 * 22.0;
        page.line((90.0, y), (WIDTH - 54.0, y), 0.4);
    }
    write_note(&mut page, note, NOTE_LETTERS - 8, (94.0, 266.0), 22.0, LINES);
    page
}

fn write_note(page: &mut Page, note: &str, letters: usize, (x, y): (f32, f32), leading: f32, most: usize) {
    let lines = note.lines().flat_map(|line| broken(line, letters));
    for (place, line) in lines.take(most).enumerate() {
        page.text((x, y + place as f32 * leading), 11.0, line);
    }
}
