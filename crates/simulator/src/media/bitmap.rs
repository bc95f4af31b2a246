//! Pages as black and white dots, as a fax machine sees them.

use font8x8::legacy::BASIC_LEGACY;

use super::page::{HEIGHT, Mark, Page, WIDTH};

/// Dots per row of a standard fax page.
pub(crate) const COLUMNS: u32 = 1728;
/// Rows of a letter page at fine resolution (196 per inch).
pub(crate) const ROWS: u32 = 2156;

/// A page of dots, one byte each: 0 white, 1 black.
#[derive(Debug)]
pub(crate) struct Bitmap {
    dots: Vec<u8>,
}

impl Bitmap {
    /// Draws a page.
    pub(crate) fn draw(page: &Page) -> Self {
        let mut bitmap = Bitmap {
            dots: vec![0; (COLUMNS * ROWS) as usize],
        };
        for mark in &page.marks {
            match mark {
                Mark::Line { from, to, width } => bitmap.stroke(*from, *to, *width),
                Mark::Box { at, size } => bitmap.fill(*at, (at.0 + size.0, at.1 + size.1)),
                Mark::Text {
                    at,
                    size,
                    is_bold,
                    text,
                } => bitmap.write(*at, *size, *is_bold, text),
            }
        }
        bitmap
    }

    /// The rows from top to bottom.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.dots.chunks(COLUMNS as usize)
    }

    fn fill(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (left, top) = (to_column(from.0), to_row(from.1));
        let (right, bottom) = (to_column(to.0).max(left + 1), to_row(to.1).max(top + 1));
        let width = COLUMNS as usize;
        for row in self.dots.chunks_mut(width).take(bottom).skip(top) {
            if let Some(run) = row.get_mut(left.min(width)..right.min(width)) {
                run.fill(1);
            }
        }
    }

    /// A line as overlapping boxes, one per step along its longer side.
    fn stroke(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        let half = (width / 2.0).max(0.2);
        if from.0 == to.0 || from.1 == to.1 {
            let (left, right) = (from.0.min(to.0) - half, from.0.max(to.0) + half);
            let (top, bottom) = (from.1.min(to.1) - half, from.1.max(to.1) + half);
            self.fill((left, top), (right, bottom));
            return;
        }
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let steps = (across.abs().max(down.abs()) * 2.5).max(1.0) as u32;
        for step in 0..=steps {
            let part = step as f32 / steps as f32;
            let (x, y) = (from.0 + across * part, from.1 + down * part);
            self.fill((x - half, y - half), (x + half, y + half));
        }
    }

    fn write(&mut self, at: (f32, f32), size: f32, is_bold: bool, text: &str) {
        // The font's cells are square; letters of print are narrower than high.
        let (cell_width, cell_height) = (size * 0.56 / 8.0, size * 0.9 / 8.0);
        let thickness = if is_bold { 1.5 } else { 1.0 };
        for (place, letter) in text.chars().enumerate() {
            let Some(shape) = BASIC_LEGACY.get(letter as usize) else {
                continue;
            };
            let left = at.0 + place as f32 * cell_width * 8.0;
            for (line, bits) in shape.iter().enumerate() {
                let top = at.1 - size * 0.8 + line as f32 * cell_height;
                for column in (0..8).filter(|column| bits >> column & 1 == 1) {
                    let x = left + column as f32 * cell_width;
                    self.fill((x, top), (x + cell_width * thickness, top + cell_height));
                }
            }
        }
    }
}

fn to_column(x: f32) -> usize {
    (x / WIDTH * COLUMNS as f32).clamp(0.0, COLUMNS as f32) as usize
}

fn to_row(y: f32) -> usize {
    (y / HEIGHT * ROWS as f32).clamp(0.0, ROWS as f32) as usize
}
