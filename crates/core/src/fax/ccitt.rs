//! The compression of fax machines inside a TIFF: modified Huffman, group 3 in one and two dimensions, group 4.
//!
//! The codes themselves are read by hayro-ccitt; here is how TIFF says which of them a page uses.

use super::FaxError;
use super::bitmap::{Bitmap, as_index};
use hayro_ccitt::{DecodeSettings, Decoder as Rows, DecoderContext, EncodingMode};

const WHITE: u8 = 255;
const BLACK: u8 = 0;

/// What the page's directory says.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rows_per_strip: u32,
    pub(super) compression: Compression,
    /// The lowest bit of a byte is the first dot.
    pub(super) is_lowest_bit_first: bool,
    /// Zero is black, against the custom of faxes.
    pub(super) is_inverted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    Huffman,
    Group3 { has_two_dimensions: bool },
    Group4,
}

/// Decodes the strips, which follow each other from top to bottom. What a bad line cuts off stays white: half a page is
/// better than none, and telephone lines are what they are.
pub(super) fn decode<'a>(
    layout: &Layout,
    strips: impl Iterator<Item = &'a [u8]>,
) -> Result<Bitmap, FaxError> {
    let wanted = as_index(layout.width) * as_index(layout.height);
    let mut page = Page {
        width: layout.width,
        samples: Vec::with_capacity(wanted),
    };
    let mut failure = None;
    let mut rows_left = layout.height;
    for strip in strips {
        let rows = layout.rows_per_strip.min(rows_left);
        if rows == 0 {
            // To the decoder no rows means as many as there are.
            break;
        }
        rows_left -= rows;
        let mut context = DecoderContext::new(settings(layout, rows));
        let reversed;
        let data: &[u8] = if layout.is_lowest_bit_first {
            reversed = strip.iter().map(|byte| byte.reverse_bits()).collect::<Vec<u8>>();
            &reversed
        } else {
            strip
        };
        if let Err(error) = hayro_ccitt::decode(data, &mut page, &mut context) {
            failure = Some(error);
        }
        page.samples.resize(
            as_index(layout.height - rows_left) * as_index(layout.width),
            WHITE,
        );
    }
    let is_blank = page.samples.iter().all(|sample| *sample == WHITE);
    if let Some(error) = failure.filter(|_| is_blank) {
        return Err(FaxError::Damaged(Some(error.into())));
    }
    page.samples.resize(wanted, WHITE);
    if layout.is_inverted {
        for sample in &mut page.samples {
            *sample = !*sample;
        }
    }
    Ok(Bitmap {
        width: layout.width,
        height: layout.height,
        samples_per_dot: 1,
        samples: page.samples,
    })
}

fn settings(layout: &Layout, rows: u32) -> DecodeSettings {
    DecodeSettings {
        columns: layout.width,
        rows,
        // A strip is as long as its directory says; marks in it are met, not waited for.
        end_of_block: false,
        end_of_line: false,
        rows_are_byte_aligned: layout.compression == Compression::Huffman,
        encoding: match layout.compression {
            Compression::Huffman => EncodingMode::Group3_1D,
            Compression::Group3 {
                has_two_dimensions: false,
            } => EncodingMode::Group3_1D,
            Compression::Group3 {
                has_two_dimensions: true,
            } => EncodingMode::Group3_2D,
            Compression::Group4 => EncodingMode::Group4,
        },
        strict: false,
    }
}

struct Page {
    width: u32,
    samples: Vec<u8>,
}

impl Rows for Page {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.samples.len();
        self.samples.resize(start + as_index(self.width), WHITE);
        let Some(row) = self.samples.get_mut(start..) else {
            return;
        };
        for run in changes.chunks(2) {
            let (from, to) = match run {
                [from, to] => (*from, *to),
                [from] => (*from, self.width),
                _ => continue,
            };
            if let Some(dots) = row.get_mut(as_index(from)..as_index(to)) {
                dots.fill(BLACK);
            }
        }
    }
}
