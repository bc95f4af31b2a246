//! Pages as a multi-page TIFF, compressed as fax machines do.
//!
//! The container is written by hand: fifteen entries a page, which no writer with these compressions offers.

use super::bitmap::{Bitmap, COLUMNS_PER_INCH, Raster};
use super::ccitt::{self, Compression};
use super::page::Page;

const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const ENTRIES: u16 = 15;

/// What a receiving machine writes: compression, resolution, and from which end the bits of a byte are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Machine {
    compression: Compression,
    raster: Raster,
    /// `FillOrder` 2: the first dot stands in the lowest bit.
    is_reversed: bool,
}

impl Machine {
    pub(crate) const GROUP_4: Machine = Machine {
        compression: Compression::Group4,
        raster: Raster::FINE,
        is_reversed: false,
    };
    pub(crate) const GROUP_3: Machine = Machine {
        compression: Compression::Group3,
        ..Machine::GROUP_4
    };
    pub(crate) const GROUP_3_TWO_DIMENSIONAL: Machine = Machine {
        compression: Compression::Group3TwoDimensional,
        ..Machine::GROUP_4
    };
    pub(crate) const REVERSED: Machine = Machine {
        is_reversed: true,
        ..Machine::GROUP_4
    };
    pub(crate) const COARSE: Machine = Machine {
        compression: Compression::Group3,
        raster: Raster::COARSE,
        is_reversed: true,
    };
}

/// Writes the pages.
pub(crate) fn write(pages: &[Page], machine: Machine) -> Vec<u8> {
    let total = u16::try_from(pages.len()).unwrap_or(u16::MAX);
    // Little-endian header; the offset of the first directory is filled in when it is known.
    let mut out = vec![b'I', b'I', 42, 0, 0, 0, 0, 0];
    let mut link_at = 4;
    let Raster {
        columns,
        rows,
        rows_per_inch,
    } = machine.raster;
    let (scheme, options) = match machine.compression {
        Compression::Group3 => (3, (292, 0)),
        Compression::Group3TwoDimensional => (3, (292, 1)),
        Compression::Group4 => (4, (293, 0)),
    };
    for (number, page) in (0u16..).zip(pages) {
        let mut strip = ccitt::compress(&Bitmap::draw(page, machine.raster), machine.compression);
        if machine.is_reversed {
            strip.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        let strip_at = out.len();
        out.extend_from_slice(&strip);
        pad(&mut out);
        let resolution_at = out.len();
        for dots_per_inch in [COLUMNS_PER_INCH, rows_per_inch] {
            out.extend_from_slice(&dots_per_inch.to_le_bytes());
            out.extend_from_slice(&1u32.to_le_bytes());
        }
        link(&mut out, link_at);
        out.extend_from_slice(&ENTRIES.to_le_bytes());
        let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
            out.extend_from_slice(&tag.to_le_bytes());
            out.extend_from_slice(&kind.to_le_bytes());
            out.extend_from_slice(&count.to_le_bytes());
            out.extend_from_slice(&value.to_le_bytes());
        };
        entry(254, LONG, 1, 2); // one page of several
        entry(256, LONG, 1, columns);
        entry(257, LONG, 1, rows);
        entry(258, SHORT, 1, 1); // one bit per dot
        entry(259, SHORT, 1, scheme);
        entry(262, SHORT, 1, 0); // white is zero
        entry(266, SHORT, 1, if machine.is_reversed { 2 } else { 1 });
        entry(273, LONG, 1, offset(strip_at));
        entry(277, SHORT, 1, 1);
        entry(278, LONG, 1, rows); // all rows in one strip
        entry(279, LONG, 1, offset(strip.len()));
        entry(282, RATIONAL, 1, offset(resolution_at));
        entry(283, RATIONAL, 1, offset(resolution_at + 8));
        entry(options.0, LONG, 1, options.1);
        entry(297, SHORT, 2, u32::from(number) | u32::from(total) << 16);
        link_at = out.len();
        out.extend_from_slice(&0u32.to_le_bytes());
    }
    out
}

/// Makes the directory that begins here the one that the link at `link_at` points to.
fn link(out: &mut Vec<u8>, link_at: usize) {
    pad(out);
    let here = offset(out.len()).to_le_bytes();
    if let Some(place) = out.get_mut(link_at..link_at + 4) {
        place.copy_from_slice(&here);
    }
}

fn pad(out: &mut Vec<u8>) {
    if out.len() % 2 == 1 {
        out.push(0);
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_tiff_decodes_and_is_not_blank() {
        let mut page = Page::default();
        page.frame((60.0, 60.0), (200.0, 100.0), 2.0);
        page.bold((70.0, 100.0), 20.0, "BENDING SCHEDULE");
        page.line((60.0, 300.0), (500.0, 480.0), 1.0);
        let bytes = write(&[page.clone(), page], Machine::GROUP_4);
        let mut decoder = tiff::decoder::Decoder::new(std::io::Cursor::new(bytes)).unwrap();
        for is_last in [false, true] {
            assert_eq!(
                decoder.dimensions().unwrap(),
                (Raster::FINE.columns, Raster::FINE.rows)
            );
            let tiff::decoder::DecodingResult::U8(dots) = decoder.read_image().unwrap() else {
                panic!("one bit per dot comes as bytes")
            };
            let black: u32 = dots.iter().map(|byte| byte.count_zeros()).sum();
            let all = dots.len() as u32 * 8;
            assert!(black > 2_000 && black < all / 4, "{black} of {all}");
            assert_eq!(decoder.more_images(), !is_last);
            if !is_last {
                decoder.next_image().unwrap();
            }
        }
    }
}
