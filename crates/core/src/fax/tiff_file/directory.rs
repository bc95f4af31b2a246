//! The directories of a TIFF: one per page, each a list of tags.
//!
//! Read by ourselves, once, because fax machines leave tags out that other readers insist on. Classic and big files, both
//! byte orders. No value is believed before it was found to lie within the file.

use super::super::FaxError;
use super::super::document::MOST_PAGES;
use std::collections::HashSet;

/// A strip per row of the tallest page, and more than any fax has.
const MOST_VALUES: u64 = 1 << 20;
const MOST_TAGS: u64 = 4_096;

/// Numbers of tags (TIFF 6.0, section 8 and 11).
pub(super) mod tag {
    pub(in super::super) const WIDTH: u16 = 256;
    pub(in super::super) const HEIGHT: u16 = 257;
    pub(in super::super) const BITS: u16 = 258;
    pub(in super::super) const COMPRESSION: u16 = 259;
    pub(in super::super) const PHOTOMETRIC: u16 = 262;
    pub(in super::super) const FILL_ORDER: u16 = 266;
    pub(in super::super) const STRIP_OFFSETS: u16 = 273;
    pub(in super::super) const ORIENTATION: u16 = 274;
    pub(in super::super) const ROWS_PER_STRIP: u16 = 278;
    pub(in super::super) const STRIP_BYTE_COUNTS: u16 = 279;
    pub(in super::super) const X_RESOLUTION: u16 = 282;
    pub(in super::super) const Y_RESOLUTION: u16 = 283;
    /// Says, of group 3, whether lines refer to the line above.
    pub(in super::super) const GROUP3_OPTIONS: u16 = 292;
    pub(in super::super) const RESOLUTION_UNIT: u16 = 296;
    pub(in super::super) const COLOR_MAP: u16 = 320;
    pub(in super::super) const TILE_WIDTH: u16 = 322;
    pub(in super::super) const TILE_LENGTH: u16 = 323;
    pub(in super::super) const TILE_OFFSETS: u16 = 324;
    pub(in super::super) const TILE_BYTE_COUNTS: u16 = 325;
    pub(in super::super) const EXTRA_SAMPLES: u16 = 338;
}

/// How numbers are written.
#[derive(Debug, Clone, Copy)]
struct Writing {
    is_big_endian: bool,
    is_big_file: bool,
}

/// The tags of one page.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    writing: Writing,
    tags: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u64,
    /// Where its values stand.
    place: usize,
}

/// All directories, in order. What is broken behind a readable one ends the list: half a fax is better than none.
pub(super) fn read(file: &[u8]) -> Result<Vec<Directory>, FaxError> {
    let (writing, mut next) = header(file).ok_or(FaxError::Damaged)?;
    let mut seen = HashSet::new();
    let mut directories = Vec::new();
    while next != 0 && seen.insert(next) {
        if directories.len() == MOST_PAGES {
            return Err(FaxError::TooManyPages);
        }
        match directory(file, writing, next) {
            Some((directory, following)) => {
                directories.push(directory);
                next = following;
            }
            None => break,
        }
    }
    if directories.is_empty() {
        return Err(FaxError::Damaged);
    }
    Ok(directories)
}

fn header(file: &[u8]) -> Option<(Writing, u64)> {
    let is_big_endian = file.starts_with(b"MM");
    let small = Writing {
        is_big_endian,
        is_big_file: false,
    };
    let is_big_file = small.number(file, 2, 2)? == 43;
    let writing = Writing { is_big_file, ..small };
    let first = if is_big_file {
        writing.number(file, 8, 8)?
    } else {
        writing.number(file, 4, 4)?
    };
    Some((writing, first))
}

fn directory(file: &[u8], writing: Writing, at: u64) -> Option<(Directory, u64)> {
    let at = usize::try_from(at).ok()?;
    let (count_size, entry_size, offset_size) = if writing.is_big_file {
        (8, 20, 8)
    } else {
        (2, 12, 4)
    };
    let count = writing.number(file, at, count_size)?.min(MOST_TAGS);
    let count = usize::try_from(count).ok()?;
    let first = at.checked_add(count_size)?;
    let mut tags = Vec::with_capacity(count);
    for index in 0..count {
        let here = first.checked_add(index * entry_size)?;
        let Some(entry) = entry(file, writing, here, offset_size) else {
            continue;
        };
        tags.push(entry);
    }
    let end = first.checked_add(count * entry_size)?;
    // The link of the last directory is missing in files that were cut off.
    let next = writing.number(file, end, offset_size).unwrap_or(0);
    Some((Directory { writing, tags }, next))
}

fn entry(file: &[u8], writing: Writing, here: usize, offset_size: usize) -> Option<Entry> {
    let tag = u16::try_from(writing.number(file, here, 2)?).ok()?;
    let kind = u16::try_from(writing.number(file, here + 2, 2)?).ok()?;
    let count = writing.number(file, here + 4, offset_size)?;
    let value = here + 4 + offset_size;
    let size = u64::try_from(size_of_kind(kind)?).ok()?.checked_mul(count)?;
    let place = if size <= u64::try_from(offset_size).ok()? {
        value
    } else {
        usize::try_from(writing.number(file, value, offset_size)?).ok()?
    };
    Some(Entry {
        tag,
        kind,
        count,
        place,
    })
}

impl Directory {
    /// The first value of a tag.
    pub(super) fn number(&self, file: &[u8], tag: u16) -> Option<u32> {
        let entry = self.entry(tag)?;
        let value = self.value(file, entry, 0)?;
        u32::try_from(value).ok()
    }

    /// All values of a tag, as far as they are in the file.
    pub(super) fn numbers(&self, file: &[u8], tag: u16) -> Vec<u64> {
        let Some(entry) = self.entry(tag) else {
            return Vec::new();
        };
        (0..entry.count.min(MOST_VALUES))
            .map_while(|index| self.value(file, entry, usize::try_from(index).ok()?))
            .collect()
    }

    /// A resolution, which is a fraction, or a whole number in careless files.
    pub(super) fn resolution(&self, file: &[u8], tag: u16) -> Option<f64> {
        let entry = self.entry(tag)?;
        let per_unit = if matches!(entry.kind, 5 | 10) {
            let over = self.writing.number(file, entry.place, 4)?;
            let under = self.writing.number(file, entry.place.checked_add(4)?, 4)?;
            f64::from(u32::try_from(over).ok()?) / f64::from(u32::try_from(under).ok()?)
        } else {
            f64::from(u32::try_from(self.value(file, entry, 0)?).ok()?)
        };
        Some(per_unit).filter(|dots| dots.is_finite() && *dots > 1.0)
    }

    /// A copy of the file in which this page's tag, a short number, says something else.
    pub(super) fn with_number(&self, file: &[u8], tag: u16, value: u16) -> Option<Vec<u8>> {
        let entry = self.entry(tag).filter(|entry| entry.kind == 3)?;
        let bytes = if self.writing.is_big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        };
        let mut copy = file.to_vec();
        copy.get_mut(entry.place..entry.place + 2)?
            .copy_from_slice(&bytes);
        Some(copy)
    }

    /// A copy of the file in which the bits of all bytes of this page come in the usual order.
    pub(super) fn with_bits_turned(&self, file: &[u8]) -> Vec<u8> {
        let mut copy = file.to_vec();
        for (places, lengths) in [
            (tag::STRIP_OFFSETS, tag::STRIP_BYTE_COUNTS),
            (tag::TILE_OFFSETS, tag::TILE_BYTE_COUNTS),
        ] {
            let places = self.numbers(file, places).into_iter();
            for (place, length) in places.zip(self.numbers(file, lengths)) {
                let start = usize::try_from(place).unwrap_or(usize::MAX);
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                let end = start.saturating_add(length).min(file.len());
                for byte in copy.get_mut(start..end).unwrap_or_default() {
                    *byte = byte.reverse_bits();
                }
            }
        }
        copy
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.tags.iter().find(|entry| entry.tag == tag)
    }

    fn value(&self, file: &[u8], entry: &Entry, index: usize) -> Option<u64> {
        let size = size_of_kind(entry.kind).filter(|_| matches!(entry.kind, 1 | 3 | 4 | 13 | 16 | 18))?;
        let place = entry.place.checked_add(index.checked_mul(size)?)?;
        self.writing.number(file, place, size)
    }
}

impl Writing {
    fn number(self, file: &[u8], at: usize, size: usize) -> Option<u64> {
        let bytes = file.get(at..at.checked_add(size)?)?;
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_big_endian {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    }
}

/// Bytes of one value (TIFF 6.0, section 2; the last three are BigTIFF's).
fn size_of_kind(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16 | 17 | 18 => Some(8),
        _ => None,
    }
}
