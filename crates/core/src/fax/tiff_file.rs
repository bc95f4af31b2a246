//! Pages of a TIFF: its directories are read by `tiff`, the compressions of fax machines in [`super::ccitt`].

use super::bitmap::{Bitmap, as_index};
use super::ccitt::{self, Compression, Layout};
use super::{FaxError, MOST_DOTS, MOST_PAGES, height_for};
use domain::attachment::FaxPage;
use std::io::Cursor;
use tiff::decoder::ifd::Value;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

/// Says, of group 3, whether lines refer to the line above.
const GROUP3_OPTIONS: Tag = Tag::Unknown(292);
/// What fax machines scan with, for files that do not say it.
const USUAL_DOTS_PER_INCH: f64 = 204.0;
const POINTS_PER_INCH: f64 = 72.0;
const CENTIMETRES_PER_INCH: f64 = 2.54;

type Reader<'a> = Decoder<Cursor<&'a [u8]>>;

pub(super) fn pages(document: &[u8]) -> Result<Vec<FaxPage>, FaxError> {
    let mut reader = open(document)?;
    let mut pages = vec![size(&mut reader)?];
    while reader.more_images() {
        if pages.len() == MOST_PAGES {
            return Err(FaxError::TooLarge);
        }
        reader.next_image().map_err(damaged)?;
        pages.push(size(&mut reader)?);
    }
    Ok(pages)
}

pub(super) fn draw(document: &[u8], index: usize, width: u32) -> Result<Vec<u8>, FaxError> {
    let mut reader = open(document)?;
    for _ in 0..index {
        if !reader.more_images() {
            return Err(FaxError::NoSuchPage);
        }
        reader.next_image().map_err(damaged)?;
    }
    let page = size(&mut reader)?;
    let (own_width, own_height) = reader.dimensions().map_err(damaged)?;
    if u64::from(own_width) * u64::from(own_height) > MOST_DOTS {
        return Err(FaxError::TooLarge);
    }
    // More dots than there are would only be larger.
    let width = width.min(own_width);
    let height = height_for(page, width)?;
    let bitmap = match layout(&mut reader)? {
        Some(layout) => ccitt::decode(&layout, strips(document, &mut reader)?.into_iter())?,
        None => other(&mut reader)?,
    };
    bitmap.scaled(width, height).png()
}

fn open(document: &[u8]) -> Result<Reader<'_>, FaxError> {
    Decoder::new(Cursor::new(document)).map_err(damaged)
}

/// As printed: a coarse fax has half as many rows as columns to the inch.
fn size(reader: &mut Reader<'_>) -> Result<FaxPage, FaxError> {
    let (columns, rows) = reader.dimensions().map_err(damaged)?;
    let across = resolution(reader, Tag::XResolution);
    let down = resolution(reader, Tag::YResolution);
    let (across, down) = match (across, down) {
        (Some(across), Some(down)) => (across, down),
        _ => (USUAL_DOTS_PER_INCH, USUAL_DOTS_PER_INCH),
    };
    let is_metric = number(reader, Tag::ResolutionUnit)? == Some(3);
    let unit = if is_metric { CENTIMETRES_PER_INCH } else { 1.0 };
    Ok(FaxPage {
        width: points(columns, across * unit),
        height: points(rows, down * unit),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range, and the result is at least one"
)]
fn points(dots: u32, per_inch: f64) -> u32 {
    ((f64::from(dots) * POINTS_PER_INCH / per_inch).round() as u32).max(1)
}

fn resolution(reader: &mut Reader<'_>, tag: Tag) -> Option<f64> {
    let (dots, inches) = match reader.find_tag(tag).ok()?? {
        Value::Rational(dots, inches) => (f64::from(dots), f64::from(inches)),
        Value::Short(dots) => (f64::from(dots), 1.0),
        Value::Unsigned(dots) => (f64::from(dots), 1.0),
        _ => return None,
    };
    Some(dots / inches).filter(|per_inch| per_inch.is_finite() && *per_inch > 1.0)
}

/// How a fax machine's compression is laid out; `None` for the compressions of other programs.
fn layout(reader: &mut Reader<'_>) -> Result<Option<Layout>, FaxError> {
    let compression = match number(reader, Tag::Compression)? {
        Some(2) => Compression::Huffman,
        Some(3) => Compression::Group3 {
            has_two_dimensions: number(reader, GROUP3_OPTIONS)?.unwrap_or(0) & 1 == 1,
        },
        Some(4) => Compression::Group4,
        _ => return Ok(None),
    };
    let (width, height) = reader.dimensions().map_err(damaged)?;
    Ok(Some(Layout {
        width,
        height,
        rows_per_strip: number(reader, Tag::RowsPerStrip)?.unwrap_or(height).max(1),
        compression,
        is_lowest_bit_first: number(reader, Tag::FillOrder)? == Some(2),
        is_inverted: number(reader, Tag::PhotometricInterpretation)? == Some(1),
    }))
}

fn strips<'a>(document: &'a [u8], reader: &mut Reader<'_>) -> Result<Vec<&'a [u8]>, FaxError> {
    let places = numbers(reader, Tag::StripOffsets)?;
    let lengths = numbers(reader, Tag::StripByteCounts)?;
    if places.is_empty() {
        return Err(FaxError::Damaged(None));
    }
    // A file that was cut off in transit still has the beginning of its last strip.
    let strip = |(place, length): (usize, usize)| {
        let end = place.saturating_add(length).min(document.len());
        document.get(place..end).unwrap_or_default()
    };
    Ok(places.into_iter().zip(lengths).map(strip).collect())
}

/// Pages that no fax machine made.
fn other(reader: &mut Reader<'_>) -> Result<Bitmap, FaxError> {
    let (width, height) = reader.dimensions().map_err(damaged)?;
    let kind = reader.colortype().map_err(damaged)?;
    let DecodingResult::U8(read) = reader.read_image().map_err(damaged)? else {
        return Err(FaxError::Unsupported(None));
    };
    let (samples_per_dot, samples) = match kind {
        ColorType::Gray(1) => (1, bits(&read, width)),
        ColorType::Gray(8) => (1, read),
        ColorType::RGB(8) => (3, read),
        _ => return Err(FaxError::Unsupported(None)),
    };
    Ok(Bitmap {
        width,
        height,
        samples_per_dot,
        samples,
    })
}

/// A byte for every bit; rows begin on whole bytes.
fn bits(packed: &[u8], width: u32) -> Vec<u8> {
    let row = as_index(width.div_ceil(8)).max(1);
    packed
        .chunks_exact(row)
        .flat_map(|row| {
            row.iter()
                .flat_map(|byte| {
                    (0..8)
                        .rev()
                        .map(move |bit| if byte >> bit & 1 == 1 { 255 } else { 0 })
                })
                .take(as_index(width))
        })
        .collect()
}

fn number(reader: &mut Reader<'_>, tag: Tag) -> Result<Option<u32>, FaxError> {
    reader.find_tag_unsigned(tag).map_err(damaged)
}

fn numbers(reader: &mut Reader<'_>, tag: Tag) -> Result<Vec<usize>, FaxError> {
    let found: Option<Vec<u64>> = reader.find_tag_unsigned_vec(tag).map_err(damaged)?;
    let sized = |number| usize::try_from(number).map_err(|_| FaxError::TooLarge);
    found.unwrap_or_default().into_iter().map(sized).collect()
}

fn damaged(error: TiffError) -> FaxError {
    match error {
        TiffError::UnsupportedError(_) => FaxError::Unsupported(Some(error.into())),
        TiffError::LimitsExceeded => FaxError::TooLarge,
        _ => FaxError::Damaged(Some(error.into())),
    }
}
