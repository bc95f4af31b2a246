//! Pages that no fax machine made: grey, colour, palettes, in strips or tiles. `tiff` undoes their compression.

use super::super::FaxError;
use super::super::bitmap::{Bitmap, as_index};
use super::super::frame::Frame;
use super::super::reduction::Reduction;
use super::directory::{Directory, tag};
use std::io::Cursor;
use tiff::decoder::{ChunkType, Decoder, DecodingResult, Limits};
use tiff::{ColorType, TiffError};

/// As much as is taken apart at once. A whole page that was stored in one piece is at most so large.
const MOST_BYTES: usize = 256 * 1024 * 1024;
const PALETTE: u32 = 3;
const BLACK_IS_ZERO: u16 = 1;
const JPEG: u32 = 7;

type Reader<'a> = Decoder<Cursor<&'a [u8]>>;

/// What the samples of a dot are.
#[derive(Debug, Clone, Copy)]
struct Kind {
    color: ColorType,
    bits: u8,
    channels: usize,
    /// Looked up and not scaled.
    is_index: bool,
    alpha: Alpha,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alpha {
    None,
    /// The colours have it in them already.
    Associated,
    Apart,
}

/// Draws the page with this directory, which is the one at `index`.
pub(super) fn draw(
    file: &[u8],
    directory: &Directory,
    index: usize,
    (width, height): (u32, u32),
    frame: Frame,
) -> Result<Bitmap, FaxError> {
    let is_index = directory.number(file, tag::PHOTOMETRIC) == Some(PALETTE);
    // To `tiff` a palette is nothing. As grey it gives the numbers in it.
    let as_grey = if is_index {
        directory.with_number(file, tag::PHOTOMETRIC, BLACK_IS_ZERO)
    } else {
        None
    };
    let compression = directory.number(file, tag::COMPRESSION).unwrap_or(1);
    // Nor does it know that bits may come in another order. What JPEG wrote never does.
    let in_order = if directory.number(file, tag::FILL_ORDER) == Some(2) && compression != JPEG {
        Some(directory.with_bits_turned(as_grey.as_deref().unwrap_or(file)))
    } else {
        as_grey
    };
    let mut reader = open(in_order.as_deref().unwrap_or(file), index)?;
    let color = reader.colortype().map_err(|error| fault(&error))?;
    let (bits, channels) = match color {
        ColorType::Gray(bits) | ColorType::Palette(bits) => (bits, 1),
        ColorType::GrayA(bits) => (bits, 2),
        ColorType::RGB(bits) | ColorType::YCbCr(bits) => (bits, 3),
        ColorType::RGBA(bits) | ColorType::CMYK(bits) => (bits, 4),
        ColorType::CMYKA(bits) => (bits, 5),
        ColorType::Multiband {
            bit_depth,
            num_samples,
        } => (bit_depth, usize::from(num_samples)),
        _ => return Err(FaxError::Unsupported),
    };
    let kind = Kind {
        color,
        bits,
        channels,
        is_index,
        alpha: match directory.number(file, tag::EXTRA_SAMPLES) {
            Some(1) => Alpha::Associated,
            Some(2) => Alpha::Apart,
            _ => Alpha::None,
        },
    };
    let palette = if is_index {
        palette(file, directory)
    } else {
        Vec::new()
    };
    let has_colour = is_index
        || !matches!(
            color,
            ColorType::Gray(_) | ColorType::GrayA(_) | ColorType::Multiband { .. }
        );
    let mut page = Reduction::new(frame, width, height, if has_colour { 3 } else { 1 });
    read(&mut reader, kind, width, height, |row| {
        let dots = row.chunks_exact(channels);
        if has_colour {
            let dots: Vec<u8> = dots.flat_map(|dot| colour(dot, kind, &palette)).collect();
            page.push(&dots);
        } else {
            let dots: Vec<u8> = dots.map(|dot| grey(dot, kind)).collect();
            page.push(&dots);
        }
        !page.is_full()
    })?;
    Ok(page.finish())
}

fn open(file: &[u8], index: usize) -> Result<Reader<'_>, FaxError> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_BYTES;
    limits.intermediate_buffer_size = MOST_BYTES;
    let mut reader = Decoder::new(Cursor::new(file))
        .map_err(|error| fault(&error))?
        .with_limits(limits);
    reader.seek_to_image(index).map_err(|error| fault(&error))?;
    Ok(reader)
}

/// Gives row after row, as long as they are wanted. What cannot be read is left white, unless nothing can.
fn read(
    reader: &mut Reader<'_>,
    kind: Kind,
    width: u32,
    height: u32,
    mut row: impl FnMut(&[u8]) -> bool,
) -> Result<(), FaxError> {
    let (chunk_width, chunk_height) = reader.chunk_dimensions();
    if chunk_width == 0 || chunk_height == 0 {
        return Err(FaxError::Damaged);
    }
    let is_tiled = reader.get_chunk_type() == ChunkType::Tile;
    let across = if is_tiled { width.div_ceil(chunk_width) } else { 1 };
    let down = height.div_ceil(chunk_height);
    let count = if is_tiled {
        reader.tile_count()
    } else {
        reader.strip_count()
    };
    let count = count.map_err(|error| fault(&error))?;
    // Planes that are stored one after the other have as many chunks each.
    let planes = as_index(count / across.saturating_mul(down).max(1)).clamp(1, kind.channels);
    let line = as_index(width) * kind.channels;
    let band_height = as_index(chunk_height.min(height));
    if line.saturating_mul(band_height) > MOST_BYTES {
        return Err(FaxError::TooLarge);
    }
    let mut failure = None;
    let mut is_anything_read = false;
    for band in 0..down {
        let rows = as_index(chunk_height.min(height - band * chunk_height));
        let mut dots = vec![white(kind); line * rows];
        for column in 0..across {
            for plane in 0..planes {
                let place = u32::try_from(plane).unwrap_or(0) * across * down + band * across + column;
                match reader.read_chunk(place).map_err(|error| fault(&error)) {
                    Ok(chunk) => {
                        is_anything_read = true;
                        let left = as_index(column * chunk_width);
                        let columns = as_index(chunk_width).min(as_index(width) - left);
                        let samples = kind.channels / planes;
                        let chunk = samples_of(chunk, kind, columns * samples)?;
                        for (y, from) in chunk
                            .chunks_exact((columns * samples).max(1))
                            .take(rows)
                            .enumerate()
                        {
                            let start = y * line + left * kind.channels + plane;
                            let into = dots.get_mut(start..).unwrap_or_default();
                            if planes == 1 {
                                if let Some(into) = into.get_mut(..from.len()) {
                                    into.copy_from_slice(from);
                                }
                            } else {
                                for (into, from) in into.iter_mut().step_by(kind.channels).zip(from) {
                                    *into = *from;
                                }
                            }
                        }
                    }
                    Err(fault) => failure = Some(fault),
                }
            }
        }
        if !dots.chunks_exact(line.max(1)).all(&mut row) {
            break;
        }
    }
    match failure {
        Some(fault) if !is_anything_read => Err(fault),
        _ => Ok(()),
    }
}

/// One byte per sample, whatever it was.
fn samples_of(chunk: DecodingResult, kind: Kind, per_row: usize) -> Result<Vec<u8>, FaxError> {
    Ok(match chunk {
        DecodingResult::U8(bytes) if kind.bits == 8 => bytes,
        DecodingResult::U8(bytes) if matches!(kind.bits, 1 | 2 | 4) => unpacked(&bytes, kind, per_row),
        DecodingResult::U16(words) => words.iter().map(|word| word.to_be_bytes()[0]).collect(),
        DecodingResult::U32(words) => words.iter().map(|word| word.to_be_bytes()[0]).collect(),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "such a cast stops at the ends of the range"
        )]
        DecodingResult::F32(values) => values.iter().map(|value| (value * 255.0) as u8).collect(),
        _ => return Err(FaxError::Unsupported),
    })
}

/// Rows begin on whole bytes.
fn unpacked(packed: &[u8], kind: Kind, per_row: usize) -> Vec<u8> {
    let bits = u32::from(kind.bits);
    let most = (1_u32 << bits) - 1;
    let scale = if kind.is_index { 1 } else { 255 / most };
    let row = per_row.saturating_mul(usize::from(kind.bits)).div_ceil(8).max(1);
    packed
        .chunks_exact(row)
        .flat_map(|row| {
            row.iter()
                .flat_map(|byte| {
                    let byte = u32::from(*byte);
                    (1..=8 / bits).map(move |at| (byte >> (8 - at * bits) & most) * scale)
                })
                .take(per_row)
        })
        .map(|sample| u8::try_from(sample).unwrap_or(u8::MAX))
        .collect()
}

/// What stands for a dot that could not be read.
fn white(kind: Kind) -> u8 {
    match kind.color {
        ColorType::CMYK(_) | ColorType::CMYKA(_) => 0,
        _ => u8::MAX,
    }
}

fn grey(dot: &[u8], kind: Kind) -> u8 {
    match (dot, kind.alpha) {
        ([grey, alpha, ..], Alpha::Associated | Alpha::Apart) => over_white(*grey, *alpha, kind.alpha),
        ([grey, ..], _) => *grey,
        _ => u8::MAX,
    }
}

fn colour(dot: &[u8], kind: Kind, palette: &[[u8; 3]]) -> [u8; 3] {
    match (kind.color, dot) {
        (ColorType::CMYK(_) | ColorType::CMYKA(_), [cyan, magenta, yellow, black, ..]) => {
            [*cyan, *magenta, *yellow].map(|ink| times(255 - ink, 255 - black))
        }
        (ColorType::YCbCr(_), [luma, blue, red, ..]) => from_ycbcr(*luma, *blue, *red),
        (_, [index]) if kind.is_index => palette.get(usize::from(*index)).copied().unwrap_or([255; 3]),
        (_, [red, green, blue, alpha, ..]) => {
            [*red, *green, *blue].map(|one| over_white(one, *alpha, kind.alpha))
        }
        (_, [red, green, blue]) => [*red, *green, *blue],
        _ => [255; 3],
    }
}

fn over_white(colour: u8, alpha: u8, how: Alpha) -> u8 {
    match how {
        Alpha::None => colour,
        Alpha::Associated => colour.saturating_add(255 - alpha),
        Alpha::Apart => times(colour, alpha).saturating_add(255 - alpha),
    }
}

fn times(one: u8, other: u8) -> u8 {
    u8::try_from((u32::from(one) * u32::from(other) + 127) / 255).unwrap_or(u8::MAX)
}

/// As JPEG has it (ITU-T T.871).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range"
)]
fn from_ycbcr(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let (luma, blue, red) = (f32::from(luma), f32::from(blue) - 128.0, f32::from(red) - 128.0);
    [
        luma + 1.402 * red,
        luma - 0.344_14 * blue - 0.714_14 * red,
        luma + 1.772 * blue,
    ]
    .map(|value| value.round() as u8)
}

/// All reds, then all greens, then all blues, of sixteen bits each; of eight in careless files.
fn palette(file: &[u8], directory: &Directory) -> Vec<[u8; 3]> {
    let values = directory.numbers(file, tag::COLOR_MAP);
    let size = values.len() / 3;
    let is_narrow = values.iter().all(|value| *value < 256);
    let byte = |at: usize| {
        let value = values.get(at).copied().unwrap_or(0);
        u8::try_from(if is_narrow { value } else { value >> 8 }).unwrap_or(u8::MAX)
    };
    (0..size)
        .map(|at| [byte(at), byte(size + at), byte(2 * size + at)])
        .collect()
}

fn fault(error: &TiffError) -> FaxError {
    tracing::debug!(%error, "a page of a TIFF cannot be read");
    match error {
        TiffError::UnsupportedError(_) => FaxError::Unsupported,
        TiffError::LimitsExceeded => FaxError::TooLarge,
        _ => FaxError::Damaged,
    }
}
