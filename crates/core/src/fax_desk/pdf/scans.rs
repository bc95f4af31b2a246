//! Chosen pages of a TIFF as a PDF. What fax machines compressed is put in strip by strip as it is; what other programs
//! compressed is unpacked and packed again without loss.

use super::{Book, PdfError, Turned};
use domain::attachment::FaxPage;
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::fmt::Write as _;
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

/// Says, of group 3, whether lines refer to the line above.
const GROUP3_OPTIONS: Tag = Tag::Unknown(292);
const MOST_MEMORY: usize = 400 * 1024 * 1024;

type Reader<'a> = Decoder<Cursor<&'a [u8]>>;

/// These pages in this order. `sizes` are those of all pages, in points.
pub(in crate::fax_desk) fn scan(
    content: &[u8],
    sizes: &[FaxPage],
    chosen: &[Turned],
) -> Result<Vec<u8>, PdfError> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_MEMORY;
    limits.intermediate_buffer_size = MOST_MEMORY;
    let mut book = Book::new();
    for one in chosen {
        let index = usize::try_from(one.index).unwrap_or(usize::MAX);
        let size = *sizes.get(index).ok_or(PdfError::NoSuchPage)?;
        let mut reader = Decoder::new(Cursor::new(content))
            .map_err(PdfError::unreadable)?
            .with_limits(limits.clone());
        for _ in 0..index {
            if !reader.more_images() {
                return Err(PdfError::NoSuchPage);
            }
            reader.next_image().map_err(PdfError::unreadable)?;
        }
        let (_, rows) = reader.dimensions().map_err(PdfError::unreadable)?;
        let strips = match faxed(content, &mut reader)? {
            Some(strips) => strips,
            None => vec![(rows, unpacked(&mut reader)?)],
        };
        add_page(&mut book, size, one.quarter_turns, rows, strips);
    }
    book.finish()
}

/// The strips stand below each other and fill the page.
fn add_page(book: &mut Book, size: FaxPage, quarter_turns: u8, rows: u32, strips: Vec<(u32, Stream)>) {
    let (width, height) = (size.width as f32, size.height as f32);
    let mut pictures = Dictionary::new();
    let mut content = String::new();
    let mut above = 0_u32;
    for (place, (strip_rows, stream)) in strips.into_iter().enumerate() {
        let tall = height * strip_rows as f32 / rows.max(1) as f32;
        let bottom = height - height * (above + strip_rows) as f32 / rows.max(1) as f32;
        let name = format!("S{place}");
        let _ = writeln!(content, "q {width} 0 0 {tall} 0 {bottom} cm /{name} Do Q");
        pictures.set(name, book.add_object(stream));
        above = above.saturating_add(strip_rows);
    }
    book.add_page(size, quarter_turns, pictures, content);
}

/// The strips of a page that a fax machine compressed, with the rows of each; `None` of any other page.
fn faxed(content: &[u8], reader: &mut Reader<'_>) -> Result<Option<Vec<(u32, Stream)>>, PdfError> {
    let compression = number(reader, Tag::Compression)?;
    let (scheme, is_aligned) = match compression {
        Some(2) => (0, true),
        Some(3) => (i64::from(number(reader, GROUP3_OPTIONS)?.unwrap_or(0) & 1), false),
        Some(4) => (-1, false),
        _ => return Ok(None),
    };
    let (columns, rows) = reader.dimensions().map_err(PdfError::unreadable)?;
    let places = numbers(reader, Tag::StripOffsets)?;
    let lengths = numbers(reader, Tag::StripByteCounts)?;
    if places.is_empty() {
        return Ok(None);
    }
    let rows_per_strip = number(reader, Tag::RowsPerStrip)?.unwrap_or(rows).max(1);
    let is_lowest_bit_first = number(reader, Tag::FillOrder)? == Some(2);
    let is_inverted = number(reader, Tag::PhotometricInterpretation)? == Some(1);
    let mut strips = Vec::with_capacity(places.len());
    let mut left = rows;
    for (place, length) in places.into_iter().zip(lengths) {
        let strip_rows = rows_per_strip.min(left);
        if strip_rows == 0 {
            break;
        }
        left -= strip_rows;
        let end = place.saturating_add(length).min(content.len());
        let bytes = content.get(place..end).unwrap_or_default();
        let bytes: Vec<u8> = if is_lowest_bit_first {
            bytes.iter().map(|byte| byte.reverse_bits()).collect()
        } else {
            bytes.to_vec()
        };
        let mut facts = dictionary! {
            "Type" => "XObject", "Subtype" => "Image",
            "Width" => i64::from(columns), "Height" => i64::from(strip_rows),
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1, "Filter" => "CCITTFaxDecode",
            "DecodeParms" => dictionary! {
                "K" => scheme, "Columns" => i64::from(columns), "Rows" => i64::from(strip_rows),
                "EncodedByteAlign" => is_aligned, "EndOfBlock" => false,
            },
        };
        if is_inverted {
            facts.set("Decode", vec![Object::from(1), Object::from(0)]);
        }
        strips.push((strip_rows, Stream::new(facts, bytes).with_compression(false)));
    }
    Ok(Some(strips))
}

/// A page that no fax machine made.
fn unpacked(reader: &mut Reader<'_>) -> Result<Stream, PdfError> {
    let (width, height) = reader.dimensions().map_err(PdfError::unreadable)?;
    let kind = reader.colortype().map_err(PdfError::unreadable)?;
    // What counts from white the reader turns into what counts from black.
    let DecodingResult::U8(samples) = reader.read_image().map_err(PdfError::unreadable)? else {
        return Err(PdfError::unreadable(
            "a TIFF with more than eight bits for a colour",
        ));
    };
    let (space, bits) = match kind {
        ColorType::Gray(bits @ (1 | 2 | 4 | 8)) => ("DeviceGray", bits),
        ColorType::RGB(8) => ("DeviceRGB", 8),
        ColorType::CMYK(8) => ("DeviceCMYK", 8),
        _ => return Err(PdfError::unreadable("a TIFF with odd colours")),
    };
    let mut stream = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(width), "Height" => i64::from(height),
            "ColorSpace" => space, "BitsPerComponent" => i64::from(bits),
        },
        samples,
    );
    let _ = stream.compress();
    Ok(stream)
}

fn number(reader: &mut Reader<'_>, tag: Tag) -> Result<Option<u32>, PdfError> {
    reader.find_tag_unsigned(tag).map_err(PdfError::unreadable)
}

fn numbers(reader: &mut Reader<'_>, tag: Tag) -> Result<Vec<usize>, PdfError> {
    let found: Option<Vec<u64>> = reader.find_tag_unsigned_vec(tag).map_err(PdfError::unreadable)?;
    let sized = |number| usize::try_from(number).map_err(|_| PdfError::TooLarge);
    found.unwrap_or_default().into_iter().map(sized).collect()
}
