//! The compression of fax machines inside a TIFF: modified Huffman, group 3 in one and two dimensions, group 4.
//!
//! The codes themselves are read by hayro-ccitt; here is how TIFF says which of them a page uses.

use super::FaxError;
use super::reduction::Reduction;
use hayro_ccitt::{DecodeSettings, Decoder as Rows, DecoderContext, EncodingMode};

/// What the page's directory says.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rows_per_strip: u32,
    pub(super) compression: Compression,
    /// The lowest bit of a byte is the first dot.
    pub(super) is_lowest_bit_first: bool,
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
    page: &mut Reduction,
) -> Result<(), FaxError> {
    let mut has_failed = false;
    let mut is_blank = true;
    for strip in strips {
        let start = page.rows();
        let rows = layout.rows_per_strip.min(layout.height.saturating_sub(start));
        if rows == 0 || page.is_full() {
            // To the decoder no rows means as many as there are.
            break;
        }
        let mut context = DecoderContext::new(settings(layout, rows));
        let reversed;
        let data: &[u8] = if layout.is_lowest_bit_first {
            reversed = strip.iter().map(|byte| byte.reverse_bits()).collect::<Vec<u8>>();
            &reversed
        } else {
            strip
        };
        let mut sink = Sink {
            page: &mut *page,
            end: start + rows,
            is_blank: &mut is_blank,
        };
        has_failed |= hayro_ccitt::decode(data, &mut sink, &mut context).is_err();
        page.push_white((start + rows).saturating_sub(page.rows()));
    }
    if has_failed && is_blank {
        return Err(FaxError::Damaged);
    }
    Ok(())
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

struct Sink<'a> {
    page: &'a mut Reduction,
    end: u32,
    is_blank: &'a mut bool,
}

impl Rows for Sink<'_> {
    fn push_row(&mut self, changes: &[u32]) {
        if self.page.rows() < self.end {
            *self.is_blank &= changes.is_empty();
            self.page.push_changes(changes);
        }
    }
}
