//! A page as a list of marks, which the PDF writer and the bitmap both know how to draw.
//!
//! Measures are points, the origin at the top left. There is no layout engine: sheets place their marks.

/// Width of a letter page in points.
pub(crate) const WIDTH: f32 = 612.0;
/// Height of a letter page in points.
pub(crate) const HEIGHT: f32 = 792.0;

/// One mark.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// A straight stroke.
    Line {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
    },
    /// A filled box.
    Box { at: (f32, f32), size: (f32, f32) },
    /// Text with its baseline at `at`.
    Text {
        at: (f32, f32),
        size: f32,
        is_bold: bool,
        text: String,
    },
}

/// A page: US letter unless it is made [`Page::of_size`].
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) marks: Vec<Mark>,
}

impl Default for Page {
    fn default() -> Self {
        Page::of_size(WIDTH, HEIGHT)
    }
}

impl Page {
    /// An empty page of any size.
    pub(crate) fn of_size(width: f32, height: f32) -> Self {
        Page {
            width,
            height,
            marks: Vec::new(),
        }
    }

    /// Draws a stroke.
    pub(crate) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        self.marks.push(Mark::Line { from, to, width });
    }

    /// Draws strokes through the points, one after the other.
    pub(crate) fn path(&mut self, points: &[(f32, f32)], width: f32) {
        for pair in points.windows(2) {
            if let [from, to] = pair {
                self.line(*from, *to, width);
            }
        }
    }

    /// Draws the outline of a box.
    pub(crate) fn frame(&mut self, at: (f32, f32), size: (f32, f32), width: f32) {
        let (x, y) = at;
        let (right, bottom) = (x + size.0, y + size.1);
        self.path(&[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], width);
    }

    /// Fills a box.
    pub(crate) fn fill(&mut self, at: (f32, f32), size: (f32, f32)) {
        self.marks.push(Mark::Box { at, size });
    }

    /// Draws a polygon that looks like a circle.
    pub(crate) fn circle(&mut self, center: (f32, f32), radius: f32, width: f32) {
        const SIDES: u8 = 20;
        let points: Vec<(f32, f32)> = (0..=SIDES)
            .map(|side| {
                let angle = f32::from(side) / f32::from(SIDES) * std::f32::consts::TAU;
                (center.0 + radius * angle.cos(), center.1 + radius * angle.sin())
            })
            .collect();
        self.path(&points, width);
    }

    /// Writes text.
    pub(crate) fn text(&mut self, at: (f32, f32), size: f32, text: impl Into<String>) {
        self.marks.push(Mark::Text {
            at,
            size,
            is_bold: false,
            text: text.into(),
        });
    }

    /// Writes bold text.
    pub(crate) fn bold(&mut self, at: (f32, f32), size: f32, text: impl Into<String>) {
        self.marks.push(Mark::Text {
            at,
            size,
            is_bold: true,
            text: text.into(),
        });
    }

    /// Draws a table: the head in bold on a heavy line, one row under the other. Returns the y below it.
    pub(crate) fn table(&mut self, top: f32, columns: &[(f32, &str)], rows: &[Vec<String>]) -> f32 {
        const ROW: f32 = 17.0;
        let left = columns.first().map_or(54.0, |column| column.0) - 6.0;
        let right = WIDTH - 48.0;
        let height = ROW * (rows.len() as f32 + 1.0);
        self.frame((left, top), (right - left, height), 1.0);
        for (x, head) in columns {
            self.bold((*x, top + 12.0), 8.5, *head);
            if *x - 6.0 > left {
                self.line((*x - 6.0, top), (*x - 6.0, top + height), 0.5);
            }
        }
        for (place, row) in rows.iter().enumerate() {
            let y = top + ROW * (place as f32 + 1.0);
            self.line((left, y), (right, y), if place == 0 { 1.2 } else { 0.4 });
            for ((x, _), cell) in columns.iter().zip(row) {
                self.text((*x, y + 12.0), 8.5, cell.clone());
            }
        }
        top + height
    }
}
