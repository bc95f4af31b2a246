//! Pages as black and white dots, as a fax machine sees them.

use font8x8::legacy::BASIC_LEGACY;

use super::mix;
use super::page::{Mark, Page};

/// How finely a page is scanned: a sheet of any size comes out as wide as a fax machine's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raster {
    /// Dots per row.
    pub(crate) columns: u32,
    /// Rows of the page.
    pub(crate) rows: u32,
    /// Rows per inch, as the file tells it.
    pub(crate) rows_per_inch: u32,
}

/// Dots per row of a standard fax page.
const COLUMNS: u32 = 1728;
/// Dots per inch across.
pub(crate) const COLUMNS_PER_INCH: u32 = 204;

impl Raster {
    /// Fine resolution: 196 rows per inch, so 2,156 on a letter page.
    pub(crate) const FINE: Raster = Raster {
        columns: COLUMNS,
        rows: 2156,
        rows_per_inch: 196,
    };
    /// Standard resolution: half as many rows as dots across.
    pub(crate) const COARSE: Raster = Raster {
        columns: COLUMNS,
        rows: 1078,
        rows_per_inch: 98,
    };
}

/// A page of dots, one byte each: 0 white, 1 black.
#[derive(Debug)]
pub(crate) struct Bitmap {
    raster: Raster,
    /// Dots per point, across and down.
    scale: (f32, f32),
    dots: Vec<u8>,
}

impl Bitmap {
    /// Draws a page.
    pub(crate) fn draw(page: &Page, raster: Raster) -> Self {
        let mut bitmap = Bitmap {
            raster,
            scale: (
                raster.columns as f32 / page.width,
                raster.rows as f32 / page.height,
            ),
            dots: vec![0; raster.columns as usize * raster.rows as usize],
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

    /// The dots as a worn scanner would have seen them: the sheet lay a little askew, with specks and a dark edge.
    pub(crate) fn scanned(mut self, seed: u64) -> Self {
        let columns = self.raster.columns as usize;
        let rows = self.raster.rows as usize;
        // Up to eighteen rows from one side to the other, either way.
        let askew = (mix(seed, 71) % 37) as i64 - 18;
        let mut dots = vec![0; self.dots.len()];
        for (row, line) in dots.chunks_mut(columns).enumerate() {
            for (column, dot) in line.iter_mut().enumerate() {
                let shift = askew * column as i64 / columns.max(1) as i64;
                let from = usize::try_from(row as i64 + shift)
                    .ok()
                    .filter(|from| *from < rows);
                let seen = from.and_then(|from| self.dots.get(from * columns + column));
                *dot = seen.copied().unwrap_or(0);
            }
        }
        for speck in 0..1_400 {
            let at = usize::try_from(mix(seed, 9_000 + speck)).unwrap_or(usize::MAX) % dots.len().max(1);
            if let Some(dot) = dots.get_mut(at) {
                *dot ^= 1;
            }
        }
        for (row, line) in dots.chunks_mut(columns).enumerate() {
            let edge = usize::try_from(mix(seed, 40_000 + row as u64 / 3) % 5).unwrap_or(0);
            line.iter_mut().take(edge).for_each(|dot| *dot = 1);
        }
        self.dots = dots;
        self
    }

    /// How finely it is drawn.
    pub(crate) fn raster(&self) -> Raster {
        self.raster
    }

    /// The rows from top to bottom.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.dots.chunks(self.raster.columns as usize)
    }

    fn fill(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (left, top) = (self.column(from.0), self.row(from.1));
        let (right, bottom) = (self.column(to.0).max(left + 1), self.row(to.1).max(top + 1));
        let width = self.raster.columns as usize;
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

    fn column(&self, x: f32) -> usize {
        (x * self.scale.0).clamp(0.0, self.raster.columns as f32) as usize
    }

    fn row(&self, y: f32) -> usize {
        (y * self.scale.1).clamp(0.0, self.raster.rows as f32) as usize
    }
}
