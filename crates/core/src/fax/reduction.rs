//! Rows of dots on their way to another size: made smaller without losing thin lines, larger by repeating them.
//!
//! Every new dot is the mean of the old ones it covers, so that a line one dot thin turns grey and does not vanish. The rows
//! come from top to bottom and none is kept, so a plan of a hundred million dots needs no more room than what is drawn of it.

use super::bitmap::{Bitmap, as_index};
use super::frame::Frame;

const WHITE: u8 = 255;
/// So many dots are looked at at once to see whether they are paper.
const PASSED_OVER: usize = 32;

/// Takes rows of a picture and gives the part of another size that a frame asks for.
#[derive(Debug)]
pub(super) struct Reduction {
    frame: Frame,
    own_width: u32,
    own_height: u32,
    samples_per_dot: usize,
    /// Which old dots each new one of the frame covers.
    columns: Vec<(usize, usize)>,
    /// Which new dot of the frame covers an old one; only where none is repeated.
    column_of: Vec<u32>,
    sums: Vec<u64>,
    next_row: u32,
    /// Counted from the top of the frame.
    next_line: u32,
    samples: Vec<u8>,
    line: Vec<u8>,
}

impl Reduction {
    /// Of a picture of so many dots, with one sample per dot for grey and three for colour.
    pub(super) fn new(frame: Frame, own_width: u32, own_height: u32, samples_per_dot: usize) -> Self {
        let columns: Vec<_> = (frame.left..frame.left + frame.width)
            .map(|at| span(at, frame.page_width, own_width))
            .collect();
        let mut column_of = Vec::new();
        if frame.page_width <= own_width {
            column_of = vec![u32::MAX; as_index(own_width)];
            for (column, (start, end)) in (0_u32..).zip(&columns) {
                if let Some(places) = column_of.get_mut(*start..*end) {
                    places.fill(column);
                }
            }
        }
        Self {
            frame,
            own_width,
            own_height,
            samples_per_dot,
            column_of,
            sums: vec![0; as_index(frame.width) * samples_per_dot],
            columns,
            next_row: 0,
            next_line: 0,
            samples: Vec::with_capacity(as_index(frame.width) * as_index(frame.height) * samples_per_dot),
            line: Vec::new(),
        }
    }

    /// No further row changes anything.
    pub(super) fn is_full(&self) -> bool {
        self.next_line >= self.frame.height
    }

    /// How many rows have come.
    pub(super) fn rows(&self) -> u32 {
        self.next_row
    }

    /// The next row, sample by sample.
    pub(super) fn push(&mut self, row: &[u8]) {
        let y = self.next_row;
        self.next_row += 1;
        while let Some((top, bottom)) = self.lines_of(y) {
            if self.samples_per_dot == 1 && !self.column_of.is_empty() {
                self.add_grey(row);
            } else {
                self.add(row);
            }
            if !self.ends_with(y, top, bottom) {
                break;
            }
        }
    }

    fn add(&mut self, row: &[u8]) {
        let step = self.samples_per_dot;
        for (sums, (left, right)) in self.sums.chunks_exact_mut(step).zip(&self.columns) {
            let dots = row.get(left * step..right * step).unwrap_or_default();
            for dot in dots.chunks_exact(step) {
                for (sum, sample) in sums.iter_mut().zip(dot) {
                    *sum += u64::from(WHITE - *sample);
                }
            }
        }
    }

    /// As [`Self::add`], passing over paper: most of a page is.
    fn add_grey(&mut self, row: &[u8]) {
        for (dots, columns) in row.chunks(PASSED_OVER).zip(self.column_of.chunks(PASSED_OVER)) {
            if dots.iter().all(|dot| *dot == WHITE) {
                continue;
            }
            for (dot, column) in dots.iter().zip(columns) {
                if let Some(sum) = self.sums.get_mut(as_index(*column)) {
                    *sum += u64::from(WHITE - *dot);
                }
            }
        }
    }

    /// The next row of a picture in black and white: the places at which the colour changes, beginning with white.
    pub(super) fn push_changes(&mut self, changes: &[u32]) {
        if self.column_of.is_empty() {
            self.push_repeated(changes);
            return;
        }
        let y = self.next_row;
        self.next_row += 1;
        while let Some((top, bottom)) = self.lines_of(y) {
            for (from, to) in black_runs(changes, self.own_width) {
                self.blacken(as_index(from), as_index(to));
            }
            if !self.ends_with(y, top, bottom) {
                break;
            }
        }
    }

    /// So many rows of white.
    pub(super) fn push_white(&mut self, rows: u32) {
        let end = self.next_row.saturating_add(rows).min(self.own_height);
        while self.next_row < end && !self.is_full() {
            self.push_changes(&[]);
        }
        self.next_row = end;
    }

    /// What was drawn; rows that never came are white.
    pub(super) fn finish(mut self) -> Bitmap {
        if self.next_row > 0 && self.sums.iter().any(|sum| *sum > 0) && !self.is_full() {
            let (top, _) = self.line_span(self.next_line);
            self.end_line(as_index(self.next_row).saturating_sub(top));
        }
        let wanted = as_index(self.frame.width) * as_index(self.frame.height) * self.samples_per_dot;
        self.samples.resize(wanted, WHITE);
        Bitmap {
            width: self.frame.width,
            height: self.frame.height,
            samples_per_dot: self.samples_per_dot,
            samples: self.samples,
        }
    }

    /// The span of rows of the next line, if the row at `y` belongs to it.
    fn lines_of(&self, y: u32) -> Option<(usize, usize)> {
        if self.is_full() {
            return None;
        }
        let (top, bottom) = self.line_span(self.next_line);
        (top..bottom).contains(&as_index(y)).then_some((top, bottom))
    }

    fn line_span(&self, line: u32) -> (usize, usize) {
        span(self.frame.top + line, self.frame.page_height, self.own_height)
    }

    /// Whether that was the last row of the line, which is done then; a row that is repeated begins the next one too.
    fn ends_with(&mut self, y: u32, top: usize, bottom: usize) -> bool {
        let ends = as_index(y) + 1 == bottom;
        if ends {
            self.end_line(bottom - top);
        }
        ends
    }

    fn end_line(&mut self, rows: usize) {
        for ((left, right), sums) in self
            .columns
            .iter()
            .zip(self.sums.chunks_exact_mut(self.samples_per_dot))
        {
            let covered = u64::try_from((right - left) * rows).unwrap_or(u64::MAX).max(1);
            for sum in sums {
                self.samples
                    .push(WHITE - u8::try_from((*sum).div_ceil(covered)).unwrap_or(WHITE));
                *sum = 0;
            }
        }
        self.next_line += 1;
    }

    /// Old dots are counted where they fall.
    fn blacken(&mut self, from: usize, to: usize) {
        let black = u64::from(WHITE);
        let first = self.columns.first().map_or(0, |(start, _)| *start);
        let last = self.columns.last().map_or(0, |(_, end)| *end);
        let (from, to) = (from.max(first), to.min(last));
        if from >= to {
            return;
        }
        let place = |at: usize| self.column_of.get(at).map_or(0, |column| as_index(*column));
        let (start, end) = (place(from), place(to - 1));
        let columns = self.columns.get(start..=end).unwrap_or_default();
        let sums = self.sums.get_mut(start..=end).unwrap_or_default();
        for (sum, (left, right)) in sums.iter_mut().zip(columns) {
            let covered = to.min(*right).saturating_sub(from.max(*left));
            *sum += black * u64::try_from(covered).unwrap_or(0);
        }
    }

    fn push_repeated(&mut self, changes: &[u32]) {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        line.resize(as_index(self.own_width), WHITE);
        for (from, to) in black_runs(changes, self.own_width) {
            if let Some(dots) = line.get_mut(as_index(from)..as_index(to)) {
                dots.fill(0);
            }
        }
        self.push(&line);
        self.line = line;
    }
}

fn black_runs(changes: &[u32], width: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
    changes.chunks(2).filter_map(move |run| match run {
        [from, to] => Some((*from, *to)),
        [from] => Some((*from, width)),
        _ => None,
    })
}

/// Which of `old` dots the new dot at `at` of `new` covers: at least one. Where dots are repeated it is the last that it touches, as other
/// programs have it.
fn span(at: u32, new: u32, old: u32) -> (usize, usize) {
    let (new_dots, old_dots) = (u64::from(new.max(1)), u64::from(old));
    let last = old_dots.saturating_sub(1);
    let after = u64::from(at) + 1;
    let start = if new > old {
        (after * old_dots).div_ceil(new_dots).saturating_sub(1)
    } else {
        u64::from(at) * old_dots / new_dots
    };
    let start = start.min(last);
    let end = if new > old {
        start + 1
    } else {
        (after * old_dots / new_dots).max(start + 1)
    };
    (
        usize::try_from(start).unwrap_or(0),
        usize::try_from(end).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(width: u32, height: u32) -> Frame {
        Frame {
            page_width: width,
            page_height: height,
            left: 0,
            top: 0,
            width,
            height,
        }
    }

    fn reduced(frame: Frame, own_width: u32, samples_per_dot: usize, rows: &[&[u8]]) -> Vec<u8> {
        let height = u32::try_from(rows.len()).unwrap();
        let mut reduction = Reduction::new(frame, own_width, height, samples_per_dot);
        for row in rows {
            reduction.push(row);
        }
        reduction.finish().samples
    }

    #[test]
    fn a_line_one_dot_thin_turns_grey_and_does_not_vanish() {
        let rows: [&[u8]; 2] = [&[255, 0, 255, 255], &[255, 0, 255, 255]];
        assert_eq!(reduced(whole(2, 1), 4, 1, &rows), [127, 255]);
    }

    #[test]
    fn rows_are_repeated_where_a_coarse_fax_has_too_few() {
        let rows: [&[u8]; 2] = [&[0, 255], &[255, 0]];
        assert_eq!(
            reduced(whole(2, 4), 2, 1, &rows),
            [0, 255, 0, 255, 255, 0, 255, 0]
        );
    }

    #[test]
    fn colours_stay_apart() {
        let rows: [&[u8]; 1] = [&[10, 20, 30, 30, 40, 50]];
        assert_eq!(reduced(whole(1, 1), 2, 3, &rows), [20, 30, 40]);
    }

    #[test]
    fn runs_of_black_give_what_their_dots_give_at_every_size_and_in_every_part() {
        let (own_width, own_height) = (37, 11);
        let rows: Vec<Vec<u32>> = (0..own_height)
            .map(|y| vec![y % 5, 6 + y, 18 + y % 3, 20 + y % 3, 31])
            .collect();
        for (width, height) in [(37, 11), (12, 4), (5, 11), (80, 30), (36, 1)] {
            for (left, top) in [(0, 0), (width / 3, height / 3)] {
                let frame = Frame {
                    left,
                    top,
                    width: width - left,
                    height: height - top,
                    ..whole(width, height)
                };
                let mut by_runs = Reduction::new(frame, own_width, own_height, 1);
                let mut by_dots = Reduction::new(frame, own_width, own_height, 1);
                for changes in &rows {
                    by_runs.push_changes(changes);
                    let mut dots = vec![WHITE; as_index(own_width)];
                    for (from, to) in black_runs(changes, own_width) {
                        dots[as_index(from)..as_index(to)].fill(0);
                    }
                    by_dots.push(&dots);
                }
                assert_eq!(by_runs.finish(), by_dots.finish(), "{width} by {height}");
            }
        }
    }

    #[test]
    fn a_part_is_what_it_is_in_the_whole() {
        let rows: Vec<Vec<u8>> = (0..20_u8)
            .map(|y| (0..30).map(|x| (x * 7) ^ (y * 5)).collect())
            .collect();
        let rows: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        let all = reduced(whole(10, 8), 30, 1, &rows);
        let frame = Frame {
            left: 3,
            top: 2,
            width: 4,
            height: 5,
            ..whole(10, 8)
        };
        let part = reduced(frame, 30, 1, &rows);
        let expected: Vec<u8> = (2..7)
            .flat_map(|y| all[y * 10 + 3..y * 10 + 7].to_vec())
            .collect();
        assert_eq!(part, expected);
    }
}
