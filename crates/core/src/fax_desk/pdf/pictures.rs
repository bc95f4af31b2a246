//! Pictures as pages. A JPEG is put in as it is; others are unpacked and packed again without loss.

use super::{Book, LETTER, PdfError, Turned};
use domain::attachment::FaxPage;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use lopdf::{Object, Stream, dictionary};
use std::io::Cursor;

/// Room for a large photograph, and not for a file made to fill the memory.
const MOST_MEMORY: u64 = 400 * 1024 * 1024;
const WIDEST_DOTS: u32 = 30_000;
/// What printers and fax machines cannot reach anyway, in points.
const MARGIN: u32 = 18;

/// A PDF of a picture, once for each choice, as large as a sheet of paper allows.
pub(in crate::fax_desk) fn picture(content: &[u8], chosen: &[Turned]) -> Result<Vec<u8>, PdfError> {
    let mut book = Book::new();
    let seen = seen(content)?;
    let stream = if content.starts_with(b"\xff\xd8") {
        jpeg(content)?
    } else {
        unpacked(content)?
    };
    let picture = book.add_object(stream);
    let page = fitted(seen.dots);
    let drawing = placed(inside(page, seen.dots), page, seen.orientation);
    for one in chosen {
        if one.index != 0 {
            return Err(PdfError::NoSuchPage);
        }
        book.add_page(
            page,
            one.quarter_turns,
            dictionary! { "P" => picture },
            drawing.clone(),
        );
    }
    book.finish()
}

/// How a picture is to be seen.
struct Seen {
    /// Width and height after it was turned.
    dots: (u32, u32),
    /// How the camera was held.
    orientation: Orientation,
}

/// Width and height in dots as it is to be seen, without unpacking the picture.
pub(in crate::fax_desk) fn size_of(content: &[u8]) -> Result<(u32, u32), PdfError> {
    seen(content).map(|seen| seen.dots)
}

fn seen(content: &[u8]) -> Result<Seen, PdfError> {
    let reader = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .map_err(PdfError::unreadable)?;
    let mut decoder = reader.into_decoder().map_err(PdfError::unreadable)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PdfError::unreadable("a picture without dots"));
    }
    if width > WIDEST_DOTS || height > WIDEST_DOTS {
        return Err(PdfError::TooLarge);
    }
    // What is written beside the picture may be damaged; the picture is not.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_on_its_side = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(Seen {
        dots: if is_on_its_side {
            (height, width)
        } else {
            (width, height)
        },
        orientation,
    })
}

/// Draws the picture in the middle of the page, so large and turned as it is to be seen: PDF draws it into a square of which the
/// sides are put where they belong.
fn placed((width, height): (f32, f32), page: FaxPage, orientation: Orientation) -> String {
    let (left, bottom) = (
        (page.width as f32 - width) / 2.0,
        (page.height as f32 - height) / 2.0,
    );
    let (right, top) = (left + width, bottom + height);
    // Where "to the right" and "up" in the picture lead on the page, and where its lower left corner is.
    let [right_x, right_y, up_x, up_y, x, y] = match orientation {
        Orientation::NoTransforms => [width, 0.0, 0.0, height, left, bottom],
        Orientation::FlipHorizontal => [-width, 0.0, 0.0, height, right, bottom],
        Orientation::Rotate180 => [-width, 0.0, 0.0, -height, right, top],
        Orientation::FlipVertical => [width, 0.0, 0.0, -height, left, top],
        Orientation::Rotate90 => [0.0, -height, width, 0.0, left, top],
        Orientation::Rotate270 => [0.0, height, -width, 0.0, right, bottom],
        Orientation::Rotate90FlipH => [0.0, -height, -width, 0.0, right, top],
        Orientation::Rotate270FlipH => [0.0, height, width, 0.0, left, bottom],
    };
    format!("q {right_x} {right_y} {up_x} {up_y} {x} {y} cm /P Do Q\n")
}

/// The sheet that a picture goes on: upright, or on its side when the picture is wide.
pub(in crate::fax_desk) fn fitted((width, height): (u32, u32)) -> FaxPage {
    if width > height {
        FaxPage {
            width: LETTER.height,
            height: LETTER.width,
        }
    } else {
        LETTER
    }
}

fn inside(page: FaxPage, (width, height): (u32, u32)) -> (f32, f32) {
    let room = |points: u32| points.saturating_sub(2 * MARGIN) as f32;
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = (room(page.width) / width).min(room(page.height) / height);
    (width * scale, height * scale)
}

/// As it was compressed by whoever made it.
fn jpeg(content: &[u8]) -> Result<Stream, PdfError> {
    let (width, height, components) = frame(content).ok_or_else(|| PdfError::unreadable("not a JPEG"))?;
    let space = match components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        4 => "DeviceCMYK",
        _ => return Err(PdfError::unreadable("a JPEG with odd colours")),
    };
    let mut facts = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(width), "Height" => i64::from(height),
        "ColorSpace" => space, "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    if components == 4 {
        // Adobe's programs, which are nearly all that write four colours, write them inverted.
        let inverted = [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>();
        facts.set("Decode", inverted);
    }
    Ok(Stream::new(facts, content.to_vec()).with_compression(false))
}

/// Width, height and number of colours, from the head of a JPEG's frame (ITU-T T.81, B.2.2).
fn frame(content: &[u8]) -> Option<(u16, u16, u8)> {
    let mut at = 2;
    loop {
        let marker = *content.get(at + 1)?;
        if *content.get(at)? != 0xff {
            return None;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        let word = |place: usize| {
            Some(u16::from_be_bytes([
                *content.get(place)?,
                *content.get(place + 1)?,
            ]))
        };
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let (height, width) = (word(at + 5)?, word(at + 7)?);
            return (width > 0 && height > 0).then_some((width, height, *content.get(at + 9)?));
        }
        at += 2 + usize::from(word(at + 2)?);
    }
}

fn unpacked(content: &[u8]) -> Result<Stream, PdfError> {
    let mut reader = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .map_err(PdfError::unreadable)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let read = reader.decode().map_err(PdfError::unreadable)?;
    let dots = (read.width(), read.height());
    let (space, samples) = on_white(read);
    let mut stream = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(dots.0), "Height" => i64::from(dots.1),
            "ColorSpace" => space, "BitsPerComponent" => 8,
        },
        samples,
    );
    let _ = stream.compress();
    Ok(stream)
}

/// Paper is white: what can be seen through shows it.
fn on_white(read: DynamicImage) -> (&'static str, Vec<u8>) {
    let is_grey = !read.color().has_color();
    if !read.color().has_alpha() {
        return if is_grey {
            ("DeviceGray", read.into_luma8().into_raw())
        } else {
            ("DeviceRGB", read.into_rgb8().into_raw())
        };
    }
    let blend = |sample: u8, alpha: u8| {
        let (sample, alpha) = (u32::from(sample), u32::from(alpha));
        u8::try_from((sample * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    if is_grey {
        let dots = read.into_luma_alpha8();
        (
            "DeviceGray",
            dots.pixels().map(|dot| blend(dot.0[0], dot.0[1])).collect(),
        )
    } else {
        let dots = read.into_rgba8();
        let samples = dots
            .pixels()
            .flat_map(|dot| {
                let [red, green, blue, alpha] = dot.0;
                [blend(red, alpha), blend(green, alpha), blend(blue, alpha)]
            })
            .collect();
        ("DeviceRGB", samples)
    }
}
