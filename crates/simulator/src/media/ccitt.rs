//! The compressions of fax machines: T.4 in one and two dimensions (group 3) and T.6 (group 4).
//!
//! Group 4 is the `fax` crate's; for group 3 it has the code tables only. Nothing is read here.

use std::convert::Infallible;

use fax::encoder::Encoder;
use fax::maps::{Mode, black, mode, white};
use fax::{BitWriter, Bits, Color, VecWriter};

use super::bitmap::Bitmap;

/// How rows are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    /// Every row for itself.
    Group3,
    /// Every fourth row for itself, the others as what differs from the row above.
    Group3TwoDimensional,
    /// Every row as what differs from the row above.
    Group4,
}

/// So many rows of group 3 in two dimensions make a set: one for itself, the others hang on it (T.4, fine resolution).
const ROWS_PER_SET: usize = 4;
const END_OF_LINE: Bits = Bits { data: 1, len: 12 };
const ONE: Bits = Bits { data: 1, len: 1 };
const ZERO: Bits = Bits { data: 0, len: 1 };
/// The longest run that has a code of its own.
const LONGEST_RUN: usize = 2560;

/// Compresses a page. Group 3 has an end-of-line code before every row and none at the end.
pub(crate) fn compress(bitmap: &Bitmap, compression: Compression) -> Vec<u8> {
    match compression {
        Compression::Group4 => group_4(bitmap),
        Compression::Group3 => group_3(bitmap, false),
        Compression::Group3TwoDimensional => group_3(bitmap, true),
    }
}

fn group_4(bitmap: &Bitmap) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in bitmap.rows() {
        let dots = row
            .iter()
            .map(|dot| if *dot == 1 { Color::Black } else { Color::White });
        // Writing to memory cannot fail: the error type has no values.
        let Ok(()) = encoder.encode_line(dots, bitmap.raster().columns);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}

fn group_3(bitmap: &Bitmap, has_two_dimensions: bool) -> Vec<u8> {
    let mut out = VecWriter::new();
    let width = bitmap.raster().columns as usize;
    let mut above: Vec<usize> = Vec::new();
    for (number, row) in bitmap.rows().enumerate() {
        let changes = changes_of(row);
        let stands_alone = !has_two_dimensions || number % ROWS_PER_SET == 0;
        put(&mut out, END_OF_LINE);
        if has_two_dimensions {
            put(&mut out, if stands_alone { ONE } else { ZERO });
        }
        if stands_alone {
            write_runs(&mut out, &changes, width);
        } else {
            write_differences(&mut out, &changes, &above, width);
        }
        above = changes;
    }
    out.finish()
}

/// Where the colour changes; the row begins white.
fn changes_of(row: &[u8]) -> Vec<usize> {
    let before = std::iter::once(&0).chain(row);
    before
        .zip(row)
        .enumerate()
        .filter(|(_, (before, dot))| before != dot)
        .map(|(place, _)| place)
        .collect()
}

fn write_runs(out: &mut VecWriter, changes: &[usize], width: usize) {
    let mut from = 0;
    let mut color = Color::White;
    for to in changes.iter().copied().chain([width]) {
        write_run(out, color, to - from);
        (from, color) = (to, !color);
    }
}

/// T.4, 4.2: passes over what is only above, follows what is at most three dots off, and writes the rest as runs.
fn write_differences(out: &mut VecWriter, changes: &[usize], above: &[usize], width: usize) {
    let mut color = Color::White;
    // Before the first dot there is an imaginary white one.
    let mut start: Option<usize> = None;
    while start.is_none_or(|start| start < width) {
        let is_after = |place: &usize| start.is_none_or(|start| *place > start);
        let from = start.unwrap_or(0);
        let mut own = changes.iter().copied().filter(is_after).chain([width, width]);
        let (first, second) = (own.next().unwrap_or(width), own.next().unwrap_or(width));
        // On the row above counts a change to the colour that comes next here: white to black at even places.
        let parity = usize::from(color == Color::Black);
        let mut reference = above
            .iter()
            .copied()
            .enumerate()
            .filter(|(place, at)| is_after(at) && place % 2 == parity);
        let (place, above_first) = reference.next().unwrap_or((above.len(), width));
        let above_second = above.get(place + 1).copied().unwrap_or(width);
        let offset = first as i64 - above_first as i64;
        if above_second < first {
            put_mode(out, Mode::Pass);
            start = Some(above_second);
        } else if let Some(offset) = i8::try_from(offset)
            .ok()
            .filter(|offset| (-3..=3).contains(offset))
        {
            put_mode(out, Mode::Vertical(offset));
            (start, color) = (Some(first), !color);
        } else {
            put_mode(out, Mode::Horizontal);
            write_run(out, color, first - from);
            write_run(out, !color, second - first);
            start = Some(second);
        }
    }
}

fn write_run(out: &mut VecWriter, color: Color, mut length: usize) {
    let encode = |length: usize| {
        let length = u16::try_from(length).unwrap_or(u16::MAX);
        match color {
            Color::White => white::encode(length),
            Color::Black => black::encode(length),
        }
    };
    while length >= 64 {
        let long = length.min(LONGEST_RUN) / 64 * 64;
        encode(long).into_iter().for_each(|code| put(out, code));
        length -= long;
    }
    encode(length).into_iter().for_each(|code| put(out, code));
}

fn put_mode(out: &mut VecWriter, kind: Mode) {
    mode::encode(kind).into_iter().for_each(|code| put(out, code));
}

fn put(out: &mut VecWriter, code: Bits) {
    // Writing to memory cannot fail: the error type has no values.
    let written: Result<(), Infallible> = out.write(code);
    let Ok(()) = written;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::bitmap::Raster;
    use crate::media::page::Page;

    fn drawn() -> Bitmap {
        let mut page = Page::default();
        page.frame((60.0, 60.0), (200.0, 100.0), 2.0);
        page.bold((70.0, 100.0), 20.0, "BENDING SCHEDULE");
        page.line((60.0, 300.0), (500.0, 480.0), 1.0);
        page.fill((0.0, 700.0), (612.0, 20.0));
        page.fill((600.0, 400.0), (12.0, 50.0));
        Bitmap::draw(&page, Raster::COARSE)
    }

    /// Boxes anywhere, so that runs and distances of every length meet.
    fn scattered() -> Bitmap {
        use crate::media::mix;
        let mut page = Page::default();
        for one in 0..600 {
            let at = |salt: u64, below: u64| (mix(one, salt) % below) as f32 / 3.0;
            page.fill((at(1, 1836), at(2, 2376)), (at(3, 400), at(4, 12)));
        }
        Bitmap::draw(&page, Raster::COARSE)
    }

    /// What a reader of the given coding makes of it: where the colour changes, row by row.
    #[derive(Default)]
    struct Rows(Vec<Vec<usize>>);

    impl hayro_ccitt::Decoder for Rows {
        fn push_row(&mut self, changes: &[u32]) {
            self.0.push(changes.iter().map(|at| *at as usize).collect());
        }
    }

    #[test]
    fn every_compression_gives_the_same_dots_back() {
        for bitmap in [drawn(), scattered()] {
            check(&bitmap);
        }
    }

    fn check(bitmap: &Bitmap) {
        use hayro_ccitt::EncodingMode;
        let expected: Vec<Vec<usize>> = bitmap.rows().map(changes_of).collect();
        for (compression, encoding) in [
            (Compression::Group3, EncodingMode::Group3_1D),
            (Compression::Group3TwoDimensional, EncodingMode::Group3_2D),
            (Compression::Group4, EncodingMode::Group4),
        ] {
            let bytes = compress(bitmap, compression);
            let settings = hayro_ccitt::DecodeSettings {
                columns: bitmap.raster().columns,
                rows: bitmap.raster().rows,
                end_of_block: false,
                end_of_line: true,
                rows_are_byte_aligned: false,
                encoding,
                strict: false,
            };
            let mut rows = Rows::default();
            let mut context = hayro_ccitt::DecoderContext::new(settings);
            hayro_ccitt::decode(&bytes, &mut rows, &mut context).unwrap();
            assert_eq!(rows.0.len(), expected.len(), "{compression:?}");
            assert!(rows.0 == expected, "{compression:?} is read otherwise");
        }
    }
}
