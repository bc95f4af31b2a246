//! RingCentral's cover pages, as far as the simulator has them: the same fields under thirteen names.

use super::super::fax_file::broken;
use super::super::fax_paper::FaxCover;
use super::super::page::{Page, WIDTH};

/// Letters of the note in one line, and lines that fit.
const NOTE_LETTERS: usize = 78;
const NOTE_LINES: usize = 24;
/// More recipients than that are counted.
const MOST_NAMED: usize = 3;

/// The page before a fax of so many pages, itself included.
pub(crate) fn fax_cover(cover: &FaxCover, pages: u32) -> Page {
    let mut page = Page::default();
    // Each design has another rule under its head.
    let weight = 1.0 + (cover.index % 5) as f32;
    page.bold((54.0, 100.0), 34.0, "FAX");
    page.line((54.0, 112.0), (WIDTH - 54.0, 112.0), weight);
    let mut to = cover
        .to
        .iter()
        .take(MOST_NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let unnamed = cover.to.len().saturating_sub(MOST_NAMED);
    if unnamed > 0 {
        to.push_str(&format!(" and {unnamed} more"));
    }
    let fields = [
        ("To", to),
        ("From", cover.from.clone()),
        ("Date", cover.at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
        ("Pages", pages.to_string()),
    ];
    for (place, (label, value)) in fields.into_iter().enumerate() {
        let y = 150.0 + place as f32 * 26.0;
        page.bold((60.0, y), 12.0, label);
        page.text((130.0, y), 12.0, value);
    }
    page.frame((54.0, 270.0), (WIDTH - 108.0, 440.0), 1.0);
    let note = cover.note.as_deref().unwrap_or_default();
    let lines = note.lines().flat_map(|line| broken(line, NOTE_LETTERS));
    for (place, line) in lines.take(NOTE_LINES).enumerate() {
        page.text((66.0, 294.0 + place as f32 * 17.0), 11.0, line);
    }
    page
}
