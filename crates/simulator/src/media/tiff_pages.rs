//! The pages of a TIFF that came from outside. What fax machines wrote is taken over as it is, anything else is decoded.
//!
//! It reads what faxes and scanners are made of and no more; whatever is odd about a file is "cannot be converted".

use image::GrayImage;
use tiff::decoder::{Decoder, DecodingResult};

use super::scan::{Coding, Scan, Strip};

/// More pages than any fax has; a file whose directories run in a circle ends here too.
const MOST_PAGES: usize = 10_000;
/// Wider or higher than any plan at 400 dots per inch.
const LONGEST_SIDE: u32 = 40_000;

/// One page's directory.
#[derive(Debug, Default)]
struct Directory {
    columns: u32,
    rows: u32,
    compression: u32,
    is_black_zero: bool,
    is_reversed: bool,
    is_two_dimensional: bool,
    rows_per_strip: u32,
    offsets: Vec<u32>,
    lengths: Vec<u32>,
    across: f32,
    down: f32,
    is_metric: bool,
}

/// How many pages there are; `None` when it is no TIFF that can be read.
pub(crate) fn count(bytes: &[u8]) -> Option<u32> {
    let count = directories(bytes)?.len();
    u32::try_from(count).ok().filter(|count| *count > 0)
}

/// The pages.
pub(crate) fn read(bytes: &[u8]) -> Option<Vec<Scan>> {
    directories(bytes)?
        .iter()
        .enumerate()
        .map(|(place, directory)| directory.scan(bytes, place))
        .collect()
}

impl Directory {
    fn scan(&self, bytes: &[u8], place: usize) -> Option<Scan> {
        let k = match self.compression {
            2 => 0,
            3 if self.is_two_dimensional => 4,
            3 => 0,
            4 => -1,
            _ => return decoded(bytes, place),
        };
        let coding = Coding::Ccitt {
            k,
            is_byte_aligned: self.compression == 2,
            is_inverted: self.is_black_zero,
        };
        let mut rows_left = self.rows;
        let mut strips = Vec::new();
        for (offset, length) in self.offsets.iter().zip(&self.lengths) {
            let from = usize::try_from(*offset).ok()?;
            let to = from.checked_add(usize::try_from(*length).ok()?)?;
            let mut part = bytes.get(from..to)?.to_vec();
            if self.is_reversed {
                part.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
            }
            let rows = self.rows_per_strip.min(rows_left);
            rows_left -= rows;
            if rows > 0 {
                strips.push(Strip {
                    rows,
                    bytes: part,
                    coding,
                });
            }
        }
        let per_inch = if self.is_metric { 2.54 } else { 1.0 };
        let resolution = (self.across * per_inch, self.down * per_inch);
        (!strips.is_empty() && rows_left == 0).then(|| Scan {
            size: Scan::usual_size(self.columns, self.rows, resolution),
            columns: self.columns,
            strips,
        })
    }

    fn is_sound(&self) -> bool {
        let is_side = |side: u32| (1..=LONGEST_SIDE).contains(&side);
        is_side(self.columns) && is_side(self.rows) && self.offsets.len() == self.lengths.len()
    }
}

/// A page in a compression of photographs or of none.
fn decoded(bytes: &[u8], place: usize) -> Option<Scan> {
    let mut decoder = Decoder::new(std::io::Cursor::new(bytes)).ok()?;
    decoder.seek_to_image(place).ok()?;
    let (width, height) = decoder.dimensions().ok()?;
    let color = decoder.colortype().ok()?;
    let DecodingResult::U8(samples) = decoder.read_image().ok()? else {
        return None;
    };
    let grey: Vec<u8> = match color {
        tiff::ColorType::Gray(8) => samples,
        tiff::ColorType::Gray(1) => {
            let bytes_per_row = (width as usize).div_ceil(8).max(1);
            let row = |row: &[u8]| -> Vec<u8> {
                let bits = row
                    .iter()
                    .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
                bits.take(width as usize).map(|bit| bit * 255).collect()
            };
            samples.chunks(bytes_per_row).flat_map(row).collect()
        }
        tiff::ColorType::RGB(8) => samples.chunks(3).map(grey_of).collect(),
        tiff::ColorType::RGBA(8) => samples.chunks(4).map(grey_of).collect(),
        _ => return None,
    };
    Scan::of_picture(&GrayImage::from_raw(width, height, grey)?)
}

fn grey_of(dot: &[u8]) -> u8 {
    match dot {
        [red, green, blue, ..] => {
            let sum = u32::from(*red) * 299 + u32::from(*green) * 587 + u32::from(*blue) * 114;
            u8::try_from(sum / 1000).unwrap_or(u8::MAX)
        }
        _ => 255,
    }
}

/// The bytes with the order in which numbers stand in them.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
}

impl Numbers<'_> {
    fn short(self, at: usize) -> Option<u32> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(u32::from(match self.is_big_endian {
            true => u16::from_be_bytes(pair),
            false => u16::from_le_bytes(pair),
        }))
    }

    fn long(self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(match self.is_big_endian {
            true => u32::from_be_bytes(four),
            false => u32::from_le_bytes(four),
        })
    }

    /// The whole numbers of an entry, which stand in it or, when they are many, elsewhere.
    fn list(self, entry: usize) -> Option<Vec<u32>> {
        let width = match self.short(entry + 2)? {
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let count = usize::try_from(self.long(entry + 4)?).ok()?;
        let length = count.checked_mul(width)?;
        if length > self.bytes.len() {
            return None;
        }
        let from = if length <= 4 {
            entry + 8
        } else {
            usize::try_from(self.long(entry + 8)?).ok()?
        };
        (0..count)
            .map(|place| {
                let at = from.checked_add(place * width)?;
                if width == 2 { self.short(at) } else { self.long(at) }
            })
            .collect()
    }

    fn fraction(self, entry: usize) -> Option<f32> {
        let at = usize::try_from(self.long(entry + 8)?).ok()?;
        let (upper, lower) = (self.long(at)?, self.long(at.checked_add(4)?)?);
        Some(upper as f32 / lower.max(1) as f32)
    }
}

fn directories(bytes: &[u8]) -> Option<Vec<Directory>> {
    let is_big_endian = match bytes.get(..4)? {
        b"II*\0" => false,
        b"MM\0*" => true,
        _ => return None,
    };
    let numbers = Numbers { bytes, is_big_endian };
    let mut all = Vec::new();
    let mut at = usize::try_from(numbers.long(4)?).ok()?;
    while at != 0 {
        if all.len() >= MOST_PAGES {
            return None;
        }
        let count = usize::try_from(numbers.short(at)?).ok()?;
        let mut directory = Directory::default();
        for place in 0..count {
            let entry = at + 2 + place * 12;
            let first = || numbers.list(entry).and_then(|list| list.first().copied());
            match numbers.short(entry)? {
                256 => directory.columns = first()?,
                257 => directory.rows = first()?,
                259 => directory.compression = first()?,
                262 => directory.is_black_zero = first()? == 1,
                266 => directory.is_reversed = first()? == 2,
                273 => directory.offsets = numbers.list(entry)?,
                278 => directory.rows_per_strip = first()?,
                279 => directory.lengths = numbers.list(entry)?,
                282 => directory.across = numbers.fraction(entry).unwrap_or_default(),
                283 => directory.down = numbers.fraction(entry).unwrap_or_default(),
                292 => directory.is_two_dimensional = first()? & 1 == 1,
                296 => directory.is_metric = first()? == 3,
                _ => {}
            }
        }
        if directory.rows_per_strip == 0 {
            directory.rows_per_strip = directory.rows;
        }
        if !directory.is_sound() {
            return None;
        }
        all.push(directory);
        at = usize::try_from(numbers.long(at + 2 + count * 12)?).ok()?;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::page::Page;
    use crate::media::tiff_fax::{self, Machine};

    #[test]
    fn the_pages_of_every_kind_of_fax_machine_are_counted_and_put_into_a_pdf() {
        let mut page = Page::default();
        page.bold((70.0, 100.0), 20.0, "COLUMN TIES");
        for machine in [
            Machine::GROUP_4,
            Machine::GROUP_3,
            Machine::GROUP_3_TWO_DIMENSIONAL,
            Machine::REVERSED,
            Machine::COARSE,
        ] {
            let bytes = tiff_fax::write(&[page.clone(), page.clone()], machine);
            assert_eq!(count(&bytes), Some(2), "{machine:?}");
            let scans = read(&bytes).unwrap();
            let (width, height) = scans[0].size;
            assert!(
                (width - 609.9).abs() < 1.0 && (height - 792.0).abs() < 1.0,
                "{machine:?}: {width}"
            );
            let pdf = super::super::scan::write(&scans);
            assert_eq!(lopdf::Document::load_mem(&pdf).unwrap().get_pages().len(), 2);
        }
    }

    #[test]
    fn bits_the_other_way_round_are_the_same_page() {
        let mut page = Page::default();
        page.bold((70.0, 100.0), 20.0, "COLUMN TIES");
        let strip = |machine| {
            let scans = read(&tiff_fax::write(std::slice::from_ref(&page), machine)).unwrap();
            scans[0].strips[0].bytes.clone()
        };
        assert!(strip(Machine::REVERSED) == strip(Machine::GROUP_4));
    }

    #[test]
    fn a_file_that_is_cut_off_or_runs_in_a_circle_is_no_tiff() {
        let bytes = tiff_fax::write(&[Page::default()], Machine::GROUP_4);
        assert_eq!(count(&bytes[..bytes.len() - 9]), None);
        assert_eq!(count(b"II*\0\x08\0\0\0\0\0\x08\0\0\0"), None);
        assert_eq!(count(b"%PDF-1.4"), None);
    }
}
